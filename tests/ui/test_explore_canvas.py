"""The canvas on a real, tiny model, by keyboard alone and by mouse."""

import json
import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ganart.engine.gan.events import Published
from ganart.media.board import Board
from ganart.media.lattice import place_of_seed, seed_at
from ganart.media.point import SEED_MAX, Gene, Part, Point, vector_of
from ganart.project.store import Project
from ganart.ui.pages.explore.canvas import CanvasTab
from ganart.ui.pages.explore.canvas_field import CELL_PX, LEAST_CELL_PX
from ganart.ui.pages.explore.canvas_modes import ANCHORS, SEEDS, SHEET
from ganart.ui.pages.explore.page import ExplorePage
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS, keep_model_file, pixels_of

Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(open_session: Session, qtbot: QtBot) -> ExplorePage:
    keep_model_file(open_session.project, seed=1)
    page = ExplorePage(open_session)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.activateWindow()
    page.canvas.map.setFocus()
    qtbot.waitUntil(lambda: not page.easel.view.image().isNull(), timeout=WAIT_MS)
    settle(page.canvas, qtbot)
    return page


@pytest.fixture
def canvas(page: ExplorePage) -> CanvasTab:
    return page.canvas


def settle(canvas: CanvasTab, qtbot: QtBot) -> None:
    """Wait until all that is seen is drawn."""
    chart = canvas.map
    qtbot.waitUntil(lambda: not chart.is_waiting() and canvas.thumbs.is_complete())


def point(canvas: CanvasTab) -> Point:
    return canvas._exploration.point


def tile_pixels(canvas: CanvasTab, tile: tuple[int, int]) -> np.ndarray:
    return pixels_of(canvas.map.thumb_of(tile).pixmap.toImage())


