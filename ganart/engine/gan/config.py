"""Every option of a training run, declared once. Imports no torch."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from math import log
from typing import Any, Self

from ganart.datasets.sizes import shaped
from ganart.engine.errors import BadOption
from ganart.engine.gan.option_groups.basics import SHAPES, SIDES, SQUARE, BasicOptions
from ganart.engine.gan.option_groups.keeping import KeepingOptions
from ganart.engine.gan.option_groups.learning import LearningOptions
from ganart.engine.gan.option_groups.losses import LossOptions
from ganart.engine.gan.option_groups.network import ARCHITECTURES, NetworkOptions
from ganart.engine.gan.option_groups.pictures import PictureOptions
from ganart.engine.options import Group, check, device_option, option, options, threads_option
from ganart.text import QT_TRANSLATE_NOOP

__all__ = [
    "ARCHITECTURES", "LIVE", "NETWORK", "SHAPES", "SIDES", "SQUARE", "TrainConfig", "shape_of_size",
    "suited",
]  # fmt: skip


FIRST_SIDE = 4
"""With which the networks of square pictures begin."""


# A dataclass takes the fields of its last base first.
@dataclass(frozen=True)
class TrainConfig(
    KeepingOptions, PictureOptions, LearningOptions, LossOptions, NetworkOptions, BasicOptions
):
    """A training run. Construct it from a preset, change fields with `dataclasses.replace`.

    Raises `BadOption` for a value outside its range.
    """

    precision: str = option(
        "auto",
        QT_TRANSLATE_NOOP("options", "Precision"),
        QT_TRANSLATE_NOOP(
            "options",
            "bf16 computes the finest stages with half the digits, which is quicker on newer "
            "graphics cards. auto does so where the card is made for it.",
        ),
        Group.MACHINE,
        choices=("auto", "full", "bf16"),
    )
    device: str = device_option()
    threads: int = threads_option()

    def __post_init__(self) -> None:
        for each in options(type(self)):
            check(each, getattr(self, each.name))
        if not self.minutes and not self.pictures:
            raise BadOption(option="minutes", value=0, allowed="a time or a number of pictures")

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the pictures in pixels."""
        return self.size_at(self.side)

    def size_at(self, side: int) -> tuple[int, int]:
        """Return width and height in the stage at which networks of square pictures are at `side`,
        a power of two.
        """
        return shaped(_parts(self.shape), side)

    def to_json(self) -> str:
        """Return the options as a JSON object."""
        return json.dumps(dataclasses.asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read `to_json`'s text; unknown names (of a newer version) are passed over.

        Raises `BadOption` for values out of range and `ValueError` for text that is no JSON object.
        """
        return cls.from_mapping(json.loads(text))

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Self:
        """Build a config from a mapping, passing over unknown names; errors as `from_json`."""
        if not isinstance(values, Mapping):
            raise ValueError("not a mapping of options")  # noqa: TRY004
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in values.items() if name in known})


NETWORK = frozenset(
    {each.name for each in options(TrainConfig) if each.group is Group.NETWORK} | {"side", "shape"}
)
"""Options that the weights of a model depend on."""

_FIXED = {"side", "shape", "beta1", "beta2", "seed", "freeze_layers", "growing", "style_mixing"}

LIVE = frozenset(
    each.name
    for each in options(TrainConfig)
    if each.group not in {Group.NETWORK, Group.MACHINE} and each.name not in _FIXED
)
"""Options that may be changed while a run goes on."""


def suited(config: TrainConfig, model: TrainConfig) -> TrainConfig:
    """Return `config` with the networks of `model`, which is full-grown from the start."""
    networks: dict[str, Any] = {name: getattr(model, name) for name in NETWORK}
    return dataclasses.replace(config, **networks, growing=0.0)


def shape_of_size(width: int, height: int) -> dict[str, Any]:
    """Return the options that pictures of `width` × `height`, 1 or more, have.

    Raises `BadOption`, which names what is nearest to a size that no networks reach.
    """
    for side in SIDES:
        for shape in SHAPES:
            if shaped(_parts(shape), side) == (width, height):
                return {"side": side, "shape": shape}
    sizes = sorted(
        (shaped(_parts(shape), side) for shape in SHAPES for side in SIDES),
        key=lambda size: abs(log(size[0] / width)) + abs(log(size[1] / height)),
    )
    near = ", ".join(f"{across}x{down}" for across, down in sizes[:3])
    raise BadOption(option="size", value=f"{width}x{height}", allowed=f"{near} or another shape")


def _parts(shape: str) -> tuple[int, int]:
    """Return the numbers of "3:2"."""
    width, _, height = shape.partition(":")
    return int(width), int(height)
