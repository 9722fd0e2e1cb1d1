"""The filter bar of the Pictures tab: what is asked for, what is shown, and the way back."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ganart.datasets.picture_table import Order, PictureTable
from ganart.datasets.records import Mark
from ganart.ui.pages.dataset.filter_boxes import place_of
from ganart.ui.pages.dataset.page import DatasetPage
from ganart.ui.widgets.flow import FlowLayout
from ganart.workers.finding import Wish
from ganart.workers.jobs import Listing
from ganart.workers.library import Library
from ganart.workers.pictures import Note
from ganart.workers.session import Session
from tests.ui.dataset import current_name, full_page, names, of, select, selected, settle
from tests.ui.studio import WAIT_MS


@pytest.fixture
def page(qtbot: QtBot, open_session: Session, pictures_folder: Path) -> Iterator[DatasetPage]:
    """Return a page of 24 avatars, two wide pictures and a dark one."""
    more = pictures_folder / "more"
    more.mkdir()
    for number, size in ((9, (300, 100)), (10, (320, 120))):
        Image.radial_gradient("L").resize(size).convert("RGB").save(more / f"wide {number}.png")
    Image.radial_gradient("L").point(lambda value: value // 10).save(more / "dark.png")
    yield full_page(qtbot, open_session, pictures_folder, 27)
    assert open_session.shutdown(20)


def pick(box: QComboBox, value: object) -> None:
    """Choose as a person does."""
    row = place_of(box, value)
    assert row >= 0
    box.setCurrentIndex(row)
    box.activated.emit(row)


def chips(page: DatasetPage) -> list[str]:
    return [chip.text() for chip in page.pictures.filters.chips.chips]


def note(page: DatasetPage, field: Note, value: object, *places: int) -> None:
    paths = of(page.desk.pictures.rows, *places)
    page.desk.curation.note({field: dict.fromkeys(paths, value)}, "note")


# What is asked for


def test_verdicts_and_stars_combine(qtbot: QtBot, page: DatasetPage, open_session: Session) -> None:
    shown, bar = names(page), page.pictures.filters
    note(page, Note.MARK, Mark.PICKED, 0, 1, 2)
    note(page, Note.MARK, Mark.REJECTED, 3)
    note(page, Note.STARS, 4, 1, 3, 5)
    bar.marks[Mark.PICKED].click()
    settle(qtbot, open_session)
    assert names(page) == shown[:3]
    bar.marks[Mark.REJECTED].click()
    settle(qtbot, open_session)
    assert names(page) == shown[:4]
    pick(bar.stars, 4)
    settle(qtbot, open_session)
    assert names(page) == [shown[1], shown[3]]
    assert chips(page) == ["Picked or Rejected", "★★★★ +"]
    assert bar.chips.counted.text() == "2 of 27 shown"
    bar.chips.chips[0].click()
    settle(qtbot, open_session)
    assert names(page) == [shown[1], shown[3], shown[5]]
    assert not any(button.isChecked() for button in bar.marks.values())
    bar.chips.clear.click()
    settle(qtbot, open_session)
    assert names(page) == shown
    assert not bar.chips.isVisible()


def test_a_text_is_looked_for_while_it_is_typed(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    shown, bar = names(page), page.pictures.filters
    note(page, Note.TAGS, frozenset({"Wide open"}), 4)
    qtbot.keyClick(page.pictures.grid, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert bar.search.hasFocus()
    qtbot.keyClicks(bar.search, "WIDE")
    qtbot.waitUntil(lambda: page.pictures.model.rowCount() == 3, timeout=WAIT_MS)
    assert set(names(page)) == {"wide 9.png", "wide 10.png", shown[4]}
    assert page.desk.tally.marks[Mark.NONE] == 27  # letters are typed, not verdicts
    qtbot.keyClick(bar.search, Qt.Key.Key_Return)
    assert page.pictures.grid.hasFocus()
    assert current_name(page) == names(page)[0]
    bar.search.setFocus()
    qtbot.keyClick(bar.search, Qt.Key.Key_Escape)
    settle(qtbot, open_session)
    assert bar.search.text() == ""
    assert names(page) == shown
    qtbot.keyClick(bar.search, Qt.Key.Key_Escape)
    assert page.pictures.grid.hasFocus()


def test_the_panel_asks_for_everything_else(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    shown, bar = names(page), page.pictures.filters
    note(page, Note.TAGS, frozenset({"sea", "sky"}), 2, 3)
    note(page, Note.TAGS, frozenset({"sea"}), 6)
    note(page, Note.SEEN, True, 2)
    assert not bar.panel.isVisible()
    bar.more.click()
    panel = bar.panel
    settle(qtbot, open_session)
    pick(panel.tag, "sea")
    pick(panel.tag, "sky")
    pick(panel.seen, False)
    settle(qtbot, open_session)
    assert names(page) == [shown[3]]
    assert chips(page) == ["Not seen yet", "Tag: sea", "Tag: sky"]
    assert place_of(panel.tag, "sea") == -1
    page.pictures.shown.show_all()
    assert panel.seen.currentData() is None
    pick(panel.shape, "landscape")
    settle(qtbot, open_session)
    assert names(page) == ["wide 10.png", "wide 9.png"]
    pick(panel.shape, "own")
    panel.least_aspect.setValue(2.9)
    settle(qtbot, open_session)
    assert names(page) == ["wide 9.png"]
    assert chips(page) == ["Width to height from 2.9"]
    pick(panel.shape, "")
    panel.least_side.setValue(100)
    panel.most_side.setValue(119)
    settle(qtbot, open_session)
    assert names(page) == ["wide 9.png"]
    assert chips(page) == ["Shorter side 100 to 119 px"]


def test_issues_are_counted_and_asked_for(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    bar = page.pictures.filters
    bar.more.click()
    settle(qtbot, open_session)
    row = place_of(bar.panel.issue, "dark")
    assert bar.panel.issue.itemText(row) == "Dark (1)"
    pick(bar.panel.issue, "dark")
    settle(qtbot, open_session)
    assert names(page) == ["dark.png"]
    assert chips(page) == ["Dark"]
    pick(bar.order, Order.ISSUE)
    assert page.pictures.shown.wish.is_falling
    bar.chips.chips[0].click()
    assert page.pictures.shown.wish.order is Order.PATH  # a score of nothing sorts nothing
    assert place_of(bar.order, Order.ISSUE) == -1


def test_issues_begin_at_the_thresholds_of_the_artist(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    bar = page.pictures.filters
    bar.more.click()
    pick_when_there(qtbot, page, "dark")
    settle(qtbot, open_session)
    assert names(page) == ["dark.png"]
    page.tabs.setCurrentWidget(page.check)
    diagnosing = page.check.content().checked.diagnosing
    settle(qtbot, open_session)
    for threshold in (0.0, 0.995):
        diagnosing.set_threshold("dark", threshold)
    qtbot.waitUntil(lambda: names(page) == [], timeout=WAIT_MS)
    diagnosing.set_threshold("dark", 0.0)
    qtbot.waitUntil(lambda: len(names(page)) > 1, timeout=WAIT_MS)
    assert len(names(page)) == len(page.check.content().checked.found("dark")[0])


def pick_when_there(qtbot: QtBot, page: DatasetPage, issue: str) -> None:
    box = page.pictures.filters.panel.issue
    qtbot.waitUntil(lambda: place_of(box, issue) >= 0, timeout=WAIT_MS)
    pick(box, issue)


def test_folders_can_be_asked_for(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    other = tmp_path / "a second folder"
    other.mkdir()
    Image.new("RGB", (64, 64), "teal").save(other / "teal.png")
    with qtbot.waitSignal(open_session.idle, timeout=WAIT_MS):
        open_session.add_folders([other])
    qtbot.waitUntil(lambda: page.pictures.model.rowCount() == 28, timeout=WAIT_MS)
    bar = page.pictures.filters
    bar.more.click()
    pick(bar.panel.source, other)
    settle(qtbot, open_session)
    assert names(page) == ["teal.png"]
    assert chips(page) == ["in a second folder"]


def test_other_tabs_hand_pictures_over(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    shown = names(page)
    ids = [row.id for row in page.desk.pictures.rows]
    page.tabs.addTab(QWidget(), "Other")
    page.tabs.setCurrentIndex(page.tabs.count() - 1)
    page.pictures.shown.narrow(least_stars=3)
    page.desk.show_wanted.emit([ids[5], ids[2]], "Copies of one another")
    settle(qtbot, open_session)
    assert page.tabs.currentWidget() is page.pictures
    assert chips(page) == ["Copies of one another"]
    assert names(page) == [shown[2], shown[5]]
    page.pictures.filters.chips.chips[0].click()
    assert names(page) == shown


def test_nothing_that_matches_is_said_with_a_way_out(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    note(page, Note.STARS, 5, 3)
    page.pictures.shown.narrow(least_stars=5)
    settle(qtbot, open_session)
    select(page, 0)
    page.pictures.grid.setFocus()
    qtbot.keyClick(page.pictures.grid, Qt.Key.Key_1)
    assert page.pictures.empty.isVisible()
    assert page.pictures.empty.button.hasFocus()
    assert not page.pictures.culling.pick.isEnabled()
    open_session.undo.undo()
    assert page.pictures.grid.isVisible()
    assert page.pictures.grid.hasFocus()
    open_session.undo.redo()
    page.pictures.empty.button.click()
    assert len(names(page)) == 27
    assert page.pictures.grid.hasFocus()


def test_everything_is_shown_again_by_key(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    page.pictures.shown.narrow(text="wide")
    settle(qtbot, open_session)
    page.pictures.grid.setFocus()
    backspace, control = Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(page.pictures.grid, backspace, control)
    assert len(names(page)) == 27
    assert page.pictures.filters.search.text() == ""


# In which order


def test_the_order_can_be_chosen_and_turned(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    bar = page.pictures.filters
    pick(bar.order, Order.NAME)
    settle(qtbot, open_session)
    assert names(page)[-2:] == ["wide 9.png", "wide 10.png"]
    bar.direction.click()
    settle(qtbot, open_session)
    assert names(page)[:2] == ["wide 10.png", "wide 9.png"]
    assert not bar.chips.isVisible()  # all are shown
    pick(bar.order, Order.SIDE)
    settle(qtbot, open_session)
    assert names(page)[0] == "dark.png"  # the largest come first
    page.pictures.shown.show_all()
    assert bar.order.currentData() == Order.SIDE


def test_the_order_is_remembered_with_the_project(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    first = open_session.project.folder
    pick(page.pictures.filters.order, Order.NAME)
    page.pictures.filters.direction.click()
    pick(page.pictures.filters.order, Order.LIKENESS)  # which is of the moment
    settle(qtbot, open_session)
    assert open_session.create_project(tmp_path / "Other")
    settle(qtbot, open_session)
    assert page.pictures.shown.wish == Wish()
    assert open_session.open_project(first)
    qtbot.waitUntil(lambda: names(page)[:2] == ["wide 10.png", "wide 9.png"], timeout=WAIT_MS)
    assert page.pictures.filters.order.currentData() == Order.NAME
    settle(qtbot, open_session)


def test_judging_does_not_shuffle(qtbot: QtBot, page: DatasetPage, open_session: Session) -> None:
    pick(page.pictures.filters.order, Order.STARS)
    settle(qtbot, open_session)
    shown = names(page)
    for place in (9, 3, 20):
        select(page, place)
        qtbot.keyClick(page.pictures.grid, Qt.Key.Key_5)
    assert names(page) == shown
    assert current_name(page) == shown[21]
    page.pictures.filters.direction.click()
    page.pictures.filters.direction.click()
    settle(qtbot, open_session)
    assert sorted(names(page)[:3]) == sorted([shown[9], shown[3], shown[20]])


def test_another_order_begins_at_its_start_or_with_the_current_picture(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    many(page, 1000)
    grid, bar = page.pictures.grid, page.pictures.filters
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    bar.direction.click()
    settle(qtbot, open_session)
    assert grid.verticalScrollBar().value() == 0
    assert names(page)[0] == "1000.png"
    select(page, 0)
    bar.direction.click()
    settle(qtbot, open_session)
    assert current_name(page) == "1000.png"
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()).center())


def test_alike_pictures_can_come_first(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    shown = names(page)
    select(page, shown.index("wide 9.png"))
    page.pictures.menu.alike.trigger()
    settle(qtbot, open_session)
    assert names(page)[:2] == ["wide 9.png", "wide 10.png"]
    assert selected(page) == ["wide 9.png"]


def test_seen_pictures_stay_while_one_looks(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    page.pictures.shown.narrow(seen=False)
    settle(qtbot, open_session)
    shown = names(page)
    note(page, Note.SEEN, True, 2, 3)
    assert names(page) == shown
    page.pictures.shown.narrow(seen=False, least_stars=0)
    page.pictures.shown.find_again()
    settle(qtbot, open_session)
    assert names(page) == shown[:2] + shown[4:]


def test_what_was_chosen_stays_so(qtbot: QtBot, page: DatasetPage, open_session: Session) -> None:
    shown = names(page)
    note(page, Note.STARS, 2, 4, 6, 8)
    select(page, 6, 7)
    page.pictures.shown.narrow(least_stars=1)
    settle(qtbot, open_session)
    assert selected(page) == [shown[6]]
    page.pictures.shown.show_all()
    settle(qtbot, open_session)
    select(page, 5)
    page.pictures.shown.narrow(least_stars=1)
    settle(qtbot, open_session)
    assert selected(page) == [shown[6]]  # what is behind it in the order


def test_another_project_begins_without_a_filter(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    page.pictures.shown.narrow(least_stars=1)
    settle(qtbot, open_session)
    assert open_session.create_project(tmp_path / "Other")
    assert page.pictures.shown.wish == Wish()
    assert chips(page) == []


# Away from the window's thread


def many(page: DatasetPage, count: int) -> None:
    """Have the page show so many pictures that are in no catalogue."""
    row = page.desk.pictures.rows[0]
    rows = tuple(
        replace(row, id=number, path=Path(f"/art/{number % 50}/{number}.png"), stars=number % 6)
        for number in range(1, count + 1)
    )
    page.desk.pictures._take(Listing.of((Path("/art"),), rows, ()))
    page.desk.pictures.listed.emit()


def test_fifty_thousand_are_not_filtered_in_the_windows_thread(
    qtbot: QtBot, page: DatasetPage, open_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(page, 50_000)
    threads: dict[str, set[int]] = {}
    for owner, name in (
        (Library, "take"),
        (Library, "matching"),
        (Library, "sorted"),
        (PictureTable, "keys"),
    ):
        original = getattr(owner, name)

        def watched(*args: object, _original=original, _name=name) -> object:
            threads.setdefault(_name, set()).add(threading.get_ident())
            return _original(*args)

        monkeypatch.setattr(owner, name, watched)
    page.pictures.shown.want(Wish(order=Order.NAME, is_falling=True))
    page.pictures.shown.narrow(text="7", least_stars=2)
    settle(qtbot, open_session)
    assert threads.keys() == {"take", "matching", "sorted", "keys"}
    assert all(threading.get_ident() not in each for each in threads.values())
    assert 0 < page.pictures.model.rowCount() < 50_000
    assert names(page)[0] == "49997.png"


def test_a_key_among_fifty_thousand_looks_at_one_picture(
    qtbot: QtBot, page: DatasetPage, open_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(page, 50_000)
    page.pictures.shown.narrow(marks=frozenset({Mark.NONE}))
    settle(qtbot, open_session)
    sizes: list[int] = []
    original = PictureTable.__init__

    def watched(table: PictureTable, rows=()) -> None:
        sizes.append(len(rows))
        original(table, rows)

    monkeypatch.setattr(PictureTable, "__init__", watched)
    select(page, 30_000)
    page.pictures.culling.reject.trigger()
    assert current_name(page) == "30002.png"
    assert page.pictures.model.rowCount() == 49_999
    assert set(sizes) == {1}
    settle(qtbot, open_session)


def test_only_the_last_wish_is_shown(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    found: list[Wish] = []
    page.pictures.shown.changed.connect(lambda: found.append(page.pictures.shown.found.wish))
    for text in ("w", "wi", "wid", "wide 9"):
        page.pictures.shown.narrow(text=text)
    settle(qtbot, open_session)
    assert [wish.filter.text for wish in found] == ["wide 9"]
    assert names(page) == ["wide 9.png"]


def test_what_is_said_while_a_filter_is_looked_for_holds(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    shown = names(page)
    page.pictures.shown.narrow(marks=frozenset({Mark.NONE}))
    assert page.pictures.shown.is_finding()
    note(page, Note.MARK, Mark.REJECTED, 0, 4)
    settle(qtbot, open_session)
    assert names(page) == [shown[place] for place in range(27) if place not in (0, 4)]


# The layout


@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft]
)
def test_a_flow_goes_on_in_the_next_line(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setLayoutDirection(direction)
    layout = FlowLayout(widget, spacing_px=10)
    labels = [QLabel() for _ in range(5)]
    for label in labels:
        label.setFixedSize(100, 20)
        layout.addWidget(label)
    labels[1].hide()
    widget.resize(220, layout.heightForWidth(220))
    widget.show()
    layout.activate()
    assert widget.height() == 50
    lefts = [label.x() for label in labels if label.isVisible()]
    tops = [label.y() for label in labels if label.isVisible()]
    forward = [0, 110, 0, 110]
    mirrored = [120, 10, 120, 10]
    assert lefts == (forward if direction is Qt.LayoutDirection.LeftToRight else mirrored)
    assert tops == [0, 0, 30, 30]
    assert layout.heightForWidth(90) == 4 * 20 + 3 * 10