def press(canvas: CanvasTab, qtbot: QtBot, *keys: Key, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        qtbot.keyClick(canvas.map, key, modifier)


def look(canvas: CanvasTab, seed: int) -> None:
    canvas._exploration.look_at(Point.at(seed), "Look")


def put_anchors(canvas: CanvasTab, qtbot: QtBot, *seeds: int) -> None:
    """Put anchors of some seeds and show their map."""
    for seed in seeds:
        look(canvas, seed)
        press(canvas, qtbot, Key.Key_A)
    canvas.modes.setCurrentIndex(1)


# The map of seeds


def test_arrows_go_between_seeds_and_with_shift_from_seed_to_seed(canvas, qtbot):
    press(canvas, qtbot, Key.Key_Right, Key.Key_Right)
    shares = {part.seed: part.weight for part in point(canvas).parts}
    assert shares == {0: pytest.approx(0.8), 1: pytest.approx(0.2)}
    press(canvas, qtbot, Key.Key_Space)
    assert point(canvas) == Point.at(0)
    press(canvas, qtbot, Key.Key_Right, Key.Key_Down, modifier=SHIFT)
    assert point(canvas) == Point.at(seed_at(1, 1))
    assert str(seed_at(1, 1)) in canvas.map.accessibleDescription()


def test_ten_small_steps_are_one_large_one(canvas, qtbot):
    press(canvas, qtbot, *[Key.Key_Left] * 10)
    assert point(canvas) == Point.at(seed_at(-1, 0))


def test_the_map_has_no_edge(canvas, qtbot):
    look(canvas, seed_at(32768, 5))
    press(canvas, qtbot, Key.Key_Right, modifier=SHIFT)
    assert point(canvas) == Point.at(seed_at(-32767, 5))
    assert canvas.map.is_on_map


@pytest.mark.parametrize("seed", [7, 123_456_789, SEED_MAX])
def test_a_seed_that_is_typed_lies_in_the_middle(page, canvas, qtbot, seed):
    page.easel.seed.number.setValue(seed)
    assert canvas.map.is_on_map
    assert seed_at(*map(int, canvas.map.place)) == seed
    assert canvas.map.place == place_of_seed(seed)


def test_the_map_is_the_next_stop_of_the_tab_key_after_its_modes(canvas, qtbot):
    canvas.modes.setFocus()
    qtbot.keyClick(canvas.modes, Key.Key_Tab)
    assert canvas.map.hasFocus()


def test_home_goes_back_to_the_first_seed_and_the_dice_elsewhere(canvas, qtbot):
    press(canvas, qtbot, Key.Key_R)
    assert point(canvas).seed not in {0, None}
    press(canvas, qtbot, Key.Key_Home)
    assert point(canvas) == Point.at(0)


def test_zoom_by_keys_goes_from_hundreds_to_one_and_back(canvas, qtbot):
    press(canvas, qtbot, *[Key.Key_Minus] * 20)
    assert canvas.map.cell == LEAST_CELL_PX
    assert len(canvas.map.tiles()) > 200
    press(canvas, qtbot, *[Key.Key_Plus] * 40)
    assert len(canvas.map.tiles(whole=True)) <= 2
    lens = canvas.map.lens()
    assert lens.height() >= canvas.map.height() - 12
    press(canvas, qtbot, Key.Key_0)
    assert canvas.map.cell == CELL_PX


def test_the_wheel_zooms_about_the_middle(canvas):
    place = canvas.map.place
    middle = QPointF(canvas.map.rect().center())
    turn = QWheelEvent(
        middle,
        middle,
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas.map, turn)
    assert canvas.map.cell > CELL_PX
    assert canvas.map.place == place


def test_a_tile_shows_what_the_large_picture_does(page, canvas, qtbot):
    look(canvas, 5)
    qtbot.waitUntil(lambda: canvas.map.picture is not None)
    settle(canvas, qtbot)
    large = pixels_of(page.easel.view.image())
    tile = tuple(map(int, canvas.map.place))
    np.testing.assert_allclose(tile_pixels(canvas, tile).astype(int), large, atol=1)


def drag(qtbot: QtBot, canvas: CanvasTab, way: QPoint, modifier=Qt.KeyboardModifier.NoModifier):
    """Drag from a place beside the middle."""
    start = canvas.map.rect().center() + QPoint(150, 60)
    qtbot.mousePress(canvas.map, LEFT, modifier, start)
    for step in range(1, 5):
        qtbot.mouseMove(canvas.map, start + way * step / 4)
    qtbot.mouseRelease(canvas.map, LEFT, modifier, start + way)


def test_the_mouse_drags_the_map_and_that_is_one_step_back(page, canvas, qtbot):
    steps = canvas._exploration.session.undo.count()
    drag(qtbot, canvas, QPoint(-int(CELL_PX), 0))
    assert canvas.map.place == pytest.approx((1, 0), abs=0.01)
    assert canvas._exploration.session.undo.count() == steps + 1
    canvas._exploration.session.undo.undo()
    assert point(canvas) == Point.at(0)
    assert canvas.map.place == (0, 0)


def test_a_click_goes_to_the_tile(canvas, qtbot):
    position = canvas.map.on_screen((2, 1)).toPoint() + QPoint(9, -7)
    qtbot.mouseClick(canvas.map, LEFT, pos=position)
    assert point(canvas) == Point.at(seed_at(2, 1))


def test_what_else_a_point_has_all_seeds_have(page, canvas, qtbot):
    page.easel.diversity.setValue(0)
    settle(canvas, qtbot)
    np.testing.assert_array_equal(tile_pixels(canvas, (0, 0)), tile_pixels(canvas, (2, 1)))
    press(canvas, qtbot, Key.Key_Right, modifier=SHIFT)
    assert point(canvas) == Point.at(1, 0.0)


def test_a_picture_from_elsewhere_is_told_and_any_move_goes_back(canvas, qtbot):
    canvas._exploration.look_at(Point.between(5, 500_000, 0.5), "Look")
    assert not canvas.map.is_on_map
    assert "not on this map" in canvas.line.where.text()
    press(canvas, qtbot, Key.Key_Space)
    assert canvas.map.is_on_map
    assert point(canvas) == Point.at(0)


def test_a_point_that_does_not_fit_the_model_leaves_the_other_tiles(page, canvas, qtbot):
    misfit = Gene("odd", vector_of(np.ones(99, np.float32)), 1.0)
    canvas._exploration.look_at(Point((Part(0),), genes=(misfit,)), "Look")
    settle(canvas, qtbot)
    assert canvas.map.thumb_of((1, 0)).pixmap.isNull()
    look(canvas, 0)
    settle(canvas, qtbot)
    assert not canvas.map.thumb_of((1, 0)).pixmap.isNull()


def test_a_newer_live_model_draws_all_anew_while_the_older_pictures_stay(page, canvas, qtbot):
    before = tile_pixels(canvas, (1, 0))
    session = canvas._exploration.session
    path = keep_model_file(session.project, seed=2, replacing=page.models.path())
    session.model_published.emit(Published(path, "x", 9))
    assert canvas.map.thumb_of((1, 0)) is not None
    qtbot.waitUntil(lambda: (tile_pixels(canvas, (1, 0)) != before).any())
    settle(canvas, qtbot)
    versions = {canvas.map.thumb_of(tile).version for tile in canvas.map.tiles()}
    assert len(versions) == 1


def test_of_another_model_the_pictures_of_the_first_are_gone_at_once(page, canvas, qtbot):
    first = canvas.map.thumb_of((1, 0))
    other = keep_model_file(canvas._exploration.session.project, seed=2)
    page.models.choose(other)
    assert page.exploration.path == other
    assert canvas.map.thumb_of((1, 0)) is not first
    settle(canvas, qtbot)
    assert not canvas.map.thumb_of((1, 0)).pixmap.isNull()


def test_a_model_that_cannot_be_read_leaves_the_map_empty(page, canvas, qtbot):
    other = keep_model_file(canvas._exploration.session.project, seed=2)
    other.write_bytes(b"no model")
    page.models.choose(other)
    qtbot.waitUntil(lambda: bool(page.easel.view.accessibleDescription()))
    settle(canvas, qtbot)
    assert canvas.map.thumb_of((1, 0)) is None
    assert canvas.map.picture is None


def test_the_picture_in_the_middle_is_never_an_older_one_at_last(page, canvas, qtbot):
    for _ in range(30):
        press(canvas, qtbot, Key.Key_Right)
    last = point(canvas)
    results = []
    canvas._exploration.rendered.connect(results.append)
    qtbot.waitUntil(lambda: any(r.tag == "picture" and r.points == (last,) for r in results))
    settle(canvas, qtbot)
    pictures = [result for result in results if result.tag == "picture"]
    assert pictures[-1].points == (last,)
    shown = pixels_of(canvas.map.picture.toImage())
    np.testing.assert_array_equal(shown, pictures[-1].pixels[0])


def test_while_a_slow_picture_is_drawn_the_tiles_around_stand_in_for_it(canvas, qtbot):
    canvas._is_slow = True
    canvas.go_to((0.5, 0.5), True)
    assert canvas.map.picture is None
    middle = canvas.map.lens().center().toPoint()
    shown = canvas.map.grab().toImage().pixelColor(middle)
    assert shown != canvas.map.palette().base().color()
    qtbot.waitUntil(lambda: canvas.map.picture is not None)


def test_without_a_model_the_map_says_so_and_does_nothing(open_session, qtbot):
    page = ExplorePage(open_session)
    qtbot.addWidget(page)
    page.show()
    qtbot.keyClick(page.canvas.map, Key.Key_Right)
    qtbot.mouseClick(page.canvas.map, LEFT)
    assert page.canvas.map.message
    assert page.exploration.point == Point.at(0)
    assert page.canvas.points()


# Anchors


def test_anchors_by_keyboard_alone(canvas, qtbot):
    put_anchors(canvas, qtbot, 5, 17)
    anchors = canvas.keeper.board.anchors
    assert [each.point for each in anchors] == [Point.at(5), Point.at(17)]
    assert len({each.colour for each in anchors}) == len({each.place for each in anchors}) == 2
    press(canvas, qtbot, Key.Key_N)
    assert point(canvas) == Point.at(5)
    press(canvas, qtbot, Key.Key_N)
    assert point(canvas) == Point.at(17)
    press(canvas, qtbot, Key.Key_N, modifier=SHIFT)
    assert point(canvas) == Point.at(5)
    press(canvas, qtbot, Key.Key_Right, modifier=CTRL | SHIFT)
    moved = canvas.keeper.board.anchors[0].place
    assert moved == (anchors[0].place[0] + 1, anchors[0].place[1])
    press(canvas, qtbot, Key.Key_Space)
    press(canvas, qtbot, Key.Key_D, modifier=CTRL)
    assert [each.point.seed for each in canvas.keeper.board.anchors] == [5, 17, 5]
    press(canvas, qtbot, Key.Key_Delete)
    assert len(canvas.keeper.board.anchors) == 2


def test_between_anchors_their_mix_is_looked_at(canvas, qtbot):
    put_anchors(canvas, qtbot, 5, 17)
    a, b = (each.place for each in canvas.keeper.board.anchors)
    canvas.go_to(((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), True)
    shares = {part.seed: part.weight for part in point(canvas).parts}
    assert shares == {5: pytest.approx(0.5), 17: pytest.approx(0.5)}
    assert canvas.map.is_on_map


def test_the_picture_in_the_middle_follows_an_anchor_that_is_moved_and_moved_back(canvas, qtbot):
    put_anchors(canvas, qtbot, 5, 17)
    canvas.go_to((0.5, 0.25), True)
    before = point(canvas)
    press(canvas, qtbot, Key.Key_N)
    canvas.go_to((0.5, 0.25), True)
    press(canvas, qtbot, Key.Key_Left, modifier=CTRL)
    assert point(canvas) != before
    assert canvas.map.is_on_map
    canvas._exploration.session.undo.undo()
    assert point(canvas) == before
    assert canvas.map.is_on_map


def test_an_anchor_is_renamed_in_the_row(canvas, qtbot):
    put_anchors(canvas, qtbot, 5)
    press(canvas, qtbot, Key.Key_N, Key.Key_F2)
    editor = canvas.anchor_shelf.list.findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "Moss")
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: canvas.keeper.board.anchors[0].name == "Moss")
    assert canvas.map.accessibleDescription().startswith("Moss")
    canvas._exploration.session.undo.undo()
    assert canvas.keeper.board.anchors[0].name != "Moss"


