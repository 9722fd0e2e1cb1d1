"""The files that cannot be used, each with its folder and the reason."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QTableView, QWidget

from ganart.ui.pages.dataset.refused_model import RefusedModel
from ganart.ui.widgets.selection import chosen_rows
from ganart.workers.pictures import Jobs


class RefusedTable(QTableView):
    """Rows that can be put in order by their columns; a third click takes the order back."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files = RefusedModel(jobs, self)
        self.setModel(self.files)
        self.setAccessibleName(self.tr("Files that cannot be used"))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def chosen(self) -> list[int]:
        """Return the selected rows in order."""
        return [row for run in chosen_rows(self.selectionModel()) for row in run]
