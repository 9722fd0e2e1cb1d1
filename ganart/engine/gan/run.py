"""A training run of a project from start to end: pictures in, checkpoints, curves and grids out.

A run's folder holds `run.json` (`ganart.project.runs`), `curves.csv`, `live.safetensors` (the
newest model), `checkpoints/STEP.safetensors` and `grids/STEP.png`, STEP in nine digits.
"""

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.framing import Size
from ganart.datasets.prepare import Prepared, Preparing, prepare
from ganart.engine import device as devices
from ganart.engine.asks import Ask, KeptAsks, Poll
from ganart.engine.errors import (
    AllAlike,
    BadCheckpoint,
    BadOption,
    BudgetSpent,
    DivergedAfter,
    NothingToResume,
    TrainingDiverged,
)
from ganart.engine.gan import distributed
from ganart.engine.gan.branch import checkpoint_path, copy_story, kept_steps
from ganart.engine.gan.checkpoint import load_checkpoint
from ganart.engine.gan.coach import Coach
from ganart.engine.gan.config import NETWORK, TrainConfig, suited
from ganart.engine.gan.curation import Curation
from ganart.engine.gan.curves import curve_log
from ganart.engine.gan.events import (
    CurationDue,
    End,
    Estimate,
    Finished,
    Mark,
    Marked,
    Phase,
    PhaseChanged,
    RunStarted,
    TrainEvent,
    Trouble,
)
from ganart.engine.gan.model_file import ModelInfo, read_info
from ganart.engine.gan.models import CHECKPOINT_NAMES, CHECKPOINTS
from ganart.engine.gan.origin import has_discriminator, take_over
from ganart.engine.gan.recorder import Recorder
from ganart.engine.gan.sizing import try_out
from ganart.engine.gan.state import TrainState
from ganart.engine.gan.team import Team
from ganart.engine.gan.trainer import train
from ganart.errors import StudioError
from ganart.project.runs import RunRecord, Runs
from ganart.project.store import Project

Options = tuple[tuple[str, Any], ...]
"""Names and values of options of `TrainConfig`."""


def start(
    project: Project,
    config: TrainConfig,
    preset: str,
    poll: Poll,
    origin: Path | None = None,
    team: Team | None = None,
) -> Iterator[TrainEvent]:
    """Prepare the project's pictures and train a new run on them.

    `origin` is a model file or checkpoint to start from in place of random weights: its network
    options and size count then, and `config.freeze_layers` says how many of the finest stages of
    its discriminator, if it has one, stay as they are. `team` are the processes that train along,
    led by this one. Asked to stop while preparing, it ends without a run. Raises `StudioError`
    children.
    """
    if origin is not None:
        config = suited(config, read_info(origin).config)
    if origin is None or not has_discriminator(origin):
        config = replace(config, freeze_layers=0)  # random stages are not worth keeping
    device = _use_device(config, team)
    prepared = yield from _prepare(project, config.size, lambda: poll() is Ask.STOP)
    if prepared is None:
        return
    _refuse_alike(prepared)
    yield PhaseChanged(Phase.LOADING)
    with devices.memory_guard(device):
        state = TrainState.fresh(config, prepared.open(), device, prepared.weights)
        model_hash = take_over(state, origin).model_hash if origin else ""
        record = Runs(project.runs_folder).create(asdict(config), preset, origin=model_hash)
        record = replace(record, data_hash=prepared.fingerprint)
        yield from _train(project, record, config, state, poll, prepared, team)


def resume(
    project: Project,
    run_id: str,
    poll: Poll,
    minutes: float = 0.0,
    pictures: int = 0,
    changes: Mapping[str, Any] | None = None,
    team: Team | None = None,
) -> Iterator[TrainEvent]:
    """Go on with a run from its newest usable checkpoint.

    `minutes` and `pictures` are added to what was done so far; without them the run's own budget
    counts, and `BudgetSpent` is raised when nothing of it is left. `changes` are other options to
    go on with, such as a lower learning rate. A damaged checkpoint is passed over with a `Trouble`.
    Raises `NothingToResume`, `BadOption` for options that the networks depend on, and other
    `StudioError` children.
    """
    runs = Runs(project.runs_folder)
    record = runs.load(run_id)
    before = TrainConfig.from_mapping(record.config)
    config = _changed(before, changes or {})
    changed = _differences(before, config)
    device = _use_device(config, team)
    prepared = yield from _prepare(project, config.size, lambda: poll() is Ask.STOP)
    if prepared is None:
        return
    yield PhaseChanged(Phase.LOADING)
    with devices.memory_guard(device):
        state, info = yield from _newest_state(runs.folder(run_id), config, prepared, device)
        record = replace(record, data_hash=prepared.fingerprint)
        if record.status == "running" and not (minutes or pictures) and _is_spent(config, state):
            # It was killed after its last checkpoint, before it could say that it had finished.
            yield from _as_finished(runs, _up_to(record, info))
            return
        config = _with_budget(config, state, minutes, pictures)
        record = replace(record, config=asdict(config))
        yield from _train(project, record, config, state, poll, prepared, team, "Resumed", changed)


