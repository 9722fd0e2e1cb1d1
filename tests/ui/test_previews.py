"""Previews: the newest request always arrives, stale ones never, errors come as results."""

import threading
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from ganart.engine.errors import BadCheckpoint
from ganart.engine.latent import render
from ganart.media.point import Point
from ganart.workers.image_loader import ImageLoader, load_image
from ganart.workers.previews import Previewer, PreviewResult
from tests.films import save_animation


class FakeModel:
    """Renders a seed as its number; the first picture waits until the gate is open."""

    gate: threading.Event
    loaded: list[Path]
    rendered: list[int]

    def __init__(self, path: Path) -> None:
        self.info = SimpleNamespace(path=path)

    @classmethod
    def load(cls, path: Path) -> "FakeModel":
        if not path.exists():
            raise BadCheckpoint(path=path, reason="it is not there")
        cls.loaded.append(path)
        return cls(path)

    def render(self, points):
        assert self.gate.wait(10)
        self.rendered.append(points[0].seed)
        return np.full((len(points), 2, 2, 3), points[0].seed % 256, np.uint8)


@pytest.fixture
def previewer(monkeypatch):
    FakeModel.gate, FakeModel.loaded, FakeModel.rendered = threading.Event(), [], []
    monkeypatch.setattr(render, "Model", FakeModel)
    previewer = Previewer()
    yield previewer
    FakeModel.gate.set()
    previewer.stop()


@pytest.fixture
def results(previewer) -> list[PreviewResult]:
    results: list[PreviewResult] = []
    previewer.rendered.connect(results.append)
    return results


def model_file(folder: Path, name: str = "live.safetensors") -> Path:
    path = folder / name
    path.write_bytes(b"weights")
    return path


def test_the_last_of_many_requests_is_drawn_and_most_are_left_out(
    previewer, results, tmp_path, qtbot: QtBot
):
    path = model_file(tmp_path)
    for seed in range(200):
        last = previewer.show(path, [Point.at(seed)], "picture")
    FakeModel.gate.set()
    qtbot.waitUntil(lambda: bool(results) and results[-1].stamp == last)
    assert len(FakeModel.rendered) <= 3
    assert results[-1].pixels.max() == 199


def test_tags_do_not_replace_each_other(previewer, results, tmp_path, qtbot):
    path = model_file(tmp_path)
    FakeModel.gate.set()
    previewer.show(path, [Point.at(1)], "picture")
    previewer.show(path, [Point.at(2)], "seeds")
    qtbot.waitUntil(lambda: {result.tag for result in results} == {"picture", "seeds"})
    assert FakeModel.loaded == [path]


def test_a_picture_of_another_model_than_the_wanted_one_is_dropped(
    previewer, results, tmp_path, qtbot
):
    old, new = model_file(tmp_path, "old"), model_file(tmp_path, "new")
    previewer.show(old, [Point.at(1)], "picture")
    qtbot.waitUntil(lambda: FakeModel.loaded == [old])
    previewer.show(new, [Point.at(2)], "picture")
    FakeModel.gate.set()
    qtbot.waitUntil(lambda: bool(results))
    assert [result.info.path for result in results] == [new]


def test_a_replaced_model_file_is_loaded_again(previewer, results, tmp_path, qtbot):
    path = model_file(tmp_path)
    FakeModel.gate.set()
    previewer.show(path, [Point.at(1)], "picture")
    qtbot.waitUntil(lambda: len(results) == 1)
    path.write_bytes(b"newer weights")
    previewer.show(path, [Point.at(1)], "picture")
    qtbot.waitUntil(lambda: len(results) == 2)
    assert FakeModel.loaded == [path, path]


