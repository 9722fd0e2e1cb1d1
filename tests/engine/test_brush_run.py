import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.numpy import load_file

from ganart.datasets.errors import Unreadable
from ganart.engine.asks import Ask
from ganart.engine.errors import BadCheckpoint, BadOption, BudgetSpent
from ganart.engine.gan.curves import CurveLog, read_curves
from ganart.engine.style import brush_lesson, brush_run
from ganart.engine.style.brush_config import BrushConfig
from ganart.engine.style.brush_file import read_brush_info
from ganart.engine.style.brush_lesson import BrushDiverged
from ganart.engine.style.brush_photos import NoPhotos, Pieces
from ganart.engine.style.brushes import BadBrushFolder, brushes
from ganart.engine.style.events import (
    BrushFinished,
    BrushSaved,
    BrushStarted,
    BrushStats,
    Preview,
    StylePhase,
    StylePhaseChanged,
    StyleTrouble,
)
from ganart.engine.style.instant import Stylizer
from ganart.engine.style.looks import Ingredient, Look
from ganart.errors import DiskFull
from tests.conftest import SAMPLE_PICTURES
from tests.engine.toys import of_kind

TINY = BrushConfig(minutes=1000.0, width=4, crop=64, batch=2, device="cpu", threads=1, seed=3)
STYLE = SAMPLE_PICTURES / "pixelArt_0000.png"


@pytest.fixture(autouse=True)
def _little_to_do(monkeypatch):
    monkeypatch.setattr(brush_lesson, "COPYING_STEPS", 2)
    monkeypatch.setattr(brush_run, "STYLE_SIDE", 64)
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "brushes هنر"


def driven(events, steps, asks=()):
    """Drive a training for some steps; `asks` maps steps to what is asked after them."""
    wanted = dict(asks) | {steps: Ask.STOP}
    made = []
    job = events(lambda: wanted.pop(taken(made), None))
    for event in job:
        made.append(event)
    return made


def taken(made):
    return sum(isinstance(event, BrushStats) for event in made)


def begin(photos, folder, steps, config=TINY, asks=()):
    return driven(lambda poll: brush_run.start(STYLE, photos, config, folder, poll), steps, asks)


def go_on(folder, steps, minutes=0.0):
    return driven(lambda poll: brush_run.resume(folder, poll, minutes), steps)


def test_a_training_tells_its_story_in_order(pictures_folder, folder):
    events = begin([pictures_folder], folder, 4)
    names = [type(event) for event in events]
    assert names[:3] == [StylePhaseChanged, BrushStarted, StylePhaseChanged]
    assert names[-4:] == [StylePhaseChanged, Preview, BrushSaved, BrushFinished]
    assert events[-4].phase is StylePhase.SAVING
    assert events[1].photos == 24
    stats = list(of_kind(events, BrushStats))
    assert [each.step for each in stats] == [1, 2, 3, 4]
    assert all(
        each.total == pytest.approx(each.content + each.style + each.variation) for each in stats
    )
    assert stats[1].style == 0 < stats[2].style
    finished = events[-1]
    assert finished.stopped
    info = read_brush_info(finished.path)
    assert (info.step, info.photos, info.width, info.name) == (4, 24, 4, "pixelArt_0000")


def test_the_brush_is_a_look(pictures_folder, folder):
    path = begin([pictures_folder], folder, 2)[-1].path
    stylizer = Stylizer.load(Look("brush", (Ingredient(str(path)),)), torch.device("cpu"))
    photo = torch.rand(1, 3, 30, 21)
    assert stylizer.apply(photo).shape == photo.shape


def test_stopped_and_resumed_is_the_same_as_in_one_go(pictures_folder, folder):
    whole = begin([pictures_folder], folder, 6)[-1].path
    part = begin([pictures_folder], folder, 1)[-1].path
    for steps in (2, 3):
        assert go_on(part.parent, steps)[-1].path == part
    assert part != whole
    ours, theirs = load_file(part), load_file(whole)
    assert all(np.array_equal(ours[name], theirs[name]) for name in theirs)
    ours, theirs = (load_file(path.parent / "state.safetensors") for path in (part, whole))
    assert all(np.array_equal(ours[name], theirs[name]) for name in theirs)
    ours, theirs = (read_curves(path.parent, BrushStats) for path in (part, whole))
    assert list(ours["step"]) == [1, 2, 3, 4, 5, 6]
    assert np.array_equal(ours["total"], theirs["total"])


def test_curves_that_cannot_be_written_are_told_once(pictures_folder, folder, monkeypatch):
    def fail(self: CurveLog, stats: BrushStats) -> None:
        raise DiskFull(folder=folder)

    monkeypatch.setattr(CurveLog, "add", fail)
    events = begin([pictures_folder], folder, 3)
    assert [type(each.error) for each in of_kind(events, StyleTrouble)] == [DiskFull]
    assert [each.step for each in of_kind(events, BrushStats)] == [1, 2, 3]
    assert isinstance(events[-1], BrushFinished)


def test_a_step_that_is_stopped_half_way_has_not_happened(pictures_folder, folder):
    begun = begin([pictures_folder], folder, 3)[-1].path
    before = load_file(begun)
    polls = iter([None, None, None, Ask.STOP])
    events = list(brush_run.resume(begun.parent, lambda: next(polls, None)))
    assert not taken(events)
    assert all(np.array_equal(each, before[name]) for name, each in load_file(begun).items())


