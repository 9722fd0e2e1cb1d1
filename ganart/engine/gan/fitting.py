"""Finding the architecture and options that weights from elsewhere fit, by names and shapes."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any

import torch

from ganart.engine.gan.config import SIDES, TrainConfig
from ganart.engine.gan.networks import ARCHITECTURES, build_generator
from ganart.engine.options import options

Shapes = Mapping[str, tuple[int, ...]]
"""Shapes of tensors by name."""
COUNTER = "num_batches_tracked"
"""Ends the names of counters, which change no picture and which some writers leave out."""
_SIZES = ("latent_size", "width", "width_cap")
_COUNTS = {"r3": "blocks", "style": "mapping_layers"}
"""The option of an architecture that adds layers."""


def find_config(shapes: Shapes) -> TrainConfig | None:
    """Return the options of the generator with these names (`bare`) and shapes, None if there is
    none.

    The sizes of a network can only be numbers that occur in its shapes.
    """
    numbers = {number for shape in shapes.values() for number in shape}
    limits = {each.name: (each.low or 0, each.high or 0) for each in options(TrainConfig)}
    sizes = [
        sorted(each for each in numbers if limits[name][0] <= each <= limits[name][1])
        for name in _SIZES
    ]
    for structure in structures(shapes.keys()):
        for values in product(*sizes):
            sizes_now: dict[str, Any] = dict(zip(_SIZES, values, strict=True))
            config = replace(structure, **sizes_now)
            if shapes_of(config) == shapes:
                return config
    return None


def shapes_of(config: TrainConfig) -> Shapes:
    """Return the names, bare, and shapes of the generator of `config`."""
    return {bare: shape for bare, (_, shape) in _tensors(config).items()}


def own_names(config: TrainConfig) -> dict[str, str]:
    """Return the full names of our generator's tensors by their bare ones."""
    return {bare: name for bare, (name, _) in _tensors(config).items()}


def bare(names: Iterable[str]) -> dict[str, str]:
    """Return full names by bare ones: without the first parts that all have in common, as
    "generator." or "main.", and without counters.
    """
    kept = {name: name for name in names if not name.endswith(COUNTER)}
    while len({name.partition(".")[0] for name in kept}) == 1 and all("." in name for name in kept):
        kept = {name.partition(".")[2]: full for name, full in kept.items()}
    return kept


@cache
def _tensors(config: TrainConfig) -> dict[str, tuple[str, tuple[int, ...]]]:
    # On the meta device a network has shapes only, and costs nothing.
    with torch.device("meta"):
        weights = build_generator(config).state_dict()
    names = bare(list(weights))
    return {short: (name, tuple(weights[name].shape)) for short, name in names.items()}


def structures(names: Set[str]) -> Iterator[TrainConfig]:
    """Yield small options of the generators that have tensors of these names, bare, and no others.

    Building a network only to name its tensors takes a while, so those that have too many already
    end the search: larger sides and more layers only add to them.
    """
    for architecture in ARCHITECTURES:
        for side in SIDES:
            least = TrainConfig(
                architecture=architecture, side=side, latent_size=4, width=4, width_cap=8
            )
            if len(shapes_of(_with_layers(least)[0])) > len(names):
                break
            for config in _with_layers(least):
                found = shapes_of(config).keys()
                if found == names:
                    yield config
                if not found < names:
                    break


def _with_layers(least: TrainConfig) -> list[TrainConfig]:
    """Return options with every number of layers that may be added, fewest first."""
    count = _COUNTS.get(least.architecture)
    if count is None:
        return [least]
    declared = next(each for each in options(TrainConfig) if each.name == count)
    numbers = range(int(declared.low or 0), int(declared.high or 0) + 1)
    more: list[dict[str, Any]] = [{count: number} for number in numbers]
    return [replace(least, **each) for each in more]
