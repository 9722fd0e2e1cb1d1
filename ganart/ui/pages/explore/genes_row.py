"""One gene: its name, how far the picture follows it, whether it is pinned and locked."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QWidget

from ganart.media.genes import plain_name
from ganart.media.recipe_checks import MAX_TEXT
from ganart.ui.icons import icon
from ganart.ui.pages.explore.genes_shelf import Shelved
from ganart.ui.pages.explore.genes_slider import STEPS, AmountSlider
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import tool_button

_VALUE_CHARACTERS = 6
_NAME_CHARACTERS = 18


class GeneRow(QWidget):
    """Shows a gene and tells what is wanted of it."""

    chosen = Signal()
    moved = Signal(float)
    """The amount that is wanted."""
    renamed = Signal(str)
    pinned = Signal(bool)
    locked = Signal(bool)
    removal_wanted = Signal()

    def __init__(self, shelved: Shelved, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shelved = shelved
        self.name = QLineEdit()
        self.name.setMaxLength(MAX_TEXT)
        self._set_editing(False)
        self.name.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setFixedWidth(_NAME_CHARACTERS * self.fontMetrics().averageCharWidth())
        self.name.installEventFilter(self)
        self.name.editingFinished.connect(self._on_named)
        self.slider = AmountSlider()
        self.slider.setToolTip(
            self.tr("Delete: back to 0.  F2: rename.  P: pin.  L: lock.  Menu key: all of these.")
        )
        self.value = QLabel()
        self.value.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing)
        self.value.setMinimumWidth(_VALUE_CHARACTERS * self.fontMetrics().averageCharWidth())
        self.pin = self._toggle("pin", self.tr("Pin to the top"))
        self.lock = self._toggle("lock", self.tr("Lock against resetting"))
        self._lay_out()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.open_menu)
        self.slider.entered.connect(self.chosen)
        self.slider.valueChanged.connect(self._on_moved)
        self.slider.key_pressed.connect(self._on_key)
        self.pin.clicked.connect(self.pinned)
        self.lock.clicked.connect(self.locked)
        self.set_shelved(shelved)
        self.set_amount(0.0)

    def set_shelved(self, shelved: Shelved) -> None:
        """Show what the artist made of the gene."""
        self.shelved = shelved
        self.name.setText(shelved.name)
        self.name.setToolTip(shelved.name)
        self.name.setCursorPosition(0)
        self.slider.setAccessibleName(shelved.name)
        note = shelved.note
        for name, button, on in (
            ("pin", self.pin, note.is_pinned),
            ("lock", self.lock, note.is_locked),
        ):
            button.setIcon(icon(f"{name}-set" if on else name))
            button.setChecked(on)
            button.setVisible(bool(shelved.key))

    def _toggle(self, name: str, text: str) -> QToolButton:
        button = tool_button(name, text)
        button.setCheckable(True)
        # The slider's keys do the same: Tab leads from gene to gene.
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        return button

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.pin)
        line.addWidget(self.name)
        line.addWidget(self.slider, 1)
        line.addWidget(self.value)
        line.addWidget(self.lock)
        for button in (self.pin, self.lock):
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)

    def set_chosen(self, on: bool) -> None:
        """Mark it as the one whose strip is shown."""
        font = self.name.font()
        font.setBold(on)
        self.name.setFont(font)

    def set_amount(self, amount: float) -> None:
        """Show how far the picture follows it."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(amount * STEPS))
        sign = "+" if amount > 0 else ""
        self.value.setText(sign + words.decimal(amount, 2))

    @Slot()
    def rename(self) -> None:
        """Let the name be typed."""
        if self.shelved.key:
            self._set_editing(True)
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self.name.selectAll()

    def _set_editing(self, on: bool) -> None:
        self.name.setReadOnly(not on)
        self.name.setFrame(on)
        self.name.setStyleSheet("" if on else "background: transparent")

    @Slot(QPoint)
    def open_menu(self, place: QPoint) -> None:
        """Offer what can be done with it."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(place))

    def menu(self) -> QMenu:
        """Return what can be done with it."""
        menu = QMenu(self)
        menu.addAction(self.tr("&Back to 0")).triggered.connect(self._to_zero)
        if self.shelved.key:
            menu.addAction(self.tr("&Rename…")).triggered.connect(self.rename)
            for button in (self.pin, self.lock):
                action = menu.addAction(icon("pin" if button is self.pin else "lock"), "")
                action.setText(button.accessibleName())
                action.setCheckable(True)
                action.setChecked(button.isChecked())
                action.triggered.connect(button.click)
        if self.shelved.kind == "own":
            menu.addAction(icon("trash"), self.tr("&Delete")).triggered.connect(self.removal_wanted)
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let a double click on the name edit it, and Escape leave it as it was."""
        if event.type() == QEvent.Type.MouseButtonDblClick and self.name.isReadOnly():
            self.rename()
            return True
        if event.type() == QEvent.Type.FocusIn:
            self.chosen.emit()
        escapes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escapes and not self.name.isReadOnly():
            self.name.setText(self.shelved.name)
            self.slider.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def _to_zero(self) -> None:
        self.slider.setValue(0)

    @Slot(int)
    def _on_moved(self, steps: int) -> None:
        self.moved.emit(steps / STEPS)

    @Slot(int)
    def _on_key(self, key: int) -> None:
        if key == Qt.Key.Key_F2:
            self.rename()
        elif self.shelved.key:
            (self.pin if key == Qt.Key.Key_P else self.lock).click()

    @Slot()
    def _on_named(self) -> None:
        if self.name.isReadOnly():
            return
        self._set_editing(False)
        name = plain_name(self.name.text())
        if name != self.shelved.name:
            self.renamed.emit(name)
