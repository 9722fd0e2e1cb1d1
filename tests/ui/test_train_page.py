"""The Train page: three questions, a live training, and earlier ones taken up again."""

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ganart.datasets.catalogue import Catalogue
from ganart.engine.asks import Ask
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.curves import curve_log
from ganart.engine.gan.events import CheckpointSaved, Phase, PhaseChanged, Trouble
from ganart.engine.gan.presets import PRESETS
from ganart.errors import DiskFull
from ganart.project.runs import Runs
from ganart.ui.pages.train import TrainPage
from ganart.ui.widgets.picture_view import PictureView
from tests.ui.studio import ScriptedSession, samples, stats

NARROW_PX = 806
"""What the page has of the smallest window, 886 pixels wide."""


@pytest.fixture
def session(qtbot: QtBot, tmp_path, pictures_folder):
    session = ScriptedSession()
    assert session.create_project(tmp_path / "studio")
    with qtbot.waitSignal(session.dataset_changed, timeout=20_000):
        session.add_folders([pictures_folder])
    yield session
    assert session.shutdown(20)


@pytest.fixture
def page(session, qtbot: QtBot) -> TrainPage:
    page = TrainPage(session)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    qtbot.waitUntil(page.setup.start_button.isEnabled)
    return page


def rows(page: TrainPage) -> int:
    return len(page.monitor.curves.plot.buffer)


@pytest.fixture
def live(page, session, qtbot: QtBot) -> TrainPage:
    page.setup.start_button.click()
    qtbot.waitUntil(lambda: rows(page) == 4)
    qtbot.waitUntil(lambda: len(page.monitor.samples._moments) == 4)  # may come in the next report
    qtbot.waitUntil(lambda: page.runs.list.count() == 1)
    return page


def end(page: TrainPage, session: ScriptedSession, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.training_changed):
        page.monitor.controls.stop_button.click()


# Before


def test_the_first_screen_counts_the_pictures_and_leads_to_them(page, qtbot):
    assert "24" in page.setup.pictures.label.text()
    with qtbot.waitSignal(page.page_wanted) as wanted:
        page.setup.pictures.button.click()
    assert wanted.args == ["dataset"]


def test_without_pictures_no_training_can_start(qtbot, tmp_path):
    session = ScriptedSession()
    assert session.create_project(tmp_path / "empty")
    page = TrainPage(session)
    qtbot.addWidget(page)
    assert not page.setup.start_button.isEnabled()
    assert not page.setup.estimate.button.isEnabled()
    assert page.setup.pictures.button.isEnabled()
    assert session.shutdown(20)


def test_one_picture_is_too_few(page):
    page.setup.set_counts(1, 0)
    assert not page.setup.start_button.isEnabled()
    assert not page.setup.estimate.button.isEnabled()
    assert "at least two" in page.setup.pictures.label.text()
    page.setup.set_counts(2, 0)
    assert page.setup.start_button.isEnabled()
    assert "at least two" not in page.setup.pictures.label.text()


def test_excluded_pictures_do_not_count_as_ready(page, session, qtbot):
    with Catalogue(session.project.catalogue_path) as catalogue:
        paths = [row.path for row in catalogue.pictures()]
    session.curation.set_weight(paths[:4], 0.0, "exclude")
    qtbot.waitUntil(lambda: "excluded: 4" in page.setup.pictures.label.text())
    assert "20" in page.setup.pictures.label.text()
    session.curation.set_weight(paths[:23], 0.0, "exclude")
    qtbot.waitUntil(lambda: not page.setup.start_button.isEnabled())


def test_a_dataset_of_which_all_is_excluded_is_not_called_empty(page, session, qtbot):
    with Catalogue(session.project.catalogue_path) as catalogue:
        paths = [row.path for row in catalogue.pictures()]
    session.curation.set_weight(paths, 0.0, "exclude")
    qtbot.waitUntil(lambda: not page.setup.start_button.isEnabled())
    assert "All pictures are excluded, 24" in page.setup.pictures.label.text()
    session.curation.stack.undo()
    qtbot.waitUntil(page.setup.start_button.isEnabled)


