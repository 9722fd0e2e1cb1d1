"""Sources in, prepared pictures and sets out, from the command line."""

import shutil
import zipfile

import numpy as np
import pytest
from PIL import Image

from tests.unit.films import make_video


@pytest.fixture
def project(tmp_path):
    return tmp_path / "Art.ganart"


def test_folder_zip_and_film_become_one_dataset_and_are_exported(
    ganart, project, pictures_folder, tmp_path
):
    first = sorted(pictures_folder.iterdir())[0]
    first.with_suffix(".txt").write_text("face, pixels")
    packed = tmp_path / "more.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(3):
            picture = tmp_path / f"grey {number}.png"
            Image.new("RGB", (40, 30), (9 * number, 9, 9)).save(picture)
            archive.write(picture, picture.name)
        archive.writestr("../evil.png", b"x")
    film = make_video(tmp_path / "film.mp4", seconds=1)

    added = ganart(
        *("dataset", "add", "--project", project, pictures_folder, packed, film),
        *("--every", 4, "--json"),
    )
    assert added.code == 0
    assert "evil.png: its name leads out of the folder" in added.err
    assert (added.json["readable"], added.json["tagged"]) == (24 + 3 + 3, 1)
    assert len(added.json["sources"]) == 3
    assert not (tmp_path.parent / "evil.png").exists()

    # The same again adds nothing, also after the project was moved.
    moved = project.rename(tmp_path / "Moved.ganart")
    again = ganart("dataset", "add", "--project", moved, packed, "--json")
    assert (again.json["readable"], again.json["tagged"]) == (30, 0)
    assert len(again.json["sources"]) == 3

    prepared = ganart("dataset", "prepare", "--project", moved, "--size", "32x16", "--json")
    assert prepared.code == 0
    assert np.load(prepared.json["path"]).shape == (30, 16, 32, 3)

    exported = ganart(
        *("dataset", "export", "--project", moved, tmp_path / "set", "--prepared", 16, "--json")
    )
    assert exported.json == {"count": 30, "path": str(tmp_path / "set")}
    assert len(list((tmp_path / "set" / "pictures").iterdir())) == 30
    refused = ganart("dataset", "export", "--project", moved, tmp_path / "set")
    assert refused.code == 1
    assert "there already" in refused.err


def test_moved_folder_is_found_again(ganart, project, pictures_folder):
    ganart("dataset", "add", "--project", project, pictures_folder)
    moved = pictures_folder.rename(pictures_folder.with_name("elsewhere"))
    told = ganart("dataset", "move", "--project", project, pictures_folder, moved, "--json")
    assert told.json == {"found": 24, "total": 24, "path": str(moved)}
    wrong = ganart("dataset", "move", "--project", project, pictures_folder, moved)
    assert wrong.code == 1
    assert "is no folder of the dataset" in wrong.err


def test_framing_of_all_pictures_is_kept(ganart, project, tmp_path):
    art = tmp_path / "art"
    art.mkdir()
    for number in range(3):
        Image.new("RGB", (40, 20), (200, number, 0)).save(art / f"{number}.png")
    ganart("dataset", "add", "--project", project, art)
    command = ("dataset", "prepare", "--project", project, "--size", 16, "--json")
    chosen = ganart(*command, "--fill", "colour", "--background", "#102030")
    assert np.load(chosen.json["path"])[0, 0, 0].tolist() == [16, 32, 48]
    assert ganart(*command).json == chosen.json
    other = ganart(*command, "--fill", "crop").json
    assert other["fingerprint"] != chosen.json["fingerprint"]


def test_salient_crops_are_taken_for_what_has_no_crop_yet(ganart, project, tmp_path):
    art = tmp_path / "art"
    art.mkdir()
    values = np.full((64, 192, 3), (90, 120, 90), np.uint8)
    values[10:50, 150:185] = (250, 20, 20)
    Image.fromarray(values).save(art / "a.png")
    Image.new("RGB", (192, 64), "teal").save(art / "plain.png")
    ganart("dataset", "add", "--project", project, art)
    command = ("dataset", "prepare", "--project", project, "--size", 32)
    done = ganart(*command, "--salient", "--json")
    assert "1 of 2 pictures leave their middle" in done.err
    pixels = np.load(done.json["path"])
    assert (pixels[..., 0] > 200).any(axis=(1, 2)).sum() == 1
    assert "0 of 1 pictures" in ganart(*command, "--salient").err


def test_dataset_is_described(ganart, project, tmp_path):
    art = tmp_path / "art"
    art.mkdir()
    for number in range(8):
        Image.new("RGB", (120, 80), (200, 3 * number, 0)).save(art / f"{number}.png")
    stripes = np.zeros((80, 120, 3), np.uint8)
    stripes[::8] = 255
    Image.fromarray(stripes).save(art / "odd.png")
    ganart("dataset", "add", "--project", project, art)
    told = ganart("dataset", "describe", "--project", project, "--odd", 1, "--json").json
    assert (told["count"], told["size"]) == (9, [96, 64])
    assert told["sides"]["counts"][told["sides"]["edges"].index(64)] == 9
    assert told["palette"][0]["colour"].startswith("#c8")
    assert [each["path"] for each in told["odd"]] == [str(art / "odd.png")]
    words = ganart("dataset", "describe", "--project", project)
    assert "Shorter side: 64+ 9" in words.out
    empty = ganart("dataset", "describe", "--project", project.with_name("Other.ganart"))
    assert empty.code == 1


def test_wrong_usage_and_bad_files_end_in_sentences(ganart, project, pictures_folder, tmp_path):
    ganart("dataset", "add", "--project", project, pictures_folder)
    for wrong in ("--size=7", "--size=16x", "--size=9999x16", "--background=red"):
        assert ganart("dataset", "prepare", "--project", project, "--size=8", wrong).code == 2
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK no")
    told = ganart("dataset", "add", "--project", project, broken)
    assert told.code == 1
    assert "cannot be unpacked" in told.err
    inside = ganart("dataset", "export", "--project", project, pictures_folder / "set")
    assert inside.code == 1
    assert "Choose a place outside" in inside.err
    shutil.rmtree(pictures_folder)
    gone = ganart("dataset", "prepare", "--project", project, "--size", 24)
    assert gone.code == 1
    assert "cannot be reached" in gone.err
