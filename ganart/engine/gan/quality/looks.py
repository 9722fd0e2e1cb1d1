"""How near two pictures look to each other, by their rough colours and edges."""

import torch
from torch import Tensor
from torch.nn import functional as F

from ganart.engine.gan.batches import to_pictures
from ganart.engine.gan.quality.slices import ROWS_AT_ONCE, Slices

SIDE = 16
"""Pictures are compared at this size: near to the eye is not near by the pixel."""


def looks(pictures: Tensor) -> Tensor:
    """Return what uint8 pictures (N, 3, height, width) look like, to compare by Euclid's distance.

    The colours at 16 px and the differences between neighbours of their greys, which tell drawings
    apart that share a background.
    """
    small = F.adaptive_avg_pool2d(to_pictures(pictures), min(SIDE, pictures.shape[-1]))
    grey = small.mean(1, keepdim=True)
    edges = [grey.diff(dim=dim).flatten(1) * 3**0.5 for dim in (2, 3)]  # grey is one plane of three
    return torch.cat([small.flatten(1), *edges], 1)


def nearest(
    ours: Tensor, theirs: Tensor, own: Tensor | None = None
) -> Slices[tuple[Tensor, Tensor]]:
    """Return for each of `ours` (N, D) the distance to the nearest of `theirs` and its row.

    `own` (N,) names the rows of `theirs` that are the pictures themselves and do not count.
    """
    distances, rows = [], []
    for start in range(0, len(ours), ROWS_AT_ONCE):
        some = torch.cdist(ours[start : start + ROWS_AT_ONCE], theirs)
        if own is not None:
            some.scatter_(1, own[start : start + ROWS_AT_ONCE, None], torch.inf)
        found = some.min(1)
        distances.append(found.values)
        rows.append(found.indices)
        yield
    return torch.cat(distances), torch.cat(rows)
