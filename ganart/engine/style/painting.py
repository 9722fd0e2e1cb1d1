"""The painting loop (Gatys et al. 2016): a generator that yields records and answers asks.

It works on tensors and writes no files. Pictures are (1, 3, H, W), sRGB, 0 to 1.
"""

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional as F

from ganart.engine.asks import Ask, OpenAsks, Poll
from ganart.engine.errors import EngineError
from ganart.engine.style.colour import keep_chroma, match_moments
from ganart.engine.style.config import PaintConfig
from ganart.engine.style.events import PaintStats, Preview
from ganart.engine.style.levels import Level, schedule
from ganart.engine.style.objective import Losses, Objective, Style
from ganart.engine.style.optimizers import Optimizer, make_optimizer
from ganart.engine.style.tensors import to_pixels
from ganart.engine.style.vgg import VGG19, load_vgg
from ganart.engine.style.vgg_torchvision import load_torchvision_vgg
from ganart.text import QT_TRANSLATE_NOOP

PREVIEW_EVERY_S = 2.0
SAVE_EVERY_S = 60.0
PATIENCE = 30
"""Broken evaluations in a row before the painting gives up."""
ENLARGED_MOST = 2.0
"""Style pictures are enlarged no further: what is not in them cannot be painted."""


class PaintingDiverged(EngineError):
    """The losses stopped being numbers."""

    happened = QT_TRANSLATE_NOOP("errors", "The painting went astray: its losses are no numbers.")
    safe = QT_TRANSLATE_NOOP("errors", "The picture saved last is kept.")
    remedy = QT_TRANSLATE_NOOP("errors", "Paint again with a lower learning rate or lower weights.")


@dataclass(slots=True, eq=False)
class PaintState:
    """How far a painting is; everything that the next iteration depends on."""

    picture: Tensor
    """At the size of its level; values may lie outside 0 to 1 on the way."""
    optimizer: Optimizer
    level: int = 0
    level_iteration: int = 0
    """Iterations done at this level."""
    iteration: int = 0
    """Iterations done in all."""
    elapsed_s: float = 0.0

    @classmethod
    def fresh(cls, config: PaintConfig, first: Tensor) -> "PaintState":
        """Begin with the picture `first`, of the full size."""
        level = schedule(config, first.shape[3], first.shape[2])[0]
        picture = resized(first, level.height, level.width)
        return cls(picture, make_optimizer(config, picture))

    def grow(self, config: PaintConfig, level: Level) -> None:
        """Go on to the next level."""
        self.picture = resized(self.picture, level.height, level.width)
        self.optimizer = make_optimizer(config, self.picture)
        self.level += 1
        self.level_iteration = 0


@dataclass(frozen=True, slots=True)
class SaveDue:
    """The state should be written now; the receiver does so before it asks for the next event."""

    ended: bool = False
    stopped: bool = False


class _Stopped(Exception):
    """STOP was asked in the midst of an evaluation."""


def paint(
    config: PaintConfig,
    photo: Tensor,
    styles: Sequence[Style],
    state: PaintState,
    poll: Poll,
    tile: int = 0,
) -> Iterator[PaintStats | Preview | SaveDue]:
    """Paint `photo` until all levels are done or `poll` answers STOP, also within an iteration.

    The loop stands still while the receiver handles an event; that time is not counted. Ends with
    a `Preview` and a `SaveDue` that says how. Raises `PaintingDiverged`.
    """
    levels = schedule(config, photo.shape[3], photo.shape[2])
    if config.colour == "moments":
        styles = [replace(each, picture=match_moments(each.picture, photo)) for each in styles]
    asks = OpenAsks(poll)
    clock = _Clock(state, levels, asks)
    stopped = False
    try:
        while True:
            target = _resized_to(photo, levels[state.level])
            yield from _paint_level(config, target, styles, state, asks, clock, tile)
            if state.level + 1 == len(levels):
                break
            yield _preview(state, target, config)
            state.grow(config, levels[state.level + 1])
    except _Stopped:
        stopped = True
    yield _preview(state, _resized_to(photo, levels[state.level]), config)
    yield SaveDue(ended=True, stopped=stopped)


