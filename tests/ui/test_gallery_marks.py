"""Stars and tags in the gallery: by keys and by mouse, for many at once, with a way back."""

import shutil

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ganart.project.artwork_marks import DOCUMENT, Mark, read_marks
from ganart.ui.pages.gallery import GalleryPage
from ganart.workers.session import Session
from tests.ui.gallery import names, pick, save_pictures, shown_page


@pytest.fixture
def paths(open_session: Session):
    return save_pictures(open_session.project, 4)


@pytest.fixture
def page(paths, open_session: Session, qtbot: QtBot) -> GalleryPage:
    return shown_page(open_session, qtbot)


def test_a_digit_gives_stars_and_undo_takes_them_back(page, paths, open_session, qtbot):
    pick(page, [paths[2]])
    before = paths[2].read_bytes()
    qtbot.keyClick(page.view, Qt.Key.Key_4)
    assert page.shelf.mark(paths[2]) == Mark(4)
    assert page.detail.marks.stars.stars() == 4
    qtbot.keyClick(page.view, Qt.Key.Key_0)
    assert page.shelf.mark(paths[2]) == Mark(0)
    open_session.undo.undo()
    assert page.shelf.mark(paths[2]) == Mark(4)
    open_session.undo.undo()
    assert page.shelf.mark(paths[2]) == Mark(0)
    open_session.undo.redo()
    assert page.detail.marks.stars.stars() == 4
    assert paths[2].read_bytes() == before


def test_stars_by_mouse_and_the_same_again_takes_them_away(page, paths):
    pick(page, [paths[0]])
    page.detail.marks.stars.buttons[2].click()
    assert page.shelf.mark(paths[0]).stars == 3
    page.detail.marks.stars.buttons[2].click()
    assert page.shelf.mark(paths[0]).stars == 0


def test_many_are_marked_at_once_and_only_common_tags_are_shown(page, paths, qtbot):
    pick(page, paths[:2])
    page.shelf.change_tags(page.chosen(), ["sea"], [])
    pick(page, paths[1:3])
    page.shelf.change_tags(page.chosen(), ["print"], [])
    pick(page, paths[:3])
    assert page.detail.marks.tags.text() == ""
    pick(page, paths[1:3])
    assert page.detail.marks.tags.text() == "print"
    qtbot.keyClick(page.view, Qt.Key.Key_T)
    assert page.detail.marks.tags.hasFocus()
    page.detail.marks.tags.setText("")
    qtbot.keyClicks(page.detail.marks.tags, "Lyon , night")
    qtbot.keyClick(page.detail.marks.tags, Qt.Key.Key_Return)
    tags = [page.shelf.mark(path).tags for path in paths]
    assert tags == [("sea",), ("Lyon", "night", "sea"), ("Lyon", "night"), ()]
    assert page.shelf.tags() == ["Lyon", "night", "sea"]


def test_marks_are_there_again_when_the_project_is_opened_again(
    page, paths, open_session, session, qtbot
):
    pick(page, paths[:2])
    page.set_stars(5)
    folder = open_session.project.folder
    assert session.close_project()  # at once: nothing waits for the timer
    assert names(page) == []
    paths[0].rename(paths[0].with_name("renamed elsewhere.png"))
    assert session.open_project(folder)
    qtbot.waitUntil(lambda: len(page.shelf.works) == 4 and not session.is_busy())
    marks = {work.path.name: page.shelf.mark(work.path).stars for work in page.shelf.works}
    assert marks == {"renamed elsewhere.png": 5, "1.png": 5, "2.png": 0, "3.png": 0}


def test_marks_are_written_soon_after(page, paths, open_session, qtbot):
    pick(page, [paths[3]])
    page.set_stars(2)
    folder = open_session.project.artworks_folder
    qtbot.waitUntil(lambda: (folder / DOCUMENT).exists())
    qtbot.waitUntil(lambda: not open_session.is_busy())
    assert read_marks(folder)[0].by_path == {paths[3]: Mark(2)}


def test_damaged_marks_are_told_and_the_gallery_goes_on(paths, open_session, qtbot):
    (open_session.project.artworks_folder / DOCUMENT).write_text("{")
    with qtbot.waitSignal(open_session.warned) as warned:
        page = shown_page(open_session, qtbot)
    assert "stars and tags" in str(warned.args[0])
    assert len(page.shelf.shown) == 4


def test_a_copy_from_the_wastebasket_has_its_stars_again(
    page, paths, open_session, qtbot, tmp_path
):
    pick(page, [paths[1]])
    page.set_stars(3)
    kept = shutil.copy2(paths[1], tmp_path / "kept.png")
    page._on_delete()
    qtbot.waitUntil(lambda: len(page.shelf.works) == 3)
    shutil.copy2(kept, paths[1].with_name("back.png"))
    page.shelf.refresh()
    qtbot.waitUntil(lambda: len(page.shelf.works) == 4 and not open_session.is_busy())
    assert page.shelf.mark(paths[1].with_name("back.png")).stars == 3


def test_many_are_deleted_at_once_after_a_question_that_counts_them(page, paths, qtbot):
    pick(page, paths[:3])
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    assert "3" in page.detail.delete_button.text()
    assert all(path.exists() for path in paths)
    page.detail.delete_button.click()
    qtbot.waitUntil(lambda: names(page) == ["3.png"])
    assert not any(path.exists() for path in paths[:3])
