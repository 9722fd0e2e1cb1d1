"""Both schemes can be read, and the theme holds at once."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QPalette, QRegion
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QStyleFactory,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ganart.ui.theme import Theme, outlined_palette, palette

Role = QPalette.ColorRole


def luminance(colour: QColor) -> float:
    """Return the relative luminance of WCAG 2."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in colour.getRgbF()[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        (Role.WindowText, Role.Window, 7),
        (Role.Text, Role.Base, 7),
        (Role.Text, Role.AlternateBase, 7),
        (Role.ButtonText, Role.Button, 7),
        (Role.ToolTipText, Role.ToolTipBase, 7),
        (Role.PlaceholderText, Role.Window, 4.5),
        (Role.PlaceholderText, Role.Base, 4.5),
        (Role.HighlightedText, Role.Highlight, 4.5),
        (Role.Link, Role.Window, 4.5),
        (Role.BrightText, Role.Window, 4.5),
        (Role.Accent, Role.Window, 3),
        (Role.Mid, Role.Window, 3),
    ],
)
def test_text_and_frames_stand_out(dark: bool, text: Role, ground: Role, least: float) -> None:
    colours = palette(dark)
    assert contrast(colours.color(text), colours.color(ground)) >= least


@pytest.mark.parametrize("dark", [True, False])
def test_the_outline_of_a_box_that_is_not_ticked_stands_out(dark: bool, qtbot: QtBot) -> None:
    box = QCheckBox()
    qtbot.addWidget(box)
    box.setPalette(outlined_palette(dark))
    picture = QImage(box.sizeHint(), QImage.Format.Format_RGB32)
    ground = palette(dark).color(Role.Window)
    picture.fill(ground)
    style = QStyleFactory.create("Fusion")
    box.setStyle(style)
    box.resize(box.sizeHint())
    box.render(picture, QPoint(), QRegion(), QWidget.RenderFlag(0))
    middle = picture.height() // 2
    row = [picture.pixelColor(x, middle) for x in range(picture.width())]
    assert max(contrast(each, ground) for each in row) >= 3


@pytest.mark.parametrize("kind", [QLineEdit, QSpinBox, QComboBox, QPlainTextEdit])
def test_an_empty_field_has_an_edge_on_dark_ground(
    kind: type[QWidget], qtbot: QtBot, qapp: QApplication
) -> None:
    before = qapp.palette()
    theme = Theme(qapp)
    theme.apply("dark")
    field = kind()
    qtbot.addWidget(field)
    picture = field.grab().toImage()
    column = [picture.pixelColor(picture.width() // 3, y) for y in range(4)]
    ground = palette(dark=True).color(Role.Window)
    assert max(contrast(each, ground) for each in column) >= 2.9
    theme.apply("system")
    theme.deleteLater()
    qapp.setPalette(before)


@pytest.mark.parametrize("dark", [True, False])
def test_disabled_text_differs_and_can_still_be_read(dark: bool) -> None:
    colours = palette(dark)
    faint = colours.color(QPalette.ColorGroup.Disabled, Role.ButtonText)
    assert faint != colours.color(Role.ButtonText)
    assert contrast(faint, colours.color(Role.Window)) >= 4.5


def test_the_theme_changes_at_once(qtbot: QtBot, qapp: QApplication) -> None:
    before = qapp.palette()
    theme = Theme(qapp)
    for choice, dark in (("dark", True), ("light", False), ("dark", True)):
        theme.apply(choice)
        assert theme.is_dark() is dark
        assert qapp.palette().color(Role.Window) == palette(dark).color(Role.Window)
    theme.apply("system")
    theme.deleteLater()
    qapp.setPalette(before)
