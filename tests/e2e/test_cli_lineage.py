"""Branches, stars, blends, imports and time-lapses from the command line."""

import pickle
from pathlib import Path

import pytest

from ganart.engine.gan.models import LIVE
from ganart.project.runs import Runs
from tests.e2e.conftest import TINY


def runs_of(ganart, project):
    return ganart("runs", "--project", project, "--json").json["runs"]


@pytest.fixture
def branched(ganart, trained):
    """Return a project with a run of 10 steps and a branch of it that goes on to step 12."""
    result = ganart("train", "--project", trained, "--branch=last@10", "--pictures=8", "--json")
    assert result.code == 0, result.err
    return trained


def test_a_branch_is_a_run_with_a_parent(ganart, branched):
    branch, parent = runs_of(ganart, branched)
    assert (branch["parent"], branch["parent_step"], branch["origin"]) == (parent["run"], 10, "")
    assert (branch["step"], branch["checkpoints"]) == (12, [10, 12])
    assert parent["checkpoints"] == [10]
    told = ganart("runs", "--project", branched).out.splitlines()
    assert f"branched off {parent['run']}@10" in told[0]
    assert "branched" not in told[1]


def test_a_run_starts_from_a_model(ganart, trained):
    (parent,) = Runs(trained / "runs").list()
    given = ("--project", trained, "--pictures=8", "--learning-rate=0.0001", "--json", *TINY)
    for model in ("best", parent.model_hash, trained / "runs" / parent.id / LIVE):
        result = ganart("train", "--from", model, *given)
        assert result.code == 0, result.err
        assert runs_of(ganart, trained)[0]["origin"] == parent.model_hash
    wider = ganart("train", "--from=best", *given, "--width=8")
    assert wider.code == 1
    assert "width cannot be 8. Choose 4." in wider.err


def test_stars_are_shown_and_taken_away(ganart, branched):
    assert ganart("runs", "--project", branched, "--star=last@12").out.count("12*") == 1
    assert runs_of(ganart, branched)[0]["starred"] == [12]
    assert "*" not in ganart("runs", "--project", branched, "--unstar=last@12").out


@pytest.mark.parametrize("moment", ["last@11", "last", "last@", "last@-1", "@10", "none@10"])
def test_moments_that_are_not_there_are_told(ganart, trained, moment):
    for command in (
        ("train", "--branch", moment),
        ("runs", "--star", moment),
        ("blend", "last@10", moment if "@" in moment else "none"),
    ):
        result = ganart(*command, "--project", trained)
        assert result.code == 1
        assert result.err
    assert len(runs_of(ganart, trained)) == 1


def test_a_blend_is_a_model_to_draw_with(ganart, branched, tmp_path):
    result = ganart(
        *("blend", "last@10", "last@12", "--share=0.5", "--name=Half", "--project", branched),
        "--json",
    )
    assert result.code == 0, result.err
    assert result.json["name"] == "Half"
    assert Path(result.json["file"]).is_file()
    drawn = ganart(
        *("sample", "--project", branched, "--model", result.json["model"], "--seeds=1"),
        *("--out", tmp_path, "--json"),
    )
    assert drawn.json["model"] == result.json["model"]
    bad = ganart("blend", "last@10", "last@12", "--project", branched, "--fine=1", "--split=3")
    assert bad.code == 1
    assert "split cannot be 3" in bad.err
    for alone in ("--fine=1", "--split=4"):
        bad = ganart("blend", "last@10", "last@12", "--project", branched, alone)
        assert bad.code == 1
        assert "--fine and --split together" in bad.err


def test_a_model_is_taken_into_another_project(ganart, trained, tmp_path):
    other = tmp_path / "Other.ganart"
    assert ganart("train", "--project", other).code == 1  # made, though without pictures
    (record,) = Runs(trained / "runs").list()
    model = trained / "runs" / record.id / LIVE
    result = ganart("import", model, "--project", other, "--json")
    assert result.json["model"] == record.model_hash
    assert ganart("sample", "--project", other, "--model", record.model_hash).code == 0
    trap = tmp_path / "network.pkl"
    trap.write_bytes(pickle.dumps({"G_ema": 1}))
    refused = ganart("import", trap, "--project", other)
    assert refused.code == 1
    assert "hidden" in refused.err


def test_a_time_lapse_of_the_last_run(ganart, branched, tmp_path):
    for more in ((), ("--seeds=1-4",)):
        result = ganart(
            *("timelapse", "--project", branched, "--seconds=0.5", "--fps=8", *more),
            *("--format=gif", "--out", tmp_path, "--json"),
        )
        assert result.code == 0, result.err
        assert Path(result.json["file"]).is_file()