def test_a_damaged_catalogue_does_not_keep_the_page_from_opening(qtbot, tmp_path):
    session = ScriptedSession()
    assert session.create_project(tmp_path / "damaged")
    qtbot.waitUntil(lambda: not session.is_busy())
    session.project.catalogue_path.unlink()
    session.project.catalogue_path.mkdir()  # as bad as it gets: it cannot even be set aside
    page = TrainPage(session)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: not session.is_busy())
    assert not page.setup.start_button.isEnabled()
    assert session.shutdown(20)


def test_a_preset_fills_the_form_and_the_time(page):
    for preset in PRESETS:
        page.setup.presets.choose(preset.key)
        assert page.setup.config() == preset.config


def test_a_time_is_chosen_by_a_button_or_typed(page):
    page.setup.time._times.button(30).click()
    assert page.setup.config().minutes == 30
    page.setup.minutes.setValue(7.5)
    assert page.setup.time._times.checkedId() == -1
    assert page.setup.config().minutes == 7.5


def test_an_estimate_is_given_in_plain_words_until_something_changes(page, qtbot):
    page.setup.estimate.button.click()
    qtbot.waitUntil(page.setup.estimate.button.isEnabled)
    text = page.setup.estimate.answer.text()
    assert "41" in text
    assert "10 min" in text
    assert "286.1 MB" in text
    page.setup.form.rows["batch"].field.setValue(64)
    assert page.setup.estimate.answer.text() == ""


@pytest.mark.parametrize("deed", ["start", "resume", "edit"])
def test_a_measurement_under_way_gives_way_to_what_is_done_next(page, session, qtbot, deed):
    session.estimates_hang = True
    page.setup.estimate.button.click()
    assert not page.setup.estimate.button.isEnabled()
    if deed == "edit":
        page.setup.form.rows["batch"].field.setValue(64)
        assert page.setup.estimate.button.isEnabled()
    elif deed == "start":
        page.setup.start_button.click()
        assert session.training is not None
    else:
        page.resume(keep_run(session, steps=2), 0.0)
        assert session.training is not None
    assert page.setup.estimate.answer.text() == ""
    measuring = [run for run in session._runs if run.name == "estimate"]
    assert all(run.is_stopping() for run in measuring)


def test_the_choices_are_remembered_in_the_project(live, session, qtbot):
    end(live, session, qtbot)
    live.setup.presets.choose("sketch-64")
    live.setup.form.rows["batch"].field.setValue(8)
    live.setup.minutes.setValue(3.0)
    live.setup.start_button.click()
    end(live, session, qtbot)
    again = TrainPage(session)
    qtbot.addWidget(again)
    assert again.setup.presets.choice() == "sketch-64"
    assert again.setup.config() == session.configs[-1]
    assert session.configs[-1].batch == 8


@pytest.mark.parametrize(
    "kept",
    [
        None,
        3,
        {"preset": "gone"},
        {"preset": []},
        {"preset": "sketch-64", "config": {"batch": "many"}},
    ],
)
def test_odd_remembered_choices_are_passed_over(page, kept):
    page.setup.recall({"train": kept})
    assert isinstance(page.setup.config(), TrainConfig)


# While it runs


def test_keys_go_to_the_training_once_it_is_started_by_one(page, qtbot):
    page.activateWindow()
    page.setup.start_button.setFocus()
    qtbot.waitUntil(page.setup.start_button.hasFocus)
    qtbot.keyClick(page.setup.start_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.monitor)
    assert page.monitor.tabs.tabBar().hasFocus()


def test_a_training_shows_curves_samples_and_facts(live):
    assert live.stack.currentWidget() is live.monitor
    np.testing.assert_array_equal(
        live.monitor.curves.plot.buffer.column("pictures"), [10, 20, 30, 40]
    )
    assert live.monitor.samples.view.image().pixelColor(0, 0).red() == 4
    assert "40" in live.monitor.status.facts.text()
    assert live.monitor.title.text() == "Sketch 32  #1"
    assert not live.setup.start_button.isEnabled()


def test_when_the_time_is_up_it_says_what_is_still_done(live):
    spent = replace(stats(5), progress=1.0, time_left_s=0.0)
    live.monitor._on_reported([spent])
    assert "left" not in live.monitor.status.state.text()
    assert "measuring and saving" in live.monitor.status.state.text()
    live.monitor._on_reported([stats(6)])  # it was given more time
    assert "left" in live.monitor.status.state.text()