def branch(
    project: Project,
    run_id: str,
    step: int,
    poll: Poll,
    changes: Mapping[str, Any] | None = None,
    minutes: float = 0.0,
    pictures: int = 0,
    team: Team | None = None,
) -> Iterator[TrainEvent]:
    """Begin a new run at the kept checkpoint `step` of a run, with its story up to there.

    The options are those of that moment, with `changes`; budget and errors are as in `resume`, and
    `BadCheckpoint` where that checkpoint is not kept. The older run stays as it is.
    """
    runs = Runs(project.runs_folder)
    parent = runs.load(run_id)
    path = checkpoint_path(runs.folder(run_id), step)
    before = read_info(path).config
    config = _changed(before, changes or {})
    changed = _differences(before, config)
    device = _use_device(config, team)
    prepared = yield from _prepare(project, config.size, lambda: poll() is Ask.STOP)
    if prepared is None:
        return
    yield PhaseChanged(Phase.LOADING)
    with devices.memory_guard(device):
        state, info = load_checkpoint(path, prepared.open(), device, config, prepared.weights)
        config = _with_budget(config, state, minutes, pictures)
        record = copy_story(
            runs,
            parent,
            step,
            lambda: runs.create(
                asdict(config), parent.preset, parent=run_id, parent_step=step, origin=parent.origin
            ),
        )
        record = replace(_up_to(record, info), data_hash=prepared.fingerprint)
        opening = f"Branched off {parent.name} at step {step}"
        yield from _train(project, record, config, state, poll, prepared, team, opening, changed)


def estimate(
    project: Project, config: TrainConfig, poll: Poll
) -> Iterator[PhaseChanged | Estimate]:
    """Measure a few steps of a throw-away run; the last event is the `Estimate`."""
    device = _use_device(config)
    prepared = yield from _prepare(project, config.size, lambda: poll() is Ask.STOP)
    if prepared is None:
        return
    _refuse_alike(prepared)
    yield PhaseChanged(Phase.WARMING_UP)
    with devices.memory_guard(device):
        state = TrainState.fresh(config, prepared.open(), device, prepared.weights)
        trial = try_out(config, state, lambda: poll() is Ask.STOP)
    if trial is None:
        return
    rate = trial.pictures_per_s
    seconds = [60 * config.minutes] if config.minutes else []
    if config.pictures:
        seconds.append(config.pictures / rate)
    yield Estimate(
        pictures_per_s=rate,
        seconds=min(seconds),
        pictures=int(min(seconds) * rate),
        memory_bytes=trial.memory_bytes,
        at_once=trial.at_once,
    )


def _use_device(config: TrainConfig, team: Team | None = None) -> torch.device:
    device, _ = devices.choose(config.device)
    torch.set_num_threads(distributed.threads(config, team))
    return device


def _prepare(
    project: Project, size: Size, stopped: Callable[[], bool]
) -> Generator[PhaseChanged, None, Prepared | None]:
    """Prepare the pictures; return None when asked to stop."""
    yield PhaseChanged(Phase.PREPARING)
    with Catalogue(project.catalogue_path) as catalogue:
        for event in prepare(catalogue, project.prepared_folder, size, stopped):
            if isinstance(event, Preparing):
                yield PhaseChanged(Phase.PREPARING, event.done, event.total)
            elif not stopped():
                return event
    return None


def _refuse_alike(prepared: Prepared) -> None:
    """Raise `AllAlike` where there are pictures enough, but no two that differ."""
    pixels = prepared.open()
    # It ends with the first picture that differs, which is the second one as a rule.
    if len(pixels) > 1 and all(np.array_equal(each, pixels[0]) for each in pixels[1:]):
        raise AllAlike(count=len(pixels))


def _changed(config: TrainConfig, changes: Mapping[str, Any]) -> TrainConfig:
    """Return `config` with `changes`, none of which may touch the networks."""
    for name in NETWORK & changes.keys():
        if changes[name] != getattr(config, name):
            raise BadOption(option=name, value=changes[name], allowed=getattr(config, name))
    return replace(config, **changes)


def _differences(before: TrainConfig, config: TrainConfig) -> Options:
    """Return the names and new values of the options that are other ones than before."""
    old, new = asdict(before), asdict(config)
    return tuple((name, value) for name, value in new.items() if value != old[name])


def _newest_state(
    run_folder: Path, config: TrainConfig, prepared: Prepared, device: torch.device
) -> Generator[Trouble, None, tuple[TrainState, ModelInfo]]:
    """Load the newest checkpoint that is whole."""
    for path in sorted((run_folder / CHECKPOINTS).glob(CHECKPOINT_NAMES), reverse=True):
        try:
            loaded = load_checkpoint(path, prepared.open(), device, config, prepared.weights)
        except BadCheckpoint as error:
            yield Trouble(error)
        else:
            return loaded
    raise NothingToResume(run=run_folder.name)


