"""Runs with kept moments, for the tests of the time machine: real checkpoints of tiny networks."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from pytestqt.qtbot import QtBot

from ganart.engine.gan.branch import checkpoint_path
from ganart.engine.gan.checkpoint import model_info, save_checkpoint
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.state import TrainState
from ganart.project.runs import Runs
from ganart.project.store import Project
from ganart.ui.pages.train_moments import TrainMoments
from ganart.workers.moments import KeptMoment
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS

SIDE = 16
CONFIG = TrainConfig(side=SIDE, width=8, width_cap=16, latent_size=8, minutes=1.0, device="cpu")


def keep_moment(project: Project, run_id: str, step: int, seed: int = 0) -> Path:
    """Write the checkpoint of an untrained model after 10 pictures a step.

    Those of one seed are relatives, each of another step drawing other pictures.
    """
    black = np.zeros((2, SIDE, SIDE, 3), np.uint8)
    config = replace(CONFIG, seed=seed)
    state = TrainState.fresh(config, black, torch.device("cpu"))
    state.step, state.pictures, state.elapsed_s = step, 10 * step, float(step)
    shift = torch.Generator().manual_seed(step)
    with torch.no_grad():
        for each in state.ema.parameters():
            each.add_(0.3 * each.std().nan_to_num() * torch.randn(each.shape, generator=shift))
    path = checkpoint_path(Runs(project.runs_folder).folder(run_id), step)
    path.parent.mkdir(exist_ok=True)
    save_checkpoint(path, state, model_info(config, state, "sketch-32", "data"))
    return path


def make_run(project: Project, steps: tuple[int, ...], seed: int = 0) -> str:
    """Make a run with moments at these steps and return its id."""
    run_id = Runs(project.runs_folder).create({"side": SIDE}, "sketch-32").id
    for step in steps:
        keep_moment(project, run_id, step, seed)
    return run_id


def a_moment() -> KeptMoment:
    """Return a moment without files."""
    return KeptMoment(
        Path("a"), "0" * 16, CONFIG, 3, 30, 3.0, None, is_best=False, is_starred=False
    )


def shown_moments(session: Session, run_id: str, qtbot: QtBot) -> TrainMoments:
    """Return the moments of a run and their stage, shown and drawn."""
    moments = TrainMoments(session)
    qtbot.addWidget(moments)
    qtbot.addWidget(moments.stage)
    for part, size in ((moments, (420, 520)), (moments.stage, (420, 480))):
        part.resize(*size)
        part.show()
    moments.show_run(run_id)
    settle(moments, qtbot)
    return moments


def settle(moments: TrainMoments, qtbot: QtBot) -> None:
    """Wait until everything is read and drawn."""
    qtbot.waitUntil(
        lambda: not (moments.shelf.is_busy() or moments.easel.drawing._wanted), timeout=WAIT_MS
    )


def steps(moments: TrainMoments) -> list[int]:
    """Return the steps of the moments that there are."""
    return [each.step for each in moments._found.moments]
