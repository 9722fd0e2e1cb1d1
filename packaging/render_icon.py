"""Render the program's icon from its SVG into the PNG sizes that desktops ask for.

Run it with the studio's own Python after the drawing was changed:
.venv/bin/python packaging/render_icon.py
"""

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "icon"
SIDES = (16, 24, 32, 48, 64, 128, 256, 512)
"""Width and height in pixels."""


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
    app.quit()


if __name__ == "__main__":
    main()
