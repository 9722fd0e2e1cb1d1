"""The coach's lights above a training, and what their buttons do."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ganart.engine.asks import Ask, Change
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.curves import curve_log
from ganart.engine.gan.events import Advice, CoachReport, Light, Mark, Marked, Remedy
from ganart.project.runs import Runs
from ganart.ui.pages import coach_words
from ganart.ui.pages.train import TrainPage
from ganart.ui.pages.train_coach import CoachPanel
from ganart.ui.widgets.lamps import Lamps
from tests.ui.studio import WAIT_MS, ScriptedSession, stats

SLOWER = Remedy("Slow it down", Change((("discriminator_rate", 0.5),), "D slower"))
GOOD = Advice("collapse", Light.GOOD, "Varied: {share}.", (("share", 0.91234),))
WINNING = Advice("discriminator", Light.ALARM, "The discriminator wins.", remedy=SLOWER)
COPIES = Advice(
    "memorising",
    Light.WATCH,
    "It may copy {count}.",
    (("count", 12.0),),
    Remedy("Look", audit=True),
)
BROKEN = Advice(
    "nan",
    Light.ALARM,
    "Numbers broke.",
    remedy=Remedy("Go back", Change((("learning_rate", 1e-4),), "slower"), go_back_to=7),
)
KEYS = [
    *("collapse", "discriminator", "oscillation", "nan"),
    *("memorising", "ignored", "leak", "plateau"),
]


def report(*advice: Advice) -> CoachReport:
    return CoachReport(5, 50, 5.0, advice)


@pytest.fixture
def panel(qtbot: QtBot) -> CoachPanel:
    panel = CoachPanel()
    qtbot.addWidget(panel)
    panel.set_live(True)
    return panel


def test_without_a_report_there_is_no_panel(panel: CoachPanel) -> None:
    assert panel.isHidden()
    panel.hear(report(GOOD))
    assert not panel.isHidden()
    panel.clear()
    assert panel.isHidden()


def test_the_gravest_light_is_told_with_its_numbers(panel: CoachPanel) -> None:
    panel.hear(report(GOOD))
    assert panel.sentence.text() == "Varied: 0.912."
    assert not panel.button.isVisibleTo(panel)
    panel.hear(report(GOOD, COPIES))
    assert panel.sentence.text() == "It may copy 12."
    panel.hear(report(GOOD, COPIES, WINNING))
    assert panel.sentence.text() == "The discriminator wins."
    assert panel.button.text() == "Slow it down"


def test_another_light_can_be_chosen_and_stays_so_until_a_graver_one_comes(
    panel: CoachPanel,
) -> None:
    panel.hear(report(GOOD, COPIES))
    panel.lamps.lamps["collapse"].click()
    assert panel.sentence.text() == "Varied: 0.912."
    panel.hear(report(replace(GOOD, values=(("share", 0.5),)), COPIES))
    assert panel.sentence.text() == "Varied: 0.5."
    panel.hear(report(GOOD, COPIES, WINNING))
    assert panel.sentence.text() == "The discriminator wins."


def test_lights_are_told_in_words(panel: CoachPanel) -> None:
    for key in KEYS:
        assert coach_words.name(key) != key
    panel.hear(
        report(
            *(
                replace(GOOD, key=key, light=light)
                for key, light in zip(KEYS, 2 * [*Light], strict=True)
            )
        )
    )
    names = [lamp.accessibleName() for lamp in panel.lamps.lamps.values()]
    assert len(set(names)) == len(KEYS)
    assert all(": " in name for name in names)


def test_a_remedy_is_offered_once(panel: CoachPanel, qtbot: QtBot) -> None:
    panel.hear(report(WINNING))
    with qtbot.waitSignal(panel.remedy_wanted) as wanted:
        panel.button.click()
    assert wanted.args == [SLOWER]
    assert not panel.button.isEnabled()
    again = replace(SLOWER, change=Change((("discriminator_rate", 0.25),), "slower still"))
    panel.hear(report(replace(WINNING, remedy=again)))
    assert panel.button.isEnabled()


def test_a_training_at_rest_can_be_gone_back_in_but_not_changed(panel: CoachPanel) -> None:
    panel.set_live(False)
    panel.hear(report(WINNING))
    assert not panel.button.isEnabled()
    panel.hear(report(BROKEN))
    assert panel.button.isEnabled()
    panel.hear(report(COPIES))
    assert panel.button.isEnabled()


@pytest.mark.parametrize("width", [150, 400, 900])
def test_all_lamps_lie_within_any_width(qtbot: QtBot, width: int) -> None:
    lamps = Lamps()
    qtbot.addWidget(lamps)
    for key in KEYS:
        lamps.set_lamp(key, coach_words.name(key), 1, "good")
    lamps.resize(max(width, lamps.minimumSizeHint().width()), 200)
    lamps.show()
    lamps.layout().activate()
    for lamp in lamps.lamps.values():
        assert lamps.rect().contains(lamp.geometry())


# In a training


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path, pictures_folder: Path) -> Iterator[ScriptedSession]:
    session = ScriptedSession()
    assert session.create_project(tmp_path / "studio")
    with qtbot.waitSignal(session.dataset_changed, timeout=WAIT_MS):
        session.add_folders([pictures_folder])
    yield session
    assert session.shutdown(20)


@pytest.fixture
def live(session: ScriptedSession, qtbot: QtBot) -> TrainPage:
    page = TrainPage(session)
    qtbot.addWidget(page)
    page.resize(1280, 750)
    page.show()
    qtbot.waitUntil(page.setup.start_button.isEnabled)
    page.setup.start_button.click()
    qtbot.waitUntil(lambda: len(page.monitor.curves.plot.buffer) == 4)
    return page


def test_a_remedy_changes_the_training_and_can_be_taken_back(
    live: TrainPage, session: ScriptedSession, qtbot: QtBot
) -> None:
    monitor = live.monitor
    run_id = monitor.run_id
    monitor._on_reported([report(WINNING)])
    monitor.coach.button.click()
    qtbot.waitUntil(lambda: session.asked == [SLOWER.change])
    monitor._on_reported(
        [Marked(4, 40, 4.0, Mark.CHANGED, "D slower", (("discriminator_rate", 0.5),))]
    )
    changes = monitor.tabs.changes
    assert changes.form.rows["discriminator_rate"].value() == 0.5
    assert len(monitor.curves.plot.marks_at(len(monitor.curves.plot.buffer) - 1)) == 1
    changes.moments.setCurrentRow(0)
    assert changes.back_button.isEnabled()
    changes.back_button.click()
    qtbot.waitUntil(lambda: session.branched == [(run_id, 4, {})])
    qtbot.waitUntil(lambda: monitor.run_id not in {"", run_id})
    folder = Runs(session.project.runs_folder).folder(run_id)
    assert folder.exists()  # nothing is thrown away
    monitor.stop()


def test_going_back_as_the_coach_advises_begins_a_new_run_with_its_change(
    live: TrainPage, session: ScriptedSession, qtbot: QtBot
) -> None:
    run_id = live.monitor.run_id
    live.monitor._on_reported([report(BROKEN)])
    live.monitor.coach.button.click()
    qtbot.waitUntil(lambda: session.branched == [(run_id, 7, {"learning_rate": 1e-4})])
    qtbot.waitUntil(lambda: live.monitor.run_id not in {"", run_id})
    assert live.monitor.coach.isHidden()  # what was said was of the other run
    live.monitor.stop()


def test_looking_at_the_pictures_asks_for_an_audit_and_shows_where_it_comes(
    live: TrainPage, session: ScriptedSession, qtbot: QtBot
) -> None:
    live.monitor._on_reported([report(COPIES)])
    live.monitor.coach.button.click()
    qtbot.waitUntil(lambda: session.asked == [Ask.AUDIT])
    assert live.monitor.tabs.currentWidget() is live.monitor.tabs.audit
    live.monitor.stop()


def test_a_training_that_is_opened_again_is_judged_by_its_curves(
    session: ScriptedSession, qtbot: QtBot
) -> None:
    runs = Runs(session.project.runs_folder)
    record = runs.create(asdict(TrainConfig()), "sketch-32")
    with curve_log(runs.folder(record.id)) as curves:
        for step in range(1, 41):
            curves.add(replace(stats(step), score_real=20.0))
    page = TrainPage(session)
    qtbot.addWidget(page)
    page.resize(1280, 750)
    page.show()
    page.open_run(record.id)
    qtbot.waitUntil(lambda: not page.monitor.coach.isHidden(), timeout=WAIT_MS)
    assert "discriminator wins" in page.monitor.coach.sentence.text()
    assert not page.monitor.coach.button.isEnabled()  # a run at rest cannot be changed
