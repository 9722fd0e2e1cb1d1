"""Looking closely: the loupe, comparing, playing films, and ways out to other programs."""

import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage
from pytestqt.qtbot import QtBot

from ganart.engine.latent.output import StillOutput
from ganart.media.point import Point
from ganart.ui.pages.gallery import GalleryPage
from ganart.ui.pages.gallery_compare import ComparePane
from ganart.ui.pages.gallery_models import IS_LOOP
from ganart.ui.widgets.before_after import Compare
from ganart.workers import revealing
from ganart.workers.exports import save_picture
from ganart.workers.film_player import FilmPlayer
from ganart.workers.revealing import reveal_command
from ganart.workers.session import Session
from tests.films import save_animation
from tests.ui.gallery import pick, save_pictures, shown_page
from tests.ui.studio import WAIT_MS, keep_model_file, pixels_of


@pytest.fixture
def paths(open_session: Session) -> list[Path]:
    return save_pictures(open_session.project, 5)


@pytest.fixture
def page(paths, open_session: Session, qtbot: QtBot) -> GalleryPage:
    return shown_page(open_session, qtbot)


def grey(page: GalleryPage) -> int:
    """Return the grey that the loupe shows, -1 for nothing."""
    image = page.loupe.view.image()
    return -1 if image.isNull() else image.pixelColor(0, 0).red()


# The loupe


def test_the_loupe_opens_goes_on_and_leads_back(page, paths, qtbot):
    pick(page, [paths[4]])  # the newest, which comes first
    qtbot.keyClick(page.view, Qt.Key.Key_Space)
    assert page.stack.currentWidget() is page.loupe
    view = page.loupe.view
    qtbot.waitUntil(lambda: grey(page) == 80)
    for key, expected in (
        (Qt.Key.Key_Right, 60),
        (Qt.Key.Key_PageDown, 40),
        (Qt.Key.Key_Left, 60),
        (Qt.Key.Key_Up, 80),
        (Qt.Key.Key_Up, 80),  # there is none before the first
    ):
        qtbot.keyClick(view, key)
        qtbot.waitUntil(lambda expected=expected: grey(page) == expected)
    assert page.loupe.place.text() == "1 of 5"
    qtbot.keyClick(view, Qt.Key.Key_3)
    assert page.shelf.mark(paths[4]).stars == 3
    assert page.loupe.stars.stars() == 3
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is not page.loupe
    assert page.detail.name.text() == "4.png"


def test_while_zoomed_the_arrows_pan(page, paths, qtbot):
    pick(page, [paths[2]])
    page.show_loupe()
    qtbot.waitUntil(lambda: grey(page) == 40)
    view = page.loupe.view
    fitting = view.zoom()
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom() > fitting
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert page.loupe.name.text() == "2.png"
    qtbot.keyClick(view, Qt.Key.Key_F)
    assert view.zoom() == fitting
    qtbot.keyClick(view, Qt.Key.Key_Z)
    assert view.zoom() == 1
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert page.loupe.name.text() == "3.png"
    assert view.zoom() == fitting or view.image().isNull()


# Comparing


