"""What is told beside a training: quality, copied and ignored pictures, changes on the way."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ganart.datasets.catalogue import Catalogue
from ganart.engine.asks import Ask, Change
from ganart.engine.gan.audits import write_audit
from ganart.engine.gan.config import LIVE, TrainConfig
from ganart.engine.gan.curves import MEASURES, curve_log
from ganart.engine.gan.events import Audit, Copy, Ignored, Mark, Marked, Measured
from ganart.engine.gan.idle_options import idle_options
from ganart.engine.gan.marks import add_mark
from ganart.project.runs import Runs
from ganart.ui.pages import coach_words
from ganart.ui.pages.train import TrainPage
from ganart.ui.pages.train_tabs import TrainTabs
from tests.ui.studio import WAIT_MS, ScriptedSession, stats

CONFIG = TrainConfig(side=32)
CHANGED = Marked(4, 40, 4.0, Mark.CHANGED, "calmer", (("learning_rate", 5e-4),))
TROUBLE = Marked(3, 30, 3.0, Mark.TROUBLE, "Only {share} of it.", values=(("share", 0.123456),))


def measured(step: int) -> Measured:
    return Measured(step, 10 * step, float(step), 0.2, 30.0, 0.1, 0.9, 0.8, 0.7, 0.0, float("nan"))


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path, pictures_folder: Path) -> Iterator[ScriptedSession]:
    session = ScriptedSession()
    assert session.create_project(tmp_path / "studio")
    with qtbot.waitSignal(session.dataset_changed, timeout=WAIT_MS):
        session.add_folders([pictures_folder])
    yield session
    assert session.shutdown(20)


@pytest.fixture
def paths(session: ScriptedSession) -> list[Path]:
    with Catalogue(session.project.catalogue_path) as catalogue:
        return [row.path for row in catalogue.pictures()]


@pytest.fixture
def audit(paths: list[Path]) -> Audit:
    grey = np.full((8, 8, 3), 99, np.uint8)
    copies = (Copy(3, paths[0], True, 0.25, grey), Copy(8, paths[1], False, 0.4, grey))
    return Audit(6, copies, tuple(Ignored(path, 2.5) for path in paths[2:5]))


@pytest.fixture
def tabs(session: ScriptedSession, qtbot: QtBot) -> Iterator[TrainTabs]:
    tabs = TrainTabs(session)
    qtbot.addWidget(tabs)
    tabs.resize(620, 560)
    tabs.show_config(asdict(CONFIG))
    tabs.show()
    yield tabs
    tabs.stop()


def weights(session: ScriptedSession) -> dict[Path, float]:
    with Catalogue(session.project.catalogue_path) as catalogue:
        return {row.path: row.weight for row in catalogue.pictures() if row.weight != 1}


# Quality


def test_measures_become_points_and_what_was_not_measured_a_dash(tabs: TrainTabs) -> None:
    for step in (1, 2, 3):
        assert tabs.hear(measured(step))
    plot = tabs.quality.plot
    assert len(plot.buffer) == 3
    tabs.quality._on_pointed(2)
    assert "0.7" in tabs.quality.values.text()
    assert "–" in tabs.quality.values.text()
    tabs.clear()
    assert len(plot.buffer) == 0


def test_records_of_others_are_left_to_them(tabs: TrainTabs) -> None:
    assert not tabs.hear(object())


# Markers


def test_markers_stand_on_both_plots_with_their_words(tabs: TrainTabs) -> None:
    for step in (1, 2, 3, 4):
        tabs.hear(stats(step))
        tabs.hear(measured(step))
    tabs.hear(TROUBLE)
    tabs.hear(CHANGED)
    for plot in (tabs.curves.plot, tabs.quality.plot):
        told = [mark.text for row in range(4) for mark in plot.marks_at(row)]
        assert "Trouble: Only 0.123 of it." in told
        assert "Changed: calmer" in told
    tabs.clear()
    for step in (1, 2, 3, 4):
        tabs.hear(stats(step))
    assert not [mark for row in range(4) for mark in tabs.curves.plot.marks_at(row)]


def test_every_kind_of_marker_has_words() -> None:
    told = {coach_words.mark_text(Marked(1, 1, 1.0, mark, "")) for mark in Mark}
    assert len(told) == len(Mark)


# Copied and ignored


def test_an_audit_shows_pairs_and_what_is_ignored(
    tabs: TrainTabs, audit: Audit, qtbot: QtBot
) -> None:
    assert tabs.audit.copies.model().rowCount() == 0
    tabs.hear(audit)
    copies, ignored = tabs.audit.copies.model(), tabs.audit.ignored.model()
    assert (copies.rowCount(), ignored.rowCount()) == (2, 3)
    tip = copies.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "mirrored" in tip
    assert str(audit.copies[0].original) in tip
    assert "mirrored" not in copies.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    tabs.setCurrentWidget(tabs.audit)
    qtbot.waitUntil(
        lambda: copies.index(1, 0).data(Qt.ItemDataRole.DecorationRole) is not None, timeout=WAIT_MS
    )


@pytest.mark.parametrize("mirrored", [False, True])
def test_the_generated_picture_of_a_pair_comes_first(
    tabs: TrainTabs, audit: Audit, qtbot: QtBot, mirrored: bool
) -> None:
    cards = tabs.audit.copies
    if mirrored:
        cards.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    tabs.hear(audit)
    tabs.setCurrentWidget(tabs.audit)
    index = cards.model().index(0, 0)
    qtbot.waitUntil(lambda: index.data(Qt.ItemDataRole.DecorationRole), timeout=WAIT_MS)
    card = cards.grab(cards.visualRect(index)).toImage()
    first, second = (card.pixelColor(x, 50) for x in (60, card.width() - 60))
    if mirrored:
        first, second = second, first
    assert first.getRgb()[:3] == (99, 99, 99)
    assert second.getRgb()[:3] != (99, 99, 99)


def test_a_good_audit_says_so(tabs: TrainTabs) -> None:
    tabs.hear(Audit(6, (), ()))
    assert tabs.audit.copies_text.text().startswith("No.")
    assert tabs.audit.ignored_text.text()
    assert not tabs.audit.exclude_button.isEnabled()


def test_ignored_pictures_are_excluded_or_shown_more_and_that_is_taken_back(
    tabs: TrainTabs, audit: Audit, session: ScriptedSession, qtbot: QtBot
) -> None:
    tabs.hear(audit)
    tabs.setCurrentWidget(tabs.audit)
    assert not tabs.audit.exclude_button.isEnabled()
    tabs.audit.ignored.selectAll()
    chosen = [each.original for each in audit.ignored]
    tabs.audit.often_button.click()
    qtbot.waitUntil(lambda: weights(session) == dict.fromkeys(chosen, 2.0), timeout=WAIT_MS)
    tabs.audit.exclude_button.click()
    qtbot.waitUntil(lambda: weights(session) == dict.fromkeys(chosen, 0.0), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: session.curation.stack.count() == 2)
    tabs.audit.undo_button.click()
    qtbot.waitUntil(lambda: weights(session) == dict.fromkeys(chosen, 2.0), timeout=WAIT_MS)


def test_the_training_that_runs_takes_the_choice_over(
    tabs: TrainTabs, audit: Audit, session: ScriptedSession, qtbot: QtBot
) -> None:
    run = session.start_training(CONFIG, "sketch-32")
    tabs.hear(audit)
    tabs.audit.ignored.selectAll()
    tabs.audit.exclude_button.click()
    qtbot.waitUntil(lambda: session.asked == [Ask.CURATE], timeout=WAIT_MS)
    run.stop()
    qtbot.waitUntil(lambda: session.training is None, timeout=WAIT_MS)


def test_an_audit_can_be_asked_for_only_while_it_trains(
    tabs: TrainTabs, session: ScriptedSession, qtbot: QtBot
) -> None:
    tabs.set_live(False)
    assert not tabs.audit.look_button.isEnabled()
    run = session.start_training(CONFIG, "sketch-32")
    tabs.set_live(True, has_begun=True)
    tabs.audit.look_button.click()
    qtbot.waitUntil(lambda: session.asked == [Ask.AUDIT], timeout=WAIT_MS)
    run.stop()
    qtbot.waitUntil(lambda: session.training is None, timeout=WAIT_MS)


# Changes


def test_only_options_that_may_change_and_do_something_are_offered(tabs: TrainTabs) -> None:
    shown = {name for name, row in tabs.changes.form.rows.items() if not row.isHidden()}
    assert shown == LIVE - idle_options(asdict(CONFIG))


def test_changes_are_told_in_words_and_reach_the_training(
    tabs: TrainTabs, session: ScriptedSession, qtbot: QtBot
) -> None:
    run = session.start_training(CONFIG, "sketch-32")
    tabs.set_live(True, has_begun=True)
    changes = tabs.changes
    assert not changes.apply_button.isEnabled()
    changes.form.rows["batch"].field.setValue(64)
    changes.form.rows["loss"].field.setCurrentIndex(
        changes.form.rows["loss"].field.findData("hinge")
    )
    assert changes.hint.text() == "Loss As the architecture needs it → Hinge; Batch 32 → 64"
    changes.apply_button.click()
    qtbot.waitUntil(lambda: len(session.asked) == 1, timeout=WAIT_MS)
    (asked,) = session.asked
    assert isinstance(asked, Change)
    assert dict(asked.options) == {"loss": "hinge", "batch": 64}
    tabs.hear(Marked(4, 40, 4.0, Mark.CHANGED, asked.reason, asked.options))
    assert changes.changes() == {}
    assert not changes.apply_button.isEnabled()
    run.stop()
    qtbot.waitUntil(lambda: session.training is None, timeout=WAIT_MS)


def test_a_budget_that_was_added_to_is_shown_without_endless_digits(tabs: TrainTabs) -> None:
    tabs.show_config({**asdict(CONFIG), "minutes": 11.018785833})
    assert tabs.changes.form.rows["minutes"].value() == 11.02
    assert tabs.changes.changes() == {}
    tabs.show_config({**asdict(CONFIG), "minutes": 0.001})
    assert tabs.changes.form.rows["minutes"].value() == 0.001


def test_what_is_being_edited_outlives_a_change_by_the_coach(tabs: TrainTabs) -> None:
    tabs.changes.form.rows["batch"].field.setValue(64)
    tabs.hear(CHANGED)
    assert tabs.changes.changes() == {"batch": 64}
    assert tabs.changes.form.rows["learning_rate"].value() == 5e-4


def test_options_that_clash_are_told_and_not_asked_for(
    tabs: TrainTabs, session: ScriptedSession, qtbot: QtBot
) -> None:
    run = session.start_training(CONFIG, "sketch-32")
    tabs.set_live(True, has_begun=True)
    tabs.changes.form.rows["minutes"].field.setValue(0)
    with qtbot.waitSignal(session.failed):
        tabs.changes.apply_button.click()
    assert session.asked == []
    run.stop()
    qtbot.waitUntil(lambda: session.training is None, timeout=WAIT_MS)


def test_only_changes_can_be_gone_back_before(tabs: TrainTabs, qtbot: QtBot) -> None:
    for mark in (TROUBLE, CHANGED):
        tabs.hear(mark)
    changes = tabs.changes
    changes.moments.setCurrentRow(1)
    assert not changes.back_button.isEnabled()
    changes.moments.setCurrentRow(0)
    with qtbot.waitSignal(tabs.back_wanted) as wanted:
        changes.back_button.click()
    assert wanted.args == [4]


def test_options_of_another_version_leave_the_run_to_be_looked_at(tabs: TrainTabs) -> None:
    tabs.show_config({"batch": "many"})
    tabs.show_config({"batch": 48, "unheard_of": 1})
    assert tabs.changes.form.rows["batch"].value() == 48


# An earlier run


def test_an_earlier_run_shows_all_that_was_found_out(
    session: ScriptedSession, audit: Audit, qtbot: QtBot
) -> None:
    runs = Runs(session.project.runs_folder)
    record = runs.create(asdict(CONFIG), "sketch-32")
    folder = runs.folder(record.id)
    with curve_log(folder) as log:
        for step in (1, 2, 3, 4):
            log.add(stats(step))
    with curve_log(folder, record=Measured, name=MEASURES) as log:
        log.add(measured(2))
        log.add(measured(4))
    for mark in (TROUBLE, CHANGED):
        add_mark(folder, mark)
    write_audit(folder, audit)
    page = TrainPage(session)
    qtbot.addWidget(page)
    page.show()
    page.open_run(record.id)
    tabs = page.monitor.tabs
    qtbot.waitUntil(lambda: len(tabs.quality.plot.buffer) == 2, timeout=WAIT_MS)
    assert len(tabs.curves.plot.buffer) == 4
    assert tabs.curves.plot.marks_at(3)
    assert tabs.changes.moments.count() == 2
    assert tabs.audit.copies.model().rowCount() == 2
    assert not tabs.changes.apply_button.isEnabled()
    qtbot.waitUntil(lambda: not session.is_busy(), timeout=WAIT_MS)
    page.monitor.stop_loading()
