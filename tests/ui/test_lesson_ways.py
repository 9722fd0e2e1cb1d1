"""The ways into the lesson, and one chapter that is really trained."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ganart.engine.gan.lesson.chapters import CHAPTERS
from ganart.engine.gan.lesson.records import Said
from ganart.project.runs import Runs
from ganart.ui.main_window import MainWindow
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS


@pytest.fixture
def few_samples(monkeypatch: pytest.MonkeyPatch, pictures_folder: Path) -> None:
    """Put two dozen pictures in place of the sample project's thousand, which take long to scan."""
    monkeypatch.setattr("ganart.ui.project_desk.resource", lambda _name: pictures_folder)


@pytest.mark.usefixtures("few_samples")
def test_the_help_menu_opens_the_lesson_on_the_sample_project(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    window.commands.lesson.trigger()
    assert session.project.name == "Sample"
    page = window.pages.currentWidget()
    assert page.lesson.is_open()
    qtbot.waitUntil(page.lesson.panel.start_button.isEnabled, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not session.is_busy(), timeout=WAIT_MS)


def test_the_help_menu_opens_the_lesson_in_the_open_project(
    window: MainWindow, open_session: Session, qtbot: QtBot
) -> None:
    window.commands.lesson.trigger()
    assert open_session.project.name == "Tiles"
    assert window.pages.currentWidget().lesson.is_open()
    qtbot.waitUntil(lambda: not open_session.is_busy(), timeout=WAIT_MS)


@pytest.mark.usefixtures("few_samples")
def test_the_welcome_page_leads_to_the_lesson(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    card = next(each for each in window.pages.welcome.cards if "lesson" in each.text())
    card.click()
    assert window.pages.currentWidget().lesson.is_open()
    qtbot.waitUntil(lambda: not session.is_busy(), timeout=WAIT_MS)


@pytest.mark.slow
def test_a_chapter_is_trained_and_told_for_real(
    open_session: Session, qtbot: QtBot, pictures_folder: Path
) -> None:
    with qtbot.waitSignal(open_session.dataset_changed, timeout=WAIT_MS):
        open_session.add_folders([pictures_folder])
    heard: list[object] = []
    run = open_session.start_lesson(CHAPTERS[0])
    run.reported.connect(heard.extend)
    qtbot.waitUntil(lambda: any(isinstance(each, Said) for each in heard), timeout=WAIT_MS)
    run.stop()
    qtbot.waitUntil(lambda: open_session.training is None, timeout=WAIT_MS)
    (record,) = Runs(open_session.project.runs_folder).list()
    assert (record.preset, record.status) == ("lesson-fc", "stopped")
