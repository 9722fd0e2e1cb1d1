"""The real pictures as a yardstick: all that is known of them, found out once."""

from dataclasses import dataclass

import torch
from torch import Tensor

from ganart.engine.gan.quality.copies import CopyCheck, Nearest
from ganart.engine.gan.quality.coverage import CoverageMap
from ganart.engine.gan.quality.distances import frechet, kernel_distance
from ganart.engine.gan.quality.diversity import relative_spread, spread
from ganart.engine.gan.quality.features import features
from ganart.engine.gan.quality.leak import LeakCheck
from ganart.engine.gan.quality.likeness import Likeness
from ganart.engine.gan.quality.slices import Slices

COMPARED = 256
"""Real pictures that the likeness and the diversity are measured against."""
SEEN = 1024
"""Real pictures that the network looks at. Larger folders give an even choice of theirs."""


@dataclass(frozen=True)
class Outside:
    """What the pictures' pixels tell; quick to measure."""

    likeness: float
    diversity: float
    leak: float
    nearest: Nearest


@dataclass(frozen=True)
class Inside:
    """What a network sees in the pictures."""

    frechet: float
    kernel: float
    density: float
    ratios: Tensor
    """(N,) for the real pictures `rows`; above 1 nothing generated comes near to them."""
    rows: Tensor

    @property
    def coverage(self) -> float:
        """Share of the real pictures that have a generated one near by."""
        return (self.ratios < 1).float().mean().item()


class Yardstick:
    """Measures generated pictures against real ones, (N, 3, height, width), uint8; N > 1."""

    def __init__(self, real: Tensor) -> None:
        self.real = real
        self._outside: tuple[Likeness, float, LeakCheck, CopyCheck] | None = None
        self._inside: tuple[Tensor, Tensor, CoverageMap] | None = None

    def outside(self, generated: Tensor) -> Slices[Outside]:
        """Compare pixels."""
        if self._outside is None:
            some = self.real[_evenly(self.real, COMPARED)]
            yield
            likeness = yield from Likeness.of(some)
            leak = yield from LeakCheck.of(some)
            copies = yield from CopyCheck.of(self.real)
            self._outside = likeness, spread(some), leak, copies
        likeness, real_spread, leak, copies = self._outside
        return Outside(
            likeness=(yield from likeness.measure(generated)),
            diversity=relative_spread(generated, real_spread),
            leak=(yield from leak.measure(generated)),
            nearest=(yield from copies.measure(generated)),
        )

    def inside(self, generated: Tensor) -> Slices[Inside]:
        """Compare what the bundled network sees. Raises `BadWeights`."""
        if self._inside is None:
            seen = yield from features(self.real[_evenly(self.real, SEEN)])
            scale = seen.square().mean().sqrt().clamp(min=1e-6)
            covered = yield from CoverageMap.of(seen / scale, len(generated))
            self._inside = seen / scale, scale, covered
        real, scale, covered = self._inside
        seen = (yield from features(generated)) / scale
        density, ratios = yield from covered.measure(seen)
        apart = frechet(seen, real)
        yield
        return Inside(
            frechet=apart,
            kernel=kernel_distance(seen, real),
            density=density,
            ratios=ratios,
            rows=_evenly(self.real, SEEN),
        )


def _evenly(pictures: Tensor, most: int) -> Tensor:
    """Return the rows of at most so many pictures."""
    rows = torch.linspace(0, len(pictures) - 1, min(len(pictures), most))
    return rows.long().to(pictures.device)
