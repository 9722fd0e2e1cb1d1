"""Two processes that train one run together, with gloo on the processor."""

import csv
import os
import shutil
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load_file

from ganart.engine.asks import Ask
from ganart.engine.errors import BadOption, TeamNotMet
from ganart.engine.gan import team as teams
from ganart.engine.gan import trainer
from ganart.engine.gan.models import CHECKPOINTS
from ganart.engine.gan.team import Team
from ganart.project.runs import Runs
from ganart.project.store import open_project
from tests.engine.runs import after, resume, train
from tests.engine.toy_team import BATCH, options
from tests.engine.toys import fresh, make_project, tiny

ROOT = Path(__file__).parents[2]


def together(folder, architecture, pictures, *run_id, lose_at=0):
    """Let two processes train, and return their exit codes, and what they printed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = [sys.executable, "-m", "tests.engine.toy_team", str(folder), architecture]
    common = {"WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
    processes = []
    for rank in ("0", "1"):
        lost = {"LOSE_AT": str(lose_at)} if rank == "1" else {}
        processes.append(
            subprocess.Popen(
                [*program, str(pictures), *run_id],
                cwd=ROOT,
                env={**os.environ, **common, **lost, "RANK": rank},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
    said = [process.communicate(timeout=300) for process in processes]
    return [process.returncode for process in processes], said


def curve(project, run_id):
    """Return steps and losses of a run, without what the clock says."""
    path = Runs(project.runs_folder).folder(run_id) / "curves.csv"
    with path.open(newline="") as file:
        return [
            [float(row[name]) for name in ("step", "loss_g", "loss_d")]
            for row in csv.DictReader(file)
        ]


def final(project, run_id):
    """Return the tensors of a run's newest checkpoint."""
    folder = Runs(project.runs_folder).folder(run_id) / CHECKPOINTS
    return load_file(max(folder.glob("*.safetensors")))


def only_run(project):
    (record,) = Runs(project.runs_folder).list()
    return record


def apart(one, other):
    """Return what differs in two checkpoints by more than rounding makes of it.

    Running averages are left out: a process moves them with every piece that it computes, so one
    that computes all pieces moves them further.
    """
    assert one.keys() == other.keys()
    return [
        name
        for name, each in one.items()
        if "running" not in name
        and not each.double().allclose(other[name].double(), rtol=1e-3, atol=1e-4)
    ]


@pytest.mark.parametrize("architecture", ["r3", pytest.param("style", marks=pytest.mark.slow)])
def test_two_processes_train_what_one_trains(tmp_path, pictures_folder, architecture, monkeypatch):
    """Same pictures, same batch: the same curves and the same weights, and one goes on with it."""
    make_project(tmp_path / "two.ganart", pictures_folder).close()
    codes, said = together(tmp_path / "two.ganart", architecture, 10 * BATCH)
    assert codes == [0, 0], said
    monkeypatch.setattr(trainer, "STATS_EVERY_S", 0.0)
    with make_project(tmp_path / "one.ganart", pictures_folder) as project:
        train(project, options(architecture, 10 * BATCH))
        alone, record = final(project, only_run(project).id), only_run(project)
        curve_alone = curve(project, record.id)
        assert len(curve_alone) == 10
    with open_project(tmp_path / "two.ganart") as project:
        ours = only_run(project)
        assert (ours.status, ours.steps, ours.pictures) == ("finished", 10, 10 * BATCH)
        assert apart(final(project, ours.id), alone) == []
        np.testing.assert_allclose(curve(project, ours.id), curve_alone, rtol=1e-4)
        resume(project, ours.id, pictures=BATCH)
        assert only_run(project).pictures == 11 * BATCH


@pytest.fixture
def alone(tmp_path, pictures_folder):
    """Return the tensors at the end of ten steps that one process did."""
    with make_project(tmp_path / "alone.ganart", pictures_folder) as project:
        train(project, replace(options("r3", 10 * BATCH), at_once=BATCH // 2))
        return final(project, only_run(project).id)


@pytest.mark.slow
def test_a_lost_process_ends_the_others_and_two_or_one_go_on(tmp_path, pictures_folder, alone):
    make_project(tmp_path / "team.ganart", pictures_folder).close()
    codes, said = together(tmp_path / "team.ganart", "r3", 10 * BATCH, lose_at=7)
    assert codes[1] == 9
    assert codes[0] != 0
    assert "TeamBroken" in said[0][1]
    with open_project(tmp_path / "team.ganart") as project:
        lost = only_run(project)
        assert (lost.status, lost.steps) == ("failed", 4)
        assert "cannot be reached" in lost.message
    shutil.copytree(tmp_path / "team.ganart", tmp_path / "copy.ganart")
    codes, said = together(tmp_path / "team.ganart", "r3", 6 * BATCH, lost.id)
    assert codes == [0, 0], said
    with open_project(tmp_path / "team.ganart") as project:
        assert only_run(project).status == "finished"
        assert apart(final(project, lost.id), alone) == []
    with open_project(tmp_path / "copy.ganart") as project:
        resume(project, lost.id, pictures=6 * BATCH)
        assert only_run(project).status == "finished"
        assert apart(final(project, lost.id), alone) == []


@pytest.mark.slow
def test_two_processes_go_on_with_what_one_began(tmp_path, pictures_folder, alone):
    with make_project(tmp_path / "begun.ganart", pictures_folder) as project:
        train(project, options("r3", 10 * BATCH), *after(4, Ask.STOP))
        begun = only_run(project)
        assert (begun.status, begun.steps) == ("stopped", 4)
    codes, said = together(tmp_path / "begun.ganart", "r3", 6 * BATCH, begun.id)
    assert codes == [0, 0], said
    with open_project(tmp_path / "begun.ganart") as project:
        assert (only_run(project).status, only_run(project).steps) == ("finished", 10)
        assert apart(final(project, begun.id), alone) == []


def test_rows_share_a_batch_out():
    shares = [Team(rank, 3).rows(10) for rank in range(3)]
    assert [number for rows in shares for number in rows] == list(range(10))
    assert {len(rows) for rows in shares} == {3, 4}


def test_a_batch_too_small_for_all_is_refused():
    config = tiny(architecture="dcgan", batch=4)
    state = fresh(config)
    state.team = Team(0, 3)
    with pytest.raises(BadOption):
        state.pieces(config)


def test_alone_there_is_no_team(monkeypatch):
    monkeypatch.delenv("WORLD_SIZE", raising=False)
    assert teams.join() is None


def test_a_team_that_does_not_meet_is_told_in_words(monkeypatch):
    monkeypatch.setenv("WORLD_SIZE", "2")
    monkeypatch.setenv("RANK", "0")
    for name in ("MASTER_ADDR", "MASTER_PORT"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(TeamNotMet, match="torchrun"):
        teams.join()
