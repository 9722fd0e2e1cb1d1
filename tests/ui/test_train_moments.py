"""The time machine: kept moments are drawn, starred, compared and blended."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from ganart.engine.gan.blend import Blender
from ganart.engine.gan.branch import checkpoint_path
from ganart.engine.gan.curves import MEASURES, curve_log
from ganart.engine.gan.events import CheckpointSaved, Measured
from ganart.engine.gan.mix import Mix
from ganart.engine.gan.models import LIVE, Kind, keep_model, list_models
from ganart.engine.latent.render import Model
from ganart.media.point import Point
from ganart.project.runs import Runs
from ganart.project.stars import set_star, starred
from ganart.ui.pages.moment_list import star_rect
from ganart.ui.pages.moment_seeds import DEFAULT, MOST, checked, parsed
from ganart.ui.pages.train_moments import TrainMoments
from ganart.workers.previews import SHEET_GAP_PX
from tests.ui.kept_moments import SIDE, keep_moment, make_run, settle, shown_moments, steps
from tests.ui.studio import WAIT_MS, ScriptedSession, pixels_of

STEPS = (3, 5, 9)


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[ScriptedSession]:
    session = ScriptedSession()
    assert session.create_project(tmp_path / "studio")
    yield session
    assert session.shutdown(20)


@pytest.fixture
def run_id(session: ScriptedSession) -> str:
    return make_run(session.project, STEPS)


@pytest.fixture
def folder(session: ScriptedSession, run_id: str) -> Path:
    return Runs(session.project.runs_folder).folder(run_id)


@pytest.fixture
def moments(session: ScriptedSession, run_id: str, qtbot: QtBot) -> Iterator[TrainMoments]:
    moments = shown_moments(session, run_id, qtbot)
    yield moments
    moments.stop()


def shown(moments: TrainMoments) -> int:
    moment = moments.moment()
    assert moment is not None
    return moment.step


def drawn_by(model: Model, seeds: tuple[int, ...] = DEFAULT) -> np.ndarray:
    """Return the first picture of the sheet that is shown of a model."""
    return model.render([Point.at(seeds[0])])[0]


def first_tile(image: QImage) -> np.ndarray:
    return pixels_of(image)[:SIDE, :SIDE]


# The moments


def test_the_newest_moment_is_drawn_with_the_seeds(moments, folder):
    assert steps(moments) == list(STEPS)
    assert shown(moments) == 9
    image = moments.stage.view.image()
    assert image.size() == QSize(3 * SIDE + 2 * SHEET_GAP_PX, 3 * SIDE + 2 * SHEET_GAP_PX)
    expected = Model.load(checkpoint_path(folder, 9)).render([Point.at(seed) for seed in DEFAULT])
    side = SIDE + SHEET_GAP_PX
    for number, tile in enumerate(expected):
        top, left = side * (number // 3), side * (number % 3)
        np.testing.assert_array_equal(pixels_of(image)[top : top + SIDE, left : left + SIDE], tile)
    assert "90" in moments.stage.scrubber.caption.text()


def test_the_list_tells_when_how_good_and_which_is_best(moments, session, folder, qtbot):
    with curve_log(folder, 0, Measured, MEASURES) as log:
        for step, likeness in ((3, 0.5), (5, 0.25)):
            rest = (1.0,) * 7
            log.add(Measured(step, 10 * step, float(step), likeness, *rest))
    set_star(folder, 3)
    moments.refresh()
    settle(moments, qtbot)
    told = [moments.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert "90" in told[0]
    assert "distance" not in told[0]
    assert "closest" in told[1]
    assert "0.25" in told[1]
    assert "starred" in told[2]
    assert "closest" not in told[2]


def test_every_moment_gets_its_own_small_picture(moments, folder):
    for row, step in enumerate(reversed(STEPS)):
        pixmap = moments.list.item(row).data(Qt.ItemDataRole.DecorationRole)
        expected = drawn_by(Model.load(checkpoint_path(folder, step)))
        np.testing.assert_array_equal(pixels_of(pixmap.toImage()), expected)
    moments.list.grab()


def test_keys_of_the_slider_and_of_the_list_go_through_the_moments(moments, folder, qtbot):
    qtbot.keyClick(moments.stage.scrubber.slider, Qt.Key.Key_Left)
    assert shown(moments) == 5
    assert moments.list.currentRow() == 1
    qtbot.keyClick(moments.list, Qt.Key.Key_Down)
    assert shown(moments) == 3
    assert moments.stage.scrubber.slider.value() == 0
    settle(moments, qtbot)
    expected = drawn_by(Model.load(checkpoint_path(folder, 3)))
    np.testing.assert_array_equal(first_tile(moments.stage.view.image()), expected)


def test_however_fast_one_goes_no_other_moment_is_ever_seen(moments, folder, qtbot):
    moments.easel.drawing._sheets.clear()
    seen: list[tuple[int, np.ndarray]] = []
    moments.easel.drawing.drawn.connect(
        lambda drawn: seen.append((shown(moments), first_tile(drawn.image)))
    )
    for place, number in enumerate((0, 1, 2, 1, 0, 2, 0) * 5 + (1,)):
        moments.choose(number)
        moments.easel.drawing._sheets.clear()
        if place % 3 == 0:  # what was asked for just before is being drawn, or has been
            count = len(seen)
            qtbot.waitUntil(lambda count=count: len(seen) > count, timeout=WAIT_MS)
    settle(moments, qtbot)
    pictures = {step: drawn_by(Model.load(checkpoint_path(folder, step))) for step in STEPS}
    assert seen[-1][0] == 5
    for step, picture in seen:
        np.testing.assert_array_equal(picture, pictures[step])
    np.testing.assert_array_equal(first_tile(moments.stage.view.image()), pictures[5])


def test_what_was_drawn_is_there_at_once(moments, qtbot):
    moments.choose(0)
    settle(moments, qtbot)
    moments.choose(2)
    assert not moments.easel.drawing._wanted
    moments.choose(0)
    assert not moments.easel.drawing._wanted


def test_a_run_without_moments_says_so(moments, session):
    moments.show_run("")
    assert not moments.list.count()
    assert moments.stage.view.image().isNull()
    assert "no moments" in moments.stage.view._placeholder
    moments.set_live(True)
    assert "Save now" in moments.stage.view._placeholder
    for button in (moments.deeds.branch_button, moments.deeds.film_button):
        assert not button.isEnabled()
    moments.stage.grab()
    moments.grab()


def test_nothing_is_read_or_drawn_while_nobody_looks(moments, session, run_id, qtbot):
    moments.hide()
    keep_moment(session.project, run_id, 12)
    moments.hear(CheckpointSaved(Path("a"), 12, 120, 1, None, best=False))
    assert not moments.shelf.is_busy()
    moments.show()
    qtbot.waitUntil(lambda: steps(moments) == [*STEPS, 12], timeout=WAIT_MS)
    settle(moments, qtbot)


# While it trains


def test_the_newest_is_followed_until_one_looks_back(moments, session, run_id, qtbot):
    keep_moment(session.project, run_id, 12)
    moments.hear(CheckpointSaved(Path("a"), 12, 120, 1, None, best=False))
    qtbot.waitUntil(lambda: shown(moments) == 12, timeout=WAIT_MS)
    moments.choose(1)
    keep_moment(session.project, run_id, 15)
    moments.hear(CheckpointSaved(Path("a"), 15, 150, 1, None, best=False))
    qtbot.waitUntil(lambda: 15 in steps(moments), timeout=WAIT_MS)
    assert shown(moments) == 5
    moments.stage.scrubber.latest_button.click()
    assert shown(moments) == 15
    settle(moments, qtbot)


def test_a_moment_that_is_thinned_out_is_told_and_the_nearest_takes_its_place(
    moments, folder, qtbot
):
    moments.choose(1)
    checkpoint_path(folder, 5).unlink()
    moments.refresh()
    settle(moments, qtbot)
    assert shown(moments) == 3
    assert "thinned out" in moments.notice.text()
    assert "Star" in moments.notice.text()
    moments.choose(1)
    assert not moments.notice.isVisible()


def test_one_that_is_gone_when_it_is_to_be_drawn_is_handled_alike(moments, folder, qtbot):
    moments.easel.drawing._sheets.clear()
    checkpoint_path(folder, 5).unlink()
    moments.choose(1)
    qtbot.waitUntil(lambda: "thinned out" in moments.notice.text(), timeout=WAIT_MS)
    assert steps(moments) == [3, 9]
    settle(moments, qtbot)
    expected = drawn_by(Model.load(checkpoint_path(folder, 3)))
    np.testing.assert_array_equal(first_tile(moments.stage.view.image()), expected)


def test_b_that_is_thinned_out_ends_the_comparison(moments, folder, qtbot):
    moments.compare.choose(checkpoint_path(folder, 5))
    settle(moments, qtbot)
    assert moments.stage.view.has_after()
    checkpoint_path(folder, 5).unlink()
    moments.refresh()
    settle(moments, qtbot)
    assert moments.compare.path() is None
    assert not moments.stage.view.has_after()
    assert "thinned out" in moments.notice.text()


def test_a_damaged_checkpoint_is_left_out(moments, folder, qtbot):
    path = checkpoint_path(folder, 5)
    path.write_bytes(path.read_bytes()[:200])
    moments.refresh()
    settle(moments, qtbot)
    assert steps(moments) == [3, 9]


# Stars


def test_a_moment_is_starred_by_key_by_click_and_by_button(moments, folder, qtbot):
    qtbot.keyClick(moments.list, Qt.Key.Key_Space)
    settle(moments, qtbot)
    assert starred(folder) == {9}
    assert moments.stage.star_button.isChecked()
    option = QStyleOptionViewItem()
    moments.list.initViewItemOption(option)
    option.rect = moments.list.visualItemRect(moments.list.item(2))
    qtbot.mouseClick(
        moments.list.viewport(), Qt.MouseButton.LeftButton, pos=star_rect(option).center()
    )
    settle(moments, qtbot)
    assert starred(folder) == {3, 9}
    assert shown(moments) == 9  # a star is no choice
    moments.stage.star_button.click()
    settle(moments, qtbot)
    assert starred(folder) == {3}
    assert not moments.stage.star_button.isChecked()


def test_stars_are_written_one_after_the_other(moments, folder, qtbot):
    for number in (0, 1, 2):
        moments.toggle_star(number)
    settle(moments, qtbot)
    assert len(starred(folder)) == 1
    assert not moments.stage.star_button.isChecked()


def test_a_star_on_what_was_just_thinned_out_is_told(moments, folder, qtbot):
    moments.choose(1)
    checkpoint_path(folder, 5).unlink()
    moments.stage.star_button.click()
    settle(moments, qtbot)
    assert shown(moments) == 3
    assert "thinned out" in moments.notice.text()


# Comparing and blending


def test_two_moments_are_compared_with_the_same_seeds(moments, folder, qtbot):
    qtbot.mouseClick(
        moments.list.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ShiftModifier,
        moments.list.visualItemRect(moments.list.item(2)).center() - QPoint(60, 0),
    )
    settle(moments, qtbot)
    assert shown(moments) == 9
    view = moments.stage.view
    for image, step in ((view.image(), 9), (view.after(), 3)):
        expected = drawn_by(Model.load(checkpoint_path(folder, step)))
        np.testing.assert_array_equal(first_tile(image), expected)
    marks = [moments.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert marks[0].startswith("A")
    assert marks[2].startswith("B")
    moments.seeds.set_seeds([4])
    assert not view.has_after()  # never those of other seeds
    settle(moments, qtbot)
    for image, step in ((view.image(), 9), (view.after(), 3)):
        expected = drawn_by(Model.load(checkpoint_path(folder, step)), (4,))
        np.testing.assert_array_equal(pixels_of(image), expected)
    for way in range(moments.compare.ways.count()):
        moments.compare.ways.setCurrentIndex(way)
        settle(moments, qtbot)
        moments.stage.grab()
    qtbot.keyClick(moments.list, Qt.Key.Key_B)
    assert moments.compare.path() == checkpoint_path(folder, 9)
    settle(moments, qtbot)


def test_a_blend_is_drawn_as_the_engine_mixes_it_and_kept_as_a_model(
    moments, session, folder, qtbot
):
    first, second = checkpoint_path(folder, 9), checkpoint_path(folder, 3)
    moments.compare.choose(second)
    moments.compare.ways.setCurrentIndex(moments.compare.ways.findText("Blend"))
    settle(moments, qtbot)
    panel, blender = moments.compare.panel, Blender(first, second)
    assert [panel.split.itemData(row) for row in range(panel.split.count())] == list(blender.splits)
    assert panel.mix() == Mix(0.5)
    expected = drawn_by(blender.model(Mix(0.5)))
    np.testing.assert_array_equal(first_tile(moments.stage.view.image()), expected)
    for share in range(0, 101, 5):
        panel.share.setValue(share)
    panel.share.setValue(25)
    panel.apart_box.setChecked(True)
    panel.fine.setValue(100)
    settle(moments, qtbot)
    mix = Mix(0.25, 1.0, blender.splits[len(blender.splits) // 2])
    assert panel.mix() == mix
    expected = drawn_by(blender.model(mix))
    np.testing.assert_array_equal(first_tile(moments.stage.view.image()), expected)
    with (
        qtbot.waitSignal(session.notice, timeout=WAIT_MS) as told,
        qtbot.waitSignal(session.models_changed, timeout=WAIT_MS),
    ):
        panel.keep_button.click()
    (kept,) = [each for each in list_models(session.project) if each.kind is Kind.KEPT]
    assert kept.label == "Blend of 90 and 30 pictures"
    assert kept.label in told.args[0]
    np.testing.assert_array_equal(drawn_by(Model.load(kept.path)), expected)
    settle(moments, qtbot)
    assert kept.path in [each[0] for each in moments.compare._choices]


def test_another_models_pictures_can_stand_beside_but_strangers_are_not_blended(
    moments, session, qtbot
):
    other = make_run(session.project, (4,), seed=8)
    moments.refresh()
    settle(moments, qtbot)
    path = checkpoint_path(Runs(session.project.runs_folder).folder(other), 4)
    moments.compare.choose(path)
    settle(moments, qtbot)
    np.testing.assert_array_equal(
        first_tile(moments.stage.view.after()), drawn_by(Model.load(path))
    )
    moments.compare.ways.setCurrentIndex(moments.compare.ways.findText("Blend"))
    settle(moments, qtbot)
    assert "A and B have no ancestor in common" in moments.stage.view._placeholder
    assert moments.stage.view.image().isNull()
    assert not moments.compare.panel.keep_button.isEnabled()
    moments.compare.ways.setCurrentIndex(0)
    settle(moments, qtbot)
    assert moments.stage.view.has_after()


def test_every_other_model_is_offered_once(moments, session, folder, qtbot):
    keep_model(session.project, checkpoint_path(folder, 5))  # as an artwork of it does
    other = make_run(session.project, (4,), seed=8)
    path = checkpoint_path(Runs(session.project.runs_folder).folder(other), 4)
    shutil.copy(path, path.parents[1] / LIVE)
    moments.refresh()
    settle(moments, qtbot)
    newest_first = [checkpoint_path(folder, step) for step in reversed(STEPS)]
    assert [each[0] for each in moments.compare._choices] == [*newest_first, path]


# Seeds


@pytest.mark.parametrize(
    ("text", "seeds"),
    [
        ("1, 5, 9-12", (1, 5, 9, 10, 11, 12)),
        ("7 7;7", (7,)),
        ("9-7", (7, 8, 9)),
        ("99999999999", ()),
        ("none", ()),
        ("1-1000000000", tuple(range(1, MOST + 1))),
    ],
)
def test_seeds_are_read_out_of_what_is_typed(text, seeds):
    assert parsed(text) == seeds


def test_other_seeds_are_drawn_and_remembered_in_the_project(moments, session, folder, qtbot):
    field = moments.seeds.field
    field.setText("12, 40")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(moments, qtbot)
    expected = drawn_by(Model.load(checkpoint_path(folder, 9)), (12,))
    np.testing.assert_array_equal(first_tile(moments.stage.view.image()), expected)
    field.setText("?")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "12, 40"
    again = TrainMoments(session)
    qtbot.addWidget(again)
    assert again.seeds.seeds() == (12, 40)
    assert again.deeds.seeds == (12, 40)
    moments.seeds.dice.click()
    assert len(moments.seeds.seeds()) == 2
    settle(moments, qtbot)


@pytest.mark.parametrize("kept", [None, 3, [1.5], ["1"], [True], [-1], {}])
def test_odd_remembered_seeds_are_passed_over(kept):
    assert checked(kept) == ()
