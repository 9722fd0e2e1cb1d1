"""Sources of the dataset: their rows, adding of all kinds, removing, finding again."""

import shutil
import sys
import threading
import zipfile
from collections.abc import Iterator
from itertools import count as count_from
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ganart.datasets.records import PictureRow
from ganart.datasets.repoint import NotThatFolder
from ganart.engine.sources import archives
from ganart.engine.sources.errors import BadArchive, NothingInside
from ganart.engine.sources.frame_choice import SCENES, FrameChoice
from ganart.media.video import BadFilm
from ganart.ui.adding import Adding
from ganart.ui.dialogs.frames import FramesDialog
from ganart.ui.main_window import MainWindow
from ganart.ui.pages.dataset.page import DatasetPage
from ganart.ui.pages.dataset.refused_table import RefusedTable
from ganart.ui.pages.dataset.sources_removal import RemovalQuestion
from ganart.ui.widgets.two_lines import TwoLineDelegate
from ganart.ui.widgets.words import count, left_to_right
from ganart.workers import refused_files
from ganart.workers.errands import Left, Taking
from ganart.workers.pictures import Note
from ganart.workers.probing import FilmFound
from ganart.workers.refused_files import texts_of
from ganart.workers.run import ErrorReport
from ganart.workers.session import Session
from ganart.workers.source_states import SourceKind
from ganart.workers.sources import below

Dialog = TypeVar("Dialog", bound=QWidget)


@pytest.fixture
def page(qtbot: QtBot, open_session: Session) -> Iterator[DatasetPage]:
    page = DatasetPage(open_session)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    yield page
    assert open_session.shutdown(20)


@pytest.fixture
def failures(open_session: Session) -> list[type]:
    """Return the kinds of what went wrong, as it comes."""
    kinds: list[type] = []

    def note(report: ErrorReport) -> None:
        kinds.append(type(report.error))

    open_session.failed.connect(note)
    return kinds


def picture(path: Path, colour: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    values = np.random.default_rng(colour).integers(0, 256, (16, 16, 3))
    Image.fromarray(values.astype(np.uint8)).save(path)
    return path


def folder_of(path: Path, count: int, first: int = 0) -> Path:
    for number in range(count):
        picture(path / f"{number}.png", first + number)
    return path


def zip_of(path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, file.name)
    return path


def animation(path: Path, frames: int = 12) -> Path:
    rng = np.random.default_rng(5)
    pictures = [
        Image.fromarray(rng.integers(0, 256, (16, 16, 3)).astype(np.uint8)) for _ in range(frames)
    ]
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=80)
    return path


def settle(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: not session.is_busy())


def add(qtbot: QtBot, session: Session, *additions: Path | Taking) -> None:
    session.add_sources(additions)
    settle(qtbot, session)


def dialog_of(qtbot: QtBot, kind: type[Dialog]) -> Dialog:
    """Wait for a dialog and return it."""

    def shown() -> list[Dialog]:
        windows = QApplication.topLevelWidgets()
        return [each for each in windows if isinstance(each, kind) and each.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()))
    return shown()[0]


def rows(page: DatasetPage) -> list[str]:
    """Return what a screen reader says of each source."""
    items = page.sources.list
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(items.item(row).data(role)) for row in range(items.count())]


def choose(page: DatasetPage, *places: int) -> None:
    for row in range(page.sources.list.count()):
        page.sources.list.item(row).setSelected(row in places)


# Rows


