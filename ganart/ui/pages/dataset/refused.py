"""The files that cannot be used, under a line that unfolds them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QTableView, QWidget

from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.models import RefusedModel
from ganart.ui.widgets.fold import Fold
from ganart.ui.widgets.words import count

_HEIGHT_PX = 160


class RefusedFiles(Fold):
    """Hidden while every file can be used."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.view = QTableView()
        super().__init__("", self.view, parent)
        self._pictures = desk.pictures
        self.model = RefusedModel(self)
        view = self.view
        view.setModel(self.model)
        view.setAccessibleName(self.tr("Files that cannot be used"))
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 10)
        lead = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        view.horizontalHeader().setDefaultAlignment(lead)
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        view.setFixedHeight(_HEIGHT_PX)
        view.setFrameShape(QFrame.Shape.NoFrame)
        self.refresh()

    def refresh(self) -> None:
        """Show what the catalogue refuses now."""
        refused = self._pictures.refused
        self.model.show_files(refused)
        text = self.tr("Files that cannot be used: {count}")
        self.button.setText(text.format(count=count(len(refused))))
        self.setVisible(bool(refused))
