"""What the tests of the pages share: a session whose trainings are scripted, and tiny models."""

import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtGui import QImage

from ganart.engine.asks import Ask, Change, Poll
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.events import (
    End,
    Estimate,
    Finished,
    Mark,
    Marked,
    Phase,
    PhaseChanged,
    RunStarted,
    Samples,
    Stats,
)
from ganart.engine.gan.lesson.records import Chapter, Said
from ganart.engine.gan.models import LIVE
from ganart.media.pictures import save_png
from ganart.project.runs import RunRecord, Runs
from ganart.project.store import Project
from ganart.workers.run import Run
from ganart.workers.session import Session

WAIT_MS = 60_000
"""Much longer than anything takes, also on a machine that is busy."""


def stats(step: int) -> Stats:
    """Return a plausible record after `step` steps of 10 pictures."""
    return Stats(
        step=step,
        pictures=10 * step,
        elapsed_s=float(step),
        loss_g=1.0 + step,
        loss_d=0.5,
        score_real=0.3,
        score_fake=-0.3,
        pictures_per_s=10.0,
        progress=min(1.0, step / 100),
        time_left_s=100.0 - step,
        skipped_steps=0,
    )


def samples(step: int, run_folder: Path | None = None) -> Samples:
    """Return a grid of one grey, kept in a run's folder if there is one."""
    grid, path = np.full((16, 16, 3), step, np.uint8), None
    if run_folder is not None:
        path = run_folder / "grids" / f"{step:09}.png"
        path.parent.mkdir(exist_ok=True)
        save_png(grid, path)
    return Samples(step, 10 * step, float(step), grid, path)


class ScriptedSession(Session):
    """A real session in which training is acted: it goes on until it is stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Ask | Change] = []
        self.configs: list[TrainConfig] = []
        self.origins: list[Path | None] = []
        self.begin_at = 1
        self.estimates_hang = False
        self.minutes_more: float | None = None
        self.lessons: list[str] = []
        self.branched: list[tuple[str, int, dict[str, Any]]] = []

    def start_training(self, config: TrainConfig, preset: str, origin: Path | None = None) -> Run:
        self.configs.append(config)
        self.origins.append(origin)
        runs = Runs(self.project.runs_folder)
        record = runs.create({"side": config.side, "minutes": config.minutes}, preset)
        return self._begin_training(self._act(runs, record))

    def start_lesson(self, chapter: Chapter) -> Run:
        self.lessons.append(chapter.key)
        runs = Runs(self.project.runs_folder)
        record = runs.create({"side": 32, "minutes": 4.0}, chapter.preset)
        return self._begin_training(self._act(runs, record, has_narrator=True))

    def resume_training(self, run_id: str, minutes: float = 0.0) -> Run:
        self.minutes_more = minutes
        runs = Runs(self.project.runs_folder)
        return self._begin_training(self._act(runs, runs.load(run_id)))

    def branch_training(
        self,
        run_id: str,
        step: int,
        changes: Mapping[str, Any] | None = None,
        minutes: float = 0.0,
    ) -> Run:
        self.branched.append((run_id, step, dict(changes or {})))
        self.minutes_more = minutes
        runs = Runs(self.project.runs_folder)
        config = {**runs.load(run_id).config, **(changes or {})}
        return self._begin_training(self._act(runs, runs.create(config, "branch")))

    def estimate(self, config: TrainConfig) -> Run:
        def job(poll: Poll) -> Iterator[object]:
            yield PhaseChanged(Phase.WARMING_UP)
            while self.estimates_hang and poll() is not Ask.STOP:
                threading.Event().wait(0.005)
            yield Estimate(68.7, 600.0, 41_237, 300_000_000)

        return self.begin(job, "estimate", announce=False)

    def _act(
        self, runs: Runs, record: RunRecord, *, has_narrator: bool = False
    ) -> Callable[[Poll], Iterator[object]]:
        first, beat = self.begin_at, threading.Event()

        def job(poll: Poll) -> Iterator[object]:
            yield RunStarted(record.id, runs.folder(record.id), 24)
            yield PhaseChanged(Phase.TRAINING)
            for step in range(first, first + 4):
                yield stats(step)
                yield samples(step, runs.folder(record.id))
            if has_narrator:
                yield Said(4, 4.0, "standing", "The loss is {loss}.", (("loss", 0.25),))
            while (ask := poll()) is not Ask.STOP:
                if ask is not None:
                    self.asked.append(ask)
                if isinstance(ask, Change):
                    yield Marked(9, 90, 9.0, Mark.CHANGED, ask.reason, ask.options)
                beat.wait(0.005)
                yield PhaseChanged(Phase.TRAINING)
            yield Finished(End.STOPPED, None)

        return job


def keep_model_file(
    project: Project,
    seed: int,
    replacing: Path | None = None,
    pictures: int = 0,
    *,
    shape: str = "1:1",
    stretched_from: float = 0.0,
) -> Path:
    """Leave a tiny untrained model, as the newest of a run, and return its file.

    It says that it was shown so many `pictures`, which had been `stretched_from` another shape.
    """
    import torch

    from ganart.engine.gan.checkpoint import model_info, save_model
    from ganart.engine.gan.state import TrainState

    config = TrainConfig(side=8, shape=shape, architecture="fc", latent_size=8, seed=seed)
    width, height = config.size
    black = np.zeros((2, height, width, 3), np.uint8)
    state = TrainState.fresh(config, black, torch.device("cpu"))
    state.pictures = pictures
    path = replacing
    if path is None:
        runs = Runs(project.runs_folder)
        record = runs.create({"side": 8, "shape": shape}, "lesson-fc")
        path = runs.folder(record.id) / LIVE
    info = model_info(config, state, "lesson-fc", "data", stretched_from=stretched_from)
    save_model(path, state, info)
    return path


def pixels_of(image: QImage) -> np.ndarray:
    """Return the (height, width, 3) pixels of an image."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()
