"""The Dataset page: from empty to a grid of thumbnails and a list of what cannot be used."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, Qt
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from ganart.ui.pages.dataset import DatasetPage
from ganart.ui.pages.dataset_models import WEIGHT
from ganart.workers.session import Session


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


def test_an_empty_dataset_asks_for_a_folder(qtbot: QtBot, page: DatasetPage) -> None:
    assert page.stack.currentWidget() is page.empty
    assert page.counts.text() == ""
    with qtbot.waitSignal(page.add_asked):
        page.empty.add_asked.emit()


def test_pictures_of_an_added_folder_are_shown(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path
) -> None:
    add(qtbot, open_session, pictures_folder)
    qtbot.waitUntil(lambda: page.pictures.rowCount() == 24)
    assert "24" in page.counts.text()
    assert page.stack.currentWidget() is not page.empty
    assert page.refused_fold.isHidden()
    assert page.sources.list.item(0).text() == pictures_folder.name

    def thumbnail() -> object:
        return page.pictures.index(0).data(Qt.ItemDataRole.DecorationRole)

    qtbot.waitUntil(lambda: isinstance(thumbnail(), QPixmap))
    assert max(thumbnail().width(), thumbnail().height()) <= 128
    tip = page.pictures.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert str(pictures_folder) in tip


def test_refused_files_are_listed_with_their_reasons(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path
) -> None:
    (pictures_folder / "leer – ۱.png").touch()
    (pictures_folder / "notes.jpg").write_text("no picture")
    add(qtbot, open_session, pictures_folder)
    qtbot.waitUntil(lambda: page.refused.rowCount() == 2)
    assert column(page.refused, 0) == ["leer – ۱.png", "notes.jpg"]
    assert column(page.refused, 1) == ["it is empty", "it is not a picture"]
    assert not page.refused_fold.isHidden()
    assert "2" in page.refused_fold.button.text()


def test_folders_without_a_usable_picture_say_so(
    qtbot: QtBot, page: DatasetPage, open_session: Session, tmp_path: Path
) -> None:
    folder = tmp_path / "holiday"
    folder.mkdir()
    add(qtbot, open_session, folder)
    qtbot.waitUntil(lambda: "No picture was found" in page.counts.text())
    assert not page.refused_fold.isVisible()
    (folder / "notes.jpg").write_text("no picture")
    with qtbot.waitSignal(open_session.idle):
        open_session.scan()
    qtbot.waitUntil(page.refused_view.isVisible)
    assert "see below" in page.counts.text()
    tip = page.refused.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
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
    qtbot.waitUntil(lambda: page.pictures.rowCount() == 24)
    assert not page.sources.remove.isEnabled()
    page.sources.list.setCurrentRow(0)
    page.sources.remove.click()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
    assert page.pictures.rowCount() == 0
    assert len(list(pictures_folder.iterdir())) == 24


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_folder_whose_name_is_no_unicode_can_be_taken_out(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path, tmp_path: Path
) -> None:
    odd = pictures_folder.rename(tmp_path / "caf\udce9")
    add(qtbot, open_session, odd)
    qtbot.waitUntil(lambda: page.pictures.rowCount() == 24)
    page.sources.list.setCurrentRow(0)
    page.sources.remove.click()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)


def test_pictures_can_be_dragged_out_as_files(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path
) -> None:
    add(qtbot, open_session, pictures_folder)
    qtbot.waitUntil(lambda: page.pictures.rowCount() == 24)
    index = page.pictures.index(3)
    data = page.pictures.mimeData([index])
    assert Path(data.urls()[0].toLocalFile()) == page.pictures.picture(index).path
    assert index.flags() & Qt.ItemFlag.ItemIsDragEnabled


def test_closing_the_project_empties_the_page(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path
) -> None:
    add(qtbot, open_session, pictures_folder)
    qtbot.waitUntil(lambda: page.pictures.rowCount() == 24)
    assert open_session.close_project()
    assert page.pictures.rowCount() == 0
    assert page.sources.list.count() == 0


def test_cells_share_the_width(qtbot: QtBot, page: DatasetPage) -> None:
    page.stack.setCurrentIndex(1)
    for width in (700, 1000, 1333):
        page.resize(width, 600)
        inner = page.grid.viewport().width()
        cell = page.grid.gridSize().width()
        assert cell >= 112
        assert inner - (inner // cell) * cell < inner // cell + 1


# How often pictures are shown


def full(qtbot: QtBot, page: DatasetPage, session: Session, folder: Path) -> None:
    add(qtbot, session, folder)
    qtbot.waitUntil(lambda: page.pictures.rowCount() == 24)


def select(page: DatasetPage, *rows: int) -> None:
    page.grid.clearSelection()
    for row in rows:
        page.grid.selectionModel().select(
            page.pictures.index(row), QItemSelectionModel.SelectionFlag.Select
        )


def weights_shown(page: DatasetPage) -> dict[int, float]:
    """Return the weights of the pictures that are not shown as usual."""
    shown = [page.pictures.index(row).data(WEIGHT) for row in range(page.pictures.rowCount())]
    return {row: weight for row, weight in enumerate(shown) if weight != 1}


def test_selected_pictures_are_excluded_or_shown_more_and_all_can_be_taken_back(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path
) -> None:
    full(qtbot, page, open_session, pictures_folder)
    curation = page.curation
    assert not any(button.isEnabled() for button in curation.buttons)
    select(page, 0, 3)
    assert "2" in curation.hint.text()
    curation.buttons[0].click()
    qtbot.waitUntil(lambda: weights_shown(page) == {0: 0.0, 3: 0.0})
    assert "excluded: 2" in page.counts.text()
    assert len(page.grid.selectedIndexes()) == 2  # what was selected can be acted on again
    curation.often.trigger()
    qtbot.waitUntil(lambda: weights_shown(page) == {0: 2.0, 3: 2.0})
    curation.undo.trigger()
    qtbot.waitUntil(lambda: weights_shown(page) == {0: 0.0, 3: 0.0})
    curation.undo.trigger()
    qtbot.waitUntil(lambda: weights_shown(page) == {})
    assert "excluded" not in page.counts.text()
    curation.redo.trigger()
    qtbot.waitUntil(lambda: weights_shown(page) == {0: 0.0, 3: 0.0})
    curation.usual.trigger()
    qtbot.waitUntil(lambda: weights_shown(page) == {})


@pytest.mark.parametrize(
    ("key", "weight"), [(Qt.Key.Key_Delete, 0.0), (Qt.Key.Key_X, 0.0), (Qt.Key.Key_2, 2.0)]
)
def test_keys_do_what_the_buttons_do(
    qtbot: QtBot,
    page: DatasetPage,
    open_session: Session,
    pictures_folder: Path,
    key: Qt.Key,
    weight: float,
) -> None:
    full(qtbot, page, open_session, pictures_folder)
    page.activateWindow()
    page.grid.setFocus()
    select(page, 5)
    qtbot.keyClick(page.grid, key)
    qtbot.waitUntil(lambda: weights_shown(page) == {5: weight})
    spoken = page.pictures.index(5).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "excluded" in spoken if weight == 0 else "2 × as often" in spoken


def test_pictures_that_are_not_shown_as_usual_look_different(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path
) -> None:
    full(qtbot, page, open_session, pictures_folder)

    def thumbnails_are_there() -> bool:
        return all(page.pictures.index(row).data(Qt.ItemDataRole.DecorationRole) for row in (0, 1))

    qtbot.waitUntil(thumbnails_are_there)
    page.grid.setFocus()
    before = [page.grid.grab(page.grid.visualRect(page.pictures.index(row))) for row in (0, 1, 2)]
    select(page, 0)
    page.curation.exclude.trigger()
    qtbot.waitUntil(lambda: weights_shown(page) == {0: 0.0})
    select(page, 1)
    page.curation.often.trigger()
    qtbot.waitUntil(lambda: weights_shown(page) == {0: 0.0, 1: 2.0})
    select(page)
    after = [page.grid.grab(page.grid.visualRect(page.pictures.index(row))) for row in (0, 1, 2)]
    same = [one.toImage() == other.toImage() for one, other in zip(before, after, strict=True)]
    assert same == [False, False, True]


def test_another_project_begins_without_steps_to_take_back(
    qtbot: QtBot, page: DatasetPage, open_session: Session, pictures_folder: Path, tmp_path: Path
) -> None:
    full(qtbot, page, open_session, pictures_folder)
    select(page, 0)
    page.curation.exclude.trigger()
    qtbot.waitUntil(page.curation.undo.isEnabled)
    assert open_session.create_project(tmp_path / "Other")
    assert not page.curation.undo.isEnabled()
