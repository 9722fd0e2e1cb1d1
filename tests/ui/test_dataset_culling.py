"""Culling by keyboard and mouse: verdicts, stars, tags, what is seen, and every way back."""

import os
import random
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import combinations, product
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.records import Mark
from ganart.ui.pages.dataset.keys_dialog import KeysDialog
from ganart.ui.pages.dataset.page import DatasetPage
from ganart.ui.pages.dataset.tag_editor import TagEditor
from ganart.workers.pictures import Note
from ganart.workers.session import Session
from tests.ui.dataset import (
    catalogued,
    current_name,
    full_page,
    names,
    of,
    select,
    selected,
    settle,
)
from tests.ui.studio import WAIT_MS

SHIFT = Qt.KeyboardModifier.ShiftModifier
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(qtbot: QtBot, open_session: Session, pictures_folder: Path) -> Iterator[DatasetPage]:
    yield full_page(qtbot, open_session, pictures_folder)
    assert open_session.shutdown(20)


def press(
    qtbot: QtBot, page: DatasetPage, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY
) -> None:
    qtbot.keyClick(page.pictures.grid, key, modifier)


# Going on


def test_a_verdict_goes_on_to_the_next_picture(qtbot: QtBot, page: DatasetPage) -> None:
    shown = names(page)
    select(page, 0)
    for key in (Qt.Key.Key_P, Qt.Key.Key_4, Qt.Key.Key_X, Qt.Key.Key_U):
        press(qtbot, page, key)
    assert current_name(page) == shown[4]
    assert selected(page) == [shown[4]]
    rows = page.desk.pictures.rows
    assert [(row.mark, row.stars) for row in rows[:4]] == [
        (Mark.PICKED, 0),
        (Mark.NONE, 4),
        (Mark.REJECTED, 0),
        (Mark.NONE, 0),
    ]
    select(page, len(shown) - 1)
    press(qtbot, page, Qt.Key.Key_P)
    assert current_name(page) == shown[-1]  # there is nowhere to go


def test_tab_leads_to_a_picture_that_keys_judge(qtbot: QtBot, page: DatasetPage) -> None:
    shown = names(page)
    page.pictures.filters.direction.setFocus()
    qtbot.keyClick(page.pictures.filters.direction, Qt.Key.Key_Tab)
    assert page.pictures.grid.hasFocus()
    assert selected(page) == [shown[0]]
    press(qtbot, page, Qt.Key.Key_P)
    assert page.desk.pictures.rows[0].mark == Mark.PICKED


def test_tab_keeps_what_is_selected(qtbot: QtBot, page: DatasetPage) -> None:
    select(page, 3, 5)
    chosen = selected(page)
    page.pictures.filters.direction.setFocus()
    qtbot.keyClick(page.pictures.filters.direction, Qt.Key.Key_Tab)
    assert selected(page) == chosen


def test_a_letter_is_no_search_for_a_name(qtbot: QtBot, page: DatasetPage) -> None:
    before = current_name(page)
    page.pictures.chooser.none()
    for letter in {name[0] for name in names(page)}:
        qtbot.keyClicks(page.pictures.grid, letter)
    assert current_name(page) == before
    assert selected(page) == []


