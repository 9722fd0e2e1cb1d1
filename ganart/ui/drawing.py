"""An icon as a picture on a page."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QSizePolicy

_REDRAWN_AFTER = {QEvent.Type.DevicePixelRatioChange, QEvent.Type.PaletteChange}


class Drawing(QLabel):
    """Sharp on every screen and in the colours of the theme."""

    def __init__(self, picture: QIcon, side_px: int) -> None:
        super().__init__()
        self._picture = picture
        self._side_px = side_px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of screen or theme."""
        super().changeEvent(event)
        if event.type() in _REDRAWN_AFTER:
            self._draw()

    def _draw(self) -> None:
        size = QSize(self._side_px, self._side_px)
        self.setPixmap(self._picture.pixmap(size, self.devicePixelRatioF()))
