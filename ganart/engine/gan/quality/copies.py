"""The copy check: does a model make pictures of its own, or those that it was shown?"""

from dataclasses import dataclass

import torch
from torch import Tensor

from ganart.engine.gan.quality.looks import looks, nearest
from ganart.engine.gan.quality.slices import Slices, pieces

COPIED = 0.5
"""A picture nearer to a training picture than this share of the usual is called a copy."""
NEIGHBOURS = 512
"""Training pictures whose neighbours tell what distance is usual."""


@dataclass(frozen=True)
class Nearest:
    """The training pictures nearest to generated ones, (N,) each."""

    ratio: Tensor
    """Distance as a share of the usual one between neighbours in the folder."""
    row: Tensor
    mirrored: Tensor

    @property
    def share(self) -> float:
        """The share of the pictures that are copies."""
        return (self.ratio < COPIED).float().mean().item()


class CopyCheck:
    """Compares with all real pictures and their mirror images."""

    def __init__(self, real: Tensor, usual: float) -> None:
        self._real = real
        self._usual = usual

    @classmethod
    def of(cls, real: Tensor) -> Slices["CopyCheck"]:
        """Look at the real pictures (N, 3, height, width), uint8; N > 1."""
        seen = yield from _looks(real)
        own = torch.linspace(0, len(seen) - 1, min(len(seen), NEIGHBOURS)).long().to(seen.device)
        plain, _ = yield from nearest(seen[own], seen, own)
        mirrored = yield from _looks(real[own].flip(3))
        flipped, _ = yield from nearest(mirrored, seen, own)
        return cls(seen, torch.minimum(plain, flipped).median().item())

    def measure(self, generated: Tensor) -> Slices[Nearest]:
        """Return what is nearest to `generated` (M, 3, height, width), uint8."""
        plain, row = yield from nearest((yield from _looks(generated)), self._real)
        flipped, other = yield from nearest((yield from _looks(generated.flip(3))), self._real)
        mirrored = flipped < plain
        distance = torch.where(mirrored, flipped, plain)
        # Where all pictures of the folder are the same, everything but these is far away.
        return Nearest(
            ratio=distance / max(self._usual, 1e-3),
            row=torch.where(mirrored, other, row),
            mirrored=mirrored,
        )


def _looks(pictures: Tensor) -> Slices[Tensor]:
    seen = []
    for some in pieces(pictures):
        seen.append(looks(some))
        yield
    return torch.cat(seen)