def test_an_anchor_takes_another_colour(canvas, qtbot):
    put_anchors(canvas, qtbot, 5)
    press(canvas, qtbot, Key.Key_N, Key.Key_C)
    dialog = canvas.anchors.dialog
    dialog.setCurrentColor(QColor("#102030"))
    dialog.accept()
    assert canvas.keeper.board.anchors[0].colour == "#102030"


def test_there_is_an_end_to_anchors_and_that_is_told(canvas, qtbot, monkeypatch):
    monkeypatch.setattr("ganart.ui.pages.explore.canvas_edits.MAX_ANCHORS", 1)
    put_anchors(canvas, qtbot, 5, 17)
    assert len(canvas.keeper.board.anchors) == 1
    press(canvas, qtbot, Key.Key_A)
    assert "remove one" in canvas.line.where.text()


def test_the_mouse_drags_an_anchor_in_one_step_back(canvas, qtbot):
    put_anchors(canvas, qtbot, 5, 17)
    canvas.go_to((0.0, 2.0), True)
    before = canvas.keeper.board.anchors[1].place
    steps = canvas._exploration.session.undo.count()
    start = canvas.map.on_screen(before).toPoint()
    qtbot.mousePress(canvas.map, LEFT, pos=start)
    for step in range(1, 4):
        qtbot.mouseMove(canvas.map, start + QPoint(0, 24 * step))
    qtbot.mouseRelease(canvas.map, LEFT, pos=start + QPoint(0, 72))
    after = canvas.keeper.board.anchors[1].place
    assert math.dist(before, after) == pytest.approx(72 / CELL_PX, abs=0.05)
    assert canvas._exploration.session.undo.count() == steps + 1


