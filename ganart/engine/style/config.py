"""Every option of a painting, declared once. Imports no torch."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

from ganart.engine.options import Group, check, device_option, option, options, threads_option
from ganart.engine.style.looks import COLOURS
from ganart.engine.style.shared_options import (
    content_weight_option,
    style_scale_option,
    style_weight_option,
    variation_weight_option,
)
from ganart.text import QT_TRANSLATE_NOOP

STARTS = ("instant", "photo", "noise", "blend")
NETWORKS = ("original", "torchvision")
OPTIMIZERS = ("lbfgs", "adam", "gd")
STYLE_LAYERS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1")
CONTENT_LAYERS = (
    "relu1_2",
    "relu2_2",
    "relu3_2",
    "relu3_4",
    "relu4_1",
    "relu4_2",
    "relu4_4",
    "relu5_1",
)


@dataclass(frozen=True, slots=True)
class StyleSource:
    """A style picture, its share, and where on the photo and on the style it counts."""

    path: Path
    weight: float = 1.0
    photo_mask: Path | None = None
    """A grey picture of any size: white where this style is painted on the photo."""
    style_mask: Path | None = None
    """White where this style picture is looked at."""


@dataclass(frozen=True)
class PaintConfig:
    """How a painting is made. Raises `BadOption` for a value outside its range."""

    long_side: int = option(
        768,
        QT_TRANSLATE_NOOP("options", "Longer side"),
        QT_TRANSLATE_NOOP("options", "Size of the painting. 0 keeps the size of the photo."),
        Group.BASIC,
        unit=QT_TRANSLATE_NOOP("options", "px"),
        low=0,
        high=16_384,
    )
    iterations: int = option(
        80,
        QT_TRANSLATE_NOOP("options", "Iterations"),
        QT_TRANSLATE_NOOP(
            "options",
            "How often the picture is improved at its full size. You can stop earlier and keep "
            "the painting, or refine it further later.",
        ),
        Group.BASIC,
        low=1,
        high=100_000,
    )
    start: str = option(
        "instant",
        QT_TRANSLATE_NOOP("options", "Start from"),
        QT_TRANSLATE_NOOP(
            "options",
            "instant: the first quick picture, which is painted over and gets there "
            "soonest. photo: the photo itself. noise: nothing but noise, as in the first "
            "paper. blend: photo and noise mixed.",
        ),
        Group.STYLE,
        choices=STARTS,
    )
    noise: float = option(
        0.5,
        QT_TRANSLATE_NOOP("options", "Noise in the blend"),
        QT_TRANSLATE_NOOP("options", "Share of noise where the start is a blend."),
        Group.STYLE,
        low=0.0,
        high=1.0,
    )
    style_scale: float = style_scale_option()
    coarsest: int = option(
        256,
        QT_TRANSLATE_NOOP("options", "Coarsest size"),
        QT_TRANSLATE_NOOP(
            "options",
            "Painting begins at this size and grows to the full one; broad strokes come "
            "first. 0 paints at the full size from the start.",
        ),
        Group.STYLE,
        unit=QT_TRANSLATE_NOOP("options", "px"),
        low=0,
        high=4096,
    )
    coarse_iterations: int = option(
        60,
        QT_TRANSLATE_NOOP("options", "Iterations at smaller sizes"),
        QT_TRANSLATE_NOOP(
            "options", "How often the picture is improved at each size below the full one."
        ),
        Group.STYLE,
        low=1,
        high=100_000,
    )
    colour: str = option(
        "style",
        QT_TRANSLATE_NOOP("options", "Colours"),
        QT_TRANSLATE_NOOP(
            "options",
            "style: the colours of the style. luminance: the photo keeps its colours, "
            "only light and dark are painted. moments: the style is recoloured like the "
            "photo before painting.",
        ),
        Group.COLOUR,
        choices=COLOURS,
    )
    content_weight: float = content_weight_option(1.0)
    style_weight: float = style_weight_option(40.0)
    variation_weight: float = variation_weight_option(20.0)
    content_layer: str = option(
        "relu4_2",
        QT_TRANSLATE_NOOP("options", "Content layer"),
        QT_TRANSLATE_NOOP("options", "The deeper the layer, the freer the shapes."),
        Group.LOSSES,
        choices=CONTENT_LAYERS,
    )
    style_relu1_1: float = option(
        1.0,
        QT_TRANSLATE_NOOP("options", "Weight of relu1_1"),
        QT_TRANSLATE_NOOP("options", "Share of this layer in the style: finest strokes."),
        Group.LOSSES,
        low=0.0,
        high=1e6,
    )
    style_relu2_1: float = option(
        1.0,
        QT_TRANSLATE_NOOP("options", "Weight of relu2_1"),
        QT_TRANSLATE_NOOP("options", "Share of this layer in the style: fine strokes."),
        Group.LOSSES,
        low=0.0,
        high=1e6,
    )
    style_relu3_1: float = option(
        1.0,
        QT_TRANSLATE_NOOP("options", "Weight of relu3_1"),
        QT_TRANSLATE_NOOP("options", "Share of this layer in the style: middle strokes."),
        Group.LOSSES,
        low=0.0,
        high=1e6,
    )
    style_relu4_1: float = option(
        1.0,
        QT_TRANSLATE_NOOP("options", "Weight of relu4_1"),
        QT_TRANSLATE_NOOP("options", "Share of this layer in the style: broad strokes."),
        Group.LOSSES,
        low=0.0,
        high=1e6,
    )
    style_relu5_1: float = option(
        1.0,
        QT_TRANSLATE_NOOP("options", "Weight of relu5_1"),
        QT_TRANSLATE_NOOP("options", "Share of this layer in the style: broadest strokes."),
        Group.LOSSES,
        low=0.0,
        high=1e6,
    )
    network: str = option(
        "original",
        QT_TRANSLATE_NOOP("options", "Network"),
        QT_TRANSLATE_NOOP(
            "options",
            "The VGG-19 that looks at the pictures. original: the one of the papers, which comes "
            "with the program. torchvision: trained anew, paints otherwise; it must be downloaded "
            "first (575 MB) with the command ganart fetch-network.",
        ),
        Group.LOSSES,
        choices=NETWORKS,
    )
    pooling: str = option(
        "average",
        QT_TRANSLATE_NOOP("options", "Pooling"),
        QT_TRANSLATE_NOOP(
            "options",
            "Average pooling paints smoother, maximum pooling is the network as trained.",
        ),
        Group.LOSSES,
        choices=("max", "average"),
    )
    optimizer: str = option(
        "lbfgs",
        QT_TRANSLATE_NOOP("options", "Optimizer"),
        QT_TRANSLATE_NOOP(
            "options",
            "lbfgs needs the fewest iterations. adam is the usual choice in lessons. gd: "
            "plain gradient descent, to see why the others exist.",
        ),
        Group.LEARNING,
        choices=OPTIMIZERS,
    )
    learning_rate: float = option(
        1.0,
        QT_TRANSLATE_NOOP("options", "Learning rate"),
        QT_TRANSLATE_NOOP("options", "Length of a step. 1 suits lbfgs, 0.02 adam and gd."),
        Group.LEARNING,
        low=1e-6,
        high=1000.0,
    )
    seed: int = option(
        1,
        QT_TRANSLATE_NOOP("options", "Seed"),
        QT_TRANSLATE_NOOP("options", "The same seed gives the same noise."),
        Group.STYLE,
        low=0,
        high=2**32 - 1,
    )
    tile: int = option(
        0,
        QT_TRANSLATE_NOOP("options", "Tile"),
        QT_TRANSLATE_NOOP(
            "options",
            "Large pictures are painted in tiles of this side, which needs less memory "
            "and more time and changes nothing in the result. 0: chosen by the memory "
            "that is free.",
        ),
        Group.MACHINE,
        unit=QT_TRANSLATE_NOOP("options", "px"),
        low=0,
        high=8192,
    )
    device: str = device_option()
    threads: int = threads_option()

    def __post_init__(self) -> None:
        for declared in options(type(self)):
            check(declared, getattr(self, declared.name))

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Self:
        """Build a config from a mapping, passing over unknown names. Raises `BadOption`."""
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in values.items() if name in known})
