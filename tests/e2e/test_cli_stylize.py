from pathlib import Path

import pytest
from PIL import Image

from ganart.media.metadata import read_recipe

SMALL = ("--long-side=40", "--threads=1", "--device=cpu")


@pytest.fixture
def photos(pictures_folder):
    for path in sorted(pictures_folder.iterdir())[2:]:
        path.unlink()
    return pictures_folder


def test_a_folder_is_stylized_under_two_looks(ganart, photos, tmp_path):
    out = tmp_path / "خروجی"
    result = ganart(
        "stylize", photos, "--look=charcoal", "--look", min(photos.iterdir()), "--out", out,
        "--format=webp", "--sheet", "--json", *SMALL,
    )  # fmt: skip
    assert result.code == 0
    assert (result.json["done"], result.json["failed"]) == (4, 0)
    for name in result.json["files"]:
        assert Path(name).parent == out
        with Image.open(name) as picture:
            assert (picture.format, max(picture.size)) == ("WEBP", 40)
    assert Path(result.json["sheet"]).is_file()
    assert read_recipe(Path(result.json["files"][0])).styles[0].name == "charcoal"

    again = ganart("stylize", "--resume", out, "--json")
    assert (again.json["done"], again.json["files"]) == (4, [])


def test_looks_are_blended_by_their_shares(ganart, photos, tmp_path):
    result = ganart(
        "stylize", photos, "--look=charcoal=2", "--look=starry", "--blend", "--strength=0.5",
        "--out", tmp_path / "out", "--json", *SMALL,
    )  # fmt: skip
    assert result.json["done"] == 2
    recipe = read_recipe(Path(result.json["files"][0]))
    assert [(each.name, each.weight) for each in recipe.styles] == [("charcoal", 2), ("starry", 1)]
    assert recipe.options["strength"] == 0.5


def test_a_bad_photo_is_told_with_code_1_and_retried(ganart, photos, tmp_path):
    bad = photos / "zebra.jpg"
    bad.write_bytes(b"<html>")
    out = tmp_path / "out"
    result = ganart("stylize", photos, "--look=charcoal", "--out", out, *SMALL)
    assert result.code == 1
    assert "2 done, 0 skipped, 1 failed" in result.out
    assert "zebra.jpg cannot be used: it is not a picture" in result.err
    Image.new("RGB", (9, 9)).save(bad)
    assert ganart("stylize", "--resume", out, "--retry").code == 0


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (("--look=nowhere.jpg",), "nowhere.jpg"),
        (("--look=charcoal=0",), "share"),
        (("--look=charcoal", "--pattern={x}"), "pattern"),
        (("--look=charcoal", "--device=mps"), "device"),
    ],
)
def test_troubles_are_told_with_code_1(ganart, photos, tmp_path, wrong, told):
    result = ganart("stylize", photos, "--out", tmp_path / "out", *wrong)
    assert result.code == 1
    assert told in result.err


@pytest.mark.parametrize("sources", ["nothere.jpg", "empty"])
def test_where_nothing_is_to_be_stylized_no_folder_is_made(ganart, tmp_path, sources):
    (tmp_path / "empty").mkdir()
    result = ganart("stylize", tmp_path / sources, "--look=charcoal", "--out", tmp_path / "out")
    assert result.code == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        ("--look=charcoal",),
        ("--out=x",),
        ("--look=charcoal", "--out=x", "--quality=0"),
        ("--look=charcoal", "--out=x", "--strength=2"),
        ("--look=charcoal", "--look=style.jpg", "--blend", "--out=x"),
    ],
)
def test_wrong_usage_is_told_with_code_2(ganart, photos, wrong):
    assert ganart("stylize", photos, *wrong).code == 2


@pytest.mark.parametrize(
    "wrong", [("--resume=x", "--look=charcoal"), ("--resume=x", "--out=y"), ("--retry",)]
)
def test_what_a_resumed_batch_cannot_heed_is_wrong_usage(ganart, wrong):
    assert ganart("stylize", *wrong).code == 2


def test_nothing_to_resume_is_told(ganart, tmp_path):
    result = ganart("stylize", "--resume", tmp_path)
    assert result.code == 1
    assert "there is none" in result.err
