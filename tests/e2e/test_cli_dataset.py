"""Scanning, examining and thinning out a dataset from the command line."""

import os

import pytest
from PIL import Image

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.issues import ISSUES
from ganart.datasets.records import Mark
from ganart.resources import resource

PHOTOS = sorted(resource("sample/photos").glob("*.jpg"))


@pytest.fixture
def folder(tmp_path):
    """Return a folder with two photos, a small mirrored one of them, a copy and bad files."""
    folder = tmp_path.resolve() / "هنر 🎨"
    folder.mkdir()
    for number in (0, 1):
        with Image.open(PHOTOS[number]) as opened:
            photo = opened.convert("RGB").resize((300, 200))
        photo.save(folder / f"{number}.png")
    photo.resize((75, 50)).transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(folder / "small.png")
    photo.save(folder / "copy.bmp")
    Image.new("RGB", (90, 90), "white").save(folder / "blank.png")
    (folder / "page.jpg").write_text("<html>")
    (folder / "new\nline.png").touch()
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.png")
    return folder


@pytest.fixture
def project(tmp_path):
    return tmp_path / "Art.ganart"


def test_scan_tells_what_is_there(ganart, folder, project):
    result = ganart("dataset", "scan", "--project", project, folder, "--json")
    assert result.code == 0
    assert (result.json["readable"], result.json["excluded"]) == (5, 0)
    reasons = {path.rsplit("/", 1)[-1]: why for path, why in result.json["left_out"].items()}
    assert reasons["page.jpg"] == "it is not a picture"
    assert reasons["new�line.png"] == "it is empty"
    assert ganart("dataset", "scan", "--project", project).out.startswith("5 pictures")


def test_renamed_pictures_keep_their_notes(ganart, folder, project):
    ganart("dataset", "scan", "--project", project, folder)
    with Catalogue(project / "catalogue.sqlite") as catalogue:
        catalogue.set_stars({folder / "0.png": 4})
    (folder / "0.png").rename(folder / "zero.png")
    result = ganart("dataset", "scan", "--project", project)
    assert "Known pictures under another name: 1." in result.err
    with Catalogue(project / "catalogue.sqlite") as catalogue:
        assert {row.path.name: row.stars for row in catalogue.pictures()}["zero.png"] == 4


def test_doctor_counts_and_lists_issues(ganart, folder, project):
    ganart("dataset", "scan", "--project", project, folder)
    told = ganart("dataset", "doctor", "--project", project, "--json").json
    assert told["pictures"] == 5
    assert len(told["left_out"]) >= 2
    assert set(told["issues"]) == {issue.key for issue in ISSUES}
    empty = told["issues"]["empty"]
    assert empty["count"] == 1
    assert [each["path"].rsplit("/", 1)[-1] for each in empty["pictures"]] == ["blank.png"]
    assert 0.9 < empty["pictures"][0]["score"] <= 1
    more = ganart(
        "dataset", "doctor", "--project", project, "--json", "--threshold", "small=0.8"
    ).json
    assert more["issues"]["small"]["count"] == 2


def test_a_list_tells_of_nothing_else(ganart, folder, project):
    ganart("dataset", "scan", "--project", project, folder)
    lines = ganart("dataset", "doctor", "--project", project, "--list", "empty").out.splitlines()
    assert [line.split()[0] for line in lines] == ["1", lines[1].split()[0]]
    assert "blank.png" in lines[1]
    both = ganart(
        *("dataset", "doctor", "--project", project, "--json", "--list", "empty"),
        *("--list", "small"),
    ).json
    assert both["issues"].keys() == {"empty", "small"}


@pytest.mark.parametrize("threshold", ["nonsense=0.5", "small", "small=2", "small=nan"])
def test_wrong_thresholds_are_told(ganart, project, threshold):
    result = ganart("dataset", "doctor", "--project", project, "--threshold", threshold)
    assert result.code == 2
    assert "such as blurred=0.5" in result.err


def test_duplicates_are_found_and_rejected(ganart, folder, project):
    ganart("dataset", "scan", "--project", project, folder)
    exact = ganart("dataset", "duplicates", "--project", project, "--json", "--exact").json
    assert [(group["exact"], len(group["others"])) for group in exact["groups"]] == [(True, 1)]
    told = ganart("dataset", "duplicates", "--project", project, "--json").json
    (group,) = told["groups"]
    assert {path.rsplit("/", 1)[-1] for path in [group["keep"], *group["others"]]} == {
        "1.png",
        "copy.bmp",
        "small.png",
    }
    assert told["rejected"] == []
    told = ganart("dataset", "duplicates", "--project", project, "--json", "--reject").json
    assert told["rejected"] == group["others"]
    with Catalogue(project / "catalogue.sqlite") as catalogue:
        marks = {str(row.path): row.mark for row in catalogue.pictures()}
    assert {path for path, mark in marks.items() if mark is Mark.REJECTED} == set(group["others"])
    assert len(list(folder.iterdir())) >= 7  # the files are left alone
    assert "2 rejected" not in ganart("dataset", "duplicates", "--project", project).out


def test_without_a_project_or_pictures_it_is_told(ganart, tmp_path, project):
    result = ganart("dataset", "doctor", "--project", project)
    assert result.code == 1
    assert result.err
    (tmp_path / "bare").mkdir()
    ganart("dataset", "scan", "--project", project, tmp_path / "bare")
    assert ganart("dataset", "doctor", "--project", project, "--json").json["pictures"] == 0
    assert ganart("dataset", "duplicates", "--project", project, "--json").json["groups"] == []
