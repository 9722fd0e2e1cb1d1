"""The Photo tab on a real, tiny model: a photo is chosen, looked for, shown, told, looked at."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ganart.ui.pages.explore.page import ExplorePage
from ganart.ui.pages.explore.photo import PhotoTab
from ganart.workers.projections import EFFORTS
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS, keep_model_file, pixels_of


@pytest.fixture
def page(open_session: Session, qtbot: QtBot) -> ExplorePage:
    keep_model_file(open_session.project, seed=1)
    page = ExplorePage(open_session)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.tabs.setCurrentWidget(page.photo)
    qtbot.waitUntil(lambda: page.exploration.info is not None, timeout=WAIT_MS)
    return page


@pytest.fixture
def tab(page: ExplorePage) -> PhotoTab:
    return page.photo


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    wide = np.zeros((32, 96, 3), np.uint8)
    wide[:, 64:] = 255
    Image.fromarray(wide).save(tmp_path / "beach.png")
    return tmp_path / "beach.png"


@pytest.fixture(autouse=True)
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test look as hard as a person would wait for."""
    short = {key: type(each)(16, 1, 8) for key, each in EFFORTS.items()}
    monkeypatch.setattr("ganart.ui.pages.explore.photo_setup.EFFORTS", short)


def choose(tab: PhotoTab, qtbot: QtBot, path: Path) -> None:
    tab.setup.set_photo(path)
    qtbot.waitUntil(lambda: not tab.setup.crop().isNull(), timeout=WAIT_MS)


def finish(tab: PhotoTab, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: tab._run is None, timeout=WAIT_MS)


def test_a_photo_is_found_told_and_looked_at(page, tab, photo, qtbot):
    assert not tab.start_button.isEnabled()
    choose(tab, qtbot, photo)
    tab.start_button.click()
    assert tab.stop_button.isVisible()
    assert not tab.setup.isEnabled()
    finish(tab, qtbot)
    assert tab.found is not None
    assert "near" in tab.score.text()
    assert "100 %" in tab.message.text()
    assert np.array_equal(pixels_of(tab.view.after()), tab.found.pixels)
    before = page.exploration.point
    tab.look_button.click()
    assert page.exploration.point == tab.found.point
    page.exploration.session.undo.undo()
    assert page.exploration.point == before


def test_the_part_of_a_wide_photo_is_seen_before_it_is_looked_for(tab, photo, qtbot):
    choose(tab, qtbot, photo)
    assert tab.setup.part.isEnabled()
    assert (pixels_of(tab.setup.crop()) == 0).all()
    tab.setup.part.setValue(100)
    assert (pixels_of(tab.setup.crop()) == 255).all()
    assert (pixels_of(tab.view.image()) == 255).all()
    assert tab.setup.plan().focus == (1.0, 1.0)


def test_stop_keeps_the_best_so_far(tab, photo, qtbot, monkeypatch):
    slow = {key: type(each)(16, 1, 5000) for key, each in EFFORTS.items()}
    monkeypatch.setattr("ganart.ui.pages.explore.photo_setup.EFFORTS", slow)
    choose(tab, qtbot, photo)
    tab.start()
    qtbot.waitUntil(tab.view.has_after, timeout=WAIT_MS)
    tab.stop_button.click()
    finish(tab, qtbot)
    assert tab.found.is_stopped
    assert tab.message.text().startswith("Stopped early.")
    assert tab.look_button.isEnabled()


def test_a_file_that_is_no_picture_is_told(page, tab, tmp_path, qtbot):
    bad = tmp_path / "notes.png"
    bad.write_bytes(b"words")
    with qtbot.waitSignal(page.exploration.session.notice, timeout=WAIT_MS) as told:
        tab.setup.set_photo(bad)
    assert "notes.png" in told.args[0]
    assert not tab.start_button.isEnabled()


def test_a_photo_that_goes_away_ends_in_a_sentence(tab, photo, qtbot):
    choose(tab, qtbot, photo)
    photo.unlink()
    tab.start()
    finish(tab, qtbot)
    assert "it is not there" in tab.message.text()
    assert tab.start_button.isEnabled()


def test_pasted_files_and_pictures_are_taken(tab, photo, qtbot):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo))])
    QGuiApplication.clipboard().setMimeData(data)
    tab.setup.paste()
    qtbot.waitUntil(lambda: not tab.setup.crop().isNull(), timeout=WAIT_MS)
    image = tab.setup.crop()
    QGuiApplication.clipboard().setImage(image)
    tab.setup.paste()
    qtbot.waitUntil(lambda: tab.setup.plan().photo != photo, timeout=WAIT_MS)
    assert tab.setup.plan().photo.exists()
    QGuiApplication.clipboard().clear()


def test_another_project_begins_without_a_photo(page, tab, photo, tmp_path, qtbot):
    choose(tab, qtbot, photo)
    page.exploration.session.create_project(tmp_path / "Other")
    assert tab.setup.plan() is None
    assert tab.view.image().isNull()


def test_only_models_with_styles_offer_what_takes_styles(tab):
    tab.setup.closer_box.setChecked(True)
    assert not tab.setup.closer_box.isEnabled()


def test_what_was_found_in_one_model_is_not_looked_at_in_another(page, tab, photo, qtbot):
    choose(tab, qtbot, photo)
    tab.start_button.click()
    finish(tab, qtbot)
    first = page.exploration.path
    page.models.choose(keep_model_file(page.exploration.project, seed=2))
    assert not tab.look_button.isEnabled()
    page.models.choose(first)
    assert tab.look_button.isEnabled()
