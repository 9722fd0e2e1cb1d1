"""Density and coverage (Naeem et al. 2020), and which real pictures are not covered."""

import torch
from torch import Tensor

from ganart.engine.gan.quality.slices import ROWS_AT_ONCE, Slices

NEIGHBOURS = 5
"""Generated pictures that would lie in a real one's neighbourhood if all were well."""


class CoverageMap:
    """Knows how far each real picture's neighbours are."""

    def __init__(self, real: Tensor, radii: Tensor, neighbours: int) -> None:
        self._real = real
        self._radii = radii
        """Distance (N,) of each picture's `neighbours`-th neighbour."""
        self._neighbours = neighbours

    @classmethod
    def of(cls, real: Tensor, count: int) -> Slices["CoverageMap"]:
        """Take the real pictures' features (N, D), N > 1, to compare with `count` generated ones.

        Where we depart: neighbourhoods are larger where there are fewer generated pictures, so that
        as many are expected in each.
        """
        wanted = round(NEIGHBOURS * len(real) / count)
        neighbours = min(max(wanted, NEIGHBOURS), len(real) - 1)
        radii = []
        for some in torch.split(real, ROWS_AT_ONCE):
            distances = torch.cdist(some, real)
            radii.append(distances.kthvalue(neighbours + 1).values)  # the nearest is itself
            yield
        return cls(real, torch.cat(radii).clamp(min=1e-6), neighbours)

    def measure(self, generated: Tensor) -> Slices[tuple[float, Tensor]]:
        """Return the density of `generated` (M, D) and, for each real picture, a ratio (N,).

        The ratio is the distance of the nearest generated picture to that of the picture's own
        neighbours; below 1 it is covered.
        """
        inside = 0.0
        ratios = torch.full_like(self._radii, torch.inf)
        for some in torch.split(generated, ROWS_AT_ONCE):
            distances = torch.cdist(some, self._real) / self._radii
            inside += (distances < 1).sum().item()
            ratios = torch.minimum(ratios, distances.min(0).values)
            yield
        return inside / (self._neighbours * len(generated)), ratios
