"""One gene: its name, how far the picture follows it, whether it is pinned and locked."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QSlider, QToolButton, QWidget

from ganart.media.recipe_checks import MAX_TEXT
from ganart.ui.icons import icon
from ganart.ui.pages.explore.genes_shelf import Shelved
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import tool_button

STEPS = 10
"""Of the slider in an amount of 1."""
FURTHEST = 5
"""Amount at the ends of the slider."""
_VALUE_CHARACTERS = 6
_NAME_CHARACTERS = 18


class AmountSlider(QSlider):
    """A slider about 0. Delete and a double click lead back there; the wheel turns it only while
    it has the focus, for it lies among others that are scrolled.
    """

    entered = Signal()
    """It has the focus now."""
    key_pressed = Signal(int)
    """Another key than those that move it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(-FURTHEST * STEPS, FURTHEST * STEPS)
        self.setPageStep(STEPS)
        self.setTickInterval(FURTHEST * STEPS)
        self.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go back to 0."""
        self.setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to 0, or tell the key."""
        key = event.key()
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.setValue(0)
        elif key in (Qt.Key.Key_F2, Qt.Key.Key_P, Qt.Key.Key_L):
            self.key_pressed.emit(key)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the list scroll, unless this slider is in use."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Tell of the focus."""
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        return super().event(event)


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
        note = shelved.note
        self.name = QLineEdit(shelved.name)
        self.name.setMaxLength(MAX_TEXT)
        self.name.setReadOnly(True)
        self.name.setFrame(False)
        self.name.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setToolTip(shelved.name)
        self.name.setCursorPosition(0)
        self.name.setFixedWidth(_NAME_CHARACTERS * self.fontMetrics().averageCharWidth())
        self.name.installEventFilter(self)
        self.name.editingFinished.connect(self._on_named)
        self.slider = AmountSlider()
        self.slider.setAccessibleName(shelved.name)
        self.slider.setToolTip(
            self.tr("Delete: back to 0.  F2: rename.  P: pin.  L: lock.  Menu key: all of these.")
        )
        self.value = QLabel()
        self.value.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing)
        self.value.setMinimumWidth(_VALUE_CHARACTERS * self.fontMetrics().averageCharWidth())
        self.pin = self._toggle("pin", self.tr("Pin to the top"), note.is_pinned)
        self.lock = self._toggle("lock", self.tr("Lock against resetting"), note.is_locked)
        self._lay_out()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.open_menu)
        self.slider.entered.connect(self.chosen)
        self.slider.valueChanged.connect(self._on_moved)
        self.slider.key_pressed.connect(self._on_key)
        self.pin.clicked.connect(self.pinned)
        self.lock.clicked.connect(self.locked)
        self.set_amount(0.0)

    def _toggle(self, name: str, text: str, on: bool) -> QToolButton:
        button = tool_button(f"{name}-set" if on else name, text)
        button.setCheckable(True)
        button.setChecked(on)
        # The slider's keys do the same: Tab leads from gene to gene.
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        button.setVisible(bool(self.shelved.key))
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
            self.name.setReadOnly(False)
            self.name.setFrame(True)
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self.name.selectAll()

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
            menu.addAction(self.tr("&Rename …")).triggered.connect(self.rename)
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
        self.name.setReadOnly(True)
        self.name.setFrame(False)
        name = self.name.text().strip()
        if name != self.shelved.name:
            self.renamed.emit(name)
