"""The grid of the Dataset page: cells, sizes, thumbnails of two tiers, and staying at one place."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QImage, QPixmap, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from ganart.datasets.records import Mark
from ganart.project.thumbnail_files import ThumbnailFiles
from ganart.ui.pages.dataset.cell_delegate import fitting
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.grid import STEPS_PX, ThumbnailGrid
from ganart.ui.pages.dataset.grid_zoom import GridZoom
from ganart.ui.pages.dataset.models import PicturesModel
from ganart.ui.widgets.cell_view import CellView
from ganart.ui.widgets.cells import Cells
from ganart.workers.pictures import Note
from ganart.workers.session import Session
from tests.ui.studio import pixels_of

Key = Qt.Key
NOWHERE = QModelIndex()


# Cells


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_each_cell_is_found_at_its_place(is_mirrored: bool) -> None:
    cells = Cells(11, 4, 100, 120, is_mirrored)
    assert cells.rows == 3
    for number in range(11):
        assert cells.at(cells.rect(number).center()) == number
    assert cells.rect(0).left() == (300 if is_mirrored else 0)
    assert cells.at(QPoint(50 if is_mirrored else 350, 300)) is None  # the last row has three
    assert cells.at(QPoint(-1, 5)) is None
    assert cells.at(QPoint(401, 5)) is None


def test_a_rectangle_touches_runs_of_cells() -> None:
    cells = Cells(11, 4, 100, 100)
    assert cells.runs(QRect(0, 0, 400, 200)) == [range(8)]
    assert cells.runs(QRect(0, 150, 400, 500)) == [range(4, 11)]
    assert cells.runs(QRect(150, 0, 100, 150)) == [range(1, 3), range(5, 7)]
    assert cells.runs(QRect(250, 250, 100, 10)) == [range(10, 11)]
    assert cells.runs(QRect(350, 250, 10, 10)) == []
    assert cells.runs(QRect(500, 0, 10, 10)) == []
    assert Cells(0, 4, 100, 100).runs(QRect(0, 0, 400, 400)) == []
    mirrored = Cells(11, 4, 100, 100, is_mirrored=True)
    assert mirrored.runs(QRect(150, 0, 100, 150)) == [range(1, 3), range(5, 7)]
    assert mirrored.runs(QRect(0, 0, 10, 10)) == [range(3, 4)]


class Counted(QAbstractListModel):
    """Very many items, that counts how many of them are looked at."""

    looks = 0

    def rowCount(self, parent: QModelIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else 50_000

    def data(self, index: QModelIndex, role: int = 0) -> object:
        self.looks += 1
        return None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        self.looks += 1
        return super().flags(index)


@pytest.fixture
def view(qtbot: QtBot) -> CellView:
    view = CellView()
    qtbot.addWidget(view)
    view.set_least_size(QSize(100, 100))
    view.setModel(Counted(view))
    view.resize(520, 430)
    view.show()
    qtbot.waitExposed(view)
    return view


def test_keys_lead_about(qtbot: QtBot, view: CellView) -> None:
    columns, page = 5, 4
    places = [
        (Key.Key_Down, columns),
        (Key.Key_Right, columns + 1),
        (Key.Key_Up, 1),
        (Key.Key_Up, 1),  # nothing is above
        (Key.Key_PageDown, 1 + page * columns),
        (Key.Key_Left, page * columns),
        (Key.Key_End, 49_999),
        (Key.Key_Down, 49_999),
        (Key.Key_PageUp, 49_999 - page * columns),
        (Key.Key_Home, 0),
    ]
    view.setCurrentIndex(view.model().index(0, 0))
    assert view.cells().columns == columns
    for key, expected in places:
        qtbot.keyClick(view, key)
        assert view.currentIndex().row() == expected
        assert expected in view.shown_rows()


def test_in_a_mirrored_window_left_leads_on(qtbot: QtBot, view: CellView) -> None:
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    view.doItemsLayout()
    view.setCurrentIndex(view.model().index(0, 0))
    assert view.visualRect(view.currentIndex()).left() > 300
    qtbot.keyClick(view, Key.Key_Left)
    assert view.currentIndex().row() == 1


def test_many_are_selected_without_looking_at_each(qtbot: QtBot, view: CellView) -> None:
    model = view.model()
    model.looks = 0
    qtbot.keyClick(view, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert view.chosen_rows() == [range(50_000)]
    qtbot.keyClick(view, Key.Key_Home)
    qtbot.keyClick(view, Key.Key_Right)
    qtbot.keyClick(view, Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert view.chosen_rows() == [range(1, 50_000)]
    qtbot.keyClick(view, Key.Key_Home)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(250, 150))
    qtbot.mouseClick(
        view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ShiftModifier,
        QPoint(50, 350),
    )
    assert view.chosen_rows() == [range(7, 16)]
    view.resize(730, 430)
    view.set_least_size(QSize(80, 80))
    QApplication.processEvents()
    assert model.looks < 5_000


def test_a_rubber_band_selects_what_it_touches(qtbot: QtBot, view: CellView) -> None:
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(150, 50))
    qtbot.mouseMove(view.viewport(), QPoint(160, 60))
    qtbot.mouseMove(view.viewport(), QPoint(270, 250))
    assert view.state() is QAbstractItemView.State.DragSelectingState
    qtbot.mouseMove(view.viewport(), QPoint(280, 260))
    assert view.chosen_rows() == [range(1, 3), range(6, 8), range(11, 13)]
    band = view.grab().toImage()
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(280, 260))
    assert view.chosen_rows() == [range(1, 3), range(6, 8), range(11, 13)]
    assert view.grab().toImage() != band


# The grid of a project


def photo(path: Path, width: int, height: int, seed: int = 0) -> Path:
    """Save a picture of coarse colours."""
    coarse = np.random.default_rng(seed).integers(0, 256, (4, 5, 3), np.uint8)
    image = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    image.save(path, quality=92)
    return path


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(12):
        photo(folder / f"{number:02}.jpg", 600 - 10 * number, 400, number)
    pixels = np.random.default_rng(9).integers(0, 256, (16, 16, 3), np.uint8)
    Image.fromarray(pixels).save(folder / "99 pixels.png")
    return folder


@pytest.fixture
def desk(qtbot: QtBot, open_session: Session, photos: Path) -> Iterator[Desk]:
    with qtbot.waitSignal(open_session.idle):
        open_session.add_folders([photos])
    qtbot.waitUntil(lambda: len(open_session.pictures.rows) == 13)
    yield Desk(open_session)
    assert open_session.shutdown(20)


@pytest.fixture
def grid(qtbot: QtBot, desk: Desk) -> ThumbnailGrid:
    grid = ThumbnailGrid()
    qtbot.addWidget(grid)
    grid.setModel(PicturesModel(desk, grid))
    grid.model().show_ids([row.id for row in desk.pictures.rows])
    grid.resize(700, 500)
    grid.show()
    qtbot.waitExposed(grid)
    grid.activateWindow()
    grid.setFocus()
    return grid


def thumbnail(grid: ThumbnailGrid, row: int = 0) -> QPixmap | None:
    return grid.model().index(row).data(Qt.ItemDataRole.DecorationRole)


def side(grid: ThumbnailGrid, row: int = 0) -> int:
    """Return the longer side of the thumbnail that is there."""
    pixmap = thumbnail(grid, row)
    return 0 if pixmap is None else max(pixmap.width(), pixmap.height())


def scroll(grid: ThumbnailGrid, angle: int) -> None:
    event = QWheelEvent(
        QPoint(50, 50),
        grid.mapToGlobal(QPoint(50, 50)),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(grid.viewport(), event)


def test_cells_grow_and_shrink_by_keys_and_wheel(qtbot: QtBot, grid: ThumbnailGrid) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    usual = grid.step()
    qtbot.keyClick(grid, Key.Key_Plus, control)
    assert grid.step() == usual + 1
    scroll(grid, 240)
    assert grid.step() == usual + 3
    scroll(grid, -60)  # a touchpad sends parts of a notch
    assert grid.step() == usual + 3
    scroll(grid, -60)
    assert grid.step() == usual + 2
    qtbot.keyClick(grid, Key.Key_Minus, control)
    assert grid.step() == usual + 1
    qtbot.keyClick(grid, Key.Key_0, control)
    assert grid.step() == usual
    scroll(grid, 12_000)
    assert grid.step() == len(STEPS_PX) - 1


def test_the_size_is_found_again_and_the_slider_follows(qtbot: QtBot, grid: ThumbnailGrid) -> None:
    zoom = GridZoom(grid)
    qtbot.addWidget(zoom)
    assert zoom.slider.accessibleName()
    zoom.slider.setValue(5)
    assert grid.step() == 5
    grid.larger.trigger()
    assert zoom.slider.value() == 6
    other = ThumbnailGrid()
    qtbot.addWidget(other)
    assert other.step() == 6
    zoom.slider.setValue(len(STEPS_PX) - 1)
    assert not zoom.larger.isEnabled()


def test_names_are_shown_on_large_cells_only(grid: ThumbnailGrid) -> None:
    assert grid.cells().width == grid.cells().height
    grid.set_step(STEPS_PX.index(160))
    assert grid.cells().height > grid.cells().width


def test_the_current_picture_stays_in_sight_when_cells_grow(grid: ThumbnailGrid) -> None:
    grid.setCurrentIndex(grid.model().index(11))
    grid.set_step(len(STEPS_PX) - 1)
    assert 11 in grid.shown_rows()
    assert 0 not in grid.shown_rows()


def test_a_picture_is_never_enlarged_by_parts_of_pixels() -> None:
    assert fitting(16, 16, 100, 100) == (96, 96)
    assert fitting(64, 32, 100, 100) == (64, 32)
    assert fitting(400, 200, 100, 100) == (100, 50)
    assert fitting(3000, 10, 100, 100) == (100, 1)


def test_small_pixel_art_stays_crisp(qtbot: QtBot, grid: ThumbnailGrid) -> None:
    qtbot.waitUntil(lambda: side(grid, 12) == 16)
    cell = grid.visualRect(grid.model().index(12))
    room = cell.width() - 8
    zoom = room // 16
    shown = pixels_of(grid.viewport().grab(cell).toImage())
    begin = 4 + (room - 16 * zoom) // 2
    picture = shown[begin : begin + 16 * zoom, begin : begin + 16 * zoom]
    source = np.asarray(Image.open(grid.model().picture(grid.model().index(12)).path))
    enlarged = source.repeat(zoom, axis=0).repeat(zoom, axis=1)
    # Signs lie in the corners.
    assert (picture[20:-20, 20:-20] == enlarged[20:-20, 20:-20]).all()


def test_large_cells_show_the_small_thumbnail_until_the_sharp_one_is_there(
    qtbot: QtBot, grid: ThumbnailGrid, desk: Desk
) -> None:
    qtbot.waitUntil(lambda: side(grid) == 128)
    grid.set_step(STEPS_PX.index(280))
    grid.viewport().grab()
    assert side(grid) == 128
    qtbot.waitUntil(lambda: side(grid) == 384)
    folder = desk.session.project.thumbnails_folder
    kept = {path.stem for path in folder.glob("*/*.jpg")}
    assert f"{desk.pictures.rows[0].pixel_hash}-384" in kept
    assert not any(desk.pictures.rows[12].pixel_hash in name for name in kept)  # is small itself


def make_sharp_in(qtbot: QtBot, grid: ThumbnailGrid) -> None:
    grid.set_step(STEPS_PX.index(280))
    grid.viewport().grab()
    qtbot.waitUntil(lambda: side(grid) == 384)


def test_a_cache_that_cannot_be_written_breaks_nothing(
    qtbot: QtBot, grid: ThumbnailGrid, desk: Desk
) -> None:
    folder = desk.session.project.thumbnails_folder
    folder.write_text("no folder at all")
    make_sharp_in(qtbot, grid)
    assert folder.read_text() == "no folder at all"


def test_a_damaged_thumbnail_is_made_anew(qtbot: QtBot, grid: ThumbnailGrid, desk: Desk) -> None:
    pixel_hash = desk.pictures.rows[0].pixel_hash
    path = desk.session.project.thumbnails_folder / pixel_hash[:2] / f"{pixel_hash}-384.jpg"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"torn")
    make_sharp_in(qtbot, grid)
    qtbot.waitUntil(lambda: QImage(str(path)).width() == 384)


def test_a_file_that_changed_is_not_kept_for_what_it_was(
    qtbot: QtBot, grid: ThumbnailGrid, desk: Desk
) -> None:
    row = desk.pictures.rows[0]
    photo(row.path, 640, 480, 77)
    make_sharp_in(qtbot, grid)
    folder = desk.session.project.thumbnails_folder
    qtbot.waitUntil(lambda: len(list(folder.glob("*/*.jpg"))) > 0)
    assert not list(folder.glob(f"*/{row.pixel_hash}*"))


def test_what_was_not_used_for_longest_is_dropped(tmp_path: Path) -> None:
    files = ThumbnailFiles(tmp_path, limit_bytes=1000)
    for number in range(5):
        files.write(f"{number:032}", 384, bytes(190))
        os.utime(files._path(f"{number:032}", 384), (number, number))
    assert files.read(f"{0:032}", 384)  # is used now
    files.write(f"{5:032}", 384, bytes(190))
    left = [number for number in range(6) if files.read(f"{number:032}", 384)]
    assert left == [0, 3, 4, 5]
    assert files.read("unknown", 384) == b""


def test_pictures_that_are_gone_keep_their_small_thumbnail(
    qtbot: QtBot, grid: ThumbnailGrid, desk: Desk
) -> None:
    desk.pictures.rows[0].path.unlink()
    qtbot.waitUntil(lambda: side(grid) == 128)
    grid.set_step(STEPS_PX.index(280))
    grid.viewport().grab()
    qtbot.waitUntil(lambda: side(grid, 1) == 384)
    assert side(grid) == 128


# What was said of pictures


@pytest.mark.parametrize("size_px", [80, 192])
def test_each_note_can_be_seen(qtbot: QtBot, grid: ThumbnailGrid, desk: Desk, size_px: int) -> None:
    grid.set_step(STEPS_PX.index(size_px))
    grid.viewport().grab()
    sharp = 128 if size_px == 80 else 384
    qtbot.waitUntil(lambda: side(grid, 0) == side(grid, 1) == sharp)

    def look(row: int) -> QImage:
        return grid.viewport().grab(grid.visualRect(grid.model().index(row))).toImage()

    before, other = look(0), look(1)
    for note, value in (
        (Note.SEEN, True),
        (Note.MARK, Mark.PICKED),
        (Note.MARK, Mark.REJECTED),
        (Note.WEIGHT, 2.0),
        (Note.TAGS, frozenset({"night"})),
        (Note.TAGS, frozenset()),
        (Note.FRAMING, '{"focus":[0.5,0.2]}'),
        (Note.FRAMING, None),
        (Note.STARS, 3),
    ):
        desk.curation.note({note: {desk.pictures.rows[0].path: value}})
        after = look(0)
        assert after != before, (note, value)
        before = after
    assert look(1) == other


# Other pictures in the same grid


def ids(desk: Desk, *rows: int) -> list[int]:
    return [desk.pictures.rows[row].id for row in rows]


def test_selection_and_place_stay_when_other_pictures_are_shown(
    qtbot: QtBot, grid: ThumbnailGrid, desk: Desk
) -> None:
    model = grid.model()
    grid.setCurrentIndex(model.index(4))
    qtbot.keyClick(grid, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert grid.chosen_ids() == ids(desk, 4, 5)
    model.show_ids(ids(desk, 9, 5, 4, 3))
    assert grid.chosen_ids() == ids(desk, 5, 4)
    assert grid.currentIndex().row() == 1
    qtbot.keyClick(grid, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert grid.currentIndex().row() == 2


def test_the_next_one_takes_the_place_of_what_is_gone(grid: ThumbnailGrid, desk: Desk) -> None:
    model = grid.model()
    grid.setCurrentIndex(model.index(4))
    model.show_ids(ids(desk, 1, 2, 3, 6, 7))
    assert grid.chosen_ids() == ids(desk, 6)
    model.show_ids(ids(desk, 1, 2, 3))
    assert grid.chosen_ids() == ids(desk, 3)
    model.show_ids([])
    assert grid.chosen_ids() == []
    model.show_ids(ids(desk, 1, 2))
    assert grid.chosen_ids() == []


def test_the_grid_stays_where_it_was_scrolled(grid: ThumbnailGrid, desk: Desk) -> None:
    model = grid.model()
    grid.set_step(STEPS_PX.index(280))
    bar = grid.verticalScrollBar()
    bar.setValue(grid.cells().rect(6).top() + 40)
    everything = [row.id for row in desk.pictures.rows]
    model.show_ids(everything[2:])  # a row less above
    assert bar.value() == grid.cells().rect(4).top() + 40


def test_a_press_on_a_picture_drags_and_one_beside_it_selects(
    qtbot: QtBot, grid: ThumbnailGrid, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dragged: list[list[int]] = []
    monkeypatch.setattr(
        ThumbnailGrid, "startDrag", lambda self, _: dragged.append(self.chosen_ids())
    )
    first, viewport = grid.visualRect(grid.model().index(0)), grid.viewport()
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(viewport, left, pos=first.center())
    qtbot.mouseMove(viewport, first.center() + QPoint(30, 30))
    qtbot.mouseMove(viewport, first.center() + QPoint(60, 60))
    qtbot.mouseRelease(viewport, left, pos=first.center() + QPoint(60, 60))
    assert dragged == [ids(desk, 0)]
    beside = QPoint(first.center().x(), first.top() + 8)
    target = grid.visualRect(grid.model().index(1)).center()
    qtbot.mousePress(viewport, left, pos=beside)
    qtbot.mouseMove(viewport, target - QPoint(5, 5))
    qtbot.mouseMove(viewport, target)
    qtbot.mouseRelease(viewport, left, pos=target)
    assert len(dragged) == 1
    assert grid.chosen_ids() == ids(desk, 0, 1)


def test_screen_readers_are_told(
    qtbot: QtBot, grid: ThumbnailGrid, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[QAccessible.Event, int]] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: told.append((event.type(), event.child()))
    )
    grid.setCurrentIndex(grid.model().index(3))
    qtbot.keyClick(grid, Key.Key_Right)
    assert (QAccessible.Event.Focus, 4) in told
    assert (QAccessible.Event.Selection, 4) in told
    reader = QAccessible.queryAccessibleInterface(grid)
    assert reader.role() is QAccessible.Role.List
    assert desk.pictures.rows[4].path.name in reader.child(4).text(QAccessible.Text.Name)


def test_files_are_dragged_out_and_named_only_when_they_are_taken(
    grid: ThumbnailGrid, desk: Desk
) -> None:
    grid.selectAll()
    data = grid.model().mimeData(grid.selectedIndexes())
    assert data.hasUrls()
    assert data.formats() == ["text/uri-list"]
    taken = [Path(url.toLocalFile()) for url in data.urls()]
    assert taken == [row.path for row in desk.pictures.rows]