def test_a_stop_before_the_first_step_leaves_something_to_go_on_with(pictures_folder, folder):
    made = []

    def stop_once_started():
        return Ask.STOP if any(isinstance(event, BrushStarted) for event in made) else None

    for event in brush_run.start(STYLE, [pictures_folder], TINY, folder, stop_once_started):
        made.append(event)
    assert made[-1].stopped
    (record,) = brushes(folder)
    assert record.step == 0
    assert not record.path.exists()
    go_on(record.folder, 1)
    assert record.path.exists()


def test_asked_for_previews_and_saving(pictures_folder, folder, monkeypatch):
    monkeypatch.setattr(brush_run, "PREVIEW_EVERY_S", 1e6)
    events = begin([pictures_folder], folder, 4, asks=[(2, Ask.SAMPLE), (3, Ask.SAVE)])
    previews = list(of_kind(events, Preview))
    assert [each.iteration for each in previews] == [1, 3, 4]
    assert previews[0].pixels.shape == (64, 64, 3)
    assert [each.step for each in of_kind(events, BrushSaved)] == [4, 4]


def test_time_spent_ends_it_and_more_time_goes_on(pictures_folder, folder):
    config = replace(TINY, minutes=0.01)
    ended = list(brush_run.start(STYLE, [pictures_folder], config, folder, lambda: None))[-1]
    assert isinstance(ended, BrushFinished)
    assert not ended.stopped
    with pytest.raises(BudgetSpent):
        list(brush_run.resume(ended.path.parent, lambda: None))
    assert taken(go_on(ended.path.parent, 2, minutes=5.0)) == 2


def test_brushes_are_listed_and_names_do_not_clash(pictures_folder, folder):
    assert brushes(folder) == []
    paths = [begin([pictures_folder], folder, steps)[-1].path for steps in (1, 2)]
    found = brushes(folder)
    assert {each.path for each in found} == set(paths)
    assert {each.step for each in found} == {1, 2}
    assert found[0].style == STYLE
    assert found[0].style_picture.exists()
    (paths[0].parent / "brush.json").write_text("{}")
    assert [each.path for each in brushes(folder)] == paths[1:]


def test_bad_photos_are_told_and_passed_over(pictures_folder, folder):
    (pictures_folder / "broken.jpg").write_bytes(b"\xff\xd8\xff no")
    (pictures_folder / "one.png").unlink(missing_ok=True)
    Image.new("RGB", (1, 1)).save(pictures_folder / "one.png")
    Image.new("L", (900, 3)).save(pictures_folder / "thin.png")
    for path in sorted(pictures_folder.glob("pixel*"))[2:]:
        path.unlink()
    events = begin([pictures_folder], folder, 6)
    (trouble,) = of_kind(events, StyleTrouble)
    assert isinstance(trouble.error, Unreadable)
    assert taken(events) == 6


def test_nothing_is_begun_without_photos_or_style(tmp_path, pictures_folder, folder):
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.jpg").write_bytes(b"\xff\xd8\xff no")
    for photos in ([], [tmp_path / "empty"], [tmp_path / "bad.jpg"]):
        with pytest.raises(NoPhotos):
            begin(photos, folder, 1)
    with pytest.raises(Unreadable):
        list(brush_run.start(tmp_path / "bad.jpg", [pictures_folder], TINY, folder, lambda: None))
    assert not folder.exists()


def test_what_resuming_cannot_use_is_told(pictures_folder, folder):
    path = begin([pictures_folder], folder, 1)[-1].path
    with pytest.raises(BadBrushFolder):
        go_on(folder, 1)
    document = path.parent / "brush.json"
    values = json.loads(document.read_text())
    for change in (
        {"config": {"width": "x"}},
        {"step": -1},
        {"sources": 5},
        {"schema": 9},
        {"style": "\0"},
    ):
        document.write_text(json.dumps(values | change))
        with pytest.raises(BadBrushFolder):
            go_on(path.parent, 1)
    document.write_text(json.dumps(values))
    (path.parent / "state.safetensors").write_bytes(b"no state")
    with pytest.raises(BadCheckpoint):
        go_on(path.parent, 1)


def test_a_moved_folder_goes_on(pictures_folder, folder, tmp_path):
    path = begin([pictures_folder], folder, 1)[-1].path
    moved = shutil.move(path.parent, tmp_path / "moved")
    assert go_on(moved, 2)[-1].path == moved / "brush.safetensors"


def test_numbers_that_are_none_end_the_training(pictures_folder, folder, monkeypatch):
    monkeypatch.setattr(brush_lesson, "content_loss", lambda *_: torch.tensor(torch.nan))
    with pytest.raises(BrushDiverged):
        begin([pictures_folder], folder, 5)


def test_options_are_checked():
    with pytest.raises(BadOption):
        BrushConfig(width=3)


def test_pieces_follow_from_seed_and_step_alone(pictures_folder):
    photos = sorted(pictures_folder.iterdir())
    first, second = (Pieces(photos, 32, seed=5) for _ in range(2))
    for step in (3, 1, 2):
        second.piece(step, 0)
    assert np.array_equal(first.piece(2, 1), second.piece(2, 1))
    assert not np.array_equal(first.piece(2, 0), first.piece(2, 1))
    assert first.piece(0, 0).shape == (32, 32, 3)
