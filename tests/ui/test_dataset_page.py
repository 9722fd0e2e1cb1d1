"""The Dataset page: from empty to a grid of thumbnails and a list of what cannot be used."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from ganart.ui.pages.dataset import DatasetPage
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
