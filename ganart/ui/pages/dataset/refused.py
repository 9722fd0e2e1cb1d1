"""The files that cannot be used, under a line that unfolds them."""

from PySide6.QtWidgets import QWidget

from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.refused_table import RefusedTable
from ganart.ui.widgets.fold import Fold
from ganart.ui.widgets.words import count

_HEIGHT_PX = 160


class RefusedFiles(Fold):
    """Hidden while every file can be used."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.view = RefusedTable()
        super().__init__("", self.view, parent)
        self._pictures = desk.pictures
        self.model = self.view.files
        self.view.setFixedHeight(_HEIGHT_PX)
        self.refresh()

    def refresh(self) -> None:
        """Show what the catalogue refuses now."""
        refused = self._pictures.refused
        self.model.show_files(refused)
        text = self.tr("Files that cannot be used: {count}")
        self.button.setText(text.format(count=count(len(refused))))
        self.setVisible(bool(refused))
