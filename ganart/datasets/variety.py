"""Lays pictures out on a map by what they look like, and tells which are unlike all others."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ganart.datasets.looks import GROUPS, Features

_AXES = 12
"""Principal components in which pictures are compared."""
_NEIGHBOURS = 5
_COMPARED = 4000
"""Pictures that each one is compared with at most: evenly spread ones of all."""
_CHUNK = 1024
_RANK_SHARE = 0.5
"""How much of a place is the rank among all, which spreads what would lie in one heap."""


@dataclass(frozen=True, slots=True, eq=False)
class Variety:
    """Where each picture lies on the map, and how unlike the others it is."""

    places: npt.NDArray[np.float32]
    """(N, 2), from the left and from the top, 0 to 1; those alike lie near each other."""
    strangeness: npt.NDArray[np.float32]
    """(N,), how far off the next pictures are, as a multiple of what is usual in the dataset."""


def variety(features: Features) -> Variety:
    """Return the map of pictures with these features (N, sum of `GROUPS`).

    It is the plane of the two first principal components, half of it by rank. Equal features give
    equal maps; more pictures of the same kind hardly change it.
    """
    count = len(features)
    if count < 2:
        return Variety(np.full((count, 2), 0.5, np.float32), np.ones(count, np.float32))
    axes = _principal(_balanced(features))
    places = np.stack([_spread(axes[:, 0]), _spread(axes[:, 1])], axis=1)
    return Variety(places, _strangeness(axes))


def _balanced(features: Features) -> npt.NDArray[np.float64]:
    """Return features about their mean, each group with the same weight."""
    centred: npt.NDArray[np.float64] = features - features.mean(axis=0, dtype=np.float64)
    for group in np.split(centred, np.cumsum(GROUPS)[:-1], axis=1):
        group /= np.sqrt(group.var(axis=0).sum()) + 1e-6
    return centred


def _principal(centred: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """Return the first principal components (N, axes), each with its sign set by a rule."""
    _, vectors = np.linalg.eigh(centred.T @ centred)
    first = vectors[:, : -_AXES - 1 : -1]
    strongest = np.abs(first).argmax(axis=0)
    first = first * np.sign(first[strongest, np.arange(first.shape[1])])
    components: npt.NDArray[np.float32] = (centred @ first).astype(np.float32)
    return components


def _spread(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Map values to 0 ... 1, between their own distances and their ranks."""
    low, high = np.quantile(values, [0.01, 0.99])
    linear = ((values - low) / max(high - low, 1e-9)).clip(0, 1)
    rank = np.searchsorted(np.sort(values), values) / (len(values) - 1)
    spread: npt.NDArray[np.float32] = (_RANK_SHARE * rank + (1 - _RANK_SHARE) * linear).astype(
        np.float32
    )
    return spread


def _strangeness(axes: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the distance to the fifth neighbour, divided by its median."""
    compared = axes[:: -(-len(axes) // _COMPARED)]
    nth = min(_NEIGHBOURS, len(compared) - 1)  # the picture itself may be the nearest one
    squares = (compared**2).sum(axis=1)
    distances = np.empty(len(axes), np.float32)
    for begin in range(0, len(axes), _CHUNK):
        part = axes[begin : begin + _CHUNK]
        between = (part**2).sum(axis=1)[:, None] - 2 * part @ compared.T + squares
        nearest = np.partition(between, nth, axis=1)[:, nth]
        distances[begin : begin + _CHUNK] = np.sqrt(np.maximum(nearest, 0))
    usual = float(np.median(distances)) or float(distances.mean()) or 1.0
    strangeness: npt.NDArray[np.float32] = distances / np.float32(usual)
    return strangeness
