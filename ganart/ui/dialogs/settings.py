"""The settings, built from their declarations; every change holds at once."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ganart.settings.schema import SETTINGS, Setting, Value
from ganart.settings.store import Settings
from ganart.ui.widgets.buttons import dialog_buttons
from ganart.ui.widgets.text import Caption, sentences
from ganart.updates.errors import NoAddress
from ganart.updates.question import known_question

Control = QCheckBox | QComboBox | QSpinBox

_WIDTH_PX = 560
_MARGIN_PX = 24
_FRAME_PX = 64
"""Of a screen's height, for the title bar and some air."""


class _PageView(QScrollArea):
    """As high as its page needs, where the screen has room; else the page scrolls."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(
            Qt.FocusPolicy.NoFocus
        )  # its controls take the keys, and are scrolled to
        self.setWidget(page)
        self._page = page

    def sizeHint(self) -> QSize:
        """Return the size that the page needs at the dialog's width."""
        width = _WIDTH_PX - 2 * _MARGIN_PX
        return QSize(width, self._page.heightForWidth(width))


class SettingsDialog(QDialog):
    """One control a setting, with its help under it."""

    changed = Signal(str, object)
    """A key and its new value."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self._settings = settings
        self.controls: dict[str, Control] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN_PX, 24, _MARGIN_PX, 16)
        layout.setSpacing(12)
        shown = [each for each in SETTINGS if _offers_a_choice(each)]
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        for group in dict.fromkeys(each.group for each in shown):
            tabs.addTab(self._page([each for each in shown if each.group == group]), _tr(group))
        self._bind_needs()
        layout.addWidget(tabs, 1)
        buttons = dialog_buttons(
            QDialogButtonBox.StandardButton.Close | QDialogButtonBox.StandardButton.RestoreDefaults
        )
        buttons.rejected.connect(self.reject)
        defaults = buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults)
        defaults.clicked.connect(self._restore_defaults)
        layout.addWidget(buttons)
        self.setMinimumWidth(_WIDTH_PX)
        room = self.screen().availableGeometry().height() - _FRAME_PX
        self.resize(_WIDTH_PX, min(self.sizeHint().height(), room))

    def _page(self, settings: Sequence[Setting]) -> QWidget:
        page = QWidget()
        form = QGridLayout(page)  # a QFormLayout leaves gaps below wrapped texts
        form.setContentsMargins(0, 16, 0, 0)
        form.setVerticalSpacing(16)
        form.setHorizontalSpacing(24)
        form.setColumnStretch(1, 1)
        for setting in settings:
            self._add(form, setting)
        form.setRowStretch(form.rowCount(), 1)
        return _PageView(page)

    def _add(self, form: QGridLayout, setting: Setting) -> None:
        control = self._control(setting)
        reason = _why_not(setting)
        control.setEnabled(not reason)
        control.setAccessibleName(_tr(setting.label))
        control.setAccessibleDescription(reason or _tr(setting.help))
        self.controls[setting.key] = control
        field = QVBoxLayout()
        field.setSpacing(4)
        field.addWidget(control)
        field.addWidget(Caption(reason or _tr(setting.help)))
        row = form.rowCount()
        form.addLayout(field, row, 1)
        if isinstance(control, QCheckBox):
            control.setText(_tr(setting.label))
        else:
            label = QLabel(_tr(setting.label))
            label.setBuddy(control)
            form.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)

    def _control(self, setting: Setting) -> Control:
        value = self._settings.get(setting.key)
        control: Control
        if isinstance(value, bool):
            control = QCheckBox()
            control.toggled.connect(lambda on: self.changed.emit(setting.key, on))
        elif isinstance(value, int):
            control = QSpinBox()
            control.setRange(setting.low, setting.high)
            control.valueChanged.connect(lambda number: self.changed.emit(setting.key, number))
        else:
            control = QComboBox()
            for choice in setting.choices:
                control.addItem(_tr(choice.label), choice.value)
            control.currentIndexChanged.connect(
                lambda index: self.changed.emit(setting.key, setting.choices[index].value)
            )
        with QSignalBlocker(control):
            _show(control, value)
        return control

    def _bind_needs(self) -> None:
        """Let settings that do nothing without a switch follow it."""
        for setting in SETTINGS:
            switch = self.controls.get(setting.needs)
            if isinstance(switch, QCheckBox):
                control = self.controls[setting.key]
                control.setEnabled(switch.isChecked())
                switch.toggled.connect(control.setEnabled)

    @Slot()
    def _restore_defaults(self) -> None:
        for setting in SETTINGS:
            if setting.key in self.controls:
                _show(self.controls[setting.key], setting.default)


def _show(control: Control, value: Value) -> None:
    if isinstance(control, QCheckBox):
        control.setChecked(bool(value))
    elif isinstance(control, QSpinBox):
        control.setValue(int(value))
    else:
        control.setCurrentIndex(control.findData(value))


def _offers_a_choice(setting: Setting) -> bool:
    """Whether there is anything to choose: with English alone there is no choice of language."""
    return setting.key != "language" or len(setting.choices) > 2


def _why_not(setting: Setting) -> str:
    """Return why a setting does nothing here; empty where it does."""
    if setting.key == "ask_for_updates" and known_question() is None:
        return " ".join(sentences(NoAddress()))
    return ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("settings", text)
