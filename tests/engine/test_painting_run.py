import json
import math
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from ganart.engine.asks import Ask
from ganart.engine.errors import BadOption
from ganart.engine.gan.curves import read_curves
from ganart.engine.style import painting, painting_run
from ganart.engine.style.config import StyleSource
from ganart.engine.style.events import (
    PaintFinished,
    PaintSaved,
    PaintStats,
    Preview,
    StylePhase,
    StylePhaseChanged,
    StyleTrouble,
)
from ganart.engine.style.painting_record import BadPainting, paintings, read_record
from ganart.engine.style.painting_run import PaintingDone
from ganart.errors import DiskFull
from ganart.media.metadata import read_recipe
from tests.engine.paintings import (
    PAINTINGS,
    PHOTO,
    STYLE,
    folder_of,
    painted,
    picture_of,
    resumed,
    small,
)
from tests.engine.toys import Asks, of_kind


@pytest.fixture(autouse=True)
def _nothing_by_the_clock(monkeypatch):
    """Show and save only what is asked for, however slow the machine is."""
    monkeypatch.setattr(painting, "PREVIEW_EVERY_S", math.inf)
    monkeypatch.setattr(painting, "SAVE_EVERY_S", math.inf)


def test_a_painting_is_made_with_its_recipe(tmp_path):
    events = painted(tmp_path / "Bilder Ü", small())
    finished = events[-1]
    assert isinstance(finished, PaintFinished)
    assert not finished.stopped
    assert finished.folder.parent == tmp_path / "Bilder Ü"
    with Image.open(finished.picture) as image:
        assert max(image.size) == 32
    recipe = read_recipe(finished.picture)
    assert (recipe.kind, recipe.photo.name, recipe.iterations) == ("painting", PHOTO.name, 6)
    assert [each.name for each in recipe.styles] == [STYLE.path.name]
    assert recipe.options["style_weight"] == small().style_weight


def test_losses_go_down_and_are_kept_as_curves(tmp_path):
    events = painted(tmp_path, small(iterations=15))
    stats = list(of_kind(events, PaintStats))
    assert stats[-1].total < stats[0].total / 2
    assert [each.iteration for each in stats] == list(range(1, 16))
    assert {each.iterations for each in stats} == {15}
    assert stats[-1].time_left_s == 0
    assert stats[3].total == pytest.approx(
        stats[3].content + stats[3].style + stats[3].variation, rel=1e-5
    )
    curves = read_curves(folder_of(events), PaintStats)
    assert list(curves["total"]) == [each.total for each in stats]


@pytest.mark.parametrize(
    "changes",
    [
        {"optimizer": "lbfgs"},
        {"optimizer": "adam", "learning_rate": 0.02},
        {"coarsest": 16, "start": "blend", "colour": "luminance"},
    ],
)
def test_a_stopped_painting_goes_on_bit_for_bit(tmp_path, changes):
    config = small(**changes)
    whole = painted(tmp_path / "whole", config)
    half = painted(tmp_path / "half", config, {4: Ask.STOP})
    assert half[-1].stopped
    assert read_record(folder_of(half)).status == "stopped"
    rest = resumed(folder_of(half))
    assert picture_of(rest) == picture_of(whole)
    losses = [
        [each.total for each in of_kind(events, PaintStats)] for events in (whole, half, rest)
    ]
    assert losses[0] == losses[1] + losses[2]
    assert list(read_curves(folder_of(half), PaintStats)["total"]) == losses[0]


def test_stopping_within_an_iteration_leaves_it_undone(tmp_path):
    whole = painted(tmp_path / "whole", small())
    poll = Asks(*[None] * 20, Ask.STOP)
    half = list(painting_run.start(PHOTO, [STYLE], small(), tmp_path / "half", poll))
    done = list(of_kind(half, PaintStats))
    assert 0 < len(done) < 6
    assert read_record(folder_of(half)).iteration == len(done)
    assert picture_of(resumed(folder_of(half))) == picture_of(whole)


def test_refining_a_finished_painting_equals_painting_longer(tmp_path):
    longer = painted(tmp_path / "longer", small(iterations=8))
    refined = painted(tmp_path / "refined", small(iterations=5))
    with pytest.raises(PaintingDone):
        resumed(folder_of(refined))
    assert picture_of(resumed(folder_of(refined), iterations=3)) == picture_of(longer)
    assert read_record(folder_of(refined)).config.iterations == 8