def test_a_new_training_begins_with_its_curves_in_front(live, session, qtbot):
    tabs = live.monitor.tabs
    tabs.setCurrentWidget(tabs.moments)
    session.training.stop()
    qtbot.waitUntil(lambda: session.training is None)
    live.show_setup()
    live.setup.start_button.click()
    assert tabs.currentWidget() is tabs.curves
    assert live.monitor.pictures.currentWidget() is live.monitor.samples


def test_the_scrubber_goes_back_to_earlier_samples(live, qtbot):
    view, scrubber = live.monitor.samples.view, live.monitor.samples.scrubber
    scrubber.slider.setValue(1)
    qtbot.waitUntil(lambda: grey(view) == 2)
    live.monitor.samples.append(samples(9))
    assert grey(view) == 2
    scrubber.latest_button.click()
    assert grey(view) == 9


def test_samples_that_could_not_be_written_do_not_pile_up(live, qtbot):
    shown = live.monitor.samples
    for step in range(5, 9):
        shown.append(samples(step))
    assert [moment.pictures for moment in shown._moments] == [10, 20, 30, 40, 80]
    assert grey(shown.view) == 8
    assert "80" in shown.scrubber.caption.text()
    shown.scrubber.slider.setValue(0)
    qtbot.waitUntil(lambda: grey(shown.view) == 1)
    shown.append(samples(9))
    assert grey(shown.view) == 1
    shown.scrubber.latest_button.click()
    assert grey(shown.view) == 9


def grey(view: PictureView) -> int:
    return view.image().pixelColor(0, 0).red()


def test_asks_reach_the_training(live, session, qtbot):
    live.monitor.controls.sample_button.click()
    live.monitor.controls.save_button.click()
    qtbot.waitUntil(lambda: session.asked == [Ask.SAMPLE, Ask.SAVE])


def test_pause_holds_and_resume_goes_on(live, session):
    controls = live.monitor.controls
    controls.pause_button.click()
    assert session.training.is_paused()
    assert not controls.sample_button.isEnabled()
    assert "Paused" in live.monitor.status.state.text()
    controls.pause_button.click()
    assert not session.training.is_paused()
    assert controls.sample_button.isEnabled()


def test_a_stop_from_the_menu_is_followed(live, session, qtbot):
    controls = live.monitor.controls
    with qtbot.waitSignal(session.training_changed):
        session.training.stop()
        assert "Stopping" in live.monitor.status.state.text()
        assert not controls.stop_button.isEnabled()
        assert not controls.pause_button.isEnabled()
        live.monitor.toggle_pause()
        assert not session.training.is_paused()


def test_samples_and_checkpoints_cannot_be_asked_for_before_the_training(page, session, qtbot):
    def prepares(poll):
        yield PhaseChanged(Phase.PREPARING, 1, 24)
        while poll() is not Ask.STOP:
            threading.Event().wait(0.005)

    with qtbot.waitSignal(session._begin_training(prepares).reported):
        pass
    controls = page.monitor.controls
    assert controls.stop_button.isEnabled()
    assert not controls.sample_button.isEnabled()
    assert not controls.save_button.isEnabled()


def test_stop_keeps_the_run_and_offers_to_go_on(live, session, qtbot):
    end(live, session, qtbot)
    controls = live.monitor.controls
    assert controls.currentWidget().isAncestorOf(controls.resume_button)
    assert len(Runs(session.project.runs_folder).list()) == 1
    with qtbot.waitSignal(live.explore_wanted) as wanted:
        controls.explore_button.click()
    assert wanted.args == [live.monitor.run_id]


def test_the_end_of_a_training_leaves_alone_who_sets_up_the_next(live, session, qtbot):
    live.runs.new_button.click()
    live.setup.form.rows["batch"].field.setValue(8)
    with qtbot.waitSignal(session.training_changed):
        session.training.stop()
    qtbot.waitUntil(lambda: not session.is_busy())
    assert live.stack.currentWidget() is live.setup
    assert live.setup.config().batch == 8


def test_another_run_cannot_be_opened_while_one_trains_and_why_is_told(live, session, qtbot):
    other = keep_run(session, steps=2)
    with qtbot.waitSignal(session.notice) as told:
        live.open_run(other)
    assert "ended" in told.args[0]
    assert live.stack.currentWidget() is live.monitor
    assert live.monitor.run_id != other