def test_two_are_compared_by_a_divider_by_holding_and_beside_each_other(page, paths, qtbot):
    assert not page.detail.compare_button.isEnabled()
    pick(page, paths[3:])
    page.detail.compare_button.click()
    pane: ComparePane = page.compare
    assert page.stack.currentWidget() is pane
    qtbot.waitUntil(lambda: not pane.pair.image().isNull() and pane.pair.has_after())
    assert pane.way() is Compare.SLIDER
    assert pixels_of(pane.pair.image())[0, 0, 0] == 80
    assert pixels_of(pane.pair.after())[0, 0, 0] == 60
    next(each for each in pane.ways.buttons() if each.property("way") == Compare.SPLIT).click()
    assert pane.stack.currentWidget() is pane.beside
    assert [view.isVisible() for view in pane.beside.views] == [True, True, False, False]
    qtbot.keyClick(pane.beside.views[0], Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is not pane


def test_up_to_four_are_zoomed_and_panned_together(page, paths, qtbot):
    pick(page, paths[1:])
    page.show_compare()
    pane = page.compare
    views = pane.beside.views
    assert pane.way() is Compare.SPLIT
    qtbot.waitUntil(lambda: not any(view.image().isNull() for view in views))
    views[2].zoom_by(4)
    qtbot.keyClick(views[2], Qt.Key.Key_Right)
    ways = [view.closeness() for view in views]
    assert ways[2][0] > 1
    assert ways[2][1].x() > 0.5
    assert all(way == ways[2] for way in ways)
    pane.set_way(Compare.HOLD)
    assert all(box.isVisible() for box in pane.boxes)
    pane.boxes[1].setCurrentIndex(3)
    assert pixels_of(pane.pair.after())[0, 0, 0] == 20


@pytest.mark.parametrize("count", [1, 5])
def test_one_or_five_are_not_compared(page, paths, count):
    pick(page, paths[:count])
    assert not page.detail.compare_button.isEnabled()
    page.show_compare()
    assert page.stack.currentWidget() is not page.compare


# Films


def film(folder: Path, suffix: str = ".mp4", side: int = 64) -> Path:
    path = folder / f"film{suffix}"
    frames = [np.full((side, side, 3), grey, np.uint8) for grey in (30, 120, 210)]
    save_animation(frames, path, 20.0)
    return path


def test_a_film_plays_over_and_over_no_larger_than_it_is_seen(tmp_path, qtbot):
    player = FilmPlayer(film(tmp_path), QSize(16, 16))
    shown: list[QImage] = []
    player.framed.connect(shown.append)
    qtbot.waitUntil(lambda: len(shown) > 7)
    player.set_paused(True)
    assert not player.is_playing()
    player.stop()
    assert {image.size() for image in shown} == {QSize(16, 16)}
    greys = [image.pixelColor(8, 8).red() for image in shown[:6]]
    assert greys[0] < greys[1] < greys[2]
    assert np.abs(np.subtract(greys[:3], greys[3:])).max() <= 2


def test_a_paused_film_holds_its_picture(tmp_path, qtbot):
    player = FilmPlayer(film(tmp_path), QSize(64, 64))
    shown: list[QImage] = []
    player.framed.connect(shown.append)
    qtbot.waitUntil(lambda: len(shown) > 1)
    player.set_paused(True)
    qtbot.wait(120)
    count = len(shown)
    qtbot.wait(150)
    assert len(shown) == count
    player.set_paused(False)
    qtbot.waitUntil(lambda: len(shown) > count)
    player.stop()


@pytest.mark.parametrize("content", [b"", b"no film" * 100])
def test_a_film_that_cannot_be_played_says_so(tmp_path, qtbot, content):
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    player = FilmPlayer(path, QSize(64, 64))
    qtbot.waitSignal(player.broke).wait()
    player.stop()


def test_a_film_plays_in_the_gallery_and_in_the_loupe(open_session, qtbot):
    folder = open_session.project.artworks_folder
    folder.mkdir(exist_ok=True)
    path = film(folder)
    page = shown_page(open_session, qtbot)
    pick(page, [path])
    qtbot.waitUntil(lambda: not page.detail.view.image().isNull())
    assert page.detail.playing.is_playing()
    assert not page.detail.train_button.isVisible()
    page.show_loupe()
    assert not page.detail.playing.has_begun()
    qtbot.waitUntil(lambda: not page.loupe.view.image().isNull())
    qtbot.keyClick(page.loupe.view, Qt.Key.Key_P)
    assert not page.loupe.playing.is_playing()
    page.show_grid()
    assert not page.loupe.playing.has_begun()


def test_a_folder_of_frames_shows_its_first_picture(open_session, qtbot):
    folder = open_session.project.artworks_folder / "loop 1"
    folder.mkdir(parents=True)
    (folder / "recipe.json").write_text("{}")
    QImage(8, 8, QImage.Format.Format_RGB32).save(str(folder / "001.png"))
    page = shown_page(open_session, qtbot)
    qtbot.waitUntil(lambda: not page.detail.view.image().isNull())
    assert page.detail.name.text() == "loop 1"


# Ways out


def test_artworks_are_dragged_as_files(page, paths):
    pick(page, paths[:2])
    data = page.model.mimeData(page.view.selectionModel().selectedRows())
    assert sorted(Path(url.toLocalFile()) for url in data.urls()) == paths[:2]
    assert page.model.flags(page.model.index(0)) & Qt.ItemFlag.ItemIsDragEnabled
    assert page.view.dragEnabled()


def test_how_each_system_shows_a_file():
    path = Path("/a folder/über,1.png")
    assert reveal_command(path, "darwin") == ["open", "-R", str(path)]
    assert reveal_command(path, "win32") == f'explorer.exe /select,"{path}"'
    assert reveal_command(path, "linux") == []


@pytest.mark.skipif(sys.platform != "linux", reason="others have a command")
@pytest.mark.parametrize("answers", [True, False])
def test_without_a_file_manager_the_folder_is_opened(page, paths, qtbot, monkeypatch, answers):
    opened: list[QUrl] = []
    asked: list[Path] = []

    def shown(path: Path) -> bool:
        asked.append(path)
        return answers

    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    monkeypatch.setattr(revealing, "_shown_over_dbus", shown)
    pick(page, [paths[1]])
    page.detail.reveal_button.click()
    qtbot.waitUntil(lambda: bool(asked) and not page._session.is_busy())
    assert asked == [paths[1]]
    folders = [] if answers else [QUrl.fromLocalFile(str(paths[1].parent))]
    assert opened == folders


def test_without_a_bus_nothing_is_shown(monkeypatch, tmp_path):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    assert not revealing._shown_over_dbus(tmp_path / "a.png")


def test_the_menu_offers_what_is_possible(page, paths, qtbot):
    pick(page, [paths[0]])
    qtbot.waitUntil(page.detail.explore_button.isEnabled)
    menu = page.menu
    page._show_menu(page.view.rect().center())
    assert menu.give.isEnabled()
    assert menu.again.isEnabled()
    assert not menu.compare.isEnabled()
    with qtbot.waitSignal(page.give_wanted) as wanted:
        menu.give.trigger()
    assert wanted.args == ["0123456789abcdef"]
    menu.menu.close()
    pick(page, paths[:3])
    page._show_menu(page.view.rect().center())
    assert menu.compare.isEnabled()
    assert not menu.give.isEnabled()
    menu.menu.close()


def test_a_webp_file_that_holds_one_picture_is_not_said_to_move(open_session, qtbot):
    model = keep_model_file(open_session.project, seed=1)
    run = open_session.begin(
        save_picture(open_session.project, model, Point.at(1), StillOutput(format="webp")), "save"
    )
    qtbot.waitUntil(lambda: not run.is_running(), timeout=WAIT_MS)
    page = shown_page(open_session, qtbot)
    qtbot.waitUntil(lambda: not page.model.index(0).data(IS_LOOP), timeout=WAIT_MS)
    qtbot.waitUntil(page.detail.play_button.isHidden, timeout=WAIT_MS)
