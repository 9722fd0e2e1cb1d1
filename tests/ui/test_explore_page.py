"""The Explore page on a real, tiny model: pictures, seeds, saving, and recipes opened again."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ganart.engine.gan.events import Published
from ganart.media.pictures import read_recipe
from ganart.media.recipe import Point
from ganart.ui.pages.explore import ExplorePage
from ganart.ui.pages.explore_point import PointPanel
from ganart.workers.exports import Exported
from ganart.workers.previews import PreviewResult
from ganart.workers.session import Session
from tests.ui.studio import keep_model_file, pixels_of

WAIT_MS = 60_000
"""The first picture waits for torch to load."""


@pytest.fixture
def explored(open_session: Session) -> Session:
    """Return a session whose project has one run with a model."""
    keep_model_file(open_session.project, seed=1)
    return open_session


@pytest.fixture
def page(explored: Session, qtbot: QtBot) -> ExplorePage:
    page = ExplorePage(explored)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    qtbot.waitUntil(lambda: not page.view.image().isNull(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(page.seeds.grid._tiles) == len(page.seeds.seeds()))
    return page


def shown(page: ExplorePage) -> np.ndarray:
    return pixels_of(page.view.image())


def change(page: ExplorePage, qtbot: QtBot, edit) -> np.ndarray:
    """Return the picture that follows an edit."""
    with qtbot.waitSignal(page.previewer.rendered, check_params_cb=lambda r: r.tag == "picture"):
        edit()
    return shown(page)


def saved(page: ExplorePage, qtbot: QtBot, save) -> Path:
    """Return the file that a way of saving makes."""
    paths = []

    def hear(records):
        paths.extend(each.path for each in records if isinstance(each, Exported))

    save()
    page.exports.line._run.reported.connect(hear)
    qtbot.waitUntil(lambda: page.exports.line._run is None, timeout=WAIT_MS)
    return paths[0]


def test_without_a_model_the_page_leads_to_training(open_session, qtbot):
    page = ExplorePage(open_session)
    qtbot.addWidget(page)
    page.show()
    assert not page.exports.picture_button.isEnabled()
    with qtbot.waitSignal(page.page_wanted) as wanted:
        page.train_button.click()
    assert wanted.args == ["train"]


def test_a_seed_shows_the_same_picture_large_and_in_the_grid(page, qtbot):
    large = change(page, qtbot, lambda: page.panel.seed_a.number.setValue(5))
    tile = pixels_of(page.seeds.grid._tiles[5].toImage())
    np.testing.assert_array_equal(large, tile)


def test_the_slider_goes_from_a_to_b(page, qtbot):
    at_b = change(page, qtbot, lambda: page.panel.way.setValue(page.panel.way.maximum()))
    tile = pixels_of(page.seeds.grid._tiles[1].toImage())
    assert np.abs(at_b.astype(int) - tile).max() <= 1
    half_way = change(page, qtbot, lambda: page.panel.way.setValue(500))
    assert (half_way != at_b).any()


def test_no_diversity_gives_every_seed_the_same_picture(page, qtbot):
    with qtbot.waitSignals([page.previewer.rendered] * 2):
        page.panel.diversity.setValue(0)
    tiles = [pixels_of(tile.toImage()) for tile in page.seeds.grid._tiles]
    np.testing.assert_array_equal(tiles[0], tiles[7])


def test_tiles_fill_a_and_b_and_the_loop(page):
    grid = page.seeds.grid
    grid.chosen.emit(3)
    grid.chosen_second.emit(4)
    grid.looped.emit(8)
    assert page.stations.seeds() == [3, 4, 8]
    assert grid._marks == {3: "A", 4: "B", 8: "3"}
    grid.looped.emit(8)
    assert page.stations.seeds() == [3, 4]


def test_pages_of_seeds_go_on_and_back_and_never_below_zero(page):
    page.seeds.next_button.click()
    assert page.seeds.seeds()[0] == 30
    page.seeds.back_button.click()
    assert page.seeds.seeds()[0] == 0
    assert not page.seeds.back_button.isEnabled()
    page.seeds._go_to(2**32)
    assert page.seeds.seeds()[-1] == 2**32 - 1


def test_a_saved_picture_opens_again_with_the_same_pixels(page, explored, qtbot):
    point = Point(12, 34, 1 / 3, "lerp", 0.87)
    before = change(page, qtbot, lambda: page.panel.set_point(point))
    path = saved(page, qtbot, page.save_picture)
    recipe = read_recipe(path)
    assert recipe.points == (point,)
    change(page, qtbot, lambda: page.panel.seed_a.number.setValue(99))
    # The run goes; the picture keeps the model that it was made with.
    with qtbot.waitSignal(explored.notice):
        explored.discard_run(page.models._entries[0].run_id)
    with qtbot.waitSignal(page.models.chosen):
        page.open_recipe(recipe)
    after = change(page, qtbot, page.draw_picture)
    np.testing.assert_array_equal(after, before)
    assert page.panel.point() == point


def test_sheets_and_loops_carry_recipes_that_open_again(page, qtbot):
    page.seeds.set_seeds(range(100, 106))
    sheet = read_recipe(saved(page, qtbot, page.save_sheet))
    page.seeds.grid.looped.emit(7)

    def save_loop():
        page.ask_for_loop()
        dialog = page._dialog
        dialog.seconds.setValue(0.5)
        dialog.format.setCurrentIndex(dialog.format.findData(".gif"))
        dialog.size_choice.setCurrentIndex(0)
        dialog.accept()

    loop = read_recipe(saved(page, qtbot, save_loop))
    assert (loop.kind, loop.frames, loop.fps) == ("loop", 12, 24.0)
    page.stations.clear()
    page.seeds.set_seeds(range(6))
    page._show_recipe(sheet)
    assert page.seeds.seeds() == list(range(100, 106))
    page._show_recipe(loop)
    assert page.stations.seeds() == [0, 1, 7]


def test_a_recipe_of_a_missing_model_is_told_in_a_sentence(page, qtbot):
    recipe = read_recipe(saved(page, qtbot, page.save_picture))
    page.open_recipe(replace(recipe, model_hash="0123456789abcdef"))
    qtbot.waitUntil(page.notice.isVisible)
    assert "01234567" in page.notice.text()
    assert not page.view.image().isNull()


def test_the_sentence_about_a_missing_model_stays_until_the_person_goes_on(page, explored, qtbot):
    recipe = read_recipe(saved(page, qtbot, page.save_picture))
    page.open_recipe(replace(recipe, model_hash="0123456789abcdef"))
    qtbot.waitUntil(page.notice.isVisible)
    change(page, qtbot, page.draw)
    page.models.refresh()
    qtbot.waitUntil(lambda: not explored.is_busy())
    assert page.notice.isVisible()
    page.seeds.grid.chosen.emit(5)
    assert not page.notice.isVisible()


def test_pictures_of_other_seeds_than_those_shown_are_not_put_under_them(page, qtbot):
    before = [pixels_of(tile.toImage()) for tile in page.seeds.grid._tiles]
    stale: list[PreviewResult] = []
    page.previewer.rendered.connect(stale.append)
    with qtbot.waitSignal(page.previewer.rendered, check_params_cb=lambda r: r.tag == "seeds"):
        page.draw_seeds()
    page.seeds.set_seeds(range(30, 60))
    assert not page.seeds.grid._tiles
    page._on_rendered(stale[-1])
    assert not page.seeds.grid._tiles
    qtbot.waitUntil(lambda: len(page.seeds.grid._tiles) == 30)
    after = [pixels_of(tile.toImage()) for tile in page.seeds.grid._tiles]
    assert not np.array_equal(before, after)


def test_a_newer_live_model_changes_the_picture(page, explored, qtbot):
    before = shown(page)
    path = keep_model_file(explored.project, seed=2, replacing=page.models.path())
    after = change(page, qtbot, lambda: explored.model_published.emit(Published(path, "x", 9)))
    assert (after != before).any()


def test_the_list_of_models_tells_how_far_the_newest_one_is(page, explored, qtbot):
    path = page.models.path()
    before = page.models.box.currentText()
    keep_model_file(explored.project, seed=2, replacing=path, pictures=640)
    explored.model_published.emit(Published(path, "x", 640))
    qtbot.waitUntil(lambda: page.models.box.currentText() != before)
    assert "640" in page.models.box.currentText()
    assert page.models.path() == path


def test_nothing_is_saved_before_the_picture_of_the_chosen_model_is_seen(page, explored, qtbot):
    other = keep_model_file(explored.project, seed=2)
    page.models.choose(other)
    assert not page.exports.picture_button.isEnabled()
    qtbot.waitUntil(page.exports.picture_button.isEnabled)


def test_of_two_recipes_the_newer_one_is_shown_with_its_own_model(page, explored, qtbot):
    first = read_recipe(saved(page, qtbot, page.save_picture))
    other = keep_model_file(explored.project, seed=2)
    page.models.choose(other)
    qtbot.waitUntil(page.exports.picture_button.isEnabled)
    second = read_recipe(saved(page, qtbot, page.save_picture))
    assert first.model_hash != second.model_hash
    found = []
    page._recipes.found.connect(lambda recipe, path: found.append((recipe, path)))
    told_missing = []
    page._recipes.missing.connect(told_missing.append)
    page.open_recipe(replace(first, model_hash="0123456789abcdef"))
    page.open_recipe(first)
    page.open_recipe(second)
    qtbot.waitUntil(lambda: not explored.is_busy())
    assert [recipe for recipe, _ in found] == [second]
    assert told_missing == []


def test_long_texts_do_not_make_the_window_wide(page):
    before = page.minimumSizeHint().width()
    page.stations.set_added(range(100, 160))
    page.exports.line.message.setText("Saved: " + "a very long name of a picture " * 9)
    assert page.minimumSizeHint().width() == before


def test_a_damaged_model_is_told_in_place_of_the_picture(page, explored, qtbot):
    page.models.path().write_bytes(b"no model")
    page.draw_picture()
    qtbot.waitUntil(lambda: page.view.image().isNull())
    assert "no model file" in page.view.accessibleDescription()
    assert not page.exports.picture_button.isEnabled()


def test_a_cancelled_loop_leaves_no_file(page, explored, qtbot):
    page.ask_for_loop()
    page._dialog.seconds.setValue(60)
    page._dialog.accept()
    page.exports.line.cancel_button.click()
    qtbot.waitUntil(lambda: page.exports.line._run is None, timeout=WAIT_MS)
    folder = explored.project.artworks_folder
    assert [path for path in folder.iterdir() if path.is_file()] == []


def test_a_loop_needs_two_pictures(page):
    page.panel.seed_b.number.setValue(0)
    page.ask_for_loop()
    assert page.notice.isVisible()


def test_the_panel_keeps_a_point_to_the_last_digit(qtbot):
    panel = PointPanel()
    qtbot.addWidget(panel)
    point = Point(4_000_000_000, 7, 0.123456789, "lerp", 1.2345)
    with qtbot.waitSignal(panel.changed):
        panel.set_point(point)
    assert panel.point() == point
    panel.way.setValue(0)
    assert panel.point() == Point(4_000_000_000, None, 0.0, "lerp", 1.2345)


def test_a_seed_is_written_without_separators(qtbot):
    panel = PointPanel()
    qtbot.addWidget(panel)
    panel.seed_a.number.setValue(4_000_000_000)
    assert panel.seed_a.number.text() == "4000000000"


def test_everything_that_takes_the_focus_has_a_name(page):
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
        if not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []
