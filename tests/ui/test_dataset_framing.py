"""The Framing tab: crops by mouse and keyboard, the usual way, proposals, the size of training."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QItemSelectionModel, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QColorDialog, QPushButton
from pytestqt.qtbot import QtBot

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.decode import decode
from ganart.datasets.framing import Box, Fill, Framing
from ganart.datasets.prepare import framed as prepared
from ganart.ui.pages.dataset.framing_canvas import Tool
from ganart.ui.pages.dataset.framing_crop import framed, grown, moved, resized, shown
from ganart.ui.pages.dataset.framing_tab import FramingTab
from ganart.ui.pages.dataset.page import DatasetPage
from ganart.workers.framer import Framer, Wish
from ganart.workers.pictures import Note
from ganart.workers.session import Session
from tests.ui.shapes import fill, focus, make_pictures, named, settle
from tests.ui.studio import pixels_of

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SIZE = (64, 64)


# The rectangle


@pytest.mark.parametrize("size", [(64, 64), (96, 64), (48, 80)])
@pytest.mark.parametrize("picture", [QSize(300, 200), QSize(100, 400), QSize(6000, 4000)])
def test_a_crop_is_shown_where_it_was_put(picture: QSize, size: tuple[int, int]) -> None:
    largest = shown(Framing(), picture, size)
    for share in (1.0, 0.61, 0.2):
        rect = QRectF(0, 0, largest.width() * share, largest.height() * share)
        for x, y in ((0, 0), (13.4, 7.7), (5000, 5000)):
            put = moved(rect, x, y, picture)
            assert QRectF(QPointF(), picture.toSizeF()).contains(put)
            again = shown(framed(put, Framing(), picture, size), picture, size)
            for one, other in zip(put.getRect(), again.getRect(), strict=True):
                assert abs(one - other) <= 1.01


def test_a_crop_as_large_as_it_can_be_serves_other_sizes_too() -> None:
    picture = QSize(300, 200)
    middle = framed(QRectF(50, 0, 200, 200), Framing(), picture, SIZE)
    assert middle == Framing()
    left = framed(QRectF(0, 0, 200, 200), Framing(), picture, SIZE)
    assert left.crop is None
    assert left.focus == pytest.approx((1 / 3, 0.5), abs=1e-5)
    part = framed(QRectF(10, 10, 100, 100), Framing(), picture, SIZE)
    assert part.crop is not None
    assert part.focus is None


@pytest.mark.parametrize("handle", [(-1, -1), (1, -1), (-1, 1), (1, 1)])
def test_a_pulled_corner_keeps_the_shape_and_the_other_corner(handle: tuple[int, int]) -> None:
    picture, rect = QSize(400, 300), QRectF(100, 80, 150, 100)
    for to in (QPointF(-500, 40), QPointF(180, 140), QPointF(900, 900), QPointF(120, 90)):
        pulled = resized(rect, handle, to, picture, 1.5)
        assert pulled.width() == pytest.approx(1.5 * pulled.height())
        assert QRectF(-1e-6, -1e-6, 400 + 2e-6, 300 + 2e-6).contains(pulled)
        x = rect.right() if handle[0] < 0 else rect.left()
        y = rect.bottom() if handle[1] < 0 else rect.top()
        assert (pulled.right() if handle[0] < 0 else pulled.left()) == pytest.approx(x)
        assert (pulled.bottom() if handle[1] < 0 else pulled.top()) == pytest.approx(y)


def test_a_free_crop_grows_one_way_only_and_stays_inside() -> None:
    picture, rect = QSize(400, 300), QRectF(100, 80, 150, 100)
    wider = grown(rect, 1000, 0, picture, None)
    assert (wider.width(), wider.height()) == (400, 100)
    pulled = resized(rect, (1, 0), QPointF(260, 5), picture, None)
    assert pulled.getRect() == (100, 80, 160, 100)
    assert grown(rect, -1000, -1000, picture, None).width() == 4


# The tab


@pytest.fixture
def page(qtbot: QtBot, open_session: Session, tmp_path: Path) -> Iterator[DatasetPage]:
    page = DatasetPage(open_session)
    qtbot.addWidget(page)
    page.resize(1100, 740)
    page.show()
    fill(qtbot, open_session, make_pictures(tmp_path / "pictures"))
    yield page
    assert open_session.shutdown(20)


@pytest.fixture
def tab(qtbot: QtBot, page: DatasetPage) -> FramingTab:
    page.desk.frame_wanted.emit([row.id for row in page.desk.pictures.rows])
    tab = page.framing.content()
    assert tab.isVisible()
    qtbot.waitUntil(lambda: not tab.canvas.image().isNull())
    settle(qtbot, page.desk.session)
    return tab


def take(qtbot: QtBot, tab: FramingTab, page: DatasetPage, part: str) -> None:
    """Have a picture at hand, drawn."""
    row = named(page, part)
    place = tab.model.place(row.id)
    assert place is not None
    tab.strip.setCurrentIndex(tab.model.index(place))
    qtbot.waitUntil(lambda: not tab.panel.preview.image().isNull())


def framing(page: DatasetPage, part: str) -> Framing | None:
    text = named(page, part).framing
    return None if text is None else Framing.from_json(text)


def drag(tab: FramingTab, start: QPoint, by: QPoint) -> None:
    QTest.mousePress(tab.canvas, LEFT, NONE, start)
    QTest.mouseMove(tab.canvas, start + by / 2)
    QTest.mouseMove(tab.canvas, start + by)
    QTest.mouseRelease(tab.canvas, LEFT, NONE, start + by)


def middle(tab: FramingTab) -> QPoint:
    return ((tab.canvas.handle_place((-1, -1)) + tab.canvas.handle_place((1, 1))) / 2).toPoint()


def saved(page: DatasetPage) -> dict[str, str | None]:
    """Return the framings that the catalogue holds, by name."""
    project = page.desk.session.project
    assert project is not None
    with Catalogue(project.catalogue_path) as catalogue:
        return {row.path.name: row.framing for row in catalogue.pictures()}


def test_a_drag_is_one_step_that_is_written_and_can_be_taken_back(
    qtbot: QtBot, page: DatasetPage, tab: FramingTab
) -> None:
    take(qtbot, tab, page, "wide")
    undo = page.desk.session.undo
    drag(tab, middle(tab), QPoint(-400, 30))
    assert undo.count() == 1
    moved_to = framing(page, "wide")
    assert moved_to is not None
    assert moved_to.focus == pytest.approx((1 / 3, 0.5), abs=0.01)
    settle(qtbot, page.desk.session)
    assert saved(page)["a wide.png"] == moved_to.to_json()
    undo.undo()
    assert framing(page, "wide") is None
    assert tab.canvas.crop() == QRectF(50, 0, 200, 200)
    undo.redo()
    assert framing(page, "wide") == moved_to
    assert framing(page, "tall") is None


def test_a_scan_leaves_a_drag_in_hand(qtbot: QtBot, page: DatasetPage, tab: FramingTab) -> None:
    take(qtbot, tab, page, "wide")
    start = middle(tab)
    QTest.mousePress(tab.canvas, LEFT, NONE, start)
    QTest.mouseMove(tab.canvas, start - QPoint(60, 0))
    held = tab.canvas.crop()
    with qtbot.waitSignal(page.desk.pictures.listed):
        page.desk.pictures.read()
    assert tab.canvas.crop() == held
    QTest.mouseRelease(tab.canvas, LEFT, NONE, start - QPoint(60, 0))
    assert framing(page, "wide") is not None
    settle(qtbot, page.desk.session)


def test_a_corner_is_pulled_in_the_shape_of_training(
    qtbot: QtBot, page: DatasetPage, tab: FramingTab
) -> None:
    take(qtbot, tab, page, "wide")
    drag(tab, tab.canvas.handle_place((1, 1)).toPoint(), QPoint(-120, -30))
    crop = tab.canvas.crop()
    assert crop.topLeft() == QPointF(50, 0)
    assert crop.width() == pytest.approx(crop.height(), abs=1)
    assert crop.width() < 190


def test_the_preview_is_what_training_gets(
    qtbot: QtBot, page: DatasetPage, tab: FramingTab
) -> None:
    for part in ("photo", "tiny", "clear"):
        take(qtbot, tab, page, part)
        tab.edits.put(Framing(crop=Box(0.1, 0.2, 0.7, 0.8), background=(0, 0, 255)), "Crop")
        expected = np.asarray(prepared(named(page, part), SIZE))

        def is_right(expected: np.ndarray = expected) -> bool:
            image = tab.panel.preview.image()
            return not image.isNull() and bool((pixels_of(image) == expected).all())

        qtbot.waitUntil(is_right)


def test_keys_move_and_resize_and_keys_in_a_row_are_one_step(
    qtbot: QtBot, page: DatasetPage, tab: FramingTab
) -> None:
    take(qtbot, tab, page, "wide")
    undo, canvas = page.desk.session.undo, tab.canvas
    pixel = 200 / 64  # of training
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.crop().left() == pytest.approx(50 - pixel, abs=1)
    QTest.keyClick(canvas, Qt.Key.Key_Left, SHIFT)
    assert canvas.crop().left() == pytest.approx(50 - 11 * pixel, abs=1)
    assert undo.count() == 1
    QTest.keyClick(canvas, Qt.Key.Key_Down, CONTROL)
    smaller = canvas.crop()
    assert smaller.width() == pytest.approx(200 - pixel, abs=1)
    QTest.keyClick(canvas, Qt.Key.Key_Left, ALT)
    assert canvas.crop().topLeft() == smaller.topLeft()
    assert canvas.crop().width() < smaller.width()
    assert undo.count() == 2
    undo.undo()
    undo.undo()
    assert framing(page, "wide") is None
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    take(qtbot, tab, page, "photo")
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert undo.count() == 2  # another picture is another step


def test_the_button_of_the_focus_point_leads_and_follows(
    qtbot: QtBot, page: DatasetPage, tab: FramingTab
) -> None:
    take(qtbot, tab, page, "wide")
    action = tab.acts.focus
    button = next(each for each in tab.findChildren(QPushButton) if each.text() == action.text())
    button.click()
    assert action.isChecked()
    action.trigger()
    assert not button.isChecked()


def test_a_click_sets_the_focus_point(qtbot: QtBot, page: DatasetPage, tab: FramingTab) -> None:
    take(qtbot, tab, page, "wide")
    tab.acts.focus.trigger()
    assert tab.canvas.tool is Tool.FOCUS
    assert "middle" in tab.panel.state.text()
    spot = tab.canvas.handle_place((-1, -1)) + QPointF(20, 20)
    place = tab.canvas.place_of(QPointF(spot.toPoint()))
    QTest.mouseClick(tab.canvas, LEFT, NONE, spot.toPoint())
    found = framing(page, "wide")
    assert found is not None
    assert found.focus == pytest.approx((place.x() / 300, place.y() / 200), abs=0.01)
    assert tab.canvas.crop().left() == 0
    QTest.keyClick(tab.canvas, Qt.Key.Key_Down, SHIFT)
    further = framing(page, "wide")
    assert further is not None
    assert further.focus is not None
    assert further.focus[1] > found.focus[1]
    tab.acts.focus.trigger()
    assert tab.canvas.tool is Tool.CROP


def test_cards_show_and_choose_what_fills_the_size(
    qtbot: QtBot, page: DatasetPage, tab: FramingTab
) -> None:
    take(qtbot, tab, page, "tall")
    cards = tab.panel.fills.cards
    qtbot.waitUntil(lambda: all(not card._pixmap.isNull() for card in cards.values()))
    assert cards[Fill.CROP].isChecked()
    cards[Fill.BLUR].click()
    assert framing(page, "tall") == Framing(fill=Fill.BLUR)
    assert tab.canvas.crop() == QRectF(0, 0, 100, 400)
    assert not tab.acts.focus.isEnabled()
    drag(tab, tab.canvas.handle_place((0, 1)).toPoint(), QPoint(0, -60))
    freed = framing(page, "tall")
    assert freed is not None
    assert freed.crop is not None
    assert (freed.crop.left, freed.crop.right, freed.crop.top) == (0, 1, 0)
    assert freed.crop.bottom < 0.95
    cards[Fill.CROP].click()
    assert framing(page, "tall") == Framing()


def test_the_background_is_chosen_or_taken_from_the_picture(
    qtbot: QtBot, page: DatasetPage, tab: FramingTab
) -> None:
    take(qtbot, tab, page, "clear")
    ground = tab.panel.ground
    ground.button.click()
    dialog = ground.findChild(QColorDialog)
    assert dialog is not None
    dialog.colorSelected.emit(QColor("#204060"))
    dialog.close()
    assert framing(page, "clear") == Framing(background=(32, 64, 96))
    qtbot.waitUntil(lambda: tab.canvas.image().pixelColor(2, 2).name() == "#204060")
    assert ground.button.text() == "#204060"
    ground.pick.click()
    assert tab.canvas.tool is Tool.PICK
    QTest.mouseClick(tab.canvas, LEFT, NONE, middle(tab))
    assert framing(page, "clear") == Framing(background=(200, 30, 30))
    assert tab.canvas.tool is Tool.CROP


def test_framings_are_copied_pasted_given_to_all_and_forgotten(
    qtbot: QtBot, page: DatasetPage, tab: FramingTab
) -> None:
    take(qtbot, tab, page, "wide")
    undo, own = page.desk.session.undo, Framing(fill=Fill.EDGE)
    assert not tab.acts.paste.isEnabled()
    assert not tab.acts.reset.isEnabled()
    tab.panel.fills.cards[Fill.EDGE].click()
    tab.acts.copy.trigger()
    take(qtbot, tab, page, "tall")
    selection = tab.strip.selectionModel()
    place = tab.model.place(named(page, "square").id)
    selection.select(tab.model.index(place), QItemSelectionModel.SelectionFlag.Select)
    assert len(tab.chosen()) == 2
    tab.acts.paste.trigger()
    assert [framing(page, part) for part in ("tall", "square", "tiny")] == [own, own, None]
    tab.acts.reset.trigger()
    assert framing(page, "tall") is None
    take(qtbot, tab, page, "wide")
    steps = undo.count()
    tab.acts.give.trigger()
    assert all(row.framing == own.to_json() for row in page.desk.pictures.rows)
    assert undo.count() == steps + 1
    undo.undo()
    assert framing(page, "tiny") is None


def test_pictures_are_gone_through_by_keys_in_the_row(
    qtbot: QtBot, page: DatasetPage, tab: FramingTab
) -> None:
    take(qtbot, tab, page, "wide")
    focus(qtbot, tab.canvas)
    QTest.keyClick(tab.canvas, Qt.Key.Key_N)
    assert tab.edits.row == named(page, "tall")
    assert "b tall.png" in tab.hint.text()
    QTest.keyClick(tab.strip, Qt.Key.Key_Right)
    assert tab.edits.row == named(page, "square")
    QTest.keyClick(tab.strip, Qt.Key.Key_B)
    QTest.keyClick(tab.canvas, Qt.Key.Key_B)
    QTest.keyClick(tab.canvas, Qt.Key.Key_B)
    assert tab.edits.row == named(page, "wide")
    QTest.keyClick(tab.canvas, Qt.Key.Key_G)
    assert tab.canvas.has_thirds
    focus(qtbot, tab.strip)
    QTest.keyClick(tab.strip, Qt.Key.Key_X)
    assert named(page, "wide").weight == 0


def test_only_the_wanted_pictures_are_in_the_row_until_all_are_wanted(
    qtbot: QtBot, page: DatasetPage, tab: FramingTab
) -> None:
    page.tabs.setCurrentWidget(page.pictures)
    ids = [named(page, "tall").id, named(page, "tiny").id]
    page.desk.frame_wanted.emit(ids)
    assert page.tabs.currentWidget() is page.framing
    assert list(tab.model.ids) == ids
    assert tab.edits.row == named(page, "tall")
    tab.all_button.click()
    assert len(tab.model.ids) == 6
    assert tab.edits.row == named(page, "tall")
    assert not tab.all_button.isVisible()


def test_the_usual_way_holds_for_pictures_without_an_own_one(
    qtbot: QtBot, page: DatasetPage, tab: FramingTab
) -> None:
    session = page.desk.session
    take(qtbot, tab, page, "wide")
    tab.panel.fills.cards[Fill.EDGE].click()
    take(qtbot, tab, page, "tall")
    tab.panel.usual.click()
    with qtbot.waitSignal(session.dataset_changed):  # and so a training is told of it
        tab.panel.fills.cards[Fill.BLUR].click()
    settle(qtbot, session)
    assert Framing.from_json(session.usual_framing.framing) == Framing(fill=Fill.BLUR)
    assert named(page, "tall").framing is None
    assert not tab.panel.propose.isEnabled()  # nothing is cut
    assert session.project is not None
    with Catalogue(session.project.catalogue_path) as catalogue:
        assert catalogue.usual_framing() == Framing(fill=Fill.BLUR)
    tab.panel.own.click()
    assert tab.edits.framing == Framing(fill=Fill.BLUR)
    take(qtbot, tab, page, "wide")
    assert tab.edits.framing == Framing(fill=Fill.EDGE)
    session.undo.undo()
    settle(qtbot, session)
    with Catalogue(session.project.catalogue_path) as catalogue:
        assert catalogue.usual_framing() == Framing()


def test_the_usual_way_of_an_opened_project_is_read(
    qtbot: QtBot, page: DatasetPage, tab: FramingTab
) -> None:
    session = page.desk.session
    folder = session.project.folder
    tab.panel.usual.click()
    tab.panel.fills.cards[Fill.STRETCH].click()
    settle(qtbot, session)
    assert session.close_project()
    assert session.usual_framing.framing == "{}"
    assert session.open_project(folder)
    qtbot.waitUntil(lambda: tab.edits.framing == Framing(fill=Fill.STRETCH))
    qtbot.waitUntil(lambda: not tab.panel.preview.image().isNull())
    assert tab.panel.fills.cards[Fill.STRETCH].isChecked()


def test_a_file_that_is_gone_says_so(qtbot: QtBot, page: DatasetPage, tab: FramingTab) -> None:
    take(qtbot, tab, page, "wide")
    named(page, "tall").path.unlink()
    tab.acts.next.trigger()
    views = (tab.canvas, tab.panel.preview)
    qtbot.waitUntil(lambda: all("cannot be read" in view._placeholder for view in views))
    assert tab.canvas.image().isNull()
    tab.acts.next.trigger()
    qtbot.waitUntil(lambda: not tab.canvas.image().isNull())


def test_a_picture_is_decoded_once_whatever_is_drawn_of_it(
    qtbot: QtBot, page: DatasetPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.png"
    Image.linear_gradient("L").resize((2000, 1700)).save(path)
    row = replace(named(page, "wide"), path=path, width=2000, height=1700)
    decoded, drawn = [], []

    def counted(*arguments: object) -> object:
        decoded.append(arguments)
        return decode(*arguments)

    monkeypatch.setattr("ganart.datasets.decode.decode", counted)
    framer = Framer(page)
    framer.drawn.connect(drawn.append)
    for number, share in enumerate((1.0, 0.5, 0.05)):
        framer.draw(Wish(f"crop {number}", row, Framing(crop=Box(0, 0, share, share)), SIZE))
    framer.draw(Wish("whole", row, Framing(), None))
    qtbot.waitUntil(lambda: len(drawn) == 4)
    framer.stop()
    assert len(decoded) == 1
    assert drawn[-1].image.size() == QSize(1600, 1360)


# Proposals


@pytest.fixture
def spotted(qtbot: QtBot, page: DatasetPage, tab: FramingTab, tmp_path: Path) -> list[str]:
    """Add pictures of which only one end holds something; return their names."""
    folder = tmp_path / "spots"
    folder.mkdir()
    names = [f"spot {number}.png" for number in range(3)]
    for number, name in enumerate(names):
        image = Image.new("RGB", (240, 120), (90, 90, 90))
        image.paste((250, 60 * number, 20), (5, 40, 45, 80))
        image.save(folder / name)
    fill(qtbot, page.desk.session, folder)
    return names


def propose(qtbot: QtBot, tab: FramingTab) -> None:
    tab.panel.propose.click()
    qtbot.waitUntil(lambda: tab.dialog.stack.currentWidget() is tab.dialog.view)


def test_proposals_are_shown_and_taken_in_one_step(
    qtbot: QtBot, page: DatasetPage, tab: FramingTab, spotted: list[str]
) -> None:
    undo = page.desk.session.undo
    propose(qtbot, tab)
    shown = {
        tab.dialog.model.picture(tab.dialog.model.index(row)).path.name
        for row in range(tab.dialog.model.rowCount())
    }
    assert shown >= set(spotted)
    assert not tab.dialog.chosen_button.isEnabled()
    tab.dialog.all_button.click()
    assert undo.count() == 1
    for name in spotted:
        found = framing(page, name)
        assert found is not None
        assert found.focus is not None
        assert found.focus[0] < 0.3
    undo.undo()
    assert framing(page, spotted[0]) is None


def test_some_proposals_are_taken_and_others_left(
    qtbot: QtBot, page: DatasetPage, tab: FramingTab, spotted: list[str]
) -> None:
    propose(qtbot, tab)
    place = tab.dialog.model.place(named(page, spotted[1]).id)
    tab.dialog.view.setCurrentIndex(tab.dialog.model.index(place))
    tab.dialog.chosen_button.click()
    assert framing(page, spotted[1]) is not None
    assert framing(page, spotted[0]) is None
    propose(qtbot, tab)
    assert tab.dialog.model.place(named(page, spotted[1]).id) is None  # framed by now
    tab.dialog.leave_button.click()
    assert page.desk.session.undo.count() == 1
    settle(qtbot, page.desk.session)


def test_looking_for_crops_ends_with_its_dialog(
    qtbot: QtBot, page: DatasetPage, tab: FramingTab
) -> None:
    tab.panel.propose.click()
    tab.dialog.leave_button.click()
    settle(qtbot, page.desk.session)
    assert page.desk.session.undo.count() == 0


# The size of training


def test_the_size_of_training_is_chosen_undone_and_remembered(
    qtbot: QtBot, page: DatasetPage, tab: FramingTab
) -> None:
    session, choice = page.desk.session, tab.panel.size_choice
    take(qtbot, tab, page, "wide")
    choice.shape.setCurrentIndex(choice.shape.findData("3:2"))
    choice.shape.activated.emit(choice.shape.currentIndex())
    assert session.shown_as.showing.size == (96, 64)
    assert "96 × 64" in tab.panel.heading.text()
    assert tab.canvas.crop() == QRectF(0, 0, 300, 200)
    qtbot.waitUntil(lambda: tab.panel.preview.image().size() == QSize(96, 64))
    choice.side.setCurrentIndex(choice.side.findData(128))
    choice.side.activated.emit(choice.side.currentIndex())
    assert session.shown_as.showing.size == (192, 128)
    session.undo.undo()
    assert choice.side.currentData() == 64
    assert not session.shown_as.is_chosen("side")  # presets say it again
    assert session.shown_as.is_chosen("shape")
    folder = session.project.folder
    settle(qtbot, session)
    assert session.close_project()
    assert session.shown_as.showing.size == (64, 64)
    assert session.open_project(folder)
    assert session.shown_as.showing.size == (96, 64)
    settle(qtbot, session)


def test_the_shape_that_suits_the_pictures_is_named(
    qtbot: QtBot, page: DatasetPage, tab: FramingTab
) -> None:
    choice = tab.panel.size_choice
    like = [choice.shape.itemText(i) for i in range(choice.shape.count())]
    assert sum("like yours" in text for text in like) == 1
    assert choice.shape.itemData(0) == "1:1"


def test_a_framing_that_is_damaged_counts_as_usual(
    qtbot: QtBot, page: DatasetPage, tab: FramingTab
) -> None:
    take(qtbot, tab, page, "wide")
    page.desk.curation.note({Note.FRAMING: {named(page, "wide").path: "nonsense"}}, "Damage")
    assert tab.edits.framing == Framing()
    drag(tab, middle(tab), QPoint(-400, 0))
    assert framing(page, "wide") is not None
