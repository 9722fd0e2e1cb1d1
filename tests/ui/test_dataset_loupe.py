"""Looking closely at pictures of the dataset: the loupe, comparing side by side, surveying."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QColor, QColorSpace, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ganart.datasets.decode import decode
from ganart.ui import theme
from ganart.ui.pages.dataset.board import Board
from ganart.ui.pages.dataset.loupe import PictureLoupe
from ganart.ui.pages.dataset.loupe_picture import seen_part
from ganart.ui.pages.dataset.page import DatasetPage
from ganart.ui.widgets.loupe_view import LoupeView
from ganart.workers.curation import Note
from ganart.workers.image_loader import load_image
from ganart.workers.session import Session
from tests.ui.studio import pixels_of

Key = Qt.Key
COUNT = 6


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of plain greys: 40, 80, 120 and so on, from 3:2 to upright."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(COUNT):
        grey = np.full((400, 600 - 60 * number, 3), 40 * (number + 1), np.uint8)
        Image.fromarray(grey).save(folder / f"{number}.png")
    return folder


@pytest.fixture
def page(qtbot: QtBot, open_session: Session, folder: Path) -> Iterator[DatasetPage]:
    page = DatasetPage(open_session)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    qtbot.waitExposed(page)
    with qtbot.waitSignal(open_session.idle):
        open_session.add_folders([folder])
    qtbot.waitUntil(lambda: page.pictures.model.rowCount() == COUNT)
    qtbot.waitUntil(lambda: not open_session.is_busy())
    page.activateWindow()
    page.pictures.grid.setFocus()
    yield page
    assert open_session.shutdown(20)


def select(page: DatasetPage, *rows: int) -> None:
    grid = page.pictures.grid
    flag = QItemSelectionModel.SelectionFlag
    grid.selectionModel().setCurrentIndex(grid.model().index(rows[0]), flag.ClearAndSelect)
    for row in rows[1:]:
        grid.selectionModel().select(grid.model().index(row), flag.Select)


def press(qtbot: QtBot, key: Qt.Key) -> None:
    """Press a key where the focus is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    qtbot.keyClick(widget, key)


def loupe(page: DatasetPage) -> PictureLoupe:
    found = page.closer.loupe
    assert found is not None
    return found


def board(page: DatasetPage) -> Board:
    found = page.closer.board
    assert found is not None
    return found


def grey(page: DatasetPage) -> int:
    """Return the grey that the loupe shows, -1 for nothing."""
    image = loupe(page).view.image()
    return -1 if image.isNull() else image.pixelColor(0, 0).red()


def marks(page: DatasetPage) -> str:
    """Return the marks of all pictures: p, r or -."""
    letters = {"picked": "p", "rejected": "r", "none": "-"}
    return "".join(letters[row.mark] for row in page.desk.pictures.rows)


def open_loupe(qtbot: QtBot, page: DatasetPage, *rows: int) -> None:
    select(page, *rows)
    press(qtbot, Key.Key_Space)
    assert page.levels.currentWidget() is page.closer
    qtbot.waitUntil(lambda: grey(page) == 40 * (rows[0] + 1))


# The loupe


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Return])
def test_the_loupe_opens_goes_on_and_leads_back(
    qtbot: QtBot, page: DatasetPage, key: Qt.Key
) -> None:
    select(page, 1)
    press(qtbot, key)
    qtbot.waitUntil(lambda: grey(page) == 80)
    for step, expected in (
        (Key.Key_Right, 120),
        (Key.Key_PageDown, 160),
        (Key.Key_Left, 120),
        (Key.Key_Up, 80),
        (Key.Key_Up, 40),
        (Key.Key_Up, 40),  # there is none before the first
    ):
        press(qtbot, step)
        qtbot.waitUntil(lambda expected=expected: grey(page) == expected)
    assert loupe(page).place.text() == "1 of 6"
    assert loupe(page).name.text() == "0.png"
    assert "600 × 400" in loupe(page).facts.text()
    press(qtbot, Key.Key_PageDown)
    press(qtbot, Key.Key_PageDown)
    press(qtbot, Key.Key_Escape)
    grid = page.pictures.grid
    assert page.levels.currentIndex() == 0
    assert grid.hasFocus()
    assert grid.currentIndex().row() == 2
    assert grid.chosen_rows() == [range(2, 3)]


