"""Render the program's icon from its SVG into the pictures that desktops and installers ask for.

Run it with the studio's own Python after the drawing was changed:
.venv/bin/python packaging/render_icon.py
"""

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "icon"
SIDES = (16, 24, 32, 48, 64, 128, 256, 512)
"""Width and height in pixels."""
BESIDE = Path(__file__).parent / "windows" / "beside.bmp"
BESIDE_SIZE = (164, 314)
"""In pixels, as the installer wants it."""
_BESIDE_COLOUR = "#1d1f24"
_BESIDE_ICON_PX = 96


def main() -> None:
    """Write ganart-SIDE.png for every side."""
    app = QGuiApplication([])
    drawing = QSvgRenderer(str(FOLDER / "ganart.svg"))
    for side in SIDES:
        picture = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        drawing.render(painter)
        painter.end()
        picture.save(str(FOLDER / f"ganart-{side}.png"))
    draw_beside(drawing)
    app.quit()


def draw_beside(drawing: QSvgRenderer) -> None:
    """Write the picture for the installer: the icon on a dark ground."""
    width, height = BESIDE_SIZE
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(QColor(_BESIDE_COLOUR))
    painter = QPainter(picture)
    left = (width - _BESIDE_ICON_PX) / 2
    drawing.render(painter, QRectF(left, left, _BESIDE_ICON_PX, _BESIDE_ICON_PX))
    painter.end()
    picture.convertToFormat(QImage.Format.Format_RGB888).save(str(BESIDE))


if __name__ == "__main__":
    main()