def _with_budget(
    config: TrainConfig, state: TrainState, minutes: float, pictures: int
) -> TrainConfig:
    """Return `config` with a budget that leaves something to do."""
    if minutes or pictures:
        return replace(
            config,
            minutes=state.elapsed_s / 60 + minutes if minutes else 0.0,
            pictures=state.pictures + pictures if pictures else 0,
        )
    if _is_spent(config, state):
        raise BudgetSpent()
    return config


def _is_spent(config: TrainConfig, state: TrainState) -> bool:
    time_spent = config.minutes and state.elapsed_s >= 60 * config.minutes
    pictures_spent = config.pictures and state.pictures >= config.pictures
    return bool(time_spent or pictures_spent)


def _up_to(record: RunRecord, info: ModelInfo) -> RunRecord:
    """Return the record of a run that has come as far as a checkpoint."""
    return replace(
        record,
        steps=info.step,
        pictures=info.pictures,
        elapsed_s=info.elapsed_s,
        model_hash=info.model_hash,
    )


def _as_finished(runs: Runs, record: RunRecord) -> Iterator[TrainEvent]:
    folder = runs.folder(record.id)
    runs.update(replace(record, status="finished", message=""))
    yield Finished(End.BUDGET_SPENT, checkpoint_path(folder, record.steps))


def _train(
    project: Project,
    record: RunRecord,
    config: TrainConfig,
    state: TrainState,
    poll: Poll,
    prepared: Prepared,
    team: Team | None,
    opening: str = "",
    changed: Options = (),
) -> Iterator[TrainEvent]:
    """Train and record; whatever happens, the run's record says how it ended.

    `opening` says on the curves how a run came to begin in the midst of its story, and a marker
    which options have `changed` there.
    """
    runs = Runs(project.runs_folder)
    folder = runs.folder(record.id)
    record = replace(record, status="running", message="")
    runs.update(record)
    state.team = team
    asks = KeptAsks(poll)
    curation = Curation(prepared, lambda: _prepare(project, config.size, asks.stopped))
    coach = Coach(config, lambda: kept_steps(folder), has_learnt=state.experience > 0)
    recorder = Recorder(
        folder,
        runs,
        record,
        config,
        state,
        originals=prepared.paths,
        stretched_from=prepared.stretched_from,
        coach=coach,
        stopped=asks.stopped,
    )
    try:
        # Guarded here too, so that the record tells it in the same words.
        with devices.memory_guard(state.device), curve_log(folder, state.step) as curves:
            recorder.begin(curves)
            coach.recall(folder)
            yield RunStarted(record.id, folder, len(state.batches))
            for mark in _opening_marks(state, opening, changed):
                yield from recorder.handle(mark)
            distributed.begin(config, state, prepared.open(), prepared.weights)
            yield PhaseChanged(Phase.TRAINING)
            end = yield from _recorded(config, state, asks, recorder, curation)
    except GeneratorExit:
        recorder.close("stopped")
        raise
    except TrainingDiverged as error:
        told = _naming_checkpoint(error, folder)
        recorder.close("failed", str(told))
        raise told from error
    except StudioError as error:
        recorder.close("failed", str(error))
        raise
    except Exception as error:
        # A fault of ours: the run's record must not go on saying that it runs.
        recorder.close("failed", repr(error))
        raise
    # Outside the block: a receiver that goes away after the end has stopped nothing.
    recorder.close("finished" if end is End.BUDGET_SPENT else "stopped")
    yield Finished(end, recorder.newest)


def _recorded(
    config: TrainConfig, state: TrainState, asks: KeptAsks, recorder: Recorder, curation: Curation
) -> Generator[TrainEvent, None, End]:
    """Train, record what happens, and show other pictures when it is asked for; return the end."""
    end = End.STOPPED
    for event in train(config, state, asks):
        if isinstance(event, Finished):
            end = event.end
        elif isinstance(event, CurationDue):
            for each in curation.take_over(state):
                yield from recorder.handle(each)
            shown = curation.shown
            recorder.show(shown.paths, shown.fingerprint, shown.stretched_from)
            distributed.begin(config, state, shown.open(), shown.weights)
            yield PhaseChanged(Phase.TRAINING)
        else:
            yield from recorder.handle(event)
    return end


def _opening_marks(state: TrainState, opening: str, changed: Options) -> Iterator[Marked]:
    moment = (state.step, state.pictures, state.elapsed_s)
    if opening:
        yield Marked(*moment, Mark.RESUMED, opening)
    if changed:
        text = ", ".join(f"{name} {value}" for name, value in changed)
        yield Marked(*moment, Mark.CHANGED, text, changed)


def _naming_checkpoint(error: TrainingDiverged, run_folder: Path) -> TrainingDiverged:
    """Return the error with the checkpoint to go back to, where there is one."""
    step = max(kept_steps(run_folder), default=None)
    return error if step is None else DivergedAfter(**error.details, checkpoint=step)