def test_as_many_models_as_are_wanted_stay_loaded(monkeypatch, tmp_path, qtbot):
    FakeModel.gate, FakeModel.loaded, FakeModel.rendered = threading.Event(), [], []
    FakeModel.gate.set()
    monkeypatch.setattr(render, "Model", FakeModel)
    previewer = Previewer(models=2)
    results: list[PreviewResult] = []
    previewer.rendered.connect(results.append)
    one, two, three = (model_file(tmp_path, name) for name in ("one", "two", "three"))
    for path in (one, two, one, three, one, two):
        count = len(results)
        previewer.show(path, [Point.at(1)], "picture")
        qtbot.waitUntil(lambda count=count: len(results) > count)
    assert FakeModel.loaded == [one, two, three, two]  # the one used longest ago goes first
    previewer.stop()


def test_at_rest_models_are_let_go_and_loaded_again(previewer, results, tmp_path, qtbot):
    path = model_file(tmp_path)
    FakeModel.gate.set()
    previewer.show(path, [Point.at(1)], "picture")
    qtbot.waitUntil(lambda: len(results) == 1)
    models = previewer._renderer._models
    previewer.rest()
    qtbot.waitUntil(lambda: not models._models)
    previewer.show(path, [Point.at(2)], "picture")
    qtbot.waitUntil(lambda: len(results) == 2)
    assert FakeModel.loaded == [path, path]


def test_what_was_asked_before_a_rest_is_dropped(previewer, results, tmp_path, qtbot):
    path = model_file(tmp_path)
    previewer.show(path, [Point.at(1)], "picture")
    qtbot.waitUntil(lambda: FakeModel.loaded == [path])
    previewer.show(path, [Point.at(2)], "seeds")
    previewer.rest()
    FakeModel.gate.set()
    last = previewer.show(path, [Point.at(3)], "picture")
    qtbot.waitUntil(lambda: bool(results))
    assert [result.stamp for result in results] == [last]
    assert FakeModel.rendered == [1, 3]


def test_an_error_is_a_result_and_the_next_request_is_answered(previewer, results, tmp_path, qtbot):
    FakeModel.gate.set()
    previewer.show(tmp_path / "gone", [Point.at(1)], "picture")
    qtbot.waitUntil(lambda: len(results) == 1)
    assert isinstance(results[0].error.error, BadCheckpoint)
    assert results[0].error.error.__traceback__ is None
    previewer.show(model_file(tmp_path), [Point.at(1)], "picture")
    qtbot.waitUntil(lambda: len(results) == 2)
    assert results[1].pixels is not None


def test_a_stopped_previewer_tells_nothing_more_and_can_start_again(
    previewer, results, tmp_path, qtbot
):
    path = model_file(tmp_path)
    FakeModel.gate.set()
    previewer.show(path, [Point.at(1)], "picture")
    previewer.stop()
    assert results == []
    previewer.show(path, [Point.at(2)], "picture")
    qtbot.waitUntil(lambda: len(results) == 1)
    assert results[0].points == (Point.at(2),)


def test_stopping_waits_for_a_few_pictures_and_not_for_all(previewer, tmp_path, qtbot, monkeypatch):
    drawn, begun = [], threading.Event()

    def render(_model, points):
        drawn.append(len(points))
        begun.set()
        assert FakeModel.gate.wait(10)
        return np.zeros((len(points), 2, 2, 3), np.uint8)

    monkeypatch.setattr(FakeModel, "render", render)
    previewer.show(model_file(tmp_path), [Point.at(seed) for seed in range(400)], "seeds")
    assert begun.wait(10)
    previewer._mailbox.close()
    FakeModel.gate.set()
    previewer.stop()
    assert sum(drawn) < 10


def test_one_picture_waits_for_another_and_not_for_all_before_it(
    previewer, results, tmp_path, qtbot
):
    path = model_file(tmp_path)
    previewer.show(path, [Point.at(seed) for seed in range(40)], "thumbs")
    qtbot.waitUntil(lambda: FakeModel.loaded == [path])
    previewer.show(path, [Point.at(77)], "picture")
    FakeModel.gate.set()
    qtbot.waitUntil(lambda: len(results) == 2)
    assert [result.tag for result in results] == ["picture", "thumbs"]
    assert FakeModel.rendered[:3] == [0, 77, 1]
    assert len(results[1].pixels) == 40