def test_a_painting_does_without_its_photo_once_it_has_begun(tmp_path):
    photo = tmp_path / "photo.png"
    Image.open(PHOTO).save(photo)
    events = painted(tmp_path, small(), {1: Ask.STOP}, photo=photo)
    photo.unlink()
    assert isinstance(resumed(folder_of(events))[-1], PaintFinished)


def test_options_may_change_on_the_way_but_not_the_size(tmp_path):
    events = painted(tmp_path, small(), {2: Ask.STOP})
    folder = folder_of(events)
    changed = resumed(folder, changes={"content_weight": 0.0, "optimizer": "adam"})
    assert {each.content for each in of_kind(changed, PaintStats)} == {0}
    assert read_record(folder).config.optimizer == "adam"
    with pytest.raises(BadOption):
        resumed(folder, iterations=1, changes={"long_side": 64})


def test_it_goes_through_its_sizes_with_a_preview_after_each(tmp_path):
    events = painted(tmp_path, small(coarsest=16, iterations=2))
    assert [(each.level, each.side) for each in of_kind(events, PaintStats)] == [
        (0, 16),
        (0, 16),
        (1, 32),
        (1, 32),
    ]
    previews = list(of_kind(events, Preview))
    assert [each.iteration for each in previews] == [0, 2, 4]
    assert [max(each.pixels.shape) for each in previews] == [32, 16, 32]
    assert previews[-1].pixels.tobytes() == picture_of(events)


def test_asks_are_answered(tmp_path):
    events = painted(tmp_path, small(iterations=3), {1: Ask.SAMPLE, 2: Ask.SAVE})
    kinds = [type(event) for event in events]
    assert kinds.count(Preview) == 3
    assert [each.iteration for each in of_kind(events, PaintSaved)] == [2, 3]
    phases = [each.phase for each in of_kind(events, StylePhaseChanged)]
    assert phases == [StylePhase.LOADING, StylePhase.FIRST, StylePhase.PAINTING, StylePhase.SAVING]


@pytest.mark.parametrize("start", ["instant", "noise"])
def test_the_seed_decides_the_start(tmp_path, start):
    first, again, other = (
        next(of_kind(painted(tmp_path, small(iterations=1, start=start, seed=seed)), Preview))
        for seed in (1, 1, 2)
    )
    assert np.array_equal(first.pixels, again.pixels)
    assert np.array_equal(first.pixels, other.pixels) == (start == "instant")


def test_several_styles_in_regions_with_masks_of_any_size(tmp_path):
    left = tmp_path / "left.png"
    mask = np.zeros((7, 11), np.uint8)
    mask[:, :6] = 255
    Image.fromarray(mask).save(left)
    right = tmp_path / "right.png"
    Image.fromarray(255 - mask).resize((90, 50)).save(right)
    styles = [
        StyleSource(PAINTINGS[0], 2.0, photo_mask=left, style_mask=right),
        StyleSource(PAINTINGS[1], 1.0, photo_mask=right),
    ]
    events = painted(tmp_path, small(start="instant"), {1: Ask.STOP}, styles=styles)
    folder = folder_of(events)
    names = {path.name for path in folder.glob("style-*")}
    assert names == {
        *("style-1.png", "style-1-photo-mask.png", "style-1-style-mask.png"),
        *("style-2.png", "style-2-photo-mask.png"),
    }
    assert isinstance(resumed(folder)[-1], PaintFinished)


def test_the_photo_keeps_its_colours_where_that_is_wished(tmp_path):
    def chroma(events):
        with Image.open(events[-1].picture) as image:
            return np.asarray(image.convert("YCbCr"), np.float32)[..., 1:].mean((0, 1))

    photo = painted(tmp_path, small(style_weight=0.0, iterations=1))
    for colour in ("luminance", "moments"):
        kept = painted(tmp_path, small(colour=colour))
        assert np.abs(chroma(kept) - chroma(photo)).max() < 8


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (300, 1)])
def test_pictures_of_a_pixel_or_a_line_are_painted(tmp_path, size):
    Image.new("RGB", size, (200, 30, 30)).save(tmp_path / "thin.png")
    events = painted(
        tmp_path,
        small(long_side=0, iterations=2, start="instant"),
        photo=tmp_path / "thin.png",
        styles=[StyleSource(tmp_path / "thin.png")],
    )
    with Image.open(events[-1].picture) as image:
        assert image.size == size


