"""The Breed tab on a real, tiny model: parents, litters, marks, the family tree, undo, keeping."""

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QAccessible, QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QSlider
from pytestqt.qtbot import QtBot

from ganart.media.pictures import read_recipe
from ganart.media.point import Part, Point, vector_of
from ganart.ui.pages.explore.breed import BreedTab
from ganart.ui.pages.explore.page import ExplorePage
from ganart.ui.pages.explore.point_drag import MIME, mime_of, point_in
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS, keep_model_file

Key = Qt.Key
NAME = QAccessible.Text.Name


@pytest.fixture
def page(open_session: Session, qtbot: QtBot) -> ExplorePage:
    keep_model_file(open_session.project, seed=1)
    page = ExplorePage(open_session)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.tabs.setCurrentWidget(page.breed)
    qtbot.waitUntil(lambda: page.exploration.info is not None, timeout=WAIT_MS)
    return page


@pytest.fixture
def tab(page: ExplorePage) -> BreedTab:
    for seed in (1, 5):
        page.easel.seed.number.setValue(seed)
        page.breed.tray.add_button.click()
    return page.breed


def drawn(tab: BreedTab) -> bool:
    return bool(tab.brood.points) and all(tab.pictures.picture(each) for each in tab.brood.points)


def bred(tab: BreedTab, qtbot: QtBot) -> tuple[Point, ...]:
    tab.breed_button.click()
    qtbot.waitUntil(lambda: drawn(tab), timeout=WAIT_MS)
    return tab.brood.points


def test_two_parents_have_nine_children_that_can_be_looked_at(page, tab, qtbot):
    family = bred(tab, qtbot)
    assert len(family) == 9
    tab.grid.setFocus()
    QTest.keyClick(tab.grid, Key.Key_Right)
    QTest.keyClick(tab.grid, Key.Key_Return)
    assert page.exploration.point == family[1]
    tile = tab.grid.tile(3).center()
    QTest.mouseClick(tab.grid, Qt.MouseButton.LeftButton, pos=tile)
    assert page.exploration.point == family[3]


def test_no_two_sliders_have_one_name_or_one_key(page: ExplorePage) -> None:
    labels = [each for each in page.findChildren(QLabel) if each.isVisible() and each.buddy()]
    named = {label.text() for label in labels if isinstance(label.buddy(), QSlider)}
    assert len(named) == 3  # diversity, how far to wander, and how wild children are
    sliders = [each for each in page.findChildren(QSlider) if each.isVisible()]
    names = [QAccessible.queryAccessibleInterface(each).text(NAME) for each in sliders]
    assert len(set(names)) == len(names)
    keys = [QKeySequence.mnemonic(label.text()).toString() for label in labels]
    assert len(set(keys)) == len(keys)


def test_breeding_again_gives_other_children_beside_the_first(tab, qtbot):
    first = bred(tab, qtbot)
    assert tab.breed_button.text() == "Breed again"
    assert not set(bred(tab, qtbot)) & set(first)
    assert [each.origin for each in tab.board.family.litters] == [0, 0]


def test_marked_children_are_the_next_parents(tab, qtbot):
    family = bred(tab, qtbot)
    assert not tab.marked_button.isEnabled()
    for key in (Key.Key_Space, Key.Key_Right, Key.Key_M):
        QTest.keyClick(tab.grid, key)
    QTest.mouseClick(
        tab.grid,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ControlModifier,
        tab.grid.tile(4).center(),
    )
    assert tab.board.marked == (0, 1, 4)
    tab.mark(1)
    tab.marked_button.click()
    assert tab.board.tray == (family[0], family[4])
    assert tab.board.litter.origin == 1
    assert tab.board.marked == ()


def test_a_fifth_mark_is_told_to_be_too_many(tab, qtbot):
    bred(tab, qtbot)
    for place in range(4):
        tab.mark(place)
    with qtbot.waitSignal(tab._exploration.session.notice):
        tab.mark(5)
    assert tab.board.marked == (0, 1, 2, 3)


def test_the_tree_leads_back_to_any_litter_to_branch_from_it(tab, qtbot):
    first = bred(tab, qtbot)
    tab.mark(0), tab.mark(1)
    tab.breed_marked()
    tab.tree_button.click()
    tree = tab.tree
    assert tree.isVisible()
    assert tree.box(2).top() > tree.box(1).bottom()
    tree.setFocus()
    assert tree.current() == 2
    QTest.keyClick(tree, Key.Key_Up)
    assert tree.current() == 1
    QTest.keyClick(tree, Key.Key_Return)
    assert not tree.isVisible()
    assert tab.brood.points == first
    tab.mark(2), tab.mark(3)
    tab.breed_marked()
    tab.tree_button.click()
    assert [each.origin for each in tab.board.family.litters] == [0, 1, 1]
    assert tree.box(2).top() == tree.box(3).top()
    QTest.keyClick(tree, Key.Key_Left)
    assert tree.current() == 2
    spot = tree.mapFromScene(tree.box(1).center())
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert tab.board.shown == 1