def test_of_several_selected_ones_only_these_are_looked_at(qtbot: QtBot, page: DatasetPage) -> None:
    open_loupe(qtbot, page, 1, 3, 4)
    assert loupe(page).place.text() == "1 of 3"
    press(qtbot, Key.Key_Right)
    qtbot.waitUntil(lambda: grey(page) == 160)
    press(qtbot, Key.Key_Escape)
    assert page.pictures.grid.currentIndex().row() == 3
    assert page.pictures.grid.chosen_count() == 3  # they are still selected


def test_verdicts_and_stars_are_given_by_key(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    open_session.change_setting("auto_advance", False)
    open_loupe(qtbot, page, 0)
    press(qtbot, Key.Key_P)
    press(qtbot, Key.Key_4)
    assert marks(page) == "p-----"
    assert loupe(page).stars.stars() == 4
    assert "Picked" in loupe(page).facts.text()
    press(qtbot, Key.Key_X)
    assert marks(page) == "r-----"
    assert grey(page) == 40
    open_session.undo.undo()
    assert "Picked" in loupe(page).facts.text()
    open_session.change_setting("auto_advance", True)
    press(qtbot, Key.Key_X)
    qtbot.waitUntil(lambda: grey(page) == 80)


def test_a_picture_is_noted_as_seen_after_a_moment(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    open_loupe(qtbot, page, 3)
    rows = page.desk.pictures.rows
    assert not any(row.seen for row in rows)
    qtbot.waitUntil(lambda: page.desk.pictures.rows[3].seen)
    assert sum(row.seen for row in page.desk.pictures.rows) == 1
    assert not open_session.undo.canUndo()


def test_pictures_passed_by_quickly_are_not_noted_as_seen(qtbot: QtBot, page: DatasetPage) -> None:
    open_loupe(qtbot, page, 0)
    for _ in range(4):
        press(qtbot, Key.Key_Right)
    qtbot.waitUntil(lambda: page.desk.pictures.rows[4].seen)
    assert [row.seen for row in page.desk.pictures.rows] == [False] * 4 + [True, False]


def test_a_file_that_vanished_is_told_in_its_place(
    qtbot: QtBot, page: DatasetPage, folder: Path
) -> None:
    (folder / "1.png").unlink()
    (folder / "2.png").write_bytes(b"no picture")
    open_loupe(qtbot, page, 0)
    for _ in range(2):
        press(qtbot, Key.Key_Right)
        view = loupe(page).view
        qtbot.waitUntil(
            lambda: view.image().isNull() and "cannot be read" in view._placeholder  # noqa: B023
        )
    press(qtbot, Key.Key_P)  # can be judged all the same
    assert marks(page)[2] == "p"


def test_all_pixels_are_read_when_somebody_zooms_in(
    qtbot: QtBot, page: DatasetPage, open_session: Session, folder: Path
) -> None:
    Image.new("RGB", (2400, 1600), (90, 90, 90)).save(folder / "0 large.png")
    with qtbot.waitSignal(page.desk.pictures.listed):
        open_session.scan()
    qtbot.waitUntil(lambda: page.pictures.model.rowCount() == COUNT + 1)
    select(page, 0)
    press(qtbot, Key.Key_Space)
    view = loupe(page).view
    qtbot.waitUntil(lambda: view.image().width() == 1024)  # as large as the screen
    fitting = view.zoom()
    assert fitting < 0.5
    press(qtbot, Key.Key_Z)
    assert view.zoom() == 1
    qtbot.waitUntil(lambda: view.image().width() == 2400)
    assert view.zoom() == 1
    press(qtbot, Key.Key_F)
    assert view.image().width() == 1024  # which looks better when it is reduced
    assert view.zoom() == fitting


def test_what_is_known_is_told_beside_the_picture(
    qtbot: QtBot, page: DatasetPage, folder: Path
) -> None:
    open_loupe(qtbot, page, 0)
    info = loupe(page).info
    assert not info.isVisible()
    press(qtbot, Key.Key_I)
    assert info.isVisible()
    assert info.folder.text().replace("\u200b", "") == str(folder)
    assert "600 × 400" in info.pixels.text()
    qtbot.waitUntil(lambda: "Nearly empty" in info.issues.text())


def test_the_overlay_shows_what_trainings_see(qtbot: QtBot, page: DatasetPage) -> None:
    open_loupe(qtbot, page, 0)
    view = loupe(page).view
    plain = pixels_of(view.grab().toImage())
    press(qtbot, Key.Key_O)
    shaded = pixels_of(view.grab().toImage())
    middle = plain.shape[0] // 2
    left, centre = plain.shape[1] // 2 - 350, plain.shape[1] // 2
    assert shaded[middle, left, 0] < plain[middle, left, 0]
    assert shaded[middle, centre, 0] == plain[middle, centre, 0]


def test_the_overlay_has_the_shape_of_the_training(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    open_loupe(qtbot, page, 0)  # 600 × 400
    press(qtbot, Key.Key_O)
    assert seen_shares(page) == pytest.approx((1 / 6, 2 / 3), abs=0.01)
    open_session.shown_as.put({"shape": "3:2"})
    assert seen_shares(page) == pytest.approx((0, 1), abs=0.01)


def seen_shares(page: DatasetPage) -> tuple[float, float]:
    seen = loupe(page).view.seen()
    assert seen is not None
    return seen.left(), seen.width()


def test_the_own_framing_of_a_picture_counts(page: DatasetPage) -> None:
    desk = page.desk
    row = desk.pictures.rows[0]
    part = seen_part(row, "{}", (64, 64))  # 600 × 400
    assert (part.left(), part.width(), part.height()) == pytest.approx((1 / 6, 2 / 3, 1))
    part = seen_part(row, '{"fill":"edge"}', (64, 64))
    assert (part.left(), part.width(), part.height()) == pytest.approx((0, 1, 1))
    desk.curation.note({Note.FRAMING: {row.path: '{"crop":[0.5,0,1,1]}'}})
    row = desk.pictures.rows[0]
    part = seen_part(row, '{"fill":"edge"}', (64, 64))
    assert (part.left(), part.width()) == pytest.approx((0.5, 0.5))
    assert seen_part(row, "damaged", (64, 64)).left() == pytest.approx(0.5)


def test_pictures_that_are_gone_after_a_scan_are_passed_over(
    qtbot: QtBot, page: DatasetPage, open_session: Session, folder: Path
) -> None:
    open_loupe(qtbot, page, 1)
    (folder / "1.png").unlink()
    with qtbot.waitSignal(page.desk.pictures.listed):
        open_session.scan()
    qtbot.waitUntil(lambda: grey(page) == 120)
    assert loupe(page).place.text() == "2 of 5"
    with qtbot.waitSignal(page.desk.pictures.listed):
        open_session.remove_sources([folder])
    assert page.levels.currentIndex() == 0


def test_another_picture_in_the_same_file_is_shown_after_a_scan(
    qtbot: QtBot, page: DatasetPage, open_session: Session, folder: Path
) -> None:
    open_loupe(qtbot, page, 1)
    Image.new("RGB", (600, 400), (222, 222, 222)).save(folder / "1.png")
    open_session.scan()
    qtbot.waitUntil(lambda: grey(page) == 222 and loupe(page).view.image().width() == 600)


def test_closing_the_project_leads_back_to_the_tabs(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    open_loupe(qtbot, page, 1)
    assert open_session.close_project()
    assert page.levels.currentIndex() == 0


def test_colours_are_those_that_trainings_see(tmp_path: Path) -> None:
    coarse = np.random.default_rng(1).integers(0, 256, (3, 4, 3), np.uint8)
    image = Image.fromarray(coarse).resize((40, 30), Image.Resampling.BICUBIC)
    clear = image.convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(image.size))
    turned = Image.Exif()
    turned[0x0112] = 6
    image.convert("CMYK").save(tmp_path / "cmyk.jpg", quality=95)
    image.save(tmp_path / "turned.jpg", quality=95, exif=turned)
    clear.save(tmp_path / "clear.png")
    wide = QImage(image.tobytes(), 40, 30, 120, QImage.Format.Format_RGB888).copy()
    wide.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb))
    wide.save(str(tmp_path / "wide.png"))
    for path in tmp_path.iterdir():
        shown = pixels_of(load_image(path, ground=QColor(Qt.GlobalColor.white))).astype(int)
        assert np.abs(shown - np.asarray(decode(path))).max() <= 1, path.name


# Comparing


def compare(qtbot: QtBot, page: DatasetPage, *rows: int) -> Board:
    select(page, *rows)
    press(qtbot, Key.Key_C)
    found = board(page)
    assert page.levels.currentWidget() is page.closer
    qtbot.waitUntil(lambda: not any(pane.view.image().isNull() for pane in found.panes))
    return found


def test_up_to_four_are_compared_and_zoomed_together(qtbot: QtBot, page: DatasetPage) -> None:
    found = compare(qtbot, page, 0, 1, 2)
    views = [pane.view for pane in found.panes]
    assert [pane.name.text() for pane in found.panes] == ["0.png", "1.png", "2.png"]
    assert "% of the largest" not in found.panes[0].facts.text()
    assert "90 % of the largest" in found.panes[1].facts.text()
    press(qtbot, Key.Key_Plus)
    press(qtbot, Key.Key_Plus)
    press(qtbot, Key.Key_Right)  # pans now
    assert len({(each.closeness()[0], each.closeness()[1].x()) for each in views}) == 1
    assert views[1].closeness()[0] > 1
    press(qtbot, Key.Key_L)
    press(qtbot, Key.Key_F)
    assert views[0].closeness()[0] == 0
    assert views[1].closeness()[0] > 1
    press(qtbot, Key.Key_L)  # the others follow the one that has the keys
    assert views[1].closeness()[0] == 0


def test_keys_are_for_the_picture_that_has_the_focus(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    open_session.change_setting("auto_advance", False)
    compare(qtbot, page, 0, 1, 2)
    press(qtbot, Key.Key_Right)
    press(qtbot, Key.Key_P)
    press(qtbot, Key.Key_Tab)
    press(qtbot, Key.Key_X)
    assert marks(page) == "-pr---"
    assert len(board(page).panes) == 3
    press(qtbot, Key.Key_Escape)
    assert page.pictures.grid.currentIndex().row() == 2


@pytest.mark.parametrize("key", [Key.Key_K, Key.Key_Return])
def test_keeping_one_rejects_the_others_as_one_step(
    qtbot: QtBot, page: DatasetPage, open_session: Session, key: Qt.Key
) -> None:
    compare(qtbot, page, 0, 2, 4, 5)
    press(qtbot, Key.Key_Right)
    press(qtbot, key)
    assert marks(page) == "r-p-rr"
    assert open_session.undo.count() == 1
    open_session.undo.undo()
    assert marks(page) == "------"


def test_one_alone_is_not_compared(qtbot: QtBot, page: DatasetPage) -> None:
    select(page, 3)
    press(qtbot, Key.Key_C)
    assert page.levels.currentIndex() == 0


def test_of_more_than_four_the_first_are_compared_and_it_says_so(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    with qtbot.waitSignal(open_session.notice) as said:
        found = compare(qtbot, page, 0, 1, 2, 3, 5)
    assert [pane.name.text() for pane in found.panes] == ["0.png", "1.png", "2.png", "3.png"]
    assert said.args == ["At most 4 pictures are compared: the first of 5 selected."]


def test_of_more_than_twelve_the_first_are_surveyed_and_it_says_so(
    qtbot: QtBot, page: DatasetPage, open_session: Session, folder: Path
) -> None:
    for number in range(COUNT, 14):
        Image.new("RGB", (40, 30), (number, 0, 0)).save(folder / f"{number:02}.png")
    open_session.scan()
    qtbot.waitUntil(lambda: page.pictures.model.rowCount() == 14)
    page.pictures.grid.selectAll()
    with qtbot.waitSignal(open_session.notice) as said:
        press(qtbot, Key.Key_N)
    assert len(board(page).panes) == 12
    assert said.args == ["At most 12 pictures are surveyed: the first of 14 selected."]


def test_what_is_compared_counts_as_seen(qtbot: QtBot, page: DatasetPage) -> None:
    compare(qtbot, page, 1, 2)
    qtbot.waitUntil(lambda: [row.seen for row in page.desk.pictures.rows].count(True) == 2)


# Surveying


@pytest.mark.parametrize("key", [Key.Key_C, Key.Key_N])
def test_one_alone_is_not_compared_and_it_says_what_to_do(
    qtbot: QtBot, page: DatasetPage, open_session: Session, key: Key
) -> None:
    select(page, 0)
    with qtbot.waitSignal(open_session.notice) as said:
        press(qtbot, key)
    assert said.args[0].startswith("Select two pictures or more")
    assert page.pictures.grid.hasFocus()
    assert page.levels.currentWidget() is not page.closer


def survey(qtbot: QtBot, page: DatasetPage, *rows: int) -> Board:
    select(page, *rows)
    press(qtbot, Key.Key_N)
    return board(page)


def shown(found: Board) -> list[str]:
    return [pane.name.text() for pane in found.panes]


def test_rejected_ones_leave_the_survey_and_can_come_back(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    found = survey(qtbot, page, *range(COUNT))
    assert shown(found) == [f"{number}.png" for number in range(COUNT)]
    press(qtbot, Key.Key_Right)
    press(qtbot, Key.Key_X)
    assert shown(found) == ["0.png", "2.png", "3.png", "4.png", "5.png"]
    press(qtbot, Key.Key_X)  # the next one is in its place and has the keys
    assert shown(found) == ["0.png", "3.png", "4.png", "5.png"]
    assert marks(page) == "-rr---"
    open_session.undo.undo()
    assert shown(found) == ["0.png", "2.png", "3.png", "4.png", "5.png"]
    press(qtbot, Key.Key_K)
    assert len(shown(found)) == 1
    press(qtbot, Key.Key_X)
    assert page.levels.currentIndex() == 0


def test_ones_rejected_before_can_be_surveyed(
    qtbot: QtBot, page: DatasetPage, open_session: Session
) -> None:
    rows = page.desk.pictures.rows
    page.desk.curation.note({Note.MARK: {rows[1].path: rows[0].mark.__class__("rejected")}}, "x")
    found = survey(qtbot, page, 0, 1, 2)
    qtbot.waitUntil(lambda: page.desk.pictures.rows[1].seen)
    assert shown(found) == ["0.png", "1.png", "2.png"]


def test_a_survey_leads_to_the_loupe(qtbot: QtBot, page: DatasetPage) -> None:
    survey(qtbot, page, 1, 2, 3)
    press(qtbot, Key.Key_Right)
    press(qtbot, Key.Key_Space)
    qtbot.waitUntil(lambda: grey(page) == 120)
    assert loupe(page).place.text() == "2 of 3"
    press(qtbot, Key.Key_Right)
    press(qtbot, Key.Key_X)
    press(qtbot, Key.Key_Escape)
    assert page.closer.currentWidget() is board(page)
    assert shown(board(page)) == ["1.png", "2.png"]
    assert board(page).current() == page.desk.pictures.rows[2].id
    press(qtbot, Key.Key_Escape)
    assert page.levels.currentIndex() == 0


def test_pictures_that_are_gone_meanwhile_are_not_on_the_board_one_comes_back_to(
    qtbot: QtBot, page: DatasetPage, open_session: Session, folder: Path
) -> None:
    open_loupe(qtbot, page, 0)  # it hears of what is gone before the board does
    press(qtbot, Key.Key_Escape)
    survey(qtbot, page, 1, 2, 3)
    press(qtbot, Key.Key_Space)
    qtbot.waitUntil(lambda: grey(page) == 80)
    (folder / "2.png").unlink()
    with qtbot.waitSignal(page.desk.pictures.listed):
        open_session.scan()
    press(qtbot, Key.Key_Escape)
    assert shown(board(page)) == ["1.png", "3.png"]
    press(qtbot, Key.Key_Space)
    with qtbot.waitSignal(page.desk.pictures.listed):
        open_session.remove_sources([folder])
    assert page.levels.currentIndex() == 0


def test_a_dozen_fit_on_a_small_page(qtbot: QtBot, page: DatasetPage) -> None:
    page.resize(700, 450)
    found = survey(qtbot, page, *range(COUNT))

    def fit() -> bool:
        places = [pane.geometry() for pane in found.panes]
        pairs = [(one, other) for one in places for other in places if one is not other]
        are_apart = not any(one.intersects(other) for one, other in pairs)
        return are_apart and all(found.table.rect().contains(each) for each in places)

    qtbot.waitUntil(fit)
    assert min(pane.view.height() for pane in found.panes) > 48
    assert page.height() == 450


def test_the_focus_is_seen_on_the_dark_ground_in_every_theme(qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = app.palette()
    app.setPalette(theme.palette(dark=False))
    try:
        view = LoupeView()
        qtbot.addWidget(view)
        view.resize(120, 90)
        view.show()
        view.activateWindow()
        view.setFocus()
        qtbot.waitUntil(view.hasFocus)
        frame = pixels_of(view.grab().toImage())[1, 60]
        assert contrast(frame, pixels_of(view.grab().toImage())[45, 20]) >= 4.5
    finally:
        app.setPalette(before)


def contrast(one: np.ndarray, other: np.ndarray) -> float:
    """Return the contrast of two colours as the guidelines for accessibility have it."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    bright, dark = sorted(
        (float(weights @ (each / 255.0) ** 2.2) for each in (one, other)), reverse=True
    )
    return (bright + 0.05) / (dark + 0.05)
