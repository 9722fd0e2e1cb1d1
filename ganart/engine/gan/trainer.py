"""The training loop: a generator that yields records and answers asks. It writes no files."""

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import torch

from ganart.engine.asks import Ask, Change, Poll
from ganart.engine.device import memory_guard
from ganart.engine.errors import BadOption, OutOfMemory, TrainingDiverged
from ganart.engine.gan.config import LIVE, TrainConfig
from ganart.engine.gan.distributed import order_step
from ganart.engine.gan.events import (
    AuditDue,
    CheckpointDue,
    CurationDue,
    End,
    Finished,
    Mark,
    Marked,
    Samples,
    Stats,
    TrainEvent,
    Trouble,
)
from ganart.engine.gan.pace import Pace
from ganart.engine.gan.schedules import budget_used
from ganart.engine.gan.state import TrainState
from ganart.engine.gan.steps import StepResult, training_step
from ganart.engine.latent.points import from_seed
from ganart.engine.latent.render import render_latents

GRID_SEEDS: Sequence[int] = range(1, 37)
"""The seeds whose pictures the sample grid shows, always the same ones."""
GRID_COLUMNS = 6
STATS_EVERY_S = 0.25
SAMPLE_SHARE = 0.03
"""Share of the time that drawing and keeping samples may take."""
SAMPLE_GROWTH = 0.01
"""Samples of a run of eight hours: about 440."""
SAVE_SHARE = 0.1
"""Share of the time that checkpoints may take, unless they are asked for."""
PATIENCE = 20
"""Steps in a row with broken gradients before the run gives up."""

HANDED_ON: dict[Ask, type[CurationDue | AuditDue]] = {Ask.CURATE: CurationDue, Ask.AUDIT: AuditDue}
"""Asks that the receiver answers, told by these records."""


def train(config: TrainConfig, state: TrainState, poll: Poll) -> Iterator[TrainEvent]:
    """Train until the budget is spent or `poll` answers STOP.

    The loop stands still while the receiver handles an event, so the receiver may read or write
    `state` then; that time is not counted. Ends with a final `CheckpointDue` and `Finished`.
    Raises `TrainingDiverged`.
    """
    meter = _Meter(state)
    sampling = Pace(config.sample_every_s, SAMPLE_SHARE, state.elapsed_s, SAMPLE_GROWTH)
    saving = Pace(config.save_every_s, SAVE_SHARE, state.elapsed_s + config.save_every_s)
    end = None
    while end is None:
        started = time.perf_counter()
        try:
            result = _step(config, state)
        except TrainingDiverged:
            yield meter.read(config, state)  # the curves show what happened
            raise
        state.elapsed_s += time.perf_counter() - started
        state.progress = max(state.progress, _budget_used(config, state))
        if result:
            meter.add(result)
        else:
            yield _marked(state, Mark.MEMORY, str(state.at_once))
        ask = poll()
        config = yield from _answer(config, state, ask)
        has_changed = isinstance(ask, Change)
        if has_changed:
            sampling.change(config.sample_every_s)
            saving.change(config.save_every_s)
        if ask is Ask.STOP:
            end = End.STOPPED
        # Not right after a change: this step's checkpoint stays what the run was before it.
        elif _budget_used(config, state) >= 1 and not has_changed:
            end = End.BUDGET_SPENT
        if end or meter.due(state):
            yield meter.read(config, state)
        if end or ask is Ask.SAMPLE or sampling.due(state.elapsed_s):
            started, begun_s = time.perf_counter(), state.elapsed_s
            samples = _sample(config, state)
            state.elapsed_s += time.perf_counter() - started
            yield samples
            # The receiver adds what keeping them took to the elapsed time.
            sampling.done(state.elapsed_s, state.elapsed_s - begun_s)
        if not (end or has_changed) and (ask is Ask.SAVE or saving.due(state.elapsed_s)):
            begun_s = state.elapsed_s
            yield CheckpointDue(state.step)
            saving.done(state.elapsed_s, state.elapsed_s - begun_s)
    yield CheckpointDue(state.step, end)
    yield Finished(end, checkpoint=None)


def _step(config: TrainConfig, state: TrainState) -> StepResult | None:
    """Take a step; None where memory ran out, so that fewer pictures are computed at once now.

    Raises `OutOfMemory` where there is nothing left to halve, and `TrainingDiverged`.
    """
    order_step(config, state)
    result = None
    try:
        with memory_guard(state.device):
            result = training_step(config, state)
    except OutOfMemory:
        # Others that train along are in the midst of the step.
        if state.team or not state.compute_fewer(config):
            raise
    if state.skipped_in_a_row >= PATIENCE:
        raise TrainingDiverged(steps=state.skipped_in_a_row)
    return result


