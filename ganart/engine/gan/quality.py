"""How like the folder the model's pictures are, without any downloaded network."""

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional as F

Pixels = npt.NDArray[np.uint8]

PATCH = 7
PATCHES_A_PICTURE = 32
PROJECTIONS = 128
COARSEST_SIDE = 16


def sliced_wasserstein(generated: Pixels, real: Pixels, seed: int = 0) -> float:
    """Return the sliced Wasserstein distance between two sets (N, side, side, 3); lower is closer.

    Of 7x7x3 patches of every level of a Laplacian pyramid down to 16 px (Karras et al. 2018,
    section 5), averaged over the levels. Where we depart: both sets are normalised, in every
    dimension, by the real set's mean and deviation, so that a wrong colour or contrast counts, and
    all pictures use the same 32 patch places. The sets are cut to the same length. Deterministic
    for a seed.
    """
    count = min(len(generated), len(real))
    random = torch.Generator().manual_seed(seed)
    pyramids = [_laplacian_pyramid(_as_tensor(pixels[:count])) for pixels in (generated, real)]
    levels = zip(*pyramids, strict=True)
    distances = [_level_distance(ours, theirs, random) for ours, theirs in levels]
    return float(np.mean(distances))


def diversity(generated: Pixels, real: Pixels) -> float:
    """Return how varied the pictures are against the real ones: 1 is as varied, 0 all the same.

    The ratio of the mean distances between pictures of a set, on pictures of 16 px, so that noise
    does not count as variety.
    """
    spreads = []
    for pixels in (generated, real):
        tensor = _as_tensor(pixels)
        small = F.adaptive_avg_pool2d(tensor, min(COARSEST_SIDE, tensor.shape[-1])).flatten(1)
        spreads.append(torch.pdist(small).mean().item())
    return spreads[0] / spreads[1] if spreads[1] else 1.0


def _as_tensor(pixels: Pixels) -> Tensor:
    return torch.tensor(pixels).permute(0, 3, 1, 2).float() / 127.5 - 1


def _laplacian_pyramid(pictures: Tensor) -> list[Tensor]:
    """Return the detail of each level, finest first, and the rest at `COARSEST_SIDE`."""
    levels = []
    while pictures.shape[-1] > COARSEST_SIDE:
        smaller = F.avg_pool2d(pictures, 2)
        levels.append(pictures - F.interpolate(smaller, scale_factor=2.0, mode="bilinear"))
        pictures = smaller
    return [*levels, pictures]


def _level_distance(generated: Tensor, real: Tensor, random: torch.Generator) -> float:
    """Return the mean distance between sorted projections of the patches of one level."""
    places = torch.randint(
        max(1, real.shape[-1] - PATCH + 1), (PATCHES_A_PICTURE, 2), generator=random
    ).tolist()
    patches, real_patches = _patches(generated, places), _patches(real, places)
    mean, deviation = real_patches.mean(0), real_patches.std(0) + 1e-4
    directions = torch.randn(real_patches.shape[1], PROJECTIONS, generator=random)
    directions /= directions.norm(dim=0)
    projected = [
        ((each - mean) / deviation @ directions).sort(0).values for each in (patches, real_patches)
    ]
    return (projected[0] - projected[1]).abs().mean().item()


def _patches(level: Tensor, places: list[list[int]]) -> Tensor:
    """Return the patches (N * places, 3 * 7 * 7) at `places` (top, left) of every picture."""
    cut = [level[:, :, top : top + PATCH, left : left + PATCH] for top, left in places]
    return torch.stack(cut, 1).flatten(0, 1).flatten(1)