def _paint_level(
    config: PaintConfig,
    photo: Tensor,
    styles: Sequence[Style],
    state: PaintState,
    asks: OpenAsks,
    clock: "_Clock",
    tile: int,
) -> Iterator[PaintStats | Preview | SaveDue]:
    """Do what is left to do at a level; `photo` has its size. Raises `_Stopped`."""

    def pulse() -> None:
        if asks.stopped():
            raise _Stopped

    level = clock.level
    objective = Objective(
        _network(config, photo.device),
        photo,
        [_fitted(each, level, config.style_scale) for each in styles],
        config,
        tile,
        pulse,
    )
    while state.level_iteration < level.iterations:
        clock.begin()
        losses = _improve(state, objective)
        clock.end()
        yield clock.stats(losses)
        pulse()
        if asks.take(Ask.SAMPLE) or clock.preview_due():
            yield _preview(state, photo, config)
        if asks.take(Ask.SAVE) or clock.save_due():
            yield SaveDue()


def _network(config: PaintConfig, device: torch.device) -> VGG19:
    load = load_torchvision_vgg if config.network == "torchvision" else load_vgg
    return load(device, "average" if config.pooling == "average" else "max")


def _improve(state: PaintState, objective: Objective) -> Losses:
    """Do one iteration; evaluations that give no numbers are stepped back from."""
    for _ in range(PATIENCE):
        losses, gradient = objective.evaluate(state.picture)
        usable = math.isfinite(losses.total) and bool(gradient.isfinite().all())
        state.picture = state.picture + state.optimizer.step(
            losses.total if usable else math.nan, gradient.nan_to_num(0.0, 0.0, 0.0)
        )
        if usable:
            state.level_iteration += 1
            state.iteration += 1
            return losses
    raise PaintingDiverged()


def finished_picture(picture: Tensor, photo: Tensor, config: PaintConfig) -> Tensor:
    """Return a painting at the size of `photo`, in the colours wished for."""
    picture = resized(picture, *photo.shape[2:]).clamp(0, 1)
    return keep_chroma(picture, photo) if config.colour == "luminance" else picture


def resized(picture: Tensor, height: int, width: int) -> Tensor:
    """Return the picture at that size; the same one where it has it."""
    if picture.shape[2:] == (height, width):
        return picture
    return F.interpolate(picture, (height, width), mode="bicubic", antialias=True)


def _resized_to(picture: Tensor, level: Level) -> Tensor:
    return resized(picture, level.height, level.width)


def _fitted(style: Style, level: Level, scale: float) -> Style:
    """Return the style at the level's number of pixels, its sides times `scale`."""
    height, width = style.picture.shape[2:]
    factor = min(scale * math.sqrt(level.width * level.height / (width * height)), ENLARGED_MOST)
    size = max(1, round(height * factor)), max(1, round(width * factor))
    return replace(style, picture=resized(style.picture, *size).clamp(0, 1))


def _preview(state: PaintState, target: Tensor, config: PaintConfig) -> Preview:
    return Preview(to_pixels(finished_picture(state.picture, target, config)), state.iteration)


class _Clock:
    """Times the iterations of a painting and says what is due."""

    def __init__(self, state: PaintState, levels: Sequence[Level], asks: OpenAsks) -> None:
        self._state = state
        self._levels = levels
        self._asks = asks
        self._begun = self._now()
        self._shown_s = self._saved_s = state.elapsed_s
        self._worked_s = 0.0
        self._worked_pixels = 0

    @property
    def level(self) -> Level:
        return self._levels[self._state.level]

    def begin(self) -> None:
        self._begun = self._now()

    def end(self) -> None:
        """Count the iteration that has been done."""
        seconds = self._now() - self._begun
        level = self.level
        self._state.elapsed_s += seconds
        self._worked_s += seconds
        self._worked_pixels += level.width * level.height

    def preview_due(self) -> bool:
        if self._state.elapsed_s - self._shown_s < PREVIEW_EVERY_S:
            return False
        self._shown_s = self._state.elapsed_s
        return True

    def save_due(self) -> bool:
        if self._state.elapsed_s - self._saved_s < SAVE_EVERY_S:
            return False
        self._saved_s = self._state.elapsed_s
        return True

    def stats(self, losses: Losses) -> PaintStats:
        state = self._state
        level, finer = self.level, self._levels[state.level + 1 :]
        left = level.iterations - state.level_iteration
        pixels = sum(each.width * each.height * each.iterations for each in finer)
        pixels += level.width * level.height * left
        return PaintStats(
            iteration=state.iteration,
            iterations=state.iteration + left + sum(each.iterations for each in finer),
            level=state.level,
            side=level.side,
            content=losses.content,
            style=losses.style,
            variation=losses.variation,
            total=losses.total,
            elapsed_s=state.elapsed_s,
            time_left_s=pixels * self._worked_s / max(self._worked_pixels, 1),
        )

    def _now(self) -> float:
        """Return a time that stands still during pauses."""
        return time.perf_counter() - self._asks.paused_s