def test_shift_stays_and_without_going_on_it_goes(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    shown = names(page)
    select(page, 2)
    press(qtbot, page, Qt.Key.Key_P, SHIFT)
    assert current_name(page) == shown[2]
    press(qtbot, page, Qt.Key.Key_A)
    assert open_session.settings.get("auto_advance") is False
    press(qtbot, page, Qt.Key.Key_3)
    assert current_name(page) == shown[2]
    press(qtbot, page, Qt.Key.Key_X, SHIFT)
    assert current_name(page) == shown[3]
    assert page.desk.pictures.rows[2].mark is Mark.REJECTED
    assert page.desk.pictures.rows[2].stars == 3


def test_going_on_is_remembered(qtbot: QtBot, page: DatasetPage, open_session: Session) -> None:
    page.pictures.culling.advance.trigger()
    other = DatasetPage(open_session)
    qtbot.addWidget(other)
    assert not other.pictures.culling.advance.isChecked()
    other.pictures.culling.advance.trigger()
    assert page.pictures.culling.advance.isChecked()
    assert open_session.shutdown(20)  # before the other page goes


def test_many_at_once_stay_selected(qtbot: QtBot, page: DatasetPage) -> None:
    shown = names(page)
    select(page, 1, 2, 5)
    press(qtbot, page, Qt.Key.Key_5)
    assert selected(page) == [shown[1], shown[2], shown[5]]
    assert [row.stars for row in page.desk.pictures.rows[:6]] == [0, 5, 5, 0, 0, 5]


@pytest.mark.parametrize("is_going_on", [True, False])
def test_the_next_one_takes_the_place_of_one_that_no_longer_fits(
    qtbot: QtBot, page: DatasetPage, open_session: Session, is_going_on: bool
) -> None:
    open_session.change_setting("auto_advance", is_going_on)
    shown = names(page)
    page.pictures.shown.narrow(marks=frozenset({Mark.NONE}))
    settle(qtbot, open_session)
    select(page, 3)
    press(qtbot, page, Qt.Key.Key_X)
    assert names(page) == shown[:3] + shown[4:]
    assert selected(page) == [shown[4]]
    press(qtbot, page, Qt.Key.Key_P)
    assert current_name(page) == shown[5]
    select(page, len(names(page)) - 1)
    press(qtbot, page, Qt.Key.Key_X)
    assert selected(page) == [shown[-2]]
    select(page, 0, 1, 2)
    press(qtbot, page, Qt.Key.Key_X)
    assert selected(page) == [shown[5]]
    assert names(page) == shown[5:-1]


def test_a_step_back_brings_a_picture_back_to_its_place_and_chooses_it(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    shown = names(page)
    page.pictures.shown.narrow(marks=frozenset({Mark.NONE}))
    settle(qtbot, open_session)
    for place in (7, 7, 2):
        select(page, place)
        press(qtbot, page, Qt.Key.Key_X)
    assert len(names(page)) == len(shown) - 3
    open_session.undo.undo()
    assert current_name(page) == shown[2]
    open_session.undo.undo()
    assert selected(page) == [shown[8]]
    open_session.undo.undo()
    assert selected(page) == [shown[7]]
    assert names(page) == shown
    open_session.undo.redo()
    assert names(page) == shown[:7] + shown[8:]
    assert current_name(page) == shown[8]


def test_a_step_back_of_many_selects_them_all(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    shown = names(page)
    select(page, 4, 5, 9)
    press(qtbot, page, Qt.Key.Key_P)
    select(page, 20)
    open_session.undo.undo()
    assert selected(page) == [shown[4], shown[5], shown[9]]
    assert current_name(page) == shown[4]


# What holds


def test_random_steps_back_and_forth_agree_with_the_catalogue(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    chance = random.Random(7)
    pictures, undo = open_session.pictures, open_session.undo
    states = [list(pictures.rows)]
    choices = {
        Note.MARK: lambda: chance.choice(list(Mark)),
        Note.STARS: lambda: chance.randint(0, 5),
        Note.WEIGHT: lambda: chance.choice([1.0, 2.0]),
        Note.TAGS: lambda: frozenset(chance.sample(["sea", "sky", "night"], chance.randint(0, 2))),
    }
    for _ in range(150):
        step = chance.random()
        if step < 0.3:
            undo.undo()
        elif step < 0.45:
            undo.redo()
        else:
            note = chance.choice(list(choices))
            paths = of(pictures.rows, *chance.sample(range(24), chance.randint(1, 6)))
            before = undo.index()
            open_session.curation.note({note: {path: choices[note]() for path in paths}}, "note")
            if undo.index() > before:
                states[undo.index() :] = [list(pictures.rows)]
        assert pictures.rows == states[undo.index()]
    settle(qtbot, open_session)
    assert catalogued(open_session) == pictures.rows
    while undo.canUndo():
        undo.undo()
    settle(qtbot, open_session)
    assert catalogued(open_session) == pictures.rows == states[0]


def test_the_tally_follows_without_counting_again(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    chance = random.Random(3)
    tally, pictures = page.desk.tally, open_session.pictures
    for _ in range(60):
        paths = of(pictures.rows, *chance.sample(range(24), 4))
        tags = frozenset(chance.sample(["sea", "sky", "night"], chance.randint(0, 3)))
        step = {
            Note.MARK: dict.fromkeys(paths, chance.choice(list(Mark))),
            Note.SEEN: dict.fromkeys(paths, chance.random() < 0.5),
            Note.TAGS: dict.fromkeys(paths, tags),
        }
        open_session.curation.note(step, "note")
        assert tally.seen == sum(row.seen for row in pictures.rows)
        assert +tally.marks == Counter(row.mark for row in pictures.rows)
        assert tally.tags == Counter(tag for row in pictures.rows for tag in row.tags)
    assert f"{tally.seen} of 24 seen" in page.progress.label.text()
    assert f"picked: {tally.marks['picked']}" in page.counts.text()


def test_originals_stay_as_they_are(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path
) -> None:
    def files() -> dict[str, tuple[str, int]]:
        return {
            path.name: (sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
            for path in pictures_folder.iterdir()
        }

    before = files()
    select(page, *range(24))
    for key in (Qt.Key.Key_X, Qt.Key.Key_P, Qt.Key.Key_5):
        press(qtbot, page, key)
    settle(qtbot, open_session)
    assert files() == before


# What is seen


def test_a_judged_picture_is_seen_and_stays_so(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    select(page, 6, 7)
    press(qtbot, page, Qt.Key.Key_X)
    assert [row.seen for row in page.desk.pictures.rows[5:9]] == [False, True, True, False]
    open_session.undo.undo()
    assert page.desk.pictures.rows[6].seen
    settle(qtbot, open_session)
    assert sum(row.seen for row in catalogued(open_session)) == 2


def test_a_picture_that_is_current_for_a_moment_is_seen(qtbot: QtBot, page: DatasetPage) -> None:
    select(page, 2)
    select(page, 3)
    qtbot.waitUntil(lambda: page.desk.tally.seen == 1, timeout=WAIT_MS)
    assert page.desk.pictures.rows[3].seen
    assert page.progress.bar.value() == 1


def test_the_next_one_not_seen_is_a_key_away(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    shown, rows = names(page), page.desk.pictures.rows
    unseen = (3, 11)
    seen = of(rows, *(place for place in range(24) if place not in unseen))
    open_session.curation.note({Note.SEEN: dict.fromkeys(seen, True)})
    select(page, 5)
    press(qtbot, page, Qt.Key.Key_J)
    assert selected(page) == [shown[11]]
    press(qtbot, page, Qt.Key.Key_J)
    assert selected(page) == [shown[3]]
    page.pictures.menu.all_seen.trigger()
    assert page.desk.tally.seen == 24
    press(qtbot, page, Qt.Key.Key_J)
    assert selected(page) == [shown[3]]
    open_session.undo.undo()
    assert page.desk.tally.seen == 22
    assert selected(page) == [shown[3]]  # not all of which it was said


# Tags


def editor(qtbot: QtBot, page: DatasetPage) -> TagEditor:
    press(qtbot, page, Qt.Key.Key_T)
    found = next(each for each in page.findChildren(TagEditor) if each.isVisible())
    qtbot.waitUntil(found.field.hasFocus, timeout=WAIT_MS)  # else keys are still those of the grid
    return found


def test_tags_are_added_to_many_and_taken_from_many(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    rows = page.desk.pictures.rows
    first = of(rows, 0, 1)
    open_session.curation.note({Note.TAGS: dict.fromkeys(first, frozenset({"Sea"}))}, "tag")
    select(page, 0, 1, 2)
    edit = editor(qtbot, page)
    assert [chip.property("tag") for chip in edit.partial] == ["Sea"]
    assert "2 of 3" in edit.partial[0].text()
    qtbot.keyClicks(edit.field, "dawn, sea,  blue  hour ")
    qtbot.keyClick(edit.field, Qt.Key.Key_Return)
    wanted = frozenset({"Sea", "dawn", "blue hour"})
    assert [row.tags for row in rows[:4]] == [wanted, wanted, wanted, frozenset()]
    assert [chip.property("tag") for chip in edit.common] == ["blue hour", "dawn", "Sea"]
    assert edit.partial == []
    edit.common[1].click()
    qtbot.waitUntil(lambda: edit.common[1].isVisible(), timeout=WAIT_MS)
    qtbot.keyClick(edit.common[1], Qt.Key.Key_Delete)
    assert {row.tags for row in rows[:3]} == {frozenset({"blue hour"})}
    open_session.undo.undo()
    open_session.undo.undo()
    open_session.undo.undo()
    assert [row.tags for row in rows[:3]] == [{"Sea"}, {"Sea"}, frozenset()]
    edit.partial[0].click()
    assert rows[2].tags == {"Sea"}
    qtbot.keyClick(edit.field, Qt.Key.Key_Return)
    assert not edit.isVisible()
    settle(qtbot, open_session)
    assert [row.tags for row in catalogued(open_session)] == [row.tags for row in rows]


def test_tags_in_use_are_offered(qtbot: QtBot, page: DatasetPage, open_session: Session) -> None:
    paths = of(page.desk.pictures.rows, 4)
    open_session.curation.note({Note.TAGS: {paths[0]: frozenset({"lighthouse", "sea"})}}, "tag")
    select(page, 0)
    edit = editor(qtbot, page)
    completer = edit.field.completer()
    completer.setCompletionPrefix("new, house")
    assert completer.completionCount() == 1
    edit.field.setText("new, house")
    assert completer.pathFromIndex(completer.currentIndex()) == "new, lighthouse"
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert not edit.isVisible()
    assert page.desk.pictures.rows[0].tags == frozenset()


# The menu


def test_selecting_by_what_pictures_share(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path
) -> None:
    menu, shown = page.pictures.menu, names(page)
    rows = page.desk.pictures.rows
    tagged = of(rows, 1, 8, 9)
    open_session.curation.note({Note.TAGS: dict.fromkeys(tagged, frozenset({"a&b"}))}, "tag")
    menu.select_all.trigger()
    assert len(selected(page)) == 24
    select(page, 1, 2)
    menu.invert.trigger()
    assert selected(page) == [shown[0], *shown[3:]]
    menu.select_none.trigger()
    assert selected(page) == []
    select(page, 8)
    menu.aboutToShow.emit()
    menu.tags.actions()[0].trigger()
    assert selected(page) == [shown[1], shown[8], shown[9]]
    menu.same_folder.trigger()
    assert len(selected(page)) == 24


def test_the_menu_hands_pictures_on(qtbot: QtBot, page: DatasetPage) -> None:
    menu, desk = page.pictures.menu, page.desk
    ids = [row.id for row in desk.pictures.rows]
    select(page, 3, 4)
    menu.aboutToShow.emit()
    with qtbot.waitSignal(desk.frame_wanted) as framed:
        menu.frame.trigger()
    assert framed.args == [ids[3:5]]
    with qtbot.waitSignal(desk.compare_wanted) as compared:
        next(each for each in menu.actions() if "Compare" in each.text()).trigger()
    assert compared.args == [ids[3:5]]
    with qtbot.waitSignal(page.stylize_wanted) as stylized:
        menu.stylize.trigger()
    assert stylized.args == [of(desk.pictures.rows, 3, 4)]
    menu.copy.trigger()
    assert QGuiApplication.clipboard().text().splitlines() == [
        str(path) for path in of(desk.pictures.rows, 3, 4)
    ]


def test_the_bar_shows_and_gives_stars(qtbot: QtBot, page: DatasetPage) -> None:
    bar = page.pictures.bar
    select(page, 0, 1)
    bar.stars.buttons[2].click()
    assert bar.stars.stars() == 3
    select(page, 1, 2)
    assert bar.stars.stars() == 0
    select(page)
    assert not bar.stars.isEnabled()


# Keys and names


def holders(action: QAction) -> list[QWidget]:
    return [each for each in action.associatedObjects() if isinstance(each, QWidget)]


def test_no_key_of_the_page_is_claimed_twice_where_one_can_be(page: DatasetPage) -> None:
    by_key: dict[str, list[QAction]] = {}
    for action in dict.fromkeys(page.findChildren(QAction)):
        for key in action.shortcuts():
            by_key.setdefault(key.toString(), []).append(action)
    assert len(by_key) > 30
    clashes = [
        (key, one.text(), other.text())
        for key, actions in by_key.items()
        for one, other in combinations(actions, 2)
        for widget, another in product(holders(one), holders(other))
        if widget is another or widget.isAncestorOf(another) or another.isAncestorOf(widget)
    ]
    assert clashes == []


def test_all_keys_are_told(qtbot: QtBot, page: DatasetPage) -> None:
    qtbot.keyClick(page.pictures.grid, Qt.Key.Key_F1)
    dialog = page.findChild(KeysDialog)
    assert dialog is not None
    told = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for action in page.findChildren(QAction):
        for key in action.shortcuts():
            if not key.toString().startswith(("Shift+", "Zoom ")):
                assert key.toString(QKeySequence.SequenceFormat.NativeText) in told
    assert "Zoom In" not in told  # which is no key that a person has
    dialog.reject()


def test_keys_are_told_before_a_part_was_ever_used(qtbot: QtBot, page: DatasetPage) -> None:
    qtbot.keyClick(page.pictures.grid, Qt.Key.Key_F1)
    dialog = page.findChild(KeysDialog)
    assert dialog is not None
    told = [label.text() for label in dialog.findChildren(QLabel)]
    assert told.index("Sources") < told.index("Remove") < told.index("Looking closely")
    assert told.index("Looking closely") < told.index("Keep this one")
    dialog.reject()


def test_every_control_has_a_name(page: DatasetPage) -> None:
    page.pictures.filters.more.setChecked(True)
    kinds = (QAbstractButton, QComboBox, QLineEdit, QProgressBar)
    nameless = [
        control
        for kind in kinds
        for control in page.pictures.findChildren(kind)
        if control.isVisible()
        and control.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not (control.accessibleName() or (hasattr(control, "text") and control.text()))
        and not isinstance(control.parent(), QComboBox)
        and control.objectName() != "qt_spinbox_lineedit"
    ]
    assert nameless == []


def test_a_rejected_picture_keeps_how_often_it_is_shown(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    curation, (path,) = page.desk.curation, of(page.desk.pictures.rows, 0)
    curation.set_weight([path], 2.0, "Often")
    for mark in (Mark.REJECTED, Mark.NONE):
        curation.note({Note.MARK: {path: mark}}, "Judge")
    settle(qtbot, open_session)
    assert page.desk.pictures.rows[0].weight == 2.0
    assert catalogued(open_session) == page.desk.pictures.rows
    curation.note({Note.MARK: {path: Mark.REJECTED}}, "Reject")
    curation.set_weight([path], 1.0, "As usual")
    open_session.undo.undo()
    assert page.desk.pictures.rows[0].mark is Mark.REJECTED
    curation.note({Note.MARK: {path: Mark.PICKED}}, "Pick")
    settle(qtbot, open_session)
    assert page.desk.pictures.rows[0].weight == 2.0
    assert catalogued(open_session) == page.desk.pictures.rows


def test_steps_of_one_control_are_taken_back_together_for_all_their_pictures(
    page: DatasetPage, open_session: Session
) -> None:
    first, second = of(page.desk.pictures.rows, 0, 1)
    curation = page.desk.curation
    for stars in ({first: 2}, {first: 3, second: 3}, {second: 4}):
        curation.note({Note.STARS: stars}, "Rate", "a slider")
    open_session.undo.undo()
    assert [row.stars for row in page.desk.pictures.rows[:2]] == [0, 0]
    open_session.undo.redo()
    assert [row.stars for row in page.desk.pictures.rows[:2]] == [3, 4]


def test_a_step_back_finds_pictures_whose_names_were_swapped_since(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path
) -> None:
    first, second = of(page.desk.pictures.rows, 0, 1)
    page.desk.curation.note({Note.STARS: {first: 3, second: 4}}, "Rate")
    page.desk.curation.note({Note.STARS: {first: 5}}, "Rate")
    settle(qtbot, open_session)
    os.utime(first, (1, 1))
    os.utime(second, (2, 2))
    held = first.rename(pictures_folder / "held.png")
    second.rename(first)
    held.rename(second)
    with qtbot.waitSignal(page.desk.pictures.listed):
        open_session.scan()

    def stars() -> dict[Path, int]:
        return {row.path: row.stars for row in page.desk.pictures.rows[:2]}

    settle(qtbot, open_session)
    assert stars() == {first: 4, second: 5}
    open_session.undo.undo()
    assert stars() == {first: 4, second: 3}
    settle(qtbot, open_session)
    assert catalogued(open_session) == page.desk.pictures.rows


def test_what_is_said_before_a_renaming_is_listed_is_written_of_the_right_picture(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    first = page.desk.pictures.rows[0]
    assert open_session.project is not None
    with Catalogue(open_session.project.catalogue_path) as catalogue:  # as a scan does
        catalogue.rename({first.id: first.path.with_name("other.png")})
    page.desk.curation.note({Note.STARS: {first.path: 5}}, "Rate")
    settle(qtbot, open_session)
    assert [row.path.name for row in catalogued(open_session) if row.stars == 5] == ["other.png"]


def test_a_picture_that_is_renamed_while_notes_are_written_gets_its_own(
    qtbot: QtBot, page: DatasetPage, open_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = page.desk.pictures.rows[:2]
    assert open_session.project is not None
    path = open_session.project.catalogue_path
    paths = Catalogue.paths

    def swap() -> None:
        with Catalogue(path) as catalogue:
            catalogue.rename({first.id: second.path, second.id: first.path})

    swapping = threading.Thread(target=swap)

    def slow(catalogue: Catalogue, picture_ids: Iterable[int]) -> dict[int, Path]:
        found = paths(catalogue, picture_ids)
        if found and not swapping.ident:
            swapping.start()
            swapping.join(0.5)
        return found

    monkeypatch.setattr(Catalogue, "paths", slow)
    page.desk.curation.note({Note.STARS: {first.path: 5}}, "Rate")
    settle(qtbot, open_session)
    swapping.join(WAIT_MS / 1000)
    assert {row.id for row in catalogued(open_session) if row.stars == 5} == {first.id}
