"""The lesson in the window: its chapters, trying things, and what is remembered."""

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ganart.engine.asks import Ask, Change
from ganart.engine.errors import AllAlike
from ganart.engine.gan.lesson.chapters import CHAPTERS
from ganart.engine.gan.lesson.records import Said
from ganart.project.runs import Runs
from ganart.ui.pages.lesson_drawings import DRAWINGS
from ganart.ui.pages.train import TrainPage
from ganart.ui.widgets import narration
from ganart.ui.widgets.narration import Narration
from tests.ui.studio import WAIT_MS, ScriptedSession


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path, pictures_folder: Path):
    session = ScriptedSession()
    assert session.create_project(tmp_path / "studio")
    with qtbot.waitSignal(session.dataset_changed, timeout=WAIT_MS):
        session.add_folders([pictures_folder])
    yield session
    assert session.shutdown(20)


@pytest.fixture
def page(session: ScriptedSession, qtbot: QtBot) -> TrainPage:
    page = TrainPage(session)
    qtbot.addWidget(page)
    page.resize(1200, 760)
    page.show()
    page.setup.lesson_button.click()
    qtbot.waitUntil(page.lesson.panel.start_button.isEnabled, timeout=WAIT_MS)
    return page


@pytest.fixture
def live(page: TrainPage, session: ScriptedSession, qtbot: QtBot) -> TrainPage:
    """Return the page while the first chapter is trained."""
    page.lesson.panel.start_button.click()
    qtbot.waitUntil(page.lesson.panel.text.trials["average"].isEnabled, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "0.25" in page.lesson.panel.narration.text(), timeout=WAIT_MS)
    return page


def end(page: TrainPage, session: ScriptedSession, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.training_changed, timeout=WAIT_MS):
        page.monitor.controls.stop_button.click()


# Chapters


def test_the_lesson_stands_in_place_of_the_list_of_trainings(page):
    assert page.lesson.panel.isVisible()
    assert not page.runs.isVisible()
    assert page.stack.currentWidget() is page.lesson.cover
    page.lesson.panel.leave_button.click()
    assert not page.lesson.panel.isVisible()
    assert page.stack.currentWidget() is page.setup


def test_chapters_are_walked_through_by_buttons_by_keys_and_by_the_list(page, qtbot):
    panel = page.lesson.panel
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    for before, after in pairwise(CHAPTERS):
        assert page.lesson.cover.title.text() == before.title
        qtbot.keyClick(page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda after=after: panel.chapter() is after)
    assert not panel.next_button.isEnabled()
    panel.previous_button.click()
    assert panel.chapter() is CHAPTERS[-2]
    panel.chapters.activated.emit(0)
    assert panel.chapter() is CHAPTERS[0]
    assert not panel.previous_button.isEnabled()


def test_every_chapter_has_a_drawing_that_can_be_read_out(page):
    assert DRAWINGS.keys() == {each.key for each in CHAPTERS}
    for number, chapter in enumerate(CHAPTERS):
        page.lesson.show_chapter(number)
        assert page.lesson.cover.diagram.accessibleName() == DRAWINGS[chapter.key].words
        assert not page.lesson.cover.grab().isNull()


def test_an_answer_is_shown_when_it_is_asked_for(page):
    text = page.lesson.panel.text
    answers = [each for each in text.findChildren(type(text.about)) if each is not text.about]
    (answer,) = answers
    assert not answer.content.isVisible()
    answer.button.click()
    assert answer.content.isVisible()


def test_without_pictures_no_chapter_can_start(qtbot, tmp_path):
    session = ScriptedSession()
    assert session.create_project(tmp_path / "empty")
    page = TrainPage(session)
    qtbot.addWidget(page)
    page.lesson.enter()
    assert not page.lesson.panel.start_button.isEnabled()
    assert "no pictures" in page.lesson.panel.hint.text()
    assert session.shutdown(20)


# Training