def test_every_step_can_be_taken_back_and_done_again(tab, qtbot):
    undo = tab._exploration.session.undo
    start = tab.board
    first = bred(tab, qtbot)
    tab.mark(3), tab.mark(2)
    tab.breed_marked()
    tab.remove(0)
    end, count = tab.board, undo.count()
    while tab.board != start:
        undo.undo()
    assert tab.brood.points == ()
    undo.redo()
    assert tab.brood.points == first
    while undo.index() < count:
        undo.redo()
    assert tab.board == end


def test_the_board_is_there_again_after_the_project_was_closed(page, tab, qtbot):
    session = page.exploration.session
    family, folder = bred(tab, qtbot), session.project.folder
    tab.mark(7)
    board = tab.board
    session.close_project()
    assert tab.board.family.litters == ()
    session.open_project(folder)
    qtbot.waitUntil(lambda: tab.board == board, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: tab.brood.points == family, timeout=WAIT_MS)
    assert session.undo.count() == 0


@pytest.mark.parametrize("content", [b"", b"[]", b'{"schema": 99}', b'{"schema": 1, "tray": 3}'])
def test_a_damaged_board_is_put_aside_with_a_notice(content, open_session, qtbot):
    path = open_session.project.folder / "explore" / "breeding.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    page = ExplorePage(open_session)
    qtbot.addWidget(page)
    with qtbot.waitSignal(open_session.warned, timeout=WAIT_MS) as warned:
        pass
    assert "breeding board" in str(warned.args[0])
    assert path.with_suffix(".damaged.json").read_bytes() == content
    page.breed.add()
    qtbot.waitUntil(path.exists, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not open_session.is_busy(), timeout=WAIT_MS)
    assert json.loads(path.read_text())["schema"] == 1


def test_points_can_be_dragged_into_the_tray(tab):
    point = Point.between(3, 4, 0.5)
    data = mime_of(point)
    assert point_in(data) == point
    action, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    drop = QDropEvent(QPointF(5, 5), action, data, buttons, Qt.KeyboardModifier.NoModifier)
    tab.tray.tiles.dropEvent(drop)
    assert tab.board.tray[-1] == point
    QTest.keyClick(tab.tray.tiles, Key.Key_Delete)
    assert len(tab.board.tray) == 2


def test_other_things_that_are_dragged_are_no_points():
    other, broken = QMimeData(), QMimeData()
    other.setText("seed 5")
    broken.setData(MIME, b'{"point": {"parts": 3}, "vectors": 4}')
    assert point_in(other) is None
    assert point_in(broken) is None


def test_a_newer_model_draws_all_anew(page, tab, qtbot):
    bred(tab, qtbot)
    before = tab.pictures.picture(tab.brood.points[0]).toImage()
    keep_model_file(page.exploration.project, seed=2, replacing=page.exploration.path)
    page.exploration.set_path(page.exploration.path)
    assert tab.pictures.picture(tab.brood.points[0]) is None
    qtbot.waitUntil(lambda: drawn(tab), timeout=WAIT_MS)
    assert tab.pictures.picture(tab.brood.points[0]).toImage() != before


def test_parents_of_a_model_of_another_size_are_told_in_place_of_children(tab, qtbot):
    tab.add_point(Point((Part(vector=vector_of(np.ones(5, np.float32))),)))
    tab.breed()
    assert tab.brood.points == ()
    assert "do not fit this one" in tab.trouble.text()
    assert tab.trouble.isVisible()
    tab.remove(2)
    bred(tab, qtbot)
    assert not tab.trouble.isVisible()


def test_nothing_is_drawn_while_the_tab_is_hidden(page, tab, qtbot):
    page.tabs.setCurrentWidget(page.loop)
    tab.breed()
    qtbot.wait(100)
    assert not drawn(tab)
    page.tabs.setCurrentWidget(tab)
    qtbot.waitUntil(lambda: drawn(tab), timeout=WAIT_MS)


def test_without_a_model_parents_are_still_taken(open_session, qtbot):
    page = ExplorePage(open_session)
    qtbot.addWidget(page)
    page.show()
    page.tabs.setCurrentWidget(page.breed)
    page.breed.add()
    assert not page.breed.breed_button.isEnabled()
    page.breed.add_point(Point.at(2**32 - 1))
    page.breed.breed()
    assert page.breed.brood.points == ()
    assert page.breed.trouble.text()
    assert Path(page.exploration.project.folder).exists()


def test_a_sheet_of_the_litter_that_is_looked_at_is_saved(page, tab, qtbot):
    litter = bred(tab, qtbot)
    qtbot.waitUntil(page.exports.sheet_button.isEnabled, timeout=WAIT_MS)
    with qtbot.waitSignal(page.exports.saved, timeout=WAIT_MS) as made:
        page.exports.sheet_button.click()
    recipe = read_recipe(made.args[0])
    assert recipe.points == litter
    assert recipe.output["columns"] == tab.grid.columns()
    tab.tree_button.setChecked(True)
    assert tab.points() == ()
