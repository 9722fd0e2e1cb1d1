"""Small buttons that say little on their face and all of it to whoever asks."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox, QPushButton, QToolButton, QWidget

from ganart.ui.icons import icon
from ganart.ui.widgets.flow import FlowLayout


def tool_button(icon_name: str, name: str, tip: str = "") -> QToolButton:
    """Return a flat button that shows an icon; `name` is for screen readers, `tip` for hovering."""
    button = QToolButton()
    button.setIcon(icon(icon_name))
    button.setAutoRaise(True)
    button.setAccessibleName(name)
    button.setToolTip(tip or name)
    return button


def push_button(icon_name: str, text: str, tip: str = "") -> QPushButton:
    """Return a button with an icon and a text that may hold a mnemonic."""
    button = QPushButton(icon(icon_name), text)
    button.setToolTip(tip)
    return button


def action_button(action: QAction, *, has_text: bool = False) -> QToolButton:
    """Return a flat button for an action: its icon, and its name beside it if wanted."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setAutoRaise(True)
    styles = Qt.ToolButtonStyle
    button.setToolButtonStyle(
        styles.ToolButtonTextBesideIcon if has_text else styles.ToolButtonIconOnly
    )
    button.setAccessibleName(action.text())
    return button


def arrow_button(arrow: Qt.ArrowType, name: str) -> QToolButton:
    """Return a flat button with an arrow."""
    button = QToolButton()
    button.setArrowType(arrow)
    button.setAutoRaise(True)
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button


def dialog_buttons(which: QDialogButtonBox.StandardButton) -> QDialogButtonBox:
    """Return the standard buttons of a dialog, without icons."""
    box = QDialogButtonBox(which)
    take_icons_off(box)
    return box


def take_icons_off(box: QDialogButtonBox | QMessageBox) -> None:
    """Leave the buttons of `box` their texts alone: on some desktops Qt gives standard ones icons
    of its own, which are black on dark ground too.
    """
    for button in box.buttons():
        button.setIcon(QIcon())


def row_of(*first: QWidget, last: QWidget | None = None) -> QWidget:
    """Return buttons in a row, with `last` at the far end; they wrap where the width ends."""
    row = QWidget()
    line = FlowLayout(row, ends_apart=last is not None)
    for widget in first:
        line.addWidget(widget)
    if last is not None:
        line.addWidget(last)
    return row
