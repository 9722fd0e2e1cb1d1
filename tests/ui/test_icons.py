"""Icons take the colour of the text around them."""

import pytest
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ganart.ui.drawing import Drawing
from ganart.ui.icons import app_icon, icon
from ganart.ui.theme import palette


def strongest(image: QImage) -> QColor:
    """Return the colour of the most opaque pixel."""
    points = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return max((image.pixelColor(x, y) for x, y in points), key=lambda colour: colour.alpha())


@pytest.mark.parametrize("dark", [True, False])
def test_an_icon_has_the_colour_of_buttons_texts(qapp: QApplication, dark: bool) -> None:
    before = qapp.palette()
    qapp.setPalette(palette(dark))
    drawn = strongest(icon("plus").pixmap(48, 48).toImage())
    wanted = palette(dark).buttonText().color()
    qapp.setPalette(before)
    assert drawn.lightness() == pytest.approx(wanted.lightness(), abs=8)


def test_a_disabled_icon_is_fainter(qtbot: QtBot) -> None:
    drawing = icon("plus")
    enabled = strongest(drawing.pixmap(48, 48).toImage())
    disabled = strongest(drawing.pixmap(48, 48, QIcon.Mode.Disabled).toImage())
    assert enabled != disabled


def test_an_unknown_icon_is_an_error_of_the_program(qtbot: QtBot) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-drawing")


def test_the_program_has_an_icon(qtbot: QtBot) -> None:
    assert not app_icon().pixmap(64, 64).isNull()


def test_a_drawing_on_a_page_follows_the_theme(qtbot: QtBot) -> None:
    drawing = Drawing(icon("plus"), 48)
    qtbot.addWidget(drawing)
    drawing.show()
    before = QApplication.palette()
    colours = []
    for dark in (True, False):
        QApplication.setPalette(palette(dark))
        drawing.setPalette(palette(dark))
        colours.append(strongest(drawing.pixmap().toImage()).lightness())
    QApplication.setPalette(before)
    assert colours[0] > colours[1]
