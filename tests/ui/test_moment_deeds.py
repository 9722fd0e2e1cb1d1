"""What is made of a kept moment: a new training that begins there, and films."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from ganart.engine.gan.branch import checkpoint_path
from ganart.project.runs import Runs
from ganart.project.stars import starred
from ganart.ui.pages.moment_dialogs import BranchDialog, TimelapseDialog
from ganart.ui.pages.moment_seeds import DEFAULT
from ganart.ui.pages.train import TrainPage
from ganart.ui.pages.train_moments import TrainMoments
from ganart.workers.moments import TimelapsePlan
from tests.ui.kept_moments import SIDE, make_run, settle, shown_moments, steps
from tests.ui.studio import WAIT_MS, ScriptedSession, samples

STEPS = (3, 5, 9)


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[ScriptedSession]:
    session = ScriptedSession()
    assert session.create_project(tmp_path / "studio")
    yield session
    assert session.shutdown(20)


@pytest.fixture
def run_id(session: ScriptedSession) -> str:
    return make_run(session.project, STEPS)


@pytest.fixture
def folder(session: ScriptedSession, run_id: str) -> Path:
    return Runs(session.project.runs_folder).folder(run_id)


@pytest.fixture
def moments(session: ScriptedSession, run_id: str, qtbot: QtBot) -> Iterator[TrainMoments]:
    moments = shown_moments(session, run_id, qtbot)
    yield moments
    moments.stop()


# Branches


@pytest.fixture
def page(session: ScriptedSession, run_id: str, qtbot: QtBot) -> Iterator[TrainPage]:
    page = TrainPage(session)
    qtbot.addWidget(page)
    page.resize(1100, 720)
    page.show()
    page.open_run(run_id)
    qtbot.waitUntil(lambda: page.monitor.run_id == run_id, timeout=WAIT_MS)
    page.monitor.tabs.setCurrentWidget(page.monitor.tabs.moments)
    qtbot.waitUntil(lambda: steps(page.monitor.tabs.moments) == list(STEPS), timeout=WAIT_MS)
    settle(page.monitor.tabs.moments, qtbot)
    yield page
    page.monitor.stop_loading()


def test_the_pictures_of_the_moment_stand_where_the_samples_stood(page):
    assert page.monitor.pictures.currentWidget() is page.monitor.tabs.moments.stage
    page.monitor.tabs.setCurrentIndex(0)
    assert page.monitor.pictures.currentWidget() is page.monitor.samples


def test_a_branch_begins_at_the_moment_for_as_long_as_wanted(page, session, run_id, qtbot):
    moments = page.monitor.tabs.moments
    moments.choose(1)
    settle(moments, qtbot)
    moments.deeds.branch(moments.moment(), 7.5)
    qtbot.waitUntil(lambda: session.branched == [(run_id, 5, {})], timeout=WAIT_MS)
    assert session.minutes_more == 7.5
    qtbot.waitUntil(lambda: page.monitor.run_id not in ("", run_id), timeout=WAIT_MS)
    assert moments.shelf.run_id() == page.monitor.run_id
    assert starred(Runs(session.project.runs_folder).folder(run_id)) == frozenset()
    session.training.stop()
    qtbot.waitUntil(lambda: session.training is None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not session.is_busy(), timeout=WAIT_MS)


def test_a_live_training_is_stopped_for_a_branch(page, session, run_id, folder, qtbot):
    page.resume(run_id, 1.0)
    moments = page.monitor.tabs.moments
    settle(moments, qtbot)
    moments.choose(0)
    moments.deeds.branch(moments.moment(), 0.0)
    qtbot.waitUntil(lambda: session.branched == [(run_id, 3, {})], timeout=WAIT_MS)
    assert starred(folder) == frozenset()
    session.training.stop()
    qtbot.waitUntil(lambda: session.training is None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not session.is_busy(), timeout=WAIT_MS)


def test_the_question_of_a_branch_says_what_becomes_of_the_old_run(moments, qtbot):
    def texts(dialog: BranchDialog) -> str:
        return " ".join(each.text() for each in dialog.findChildren(type(moments.notice)))

    rests = BranchDialog(moments.moment(), "the rest, 50 s", is_live=False)
    spent = BranchDialog(moments.moment(), "", is_live=True)
    for dialog in (rests, spent):
        qtbot.addWidget(dialog)
        dialog.show()
    assert "stays as it is" in texts(rests)
    assert "stopped and kept" in texts(spent)
    assert rests.minutes_wanted() == 0
    assert spent.minutes_wanted() > 0
    spent.minutes.setValue(0)
    assert spent.minutes_wanted() > 0


def answer(accept: bool) -> list[QDialog]:
    """Answer the next question as soon as it is asked; returns where it will stand."""
    asked: list[QDialog] = []

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        asked.append(dialog)
        if accept:
            dialog.accept()
        else:
            dialog.reject()

    QTimer.singleShot(0, act)
    return asked


def test_both_buttons_ask_before_they_act(moments, session, qtbot):
    wanted: list[tuple[int, float]] = []
    moments.branch_wanted.connect(lambda step, minutes: wanted.append((step, minutes)))
    moments.choose(0)
    settle(moments, qtbot)
    for accept in (False, True):
        asked = answer(accept)
        moments.deeds.branch_button.click()
        assert isinstance(asked[0], BranchDialog)
    assert wanted == [(3, 0.0)]  # what is left of a minute
    for accept in (False, True):
        asked = answer(accept)
        moments.deeds.film_button.click()
        assert isinstance(asked[0], TimelapseDialog)
        assert moments.deeds.exports.is_busy() is accept
    moments.deeds.exports.cancel()
    qtbot.waitUntil(lambda: not moments.deeds.exports.is_busy(), timeout=WAIT_MS)


# The film


def test_a_film_of_the_seeds_goes_to_the_gallery_and_is_told(moments, session, qtbot):
    dialog = TimelapseDialog(DEFAULT, QSize(SIDE, SIDE), 3, QSize(0, 0), 0)
    qtbot.addWidget(dialog)
    dialog.seconds.setValue(0.5)
    dialog.fps.setValue(10)
    dialog.format.setCurrentIndex(dialog.format.findData(".webp"))
    plan = dialog.plan()
    assert (plan.seeds, plan.frames) == (DEFAULT, 5)
    assert dialog.size_choice.currentText() == "448 × 448 px"
    with (
        qtbot.waitSignal(session.artworks_changed, timeout=WAIT_MS),
        qtbot.waitSignal(session.notice, timeout=WAIT_MS) as told,
    ):
        moments.deeds.save_film(plan)
        assert not moments.deeds.film_button.isEnabled()
    (film,) = session.project.artworks_folder.glob("time-lapse*")
    assert film.name in told.args[0]
    assert film.suffix == ".webp"
    qtbot.waitUntil(moments.deeds.film_button.isEnabled, timeout=WAIT_MS)
    assert moments.deeds.exports.show_button.isVisible()


def test_the_samples_can_be_filmed_as_they_were_drawn(moments, session, folder, qtbot):
    for step in (1, 2):
        samples(step, folder)
    moments.refresh()
    settle(moments, qtbot)
    found = moments._found
    assert (found.grids, found.grid_size) == (2, (16, 16))
    dialog = TimelapseDialog(DEFAULT, QSize(SIDE, SIDE), 1, QSize(*found.grid_size), found.grids)
    qtbot.addWidget(dialog)
    assert dialog.what.count() == 1  # one moment makes no film
    assert dialog.plan().seeds == ()
    assert dialog.size_choice.itemText(0) == "16 × 16 px"


def test_a_film_that_is_cancelled_leaves_nothing(moments, session, qtbot):
    moments.deeds.save_film(TimelapsePlan(seeds=DEFAULT, seconds=600.0))
    moments.deeds.exports.cancel_button.click()
    qtbot.waitUntil(lambda: not moments.deeds.exports.is_busy(), timeout=WAIT_MS)
    assert not list(session.project.artworks_folder.rglob("*time-lapse*"))


def test_a_film_of_what_is_gone_is_told_by_the_session(moments, session, folder, qtbot):
    for step in STEPS[:2]:
        checkpoint_path(folder, step).unlink()
    with qtbot.waitSignal(session.failed, timeout=WAIT_MS) as told:
        moments.deeds.save_film(TimelapsePlan(seeds=DEFAULT))
    assert "too few" in told.args[0].text
    qtbot.waitUntil(lambda: not moments.deeds.exports.is_busy(), timeout=WAIT_MS)
