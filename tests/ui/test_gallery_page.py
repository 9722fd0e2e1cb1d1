"""The Gallery page: what was saved, how it was made, and the wastebasket."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QPalette
from pytestqt.qtbot import QtBot

from ganart.media.pictures import save_png
from ganart.ui.pages.gallery import GalleryPage
from ganart.workers.session import Session
from tests.films import save_animation
from tests.ui.gallery import RECIPE


@pytest.fixture
def saved(open_session: Session) -> Path:
    """Return the folder of a picture with a recipe, one without and a loop."""
    folder = open_session.project.artworks_folder
    folder.mkdir(exist_ok=True)
    pixels = np.full((16, 16, 3), 200, np.uint8)
    save_png(pixels, folder / "made.png", RECIPE)
    save_png(pixels, folder / "Fünf.png")
    save_animation([pixels, pixels // 2], folder / "loop.webp", 5.0)
    return folder


@pytest.fixture
def page(open_session: Session, qtbot: QtBot) -> GalleryPage:
    page = GalleryPage(open_session)
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    return page


def choose(page: GalleryPage, qtbot: QtBot, name: str) -> None:
    """Choose an artwork and wait for its picture and its recipe."""
    qtbot.waitUntil(lambda: page.model.rowCount() > 0)
    row = next(row for row in range(page.model.rowCount()) if page.model.index(row).data() == name)
    page.view.setCurrentIndex(page.model.index(row))
    qtbot.waitUntil(lambda: page.detail.name.text() == name and bool(page.detail.facts.text()))
    qtbot.waitUntil(lambda: not page.detail.view.image().isNull())


def colours_of_the_chosen(page: GalleryPage) -> set[tuple[int, int, int, int]]:
    """Return the colours across the upper third of the chosen item, as they are on the screen."""
    image = page.view.grab(page.view.visualRect(page.view.currentIndex())).toImage()
    return {image.pixelColor(x, image.height() // 3).getRgb() for x in range(image.width())}


def test_an_empty_gallery_leads_to_exploring(page, qtbot):
    assert page.stack.currentWidget() is page._empty
    with qtbot.waitSignal(page.page_wanted) as wanted:
        page._empty.explore_button.click()
    assert wanted.args == ["explore"]


def test_thumbnails_are_loaded_when_they_are_seen(saved, page, qtbot):
    qtbot.waitUntil(lambda: len(page.model._pictures) == 3)
    assert page.stack.currentWidget() is page.browser


def test_the_chosen_picture_keeps_its_colours(saved, page, qtbot):
    choose(page, qtbot, "Fünf.png")
    qtbot.waitUntil(lambda: len(page.model._pictures) == 3)
    assert page.view.selectionModel().isSelected(page.view.currentIndex())
    accent = page.view.palette().color(QPalette.ColorRole.Accent).getRgb()
    # Waited for, because a list lays its items out anew, a moment later, once their pictures come.
    qtbot.waitUntil(lambda: {(200, 200, 200, 255), accent} <= colours_of_the_chosen(page))


def test_a_recipe_is_told_in_plain_words_and_opened_in_explore(saved, page, qtbot):
    choose(page, qtbot, "made.png")
    text = page.detail.facts.text()
    for part in ("25 %", "seed 3", "seed 4", "80 %", "Sketch 32"):
        assert part in text
    with qtbot.waitSignal(page.recipe_chosen) as chosen:
        page.detail.explore_button.click()
    assert chosen.args == [RECIPE]


def test_a_picture_without_a_recipe_says_so(saved, page, qtbot):
    choose(page, qtbot, "Fünf.png")
    assert "no recipe" in page.detail.facts.text()
    assert not page.detail.explore_button.isEnabled()


def test_a_loop_plays_unless_motion_is_to_be_reduced(saved, page, open_session, qtbot):
    choose(page, qtbot, "loop.webp")
    assert page.detail.playing.is_playing()
    page.detail.play_button.click()
    assert not page.detail.playing.is_playing()
    choose(page, qtbot, "made.png")
    open_session.change_setting("reduce_motion", True)
    choose(page, qtbot, "loop.webp")
    assert not page.detail.playing.is_playing()
    page.detail.play_button.click()
    assert page.detail.playing.is_playing()
    page.detail.playing.stop()


def test_a_large_loop_waits_to_be_played_and_is_decoded_no_larger_than_seen(saved, page, qtbot):
    pixels = np.full((1024, 1024, 3), 90, np.uint8)
    save_animation([pixels, pixels // 2], saved / "large.webp", 5.0)
    page.shelf.refresh()
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)
    choose(page, qtbot, "large.webp")
    assert not page.detail.playing.is_playing()
    assert page.detail.view.image().width() == 1024
    page.detail.play_button.click()
    qtbot.waitUntil(lambda: page.detail.view.image().width() < 1024)
    frame, view = page.detail.view.image().size(), page.detail.view.size()
    assert frame.width() == frame.height() == min(view.width(), view.height())
    page.detail.playing.stop()


def test_deleting_takes_two_clicks_and_uses_the_wastebasket(saved, page, qtbot):
    choose(page, qtbot, "made.png")
    page.detail.delete_button.click()
    assert (saved / "made.png").exists()
    page.detail.delete_button.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    assert not (saved / "made.png").exists()


def test_a_file_that_cannot_be_deleted_stays_and_is_told(saved, page, open_session, qtbot):
    choose(page, qtbot, "made.png")
    gone = saved / "made.png"
    gone.unlink()
    with qtbot.waitSignal(open_session.failed) as failed:
        page.detail.delete_button.click()
        page.detail.delete_button.click()
    assert str(gone) in failed.args[0].text
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)


def test_a_new_artwork_appears_while_the_page_is_seen(saved, page, open_session, qtbot):
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    save_png(np.zeros((8, 8, 3), np.uint8), saved / "new.png", RECIPE)
    open_session.artworks_changed.emit()
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)