def _answer(
    config: TrainConfig, state: TrainState, ask: Ask | Change | None
) -> Generator[TrainEvent, None, TrainConfig]:
    """Yield what an ask brings about, other than drawing and saving; return the options from now
    on. A change that cannot be made gives a `Trouble`, and the options stay.
    """
    if isinstance(ask, Change):
        try:
            changed = _changed(config, ask)
        except BadOption as error:
            yield Trouble(error)
            return config
        # What it was is kept first, so that a change can be undone by going back.
        yield CheckpointDue(state.step)
        config = changed
        state.obey(config)
        if "augment" in dict(ask.options):
            state.augment = config.augment  # adaptive augmentation goes on from there
        yield replace(_marked(state, Mark.CHANGED, ask.reason), options=ask.options)
    elif ask is not None and ask in HANDED_ON:
        yield HANDED_ON[ask](state.step)
    return config


def _changed(config: TrainConfig, change: Change) -> TrainConfig:
    """Return the options to go on with. Raises `BadOption`."""
    for name, value in change.options:
        if name not in LIVE:
            raise BadOption(option=name, value=value, allowed=getattr(config, name, "no change"))
    return replace(config, **dict(change.options))


def _marked(state: TrainState, mark: Mark, text: str) -> Marked:
    return Marked(state.step, state.pictures, state.elapsed_s, mark, text)


def _budget_used(config: TrainConfig, state: TrainState) -> float:
    return budget_used(config.minutes, config.pictures, state.elapsed_s, state.pictures)


def _sample(config: TrainConfig, state: TrainState) -> Samples:
    """Draw the grid of the fixed seeds from the averaged generator."""
    latents = np.stack([from_seed(seed, config.latent_size) for seed in GRID_SEEDS])
    tiles = render_latents(state.ema, latents, state.device)
    return Samples(state.step, state.pictures, state.elapsed_s, _as_grid(tiles))


def _as_grid(tiles: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Lay (N, height, width, 3) tiles out in `GRID_COLUMNS` columns."""
    count, height, width, _ = tiles.shape
    rows = tiles.reshape(count // GRID_COLUMNS, GRID_COLUMNS, height, width, 3)
    return np.ascontiguousarray(rows.swapaxes(1, 2).reshape(-1, GRID_COLUMNS * width, 3))


class _Meter:
    """Averages the scalars of the steps since the last reading."""

    def __init__(self, state: TrainState) -> None:
        self._results: list[StepResult] = []
        self._read_s = state.elapsed_s
        self._read_pictures = state.pictures

    def add(self, result: StepResult) -> None:
        self._results.append(result)

    def due(self, state: TrainState) -> bool:
        return state.elapsed_s - self._read_s >= STATS_EVERY_S

    def read(self, config: TrainConfig, state: TrainState) -> Stats:
        """Return the averages and start anew."""
        seconds = max(state.elapsed_s - self._read_s, 1e-9)
        rate = (state.pictures - self._read_pictures) / seconds
        stats = Stats(
            step=state.step,
            pictures=state.pictures,
            elapsed_s=state.elapsed_s,
            loss_g=self._mean("loss_g"),
            loss_d=self._mean("loss_d"),
            score_real=self._mean("score_real"),
            score_fake=self._mean("score_fake"),
            pictures_per_s=rate,
            progress=_budget_used(config, state),
            time_left_s=_time_left(config, state),
            skipped_steps=state.skipped_steps,
        )
        self._results.clear()
        self._read_s, self._read_pictures = state.elapsed_s, state.pictures
        return stats

    def _mean(self, name: str) -> float:
        values = [getattr(result, name) for result in self._results]
        # One transfer from the device for all steps.
        return torch.stack(values).cpu().double().mean().item() if values else float("nan")


def _time_left(config: TrainConfig, state: TrainState) -> float:
    """Return the seconds left, from the run's whole rate so far."""
    left = []
    if config.minutes:
        left.append(60 * config.minutes - state.elapsed_s)
    if config.pictures:
        rate = state.pictures / max(state.elapsed_s, 1e-9)
        left.append((config.pictures - state.pictures) / max(rate, 1e-9))
    return max(0.0, min(left))