def test_without_anchors_their_map_says_how_to_put_one(canvas, qtbot):
    canvas.modes.setCurrentIndex(1)
    assert "press A" in canvas.map.message
    assert not canvas.commands.remove_anchor.isEnabled()
    press(canvas, qtbot, Key.Key_A)
    assert not canvas.map.message
    assert canvas.anchor_shelf.isVisible()
    canvas._exploration.session.undo.undo()
    assert canvas.map.message


# Paths


def test_a_path_by_keyboard_becomes_a_loop(page, canvas, qtbot):
    for _ in range(3):
        press(canvas, qtbot, Key.Key_P)
        press(canvas, qtbot, Key.Key_Right, modifier=SHIFT)
    press(canvas, qtbot, Key.Key_P, Key.Key_Backspace)
    assert canvas.map.path == ((0, 0), (1, 0), (2, 0))
    with qtbot.waitSignal(canvas.path_wanted) as wanted:
        press(canvas, qtbot, Key.Key_L)
    assert wanted.args == [tuple(Point.at(seed_at(x, 0)) for x in range(3))]
    assert page.tabs.currentWidget() is page.loop


def test_a_drawn_path_has_few_keyframes_on_its_way(canvas, qtbot):
    drag(qtbot, canvas, QPoint(120, 80), SHIFT)
    assert canvas.map.place == (0, 0)
    canvas.map.stroke_drawn.emit(tuple((x / 50, x / 90) for x in range(300)))
    with qtbot.waitSignal(canvas.path_wanted) as wanted:
        canvas.commands.send_path.trigger()
    assert len(wanted.args[0]) == 24
    canvas.commands.clear_path.trigger()
    assert not canvas.map.path
    assert not canvas.commands.send_path.isEnabled()