def test_a_chapter_is_trained_beside_its_text_and_told(live, session):
    assert session.lessons == ["simple"]
    assert live.stack.currentWidget() is live.monitor
    panel = live.lesson.panel
    assert panel.isVisible()
    assert not panel.text.about.content.isVisible()  # what can be tried has moved into view
    assert not panel.start_button.isEnabled()
    assert panel.narration.text() == "The loss is 0.25."


def test_trying_something_changes_the_training_and_can_be_taken_back(live, session, qtbot):
    text = live.lesson.panel.text
    assert not text.restore_button.isEnabled()
    text.trials["average"].click()
    qtbot.waitUntil(text.restore_button.isEnabled, timeout=WAIT_MS)
    assert not text.trials["average"].isEnabled()
    assert text.trials["bold"].isEnabled()
    experiment = CHAPTERS[0].experiment("average")
    assert session.asked == [Change(experiment.options, experiment.label)]
    text.restore_button.click()
    qtbot.waitUntil(text.trials["average"].isEnabled, timeout=WAIT_MS)
    assert not text.restore_button.isEnabled()
    assert session.asked[-1].options == (("ema_pictures", 0),)


def test_what_was_tried_is_known_after_a_look_at_another_chapter(live, session, qtbot):
    live.lesson.panel.text.trials["bold"].click()
    qtbot.waitUntil(live.lesson.panel.text.restore_button.isEnabled, timeout=WAIT_MS)
    live.lesson.show_chapter(1)
    assert live.stack.currentWidget() is live.lesson.cover
    assert not any(each.isEnabled() for each in live.lesson.panel.text.trials.values())
    live.lesson.show_chapter(0)
    text = live.lesson.panel.text
    assert live.stack.currentWidget() is live.monitor
    assert text.restore_button.isEnabled()
    assert not text.trials["bold"].isEnabled()
    assert "0.25" in live.lesson.panel.narration.text()


def test_another_chapter_starts_when_the_one_before_was_stopped_and_kept(live, session, qtbot):
    live.lesson.show_chapter(2)
    assert "stopped and kept" in live.lesson.panel.hint.text()
    live.lesson.panel.start_button.click()
    qtbot.waitUntil(lambda: session.lessons == ["simple", "balance"], timeout=WAIT_MS)
    qtbot.waitUntil(live.lesson.panel.text.trials["rest"].isEnabled, timeout=WAIT_MS)
    assert live.stack.currentWidget() is live.monitor
    assert Ask.STOP not in session.asked  # asked once, and answered


def test_a_training_that_ended_can_be_looked_at_and_begun_again(live, session, qtbot):
    end(live, session, qtbot)
    panel = live.lesson.panel
    assert "has ended and is kept" in panel.narration.text()
    qtbot.waitUntil(panel.start_button.isEnabled, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(live.lesson.run_id()), timeout=WAIT_MS)
    assert live.stack.currentWidget() is live.monitor
    assert not panel.text.trials["average"].isEnabled()
    live.lesson.show_chapter(1)
    assert live.stack.currentWidget() is live.lesson.cover
    live.lesson.show_chapter(0)
    qtbot.waitUntil(lambda: live.stack.currentWidget() is live.monitor, timeout=WAIT_MS)


def test_a_training_of_another_kind_is_let_be(page, session, qtbot):
    page.lesson.panel.leave_button.click()
    page.setup.start_button.click()
    page.lesson.enter()
    assert page.stack.currentWidget() is page.monitor
    assert not page.lesson.panel.start_button.isEnabled()
    assert "when it has ended" in page.lesson.panel.hint.text()
    end(page, session, qtbot)
    qtbot.waitUntil(page.lesson.panel.start_button.isEnabled, timeout=WAIT_MS)


def test_leaving_the_lesson_lets_its_training_go_on(live, session):
    live.lesson.panel.leave_button.click()
    assert session.training is not None
    assert live.stack.currentWidget() is live.monitor


# What is remembered


