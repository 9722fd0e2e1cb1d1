"""Prepared pictures to training batches: seeded, resumable, no worker processes.

A personal folder fits into memory as uint8 (1000 pictures of 128 px are 49 MB), so it is loaded
once, onto the device that trains, and batches are gathered there.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from ganart.engine.errors import TooFewPictures

NEEDED_PICTURES = 2
"""With fewer there is nothing to learn from: a model of one picture is that picture."""


def to_pictures(pixels: Tensor) -> Tensor:
    """Map uint8 (B, 3, H, W) to float in -1 ... 1, channels last."""
    return (pixels.float() / 127.5 - 1).contiguous(memory_format=torch.channels_last)


def to_pixels(pictures: Tensor) -> npt.NDArray[np.uint8]:
    """Map float pictures (B, 3, H, W) in -1 ... 1 to uint8 (B, H, W, 3), clamped and rounded."""
    pixels = ((pictures.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)
    array: npt.NDArray[np.uint8] = pixels.permute(0, 2, 3, 1).contiguous().cpu().numpy()
    return array


class Batches:
    """Endless batches: every picture once per epoch, in an order drawn anew for each.

    With weights an epoch still has as many pictures, and each comes as often as its share of all
    weights wants on average: one of twice the weight comes twice as often.
    """

    def __init__(
        self,
        pixels: npt.NDArray[np.uint8],
        batch: int,
        *,
        mirror: bool,
        turn: bool = False,
        seed: int,
        device: torch.device,
        weights: Sequence[float] | None = None,
    ) -> None:
        """Take `pixels` (N, height, width, 3) and a weight above 0 for each; None weighs all alike.

        Raises `TooFewPictures` for less than two.
        """
        self.batch = batch
        self.mirror = mirror
        self.turn = turn
        self._device = device
        self._random = torch.Generator().manual_seed(seed)
        self.show(pixels, weights)

    def show(self, pixels: npt.NDArray[np.uint8], weights: Sequence[float] | None = None) -> None:
        """Go on with these pictures in a new epoch; errors and meaning as at the start.

        Where it raises, all stays as it was.
        """
        if len(pixels) < NEEDED_PICTURES:
            raise TooFewPictures(count=len(pixels), needed=NEEDED_PICTURES)
        planes = torch.from_numpy(np.ascontiguousarray(pixels.transpose(0, 3, 1, 2)))
        self.pixels = planes.to(self._device)
        self._weights = None
        if weights is not None and len(set(weights)) > 1:
            self._weights = torch.tensor(weights, dtype=torch.float64)
        self._begin_epoch()

    def __len__(self) -> int:
        """Return the number of pictures."""
        return len(self.pixels)

    def next(self) -> Tensor:
        """Return the next batch (B, 3, height, width) in -1 ... 1, on the device."""
        parts = []
        missing = self.batch
        while missing:
            if self._position == len(self._order):
                self._begin_epoch()
            part = self._order[self._position : self._position + missing]
            self._position += len(part)
            missing -= len(part)
            parts.append(part)
        chosen = torch.cat(parts).to(self.pixels.device)
        return to_pictures(self._oriented(self.pixels[chosen]))

    def _begin_epoch(self) -> None:
        """Draw the order of the next epoch."""
        count = len(self.pixels)
        self._order = torch.randperm(count, generator=self._random)
        self._position = 0
        if self._weights is not None:
            # Systematic sampling: evenly spaced marks on the weights laid end to end.
            ends = self._weights.cumsum(0) / self._weights.sum() * count
            marks = torch.arange(count) + torch.rand((), generator=self._random).double()
            self._order = torch.searchsorted(ends, marks).clamp(max=count - 1)[self._order]

    def _oriented(self, pixels: Tensor) -> Tensor:
        """Mirror and turn each picture at random, as far as the artist allowed it."""
        if self.mirror:
            mirrored = torch.rand(len(pixels), generator=self._random) < 0.5
            pixels = torch.where(_column(mirrored, pixels), pixels.flip(3), pixels)
        if self.turn:
            quarters = torch.randint(4, (len(pixels),), generator=self._random)
            once, twice = _column(quarters % 2 == 1, pixels), _column(quarters >= 2, pixels)
            if pixels.shape[2] == pixels.shape[3]:  # others lie on their side after a quarter
                pixels = torch.where(once, pixels.rot90(1, (2, 3)), pixels)
            pixels = torch.where(twice, pixels.rot90(2, (2, 3)), pixels)
        return pixels

    def state_dict(self) -> dict[str, Tensor]:
        """Return what is needed to go on with exactly the batches that would have come."""
        return {
            "order": self._order,
            "position": torch.tensor(self._position),
            "random": self._random.get_state(),
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from `state_dict`; if the folder has changed since, begin a new epoch instead.

        Raises `ValueError` for an order or a position that cannot be.
        """
        self._random.set_state(state["random"])
        order, position = state["order"], int(state["position"])
        if len(order) == len(self._order):
            # From a damaged file it could lead outside the pictures, or nowhere for ever.
            if order.dtype != torch.int64 or order.min() < 0 or order.max() >= len(order):
                raise ValueError("the order is not one of these pictures")
            if not 0 <= position <= len(order):
                raise ValueError("the position is outside the epoch")
            self._order, self._position = order.clone(), position
        else:
            self._begin_epoch()


def _column(chosen: Tensor, pixels: Tensor) -> Tensor:
    """Return `chosen` (B,) so that it broadcasts over pictures, on their device."""
    return chosen.to(pixels.device)[:, None, None, None]
