"""Likeness: the sliced Wasserstein distance on a Laplacian pyramid."""

import torch
from torch import Tensor
from torch.nn import functional as F

from ganart.engine.gan.batches import to_pictures
from ganart.engine.gan.quality.slices import Slices, pieces

PATCH = 7
PATCHES_A_PICTURE = 32
PROJECTIONS = 128
COARSEST_SIDE = 16


class Likeness:
    """Measures sets of pictures against the real ones, whose projections are kept.

    Of 7x7x3 patches of every level of a Laplacian pyramid down to 16 px, the shorter side (Karras
    et al. 2018, section 5), averaged over the levels. Where we depart: both sets are normalised, in
    every dimension, by the real set's mean and deviation, so that a wrong colour or contrast
    counts; all pictures use the same 32 patch places; sets of different sizes are compared by their
    quantiles.
    Deterministic for a seed.
    """

    def __init__(self, places: list[Tensor], levels: "list[_Level]") -> None:
        self._places = places
        self._levels = levels

    @classmethod
    def of(cls, real: Tensor, seed: int = 0) -> Slices["Likeness"]:
        """Look at the real pictures (N, 3, height, width), uint8."""
        random = torch.Generator().manual_seed(seed)
        places = [_places(height, width, random) for height, width in _sizes(*real.shape[-2:])]
        levels = []
        for patches in (yield from _patches(real, places)):
            directions = torch.randn(patches.shape[1], PROJECTIONS, generator=random)
            levels.append(_Level(patches, directions.to(real.device)))
            yield
        return cls(places, levels)

    def measure(self, generated: Tensor) -> Slices[float]:
        """Return the distance of `generated` (M, 3, height, width); lower is closer."""
        found = yield from _patches(generated, self._places)
        distances = []
        for level, patches in zip(self._levels, found, strict=True):
            distances.append(level.distance(patches))
            yield
        return sum(distances) / len(distances)


class _Level:
    """What is known of the real patches of one level of the pyramid."""

    def __init__(self, patches: Tensor, directions: Tensor) -> None:
        self._mean, self._deviation = patches.mean(0), patches.std(0) + 1e-4
        self._directions = directions / directions.norm(dim=0)
        self._real = self._project(patches)

    def _project(self, patches: Tensor) -> Tensor:
        """Return the projections (directions, patches), each row sorted."""
        projected = (patches - self._mean) / self._deviation @ self._directions
        ordered: Tensor = projected.T.sort(1).values
        return ordered

    def distance(self, patches: Tensor) -> float:
        ours = self._project(patches)
        return (ours - _quantiles(self._real, ours.shape[1])).abs().mean().item()


def _patches(pictures: Tensor, places: list[Tensor]) -> Slices[list[Tensor]]:
    """Return the patches (N * places, 3 * 7 * 7) of every level."""
    found: list[list[Tensor]] = [[] for _ in places]
    for some in pieces(pictures):
        pyramid = _laplacian_pyramid(to_pictures(some))
        for patches, level, there in zip(found, pyramid, places, strict=True):
            patches.append(_cut(level, there))
        yield
    return [torch.cat(patches) for patches in found]


def _sizes(height: int, width: int) -> list[tuple[int, int]]:
    """Return height and width of the levels, finest first."""
    sizes = [(height, width)]
    while min(sizes[-1]) > COARSEST_SIDE:
        sizes.append((sizes[-1][0] // 2, sizes[-1][1] // 2))
    return sizes


def _places(height: int, width: int, random: torch.Generator) -> Tensor:
    """Draw where patches begin, (PATCHES_A_PICTURE, 2): top, left."""
    rooms = torch.tensor([max(1, length - PATCH + 1) for length in (height, width)])
    most = int(rooms.max())
    drawn = torch.randint(most, (PATCHES_A_PICTURE, 2), generator=random)
    return drawn * rooms // most


def _laplacian_pyramid(pictures: Tensor) -> list[Tensor]:
    """Return the detail of each level, finest first, and the rest at `COARSEST_SIDE`."""
    levels = []
    while min(pictures.shape[-2:]) > COARSEST_SIDE:
        smaller = F.avg_pool2d(pictures, 2)
        levels.append(pictures - F.interpolate(smaller, scale_factor=2.0, mode="bilinear"))
        pictures = smaller
    return [*levels, pictures]


def _cut(level: Tensor, places: Tensor) -> Tensor:
    """Return the patches (N * places, 3 * 7 * 7) at `places` (top, left) of every picture."""
    cut = [level[:, :, top : top + PATCH, left : left + PATCH] for top, left in places.tolist()]
    return torch.stack(cut, 1).flatten(0, 1).flatten(1)


def _quantiles(sorted_rows: Tensor, count: int) -> Tensor:
    """Return `count` evenly spaced quantiles of every row."""
    if sorted_rows.shape[1] == count:
        return sorted_rows
    return F.interpolate(sorted_rows[None], size=count, mode="linear")[0]