def test_on_a_sheet_there_is_no_path(canvas, qtbot):
    canvas.set_points([Point.at(seed) for seed in range(9)])
    drag(qtbot, canvas, QPoint(-144, -144), SHIFT)
    assert point(canvas) == Point.at(8)
    assert canvas.keeper.board.seed_path == ()
    assert not canvas.commands.add_stop.isEnabled()


def test_with_the_pen_the_mouse_draws(canvas, qtbot):
    press(canvas, qtbot, Key.Key_D)
    drag(qtbot, canvas, QPoint(60, 0))
    assert len(canvas.map.path) == 5
    assert point(canvas) == Point.at(0)


# Bookmarks


def test_bookmarks_by_keyboard_alone(page, canvas, qtbot):
    look(canvas, 5)
    page.easel.seed.number.setFocus()
    qtbot.keyClick(page.easel.seed.number, Key.Key_B, CTRL)
    look(canvas, 17)
    press(canvas, qtbot, Key.Key_B, modifier=CTRL)
    shelf = canvas.bookmark_shelf
    assert [shelf.list.item(n).text() for n in range(2)] == ["Seed 17", "Seed 5"]
    look(canvas, 1)
    shelf.list.setCurrentRow(1)
    shelf.list.setFocus()
    qtbot.keyClick(shelf.list, Key.Key_Return)
    assert point(canvas) == Point.at(5)
    qtbot.keyClick(shelf.list, Key.Key_Delete)
    assert [each.point.seed for each in canvas.keeper.board.bookmarks] == [17]
    canvas._exploration.session.undo.undo()
    assert [each.point.seed for each in canvas.keeper.board.bookmarks] == [17, 5]


def test_bookmarks_are_found_by_name(canvas, qtbot):
    for seed in (5, 17):
        look(canvas, seed)
        canvas.bookmarks.keep()
    shelf = canvas.bookmark_shelf
    qtbot.keyClicks(shelf.filter, "SEED 5")
    assert [shelf.list.isRowHidden(number) for number in range(2)] == [True, False]


