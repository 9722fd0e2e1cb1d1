"""Pictures that are opened from outside come to where the person is, and are never added unseen."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QDialog, QPushButton

from ganart.media.pictures import save_png
from ganart.media.style_recipe import Source, StyleRecipe, source_of
from ganart.project.store import create_project
from ganart.settings.paths import projects_folder
from ganart.ui.dialogs.new_project import NewProjectDialog
from ganart.ui.main_window import MainWindow
from ganart.ui.pages.dataset.page import DatasetPage
from ganart.ui.pages.stylize import StylizePage
from ganart.workers.curation import Note
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS

pytestmark = pytest.mark.usefixtures("no_quick_looks")
PIXELS = np.full((64, 64, 3), 120, np.uint8)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "Fotos" / "Panda.png"
    path.parent.mkdir()
    save_png(PIXELS, path)
    save_png(PIXELS // 2, path.with_name("Other.png"))
    return path


@pytest.fixture
def studio(window: MainWindow, session: Session, tmp_path: Path) -> MainWindow:
    assert session.create_project(tmp_path / "Tiles")
    return window


def dataset(window: MainWindow) -> DatasetPage:
    page = window.pages.currentWidget()
    assert isinstance(page, DatasetPage)
    return page


def chosen_photo(window: MainWindow) -> Path | None:
    page = window.pages.currentWidget()
    assert isinstance(page, StylizePage)
    return page.mode("photo").setup.history.now.photo


def button(window: MainWindow, text: str) -> QPushButton:
    return next(each for each in window.notice.findChildren(QPushButton) if each.text() == text)


def selected(window: MainWindow) -> list[str]:
    page = dataset(window)
    return [path.name for path in page.desk.paths(page.pictures.chosen())]


# A plain picture while a project is open


def test_a_photo_opened_while_stylizing_becomes_the_photo(studio, session, photo, qtbot):
    studio.pages.show_page("stylize")
    studio.welcome_back([photo])
    qtbot.waitUntil(lambda: chosen_photo(studio) == photo, timeout=WAIT_MS)
    assert session.scanning is None
    assert not session.pictures.sources


def test_elsewhere_it_is_shown_among_the_pictures_and_can_be_taken_out(
    studio, session, photo, qtbot
):
    with qtbot.waitSignal(session.dataset_changed, timeout=WAIT_MS):
        session.add_sources([photo.with_name("Other.png")])
    studio.pages.show_page("gallery")
    studio.welcome_back([photo])
    qtbot.waitUntil(
        lambda: (
            isinstance(studio.pages.currentWidget(), DatasetPage)
            and selected(studio) == ["Panda.png"]
        ),
        timeout=WAIT_MS,
    )
    assert "Panda.png was added" in studio.notice.text()
    button(studio, "Take it out again").click()
    qtbot.waitUntil(
        lambda: [row.path.name for row in session.pictures.rows] == ["Other.png"], timeout=WAIT_MS
    )
    assert photo.exists()


def test_one_that_is_there_is_shown_in_spite_of_a_filter(studio, session, photo, qtbot):
    with qtbot.waitSignal(session.dataset_changed, timeout=WAIT_MS):
        session.add_folders([photo.parent])
    studio.pages.show_page("dataset")
    page = dataset(studio)
    qtbot.waitUntil(lambda: len(page.pictures.model.ids) == 2, timeout=WAIT_MS)
    page.pictures.shown.show_among([session.pictures.at(photo.with_name("Other.png")).id], "one")
    qtbot.waitUntil(lambda: len(page.pictures.model.ids) == 1, timeout=WAIT_MS)
    studio.welcome_back([photo])
    qtbot.waitUntil(lambda: selected(studio) == ["Panda.png"], timeout=WAIT_MS)
    assert len(session.pictures.sources) == 1
    assert studio.notice.text() == ""


def test_one_that_was_marked_is_not_taken_out_by_the_notice(studio, session, photo, qtbot):
    studio.welcome_back([photo])
    qtbot.waitUntil(lambda: "Panda.png" in studio.notice.text(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: session.scanning is None, timeout=WAIT_MS)
    row = session.pictures.at(photo)
    session.curation.note({Note.STARS: {row.path: 4}})
    with qtbot.waitSignal(session.notice, timeout=WAIT_MS) as told:
        button(studio, "Take it out again").click()
    assert "has marks" in told.args[0]
    qtbot.waitUntil(lambda: not session.is_busy(), timeout=WAIT_MS)
    assert session.pictures.at(photo).stars == 4


def test_one_that_cannot_be_used_is_told_and_can_be_taken_out(studio, session, tmp_path, qtbot):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    studio.welcome_back([broken])
    qtbot.waitUntil(lambda: "broken.jpg cannot be used" in studio.notice.text(), timeout=WAIT_MS)
    assert dataset(studio)
    button(studio, "Take it out again").click()
    qtbot.waitUntil(lambda: not session.pictures.sources, timeout=WAIT_MS)


def test_a_folder_leads_to_the_dataset(studio, session, photo, qtbot):
    studio.pages.show_page("stylize")
    with qtbot.waitSignal(session.dataset_changed, timeout=WAIT_MS):
        studio.welcome_back([photo.parent])
    assert dataset(studio)


def test_a_new_project_begins_with_the_pictures_that_were_named(
    window, session, photo, tmp_path, monkeypatch, qtbot
):
    def fill(dialog):
        dialog.place.setText(str(tmp_path))
        dialog.pictures.setText(str(photo.parent))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(NewProjectDialog, "exec", fill)
    with qtbot.waitSignal(session.dataset_changed, timeout=WAIT_MS):
        window.desk.create()
    qtbot.waitUntil(lambda: len(session.pictures.rows) == 2, timeout=WAIT_MS)


# A stylized picture while none is open


def copy_of(photo: Path, folder: Path) -> Path:
    """Leave a stylized picture of `photo` in a folder, as it is copied out of a project."""
    recipe = StyleRecipe(
        "stylized", source_of(photo), (Source("woodcut"),), {"look": "built-in", "strength": 0.5}
    )
    path = folder / "Panda woodcut.png"
    path.parent.mkdir(exist_ok=True)
    save_png(PIXELS // 3, path, recipe)
    return path


def test_a_stylized_picture_opens_with_the_photo_beside_it(window, session, photo, qtbot):
    window.drops.take([copy_of(photo, photo.parent)])
    qtbot.waitUntil(lambda: session.project is not None, timeout=WAIT_MS)
    assert session.project.name == "Photos"
    qtbot.waitUntil(lambda: chosen_photo(window) == photo, timeout=WAIT_MS)
    look = window.pages.currentWidget().mode("photo").setup.history.now.look
    assert (look.kind, look.built_in, look.strength) == ("built-in", ("woodcut",), 0.5)
    assert window.notice.text() == ""


def test_and_with_a_photo_that_was_stylized_before(window, session, photo, tmp_path, qtbot):
    window.drops.take([photo])
    qtbot.waitUntil(lambda: session.project is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: chosen_photo(window) == photo, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not session.is_busy(), timeout=WAIT_MS)
    assert session.close_project()
    window.drops.take([copy_of(photo, tmp_path / "Desktop")])
    qtbot.waitUntil(lambda: session.project is not None, timeout=WAIT_MS)
    page = window.pages.currentWidget()
    qtbot.waitUntil(
        lambda: page.mode("photo").setup.history.now.look.built_in == ("woodcut",), timeout=WAIT_MS
    )
    assert chosen_photo(window) == photo


def test_a_photo_that_is_gone_is_named_and_the_picture_offered(
    window, session, photo, tmp_path, qtbot
):
    copy = copy_of(photo, tmp_path / "Desktop")
    save_png(PIXELS // 4, copy.with_name(photo.name))  # another one of that name
    photo.unlink()
    window.drops.take([copy])
    qtbot.waitUntil(lambda: "Panda.png" in window.notice.text(), timeout=WAIT_MS)
    assert chosen_photo(window) is None
    button(window, "Take it as the photo").click()
    assert chosen_photo(window) == copy
    assert window.pages.currentWidget().mode("photo").setup.history.now.look.built_in == (
        "woodcut",
    )


# The project for photos


def test_photos_go_to_another_project_where_the_usual_one_is_in_use(window, session):
    first = create_project(projects_folder() / "Photos.ganart")
    try:
        window.pages.welcome.stylize_asked.emit()
        assert session.project.folder == projects_folder() / "Photos 2.ganart"
        assert window.notice.text() == ""
        assert window.errors.dialog is None
    finally:
        first.close()


@pytest.mark.parametrize("is_folder", [True, False])
def test_or_is_none_which_is_told_beside_it(window, session, is_folder):
    usual = projects_folder() / "Photos.ganart"
    usual.parent.mkdir(parents=True)
    if is_folder:
        usual.mkdir()
    else:
        usual.write_text("words")
    window.pages.welcome.stylize_asked.emit()
    assert session.project.name == "Photos 2"
    assert isinstance(window.pages.currentWidget(), StylizePage)
    assert window.errors.dialog is None
    assert "Photos.ganart" in window.notice.text()