def test_rows_say_what_each_source_is(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    art = folder_of(tmp_path / "art", 3)
    (art / "empty.png").touch()
    single = picture(tmp_path / "single.png", 40)
    archive = zip_of(tmp_path / "more.zip", folder_of(tmp_path / "more", 2, 50))
    add(qtbot, open_session, art, single, Taking(archive))
    assert rows(page) == [
        "art, Pictures: 3, cannot be used: 1",
        "single.png, Pictures: 1",
        "more.zip, Pictures: 2",
    ]
    kinds = [state.kind for state in open_session.sources.states()]
    assert kinds == [SourceKind.FOLDER, SourceKind.FILE, SourceKind.ZIP]
    assert str(archive) in page.sources.list.item(2).toolTip()


def test_a_click_shows_the_pictures_of_a_source(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    one, two = folder_of(tmp_path / "one", 2), folder_of(tmp_path / "one b", 3, 10)
    add(qtbot, open_session, one, two)
    items = page.sources.list
    place = items.visualItemRect(items.item(1)).center()
    with qtbot.waitSignal(page.desk.show_wanted) as blocker:
        qtbot.mouseClick(items.viewport(), Qt.MouseButton.LeftButton, pos=place)
    ids, words = blocker.args
    shown = [open_session.pictures.row(each).path.parent for each in ids]
    assert (shown, words) == ([two] * 3, "one b")
    items.setFocus()
    with qtbot.waitSignal(page.desk.show_wanted) as blocker:
        qtbot.keyClick(items, Qt.Key.Key_Return)
    assert blocker.args[0] == ids


def test_sources_within_each_other_are_counted_both(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    outer = folder_of(tmp_path / "outer", 2)
    inner = folder_of(outer / "inner", 1, 10)
    folder_of(tmp_path / "outer-2", 1, 20)
    add(qtbot, open_session, outer, inner)
    assert rows(page) == ["outer, Pictures: 3", "inner, Pictures: 1"]
    single = open_session.pictures.rows[0]
    assert below(open_session.pictures.rows, single.path) == [single]
    assert list(below(open_session.pictures.rows, tmp_path / "out")) == []


def test_a_source_that_is_away_says_so_and_comes_back(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    art = folder_of(tmp_path / "art", 2)
    add(qtbot, open_session, art)
    away = art.rename(tmp_path / "away")
    open_session.sources.look()
    qtbot.waitUntil(lambda: rows(page) == ["art, not there now, Pictures: 2"])
    choose(page, 0)
    assert not page.sources.reveal_action.isEnabled()
    assert not page.sources.scan_action.isEnabled()
    picture(away / "new.png", 9)
    away.rename(art)
    open_session.sources.look()
    qtbot.waitUntil(lambda: rows(page) == ["art, Pictures: 3"])


def test_a_source_is_watched_by_its_menu(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    add(qtbot, open_session, folder_of(tmp_path / "art", 2))
    choose(page, 0)
    assert not page.sources.watch_action.isChecked()
    page.sources.watch_action.trigger()
    assert rows(page) == ["art, Pictures: 2, watched for changes"]
    assert page.sources.watch_action.isChecked()
    settle(qtbot, open_session)
    page.sources.watch_action.trigger()
    assert rows(page) == ["art, Pictures: 2"]
    settle(qtbot, open_session)
    assert open_session.sources.watched == frozenset()


def test_the_panel_can_be_put_away(page: DatasetPage) -> None:
    page.stack.setCurrentIndex(1)
    assert page.sources.isVisible()
    page.sources.fold_button.click()
    assert not page.sources.isVisible()
    page.sources.fold_button.click()
    assert page.sources.isVisible()


# Adding


def test_a_mixture_is_sorted_and_frames_are_asked_for(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path, failures: list[type]
) -> None:
    art = folder_of(tmp_path / "art", 2)
    archive = zip_of(tmp_path / "more.zip", folder_of(tmp_path / "more", 3, 50))
    film = animation(tmp_path / "film.gif")
    still = picture(tmp_path / "still.gif", 70)
    Adding(open_session, page).take([film, art, archive, still])
    dialog = dialog_of(qtbot, FramesDialog)
    dialog.every.setValue(3)
    assert "4" in dialog.estimate.text()
    dialog.take.click()
    settle(qtbot, open_session)
    assert sorted(rows(page)) == [
        "art, Pictures: 2",
        "film.gif, Pictures: 4",
        "more.zip, Pictures: 3",
        "still.gif, Pictures: 1",
    ]
    assert failures == []


def test_of_an_animation_the_first_picture_may_be_enough(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    Adding(open_session, page).take([animation(tmp_path / "film.webp")])
    dialog = dialog_of(qtbot, FramesDialog)
    dialog.first.click()
    dialog.take.click()
    settle(qtbot, open_session)
    assert [state.kind for state in open_session.sources.states()] == [SourceKind.FILE]


def test_nothing_is_added_when_the_question_is_closed(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    Adding(open_session, page).take([animation(tmp_path / "film.gif")])
    dialog_of(qtbot, FramesDialog).reject()
    settle(qtbot, open_session)
    assert open_session.pictures.sources == ()


def test_what_cannot_be_opened_is_told_and_the_rest_added(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path, failures: list[type]
) -> None:
    art = folder_of(tmp_path / "art", 2)
    for name in ("broken.zip", "other.rar", "broken.mp4"):
        (tmp_path / name).write_bytes(b"nothing of that kind")
    empty = zip_of(tmp_path / "empty.zip", art.parent / "art")
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("notes.txt", "words")
    files = [tmp_path / name for name in ("broken.zip", "other.rar", "broken.mp4", "empty.zip")]
    Adding(open_session, page).take([*files, art])
    qtbot.waitUntil(lambda: len(failures) == 4)
    settle(qtbot, open_session)
    assert sorted(failures, key=str) == sorted(
        [BadArchive, BadArchive, NothingInside, BadFilm], key=str
    )
    assert rows(page) == ["art, Pictures: 2"]


def test_what_is_left_behind_in_a_zip_file_is_listed_with_the_reason(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    art = folder_of(tmp_path / "art", 1)
    archive = zip_of(tmp_path / "art.zip", art)
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr("../out.png", b"x")
        file.writestr("inner.zip", b"x")
    (art / "bad.png").touch()
    add(qtbot, open_session, Taking(archive), art)
    table = page.refused.model
    texts = [table.texts(row) for row in range(table.rowCount())]
    assert texts == [
        ("bad.png", str(art), "it is empty"),
        ("../out.png", str(archive), "its name leads out of the folder"),
        ("inner.zip", str(archive), "it is an archive inside the archive"),
    ]

    def names() -> list[str]:
        return [table.texts(row)[0] for row in range(table.rowCount())]

    page.refused.view.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: names() == ["../out.png", "bad.png", "inner.zip"])
    page.refused.copy.click()
    qtbot.waitUntil(lambda: not open_session.is_busy())
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[1] == f"bad.png\t{art}\tit is empty"
    open_session.sources.take_left([Left(archive, "a.png", "it is damaged or incomplete")])
    qtbot.waitUntil(lambda: names() == ["../out.png", "bad.png", "a.png", "inner.zip"])
    assert "4" in page.refused.button.text()
    assert "cannot be used: 4" in page.counts.text()
    assert open_session.close_project()
    assert table.rowCount() == 0


def test_refused_files_are_not_put_in_order_in_the_window_s_thread(
    qtbot: QtBot, open_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There may be tens of thousands; the threads in which their texts are made are noted."""
    threads = set()

    def noted(file: PictureRow | Left) -> tuple[str, str, str]:
        threads.add(threading.current_thread())
        return texts_of(file)

    monkeypatch.setattr(refused_files, "texts_of", noted)
    table = RefusedTable(open_session)
    qtbot.addWidget(table)
    left = [Left(Path("some.zip"), f"{number:04}.png", "it is empty") for number in range(3000)]
    table.files.show_files((), left)
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: table.files.texts(0)[0] == "2999.png")
    assert threads
    assert threading.main_thread() not in threads
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert table.files.texts(0)[0] == "0000.png"


def test_taking_pictures_out_can_be_cancelled_and_goes_on_later(
    qtbot: QtBot,
    page: DatasetPage,
    open_session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    archive = zip_of(tmp_path / "many.zip", folder_of(tmp_path / "many", 30))
    is_midway, may_go_on = threading.Event(), threading.Event()
    write, written = archives._write, count_from(1)

    def pausing(*arguments: object) -> None:
        if next(written) == 11:
            is_midway.set()
            may_go_on.wait()
        write(*arguments)

    monkeypatch.setattr(archives, "_write", pausing)
    open_session.add_sources([Taking(archive)])
    qtbot.waitUntil(is_midway.is_set)
    assert not page.strip.isHidden()
    page.strip.cancel.click()
    may_go_on.set()
    qtbot.waitUntil(lambda: rows(page) == ["many.zip, not all was taken, Pictures: 10"])
    settle(qtbot, open_session)
    assert page.strip.isHidden()
    add(qtbot, open_session, Taking(archive))
    assert rows(page) == ["many.zip, Pictures: 30"]


def test_the_strip_tells_what_is_done(qtbot: QtBot, page: DatasetPage, tmp_path: Path) -> None:
    from ganart.datasets.scan import Scanning
    from ganart.workers.errands import Opened, Recognized, Taken

    page.strip.begin()
    page.strip.show_records([Opened(tmp_path / "art.zip"), Taken(2, 10)])
    assert "art.zip" in page.strip.label.text()
    assert "2" in page.strip.label.text()
    page.strip.show_records([Taken(3, 0)])
    assert page.strip.bar.maximum() == 0
    page.strip.show_records([Recognized(4, 8)])
    assert (page.strip.bar.value(), page.strip.bar.maximum()) == (4, 8)
    page.strip.show_records([Scanning(0, 0, tmp_path), Scanning(5, 6, tmp_path)])
    assert "5" in page.strip.label.text()


def test_copied_pictures_and_files_are_pasted(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    adding = Adding(open_session, page)
    image = QImage(16, 16, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    for _ in range(2):  # the same one twice is one picture
        QGuiApplication.clipboard().setImage(image)
        adding.paste()
        settle(qtbot, open_session)
    assert rows(page) == ["Pasted pictures, Pictures: 1"]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture(tmp_path / "one.png", 3)))])
    QGuiApplication.clipboard().setMimeData(data)
    adding.paste()
    settle(qtbot, open_session)
    assert rows(page)[1] == "one.png, Pictures: 1"
    QGuiApplication.clipboard().setText("words")
    with qtbot.waitSignal(open_session.notice):
        adding.paste()
    assert len(rows(page)) == 2


# Removing


def test_nobody_is_asked_where_nothing_is_lost(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    art = folder_of(tmp_path / "art", 2)
    add(qtbot, open_session, art, folder_of(tmp_path / "other", 1, 9))
    choose(page, 0)
    page.sources.list.setFocus()
    page.sources.remove_action.trigger()
    settle(qtbot, open_session)
    assert rows(page) == ["other, Pictures: 1"]
    assert len(list(art.iterdir())) == 2


def test_what_is_lost_is_said_before(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    art = folder_of(tmp_path / "art", 3)
    add(qtbot, open_session, art)
    open_session.curation.note({Note.STARS: {art / "0.png": 2, art / "1.png": 1}}, "rate")
    settle(qtbot, open_session)
    choose(page, 0)
    page.sources.remove.click()
    question = dialog_of(qtbot, RemovalQuestion)
    assert "2" in question.informativeText()
    question.keep.click()
    settle(qtbot, open_session)
    assert rows(page) == ["art, Pictures: 3"]
    page.sources.remove.click()
    dialog_of(qtbot, RemovalQuestion).confirm.click()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
    assert len(list(art.iterdir())) == 3


def test_notes_of_pictures_that_stay_in_another_source_are_not_lost(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    outer = folder_of(tmp_path / "outer", 1)
    inner = folder_of(outer / "inner", 1, 5)
    add(qtbot, open_session, outer, inner)
    open_session.curation.note({Note.STARS: {inner / "0.png": 2}}, "rate")
    settle(qtbot, open_session)
    for place, left in ((0, "inner, Pictures: 1"), (1, "outer, Pictures: 2")):
        add(qtbot, open_session, outer, inner)
        choose(page, [row.split(",")[0] for row in rows(page)].index(("outer", "inner")[place]))
        page.sources.remove.click()
        settle(qtbot, open_session)
        assert rows(page) == [left]
    assert [row.stars for row in open_session.pictures.rows] == [0, 2]


def test_copies_in_the_project_go_with_their_source(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    archive = zip_of(tmp_path / "art.zip", folder_of(tmp_path / "art", 2))
    add(qtbot, open_session, Taking(archive))
    copies = open_session.pictures.sources[0]
    assert copies.is_dir()
    choose(page, 0)
    page.sources.remove.click()
    dialog_of(qtbot, RemovalQuestion).confirm.click()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
    assert not copies.exists()
    assert archive.exists()


def test_what_is_selected_stays_so_when_more_is_added(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    first, second = (folder_of(tmp_path / name, 1, 9) for name in ("first", "second"))
    add(qtbot, open_session, first)
    page.sources.list.setCurrentRow(0)
    add(qtbot, open_session, second)
    assert len(rows(page)) == 2
    assert [state.path for state in page.sources.list.chosen()] == [first]
    assert page.sources.list.currentRow() == 0


# Finding and taking again


def test_a_moved_folder_is_found_again_with_its_notes(
    qtbot: QtBot,
    page: DatasetPage,
    open_session: Session,
    tmp_path: Path,
    failures: list[type],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    art = folder_of(tmp_path / "art", 4)
    add(qtbot, open_session, art)
    open_session.curation.note({Note.STARS: {art / "2.png": 5}}, "rate")
    settle(qtbot, open_session)
    now = art.rename(tmp_path / "elsewhere")
    wrong = folder_of(tmp_path / "wrong", 1, 30)
    choose(page, 0)
    for place in (wrong, now):
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, place=place: str(place))
        page.sources.find_action.trigger()
        settle(qtbot, open_session)
    assert failures == [NotThatFolder]
    assert rows(page) == ["elsewhere, Pictures: 4"]
    assert [state.path for state in page.sources.list.chosen()] == [now]
    assert {row.path.name: row.stars for row in open_session.pictures.rows}["2.png"] == 5


def test_files_that_cannot_be_used_are_shown_where_a_moved_folder_lies_now(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    art = folder_of(tmp_path / "art", 1)
    (art / "bad.png").touch()
    add(qtbot, open_session, art)
    now = art.rename(tmp_path / "elsewhere")
    open_session.move_source(art, now)
    settle(qtbot, open_session)
    assert page.refused.model.texts(0)[1] == str(now)
    assert page.refused.model.path(0) == now / "bad.png"


def test_a_newer_zip_file_is_taken_again_and_notes_pass_over(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    art = folder_of(tmp_path / "art", 3)
    archive = zip_of(tmp_path / "art.zip", art)
    add(qtbot, open_session, Taking(archive))
    old = open_session.pictures.sources[0]
    rated = open_session.pictures.rows[1].path
    open_session.curation.note({Note.STARS: {rated: 4}}, "rate")
    settle(qtbot, open_session)
    picture(art / "3.png", 60)
    zip_of(archive, art)
    open_session.sources.look()
    qtbot.waitUntil(lambda: rows(page) == ["art.zip, newer version there, Pictures: 3"])
    choose(page, 0)
    assert page.sources.again_action.isVisible()
    page.sources.again_action.trigger()
    settle(qtbot, open_session)
    assert rows(page) == ["art.zip, Pictures: 4"]
    assert {row.path.name: row.stars for row in open_session.pictures.rows}[rated.name] == 4
    assert not old.exists()


def test_other_frames_of_a_film_are_taken_in_their_place(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    film = animation(tmp_path / "film.gif")
    add(qtbot, open_session, Taking(film, FrameChoice(every=4)))
    assert rows(page) == ["film.gif, Pictures: 3"]
    choose(page, 0)
    page.sources.again_action.trigger()
    dialog = dialog_of(qtbot, FramesDialog)
    assert dialog.every.value() == 4
    assert dialog.first.isHidden()
    dialog.every.setValue(2)
    dialog.take.click()
    settle(qtbot, open_session)
    assert rows(page) == ["film.gif, Pictures: 6"]


def test_in_a_narrow_panel_the_name_gives_way_to_the_trouble(
    qtbot: QtBot,
    page: DatasetPage,
    open_session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = "a rather long name of a folder, summer 2019"
    art = folder_of(tmp_path / name, 3)
    for number in range(11):
        (art / f"bad {number}.jpg").touch()
    add(qtbot, open_session, art)
    painted: list[str] = []
    paint = TwoLineDelegate._paint_line

    def noted(self: TwoLineDelegate, *given: Any, **more: Any) -> None:
        painted.append(given[3])
        paint(self, *given, **more)

    monkeypatch.setattr(TwoLineDelegate, "_paint_line", noted)
    page.sources.list.setFixedWidth(220)
    page.sources.list.grab()
    count_of, elided, trouble = painted
    assert (count_of, trouble) == ("3", "cannot be used: 11")
    assert "…" in elided
    page.sources.list.setFixedWidth(500)
    painted.clear()
    page.sources.list.grab()
    assert painted == [name, "Pictures: 3  ·  cannot be used: 11"]
    item = page.sources.list.item(0)
    assert item.toolTip().split("\n") == [
        name, left_to_right(str(art)), "Pictures: 3", "cannot be used: 11",
    ]  # fmt: skip
    assert rows(page) == [f"{name}, Pictures: 3, cannot be used: 11"]


# The question of frames


def test_the_estimate_follows_the_choice(
    qtbot: QtBot, open_session: Session, tmp_path: Path
) -> None:
    films = [FilmFound(tmp_path / "a.mp4", 3250, 25.0), FilmFound(tmp_path / "b.mp4", 90, 30.0)]
    dialog = FramesDialog(films, open_session)
    qtbot.addWidget(dialog)
    assert "330" in dialog.estimate.text()
    assert dialog.first.isHidden()
    dialog.most.setValue(100)
    assert "110" in dialog.estimate.text()
    dialog.scenes.click()
    assert dialog.choice() == FrameChoice(SCENES.every, SCENES.difference, 100)
    assert "at most 190" in dialog.estimate.text()


def test_a_film_that_says_nothing_of_its_length(
    qtbot: QtBot, open_session: Session, tmp_path: Path
) -> None:
    dialog = FramesDialog([FilmFound(tmp_path / "a.mkv", 0, 0.0)], open_session)
    qtbot.addWidget(dialog)
    assert f"At most {count(2000)}" in dialog.estimate.text()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_source_whose_name_is_no_unicode_is_counted(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    odd = folder_of(tmp_path / "plain", 2).rename(tmp_path / "caf\udce9")
    add(qtbot, open_session, odd)
    assert rows(page)[0].endswith("Pictures: 2")
    open_session.sources.watch([odd], True)
    settle(qtbot, open_session)
    shutil.rmtree(odd)
    open_session.sources.look()
    qtbot.waitUntil(lambda: "not there now" in rows(page)[0])


def test_an_unplugged_drive_may_leave_an_empty_folder(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    drive = folder_of(tmp_path / "drive", 2)
    add(qtbot, open_session, drive)
    away = drive.rename(tmp_path / "away")
    drive.mkdir()
    open_session.scan()
    settle(qtbot, open_session)
    assert rows(page) == ["drive, empty now, Pictures: 2"]
    picture(away / "new.png", 9)
    drive.rmdir()
    away.rename(drive)
    open_session.sources.look()
    qtbot.waitUntil(lambda: rows(page) == ["drive, Pictures: 3"])


def test_pasting_is_the_dataset_page_s_alone(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    paste = window.commands.paste
    assert not paste.isEnabled()
    session.create_project(tmp_path / "Tiles")
    assert paste.isEnabled()
    QGuiApplication.clipboard().setText("words")
    with qtbot.waitSignal(session.notice):
        paste.trigger()
    window.pages.show_page("gallery")
    assert not paste.isEnabled()
    window.pages.show_page("dataset")
    assert paste.isEnabled()
    settle(qtbot, session)


def test_a_dropped_zip_file_is_a_source(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    session.create_project(tmp_path / "Tiles")
    archive = zip_of(tmp_path / "art.zip", folder_of(tmp_path / "art", 2))
    window.drops.take([archive])
    qtbot.waitUntil(lambda: len(session.pictures.rows) == 2)
    settle(qtbot, session)
    assert session.sources.states()[0].kind is SourceKind.ZIP


def test_the_window_looks_at_sources_when_it_is_used_again(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    session.create_project(tmp_path / "Tiles")
    art = folder_of(tmp_path / "art", 2)
    add(qtbot, session, art)
    art.rename(tmp_path / "away")
    window.activateWindow()
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    qtbot.waitUntil(lambda: session.sources.are_there() == [])
    settle(qtbot, session)


def test_files_that_nobody_wants_to_hear_of_are_ignored(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    art = folder_of(tmp_path / "art", 1)
    for name in ("a.png", "b.png", "c.png"):
        (art / name).touch()
    add(qtbot, open_session, art)
    refused, undo = page.refused, open_session.undo

    def listed() -> list[str]:
        return [refused.model.texts(row)[0] for row in range(refused.model.rowCount())]

    refused.button.click()
    assert not refused.ignore.isEnabled()
    refused.view.selectRow(1)
    refused.ignore.click()
    qtbot.waitUntil(lambda: listed() == ["a.png", "c.png"])
    assert "cannot be used: 2" in page.counts.text()
    refused.view.selectAll()
    refused.ignore.click()
    qtbot.waitUntil(lambda: listed() == [])
    undo.undo()
    undo.undo()
    undo.redo()
    qtbot.waitUntil(lambda: listed() == ["a.png", "c.png"])
    settle(qtbot, open_session)
    open_session.scan()  # which tries refused files again
    settle(qtbot, open_session)
    assert listed() == ["a.png", "c.png"]
    assert refused.heed.isVisible()
    refused.heed.click()
    qtbot.waitUntil(lambda: len(listed()) == 3)
    assert refused.heed.isHidden()
    settle(qtbot, open_session)
