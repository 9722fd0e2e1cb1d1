"""Painting a photo on the Stylize page: watching it, going on, and saving the quick look."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ganart.engine.asks import Ask
from ganart.engine.style.config import PaintConfig
from ganart.errors import DiskFull
from ganart.media.metadata import read_recipe
from ganart.media.style_recipe import StyleRecipe
from ganart.ui.pages.stylize import StylizePage
from ganart.ui.pages.stylize_photo import PhotoMode
from ganart.workers.session import Session
from tests.ui.paintings import (
    WAIT_MS,
    ToyPaintings,
    ToyStylizer,
    choose,
    keep_painting,
    keep_picture,
    photo_mode,
    put_toys,
    shown_page,
)
from tests.ui.studio import pixels_of


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> ToyPaintings:
    return put_toys(monkeypatch)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return keep_picture(tmp_path / "Käfer 甲虫.png", "#ff0000")


@pytest.fixture
def style(tmp_path: Path) -> Path:
    return keep_picture(tmp_path / "waves.png", "#0000ff")


@pytest.fixture
def page(open_session: Session, toy: ToyPaintings, qtbot: QtBot) -> StylizePage:
    return shown_page(open_session, qtbot)


@pytest.fixture
def mode(page: StylizePage) -> PhotoMode:
    return photo_mode(page)


@pytest.fixture
def chosen(mode: PhotoMode, photo: Path, style: Path, qtbot: QtBot) -> PhotoMode:
    choose(mode, photo, style, qtbot)
    return mode


@pytest.fixture
def live(chosen: PhotoMode, qtbot: QtBot) -> PhotoMode:
    chosen.setup.side.paint_button.click()
    qtbot.waitUntil(lambda: len(chosen.monitor.curves.plot.buffer) == 4, timeout=WAIT_MS)
    return chosen


def end(mode: PhotoMode, qtbot: QtBot) -> None:
    mode.monitor.controls.stop_button.click()
    qtbot.waitUntil(lambda: not mode.monitor.is_live())


def test_a_painting_shows_its_picture_curves_and_facts(live, toy):
    monitor = live.monitor
    assert live.stack.currentWidget() is monitor
    assert pixels_of(monitor.stage.view.after()).max() == 40
    assert monitor.stage.view.image().pixelColor(0, 0).name() == "#ff0000"
    assert monitor.curves.plot.buffer.column("style")[-1] == 3.0
    assert "32 × 24 px" in monitor.about.text()
    assert "4" in monitor.status.facts.text()
    assert toy.config == PaintConfig()


def test_pause_holds_and_stop_keeps(live, toy, open_session, qtbot):
    monitor = live.monitor
    monitor.controls.now_button.click()
    qtbot.waitUntil(lambda: toy.asked == [Ask.SAMPLE])
    monitor.controls.pause_button.click()
    assert open_session.styling.run("painting").is_paused()
    assert "Paused" in monitor.status.state.text()
    assert not monitor.controls.now_button.isEnabled()
    with qtbot.waitSignal(open_session.artworks_changed):
        monitor.controls.stop_button.click()
    qtbot.waitUntil(lambda: not monitor.is_live())
    kept = [path for path in open_session.project.artworks_folder.iterdir() if path.is_file()]
    assert [path.name for path in kept] == ["Käfer 甲虫.png"]
    assert monitor.status.state.text() == "Stopped and kept."
    assert monitor.controls.resume_button.isVisible()


def test_other_choices_can_be_made_while_it_is_painted(live, qtbot):
    live.monitor.back_button.click()
    assert live.stack.currentWidget() is live.setup
    assert not live.setup.side.paint_button.isEnabled()
    assert "under way" in live.setup.side.hint.text()
    qtbot.waitUntil(lambda: live.paintings.count() == 1)
    live.paintings.itemActivated.emit(live.paintings.item(0))
    assert live.stack.currentWidget() is live.monitor
    end(live, qtbot)
    live.monitor.back_button.click()
    assert live.setup.side.paint_button.isEnabled()


def test_a_painting_is_refined_further(live, toy, qtbot):
    end(live, qtbot)
    live.monitor.controls.more.setValue(7)
    live.monitor.controls.refine_button.click()
    qtbot.waitUntil(lambda: len(live.monitor.curves.plot.buffer) == 8, timeout=WAIT_MS)
    assert toy.iterations == 7
    end(live, qtbot)


def test_a_painting_that_fails_at_once_leads_back_to_the_choices(chosen, toy, open_session, qtbot):
    toy.failure = DiskFull(folder="/art", needed="2 MB", free="1 MB")
    with qtbot.waitSignal(open_session.failed) as failed:
        chosen.setup.side.paint_button.click()
    assert isinstance(failed.args[0].error, DiskFull)
    qtbot.waitUntil(lambda: chosen.stack.currentWidget() is chosen.setup)
    assert chosen.setup.side.paint_button.isEnabled()


def test_a_painting_that_fails_on_the_way_can_go_on(live, toy, open_session, qtbot):
    toy.trouble = DiskFull(folder="/art", needed="2 MB", free="1 MB")
    qtbot.waitUntil(lambda: not live.monitor.is_live(), timeout=WAIT_MS)
    assert "trouble" in live.monitor.status.state.text()
    assert live.monitor.controls.resume_button.isVisible()


def test_an_interrupted_painting_can_be_seen_and_gone_on_with(
    open_session, toy, photo, qtbot, monkeypatch
):
    work = keep_painting(open_session.project.paintings_folder, photo, "running")
    mode = PhotoMode(open_session)
    qtbot.addWidget(mode)
    mode.resize(1100, 700)
    mode.show()
    qtbot.waitUntil(mode.paintings.isVisible, timeout=WAIT_MS)
    mode.open(work)
    monitor = mode.monitor
    qtbot.waitUntil(lambda: monitor.picture is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: pixels_of(monitor.stage.view.image()).max() == 200)
    assert "Interrupted" in monitor.status.state.text()
    monitor.controls.resume_button.click()
    qtbot.waitUntil(lambda: len(monitor.curves.plot.buffer) == 4, timeout=WAIT_MS)
    assert toy.iterations == 0
    end(mode, qtbot)
    monitor.controls.discard_button.click()
    monitor.controls.discard_button.click()
    qtbot.waitUntil(lambda: not work.exists())
    assert mode.stack.currentWidget() is mode.setup
    qtbot.waitUntil(lambda: not open_session.is_busy())
    mode._on_project_closed()


def test_an_interrupted_painting_is_offered_when_the_project_is_opened(
    window, session, toy, photo, tmp_path, no_quick_looks, qtbot
):
    assert session.create_project(tmp_path / "Cut")
    folder = session.project.folder
    work = keep_painting(session.project.paintings_folder, photo, "running")
    assert session.close_project()
    assert session.open_project(folder)
    qtbot.waitUntil(lambda: "painting was cut short" in window.notice.text(), timeout=WAIT_MS)
    (button,) = filter(QWidget.isVisible, window.notice.findChildren(QPushButton))
    button.click()
    page = window.pages.currentWidget()
    assert isinstance(page, StylizePage)
    monitor = page.mode("photo").monitor
    qtbot.waitUntil(lambda: monitor.folder == work, timeout=WAIT_MS)
    assert monitor.controls.resume_button.isVisible()


def test_a_quick_look_is_saved_at_full_size_with_its_recipe(chosen, open_session, qtbot):
    chosen.setup.side.look.strength.setValue(40)
    with qtbot.waitSignal(open_session.artworks_changed, timeout=WAIT_MS):
        chosen.setup.side.save_button.click()
    (saved,) = (path for path in open_session.project.artworks_folder.iterdir() if path.is_file())
    assert QImage(str(saved)).size().width() == 64
    recipe = read_recipe(saved)
    assert isinstance(recipe, StyleRecipe)
    assert recipe.photo.name == "Käfer 甲虫.png"
    assert recipe.options["strength"] == 0.4


def test_the_saving_of_a_quick_look_is_seen_and_can_be_stopped(
    chosen, open_session, monkeypatch, qtbot
):
    side = chosen.setup.side
    entered, may_end = threading.Event(), threading.Event()

    def slowly(self: ToyStylizer, photo, between):
        entered.set()
        assert may_end.wait(60)
        between()
        return photo

    monkeypatch.setattr(ToyStylizer, "apply", slowly)
    side.save_button.click()
    assert side.saving.isVisible()
    assert not side.save_button.isEnabled()
    qtbot.waitUntil(entered.is_set, timeout=WAIT_MS)
    side.saving.stop_button.click()
    assert "Stopping" in side.saving.state.text()
    may_end.set()
    qtbot.waitUntil(side.saving.isHidden, timeout=WAIT_MS)
    assert side.save_button.isEnabled()
    assert not [each for each in open_session.project.artworks_folder.iterdir() if each.is_file()]


def test_a_quick_look_that_cannot_be_saved_is_told(chosen, open_session, photo, qtbot):
    photo.unlink()
    with qtbot.waitSignal(open_session.failed, timeout=WAIT_MS) as failed:
        chosen.setup.side.save_button.click()
    assert photo.name in failed.args[0].text
    qtbot.waitUntil(chosen.setup.side.saving.isHidden)
    assert chosen.setup.side.save_button.isEnabled()


def test_every_control_has_a_name_and_no_key_is_claimed_twice(live, qtbot):
    def check(state: str) -> None:
        widgets = [each for each in live.findChildren(QWidget) if each.isVisible()]
        nameless = [
            each
            for each in widgets
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not each.objectName().startswith("qt_")  # parts of Qt's own widgets
            and not (each.accessibleName() or getattr(each, "text", str)())
        ]
        assert nameless == [], state
        texts = [each.text() for each in widgets if isinstance(each, QAbstractButton)]
        texts += [each.text() for each in widgets if isinstance(each, QLabel) and each.buddy()]
        keys = [QKeySequence.mnemonic(text).toString() for text in texts]
        claimed = sorted(key for key in keys if key)
        # The modes of the page and the menus of the window have these.
        assert len(set(claimed)) == len(claimed), (state, claimed)
        assert not set(claimed) & {f"Alt+{letter}" for letter in "DMOUFHTV"}, state

    check("painting")
    end(live, qtbot)
    check("rest")
    live.monitor.back_button.click()
    live.earlier.button.setChecked(True)
    live.setup.side.paint.expert.button.setChecked(True)
    check("setup")
    live.setup.areas.edit(0, "photo")
    check("area")
    live.setup.areas.editor.cancel_button.click()
    for kind in (1, 2):
        live.setup.side.look.kinds.button(kind).click()
        check(f"kind {kind}")