def test_discarding_a_live_training_takes_two_clicks_and_leaves_nothing(live, session, qtbot):
    button = live.monitor.controls.discard_buttons[0]
    button.click()
    assert session.training is not None
    with qtbot.waitSignal(session.training_changed):
        button.click()
    qtbot.waitUntil(lambda: not live.runs.isVisible())
    assert Runs(session.project.runs_folder).list() == ()
    assert live.stack.currentWidget() is live.setup


def test_everything_fits_into_the_smallest_window(live):
    record = replace(stats(60), pictures=10**6, skipped_steps=9, time_left_s=5e3, elapsed_s=8e3)
    live.monitor._on_reported([PhaseChanged(Phase.TRAINING), record])
    live.resize(NARROW_PX, 560)
    QApplication.processEvents()
    assert live.width() == NARROW_PX
    for part in live.monitor.findChildren(QWidget):
        if part.isVisible():
            right = part.mapTo(live, QPoint(part.width(), 0)).x()
            assert right <= NARROW_PX, (type(part).__name__, right)
    view = live.monitor.curves.plot._view
    for plot in live.monitor.curves.plot._plots:
        title = plot.titleLabel.item
        assert title.mapRectToScene(title.boundingRect()).right() <= view.width()
        assert plot.getViewBox().sceneBoundingRect().right() <= view.width()
    for text in (live.monitor.status.state, live.monitor.status.facts):
        assert text.width() >= text.sizeHint().width()


def test_a_trouble_that_ends_nothing_is_told(live):
    live.monitor._on_reported([Trouble(DiskFull(folder="here", needed="9 MB", free="1 MB"))])
    assert "9 MB" in live.monitor.notice.text()
    live.monitor._on_reported([CheckpointSaved(Path("a"), 9, 90, 1000, None, best=False)])
    assert "9 MB" in live.monitor.notice.text()  # the next one may fit: the trouble stays told
    assert "Saved" in live.monitor.notice.text()
    assert live.monitor.is_live()


def test_a_failure_before_there_is_a_run_leads_back_to_the_questions(page, session, qtbot):
    def fails(_poll):
        raise DiskFull(folder="here", needed="9 MB", free="1 MB")
        yield

    with qtbot.waitSignal(session.failed):
        session._begin_training(fails)
    qtbot.waitUntil(lambda: session.training is None)
    assert page.stack.currentWidget() is page.setup


# Afterwards


def test_an_earlier_run_is_opened_with_its_curves_and_grids(page, session, qtbot):
    run_id = keep_run(session, steps=6)
    page.read_runs()
    qtbot.waitUntil(lambda: page.runs.list.count() == 1)
    page.runs.list.setCurrentRow(0)
    qtbot.waitUntil(lambda: rows(page) == 6)
    assert page.monitor.run_id == run_id
    qtbot.waitUntil(lambda: not page.monitor.samples.view.image().isNull())
    assert page.monitor.samples.view.image().pixelColor(0, 0).red() == 6
    page.monitor.samples.scrubber.slider.setValue(0)
    qtbot.waitUntil(lambda: page.monitor.samples.view.image().pixelColor(0, 0).red() == 3)
    assert "30" in page.monitor.samples.scrubber.caption.text()


def test_a_resumed_run_joins_its_curves_without_a_seam(page, session, qtbot):
    run_id = keep_run(session, steps=6)
    page.open_run(run_id)
    qtbot.waitUntil(lambda: rows(page) == 6)
    session.begin_at = 5  # the last checkpoint was made after step 4
    page.monitor.controls.resume_button.click()
    qtbot.waitUntil(lambda: rows(page) == 8)
    pictures = page.monitor.curves.plot.buffer.column("pictures")
    np.testing.assert_array_equal(pictures, 10 * np.arange(1, 9))
    samples = page.monitor.samples
    qtbot.waitUntil(lambda: samples._moments[-1].pictures == 80)  # may come in the next report
    assert [moment.pictures for moment in samples._moments] == [30, 50, 60, 70, 80]


