"""Which kind of model: the presets by what they are for, and the one that suits the artist."""

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ganart.engine.gan.config import SIDES
from ganart.engine.gan.presets import PRESETS, PresetGroup, preset, suggest
from ganart.ui.chips import DeviceFacts
from ganart.ui.widgets import words
from ganart.ui.widgets.choice_cards import Chip, Choice, ChoiceCards
from ganart.ui.widgets.text import Caption

_GROUPS = tuple(PresetGroup)


class PresetPicker(QWidget):
    """Cards of one group of presets at a time, above a suggestion with its reason.

    The suggestion is chosen by itself until the person, or the project, has chosen something.
    """

    chosen = Signal(str)
    """The key of a preset."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = 0
        self._device: DeviceFacts | None = None
        self._suggested = ""
        self._follows = False
        self._is_suggesting = False
        self._groups = QButtonGroup(self)
        for number, text in enumerate(
            (self.tr("To make pictures"), self.tr("To learn"), self.tr("To compare"))
        ):
            self._groups.addButton(Chip(text), number)
        self.size_wish = QComboBox()
        self.size_wish.addItem(self.tr("as it suits"), 0)
        for side in SIDES:
            self.size_wish.addItem(words.pixels(side, side), side)
        label = QLabel(self.tr("Si&ze that you wish for"))
        label.setBuddy(self.size_wish)
        self.size_wish.setAccessibleName(self.tr("Size that you wish for"))
        top = QHBoxLayout()
        for button in self._groups.buttons():
            top.addWidget(button)
        top.addStretch(1)
        top.addWidget(label)
        top.addWidget(self.size_wish)
        self.cards = ChoiceCards(
            [Choice(each.key, _said(each.label), _said(each.description)) for each in PRESETS]
        )
        self.elsewhere = Caption()
        self.reason = Caption()
        self.take_button = QPushButton(self.tr("Ta&ke it"))
        line = QHBoxLayout()
        line.addWidget(self.reason, 1)
        line.addWidget(self.take_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self.cards)
        layout.addWidget(self.elsewhere)
        layout.addLayout(line)
        self._groups.idClicked.connect(self._show_group)
        self.size_wish.activated.connect(self._on_wish)
        self.take_button.clicked.connect(self._take)
        self.cards.clicked.connect(self._on_clicked)
        self.cards.chosen.connect(self._on_chosen)
        self._update_suggestion()

    # What is chosen

    def choice(self) -> str:
        """Return the key of the chosen preset, or an empty text."""
        return self.cards.choice()

    def choose(self, key: str) -> None:
        """Choose a preset; no suggestion takes its place then."""
        self._follows = False
        self.cards.choose(key)
        self._update_suggestion()

    def follow(self) -> None:
        """Choose what is suggested, now and whenever the suggestion changes."""
        self._follows = True
        self._update_suggestion()

    def is_suggesting(self) -> bool:
        """Whether what is being chosen is so by itself, with no wish of the person's behind it."""
        return self._is_suggesting and not self.size_wish.currentData()

    def main_widget(self) -> QWidget:
        """Return the chosen card, or the button of the group that is shown in its place."""
        card = self.cards.cards.get(self.choice())
        if card is not None and not card.isHidden():
            return card
        return self._groups.checkedButton() or self

    # What is known

    def set_pictures(self, count: int) -> None:
        """Say how many pictures the dataset holds."""
        self._pictures = count
        self._update_suggestion()

    @Slot(object)
    def set_device(self, device: DeviceFacts) -> None:
        """Say what computes."""
        self._device = device
        self._update_suggestion()

    # Slots

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        group = _GROUPS.index(preset(key).group)
        self._groups.button(group).setChecked(True)
        self._show_group(group)
        self.chosen.emit(key)

    @Slot(int)
    def _show_group(self, number: int) -> None:
        self.cards.show_only([each.key for each in PRESETS if each.group is _GROUPS[number]])
        self._tell_of_choice()

    def _tell_of_choice(self) -> None:
        """Say what is chosen while its card is out of sight."""
        choice = preset(self.choice()) if self.choice() else None
        shown = _GROUPS[self._groups.checkedId()]
        self.elsewhere.setVisible(choice is not None and choice.group is not shown)
        if choice is not None:
            text = self.tr("Still chosen: {preset}. Choose a card to take that one instead.")
            self.elsewhere.setText(text.format(preset=_said(choice.label)))

    @Slot(QAbstractButton)
    def _on_clicked(self, _card: QAbstractButton) -> None:
        self._follows = False
        self._update_suggestion()

    @Slot()
    def _on_wish(self) -> None:
        self.follow()

    @Slot()
    def _take(self) -> None:
        if self._suggested:
            self.choose(self._suggested)

    def _update_suggestion(self) -> None:
        known = self._device is not None and self._pictures > 0
        for part in (self.reason, self.take_button):
            part.setVisible(known)
        if self._device is None or not known:
            return
        best, reason = suggest(
            self._pictures,
            self.size_wish.currentData(),
            self._device.kind,
            self._device.memory_total,
        )
        self._suggested = best.key
        if self._follows:
            self._is_suggesting = True
            self.cards.choose(best.key)
            self._is_suggesting = False
        text = self.tr("For your pictures and this computer: {preset}. {reason}")
        self.reason.setText(text.format(preset=_said(best.label), reason=_said(reason)))
        self.take_button.setVisible(self.choice() != best.key)


def _said(text: str) -> str:
    return QCoreApplication.translate("presets", text)
