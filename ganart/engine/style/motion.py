"""Temporal calm: what stands still in a moving picture keeps its painting.

A network paints equal pictures equally, but noise, dither and compression are enough to make its
strokes boil. Ruder et al. 2016 ("Artistic Style Transfer for Videos") hold each frame to the one
before where nothing moved; this does the same after the fact, so that it fits every look.

Frames and paintings are (1, 3, H, W), sRGB, 0 to 1.
"""

import torch.nn.functional as F
from torch import Tensor

STILL = 3 / 255
"""Changes of the source up to this, after smoothing, are noise ..."""
MOVED = 12 / 255
"""... and from here on are movement; in between a pixel is painted anew in part."""
REFRESH = 0.04
"""Share of the new painting that still places take too, so that none grows old for ever."""
_SMOOTHED = 5
"""Side in pixels over which changes are averaged: noise and dither cancel out."""
_REACH = 9
"""Side in pixels by which movement spreads: a stroke is wider than what it follows."""


class Calm:
    """Blends the painting of each frame with the one before. Tensors are (1, 3, H, W), 0...1."""

    def __init__(self) -> None:
        self._source: Tensor | None = None
        """Of each pixel the source that its painting was made from."""
        self._result: Tensor | None = None

    def begin(self, source: Tensor, fallback: Tensor) -> Tensor:
        """Return what an optimised painting of this frame starts from.

        The painting before, and `fallback` where the picture moved.
        """
        if self._source is None or self._result is None:
            return fallback
        return self._result.lerp(fallback, movement(self._source, source))

    def blend(self, source: Tensor, painting: Tensor) -> Tensor:
        """Return the calm painting of the next frame, from one made of that frame alone."""
        if self._source is None or self._result is None:
            self._source, self._result = source, painting
            return painting
        # Compared with what was painted, not with the frame before: slow changes add up.
        share = movement(self._source, source).clamp_min(REFRESH)
        self._source = self._source.lerp(source, share)
        self._result = self._result.lerp(painting, share)
        return self._result


class Flicker:
    """Mean change from frame to frame where the source stands still, in levels of 0...255."""

    def __init__(self) -> None:
        self._source: Tensor | None = None
        self._result: Tensor | None = None
        self._sum = 0.0
        self._weight = 0.0

    def add(self, source: Tensor, result: Tensor) -> None:
        """Take the next frame and its painting."""
        if self._source is not None and self._result is not None:
            # Strokes next to what moves may move too.
            still = movement(self._source, source) <= REFRESH
            changes = (result - self._result).abs().mean(1, keepdim=True)
            self._sum += 255 * (changes * still).sum().item()
            self._weight += still.sum().item()
        self._source, self._result = source, result

    @property
    def level(self) -> float:
        """The mean so far; 0 where nothing ever stood still."""
        return self._sum / self._weight if self._weight else 0.0


def movement(before: Tensor, after: Tensor) -> Tensor:
    """Return where the source moved, (1, 1, H, W): 0 not at all ... 1."""
    change = _change(before, after)
    steep = ((change - STILL) / (MOVED - STILL)).clamp(0, 1)
    spread = F.max_pool2d(steep, _REACH, stride=1, padding=_REACH // 2)
    return _smoothed(spread)


def _change(before: Tensor, after: Tensor) -> Tensor:
    """Return the change of the most changed channel, smoothed: (1, 1, H, W)."""
    return _smoothed(after - before).abs().amax(1, keepdim=True)


def _smoothed(x: Tensor) -> Tensor:
    return F.avg_pool2d(x, _SMOOTHED, stride=1, padding=_SMOOTHED // 2, count_include_pad=False)
