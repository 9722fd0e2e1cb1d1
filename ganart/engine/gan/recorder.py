"""Writes what a training run yields into the run's folder."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Protocol

from ganart.engine.gan import audits, marks, models, retention
from ganart.engine.gan.checkpoint import model_info, save_checkpoint, save_model
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.curves import MEASURES, CurveLog, curve_log
from ganart.engine.gan.events import (
    AuditDue,
    CheckpointDue,
    CheckpointSaved,
    CoachReport,
    End,
    Mark,
    Marked,
    Measured,
    Published,
    Samples,
    Stats,
    TrainEvent,
    Trouble,
)
from ganart.engine.gan.measuring import Findings, Measuring
from ganart.engine.gan.model_file import ModelInfo
from ganart.engine.gan.state import TrainState
from ganart.errors import StudioError
from ganart.files import make_folder
from ganart.media.pictures import save_png
from ganart.project.runs import RunRecord, Runs, Status
from ganart.project.stars import starred

_GRID = re.compile(r"[0-9]{9}\.png")


class Listener(Protocol):
    """Hears every event of a run, such as the coach."""

    def hear(self, event: TrainEvent) -> CoachReport | None:
        """Return a report when there is something new to tell."""
        ...


class Recorder:
    """Receives a run's events between its steps, so that it may read the state."""

    def __init__(
        self,
        folder: Path,
        runs: Runs,
        record: RunRecord,
        config: TrainConfig,
        state: TrainState,
        *,
        originals: Sequence[Path] = (),
        stretched_from: float = 0.0,
        coach: Listener | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        """Take a run, trained on the files `originals`, which it audits only if they are given, and
        the shape that those had before they were stretched, as in `Prepared`.

        `stopped` tells whether STOP was asked while the run is measured for the last time.
        """
        self.newest: Path | None = None
        """The newest checkpoint on disk."""
        self._folder = folder
        self._runs = runs
        self._record = record
        self._config = config
        self._state = state
        self._coach = coach
        self._stopped = stopped
        self._report: CoachReport | None = None
        self._files = ExitStack()
        self._curves: CurveLog | None = None
        self._measures: CurveLog | None = None
        self._measuring = Measuring(state, config)
        self.show(originals, record.data_hash, stretched_from)
        self._has_told = False

    def begin(self, curves: CurveLog) -> None:
        """Make the folders and write the curves from now on. Raises `FolderNotWritable`."""
        for name in (models.CHECKPOINTS, models.GRIDS):
            make_folder(self._folder / name)
        self._forget_lost_grids()
        marks.forget_marks(self._folder, self._state.step)
        audits.forget_audits(self._folder, self._state.step)
        self._curves = curves
        self._measures = self._files.enter_context(
            curve_log(self._folder, self._state.step, Measured, MEASURES)
        )

    def show(self, originals: Sequence[Path], data_hash: str, stretched_from: float) -> None:
        """Be told the files of the pictures that are trained on from now on, in their order, their
        fingerprint, and the shape that they were stretched from, as in `Prepared`.
        """
        self._stretched_from = stretched_from
        self._measuring.originals = originals
        self._record = replace(self._record, data_hash=data_hash)

    def handle(self, event: TrainEvent) -> Iterator[TrainEvent]:
        """Record one event and yield it, with what its recording brought about.

        Files that cannot be written give a `Trouble` and the training goes on, except for the
        final checkpoint, which raises. The time taken counts as training time.
        """
        started = time.perf_counter()
        try:
            results = [*self._record_event(event)]
        except StudioError as error:
            if isinstance(event, CheckpointDue):
                if event.end:
                    raise
                results = [Trouble(error)]
            else:
                results = [event, *self._told_once(error)]
        results += [heard for result in results for heard in self._tell_coach(result)]
        self._state.elapsed_s += time.perf_counter() - started
        yield from results

    def _record_event(self, event: TrainEvent) -> Iterator[TrainEvent]:
        match event:
            case Stats():
                if self._curves is not None:
                    self._curves.add(event)
                yield event
                yield from self._keep_findings(self._measuring.go_on())
            case Samples():
                yield from self._keep_samples(event)
            case CheckpointDue():
                yield from self._save(event.end)
            case Marked():
                yield event
                self._keep_mark(event)
            case AuditDue():
                self._measuring.ask()
                yield event
            case _:
                yield event

    def _told_once(self, error: StudioError) -> list[TrainEvent]:
        """Return a `Trouble`, but only the first; checkpoints go on to tell theirs."""
        if self._has_told:
            return []
        self._has_told = True
        return [Trouble(error)]

    def _tell_coach(self, event: TrainEvent) -> list[TrainEvent]:
        """Return what the coach says of an event, with a marker for every trouble that began."""
        report = self._coach.hear(event) if self._coach else None
        if report is None:
            return []
        begun = [*marks.troubles(self._report, report)]
        self._report = report
        trouble: list[TrainEvent] = []
        for mark in begun:
            try:
                marks.add_mark(self._folder, mark)
            except StudioError as error:
                trouble += self._told_once(error)
        return [report, *begun, *trouble]

    def _keep_mark(self, mark: Marked) -> None:
        """Write a marker; options that were changed are the run's from now on."""
        if mark.mark is Mark.CHANGED:
            self._config = replace(self._config, **dict(mark.options))
            self._measuring.share = self._config.quality_share
            self._update_record(config=asdict(self._config))
        marks.add_mark(self._folder, mark)

    def _keep_findings(self, findings: Findings | None) -> Iterator[TrainEvent]:
        if findings is None:
            return
        yield findings.measured
        if findings.audit:
            yield findings.audit
            audits.write_audit(self._folder, findings.audit)
        if self._measures is not None:
            self._measures.add(findings.measured)

    def close(self, status: Status, message: str = "") -> None:
        """Write how the run ended into its record, as far as the disk allows."""
        self._files.close()
        with suppress(StudioError):
            self._update_record(status=status, message=message)

    def _keep_samples(self, samples: Samples) -> list[TrainEvent]:
        """Store the grid and publish the model that drew it."""
        info = self._describe()
        path = self._folder / models.GRIDS / f"{samples.step:09d}.png"
        save_png(samples.grid, path)
        live = self._folder / models.LIVE
        save_model(live, self._state, info)
        return [replace(samples, path=path), Published(live, info.model_hash, info.step)]

    def _save(self, end: End | None) -> Iterator[TrainEvent]:
        """Write a checkpoint, then thin out the older ones.

        It is measured meanwhile the training goes on (`models.checkpoints` finds its likeness in
        the curves); only at the end of the whole run before, unless that was asked to stop.
        """
        if end is None:
            self._measuring.note()
        likeness = None
        if end is End.BUDGET_SPENT:
            try:
                findings = self._measuring.end(self._has_stopped)
                likeness = findings.measured.likeness if findings else None
                yield from self._keep_findings(findings)
            except StudioError as error:
                yield from self._told_once(error)  # the model is kept all the same
        info = self._describe(likeness)
        path = self._folder / models.CHECKPOINTS / f"{info.step:09d}.safetensors"
        save_checkpoint(path, self._state, info)
        self.newest = path
        self._update_record(
            steps=info.step,
            pictures=info.pictures,
            elapsed_s=info.elapsed_s,
            model_hash=info.model_hash,
        )
        kept = models.checkpoints(self._folder)
        favourite = retention.best(kept)
        if end is not End.STOPPED:  # perhaps it was stopped to go back to one of them
            self._thin_out(kept)
        yield CheckpointSaved(
            path=path,
            step=info.step,
            pictures=info.pictures,
            size_bytes=path.stat().st_size,
            likeness=likeness,
            best=favourite is not None and favourite.path == path,
        )

    def _thin_out(self, kept: Sequence[retention.Kept]) -> None:
        for each in retention.surplus(
            kept,
            self._config.keep_checkpoints,
            self._config.disk_budget_mb * 10**6,
            starred(self._folder) | marks.ways_back(self._folder),
        ):
            with suppress(OSError):  # Windows keeps a file that the Explore page has open.
                each.path.unlink(missing_ok=True)

    def _describe(self, likeness: float | None = None) -> ModelInfo:
        return model_info(
            self._config,
            self._state,
            self._record.preset,
            self._record.data_hash,
            likeness,
            self._stretched_from,
        )

    def _has_stopped(self) -> bool:
        """Ask whether to stop; how long the answer takes, as in a pause, is not the run's time."""
        started = time.perf_counter()
        stopped = self._stopped()
        self._state.elapsed_s -= time.perf_counter() - started
        return stopped

    def _update_record(self, **changes: object) -> None:
        self._record = replace(self._record, **changes)  # type: ignore[arg-type]  # names checked by replace
        self._runs.update(self._record)

    def _forget_lost_grids(self) -> None:
        """Remove grids of steps after the resumed checkpoint; they will be made again."""
        for path in (self._folder / models.GRIDS).glob("*.png"):
            if _GRID.fullmatch(path.name) and int(path.stem) > self._state.step:
                with suppress(OSError):
                    path.unlink(missing_ok=True)
