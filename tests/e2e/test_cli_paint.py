import json
from dataclasses import fields
from pathlib import Path

import pytest

from ganart.cli.main import build_parser
from ganart.engine.style.config import PaintConfig
from ganart.engine.style.painting_record import read_record
from tests.engine.paintings import PAINTINGS, PHOTO

TINY = (
    *("--long-side=32", "--iterations=3", "--coarsest=0", "--start=photo"),
    *("--device=cpu", "--threads=1"),
)


@pytest.fixture
def painting(ganart, tmp_path):
    """Return the folder of a finished tiny painting."""
    result = ganart(
        "paint", PHOTO, "--style", PAINTINGS[0], "--out", tmp_path / "Gemälde", "--json", *TINY
    )
    assert result.code == 0
    assert result.json["iteration"] == 3
    assert result.json["stopped"] is False
    assert Path(result.json["picture"]).is_file()
    return Path(result.json["folder"])


def test_a_photo_becomes_a_painting_that_can_be_refined(ganart, painting):
    result = ganart("paint", "--resume", painting, "--iterations", 2)
    assert result.code == 0
    assert result.out.strip() == str(painting / "picture.png")
    assert "Painting" in result.err
    assert read_record(painting).iteration == 5


def test_nothing_left_to_do_is_told(ganart, painting):
    result = ganart("paint", "--resume", painting)
    assert result.code == 1
    assert "has had all its iterations" in result.err


def test_several_styles_have_weights(ganart, tmp_path):
    result = ganart(
        *("paint", PHOTO, "--out", tmp_path, "--json", "--quiet", *TINY),
        *("--style", PAINTINGS[0], "--weight", 2, "--style", PAINTINGS[1], "--weight", 0.5),
    )
    assert result.err == ""
    record = read_record(Path(json.loads(result.out)["folder"]))
    assert [each.weight for each in record.styles] == [2.0, 0.5]


@pytest.mark.parametrize(
    "arguments",
    [
        (PHOTO, "--style", PAINTINGS[0], "--out", "{out}", "--weight", -1),
        (PHOTO, "--style", PAINTINGS[0], "--out", "{out}", "--weight", 1, "--weight", 2),
        (PHOTO, "--style", PAINTINGS[0], "--out", "{out}", "--long-side", -3),
        ("no such photo.jpg", "--style", PAINTINGS[0], "--out", "{out}"),
        (PHOTO, "--style", "no such painting.jpg", "--out", "{out}"),
        ("--resume", "{out}"),
    ],
)
def test_what_cannot_be_painted_is_told_in_a_sentence(ganart, tmp_path, arguments):
    result = ganart("paint", *(str(each).format(out=tmp_path / "out") for each in arguments))
    assert result.code == 1
    assert result.err.strip().endswith(".")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        (PHOTO,),
        (PHOTO, "--style", PAINTINGS[0]),
        (PHOTO, "--resume", "{out}"),
        ("--resume", "{out}", "--style", PAINTINGS[0]),
        ("--resume", "{out}", "--preset", "lesson"),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(ganart, tmp_path, arguments):
    result = ganart("paint", *(str(each).format(out=tmp_path / "out") for each in arguments))
    assert result.code == 2
    assert "usage: ganart paint" in result.err


def test_every_option_is_a_flag():
    arguments = build_parser().parse_args(["paint", "a.jpg"])
    for option in fields(PaintConfig):
        assert getattr(arguments, option.name) is None
