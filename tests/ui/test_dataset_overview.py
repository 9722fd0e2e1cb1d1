"""The Overview tab: bars, colours and the map lead to the pictures that they speak of."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from pytestqt.qtbot import QtBot

from ganart.ui.pages.dataset.overview_bars import Bars
from ganart.ui.pages.dataset.overview_tiles import TileMap, sorted_into_tiles
from ganart.ui.pages.dataset.overview_words import aspect_names, side_names
from ganart.ui.pages.dataset.page import DatasetPage
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS


@pytest.fixture
def page(qtbot: QtBot, open_session: Session, pictures_folder: Path) -> Iterator[DatasetPage]:
    page = DatasetPage(open_session)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    with qtbot.waitSignal(open_session.dataset_changed, timeout=WAIT_MS):
        open_session.add_folders([pictures_folder])
    qtbot.waitUntil(lambda: not open_session.is_busy(), timeout=WAIT_MS)
    page.tabs.setCurrentWidget(page.overview)
    page.show()
    qtbot.waitUntil(lambda: len(page.overview.map.chosen()) == 0 and shown(page) > 0)
    yield page
    assert open_session.shutdown(20)


def shown(page: DatasetPage) -> int:
    """Return how many pictures the bars tell of."""
    return sum(page.overview.sides.counts())


def test_bars_and_map_tell_of_all_pictures(page: DatasetPage) -> None:
    assert shown(page) == 24
    assert sum(page.overview.aspects.counts()) == 24
    assert "%" in page.overview.palette_strip.accessibleDescription()
    assert "few" in page.overview.advice.text()


def test_rejected_pictures_leave_it_and_it_looks_again(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    paths = [row.path for row in open_session.pictures.rows[:4]]
    open_session.curation.set_weight(paths, 0.0, "reject")
    qtbot.waitUntil(lambda: shown(page) == 20, timeout=WAIT_MS)
    open_session.undo.undo()
    qtbot.waitUntil(lambda: shown(page) == 24, timeout=WAIT_MS)


def test_while_hidden_it_leaves_the_computer_to_others(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    page.tabs.setCurrentIndex(0)
    paths = [row.path for row in open_session.pictures.rows[:4]]
    open_session.curation.set_weight(paths, 0.0, "reject")
    qtbot.waitUntil(lambda: not open_session.is_busy())
    qtbot.wait(900)  # longer than it waits before it looks again
    assert not open_session.is_busy()
    assert shown(page) == 24
    page.tabs.setCurrentWidget(page.overview)
    qtbot.waitUntil(lambda: shown(page) == 20, timeout=WAIT_MS)


def test_a_bar_leads_to_its_pictures_by_key_and_mouse(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    bars = page.overview.sides
    found: list[tuple[list[int], str]] = []
    page.desk.show_wanted.connect(lambda ids, words: found.append((list(ids), words)))
    qtbot.keyClick(bars, Qt.Key.Key_Return)
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(20, 5))
    for ids, words in found:
        assert ids
        assert words in side_names((0, 32, 64, 128, 256, 512, 1024, 2048, 4096))
        rows = [row for each in ids if (row := open_session.pictures.row(each))]
        sides = [min(row.width, row.height) for row in rows]
        assert max(sides) < 2 * max(32, min(sides))
    assert len(found) == 2


def test_the_map_is_walked_chosen_and_judged_by_keys(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    tiles = page.overview.map
    tiles.setFocus()
    assert not page.overview.show_button.isEnabled()
    qtbot.keyClick(tiles, Qt.Key.Key_Right)
    first = tiles.chosen()
    assert first
    qtbot.keyClick(tiles, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert set(first) < set(tiles.chosen())
    with qtbot.waitSignal(page.desk.show_wanted) as wanted:
        qtbot.keyClick(tiles, Qt.Key.Key_Return)
    assert wanted.args[0] == tiles.chosen()
    assert page.tabs.currentWidget() is page.pictures
    page.tabs.setCurrentWidget(page.overview)
    tiles.setFocus()
    with qtbot.waitSignal(page.desk.loupe_wanted):
        qtbot.keyClick(tiles, Qt.Key.Key_Space)
    assert page.closer.loupe is not None
    qtbot.keyClick(page.closer.loupe.view, Qt.Key.Key_Escape)
    assert page.focusWidget() is tiles
    qtbot.keyClick(tiles, Qt.Key.Key_P)
    picked = {row.id for row in open_session.pictures.rows if row.mark == "picked"}
    assert picked == set(tiles.chosen())


def test_a_frame_chooses_what_is_in_it_and_the_wheel_zooms_about_the_mouse(
    qtbot: QtBot, page: DatasetPage
) -> None:
    tiles = page.overview.map
    corner = QPoint(tiles.width() - 2, tiles.height() - 2)
    qtbot.mousePress(tiles, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    qtbot.mouseMove(tiles, corner)
    qtbot.mouseRelease(tiles, Qt.MouseButton.LeftButton, pos=corner)
    assert len(tiles.chosen()) >= 20


# What the parts reckon


def test_each_picture_lies_in_one_tile_with_the_middle_one_first() -> None:
    places = np.array([[0.1, 0.1], [0.24, 0.26], [0.9, 0.1], [1.0, 1.0]], np.float32)
    assert sorted_into_tiles(places, 2, 2) == {(0, 0): [1, 0], (1, 0): [2], (1, 1): [3]}
    assert sorted_into_tiles(places[:0], 2, 2) == {}


def test_a_map_zooms_about_a_point_and_stays_within_itself() -> None:
    tiles = TileMap()
    tiles.resize(QSizeF(600, 300))
    tiles.set_places(np.random.default_rng(1).random((500, 2), np.float32))
    assert sorted(tiles.inside(QRectF(0, 0, 600, 300))) == list(range(500))
    point = QPointF(150, 75)
    before = set(tiles.inside(QRectF(100, 50, 100, 50)))
    tiles.zoom_by(3, point)
    assert set(tiles.inside(QRectF(0, 0, 300, 150))) == before
    tiles.pan(QPointF(10_000, 10_000))
    assert tiles.box((0, 0)).topLeft() == QPointF(0, 0)
    tiles.zoom_by(0, point)
    assert sorted(tiles.inside(QRectF(0, 0, 600, 300))) == list(range(500))


def test_keys_walk_from_tile_to_tile_and_stop_at_the_end() -> None:
    tiles = TileMap()
    tiles.resize(QSizeF(560, 560))
    tiles.set_places(np.array([[0.05, 0.05], [0.95, 0.05], [0.95, 0.95]], np.float32))
    first = tiles.next_tile(None, 1, 0)
    assert first == (0, 0)
    right = tiles.next_tile(first, 1, 0)
    assert right is not None
    assert right[1] == 0
    assert right[0] > 5
    assert tiles.next_tile(right, 1, 0) == right
    down = tiles.next_tile(right, 0, 1)
    assert down is not None
    assert down[0] == right[0]
    assert tiles.next_tile(down, 0, 1) == down


def test_bars_leave_out_empty_ends_and_keys_stay_among_the_rest(qtbot: QtBot) -> None:
    bars = Bars("Sizes")
    qtbot.addWidget(bars)
    bars.show_counts(["a", "b", "c", "d", "e"], [0, 3, 0, 1, 0])
    bars.show()
    assert bars.current() == 1
    found: list[int] = []
    bars.activated.connect(found.append)
    for _ in range(5):
        qtbot.keyClick(bars, Qt.Key.Key_Down)
    qtbot.keyClick(bars, Qt.Key.Key_Return)
    for _ in range(5):
        qtbot.keyClick(bars, Qt.Key.Key_Up)
    qtbot.keyClick(bars, Qt.Key.Key_Return)
    assert found == [3, 1]
    assert "b: 3" in bars.accessibleDescription()


def test_there_is_a_name_for_every_class() -> None:
    from ganart.datasets.statistics import ASPECT_EDGES, SIDE_EDGES

    assert len(side_names(SIDE_EDGES)) == len(SIDE_EDGES)
    assert len(set(aspect_names(ASPECT_EDGES))) == len(ASPECT_EDGES)
    with pytest.raises(ValueError, match="names"):
        aspect_names(ASPECT_EDGES[1:])
