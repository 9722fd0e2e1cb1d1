from pathlib import Path

from PIL import Image

from ganart.engine.style import brush_lesson
from tests.conftest import SAMPLE_PICTURES

STYLE = SAMPLE_PICTURES / "pixelArt_0000.png"
TINY = ("--width=4", "--crop=64", "--minutes=0.01", "--device=cpu", "--threads=1")


def test_a_brush_is_trained_listed_used_and_trained_further(
    ganart, pictures_folder, tmp_path, monkeypatch
):
    monkeypatch.setattr(brush_lesson, "COPYING_STEPS", 5)
    folder = tmp_path / "my brushes"
    command = ("brush", "train", pictures_folder, "--style", STYLE, "--out", folder)
    trained = ganart(*command, *TINY, "--json")
    assert trained.code == 0
    brush = Path(trained.json["brush"])
    assert trained.json["step"] > 0
    (listed,) = ganart("brush", "list", folder, "--json").json["brushes"]
    assert listed["brush"] == str(brush)
    assert listed["step"] == trained.json["step"]
    assert str(brush) in ganart("brush", "list", folder).out

    photo = pictures_folder / "pixelArt_0001.png"
    result = ganart("stylize", photo, "--look", brush, "--out", tmp_path / "out", "--json")
    assert result.code == 0
    with Image.open(result.json["files"][0]) as picture:
        assert picture.size == (64, 64)

    more = ganart("brush", "train", "--resume", brush.parent, "--minutes=0.01", "--json")
    assert more.code == 0
    assert more.json["step"] > trained.json["step"]
    spent = ganart("brush", "train", "--resume", brush.parent)
    assert spent.code == 1
    assert "all its time" in spent.err


def test_what_is_wrong_is_told(ganart, pictures_folder, tmp_path):
    assert ganart("brush", "train", pictures_folder).code == 2
    assert ganart("brush", "train", pictures_folder, "--resume", tmp_path).code == 2
    assert ganart("brush").code == 2
    assert ganart("brush", "list", tmp_path).out.strip() == ""
    resumed = ganart("brush", "train", "--resume", tmp_path)
    assert resumed.code == 1
    assert "cannot be gone on with" in resumed.err
    other = ganart("brush", "train", "--resume", tmp_path, "--width=8")
    assert "width" in other.err
