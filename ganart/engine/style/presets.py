"""Presets of paintings are data. Imports no torch."""

from dataclasses import dataclass

from ganart.engine.errors import BadOption
from ganart.engine.style.config import PaintConfig
from ganart.text import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class PaintPreset:
    """A named set of options; label and description are marked in context "presets"."""

    key: str
    label: str
    description: str
    config: PaintConfig


PAINT_PRESETS = (
    PaintPreset(
        "standard",
        QT_TRANSLATE_NOOP("presets", "Standard"),
        QT_TRANSLATE_NOOP("presets", "A good painting in minutes."),
        PaintConfig(),
    ),
    PaintPreset(
        "fine",
        QT_TRANSLATE_NOOP("presets", "Fine"),
        QT_TRANSLATE_NOOP("presets", "Larger, and painted longer."),
        PaintConfig(long_side=1280, iterations=300),
    ),
    PaintPreset(
        "lesson",
        QT_TRANSLATE_NOOP("presets", "Lesson"),
        QT_TRANSLATE_NOOP(
            "presets", "As the GAN lesson teaches it: layers, weights and ten times 100 steps."
        ),
        PaintConfig(
            long_side=256,
            iterations=1000,
            start="photo",
            coarsest=0,
            optimizer="adam",
            learning_rate=0.02,
        ),
    ),
)
DEFAULT_PAINT_PRESET = PAINT_PRESETS[0]


def paint_preset(key: str) -> PaintPreset:
    """Return the preset of that key. Raises `BadOption`."""
    for each in PAINT_PRESETS:
        if each.key == key:
            return each
    allowed = ", ".join(each.key for each in PAINT_PRESETS)
    raise BadOption(option="preset", value=key, allowed=allowed)
