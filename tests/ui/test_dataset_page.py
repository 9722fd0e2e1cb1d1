"""The Dataset page: from empty to a grid of thumbnails and a list of what cannot be used."""

import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, Qt
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from ganart.datasets.catalogue import Catalogue
from ganart.engine.asks import Poll
from ganart.ui.pages.dataset.page import DatasetPage
from ganart.workers.curation import notes_job
from ganart.workers.jobs import Listing
from ganart.workers.pictures import Note, Step
from ganart.workers.run import Job, Run
from ganart.workers.session import Session
from tests.ui.dataset import full_page


@pytest.fixture
def page(qtbot: QtBot, open_session: Session) -> Iterator[DatasetPage]:
    page = DatasetPage(open_session)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    yield page
    assert open_session.shutdown(20)


def add(qtbot: QtBot, session: Session, *paths: Path) -> None:
    """Add `paths` and wait until the page has read the catalogue."""
    with qtbot.waitSignal(session.idle):
        session.add_folders(paths)
    qtbot.waitUntil(lambda: not session.is_busy())


def column(model: QAbstractItemModel, number: int) -> list[str]:
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


def test_pictures_are_others_only_when_that_is_told(
    qtbot: QtBot,
    page: DatasetPage,
    open_session: Session,
    pictures_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(qtbot, open_session, pictures_folder)
    pictures = open_session.pictures
    may_end, reported = threading.Event(), []

    def slow(_path: Path) -> Job:
        def job(_poll: Poll) -> Iterator[object]:
            yield Listing.of((), (), ())
            may_end.wait()

        return job

    monkeypatch.setattr("ganart.workers.pictures.listing_job", slow)
    begin = open_session.begin

    def heard(job: Job, name: str) -> Run:
        run = begin(job, name)
        run.reported.connect(reported.extend)
        return run

    monkeypatch.setattr(open_session, "begin", heard)
    pictures.read()
    qtbot.waitUntil(lambda: bool(reported))
    assert len(pictures.rows) == 24  # views still have their numbers
    with qtbot.waitSignal(pictures.listed):
        may_end.set()
    assert not pictures.rows


def test_an_empty_dataset_asks_for_a_folder(qtbot: QtBot, page: DatasetPage) -> None:
    assert page.stack.currentWidget() is page.empty
    assert page.counts.text() == ""
    with qtbot.waitSignal(page.add_asked):
        page.empty.add_asked.emit()


def test_pictures_of_an_added_folder_are_shown(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path
) -> None:
    add(qtbot, open_session, pictures_folder)
    qtbot.waitUntil(lambda: page.pictures.model.rowCount() == 24)
    assert "24" in page.counts.text()
    assert page.stack.currentWidget() is not page.empty
    assert page.refused.isHidden()
    assert page.sources.list.item(0).text() == pictures_folder.name

    def thumbnail() -> object:
        return page.pictures.model.index(0).data(Qt.ItemDataRole.DecorationRole)

    qtbot.waitUntil(lambda: isinstance(thumbnail(), QPixmap))
    assert max(thumbnail().width(), thumbnail().height()) <= 128
    tip = page.pictures.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert str(pictures_folder) in tip


def test_refused_files_are_listed_with_their_reasons(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path
) -> None:
    (pictures_folder / "leer – ۱.png").touch()
    (pictures_folder / "notes.jpg").write_text("no picture")
    add(qtbot, open_session, pictures_folder)
    qtbot.waitUntil(lambda: page.refused.model.rowCount() == 2)
    assert column(page.refused.model, 0) == ["leer – ۱.png", "notes.jpg"]
    assert column(page.refused.model, 2) == ["it is empty", "it is not a picture"]
    assert not page.refused.isHidden()
    assert "2" in page.refused.button.text()


def test_folders_without_a_usable_picture_say_so(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    folder = tmp_path / "holiday"
    folder.mkdir()
    add(qtbot, open_session, folder)
    qtbot.waitUntil(lambda: "No picture was found" in page.counts.text())
    assert not page.refused.isVisible()
    (folder / "notes.jpg").write_text("no picture")
    with qtbot.waitSignal(open_session.idle):
        open_session.scan()
    qtbot.waitUntil(page.refused.view.isVisible)
    assert "see below" in page.counts.text()
    tip = page.refused.model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert str(folder) in tip
    assert "it is not a picture" in tip


def test_a_scan_shows_its_progress_and_can_be_cancelled(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path
) -> None:
    with qtbot.waitSignal(open_session.dataset_changed):
        run = open_session.add_folders([pictures_folder])
        assert run is not None
        assert not page.strip.isHidden()
        assert not page.rescan.isEnabled()
        page.strip.cancel.click()
        assert run.is_stopping()
    assert page.strip.isHidden()
    assert page.rescan.isEnabled()
    qtbot.waitUntil(lambda: not open_session.is_busy())


def test_a_folder_can_be_taken_out(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path
) -> None:
    add(qtbot, open_session, pictures_folder)
    qtbot.waitUntil(lambda: page.pictures.model.rowCount() == 24)
    assert not page.sources.remove.isEnabled()
    page.sources.list.setCurrentRow(0)
    page.sources.remove.click()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
    assert page.pictures.model.rowCount() == 0
    assert len(list(pictures_folder.iterdir())) == 24


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_folder_whose_name_is_no_unicode_can_be_taken_out(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path, tmp_path: Path
) -> None:
    odd = pictures_folder.rename(tmp_path / "caf\udce9")
    add(qtbot, open_session, odd)
    qtbot.waitUntil(lambda: page.pictures.model.rowCount() == 24)
    page.sources.list.setCurrentRow(0)
    page.sources.remove.click()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)


def test_pictures_can_be_dragged_out_as_files(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path
) -> None:
    add(qtbot, open_session, pictures_folder)
    qtbot.waitUntil(lambda: page.pictures.model.rowCount() == 24)
    index = page.pictures.model.index(3)
    data = page.pictures.model.mimeData([index])
    assert Path(data.urls()[0].toLocalFile()) == page.pictures.model.picture(index).path
    assert index.flags() & Qt.ItemFlag.ItemIsDragEnabled


def test_closing_the_project_empties_the_page(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path
) -> None:
    add(qtbot, open_session, pictures_folder)
    qtbot.waitUntil(lambda: page.pictures.model.rowCount() == 24)
    assert open_session.close_project()
    assert page.pictures.model.rowCount() == 0
    assert page.sources.list.count() == 0


def test_cells_share_the_width(qtbot: QtBot, page: DatasetPage) -> None:
    page.stack.setCurrentIndex(1)
    for width in (700, 1000, 1333):
        page.resize(width, 600)
        inner = page.pictures.grid.viewport().width()
        cell = page.pictures.grid.cells().width
        assert cell >= 112
        assert inner - (inner // cell) * cell < inner // cell + 1


# What is said of pictures


def full(qtbot: QtBot, page: DatasetPage, session: Session, folder: Path) -> None:
    add(qtbot, session, folder)
    qtbot.waitUntil(lambda: page.pictures.model.rowCount() == 24)


def select(page: DatasetPage, *rows: int) -> None:
    page.pictures.grid.clearSelection()
    for row in rows:
        page.pictures.grid.selectionModel().select(
            page.pictures.model.index(row), QItemSelectionModel.SelectionFlag.Select
        )


def said(page: DatasetPage) -> dict[int, tuple[str, int, float]]:
    """Return mark, stars and weight of the pictures of which something was said, by row."""
    model = page.pictures.model
    rows = [model.picture(model.index(row)) for row in range(model.rowCount())]
    notes = {place: (str(row.mark), row.stars, row.weight) for place, row in enumerate(rows)}
    return {place: each for place, each in notes.items() if each != ("none", 0, 1.0)}


def kept(session: Session) -> dict[str, tuple[str, int, float]]:
    """Return the same as the catalogue has it, by name."""
    assert session.project is not None
    with Catalogue(session.project.catalogue_path) as catalogue:
        rows = catalogue.pictures()
    notes = {row.path.name: (str(row.mark), row.stars, row.weight) for row in rows}
    return {name: each for name, each in notes.items() if each != ("none", 0, 1.0)}


def test_verdicts_hold_at_once_and_can_all_be_taken_back(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path
) -> None:
    full(qtbot, page, open_session, pictures_folder)
    culling, undo = page.pictures.culling, open_session.undo
    assert not any(action.isEnabled() for action in culling.all)
    select(page, 0, 3)
    assert "2" in page.pictures.hint.text()
    culling.reject.trigger()
    assert said(page) == {0: ("rejected", 0, 0.0), 3: ("rejected", 0, 0.0)}
    assert "rejected: 2" in page.counts.text()
    assert len(page.pictures.chosen()) == 2  # what was selected can be acted on again
    culling.often.trigger()
    assert said(page) == {0: ("none", 0, 2.0), 3: ("none", 0, 2.0)}
    culling.reject.trigger()
    culling.stars[4].trigger()
    assert said(page)[3] == ("rejected", 4, 0.0)
    undo.undo()
    undo.undo()
    assert said(page) == {0: ("none", 0, 2.0), 3: ("none", 0, 2.0)}
    undo.undo()
    assert said(page) == {0: ("rejected", 0, 0.0), 3: ("rejected", 0, 0.0)}
    undo.undo()
    assert said(page) == {}
    assert "rejected" not in page.counts.text()
    undo.redo()
    qtbot.waitUntil(lambda: not open_session.is_busy())
    assert set(kept(open_session).values()) == {("rejected", 0, 0.0)}


@pytest.mark.parametrize(
    ("key", "note"),
    [
        (Qt.Key.Key_Delete, ("rejected", 0, 0.0)),
        (Qt.Key.Key_X, ("rejected", 0, 0.0)),
        (Qt.Key.Key_P, ("picked", 0, 1.0)),
        (Qt.Key.Key_3, ("none", 3, 1.0)),
    ],
)
def test_keys_say_things(
    qtbot: QtBot,
    page: DatasetPage,
    open_session: Session,
    pictures_folder: Path,
    key: Qt.Key,
    note: tuple[str, int, float],
) -> None:
    full(qtbot, page, open_session, pictures_folder)
    page.activateWindow()
    page.pictures.grid.setFocus()
    select(page, 5)
    qtbot.keyClick(page.pictures.grid, key)
    qtbot.waitUntil(lambda: list(kept(open_session).values()) == [note])
    spoken = page.pictures.model.index(5).data(Qt.ItemDataRole.AccessibleTextRole)
    assert {"rejected": "rejected", "picked": "picked", "none": "3 star"}[note[0]] in spoken


def test_what_is_said_survives_a_scan_and_a_reading_that_began_before(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path
) -> None:
    full(qtbot, page, open_session, pictures_folder)
    paths = [row.path for row in open_session.pictures.rows]
    open_session.scan()
    open_session.pictures.read()
    open_session.curation.note({Note.STARS: {paths[1]: 5}}, "rate")
    assert said(page) == {1: ("none", 5, 1.0)}
    qtbot.waitUntil(lambda: not open_session.is_busy())
    assert said(page) == {1: ("none", 5, 1.0)}
    assert kept(open_session) == {paths[1].name: ("none", 5, 1.0)}


def test_what_is_said_survives_a_reading_that_is_quicker_than_the_writing(
    qtbot: QtBot,
    page: DatasetPage,
    open_session: Session,
    pictures_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    full(qtbot, page, open_session, pictures_folder)
    may_write = threading.Event()

    def slow(catalogue_path: Path, steps: Sequence[Step]) -> Job:
        def job(poll: Poll) -> Iterator[object]:
            may_write.wait(20)
            yield from notes_job(catalogue_path, steps)(poll)

        return job

    monkeypatch.setattr("ganart.workers.curation.notes_job", slow)
    paths = [row.path for row in open_session.pictures.rows]
    open_session.curation.note({Note.STARS: {paths[1]: 5}}, "rate")
    open_session.curation.note({Note.STARS: {paths[2]: 3}}, "rate")  # which waits for the first
    with qtbot.waitSignal(open_session.pictures.listed):
        open_session.pictures.read()
    assert said(page) == {1: ("none", 5, 1.0), 2: ("none", 3, 1.0)}
    may_write.set()
    qtbot.waitUntil(lambda: not open_session.is_busy())
    assert set(kept(open_session)) == {paths[1].name, paths[2].name}


def test_notes_of_pictures_not_yet_listed_wait_for_them(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path
) -> None:
    with qtbot.waitSignal(open_session.dataset_changed):
        open_session.add_folders([pictures_folder])
    paths = sorted(pictures_folder.iterdir())
    open_session.curation.set_weight(paths[:2], 0.0, "reject")
    qtbot.waitUntil(lambda: len(kept(open_session)) == 2)
    assert open_session.undo.count() == 1


def test_pictures_of_which_something_is_said_look_different(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path
) -> None:
    full(qtbot, page, open_session, pictures_folder)
    model, grid = page.pictures.model, page.pictures.grid

    def thumbnails_are_there() -> bool:
        return all(model.index(row).data(Qt.ItemDataRole.DecorationRole) for row in (0, 1))

    qtbot.waitUntil(thumbnails_are_there)
    grid.setFocus()
    before = [grid.grab(grid.visualRect(model.index(row))) for row in (0, 1, 2)]
    select(page, 0)
    page.pictures.culling.reject.trigger()
    select(page, 1)
    page.pictures.culling.often.trigger()
    select(page)
    after = [grid.grab(grid.visualRect(model.index(row))) for row in (0, 1, 2)]
    same = [one.toImage() == other.toImage() for one, other in zip(before, after, strict=True)]
    assert same == [False, False, True]


def test_another_project_begins_without_steps_to_take_back(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path, tmp_path: Path
) -> None:
    full(qtbot, page, open_session, pictures_folder)
    select(page, 0)
    page.pictures.culling.reject.trigger()
    assert open_session.undo.canUndo()
    assert open_session.create_project(tmp_path / "Other")
    assert not open_session.undo.canUndo()
    assert page.pictures.model.rowCount() == 0


def test_what_was_said_last_is_kept_when_the_project_is_closed_at_once(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path
) -> None:
    full(qtbot, page, open_session, pictures_folder)
    project = open_session.project
    assert project is not None
    for row in range(3):
        select(page, row)
        page.pictures.culling.pick.trigger()
    assert open_session.close_project()
    with Catalogue(project.catalogue_path) as catalogue:
        assert [row.mark for row in catalogue.pictures()[:4]] == ["picked"] * 3 + ["none"]


def test_the_hint_below_the_pictures_stays_one_line(
    qtbot: QtBot, open_session: Session, pictures_folder: Path
) -> None:
    page = full_page(qtbot, open_session, pictures_folder)
    hint = page.pictures.hint
    page.resize(page.minimumSizeHint())
    qtbot.waitUntil(lambda: hint.width() < hint.fontMetrics().horizontalAdvance(hint.text()))
    assert hint.height() < 2 * hint.fontMetrics().height()
    assert hint.toolTip() == hint.text()
    assert page.pictures.bar.height() < 4 * hint.fontMetrics().height()
