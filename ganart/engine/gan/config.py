"""Every option of a training run, declared once. Imports no torch."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from ganart.engine.errors import BadOption
from ganart.engine.gan.option_groups.basics import SIDES, BasicOptions
from ganart.engine.gan.option_groups.keeping import KeepingOptions
from ganart.engine.gan.option_groups.learning import LearningOptions
from ganart.engine.gan.option_groups.losses import LossOptions
from ganart.engine.gan.option_groups.network import ARCHITECTURES, NetworkOptions
from ganart.engine.gan.option_groups.pictures import PictureOptions
from ganart.engine.options import Group, check, device_option, option, options, threads_option
from ganart.text import QT_TRANSLATE_NOOP

__all__ = ["ARCHITECTURES", "LIVE", "NETWORK", "SIDES", "TrainConfig", "suited"]


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
    {each.name for each in options(TrainConfig) if each.group is Group.NETWORK} | {"side"}
)
"""Options that the weights of a model depend on."""

_FIXED = {"side", "beta1", "beta2", "seed", "freeze_layers", "growing", "style_mixing"}

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
