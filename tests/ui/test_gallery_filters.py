"""The filters, the search and the order of the gallery, and what is shown when nothing fits."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QDate
from pytestqt.qtbot import QtBot

from ganart.media.pictures import save_png
from ganart.ui.pages.gallery import GalleryPage
from ganart.workers.session import Session
from tests.ui.gallery import RECIPE, names, pick, save_pictures, shown_page


@pytest.fixture
def page(open_session: Session, qtbot: QtBot) -> GalleryPage:
    save_pictures(open_session.project, 3)
    folder = open_session.project.artworks_folder
    other = replace(RECIPE, model_hash="f" * 16, preset="standard-128")
    save_png(np.zeros((8, 8, 3), np.uint8), folder / "other.png", other)
    save_png(np.zeros((8, 8, 3), np.uint8), folder / "plain.png")
    return shown_page(open_session, qtbot)


def choose(box, data) -> None:
    row = box.findData(data)
    assert row >= 0
    box.setCurrentIndex(row)


def test_filters_act_at_once_and_are_taken_back_together(page, qtbot):
    page.bar.search.setText("standard")
    qtbot.waitUntil(lambda: names(page) == ["other.png"])
    assert "1 of 5" in page.counts.text()
    page.bar.clear()
    assert len(names(page)) == 5
    choose(page.bar.kind, "plain")
    assert names(page) == ["plain.png"]
    choose(page.bar.kind, "explore")
    choose(page.bar.model, "f" * 16)
    assert names(page) == ["other.png"]
    page.bar.clear()
    page.bar.when.setCurrentIndex(page.bar.when.findData("range"))
    assert page.bar.since.isVisible()
    page.bar.since.setDate(QDate(2023, 11, 13))
    page.bar.until.setDate(QDate(2023, 11, 16))
    assert names(page) == ["2.png", "1.png", "0.png"]
    page.bar.clear()
    choose(page.bar.order, "name")
    assert names(page) == ["0.png", "1.png", "2.png", "other.png", "plain.png"]


def test_nothing_that_fits_is_said_and_the_chosen_one_comes_back(page, qtbot):
    pick(page, [page.shelf.shown[3].path])
    page.bar.search.setText("nowhere")
    qtbot.waitUntil(lambda: names(page) == [])
    assert page.browser.grid.currentIndex() == 1
    assert not page.detail.isVisible()
    page.bar.clear()
    assert page.detail.isVisible()
    assert page.browser.grid.currentWidget() is page.view
    assert page.detail.name.text()


def test_stars_and_tags_can_be_asked_for_as_soon_as_they_are_given(page):
    assert not page.bar.tag.isVisible()
    works = page.shelf.shown[:2]
    page.shelf.change_tags(works, ["sea"], [])
    assert page.bar.tag.isVisible()
    choose(page.bar.tag, "sea")
    assert len(names(page)) == 2
    choose(page.bar.stars, 2)
    assert names(page) == []
    page.shelf.set_stars(works[:1], 2)
    assert names(page) == [works[0].path.name]
    page.shelf.change_tags(works, [], ["sea"])
    assert not page.bar.tag.isVisible()  # there is none to ask for any more
    assert names(page) == [works[0].path.name]


def test_two_models_of_one_preset_are_told_apart(page, open_session, qtbot):
    again = replace(RECIPE, model_hash="a" * 16)
    path = open_session.project.artworks_folder / "again.png"
    save_png(np.zeros((9, 9, 3), np.uint8), path, again)
    page.shelf.refresh()
    qtbot.waitUntil(lambda: page.bar.model.count() == 4)
    texts = [page.bar.model.itemText(row) for row in range(1, 4)]
    assert len(set(texts)) == 3


def test_what_changed_outside_is_read_again(page, open_session, qtbot):
    plain = open_session.project.artworks_folder / "plain.png"
    save_png(np.zeros((20, 30, 3), np.uint8), plain, RECIPE)
    page.shelf.refresh()
    qtbot.waitUntil(lambda: page.shelf.facts[plain].width == 30)
    choose(page.bar.kind, "plain")
    assert names(page) == []


def test_a_seed_is_found_by_its_number_with_or_without_the_word(open_session, qtbot):
    save_pictures(open_session.project, 2)
    page = shown_page(open_session, qtbot)
    page.bar.search.setText(f"seed {RECIPE.points[0].seeds[1]}")
    qtbot.waitUntil(lambda: len(names(page)) == 2)
    page.bar.search.setText("seed 987654")
    qtbot.waitUntil(lambda: names(page) == [])
