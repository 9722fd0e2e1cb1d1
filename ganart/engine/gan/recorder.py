"""Writes what a training run yields into the run's folder."""

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from ganart.engine.gan import models, retention
from ganart.engine.gan.batches import to_pixels
from ganart.engine.gan.checkpoint import model_info, save_checkpoint, save_model
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.curves import CurveLog
from ganart.engine.gan.events import (
    CheckpointDue,
    CheckpointSaved,
    End,
    Published,
    Samples,
    Stats,
    TrainEvent,
    Trouble,
)
from ganart.engine.gan.model_file import ModelInfo
from ganart.engine.gan.pace import Pace
from ganart.engine.gan.quality import sliced_wasserstein
from ganart.engine.gan.state import TrainState
from ganart.errors import StudioError
from ganart.files import make_folder
from ganart.media.pictures import save_png
from ganart.project.runs import RunRecord, Runs, Status

GRIDS = "grids"
_GRID = re.compile(r"[0-9]{9}\.png")
LIKENESS_PICTURES = 256
LIKENESS_SHARE = 0.02
"""Share of the time that measuring the likeness may take."""
LIKENESS_BATCH = 32


class Recorder:
    """Receives a run's events between its steps, so that it may read the state."""

    def __init__(
        self,
        folder: Path,
        runs: Runs,
        record: RunRecord,
        config: TrainConfig,
        state: TrainState,
    ) -> None:
        self.newest: Path | None = None
        """The newest checkpoint on disk."""
        self._folder = folder
        self._runs = runs
        self._record = record
        self._config = config
        self._state = state
        self._curves: CurveLog | None = None
        self._has_told = False
        self._likeness_pace = Pace(0.0, LIKENESS_SHARE, state.elapsed_s)

    def begin(self, curves: CurveLog) -> None:
        """Make the folders and write the curves from now on. Raises `FolderNotWritable`."""
        for name in (models.CHECKPOINTS, GRIDS):
            make_folder(self._folder / name)
        self._forget_lost_grids()
        self._curves = curves

    def handle(self, event: TrainEvent) -> Iterator[TrainEvent]:
        """Record one event and yield it, with what its recording brought about.

        Files that cannot be written give a `Trouble` and the training goes on, except for the
        final checkpoint, which raises. The time taken counts as training time.
        """
        started = time.perf_counter()
        try:
            match event:
                case Stats() if self._curves is not None:
                    self._curves.add(event)
                    results: list[TrainEvent] = [event]
                case Samples():
                    results = self._keep_samples(event)
                case CheckpointDue():
                    results = [self._save(event.end)]
                case _:
                    results = [event]
        except StudioError as error:
            if isinstance(event, CheckpointDue):
                if event.end:
                    raise
                results = [Trouble(error)]
            else:
                results = [event, *self._told_once(error)]
        self._state.elapsed_s += time.perf_counter() - started
        yield from results

    def _told_once(self, error: StudioError) -> list[TrainEvent]:
        """Return a `Trouble`, but only the first; checkpoints go on to tell theirs."""
        if self._has_told:
            return []
        self._has_told = True
        return [Trouble(error)]

    def close(self, status: Status, message: str = "") -> None:
        """Write how the run ended into its record, as far as the disk allows."""
        with suppress(StudioError):
            self._update_record(status=status, message=message)

    def _keep_samples(self, samples: Samples) -> list[TrainEvent]:
        """Store the grid and publish the model that drew it."""
        info = self._describe()
        path = self._folder / GRIDS / f"{samples.step:09d}.png"
        save_png(samples.grid, path)
        live = self._folder / models.LIVE
        save_model(live, self._state, info)
        return [replace(samples, path=path), Published(live, info.model_hash, info.step)]

    def _save(self, end: End | None) -> CheckpointSaved:
        """Write a checkpoint, then thin out the older ones."""
        likeness = self._measure_likeness(end)
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
        for each in retention.surplus(
            kept, self._config.keep_checkpoints, self._config.disk_budget_mb * 10**6
        ):
            with suppress(OSError):  # Windows keeps a file that the Explore page has open.
                each.path.unlink(missing_ok=True)
        return CheckpointSaved(
            path=path,
            step=info.step,
            pictures=info.pictures,
            size_bytes=path.stat().st_size,
            likeness=likeness,
            best=favourite is not None and favourite.path == path,
        )

    def _describe(self, likeness: float | None = None) -> ModelInfo:
        record = self._record
        return model_info(self._config, self._state, record.preset, record.data_hash, likeness)

    def _measure_likeness(self, end: End | None) -> float | None:
        """Compare generated with real pictures, unless that would take too much of the time.

        A run that has come to its end is always measured; one that is stopped answers at once.
        """
        if end is End.STOPPED:
            return None
        if end is None and not self._likeness_pace.due(self._state.elapsed_s):
            return None
        started = time.perf_counter()
        pixels = self._state.batches.pixels
        step = max(1, len(pixels) // LIKENESS_PICTURES)
        real = pixels[::step][:LIKENESS_PICTURES].permute(0, 2, 3, 1).cpu().numpy()
        likeness = sliced_wasserstein(self._generate(len(real)), real)
        self._likeness_pace.done(self._state.elapsed_s, time.perf_counter() - started)
        return likeness

    @torch.inference_mode()
    def _generate(self, count: int) -> npt.NDArray[np.uint8]:
        """Draw pictures from the averaged generator, always of the same latents."""
        random = torch.Generator().manual_seed(0)
        latents = torch.randn(count, self._config.latent_size, generator=random)
        parts = torch.split(latents.to(self._state.device), LIKENESS_BATCH)
        return np.concatenate([to_pixels(self._state.ema(part)) for part in parts])

    def _update_record(self, **changes: object) -> None:
        self._record = replace(self._record, **changes)  # type: ignore[arg-type]  # names checked by replace
        self._runs.update(self._record)

    def _forget_lost_grids(self) -> None:
        """Remove grids of steps after the resumed checkpoint; they will be made again."""
        for path in (self._folder / GRIDS).glob("*.png"):
            if _GRID.fullmatch(path.name) and int(path.stem) > self._state.step:
                with suppress(OSError):
                    path.unlink(missing_ok=True)
