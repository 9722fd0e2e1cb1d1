"""The widgets of the Stylize page: comparing, painting an area, taking pictures in."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ganart.resources import resource
from ganart.ui.dialogs.library import LibraryDialog
from ganart.ui.widgets.before_after import BeforeAfter, Compare
from ganart.ui.widgets.fitting_stack import FittingStack
from ganart.ui.widgets.mask_canvas import MASK_PX, MaskCanvas
from ganart.ui.widgets.well import PictureWell
from tests.ui.studio import WAIT_MS

Key = Qt.Key
RED, BLUE = "#ff0000", "#0000ff"


def picture(width: int, height: int, colour: str) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(QColor(colour))
    return image


# Before and after


@pytest.fixture
def view(qtbot: QtBot) -> BeforeAfter:
    view = BeforeAfter()
    qtbot.addWidget(view)
    view.resize(200, 100)
    view.set_before(picture(200, 100, RED))
    view.set_after(picture(20, 10, BLUE))  # a quick look is smaller
    view.show()
    return view


def colour_at(view: QWidget, x: int, y: int = 80) -> str:
    return view.grab().toImage().pixelColor(x, y).name()


def test_the_divider_parts_before_from_after(view):
    assert (colour_at(view, 60), colour_at(view, 140)) == (RED, BLUE)
    view.set_share(0.1)
    assert colour_at(view, 60) == BLUE
    view.set_share(2.0)
    assert colour_at(view, 190) == RED


def test_the_divider_is_moved_by_mouse_and_keys(view, qtbot):
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(view, left, pos=QPoint(100, 50))
    qtbot.mouseMove(view, QPoint(50, 50))
    qtbot.mouseRelease(view, left, pos=QPoint(50, 50))
    assert view.share() == pytest.approx(0.25)
    qtbot.keyClick(view, Key.Key_Right)
    assert view.share() == pytest.approx(0.27)
    qtbot.keyClick(view, Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert view.share() == pytest.approx(0.07)


def test_arrows_pan_a_zoomed_picture_and_move_the_divider_with_ctrl(view, qtbot):
    view.zoom_by(4)
    qtbot.keyClick(view, Key.Key_Right)
    assert view.share() == 0.5
    qtbot.keyClick(view, Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert view.share() == pytest.approx(0.52)


def test_side_by_side_shows_both_whole(view):
    view.set_compare(Compare.SPLIT)
    assert (colour_at(view, 48, 60), colour_at(view, 152, 60)) == (RED, BLUE)


@pytest.mark.parametrize("compare", list(Compare))
def test_space_held_shows_the_photo(view, qtbot, compare):
    view.set_compare(compare)
    if compare is not Compare.SPLIT:
        assert colour_at(view, 140) == BLUE
        qtbot.keyPress(view, Key.Key_Space)
        assert colour_at(view, 140) == RED
        qtbot.keyRelease(view, Key.Key_Space)
        assert colour_at(view, 140) == BLUE


def test_the_mouse_held_shows_the_photo_where_that_is_chosen(view, qtbot):
    view.set_compare(Compare.HOLD)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 50))
    assert colour_at(view, 140) == RED
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 50))
    assert colour_at(view, 140) == BLUE


def test_another_photo_takes_the_result_of_the_one_before_away(view):
    view.set_before(picture(200, 100, "#00ff00"))
    assert not view.has_after()
    assert colour_at(view, 140) == "#00ff00"


# Areas


@pytest.fixture
def canvas(qtbot: QtBot) -> MaskCanvas:
    canvas = MaskCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 200)
    canvas.begin(picture(400, 200, RED), None)
    canvas.show()
    return canvas


def grey(mask: QImage, x: float, y: float) -> int:
    return mask.pixelColor(round(x * mask.width()), round(y * mask.height())).red()


def test_a_stroke_is_in_the_area_and_the_right_button_erases_it(canvas, qtbot):
    assert canvas.area() is None
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    qtbot.mouseMove(canvas, QPoint(200, 100))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
    mask = canvas.area()
    assert max(mask.width(), mask.height()) == MASK_PX
    assert [grey(mask, x, 0.5) for x in (0.25, 0.4, 0.5, 0.9)] == [255, 255, 255, 0]
    qtbot.mouseClick(canvas, Qt.MouseButton.RightButton, pos=QPoint(200, 100))
    assert grey(canvas.area(), 0.5, 0.5) == 0
    canvas.undo()
    assert grey(canvas.area(), 0.5, 0.5) == 255
    canvas.undo()
    assert canvas.area() is None
    assert not canvas.can_undo()


def test_an_area_can_be_painted_by_keys(canvas, qtbot):
    for _ in range(3):
        qtbot.keyClick(canvas, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(canvas, Key.Key_Space)
    place = 0.5 + 3 * 64 / MASK_PX
    assert grey(canvas.area(), place, 0.5) == 255
    qtbot.keyClick(canvas, Key.Key_X)
    qtbot.keyClick(canvas, Key.Key_Space)
    assert canvas.area() is None
    before = canvas.size_px()
    qtbot.keyClick(canvas, Key.Key_BracketRight)
    assert canvas.size_px() > before


def test_all_and_nothing_are_no_area(canvas, qtbot):
    canvas.invert()
    assert canvas.area() is None
    qtbot.mouseClick(canvas, Qt.MouseButton.RightButton, pos=QPoint(100, 100))
    assert grey(canvas.area(), 0.25, 0.5) == 0
    canvas.clear()
    assert canvas.area() is None


def test_a_kept_area_is_gone_on_with_on_a_picture_of_another_shape(canvas):
    canvas.invert()
    canvas.begin(picture(30, 3000, RED), picture(8, 8, "#ffffff"))
    assert canvas.area() is None  # white: everywhere
    canvas.begin(picture(1, 1, RED), None)
    canvas.invert()


# Wells and stacks


def mime(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def enter(widget: QWidget, data: QMimeData) -> QDragEnterEvent:
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDragEnterEvent(QPoint(5, 5), copy, data, left, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    widget.dragEnterEvent(event)
    return event


def test_a_well_takes_files_that_are_dropped_and_nothing_else(qtbot, tmp_path):
    well = PictureWell("Drop one")
    qtbot.addWidget(well)
    path = tmp_path / "Bild ä 画.png"
    path.write_bytes(b"x")
    assert not enter(well, mime(tmp_path)).isAccepted()
    data = mime(path)
    assert enter(well, data).isAccepted()
    either = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    left = Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(5, 5), either, data, left, Qt.KeyboardModifier.NoModifier)
    with qtbot.waitSignal(well.dropped) as dropped:
        well.dropEvent(event)
    assert dropped.args == [[path]]
    assert event.dropAction() is Qt.DropAction.CopyAction


def test_a_well_is_used_by_keys(qtbot):
    well = PictureWell("Drop one")
    qtbot.addWidget(well)
    assert well.accessibleName() == "Drop one"
    with qtbot.waitSignal(well.clicked):
        qtbot.keyClick(well, Key.Key_Return)
    with qtbot.assertNotEmitted(well.removal_wanted):
        qtbot.keyClick(well, Key.Key_Delete)
    well.show_picture("koala.jpg", picture(10, 20, RED))
    assert well.accessibleName() == "koala.jpg"
    with qtbot.waitSignal(well.removal_wanted):
        qtbot.keyClick(well, Key.Key_Delete)
    well.show()
    assert not well.grab().isNull()


def test_a_stack_is_as_high_as_the_page_it_shows(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    stack = FittingStack()
    QVBoxLayout(holder).addWidget(stack)
    for lines in (1, 10):
        stack.addWidget(QLabel("\n".join("x" * lines)))
    low = stack.sizeHint().height()
    stack.setCurrentIndex(1)
    assert stack.sizeHint().height() > 3 * low


def test_the_library_gives_bundled_pictures_and_ones_own(qtbot, tmp_path, monkeypatch):
    for name in ("vangogh_Night-Cafe.png", "b.png"):
        picture(8, 8, RED).save(str(tmp_path / name))
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = LibraryDialog("Choose", "Ours", tmp_path, many=True, parent=parent)
    assert [dialog.list.item(row).text() for row in range(2)] == ["b", "vangogh Night Cafe"]
    assert not dialog.use_button.isEnabled()
    dialog.list.selectAll()
    dialog.use_button.click()
    assert sorted(path.name for path in dialog.paths()) == ["b.png", "vangogh_Night-Cafe.png"]
    own = tmp_path / "own.jpg"
    monkeypatch.setattr("ganart.ui.dialogs.library.ask_for_files", lambda *_, **__: [own])
    again = LibraryDialog("Choose", "Ours", tmp_path, many=False, parent=parent)
    again.file_button.click()
    assert again.paths() == [own]
    assert again.result() == LibraryDialog.DialogCode.Accepted


def test_ones_own_file_comes_first_and_its_folder_is_remembered(qtbot, tmp_path, monkeypatch):
    pictures, own = tmp_path / "Pictures", tmp_path / "elsewhere" / "own.jpg"
    for folder in (pictures, own.parent):
        folder.mkdir()
    picture(8, 8, RED).save(str(pictures / "a.png"))
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda *_: str(pictures))
    begun = []

    def choose(_parent, _title, start, _patterns):
        begun.append(Path(start))
        return str(own), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = LibraryDialog("Choose", "Ours", pictures, many=False, parent=parent)
    dialog.show()
    assert dialog.file_button.isDefault()
    assert {"Your own", "Ours"} <= {label.text() for label in dialog.findChildren(QLabel)}
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.paths() == [own]
    again = LibraryDialog("Choose", "Ours", pictures, many=False, parent=parent)
    again.file_button.click()
    assert begun == [pictures, own.parent]
    third = LibraryDialog("Choose", "Ours", pictures, many=False, parent=parent)
    third.show()
    third.list.setCurrentRow(0)
    assert third.use_button.isDefault()
    third.reject()


@pytest.mark.parametrize("folder", ["sample/styles", "sample/photos"])
def test_bundled_pictures_have_titles_and_even_cells(qtbot, folder):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = LibraryDialog("Choose", "Ours", resource(folder), many=True, parent=parent)
    items = [dialog.list.item(row) for row in range(dialog.list.count())]
    shown = dialog.list.iconSize()
    qtbot.waitUntil(
        lambda: all(item.icon().availableSizes() == [shown] for item in items), timeout=WAIT_MS
    )
    for item in items:
        assert not re.search("gogh|[0-9_]", item.text().lower())
        assert item.text()[0].isupper()
        image = item.icon().pixmap(shown).toImage()
        corners = image.pixelColor(0, 0), image.pixelColor(image.width() // 2, 0)
        assert [each.alpha() for each in corners] == [0, 0]  # room above each picture
    dialog.reject()