def test_pictures_that_are_only_looked_at_are_drawn_a_few_together(
    previewer, results, tmp_path, qtbot, monkeypatch
):
    together = []

    def glance(_model, points):
        together.append(len(points))
        return np.zeros((len(points), 2, 2, 3), np.uint8)

    monkeypatch.setattr(FakeModel, "glance", glance, raising=False)
    points = [Point.at(seed) for seed in range(20)]
    previewer.show(model_file(tmp_path), points, "thumbs", is_glance=True)
    qtbot.waitUntil(lambda: len(results) == 1)
    assert together == [8, 8, 4]
    assert len(results[0].pixels) == 20


def test_what_follows_in_the_same_place_is_drawn_after_and_not_in_between(
    previewer, results, tmp_path, qtbot
):
    path = model_file(tmp_path)
    previewer.show(path, [Point.at(seed) for seed in range(40)], "picture")
    qtbot.waitUntil(lambda: FakeModel.loaded == [path])
    last = previewer.show(path, [Point.at(77)], "picture")
    FakeModel.gate.set()
    qtbot.waitUntil(lambda: len(results) == 2)
    assert results[-1].stamp == last


def test_results_tell_the_version_of_the_model_file(previewer, results, tmp_path, qtbot):
    path = model_file(tmp_path)
    FakeModel.gate.set()
    for content in (b"weights", b"newer weights", None):
        if content:
            path.write_bytes(content)
        count = len(results)
        previewer.show(path, [Point.at(1)], "picture")
        qtbot.waitUntil(lambda count=count: len(results) > count)
    assert results[0].version != results[1].version == results[2].version


def test_many_pictures_come_whole_and_in_order(previewer, results, tmp_path, qtbot):
    FakeModel.gate.set()

    previewer.show(model_file(tmp_path), [Point.at(seed) for seed in range(9)], "seeds")
    qtbot.waitUntil(lambda: len(results) == 1)
    assert results[0].pixels[:, 0, 0, 0].tolist() == list(range(9))


def test_images_are_loaded_at_the_wanted_size(tmp_path):
    image = QImage(300, 150, QImage.Format.Format_RGB888)
    image.fill(QColor("#336699"))
    path = tmp_path / "Bild é.png"
    assert image.save(str(path))
    assert load_image(path).size() == image.size()
    small = load_image(path, 100)
    assert (small.width(), small.height()) == (100, 50)
    assert small.pixelColor(50, 25) == QColor("#336699")


def test_the_first_frame_of_a_film_is_loaded_and_a_broken_one_is_null(tmp_path):
    frames = [np.full((32, 32, 3), level, np.uint8) for level in (250, 5)]
    film = save_animation(frames, tmp_path / "film.mp4", 5.0)
    assert load_image(film, 16).pixelColor(8, 8).lightness() > 200
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(film.read_bytes()[:100])
    assert load_image(broken).isNull()
    (tmp_path / "broken.png").write_bytes(b"no picture")
    assert load_image(tmp_path / "broken.png", 10).isNull()


def test_a_newer_request_of_a_slot_replaces_the_waiting_one(tmp_path, qtbot):
    paths = []
    for number in range(20):
        path = tmp_path / f"{number}.png"
        image = QImage(8, 8, QImage.Format.Format_RGB888)
        image.fill(QColor(number, 0, 0))
        image.save(str(path))
        paths.append(path)
    loader = ImageLoader()
    loaded = []
    loader.loaded.connect(loaded.append)
    for path in paths:
        loader.load(path, slot="grid")
    qtbot.waitUntil(lambda: bool(loaded) and loaded[-1].path == paths[-1])
    loader.stop()
    assert loaded[-1].image.pixelColor(0, 0).red() == 19