def test_no_style_at_all_is_refused(tmp_path):
    with pytest.raises(BadOption):
        painted(tmp_path, small(), styles=[])
    assert not list(tmp_path.iterdir())


def test_a_plan_tells_size_levels_and_memory():
    plan = painting_run.plan(PHOTO, small(long_side=64, coarsest=16))
    assert max(plan.width, plan.height) == 64
    assert plan.levels == 3
    assert plan.memory_bytes > 2**20


def test_paintings_are_listed_newest_first_without_the_damaged(tmp_path):
    folders = [folder_of(painted(tmp_path, small(), {1: Ask.STOP})) for _ in range(3)]
    (folders[1] / "painting.json").write_text('{"schema": 1}')
    (tmp_path / "something else").mkdir()
    assert {each.folder for each in paintings(tmp_path)} == {folders[0], folders[2]}
    assert paintings(tmp_path / "not there") == []


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2},
        {"status": "dreaming"},
        {"config": {"optimizer": "magic"}},
        {"styles": [{"path": 3}]},
        {"styles": None},
        {"sources": [{"name": "a", "hash": "b", "weight": -1}]},
        {"width": 0},
        {"elapsed_s": "long"},
    ],
)
def test_an_odd_record_is_told(tmp_path, change):
    folder = folder_of(painted(tmp_path, small(iterations=1)))
    path = folder / "painting.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(BadPainting):
        resumed(folder)


@pytest.mark.parametrize("content", [b"", b"x" * 100])
def test_a_damaged_state_is_told(tmp_path, content):
    folder = folder_of(painted(tmp_path, small(iterations=1)))
    (folder / "state.safetensors").write_bytes(content)
    with pytest.raises(BadPainting):
        resumed(folder, iterations=1)


def test_a_missing_state_is_told(tmp_path):
    folder = folder_of(painted(tmp_path, small(iterations=1)))
    (folder / "state.safetensors").unlink()
    with pytest.raises(BadPainting):
        resumed(folder, iterations=1)


def test_a_full_disk_on_the_way_does_not_end_the_painting(tmp_path, monkeypatch):
    from ganart.engine.style import painting_keeper

    real = painting_keeper.save_state
    calls = []

    def full_once(path, state):
        calls.append(path)
        if len(calls) <= 2:
            raise DiskFull(folder=path.parent, needed="1 GB", free="0 B")
        real(path, state)

    monkeypatch.setattr(painting_keeper, "save_state", full_once)
    events = painted(tmp_path, small(), {1: Ask.SAVE, 2: Ask.SAVE})
    (trouble,) = of_kind(events, StyleTrouble)
    assert isinstance(trouble.error, DiskFull)
    assert isinstance(events[-1], PaintFinished)


def test_a_disk_that_stays_full_is_told_at_the_end(tmp_path, monkeypatch):
    from ganart.engine.style import painting_keeper

    def full(path, state):
        raise DiskFull(folder=path.parent, needed="1 GB", free="0 B")

    monkeypatch.setattr(painting_keeper, "save_state", full)
    with pytest.raises(DiskFull):
        painted(tmp_path, small(iterations=1))
    (record,) = paintings(tmp_path)
    assert record.status == "failed"


def test_a_painting_that_nobody_follows_any_more_counts_as_stopped(tmp_path):
    config = replace(small(), iterations=100)
    events = painting_run.start(PHOTO, [STYLE], config, tmp_path, lambda: None)
    next(of_kind(events, PaintStats))
    events.close()
    (record,) = paintings(tmp_path)
    assert record.status == "stopped"


def test_a_disk_that_is_full_from_the_start_leaves_no_folder(tmp_path, monkeypatch):
    def full(record):
        raise DiskFull(folder=record.folder, needed="1 GB", free="0 B")

    monkeypatch.setattr(painting_run, "write_record", full)
    with pytest.raises(DiskFull):
        painted(tmp_path, small())
    assert list(tmp_path.iterdir()) == []
