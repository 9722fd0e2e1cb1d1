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
        "draft",
        QT_TRANSLATE_NOOP("presets", "Draft"),
        QT_TRANSLATE_NOOP("presets", "Small and soon done, to see what becomes of it."),
        PaintConfig(long_side=448, iterations=30, coarse_iterations=30),
    ),
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
        PaintConfig(long_side=1280, iterations=150, coarse_iterations=100),
    ),
    # Lesson 10 of Microsoft's "AI for Beginners", StyleTransfer.ipynb: content on block4_conv2 and
    # style on the first layers of blocks 1 to 4 at 256 px, from the photo under noise, by Adam with
    # steps of 0.002. Its weights are 1 for half the squared differences of the content features
    # (32 × 32 × 512 of them), 150 / 4 for the mean ones of each Gram matrix, and 30 for the total
    # variation. Here they are divided by the number of those features / 2. Ours divides each layer
    # by its squared width, so the layers' weights make up for that: 1, 2², 4², 8² times 64². Its
    # variation counts differences instead of their squares; the weight suits differences of 5 %.
    PaintPreset(
        "lesson",
        QT_TRANSLATE_NOOP("presets", "Lesson"),
        QT_TRANSLATE_NOOP(
            "presets", "As the GAN lesson teaches it: layers, weights and ten times 100 steps."
        ),
        PaintConfig(
            long_side=256,
            iterations=1000,
            start="blend",
            noise=0.4,
            coarsest=0,
            optimizer="adam",
            learning_rate=0.002,
            content_weight=1.0,
            style_weight=0.586,
            variation_weight=0.007,
            style_relu1_1=1.0,
            style_relu2_1=4.0,
            style_relu3_1=16.0,
            style_relu4_1=64.0,
            style_relu5_1=0.0,
            pooling="max",
        ),
    ),
)
DEFAULT_PAINT_PRESET = PAINT_PRESETS[1]


def paint_preset(key: str) -> PaintPreset:
    """Return the preset of that key. Raises `BadOption`."""
    for each in PAINT_PRESETS:
        if each.key == key:
            return each
    allowed = ", ".join(each.key for each in PAINT_PRESETS)
    raise BadOption(option="preset", value=key, allowed=allowed)