def test_chapter_and_runs_are_remembered_in_the_project(live, session, qtbot):
    end(live, session, qtbot)
    (run,) = Runs(session.project.runs_folder).list()
    live.lesson.show_chapter(3)
    folder = session.project.folder
    assert session.close_project()
    assert not live.lesson.is_open()
    assert session.open_project(folder)
    assert session.project.choices["lesson"] == {"chapter": "growing", "runs": {"simple": run.id}}
    live.lesson.enter()
    assert live.lesson.panel.chapter().key == "growing"
    live.lesson.show_chapter(0)
    qtbot.waitUntil(lambda: live.monitor.run_id == run.id, timeout=WAIT_MS)


@pytest.mark.parametrize("kept", ["text", {"chapter": 7, "runs": [1]}, {"runs": {"simple": 4}}])
def test_notes_of_another_version_do_no_harm(page, session, kept):
    session.project.choices["lesson"] = kept
    page.lesson.enter()
    assert page.lesson.panel.chapter() is CHAPTERS[0]
    assert page.lesson.run_id() == ""


# Ways on


def test_the_last_chapters_lead_on(page):
    page.lesson.show_chapter(4)
    assert not page.lesson.panel.text.links["explore"].isEnabled()  # nothing was trained
    page.lesson.show_chapter(5)
    links = page.lesson.panel.text.links
    assert not page.lesson.panel.start_button.isVisible()
    wanted: list[str] = []
    page.page_wanted.connect(wanted.append)
    links["dataset"].click()
    links["stylize"].click()
    assert wanted == ["dataset", "stylize"]
    links["train"].click()
    assert page.stack.currentWidget() is page.setup


# The narrator's voice


def test_sentences_are_read_aloud_no_oftener_than_can_be_borne(qtbot, monkeypatch):
    now, aloud = [100.0], []
    monkeypatch.setattr(narration, "monotonic", lambda: now[0])
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: aloud.append(event.message())
    )
    shown = Narration("Narrator")
    qtbot.addWidget(shown)
    shown.tell("one")
    now[0] += 4
    shown.tell("two")
    now[0] += 3
    shown.tell("three")
    assert shown.text() == "three"
    assert aloud == ["one"]
    assert shown._waiting.interval() == 6000  # since "two"
    now[0] += 3
    shown._waiting.timeout.emit()
    assert aloud == ["one", "three"]
    shown.show_quietly("four")
    assert not shown._waiting.isActive()
    assert aloud == ["one", "three"]


def test_the_narrator_speaks_numbers_as_people_write_them(page):
    said = Said(
        1,
        1.0,
        "x",
        "{loss} and {percent} % since {why}",
        (("loss", 0.25), ("percent", 51.0), ("why", "then")),
    )
    page.lesson.panel.hear(said)
    assert page.lesson.panel.narration.text() == "0.25 and 51 % since then"


def test_all_of_the_lesson_can_be_reached_by_keyboard(page):
    for button in page.lesson.panel.findChildren(QPushButton):
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert button.text()


def test_no_chapter_begins_for_somebody_who_leaves_the_project(live, session, qtbot):
    live.lesson.show_chapter(1)
    live.lesson.start()
    session.stop_jobs()
    qtbot.waitUntil(lambda: not session.is_busy(), timeout=WAIT_MS)
    assert session.close_project()
    qtbot.wait(50)  # a chapter that waited would begin now
    assert session.lessons == [CHAPTERS[0].key]
    assert session.training is None


def test_a_chapter_that_cannot_begin_leaves_one_in_the_lesson(page, session, qtbot, monkeypatch):
    def fails(_chapter):
        return session._begin_training(failing_job)

    def failing_job(_poll):
        raise AllAlike(count=24)

    monkeypatch.setattr(session, "start_lesson", fails)
    with qtbot.waitSignal(session.failed, timeout=WAIT_MS):
        page.lesson.start()
    qtbot.waitUntil(lambda: session.training is None, timeout=WAIT_MS)
    assert page.lesson.panel.isVisible()
    assert page.stack.currentWidget() is page.lesson.cover
    assert page.lesson.panel.start_button.isEnabled()
