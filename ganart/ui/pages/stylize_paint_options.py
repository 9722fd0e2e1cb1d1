"""How a painting is to be made: a preset, the scale of the style, and everything for experts."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from math import log2
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QSlider, QVBoxLayout, QWidget

from ganart.engine.style.config import PaintConfig
from ganart.engine.style.looks import Colour
from ganart.engine.style.presets import DEFAULT_PAINT_PRESET, PAINT_PRESETS, paint_preset
from ganart.errors import StudioError
from ganart.ui.widgets import words
from ganart.ui.widgets.fold import Fold
from ganart.ui.widgets.option_form import OptionForm
from ganart.ui.widgets.text import Caption

_ASKED_ABOVE = ("colour", "style_scale")
"""Options that have controls of their own on the page."""
_SCALE_STEPS = 20
"""Of the slider for each doubling of the scale."""


class PaintOptions(QWidget):
    """A preset and, folded away, the form of all options."""

    changed = Signal()
    """The preset or an option in the form."""
    scale_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presets = QComboBox()
        self.presets.setAccessibleName(self.tr("Quality of the painting"))
        for each in PAINT_PRESETS:
            self.presets.addItem(QCoreApplication.translate("presets", each.label), each.key)
        self.about = Caption()
        self.scale = QSlider(Qt.Orientation.Horizontal)
        self.scale.setRange(-2 * _SCALE_STEPS, 2 * _SCALE_STEPS)
        self.scale.setPageStep(_SCALE_STEPS)
        self.scale.setAccessibleName(self.tr("Scale of the style"))
        self.scale.setToolTip(
            self.tr("How large the style is beside the photo: fine or broad strokes, in paintings")
        )
        self.factor = QLabel()
        self.factor.setMinimumWidth(self.fontMetrics().horizontalAdvance("× 0.00"))
        self.form = OptionForm(PaintConfig, left_out=_ASKED_ABOVE)
        self.expert = Fold(self.tr("E&xpert"), self.form)
        preset_label = QLabel(self.tr("&Quality"))
        preset_label.setBuddy(self.presets)
        scale_label = QLabel(self.tr("St&yle scale"))
        scale_label.setBuddy(self.scale)
        grid = QGridLayout()
        grid.addWidget(preset_label, 0, 0)
        grid.addWidget(self.presets, 0, 1, 1, 2)
        grid.addWidget(self.about, 1, 1, 1, 2)
        grid.addWidget(scale_label, 2, 0)
        grid.addWidget(self.scale, 2, 1)
        grid.addWidget(self.factor, 2, 2)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addWidget(self.expert)
        self.presets.currentIndexChanged.connect(self._on_preset)
        self.scale.valueChanged.connect(self._on_scale)
        self.form.changed.connect(self.changed)
        self.presets.setCurrentIndex(PAINT_PRESETS.index(DEFAULT_PAINT_PRESET))
        self._on_preset()
        self.show_scale(1.0)

    def preset_key(self) -> str:
        """Return the key of the preset."""
        return str(self.presets.currentData())

    def choose_preset(self, key: str) -> None:
        """Choose a preset; an unknown one is passed over."""
        index = self.presets.findData(key)
        if index >= 0:
            self.presets.setCurrentIndex(index)

    def to_document(self) -> dict[str, Any]:
        """Return the preset and the options of the form as JSON values."""
        return {"preset": self.preset_key(), "options": self.form.values()}

    def show_document(self, kept: object) -> None:
        """Show what `to_document` returned once; what makes no sense is left as presets have it."""
        document = kept if isinstance(kept, Mapping) else {}
        self.presets.setCurrentIndex(PAINT_PRESETS.index(DEFAULT_PAINT_PRESET))
        self.choose_preset(str(document.get("preset", "")))
        self._on_preset()  # also where the preset is the same: its options may have been changed
        with suppress(StudioError, ValueError, TypeError, AttributeError):
            options = PaintConfig.from_mapping(document.get("options", {}))
            known = set(document.get("options", {}))
            values = {name: getattr(options, name) for name in self.form.rows if name in known}
            self.form.set_values(values)

    def config(self, colour: Colour, strength: float, scale: float) -> PaintConfig:
        """Return the options; `strength` (0 to 1) lessens the style's weight by its square.

        Raises `BadOption` where a value is out of its range.
        """
        config = replace(
            paint_preset(self.preset_key()).config,
            **self.form.values(),
            colour=colour,
            style_scale=scale,
        )
        return replace(config, style_weight=config.style_weight * strength**2)

    def show_scale(self, scale: float) -> None:
        """Show the scale without telling of it."""
        self.scale.blockSignals(True)
        self.scale.setValue(_steps(scale))
        self.scale.blockSignals(False)
        self.factor.setText(self.tr("× {factor}").format(factor=words.decimal(scale, 2)))

    @Slot()
    def _on_preset(self) -> None:
        preset = paint_preset(self.preset_key())
        self.about.setText(QCoreApplication.translate("presets", preset.description))
        self.form.set_base({name: getattr(preset.config, name) for name in self.form.rows})
        self.changed.emit()

    @Slot(int)
    def _on_scale(self, steps: int) -> None:
        scale = round(2 ** (steps / _SCALE_STEPS), 2)
        self.show_scale(scale)
        self.scale_changed.emit(scale)


def _steps(scale: float) -> int:
    return round(_SCALE_STEPS * log2(max(0.1, scale)))
