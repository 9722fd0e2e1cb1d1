"""Icons as one-coloured drawings that take the colour of the text around them.

They are drawn when they are painted, so a change of theme or screen leaves them sharp and right.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ganart.resources import resource


class _TintedDrawing(QIconEngine):
    """An SVG whose `currentColor` is the palette's colour for the state of the control."""

    def __init__(self, svg: bytes) -> None:
        super().__init__()
        self._svg = svg

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon into `rect`."""
        palette = QGuiApplication.palette()
        group = QPalette.ColorGroup.Normal
        role = QPalette.ColorRole.ButtonText
        if mode is QIcon.Mode.Disabled:
            group = QPalette.ColorGroup.Disabled
        elif mode is QIcon.Mode.Selected:
            role = QPalette.ColorRole.HighlightedText
        colour = palette.color(group, role).name().encode()
        renderer = QSvgRenderer(QByteArray(self._svg.replace(b"currentColor", colour)))
        renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        renderer.render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon as a picture of `size`."""
        result = QPixmap(size)
        result.fill(Qt.GlobalColor.transparent)
        painter = QPainter(result)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return result

    def clone(self) -> QIconEngine:
        """Return an equal engine."""
        return _TintedDrawing(self._svg)


@cache
def _drawing(name: str) -> bytes:
    return resource(f"icons/{name}.svg").read_bytes()


def icon(name: str) -> QIcon:
    """Return the icon `name` of `resources/icons`. Raises `FileNotFoundError`."""
    return QIcon(_TintedDrawing(_drawing(name)))


def app_icon() -> QIcon:
    """Return the program's own icon, in its own colours."""
    return QIcon(str(resource("icon/ganart.svg")))
