"""The ways into the lesson from where no project is open."""

from pytestqt.qtbot import QtBot

from ganart.ui.main_window import MainWindow
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS


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


def test_the_welcome_page_leads_to_the_lesson(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    card = next(each for each in window.pages.welcome.cards if "lesson" in each.text())
    card.click()
    assert window.pages.currentWidget().lesson.is_open()
    qtbot.waitUntil(lambda: not session.is_busy(), timeout=WAIT_MS)
