"""VGG-19 over a large picture in tiles, forward and back, exactly as over the whole picture.

Every block of the network goes over its input tile by tile, and only what it hands to the next
block is kept whole. The few convolutions of a block look no more than four pixels around, so the
tiles hardly overlap. What they would have to keep for the gradient is computed again on the way
back (gradient checkpointing, Chen et al. 2016), which costs one more way forward.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F

from ganart.engine.style.vgg import BLOCKS, LAYERS, VGG19, block_of

SMALLEST = 64
"""Sides of tiles are at least this, in pixels of the picture."""


class Region(NamedTuple):
    """A rectangle of a feature map, in its own pixels."""

    top: int
    bottom: int
    left: int
    right: int

    def of(self, features: Tensor) -> Tensor:
        """Return this part of (N, C, H, W), a view."""
        return features[..., self.top : self.bottom, self.left : self.right]

    def within(self, other: "Region") -> "Region":
        """Return the same rectangle counted from the corner of `other`."""
        return Region(
            self.top - other.top,
            self.bottom - other.top,
            self.left - other.left,
            self.right - other.left,
        )

    def halved(self) -> "Region":
        """Return it after pooling: an odd last line is dropped, a side of 1 stays 1."""
        return Region(
            self.top // 2, max(1, self.bottom // 2), self.left // 2, max(1, self.right // 2)
        )


@dataclass(frozen=True, slots=True)
class Tile:
    """A part of a block's feature maps."""

    core: Region
    """What the tile is there for; the cores of all tiles cover the map once."""
    seen: Region
    """What is computed so that the core comes out right: the core and a halo."""


def tiles(block: int, height: int, width: int, side: int) -> Iterator[Tile]:
    """Yield the tiles of a block (0 to 4) whose maps are height × width.

    `side` is in pixels of the picture, 0 for a single tile.
    """
    step = max(SMALLEST, side) // 16 * 16 >> block if side else max(height, width)
    halo = len(BLOCKS[block]) + 1 & ~1  # even, as poolings go by twos
    for top in range(0, height, step):
        for left in range(0, width, step):
            bottom, right = min(height, top + step), min(width, left + step)
            yield Tile(
                Region(top, bottom, left, right),
                Region(
                    max(0, top - halo),
                    min(height, bottom + halo),
                    max(0, left - halo),
                    min(width, right + halo),
                ),
            )


Visit = Callable[[str, Tensor, Region], None]
"""Takes a layer's name, its features in a region, and that region of the layer's map."""
Pull = Callable[[str, Tensor, Region], Tensor]
"""Takes the same and returns the gradient of the objective towards those features, a new tensor."""


@dataclass(slots=True, eq=False)
class _Work:
    """What a block made of a tile."""

    x: Tensor
    found: dict[str, Tensor]
    out: Tensor


class Sweep:
    """One way forward over a picture and, if wished, one back."""

    def __init__(
        self, vgg: VGG19, layers: Collection[str], tile: int, pulse: Callable[[], None]
    ) -> None:
        """Go as far as the deepest of `layers`, in tiles of that side (0: all at once).

        `pulse` is called after every piece of work; what it raises ends the sweep.
        """
        self._vgg = vgg
        self._layers = layers
        self._last = max(layers, key=LAYERS.index)
        self._tile = tile
        self._pulse = pulse
        self._inputs: list[Tensor] = []
        self._kept: dict[int, _Work] = {}

    def forward(self, picture: Tensor, visit: Visit, keep: bool = False) -> None:
        """Show `visit` the layers of `picture` (1, 3, H, W), RGB from 0 to 1, tile by tile.

        With `keep`, `backward` may follow once.
        """
        x = self._vgg.prepare(picture.detach())
        for number in range(block_of(self._last) + 1):
            if keep:
                self._inputs.append(x)
            parts = list(tiles(number, x.shape[2], x.shape[3], self._tile))
            handed: Tensor | None = None
            for part in parts:
                keeping = keep and len(parts) == 1
                work = self._run(number, x, part, keeping)
                for layer, features in work.found.items():
                    visit(layer, part.core.within(part.seen).of(features.detach()), part.core)
                if keeping:
                    self._kept[number] = work
                if number < block_of(self._last):
                    handed = _hand_over(work.out.detach(), part, handed, x)
                self._pulse()
            x = x if handed is None else handed

    def backward(self, pull: Pull) -> Tensor:
        """Return the gradient (1, 3, H, W) towards the picture, given that towards the layers."""
        gradient: Tensor | None = None
        while self._inputs:
            x = self._inputs.pop()
            number = len(self._inputs)
            below: Tensor | None = None
            for part in tiles(number, x.shape[2], x.shape[3], self._tile):
                work = self._kept.pop(number, None) or self._run(number, x, part, True)
                found = _back(work, part, gradient, pull)
                if part.core == part.seen:  # the only tile
                    below = found
                else:
                    below = torch.zeros_like(x) if below is None else below
                    part.seen.of(below).add_(found)
                self._pulse()
            gradient = below
        assert gradient is not None, "the way forward must have been kept"
        return self._vgg.towards_picture(gradient)

    def _run(self, number: int, x: Tensor, part: Tile, keep: bool) -> _Work:
        x = part.seen.of(x).detach().requires_grad_(keep)
        with torch.set_grad_enabled(keep):
            return _Work(x, *self._vgg.block(number, x, self._layers, self._last))


def _hand_over(out: Tensor, part: Tile, handed: Tensor | None, x: Tensor) -> Tensor:
    """Copy the core's share of a block's output into `handed`, the whole of it."""
    if part.core == part.seen:  # the only tile
        return out
    if handed is None:
        size = (1, out.shape[1], max(1, x.shape[2] // 2), max(1, x.shape[3] // 2))
        handed = torch.empty_like(out).resize_(size)
    core = part.core.halved()
    core.of(handed).copy_(core.within(part.seen.halved()).of(out))
    return handed


def _back(work: _Work, part: Tile, gradient: Tensor | None, pull: Pull) -> Tensor:
    """Return the gradient towards `work.x`, given that towards the whole of the block's output.

    Only the core's outputs count: those of the halo are other tiles' to do.
    """
    start = None
    if gradient is not None:
        handed = part.core.halved()
        place = handed.within(part.seen.halved())
        start = _surrounded(handed.of(gradient), place, work.out)
    for layer, features in work.found.items():
        own = partial(_pulled, pull, layer, features.detach(), part)
        if features is work.out:
            start = own()
        else:  # joins the gradient that comes from above when that arrives, and not before
            features.register_hook(own)  # type: ignore[no-untyped-call]
    (towards,) = torch.autograd.grad(work.out, work.x, start)
    return towards


def _pulled(
    pull: Pull, layer: str, features: Tensor, part: Tile, above: Tensor | None = None
) -> Tensor:
    """Return a layer's own gradient, with that from the layers above."""
    core = part.core.within(part.seen)
    own = _surrounded(pull(layer, core.of(features), part.core), core, features)
    return own if above is None else own.add_(above)


def _surrounded(gradient: Tensor, place: Region, like: Tensor) -> Tensor:
    """Return the gradient at its place in a map of zeros of the shape of `like`."""
    if gradient.shape == like.shape:
        return gradient
    height, width = like.shape[2:]
    return F.pad(gradient, (place.left, width - place.right, place.top, height - place.bottom))
