"""A photo and what became of it, read from their files."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from ganart.ui.widgets.before_after import BeforeAfter
from ganart.workers.image_loader import ImageLoader, LoadedImage

_VIEW_PX = 1600
"""Compared at no more than this, as some results are very large."""


class ResultView(BeforeAfter):
    """Loads both files away from the window's thread; a file that cannot be shown is left out."""

    def __init__(
        self, loader: ImageLoader, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(placeholder, parent)
        self._loader = loader
        self._photo: Path | None = None
        self._result: Path | None = None
        self._result_image = QImage()
        self._is_photo_read = False
        loader.loaded.connect(self._on_loaded)

    def show_files(self, photo: Path | None, result: Path | None) -> None:
        """Show a photo with its result, if there is one."""
        self._photo, self._result = photo, result
        self._result_image = QImage()
        self._is_photo_read = False
        if photo is None:
            self.set_before(QImage())
            return
        self._loader.load(photo, _VIEW_PX, slot="photo")
        if result is not None:
            self._loader.load(result, _VIEW_PX, slot="result")

    def photo(self) -> Path | None:
        """Return the photo that is shown or about to be."""
        return self._photo

    @Slot(object)
    def _on_loaded(self, loaded: LoadedImage) -> None:
        if loaded.side_px != _VIEW_PX or loaded.path not in (self._photo, self._result):
            return
        if loaded.path == self._result:
            self._result_image = loaded.image
        if loaded.path == self._photo:
            self._is_photo_read = True
            self.set_before(loaded.image)
        if not self._is_photo_read:
            return  # the result would lie over the photo that was shown before
        if self.image().isNull():
            self.set_before(self._result_image)  # a photo inside a ZIP file cannot be shown
        self.set_after(self._result_image)
