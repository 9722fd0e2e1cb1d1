"""Bad input ends in a sentence on standard error and a code, and nothing made is lost."""

import shutil
from collections import namedtuple

import pytest

from ganart.project.runs import Runs
from ganart.project.store import create_project, open_project
from tests.e2e.conftest import TINY

BUDGET = ["--pictures=8", *TINY]


def refused(result, *sentences):
    """Assert that a command failed as it should."""
    assert result.code == 1
    assert result.out == ""
    for sentence in sentences:
        assert sentence in result.err


def test_an_empty_folder(ganart, tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()
    result = ganart("train", folder, "--project", tmp_path / "a", *BUDGET)
    refused(result, "no readable picture", "Add a folder of pictures")


def test_no_folder_at_all(ganart, tmp_path):
    refused(ganart("train", "--project", tmp_path / "a", *BUDGET), "no readable picture")


def test_a_folder_that_is_not_there(ganart, tmp_path):
    result = ganart("train", tmp_path / "gone", "--project", tmp_path / "a", *BUDGET)
    refused(result, "gone cannot be reached", "Put the folder back")


def test_one_picture(ganart, tmp_path, pictures_folder):
    for path in sorted(pictures_folder.iterdir())[1:]:
        path.unlink()
    result = ganart("train", pictures_folder, "--project", tmp_path / "a", *BUDGET)
    refused(result, "at least 2 readable pictures, and there are 1", "Add more pictures")


def test_no_readable_picture(ganart, tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "empty.png").touch()
    (folder / "text.jpg").write_text("not a picture")
    result = ganart("train", folder, "--project", tmp_path / "a", *BUDGET)
    refused(result, "files refused: 2", "empty.png: it is empty", "text.jpg: it is not a picture")


def test_some_unreadable_pictures_are_named_and_left_out(ganart, tmp_path, pictures_folder):
    (pictures_folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n broken")
    result = ganart("train", pictures_folder, "--project", tmp_path / "a", *BUDGET)
    assert result.code == 0
    assert "Left out" in result.err
    assert "broken.png" in result.err


def test_a_project_where_nothing_can_be_written(ganart, tmp_path, pictures_folder):
    taken = tmp_path / "taken"
    taken.write_text("a file")
    result = ganart("train", pictures_folder, "--project", taken / "a", *BUDGET)
    refused(result, "cannot be written to", "Choose another folder")


def test_a_folder_that_is_no_project(ganart, tmp_path, pictures_folder):
    folder = tmp_path / "a.ganart"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    for command in (["train", pictures_folder, *BUDGET], ["sample"], ["walk"]):
        refused(ganart(*command, "--project", folder), "is not a project", "was changed")
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("command", [["runs"], ["dataset", "doctor"], ["train", "--resume=last"]])
def test_a_project_that_is_not_there(ganart, tmp_path, command):
    gone = tmp_path / "gone" / "art"
    result = ganart(*command, "--project", gone)
    refused(result, f"nothing at {gone}.ganart", f"above that exists is {tmp_path}.", "Check the")
    assert list(tmp_path.iterdir()) == []


def test_a_project_that_is_open_elsewhere(ganart, trained):
    with open_project(trained):
        for command in (["train", *BUDGET], ["train", "--resume=last"], ["sample"], ["walk"]):
            result = ganart(*command, "--project", trained)
            refused(result, "is open in another window", "Nothing was changed.")
    assert ganart("sample", "--project", trained, "--seeds=1").code == 0


def checkpoint_of(project):
    (path,) = project.glob("runs/*/checkpoints/*.safetensors")
    return path


def test_a_damaged_checkpoint(ganart, trained):
    path = checkpoint_of(trained)
    path.write_bytes(path.read_bytes()[:-9])
    result = ganart("train", "--project", trained, "--resume=last", "--pictures=8")
    refused(result, "no checkpoint that can be used", "Start a new run")
    assert ganart("sample", "--project", trained, "--seeds=1").code == 0  # from the live model

    (live,) = trained.glob("runs/*/live.safetensors")
    live.write_bytes(b"")
    result = ganart("sample", "--project", trained, "--seeds=1")
    refused(result, "cannot be used: the project has no such model")


def test_the_last_run_where_there_is_none(ganart, tmp_path, pictures_folder):
    project = tmp_path / "a.ganart"
    create_project(project).close()
    refused(
        ganart("train", pictures_folder, "--project", project, "--resume", "last"),
        "has no training run yet",
    )
    refused(ganart("timelapse", "--project", project), "has no training run yet")
    listed = ganart("runs", "--project", project)
    assert listed.code == 0
    assert listed.out.strip() == "This project has no training run yet."


@pytest.mark.parametrize("wanted", ["20200101-000000-none", "../elsewhere"])
def test_a_run_that_is_not_there(ganart, tmp_path, pictures_folder, wanted):
    project = tmp_path / "a.ganart"
    create_project(project).close()
    result = ganart("train", pictures_folder, "--project", project, "--resume", wanted)
    assert result.code == 1
    assert wanted in result.err


def test_a_finished_run_without_more_time(ganart, trained):
    result = ganart("train", "--project", trained, "--resume=last")
    refused(result, "has used all its time", "All it made is kept.", "more minutes")


def test_a_model_that_is_not_there(ganart, trained):
    result = ganart("sample", "--project", trained, "--model=ffffffffffffffff")
    refused(result, "no such model")


@pytest.mark.parametrize(
    "wrong", ["--minutes=-1", "--batch=1", "--augment=0.9", "--gamma=nan", "--device=mps"]
)
def test_options_out_of_range(ganart, trained, wrong):
    result = ganart("train", "--project", trained, *BUDGET, wrong)
    refused(result, f"{wrong[2:].partition('=')[0]} cannot be", "Choose ")
    assert len(Runs(trained / "runs").list()) == 1


@pytest.mark.parametrize("wrong", ["--side=33", "--batch=many", "--preset=other"])
def test_options_that_are_none(ganart, trained, wrong):
    assert ganart("train", "--project", trained, *BUDGET, wrong).code == 2


def test_a_walk_of_one_seed(ganart, trained):
    refused(ganart("walk", "--project", trained, "--seeds=3"), "at least two")
    assert [path for path in (trained / "artworks").iterdir() if path.is_file()] == []


def test_a_full_disk(ganart, trained, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1, 1, 0))
    before = checkpoint_of(trained).read_bytes()
    result = ganart("train", "--project", trained, "--resume=last", "--pictures=8")
    refused(result, "is full", "Everything saved before is still there.", "Free some space")
    assert checkpoint_of(trained).read_bytes() == before


def test_a_place_for_artworks_that_is_a_file(ganart, trained, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("a file")
    for command in ("sample", "walk"):
        result = ganart(command, "--project", trained, "--seeds=1,2", "--out", taken)
        refused(result, "cannot be written to")
