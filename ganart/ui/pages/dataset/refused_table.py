"""The files that cannot be used, each with the reason."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QTableView, QWidget

from ganart.ui.pages.dataset.models import RefusedModel


class RefusedTable(QTableView):
    """Rows of a file and a reason."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files = RefusedModel(self)
        self.setModel(self.files)
        self.setAccessibleName(self.tr("Files that cannot be used"))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        lead = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        self.horizontalHeader().setDefaultAlignment(lead)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setFrameShape(QFrame.Shape.NoFrame)
