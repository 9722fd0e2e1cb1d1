"""The place for the photo that is stylized."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from ganart.resources import resource
from ganart.ui.dialogs.library import LibraryDialog
from ganart.ui.widgets.well import PictureWell

_SIDE_PX = 72


class PhotoWell(PictureWell):
    """Asks for a photo among the bundled ones and the person's own."""

    chosen = Signal(object)
    """The `Path` of a photo that was chosen or dropped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", _SIDE_PX, parent)
        self.set_invitation(self.tr("Drop, paste or choose a photo"))
        self.clicked.connect(self._on_clicked)
        self.dropped.connect(self._on_dropped)

    @Slot()
    def _on_clicked(self) -> None:
        title = self.tr("Choose a photo")
        heading = self.tr("Photos that come with the studio")
        folder = resource("sample/photos")
        self.dialog = LibraryDialog(title, heading, folder, many=False, parent=self)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.accepted.connect(self._on_accepted)
        self.dialog.open()

    @Slot()
    def _on_accepted(self) -> None:
        self.chosen.emit(self.dialog.paths()[0])

    @Slot(object)
    def _on_dropped(self, paths: list[Path]) -> None:
        self.chosen.emit(paths[0])
