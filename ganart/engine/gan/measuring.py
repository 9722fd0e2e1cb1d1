"""When the model's pictures are measured, and how much of the time that takes."""

import copy
import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from ganart.engine.gan.batches import to_pixels
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.events import Measured
from ganart.engine.gan.networks.interface import Generator
from ganart.engine.gan.quality.diversity import relative_spread, spread
from ganart.engine.gan.quality.likeness import Likeness
from ganart.engine.gan.quality.slices import Slices
from ganart.engine.gan.state import TrainState

GENERATED = 256
REAL = 256
"""Pictures that are compared; of a larger folder an even choice."""
TURN_S = 0.15
"""How long the training stands still at a time."""
DRAWN_AT_ONCE = 8


@dataclass(frozen=True)
class Moment:
    """The model at one step; it stays as it is while the training goes on."""

    step: int
    pictures: int
    elapsed_s: float
    generator: Generator

    @classmethod
    def of(cls, state: TrainState) -> "Moment":
        """Copy the averaged generator of `state`."""
        return cls(state.step, state.pictures, state.elapsed_s, copy.deepcopy(state.ema))


class Measuring:
    """Measures in turns between the steps, at a fixed share of the time."""

    def __init__(self, state: TrainState, config: TrainConfig) -> None:
        self.share = config.quality_share
        """Share of the time, 0 to 1; 0 measures nothing on the way."""
        self.newest: Measured | None = None
        """What was measured last."""
        self._state = state
        self._latent_size = config.latent_size
        self._free_at_s = state.elapsed_s
        self._spent_s = 0.0
        self._work: Slices[Measured] | None = None
        self._real: _Real | None = None

    def due(self) -> bool:
        """Tell whether the time spent on measuring has become less than its share."""
        return bool(self.share) and self._state.elapsed_s >= self._free_at_s

    def go_on(self) -> Measured | None:
        """Measure for a turn if it is time to; return the result once it is complete."""
        if self._work is None:
            if not self.due():
                return None
            self._begin()
        return self._turn(TURN_S)

    def now(self, stopped: Callable[[], bool]) -> Measured | None:
        """Measure the model as it is now in one go; return None if asked to stop meanwhile.

        What `go_on` measured of this very model is returned again.
        """
        if self.newest is not None and self.newest.step == self._state.step:
            return self.newest
        self._begin()
        while not stopped():
            if (measured := self._turn(TURN_S)) is not None:
                return measured
        self._work = None
        return None

    def _begin(self) -> None:
        pixels = self._state.batches.pixels
        if self._real is None or self._real.pixels is not pixels:  # others were chosen meanwhile
            self._real = _Real(pixels)
        self._work = self._measure(Moment.of(self._state), self._real)
        self._spent_s = 0.0

    def _turn(self, seconds: float) -> Measured | None:
        """Go on for so long; at the end note when the time spent has become a fair share."""
        assert self._work is not None
        started = time.perf_counter()
        measured: Measured | None = None
        try:
            with torch.inference_mode():
                while time.perf_counter() - started < seconds:
                    next(self._work)
        except StopIteration as end:
            self.newest = measured = end.value
            self._work = None
        self._spent_s += time.perf_counter() - started
        if self._work is None:
            self._free_at_s = self._state.elapsed_s + self._spent_s / max(self.share, 1e-9)
        return measured

    def _measure(self, moment: Moment, real: "_Real") -> Slices[Measured]:
        generated = yield from draw(moment.generator, self._latent_size, self._state.device)
        likeness = yield from real.likeness.measure(generated)
        nothing = math.nan
        return Measured(
            step=moment.step,
            pictures=moment.pictures,
            elapsed_s=moment.elapsed_s,
            likeness=likeness,
            frechet=nothing,
            kernel=nothing,
            density=nothing,
            coverage=nothing,
            diversity=relative_spread(generated, real.spread),
            copies=nothing,
            leak=nothing,
        )


def draw(generator: Generator, latent_size: int, device: torch.device) -> Slices[Tensor]:
    """Return `GENERATED` pictures (N, 3, side, side), uint8, always of the same latents."""
    random = torch.Generator().manual_seed(0)
    latents = torch.randn(GENERATED, latent_size, generator=random)
    drawn = []
    for some in torch.split(latents, DRAWN_AT_ONCE):
        pixels = torch.from_numpy(to_pixels(generator(some.to(device))))
        drawn.append(pixels.permute(0, 3, 1, 2).to(device))
        yield
    return torch.cat(drawn)


class _Real:
    """What is known of the real pictures."""

    def __init__(self, pixels: Tensor) -> None:
        self.pixels = pixels
        step = max(1, len(pixels) // REAL)
        chosen = pixels[::step][:REAL]
        self.likeness = Likeness(chosen)
        self.spread = spread(chosen)
