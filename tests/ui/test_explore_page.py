"""The Explore page on a real, tiny model: pictures, seeds, saving, and recipes opened again."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ganart.engine.gan.events import Published
from ganart.media.pictures import read_recipe
from ganart.media.point import Part, Point, vector_of
from ganart.project.runs import Runs, Status
from ganart.project.store import Project
from ganart.ui.pages.explore.easel import SeedBox
from ganart.ui.pages.explore.models import ModelChooser
from ganart.ui.pages.explore.page import ExplorePage
from ganart.workers.exports import Exported
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
    qtbot.waitUntil(lambda: not page.easel.view.image().isNull(), timeout=WAIT_MS)
    qtbot.waitUntil(page.canvas.thumbs.is_complete)
    return page


def shown(page: ExplorePage) -> np.ndarray:
    return pixels_of(page.easel.view.image())


def change(page: ExplorePage, qtbot: QtBot, edit) -> np.ndarray:
    """Return the picture that follows an edit."""
    with qtbot.waitSignal(page.exploration.rendered, check_params_cb=lambda r: r.tag == "picture"):
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


def test_a_saved_picture_opens_again_with_the_same_pixels(page, explored, qtbot):
    point = Point.between(12, 34, 1 / 3, "lerp", 0.87)
    before = change(page, qtbot, lambda: page.exploration.look_at(point, "Look"))
    path = saved(page, qtbot, page.save_picture)
    recipe = read_recipe(path)
    assert recipe.points == (point,)
    change(page, qtbot, lambda: page.easel.seed.number.setValue(99))
    # The run goes; the picture keeps the model that it was made with.
    with qtbot.waitSignal(explored.notice):
        explored.discard_run(page.models._entries[0].run_id)
    with qtbot.waitSignal(page.models.chosen):
        page.open_recipe(recipe)
    after = change(page, qtbot, page.easel.draw)
    np.testing.assert_array_equal(after, before)
    assert page.exploration.point == point


def test_sheets_and_loops_carry_recipes_that_open_again(page, qtbot):
    page.canvas.set_points([Point.at(seed) for seed in range(100, 106)])
    sheet = read_recipe(saved(page, qtbot, page.save_sheet))
    for seed in (0, 1, 7):
        page.exploration.look_at(Point.at(seed), "Look")
        page.loop.add_button.click()

    page.loop.save_button.click()
    dialog = page.exporter.dialog
    dialog.forms["loop"].set_values({"format": "gif", "fps": 2.0})
    with qtbot.waitSignal(page.exports.queue.saved, timeout=WAIT_MS) as made:
        dialog.accept()
    loop = read_recipe(made.args[0])
    assert (loop.kind, loop.frames, loop.fps) == ("loop", 12, 2.0)
    page.loop.clear_button.click()
    page.canvas.set_mode("seeds")
    page.show_recipe(sheet)
    assert [each.seed for each in page.canvas.points()] == list(range(100, 106))
    page.show_recipe(loop)
    keyframes = page.loop.composition().keyframes
    assert [each.point.seeds for each in keyframes] == [(0,), (1,), (7,)]


def test_a_recipe_of_a_missing_model_is_told_in_a_sentence(page, qtbot):
    recipe = read_recipe(saved(page, qtbot, page.save_picture))
    page.open_recipe(replace(recipe, model_hash="0123456789abcdef"))
    qtbot.waitUntil(page.notice.isVisible)
    assert "01234567" in page.notice.text()
    assert not page.easel.view.image().isNull()


def test_the_sentence_about_a_missing_model_stays_until_the_person_goes_on(page, explored, qtbot):
    recipe = read_recipe(saved(page, qtbot, page.save_picture))
    page.open_recipe(replace(recipe, model_hash="0123456789abcdef"))
    qtbot.waitUntil(page.notice.isVisible)
    change(page, qtbot, page.easel.draw)
    page.models.refresh()
    qtbot.waitUntil(lambda: not explored.is_busy())
    assert page.notice.isVisible()
    page.exploration.look_at(Point.at(5), "Look")
    assert not page.notice.isVisible()


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
    page.easel.place.setText("Mix of the seeds 1 + 2 + 3 " * 20)
    page.exports.line.message.setText("Saved: " + "a very long name of a picture " * 9)
    assert page.minimumSizeHint().width() == before


def test_a_damaged_model_is_told_in_place_of_the_picture(page, explored, qtbot):
    page.models.path().write_bytes(b"no model")
    page.easel.draw()
    qtbot.waitUntil(lambda: page.easel.view.image().isNull())
    assert "no model file" in page.easel.view.accessibleDescription()
    assert not page.exports.picture_button.isEnabled()


def test_a_cancelled_loop_leaves_no_file(page, explored, qtbot):
    for seed in (0, 1):
        page.exploration.look_at(Point.at(seed), "Look")
        page.loop.add_button.click()
    page.loop.save_button.click()
    dialog = page.exporter.dialog
    dialog.forms["loop"].set_values({"fps": 120.0})
    dialog.accept()
    queue = page.exports.queue
    qtbot.waitUntil(lambda: queue.current() is not None, timeout=WAIT_MS)
    page.exports.show_list()
    page.exports.list.rows[0].remove_button.click()
    qtbot.waitUntil(lambda: queue.current() is None and not explored.is_busy(), timeout=WAIT_MS)
    folder = explored.project.artworks_folder
    assert [path for path in folder.iterdir() if path.is_file()] == []
    assert not list(explored.project.exports_folder.iterdir())
    assert page.exports.queue_button.isHidden()


def test_a_seed_is_written_without_separators(qtbot):
    box = SeedBox("Seed", "Dice")
    qtbot.addWidget(box)
    box.number.setValue(4_000_000_000)
    assert box.number.text() == "4000000000"


def test_everything_that_takes_the_focus_has_a_name(page):
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
        if not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


def test_every_step_can_be_taken_back(page, explored):
    page.easel.seed.number.setValue(5)
    page.easel.diversity.setValue(70)
    page.easel.diversity.setValue(80)
    page.loop.add_points([Point.at(1), Point.at(2)], "Add")
    assert page.loop.composition() is not None
    explored.undo.undo()
    assert page.loop.composition() is None
    explored.undo.undo()
    assert page.exploration.point == Point.at(5)
    assert page.easel.diversity.value() == 100
    explored.undo.redo()
    assert page.exploration.point == Point.at(5, 0.8)


def test_a_sheet_opens_on_the_canvas_in_its_own_columns(page, qtbot):
    points = tuple(
        Point((Part(vector=vector_of(np.full(8, each, np.float32))),)) for each in range(6)
    )
    page.canvas.set_points(points, 2)
    sheet = read_recipe(saved(page, qtbot, page.save_sheet))
    page.canvas.set_mode("seeds")
    page.tabs.setCurrentWidget(page.loop)
    page.show_recipe(sheet)
    assert page.tabs.currentWidget() is page.canvas
    assert (tuple(page.canvas.points()), page.canvas.columns()) == (points, 2)


def test_a_sheet_is_not_stylized_after_a_picture_could_not_be(page, explored, qtbot):
    taken = []
    page.stylize_wanted.connect(taken.append)
    good = page.exploration.path
    page.exploration.path = good.with_name("missing.safetensors")
    with qtbot.waitSignal(explored.failed, timeout=WAIT_MS):
        page.stylize()
    qtbot.waitUntil(lambda: not page.exports.line.is_busy(), timeout=WAIT_MS)
    page.exploration.path = good
    saved(page, qtbot, page.save_sheet)
    assert taken == []


def test_enter_leads_to_the_seed_alone_that_is_shown_of_a_mix(page, qtbot):
    page.exploration.look_at(Point.between(5, 6, 0.4), "Look")
    assert page.easel.seed.number.value() == 5
    page.easel.seed.number.setFocus()
    qtbot.keyClick(page.easel.seed.number, Qt.Key.Key_Return)
    assert page.exploration.point == Point.at(5)


def test_a_closed_project_leaves_nothing_to_the_next_one(page, explored, qtbot, tmp_path):
    page.exploration.look_at(Point.at(7, 0.5), "Look")
    page.canvas.set_points([Point.at(1), Point.at(2)])
    page.ask()
    dialog = page.exporter.dialog
    assert explored.create_project(tmp_path / "Next")
    assert page.exploration.point == Point.at(0)
    assert not dialog.isVisible()
    assert page.canvas.mode == "seeds"
    assert not page.canvas.modes.isTabVisible(2)


def test_pictures_of_the_model_before_tell_nothing_of_the_next_one(page, explored, qtbot):
    other = keep_model_file(explored.project, seed=2)
    stamp = page.exploration.previewer.show(page.exploration.path, [Point.at(3)] * 40, "elsewhere")
    results = []
    page.exploration.rendered.connect(results.append)
    page.models.choose(other)
    qtbot.waitUntil(lambda: any(each.tag == "picture" for each in results), timeout=WAIT_MS)
    assert stamp not in [each.stamp for each in results]


def test_a_point_without_a_seed_shows_none(page, qtbot):
    box = page.easel.seed.number
    point = Point((Part(vector=vector_of(np.ones(8, np.float32))),))
    page.exploration.look_at(Point.at(7), "Look")
    page.exploration.look_at(point, "Look")
    assert box.text() == ""
    box.setFocus()
    page.easel.diversity.setFocus()
    assert page.exploration.point == point
    box.setFocus()
    qtbot.keyClicks(box, "7")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert page.exploration.point == Point.at(7)
    assert box.text() == "7"


def end_run(project: Project, model: Path, status: Status) -> None:
    """Say how the run of a live model ended."""
    runs = Runs(project.runs_folder)
    runs.update(replace(runs.load(model.parent.name), status=status))


def test_a_finished_run_is_explored_rather_than_one_that_broke_off(open_session, qtbot):
    project = open_session.project
    finished, broken = (keep_model_file(project, seed=seed) for seed in (1, 2))
    chooser = ModelChooser(open_session)
    qtbot.addWidget(chooser)
    assert shows(chooser, qtbot) == broken
    chooser.clear()
    end_run(project, finished, "finished")
    assert shows(chooser, qtbot) == finished


def test_the_model_that_was_explored_last_comes_first_the_next_time(open_session, qtbot):
    project = open_session.project
    older, newer = (keep_model_file(project, seed=seed) for seed in (1, 2))
    end_run(project, newer, "finished")
    chooser = ModelChooser(open_session)
    qtbot.addWidget(chooser)
    assert shows(chooser, qtbot) == newer
    chooser.choose(older)
    open_session.close_project()
    assert open_session.open_project(project.folder)
    other = ModelChooser(open_session)
    qtbot.addWidget(other)
    assert shows(other, qtbot) == older
    with qtbot.waitSignal(other.chosen):
        other.choose_run(newer.parent.name)
    other.clear()
    assert shows(other, qtbot) == newer
    shutil.rmtree(newer.parent)  # one that is gone is not waited for
    other.clear()
    assert shows(other, qtbot) == older


def shows(chooser: ModelChooser, qtbot: QtBot) -> Path | None:
    """Return the model that a list chooses once it is read."""
    with qtbot.waitSignal(chooser.chosen):
        chooser.refresh()
    return chooser.path()