def test_a_name_that_is_none_is_not_taken(canvas):
    canvas.bookmarks.keep()
    canvas.bookmark_shelf.list.item(0).setText(" \u202e ")
    assert canvas.keeper.board.bookmarks[0].name == "Seed 0"
    assert canvas.bookmark_shelf.list.item(0).text() == "Seed 0"


# What is kept


def test_all_of_it_is_there_when_the_project_is_opened_again(canvas, qtbot):
    put_anchors(canvas, qtbot, 5, 17)
    canvas.bookmarks.keep()
    press(canvas, qtbot, Key.Key_P)
    board, session = canvas.keeper.board, canvas._exploration.session
    folder = session.project.folder
    qtbot.waitUntil((folder / "explore" / "canvas.json").exists)
    canvas.bookmarks.keep()  # not written yet when the project is closed
    board = canvas.keeper.board
    assert session.close_project()
    assert canvas.keeper.board == Board()
    assert session.open_project(folder)
    assert canvas.keeper.board == board


def test_a_damaged_file_is_put_aside_and_told(open_session, qtbot):
    project: Project = open_session.project
    path = project.folder / "explore" / "canvas.json"
    path.parent.mkdir()
    path.write_text(json.dumps({"schema": 1, "anchors": [{"name": 3}]}))
    told = []
    open_session.warned.connect(told.append)
    page = ExplorePage(open_session)
    qtbot.addWidget(page)
    assert page.canvas.keeper.board == Board()
    assert len(told) == 1
    assert path.with_name("canvas.json.damaged").exists()
    assert not path.exists()


def test_a_folder_that_cannot_be_written_to_is_told_in_sentences(canvas, qtbot):
    session = canvas._exploration.session
    (session.project.folder / "explore").write_text("in the way")
    with qtbot.waitSignal(session.failed) as failed:
        canvas.bookmarks.keep()
    assert "explore" in str(failed.args[0].error)
    canvas.bookmarks.keep()
    with qtbot.waitSignal(session.failed):
        session.close_project()


# Sheets


def test_the_tiles_in_view_are_the_sheet(canvas):
    points, columns = canvas.points(), canvas.columns()
    assert len(points) % columns == 0
    xs = [place_of_seed(each.seed)[0] for each in points[:columns]]
    assert xs == list(range(xs[0], xs[0] + columns))


def test_a_sheet_never_has_too_many_pictures(canvas, qtbot):
    canvas.map.resize(4000, 3000)
    press(canvas, qtbot, *[Key.Key_Minus] * 20)
    assert 0 < len(canvas.points()) <= 400
    assert len(canvas.points()) % canvas.columns() == 0


def test_an_opened_sheet_is_a_map_of_its_own(canvas, qtbot):
    points = [Point.at(seed) for seed in (9, 99, 999, 9999, 4, 44)]
    look(canvas, 99)
    canvas.set_points(points)
    assert (canvas.mode, canvas.points(), canvas.columns()) == (SHEET, points, 3)
    assert canvas.map.place == (1, 0)
    press(canvas, qtbot, Key.Key_Down, modifier=SHIFT)
    assert point(canvas) == Point.at(4)
    press(canvas, qtbot, Key.Key_Down, modifier=SHIFT)
    assert point(canvas) == Point.at(4)
    canvas.modes.setCurrentIndex(0)
    assert canvas.mode == SEEDS
    assert canvas.map.place == place_of_seed(4)


def test_a_sheet_of_the_map_opens_with_its_columns(canvas):
    points, columns = canvas.points(), canvas.columns()
    canvas.set_points(points)
    assert canvas.columns() == columns


def test_the_map_of_anchors_can_be_a_sheet_too(canvas, qtbot):
    put_anchors(canvas, qtbot, 5, 17)
    assert canvas.mode == ANCHORS
    assert {seed for each in canvas.points() for seed in each.seeds} == {5, 17}
