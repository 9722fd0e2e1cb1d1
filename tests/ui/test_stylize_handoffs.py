"""Pictures handed from page to page, recipes opened again, and the notice of the window."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog, QLabel, QTabBar

from ganart.engine.asks import Ask, Poll
from ganart.engine.style.events import ItemEnded, ItemState, PaintStats
from ganart.media.pictures import save_png
from ganart.media.style_recipe import Source, StyleRecipe, source_of
from ganart.settings.paths import projects_folder
from ganart.ui.dialogs.new_project import NewProjectDialog
from ganart.ui.main_window import MainWindow
from ganart.ui.pages.batch import BatchMode
from ganart.ui.pages.brush import BrushMode
from ganart.ui.pages.explore.page import ExplorePage
from ganart.ui.pages.film import FilmMode
from ganart.ui.pages.gallery import GalleryPage
from ganart.ui.pages.stylize import StylizePage
from ganart.ui.pages.stylize_photo import PhotoMode
from ganart.ui.style_watch import StyleWatch
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS, keep_model_file
from tests.ui.test_mnemonics import ambiguous

pytestmark = pytest.mark.usefixtures("no_quick_looks")
PIXELS = np.full((24, 24, 3), 120, np.uint8)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "Fotos" / "Panda.png"
    path.parent.mkdir()
    save_png(PIXELS, path)
    return path


@pytest.fixture
def studio(window: MainWindow, session: Session, tmp_path: Path) -> MainWindow:
    assert session.create_project(tmp_path / "Tiles")
    return window


def mode_of(window: MainWindow) -> object:
    page = window.pages.currentWidget()
    assert isinstance(page, StylizePage)
    return page.stack.currentWidget()


def drop(window: MainWindow, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    key = Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), copy, data, button, key))
    QCoreApplication.processEvents()


# Pictures


def test_the_page_takes_what_fits_each_mode(studio, photo, tmp_path):
    studio.pages.stylize([photo])
    assert isinstance(mode_of(studio), PhotoMode)
    assert mode_of(studio).setup.history.now.photo == photo
    studio.pages.stylize([photo.parent])
    assert isinstance(mode_of(studio), BatchMode)
    assert mode_of(studio).setup.sources.paths() == (photo.parent,)
    film = tmp_path / "film.mp4"
    film.touch()
    studio.pages.stylize([film])
    assert isinstance(mode_of(studio), FilmMode)
    assert mode_of(studio).setup.film() == film


def test_drops_on_the_page_are_material_for_its_mode(studio, session, photo, qtbot):
    studio.pages.show_page("stylize")
    page = studio.pages.currentWidget()
    brush = page.show_mode("brush")
    assert isinstance(brush, BrushMode)
    drop(studio, [photo.parent])
    assert brush.setup.photos.paths() == (photo.parent,)
    batch = page.show_mode("batch")
    drop(studio, [photo])
    assert batch.setup.sources.paths() == (photo,)
    page.show_mode("photo")
    drop(studio, [photo])
    assert page.mode("photo").setup.history.now.photo == photo
    assert session.scanning is None
    studio.pages.show_page("gallery")
    with qtbot.waitSignal(session.dataset_changed, timeout=WAIT_MS):
        drop(studio, [photo.parent])


def test_the_dataset_is_handed_to_the_page(studio, session, photo, qtbot):
    with qtbot.waitSignal(session.dataset_changed, timeout=WAIT_MS):
        session.add_folders([photo.parent])
    studio.pages.show_page("dataset")
    page = studio.pages.currentWidget()
    qtbot.waitUntil(page.stylize_button.isVisible, timeout=WAIT_MS)
    page.stylize_button.click()
    assert mode_of(studio).setup.sources.paths() == (photo.parent,)


def test_a_picture_of_a_model_is_saved_and_handed_to_the_page(open_session, qtbot):
    keep_model_file(open_session.project, seed=1)
    page = ExplorePage(open_session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.exports.stylize_button.isEnabled, timeout=WAIT_MS)
    with qtbot.waitSignal(page.stylize_wanted, timeout=WAIT_MS) as wanted:
        page.exports.stylize_button.click()
    (path,) = wanted.args[0]
    assert path.parent == open_session.project.artworks_folder
    page.exploration.previewer.stop()


def test_the_welcome_page_leads_to_stylizing_at_once(window, session):
    for _ in range(2):  # the project is made, and then opened
        told = []
        session.notice.connect(told.append)
        window.pages.welcome.stylize_asked.emit()
        assert isinstance(mode_of(window), PhotoMode)
        assert window.windowTitle().startswith("Photos")
        assert session.project.folder == projects_folder() / "Photos.ganart"
        assert str(session.project.folder) in told[-1]
        assert session.close_project()


def test_a_photo_dropped_on_the_welcome_page_is_stylized_at_once(window, session, photo, qtbot):
    drop(window, [photo])
    qtbot.waitUntil(lambda: session.project is not None, timeout=WAIT_MS)
    assert session.project.name == "Photos"
    qtbot.waitUntil(lambda: mode_of(window).setup.history.now.photo == photo, timeout=WAIT_MS)


def test_a_folder_dropped_there_says_why_a_project_is_made(
    window, session, photo, monkeypatch, qtbot
):
    asked = []

    def refuse(dialog):
        asked.append([label.text() for label in dialog.findChildren(QLabel)])
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(NewProjectDialog, "exec", refuse)
    window.drops.take([photo.parent])
    qtbot.waitUntil(lambda: bool(asked), timeout=WAIT_MS)
    window.models.take([photo.with_suffix(".safetensors")])
    window.desk.create()
    assert session.project is None
    assert any("Pictures to train on belong" in text for text in asked[0])
    assert any("A model is kept in a project" in text for text in asked[1])
    assert not any("none is open" in text for text in asked[2])


# Recipes


@pytest.fixture
def stylized(open_session: Session, photo: Path) -> StyleRecipe:
    """Save an artwork with a recipe whose photo and style lie in the project."""
    artworks = open_session.project.artworks_folder
    style = artworks / "Nacht.png"
    save_png(PIXELS // 3, style)
    recipe = StyleRecipe(
        kind="painting",
        photo=source_of(photo),
        styles=(source_of(style, 0.5), Source("gone.png", "0" * 64)),
        options={"style_scale": 2.0, "iterations": 50, "colour": "luminance"},
        iterations=50,
    )
    save_png(PIXELS, artworks / "work.png", recipe)
    return recipe


def test_the_gallery_tells_how_it_was_made_and_hands_it_on(stylized, open_session, qtbot):
    page = GalleryPage(open_session)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    work = open_session.project.artworks_folder / "work.png"
    qtbot.waitUntil(lambda: page.model.row_of(work) >= 0, timeout=WAIT_MS)
    page.view.setCurrentIndex(page.model.index(page.model.row_of(work)))
    qtbot.waitUntil(
        lambda: "Painting of Panda.png after Nacht.png" in page.detail.facts.text(), timeout=WAIT_MS
    )
    assert "50" in page.detail.facts.text()
    assert "again" in page.detail.explore_button.text()
    with qtbot.waitSignal(page.recipe_chosen, timeout=WAIT_MS) as chosen:
        page.detail.explore_button.click()
    assert chosen.args == [stylized]
    with qtbot.waitSignal(page.stylize_wanted, timeout=WAIT_MS) as wanted:
        page.detail.stylize_button.click()
    assert wanted.args == [[work]]
    with qtbot.waitSignal(open_session.dataset_changed, timeout=WAIT_MS):
        page.detail.train_button.click()
    page._loader.stop()


def test_a_recipe_brings_the_choices_back_and_names_what_is_gone(
    stylized, open_session, photo, qtbot
):
    with qtbot.waitSignal(open_session.dataset_changed, timeout=WAIT_MS):
        open_session.add_folders([photo.parent])  # where the photo is found by its content
    page = StylizePage(open_session)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(open_session.notice, timeout=WAIT_MS) as told:
        page.open_recipe(stylized)
    assert "gone.png" in told.args[0]
    setup = page.mode("photo").setup
    choice = setup.history.now
    assert choice.photo == photo
    assert [(each.path.name, each.weight) for each in choice.look.paintings] == [("Nacht.png", 0.5)]
    assert (choice.look.colour, choice.scale) == ("luminance", 2.0)
    assert setup.side.paint.form.values()["iterations"] == 50
    setup.undo()
    assert setup.history.now.photo is None
    setup.stop()


def test_a_changed_file_of_the_same_name_is_not_taken(stylized, open_session, photo, qtbot):
    save_png(PIXELS // 2, photo)
    with qtbot.waitSignal(open_session.dataset_changed, timeout=WAIT_MS):
        open_session.add_folders([photo.parent])
    page = StylizePage(open_session)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(open_session.notice, timeout=WAIT_MS) as told:
        page.open_recipe(stylized)
    assert "Panda.png" in told.args[0]
    assert page.mode("photo").setup.history.now.photo is None
    page.mode("photo").setup.stop()


# The window


def test_the_window_says_what_is_stylized_and_how_long(session, qtbot):
    watch = StyleWatch(session)
    told: list[str] = []
    watch.told.connect(told.append)
    beat = threading.Event()

    def job(poll: Poll) -> Iterator[object]:
        yield PaintStats(1, 10, 0, 256, 1.0, 1.0, 1.0, 3.0, 1.0, 60.0)
        yield ItemEnded(1, Path("a"), 0, ItemState.DONE, done=3, total=9, time_left_s=120.0)
        while poll() is not Ask.STOP:
            beat.wait(0.005)
            yield None

    run = session.styling.begin("batch", job)
    qtbot.waitUntil(
        lambda: any("3 / 9" in text and "2 min" in text for text in told), timeout=WAIT_MS
    )
    run.pause()
    assert told[-1] == "Paused"
    run.stop()
    qtbot.waitUntil(lambda: told[-1] == "", timeout=WAIT_MS)


def test_no_key_is_claimed_twice_in_any_mode(studio, session, photo, qtbot):
    studio.pages.show_page("stylize")
    page = studio.pages.currentWidget()
    menus = [action.text() for action in studio.menuBar().actions()]
    tabs = [page.modes.tabText(index) for index in range(page.modes.count())]
    assert isinstance(page.modes, QTabBar)
    found = {}
    for key in ("photo", "batch", "brush", "film"):
        mode = page.show_mode(key)
        qtbot.waitUntil(lambda: not session.is_busy(), timeout=WAIT_MS)
        found[key] = ambiguous(studio, *menus, *tabs)
        if hasattr(mode, "monitor"):
            mode.stack.setCurrentWidget(mode.monitor)
            if hasattr(mode, "works"):
                mode.works.show()
            found[f"{key} at rest"] = ambiguous(studio, *menus, *tabs)
    assert {state: keys for state, keys in found.items() if keys} == {}