def test_a_long_reason_of_a_failure_does_not_widen_the_page(page, session, qtbot):
    runs = Runs(session.project.runs_folder)
    reason = "There is not enough room in /a/folder/far/away. " * 10
    record = replace(runs.create({"minutes": 9.0}, "sketch-32"), status="failed", message=reason)
    runs.update(record)
    width = page.monitor.minimumSizeHint().width()
    page.open_run(record.id)
    qtbot.waitUntil(lambda: page.monitor.run_id == record.id)
    assert page.monitor.status.state.text() == "Failed."
    assert page.monitor.notice.text() == reason
    assert page.monitor.minimumSizeHint().width() <= max(width, 1000)


@pytest.mark.parametrize(
    ("budget", "done", "offered", "minutes"),
    [
        ({"minutes": 480.0}, {"status": "failed", "elapsed_s": 3600.0}, "the rest, 7 h", 0.0),
        ({"minutes": 480.0}, {"status": "running", "elapsed_s": 0.0}, "the rest, 8 h", 0.0),
        ({"minutes": 0.0, "pictures": 900}, {"status": "stopped", "pictures": 600}, "the rest", 0),
        ({"minutes": 10.0}, {"status": "finished", "elapsed_s": 600.0}, "10 min", 10.0),
        ({"minutes": 10.0}, {"status": "failed", "elapsed_s": 601.0}, "10 min", 10.0),
        ({"minutes": 0, "pictures": 900}, {"status": "finished", "pictures": 900}, "10 min", 10.0),
    ],
)
def test_going_on_means_the_rest_of_the_budget_or_else_ten_minutes(
    page, session, qtbot, budget, done, offered, minutes
):
    runs = Runs(session.project.runs_folder)
    record = replace(runs.create(budget, "sketch-32"), **done)
    runs.update(record)
    page.open_run(record.id)
    controls = page.monitor.controls
    qtbot.waitUntil(lambda: page.monitor.run_id == record.id)
    assert controls.minutes.text() == offered
    controls.resume_button.click()
    assert session.minutes_more == minutes


def test_another_time_to_go_on_for_can_be_chosen(page, session, qtbot):
    page.open_run(keep_run(session, steps=2))
    qtbot.waitUntil(lambda: rows(page) == 2)
    page.monitor.controls.minutes.stepUp()
    assert page.monitor.controls.minutes.text() == "10 min"
    page.monitor.controls.minutes.selectAll()
    qtbot.keyClicks(page.monitor.controls.minutes, "25")
    page.monitor.controls.resume_button.click()
    assert session.minutes_more == 25


def test_samples_are_saved_as_a_picture(live, tmp_path):
    target = tmp_path / "Bücher und Bilder" / "samples.png"
    target.parent.mkdir()
    live.monitor.samples.save_to(target)
    assert target.stat().st_size > 0


def test_closing_the_project_forgets_its_runs(live, session):
    assert session.close_project(20)
    assert live.runs.list.count() == 0
    assert not live.setup.start_button.isEnabled()


def test_everything_that_takes_the_focus_has_a_name(live):
    nameless = [
        widget
        for widget in live.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
        if not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


def test_the_page_fits_into_a_mirrored_layout_with_pictures_as_they_are(page):
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    left_to_right = Qt.LayoutDirection.LeftToRight
    assert page.setup.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert page.monitor.samples.view.layoutDirection() is left_to_right
    assert page.monitor.samples.scrubber.slider.layoutDirection() is left_to_right


def keep_run(session: ScriptedSession, steps: int) -> str:
    """Leave a stopped run on disk as the engine does."""
    runs = Runs(session.project.runs_folder)
    record = runs.create({"side": 32, "minutes": 10.0, "batch": 32}, "sketch-32")
    folder = runs.folder(record.id)
    with curve_log(folder) as log:
        for step in range(1, steps + 1):
            log.add(stats(step))
    for step in (steps // 2, steps):
        samples(step, folder)
    return record.id


def test_no_branch_begins_for_somebody_who_leaves_the_project(live, session, qtbot):
    live.go_back(3, {})
    session.stop_jobs()
    qtbot.waitUntil(lambda: not session.is_busy(), timeout=20_000)
    assert session.close_project()
    qtbot.wait(50)  # a branch that waited would begin now
    assert session.branched == []
    assert session.training is None
