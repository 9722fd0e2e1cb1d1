from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from ganart.cli import demo
from ganart.engine.asks import Ask
from ganart.engine.gan.config import TrainConfig
from ganart.media.metadata import read_recipe
from ganart.project.store import open_project


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    """Let the demo train a tiny model on few of the sample pictures."""
    tiny = TrainConfig(
        side=8, width=4, width_cap=8, latent_size=4, batch=4, device="cpu", threads=1
    )
    preset = replace(demo.DEFAULT_PRESET, config=tiny)
    monkeypatch.setattr(demo, "DEFAULT_PRESET", preset)


def test_the_demo_does_the_whole_main_job(ganart, tmp_path):
    result = ganart("demo", "--minutes=0.005", "--out", tmp_path / "new folder", "--json")
    assert result.code == 0
    told = result.json
    project = Path(told["project"])
    assert project.parent == tmp_path / "new folder"
    for name in ("samples", "curves", "sheet", "loop"):
        with Image.open(told[name]) as picture:
            picture.load()
            assert picture.width > 0
    assert read_recipe(Path(told["loop"])).kind == "loop"
    assert len(read_recipe(Path(told["sheet"])).points) == 24
    with open_project(project) as opened:
        assert opened.name == "Demo"


def test_two_demos_stand_side_by_side(ganart, tmp_path):
    folders = {
        ganart("demo", "--minutes=0.001", "--out", tmp_path, "--json").json["project"]
        for _ in range(2)
    }
    assert len(folders) == 2


def test_a_demo_without_time_is_refused(ganart, tmp_path):
    result = ganart("demo", "--minutes=0", "--out", tmp_path)
    assert result.code == 1
    assert "minutes cannot be 0." in result.err
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_no_folder_is_refused(ganart, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("a file")
    for place in (taken, taken / "below"):
        result = ganart("demo", "--minutes=0.001", "--out", place)
        assert result.code == 1
        assert "cannot be written to" in result.err


def test_a_demo_that_is_stopped_at_once_says_so(ganart, tmp_path, monkeypatch):
    @contextmanager
    def stopped_already():
        yield [Ask.STOP]

    monkeypatch.setattr(demo, "stop_on_interrupt", stopped_already)
    assert ganart("demo", "--minutes=1", "--out", tmp_path).code == 130
