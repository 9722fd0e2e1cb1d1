"""The Duplicates tab: groups, which picture of each to keep, and what is told apart."""

from pathlib import Path
from threading import Event

import pytest
from PIL import Image, ImageOps
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.duplicates import Group, Keep, Likeness
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.duplicates_model import IS_KEEPER, PICTURE, REASON
from ganart.ui.pages.dataset.duplicates_tab import DuplicatesTab
from ganart.workers.pictures import Note
from ganart.workers.session import Session
from tests.ui.dataset import PHOTOS, full_desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return photos of which a is there in three sizes, b twice, c mirrored, and d once."""
    folder = tmp_path / "art"
    folder.mkdir()
    for name, path in zip("abcd", PHOTOS, strict=False):
        with Image.open(path) as opened:
            photo = opened.convert("RGB").resize((300, 200), Image.Resampling.LANCZOS)
        photo.save(folder / f"{name}.png")
        if name == "a":
            photo.resize((240, 160)).save(folder / "a medium.png")
            photo.resize((150, 100)).save(folder / "a small.png")
        if name == "b":
            photo.save(folder / "b copy.png", compress_level=1)
        if name == "c":
            ImageOps.mirror(photo).resize((240, 160)).save(folder / "c mirrored.png")
    return folder


@pytest.fixture
def desk(qtbot: QtBot, open_session: Session, folder: Path) -> Desk:
    return full_desk(qtbot, open_session, folder, 8)


@pytest.fixture
def tab(qtbot: QtBot, desk: Desk) -> DuplicatesTab:
    return shown(qtbot, desk)


def shown(qtbot: QtBot, desk: Desk) -> DuplicatesTab:
    tab = DuplicatesTab(desk)
    qtbot.addWidget(tab)
    tab.resize(900, 600)
    tab.show()
    settle(qtbot, tab)
    return tab


def settle(qtbot: QtBot, tab: DuplicatesTab) -> None:
    qtbot.waitUntil(
        lambda: (
            tab.duplicates.found is not None
            and not tab.duplicates.is_looking()
            and not tab._desk.session.is_busy()
        )
    )


def names(tab: DuplicatesTab) -> list[list[str]]:
    """Return the groups as names, in the order of their first ones."""
    model = tab.model
    return sorted(
        sorted(desk_name(tab, picture_id) for picture_id in model.ids(row))
        for row in range(model.rowCount())
    )


def desk_name(tab: DuplicatesTab, picture_id: int) -> str:
    return tab._desk.pictures.row(picture_id).path.stem


def go_to(tab: DuplicatesTab, name: str) -> int:
    """Go to a picture by its name and return the row of its group."""
    for row in range(tab.model.rowCount()):
        for column, picture_id in enumerate(tab.model.ids(row)):
            if desk_name(tab, picture_id) == name:
                tab.view.setCurrentIndex(tab.model.index(row, column))
                return row
    raise LookupError(name)


def rejected(desk: Desk) -> list[str]:
    return sorted(row.path.stem for row in desk.pictures.rows if row.mark == "rejected")


def keepers(tab: DuplicatesTab) -> list[str]:
    return sorted(desk_name(tab, tab.model.keeper(row)) for row in range(tab.model.rowCount()))


def choose(tab: DuplicatesTab, likeness: Likeness) -> None:
    tab.head.likeness_box.setCurrentIndex(tab.head.likeness_box.findData(likeness))
    tab.head.likeness_box.activated.emit(tab.head.likeness_box.currentIndex())


def test_groups_are_rows_with_the_best_framed_and_reasons(tab: DuplicatesTab) -> None:
    assert names(tab) == [["a", "a medium", "a small"], ["b", "b copy"], ["c", "c mirrored"]]
    assert tab.model.columnCount() == 3
    assert keepers(tab)[0] == "a"
    row = go_to(tab, "a")
    cells = [tab.model.index(row, column) for column in range(3)]
    assert [cell.data(IS_KEEPER) for cell in cells] == [True, False, False]
    assert [cell.data(REASON) for cell in cells] == ["keep this one", "smaller", "smaller"]
    go_to(tab, "c mirrored")
    assert tab.view.currentIndex().data(REASON) == "mirrored · smaller"
    row = go_to(tab, "b")
    others = [tab.model.index(row, column) for column in range(3)]
    assert sorted(str(cell.data(REASON)) for cell in others[:2]) == ["keep this one", "same pixels"]
    assert others[2].data(PICTURE) is None
    assert others[2].flags() == Qt.ItemFlag.NoItemFlags
    vertical = Qt.Orientation.Vertical
    assert tab.model.headerData(row, vertical) == "2 pictures\nsame pixels"
    assert "0 of 3" in tab.head.progress.text()


def test_likeness_narrows_the_groups_without_another_search(tab: DuplicatesTab) -> None:
    choose(tab, Likeness.EXACT)
    assert names(tab) == [["b", "b copy"]]
    choose(tab, Likeness.NEAR)
    assert names(tab) == [["a", "a medium", "a small"], ["b", "b copy"]]
    choose(tab, Likeness.MIRRORED)
    assert len(names(tab)) == 3
    assert not tab.duplicates.is_looking()


def test_doubtful_groups_can_come_first(tab: DuplicatesTab) -> None:
    box = tab.head.order_box
    box.setCurrentIndex(1)
    box.activated.emit(1)
    groups = tab.duplicates.found.groups[Likeness.MIRRORED]
    differences = {frozenset(group.ids): group.difference for group in groups}
    shown = [differences[frozenset(tab.model.ids(row))] for row in range(3)]
    assert shown == sorted(shown, reverse=True)
    assert shown[0] > shown[-1] == 0
    assert tab.model.headerData(2, Qt.Orientation.Vertical) == "2 pictures\nsame pixels"
    assert "differ by up to" in tab.model.headerData(0, Qt.Orientation.Vertical)


def test_the_best_of_all_groups_are_kept_in_one_step(
    desk: Desk, tab: DuplicatesTab, open_session: Session
) -> None:
    medium = next(row for row in desk.pictures.rows if row.path.stem == "a medium")
    desk.curation.note({Note.MARK: {medium.path: "picked"}}, "Pick")
    assert "a medium" in keepers(tab)  # picked ones come first
    assert "3" in tab.head.keep_all.text()
    tab.head.keep_all.click()
    assert len(rejected(desk)) == 4
    assert not {"a medium", "c", "d"} & set(rejected(desk))
    assert "3 of 3" in tab.head.progress.text()
    assert not tab.head.keep_all.isVisible()
    assert "decided" in tab.model.headerData(0, Qt.Orientation.Vertical)
    open_session.undo.undo()
    assert rejected(desk) == []
    assert "0 of 3" in tab.head.progress.text()
    open_session.undo.redo()
    assert "3 of 3" in tab.head.progress.text()


def test_one_group_is_decided_by_keys(
    qtbot: QtBot, desk: Desk, tab: DuplicatesTab, open_session: Session
) -> None:
    tab.activateWindow()
    tab.view.setFocus()
    qtbot.waitUntil(tab.view.hasFocus)
    row = go_to(tab, "a small")
    QTest.keyClick(tab.view, Qt.Key.Key_K)
    assert tab.view.currentIndex().data(IS_KEEPER)
    assert rejected(desk) == []
    QTest.keyClick(tab.view, Qt.Key.Key_Return)
    assert rejected(desk) == ["a", "a medium"]
    assert tab.model.is_decided(row)
    assert "1 of 3" in tab.head.progress.text()
    assert not tab.model.is_decided(tab.view.currentIndex().row())  # it went on
    go_to(tab, "a medium")
    QTest.keyClick(tab.view, Qt.Key.Key_K)  # a change of mind
    assert rejected(desk) == ["a", "a small"]
    open_session.undo.undo()
    open_session.undo.undo()
    assert rejected(desk) == []
    assert "0 of 3" in tab.head.progress.text()


def test_another_rule_frames_other_pictures(folder: Path, desk: Desk, tab: DuplicatesTab) -> None:
    for keep in Keep:
        box = tab.head.keep_box
        box.setCurrentIndex(box.findData(keep))
        box.activated.emit(box.currentIndex())
        rows = {row.path.stem: row for row in desk.pictures.rows if row.path.stem[0] == "a"}
        kept = next(name for name in keepers(tab) if name[0] == "a")
        if keep is Keep.LARGEST:
            assert kept == "a"
        if keep is Keep.OLDEST:
            assert kept == min(rows, key=lambda name: rows[name].mtime_ns)
        if keep is Keep.SHARPEST:
            sharpness = tab.duplicates.found.sharpness
            assert kept == max(rows, key=lambda name: sharpness[rows[name].id])


def test_a_group_whose_others_are_all_picked_is_decided(desk: Desk, tab: DuplicatesTab) -> None:
    row = go_to(tab, "b")
    paths = [desk.pictures.row(each).path for each in tab.model.ids(row)]
    desk.curation.note({Note.MARK: dict.fromkeys(paths, "picked")}, "Pick")
    assert tab.model.is_decided(row)
    tab.head.keep_all.click()
    assert not {"b", "b copy"} & set(rejected(desk))


def test_what_is_told_apart_stays_so(
    qtbot: QtBot, desk: Desk, tab: DuplicatesTab, open_session: Session
) -> None:
    go_to(tab, "c")
    assert not tab.head.apart.isVisible()
    tab.apart.trigger()
    assert names(tab) == [["a", "a medium", "a small"], ["b", "b copy"]]
    open_session.undo.undo()
    assert len(names(tab)) == 3
    open_session.undo.redo()
    qtbot.waitUntil(lambda: not open_session.is_busy())

    again = shown(qtbot, desk)
    assert names(again) == [["a", "a medium", "a small"], ["b", "b copy"]]
    again.head.apart.click()
    assert names(again) == [["c", "c mirrored"]]
    assert not again.head.keep_all.isVisible()
    again.view.go_to(0)
    again.apart.trigger()
    assert len(names(again)) == 3
    assert not again.head.apart.isVisible()
    qtbot.waitUntil(lambda: not open_session.is_busy())
    with Catalogue(open_session.project.catalogue_path) as catalogue:
        assert catalogue.told_apart() == []


def test_what_is_told_apart_during_a_search_is_in_its_result(
    qtbot: QtBot,
    tab: DuplicatesTab,
    open_session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read, go_on = Event(), Event()
    told_apart = Catalogue.told_apart

    def wait_after_reading(catalogue: Catalogue) -> list[frozenset[int]]:
        told = told_apart(catalogue)
        read.set()
        go_on.wait(20)
        return told

    monkeypatch.setattr(Catalogue, "told_apart", wait_after_reading)
    c, b = (tab.model.ids(go_to(tab, name)) for name in "cb")
    tab.duplicates.tell_apart(c, True, "Not duplicates")
    tab.duplicates.look()
    qtbot.waitUntil(read.is_set)
    open_session.undo.undo()
    tab.duplicates.tell_apart(b, True, "Not duplicates")
    go_on.set()
    settle(qtbot, tab)
    assert names(tab) == [["a", "a medium", "a small"], ["c", "c mirrored"]]


def test_pictures_are_compared_and_looked_at(qtbot: QtBot, desk: Desk, tab: DuplicatesTab) -> None:
    row = go_to(tab, "a small")
    ids = list(tab.model.ids(row))
    with qtbot.waitSignal(desk.compare_wanted) as compared:
        tab.compare.trigger()
    assert compared.args == [[ids[0], tab.view.current()]]
    go_to(tab, "a")
    with qtbot.waitSignal(desk.compare_wanted) as compared:
        tab.compare.trigger()
    assert compared.args == [ids]
    tab.view.selectionModel().select(
        tab.model.index(row, 1), QItemSelectionModel.SelectionFlag.Select
    )
    with qtbot.waitSignal(desk.compare_wanted) as compared:
        tab.compare.trigger()
    assert compared.args == [ids[:2]]
    with qtbot.waitSignal(desk.loupe_wanted) as looked:
        tab.loupe.trigger()
    assert looked.args == [ids, ids[0]]


def test_the_result_is_kept_until_there_are_other_pictures(
    qtbot: QtBot, desk: Desk, tab: DuplicatesTab, open_session: Session, folder: Path
) -> None:
    found = tab.duplicates.found
    tab.hide()
    tab.show()
    assert not tab.duplicates.is_looking()
    with qtbot.waitSignal(desk.pictures.listed):
        open_session.scan()
    settle(qtbot, tab)
    assert tab.duplicates.found is found
    with Image.open(folder / "d.png") as opened:
        opened.resize((200, 140)).save(folder / "d small.png")
    open_session.scan()
    qtbot.waitUntil(lambda: tab.duplicates.found is not found)
    settle(qtbot, tab)
    assert ["d", "d small"] in names(tab)


def test_a_search_can_be_stopped_and_begun_again(qtbot: QtBot, desk: Desk) -> None:
    tab = DuplicatesTab(desk)
    qtbot.addWidget(tab)
    tab.show()
    assert tab.search.cancel.isVisible()
    tab.search.cancel.click()
    qtbot.waitUntil(lambda: not tab.duplicates.is_looking())
    if tab.duplicates.found is None:  # so few pictures may be through by then
        assert tab.search.look.isVisible()
        tab.search.look.click()
    settle(qtbot, tab)
    assert len(names(tab)) == 3


def test_without_duplicates_a_line_says_so(
    qtbot: QtBot, desk: Desk, open_session: Session, folder: Path
) -> None:
    for path in folder.iterdir():
        if len(path.stem) > 1:
            path.unlink()
    open_session.scan()
    qtbot.waitUntil(lambda: len(desk.pictures.rows) == 4 and not open_session.is_busy())
    tab = shown(qtbot, desk)
    assert tab.stack.currentWidget() is tab.search
    assert "No picture is there twice" in tab.search.label.text()
    assert not tab.search.look.isVisible()
    assert not any(button.isVisible() for button in tab.buttons)


def test_closing_the_project_empties_it(tab: DuplicatesTab, open_session: Session) -> None:
    assert open_session.close_project()
    assert tab.model.rowCount() == 0
    assert tab.view.current() is None
    assert "no pictures yet" in tab.search.label.text()


def test_thousands_of_groups_are_shown_at_once(tab: DuplicatesTab) -> None:
    first = tab._desk.pictures.rows[0]
    groups = [Group((first, first), exact=True) for _ in range(5000)]
    tab.model.show_groups(groups, {})
    tab.view.scrollToBottom()
    assert tab.view.rowAt(tab.view.viewport().height() - 20) == 4999
