"""Large buttons of which one is chosen, each with a name and a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.widgets.text import Caption

_RADIUS_PX = 8


@dataclass(frozen=True)
class Choice:
    """What one card says; texts are in the language of the window."""

    key: str
    title: str
    description: str


def _paint_frame(painter: QPainter, button: QAbstractButton) -> None:
    """Paint what a button lies on: accented when it is chosen, dotted when it has the focus."""
    palette = button.palette()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    chosen = button.isChecked()
    line = QPalette.ColorRole.Highlight if chosen else QPalette.ColorRole.Mid
    if button.underMouse() and not chosen:
        line = QPalette.ColorRole.Text
    painter.setPen(QPen(palette.color(line), 2 if chosen else 1))
    painter.setBrush(palette.color(QPalette.ColorRole.Base))
    box = QRectF(button.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
    painter.drawRoundedRect(box, _RADIUS_PX, _RADIUS_PX)
    if button.hasFocus():
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1, Qt.PenStyle.DotLine))
        inner = box.adjusted(4, 4, -4, -4)
        painter.drawRoundedRect(inner, _RADIUS_PX - 3, _RADIUS_PX - 3)


class ChoiceCard(QAbstractButton):
    """One card; a checkable button."""

    def __init__(self, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        self.setCheckable(True)
        self.setAccessibleName(choice.title)
        self.setAccessibleDescription(choice.description)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        title = QLabel(choice.title)
        font = title.font()
        font.setWeight(QFont.Weight.DemiBold)
        title.setFont(font)
        title.setWordWrap(True)
        description = Caption(choice.description)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.addWidget(title)
        layout.addWidget(description)
        layout.addStretch(1)
        for label in (title, description):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Return the size that the layout should aim for."""
        return self._layout.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Repaint with the frame of a hovered card."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the widget."""
        _paint_frame(QPainter(self), self)


class Chip(QAbstractButton):
    """A short choice beside others; a checkable button."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size that the layout should aim for."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 32, metrics.height() + 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the widget."""
        painter = QPainter(self)
        _paint_frame(painter, self)
        painter.setPen(self.palette().color(QPalette.ColorRole.ButtonText))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class ChoiceCards(QWidget):
    """A table of cards; arrow keys move between them."""

    chosen = Signal(str)
    """The key of the card that was chosen."""
    clicked = Signal(QAbstractButton)
    """A card that a person pressed, also where it was chosen before."""

    def __init__(
        self, choices: list[Choice], columns: int = 3, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.cards: dict[str, ChoiceCard] = {}
        self._group = QButtonGroup(self)
        self._columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)
        for choice in choices:
            card = self.cards[choice.key] = ChoiceCard(choice, self)
            self._group.addButton(card)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self.show_only(list(self.cards))
        self._group.buttonToggled.connect(self._on_toggled)
        self._group.buttonClicked.connect(self.clicked)

    def show_only(self, keys: Sequence[str]) -> None:
        """Show these cards in their order and hide the others; what is chosen stays so."""
        for key, card in self.cards.items():
            self._grid.removeWidget(card)
            card.setVisible(key in keys)
        for index, key in enumerate(keys):
            self._grid.addWidget(self.cards[key], index // self._columns, index % self._columns)

    def choice(self) -> str:
        """Return the key of the chosen card, or an empty text."""
        button = self._group.checkedButton()
        return button.choice.key if isinstance(button, ChoiceCard) else ""

    def choose(self, key: str) -> None:
        """Choose a card."""
        self.cards[key].setChecked(True)

    def _on_toggled(self, button: QAbstractButton, checked: bool) -> None:
        if checked and isinstance(button, ChoiceCard):
            self.chosen.emit(button.choice.key)
