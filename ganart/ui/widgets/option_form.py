"""A form derived from the declared options of a config, with their ranges, units and help."""

from collections.abc import Callable, Collection, Mapping
from itertools import groupby
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ganart.engine.options import Option, options
from ganart.ui.widgets.buttons import tool_button
from ganart.ui.widgets.option_words import choice_words, zero_words
from ganart.ui.widgets.text import Caption, Heading

_DECIMALS = 7
_FIELD_CHARACTERS = 26


class NumberBox(QDoubleSpinBox):
    """A spin box for whole numbers of any size and for fractions, written without idle zeros."""

    def __init__(self, low: float, high: float, whole: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(0 if whole else _DECIMALS)
        self.setRange(low, high)
        self.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        self.setGroupSeparatorShown(True)
        self.setKeyboardTracking(False)

    def value(self) -> float:
        """Return the number that is written, also when it is still being typed."""
        # A shortcut takes no focus away, so that Qt would return the number from before.
        self.interpretText()
        return super().value()

    def textFromValue(self, value: float) -> str:  # noqa: N802 - Qt's name
        """Write a number without idle zeros."""
        text = self.locale().toString(value, "f", self.decimals())
        point = self.locale().decimalPoint()
        zero = self.locale().zeroDigit()
        return text.rstrip(zero).removesuffix(point) if point in text else text


class OptionRow(QWidget):
    """The field of one option with its help and the way back to the preset's value."""

    changed = Signal()

    def __init__(self, declared: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.option = declared
        self._base = declared.default
        self.label = QCoreApplication.translate("options", declared.label)
        explanation = QCoreApplication.translate("options", declared.help)
        self.field = self._make_field()
        self.field.setAccessibleName(self.label)
        self.field.setAccessibleDescription(explanation)
        self.field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.field.installEventFilter(self)
        self.field.setMinimumWidth(_FIELD_CHARACTERS * self.fontMetrics().averageCharWidth())
        self._help = Caption(explanation)
        self._help.hide()
        help_name = self.tr("Help: {option}").format(option=self.label)
        self.info_button = tool_button("info", help_name, explanation)
        self.info_button.setCheckable(True)
        self.info_button.toggled.connect(self._help.setVisible)
        reset_name = self.tr("Reset: {option}").format(option=self.label)
        self.reset_button = tool_button("undo", reset_name, self.tr("Back to the preset's value"))
        self.reset_button.setEnabled(False)
        self.reset_button.clicked.connect(self.reset)
        line = QHBoxLayout()
        line.addWidget(self.field)
        line.addWidget(self.info_button)
        line.addWidget(self.reset_button)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self._help)

    def _make_field(self) -> QCheckBox | QComboBox | QLineEdit | NumberBox:
        declared = self.option
        unit = " " + QCoreApplication.translate("options", declared.unit) if declared.unit else ""
        if declared.choices:
            combo = QComboBox()
            for choice in declared.choices:
                combo.addItem(f"{choice_words(declared.name, choice)}{unit}", choice)
            combo.currentIndexChanged.connect(self._on_edited)
            return combo
        if isinstance(declared.default, bool):
            box = QCheckBox()
            box.toggled.connect(self._on_edited)
            return box
        if isinstance(declared.default, str):
            line = QLineEdit()
            line.setMaxLength(int(declared.high or 0))
            line.textChanged.connect(self._on_edited)
            return line
        low, high = declared.low or 0.0, declared.high or 0.0
        number = NumberBox(low, high, whole=isinstance(declared.default, int))
        number.setSuffix(unit)
        if low == 0:
            number.setSpecialValueText(zero_words(declared.name))
        number.valueChanged.connect(self._on_edited)
        return number

    def value(self) -> Any:  # noqa: ANN401 - an option may be of any plain type
        """Return the value in the option's own type."""
        if isinstance(self.field, QComboBox):
            return self.field.currentData()
        if isinstance(self.field, QCheckBox):
            return self.field.isChecked()
        if isinstance(self.field, QLineEdit):
            return self.field.text()
        return type(self.option.default)(self.field.value())

    def set_value(self, value: Any) -> None:  # noqa: ANN401
        """Show a value."""
        if isinstance(self.field, QComboBox):
            self.field.setCurrentIndex(self.field.findData(value))
        elif isinstance(self.field, QCheckBox):
            self.field.setChecked(value)
        elif isinstance(self.field, QLineEdit):
            self.field.setText(value)
        else:
            self.field.setValue(value)

    def set_base(self, value: Any) -> None:  # noqa: ANN401
        """Set and show the value that `reset` goes back to."""
        self._base = value
        self.reset()

    def set_highest(self, number: int) -> None:
        """Allow a number up to this one, as far as the option itself allows it."""
        if isinstance(self.field, NumberBox):
            self.field.setMaximum(min(number, self.option.high or 0))

    def reset(self) -> None:
        """Go back to the preset's value."""
        self.set_value(self._base)
        self.reset_button.setEnabled(False)

    def _on_edited(self) -> None:
        self.reset_button.setEnabled(self.value() != self._base)
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the wheel from changing values that are only passed over."""
        # The wheel scrolls the form; it must not change a value that is passed over.
        if event.type() == QEvent.Type.Wheel and not self.field.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class OptionForm(QWidget):
    """All options of a config class but the ones left out, under the headings of their groups.

    Those that `idle` names for the values of all options, because they would do nothing, are hidden
    and keep their values.
    """

    changed = Signal()

    def __init__(
        self,
        config: type,
        left_out: Collection[str] = (),
        parent: QWidget | None = None,
        *,
        idle: Callable[[Mapping[str, Any]], Collection[str]] | None = None,
    ) -> None:
        super().__init__(parent)
        declared = list(options(config))
        shown = [each for each in declared if each.name not in left_out]
        order = list(dict.fromkeys(each.group for each in shown))
        shown.sort(key=lambda each: order.index(each.group))
        self.rows: dict[str, OptionRow] = {}
        self._idle = idle
        self._all = {each.name: each.default for each in declared}
        self._headings: list[tuple[Heading, list[OptionRow]]] = []
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setHorizontalSpacing(16)
        for group, members in groupby(shown, key=lambda each: each.group):
            heading = Heading(QCoreApplication.translate("options", group.value))
            heading.setContentsMargins(0, 12, 0, 4)
            self._form.addRow(heading)
            self._headings.append((heading, [self._add(each) for each in members]))
        self.update_idle()

    def _add(self, declared: Option) -> OptionRow:
        row = self.rows[declared.name] = OptionRow(declared)
        row.changed.connect(self._on_changed)
        label = QLabel(row.label)
        label.setBuddy(row.field)
        self._form.addRow(label, row)
        return row

    def values(self) -> dict[str, Any]:
        """Return the values by option name."""
        return {name: row.value() for name, row in self.rows.items()}

    def set_base(self, values: Mapping[str, Any]) -> None:
        """Show a preset's values; resetting goes back to them.

        Those of options that were left out settle what is idle; other names are passed over.
        """
        self._set(values, OptionRow.set_base)

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show values that may differ from the preset's; else as `set_base`."""
        self._set(values, OptionRow.set_value)

    def _set(self, values: Mapping[str, Any], put: Callable[[OptionRow, Any], None]) -> None:
        self._all |= {name: values[name] for name in self._all.keys() & values.keys()}
        for name, row in self.rows.items():
            if name in values:
                put(row, values[name])
        self.update_idle()

    @Slot()
    def _on_changed(self) -> None:
        self.update_idle()
        self.changed.emit()

    def update_idle(self) -> None:
        """Hide what does nothing now, and show the rest."""
        if self._idle is None:
            return
        hidden = self._idle(self._all | self.values())
        for heading, rows in self._headings:
            for row in rows:
                self._form.setRowVisible(row, row.option.name not in hidden)
            acting = any(row.option.name not in hidden for row in rows)
            self._form.setRowVisible(heading, acting)
