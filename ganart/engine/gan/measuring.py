"""When the model's pictures are measured, and how much of the time that takes."""

import copy
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ganart.engine.device import memory_guard
from ganart.engine.gan.batches import to_pixels
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.events import Audit, Copy, Ignored, Measured
from ganart.engine.gan.networks.interface import Generator
from ganart.engine.gan.quality.copies import COPIED, Nearest
from ganart.engine.gan.quality.slices import Slices
from ganart.engine.gan.quality.yardstick import Inside, Outside, Yardstick
from ganart.engine.gan.state import TrainState
from ganart.engine.latent.points import from_seed
from ganart.errors import StudioError

TURN_S = 0.15
"""How long the training stands still at a time."""
FIRST_LOOK_S = 12.0
"""What the network's look at the pictures is taken to cost until it was measured: the first one, at
a thousand real pictures too, on two cores. Later ones take a fifth."""
END_SHARE = 0.1
"""Share of a run's time that a last look at its pictures may take."""
COPIES = 12
IGNORED = 24
"""Pictures that an audit names at most."""


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


@dataclass(frozen=True)
class Findings:
    """What came of measuring one moment."""

    measured: Measured
    audit: Audit | None = None


class Measuring:
    """Measures in turns between the steps, at a fixed share of the time.

    Half of it goes to what the pictures' pixels tell, which is quick, and half to what a network
    sees in them.
    """

    def __init__(self, state: TrainState, config: TrainConfig) -> None:
        self.share = config.quality_share
        """Share of the time, 0 to 1; 0 measures nothing on the way."""
        self.originals: Sequence[Path] = ()
        """The files of the training pictures, in their order; without them there is no audit."""
        self._state = state
        self._latent_size, self._side = config.latent_size, config.side
        self._began_s = state.elapsed_s
        self._free_at_s = state.elapsed_s
        self._last_s = 0.0
        self._noted: Moment | None = None
        self._work: Slices[Findings] | None = None
        self._looks = False
        """Whether the network looks at the pictures this time."""
        self._spent_s = 0.0
        self._look_s = FIRST_LOOK_S
        self._since_look_s = 0.0
        """Time spent on quick measurements since the network's last look."""
        self._asked = False
        self._yardstick: Yardstick | None = None

    def ask(self) -> None:
        """Begin an audit at the next turn, whatever share of the time it takes."""
        self._asked = True

    def note(self) -> None:
        """Measure the model as it is now next, for a checkpoint of it is written.

        Its share of the time is taken in advance; where that was done already, nothing is noted.
        """
        if self.share and self._state.elapsed_s + self._last_s / self.share >= self._free_at_s:
            self._noted = Moment.of(self._state)

    def go_on(self) -> Findings | None:
        """Measure for a turn if it is time to; return what came of it once it is complete."""
        if self._work is None:
            due = bool(self.share) and self._state.elapsed_s >= self._free_at_s
            if not (due or self._noted or self._asked):
                return None
            moment, self._noted = self._noted or Moment.of(self._state), None
            self._begin(moment, looks=self._asked or self._since_look_s >= self._look_s)
        return self._turn()

    def end(self, stopped: Callable[[], bool]) -> Findings | None:
        """Measure the model as it is at the end in one go; return None if asked to stop meanwhile.

        The network looks at the pictures too if the run was long enough for that.
        """
        looked_s = END_SHARE * (self._state.elapsed_s - self._began_s)
        self._begin(Moment.of(self._state), looks=self._asked or self._look_s <= looked_s)
        while (findings := self._turn()) is None:
            if stopped():
                self._work = None
                break
        return findings

    def _begin(self, moment: Moment, looks: bool) -> None:
        pixels = self._state.batches.pixels
        if self._yardstick is None or self._yardstick.real is not pixels:
            self._yardstick = Yardstick(pixels)  # others were chosen meanwhile
        self._work = self._measure(moment, self._yardstick, tuple(self.originals), looks)
        self._spent_s = 0.0
        self._looks = looks
        if looks:
            self._asked = False

    def _turn(self) -> Findings | None:
        assert self._work is not None
        started = time.perf_counter()
        findings: Findings | None = None
        try:
            with torch.inference_mode(), memory_guard(self._state.device):
                next(self._work)
                while time.perf_counter() - started < TURN_S:
                    next(self._work)
        except StopIteration as end:
            findings, self._work = end.value, None
        except StudioError:
            self._work = None
            raise
        finally:
            self._spent_s += time.perf_counter() - started
            if self._work is None:
                self._rest()
        return findings

    def _rest(self) -> None:
        """Wait until the time spent has become a fair share."""
        if self.share:  # else nothing is measured until there is a share again
            now_s = max(self._free_at_s, self._state.elapsed_s)
            self._free_at_s = now_s + self._spent_s / self.share
        self._last_s = self._spent_s
        if self._looks:
            self._look_s, self._since_look_s = self._spent_s, 0.0
        else:
            self._since_look_s += self._spent_s

    def _measure(
        self, moment: Moment, yardstick: Yardstick, originals: Sequence[Path], looks: bool
    ) -> Slices[Findings]:
        generated = yield from self._draw(moment.generator)
        outside = yield from yardstick.outside(generated)
        inside = (yield from yardstick.inside(generated)) if looks else None
        audit = None
        if inside and len(originals) == len(yardstick.real):
            audit = Audit(
                moment.step,
                _copies(outside.nearest, generated, originals),
                _ignored(inside, originals),
            )
        return Findings(_measured(moment, outside, inside), audit)

    def _draw(self, generator: Generator) -> Slices[Tensor]:
        """Return the pictures (N, 3, height, width), uint8, of the seeds 1 to N."""
        side, device = self._side, self._state.device
        seeds = range(1, min(256, max(64, 16384 // side)) + 1)
        latents = np.stack([from_seed(seed, self._latent_size) for seed in seeds])
        drawn = []
        for some in torch.split(torch.from_numpy(latents), max(1, 512 // side)):
            pixels = torch.from_numpy(to_pixels(generator(some.to(device))))
            drawn.append(pixels.permute(0, 3, 1, 2))
            yield
        return torch.cat(drawn).to(device)


def _measured(moment: Moment, outside: Outside, inside: Inside | None) -> Measured:
    return Measured(
        step=moment.step,
        pictures=moment.pictures,
        elapsed_s=moment.elapsed_s,
        likeness=outside.likeness,
        frechet=inside.frechet if inside else math.nan,
        kernel=inside.kernel if inside else math.nan,
        density=inside.density if inside else math.nan,
        coverage=inside.coverage if inside else math.nan,
        diversity=outside.diversity,
        copies=outside.nearest.share,
        leak=outside.leak,
    )


def _copies(nearest: Nearest, generated: Tensor, originals: Sequence[Path]) -> tuple[Copy, ...]:
    """Return the pictures that are suspiciously near to one of the training's, nearest first."""
    order = nearest.ratio.argsort()[:COPIES].tolist()
    return tuple(
        Copy(
            seed=number + 1,
            original=originals[int(nearest.row[number])],
            mirrored=bool(nearest.mirrored[number]),
            ratio=float(nearest.ratio[number]),
            generated=np.ascontiguousarray(generated[number].permute(1, 2, 0).cpu().numpy()),
        )
        for number in order
        if nearest.ratio[number] < COPIED
    )


def _ignored(inside: Inside, originals: Sequence[Path]) -> tuple[Ignored, ...]:
    """Return the training pictures that nothing comes near to, farthest first."""
    order = inside.ratios.argsort(descending=True)[:IGNORED].tolist()
    return tuple(
        Ignored(originals[int(inside.rows[number])], float(inside.ratios[number]))
        for number in order
        if inside.ratios[number] >= 1
    )
