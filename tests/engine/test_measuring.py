"""When a run is measured, and what is left of it in the run's folder."""

import math

import pytest

from ganart.engine.asks import Ask, Change
from ganart.engine.gan import audits, measuring
from ganart.engine.gan.curves import MEASURES, read_curves
from ganart.engine.gan.events import (
    Advice,
    Audit,
    CheckpointSaved,
    CoachReport,
    Light,
    Mark,
    Marked,
    Measured,
    RunStarted,
    Samples,
    Stats,
)
from ganart.engine.gan.marks import read_marks
from ganart.engine.gan.measuring import Measuring
from ganart.engine.gan.models import checkpoints
from ganart.engine.gan.recorder import Recorder
from ganart.engine.gan.run import resume
from ganart.project.runs import Runs
from tests.engine.runs import record_of, start, train
from tests.engine.toys import fresh, of_kind, tiny, weights


@pytest.fixture(autouse=True)
def _long_turns(monkeypatch):
    """Let a measurement end within its turn, however slow the machine is."""
    monkeypatch.setattr(measuring, "TURN_S", 60.0)


@pytest.fixture
def state():
    return fresh(tiny())


def measured(findings):
    assert findings
    return findings.measured


def test_nothing_is_measured_on_the_way_without_a_share(state):
    measuring_ = Measuring(state, tiny(quality_share=0.0))
    measuring_.note()
    assert measuring_.go_on() is None
    assert measured(measuring_.end(lambda: False)).likeness > 0


def test_a_share_given_later_counts_from_then_on(state):
    """Also after an audit, which was made although there was none."""
    measuring_ = Measuring(state, tiny(quality_share=0.0))
    measuring_.ask()
    assert measured(measuring_.go_on())
    state.elapsed_s += 1.0
    measuring_.share = 0.05
    assert measured(measuring_.go_on()).elapsed_s == state.elapsed_s


def test_measuring_rests_until_its_share_is_fair(state):
    measuring_ = Measuring(state, tiny(quality_share=0.01))
    first = measured(measuring_.go_on())
    assert first.diversity > 0
    assert measuring_.go_on() is None
    state.elapsed_s += 100_000
    assert measured(measuring_.go_on()).elapsed_s == state.elapsed_s


def test_a_checkpoint_is_measured_next_once_in_advance(state):
    measuring_ = Measuring(state, tiny(quality_share=0.01))
    measuring_.go_on()
    state.step = 7
    measuring_.note()
    state.step = 9
    assert measured(measuring_.go_on()).step == 7
    measuring_.note()
    assert measuring_.go_on() is None


def test_turns_end_in_time_and_the_model_may_move_on(state, monkeypatch):
    monkeypatch.setattr(measuring, "TURN_S", 0.0)
    measuring_ = Measuring(state, tiny())
    whole = measured(Measuring(state, tiny()).end(lambda: False))
    turns = 0
    assert measuring_.go_on() is None
    state.ema.requires_grad_(False)
    for weight in state.ema.parameters():
        weight.zero_()
    state.step = 99
    while (findings := measuring_.go_on()) is None:
        turns += 1
    assert turns > 3
    assert measured(findings) == whole


def test_the_last_measuring_gives_way_to_stop(state, monkeypatch):
    monkeypatch.setattr(measuring, "TURN_S", 0.0)
    assert Measuring(state, tiny()).end(lambda: True) is None


def test_measuring_changes_nothing_of_the_training(state):
    before, random = weights(state.generator, state.ema), state.random.get_state()
    measuring_ = Measuring(state, tiny())
    measuring_.ask()
    measuring_.go_on()
    assert all(map(lambda a, b: a.equal(b), before, weights(state.generator, state.ema)))
    assert state.random.get_state().equal(random)


def run_folder(project):
    return Runs(project.runs_folder).folder(record_of(project).id)


def test_a_run_leaves_its_measures(project):
    events = train(project, None, Ask.SAVE)
    found = list(of_kind(events, Measured))
    rows = read_curves(run_folder(project), Measured, MEASURES)
    assert rows["step"].tolist() == [each.step for each in found]
    assert rows["likeness"].tolist() == [each.likeness for each in found]
    saved = list(of_kind(events, CheckpointSaved))
    kept = {each.step: each.likeness for each in checkpoints(run_folder(project))}
    assert kept[saved[-1].step] == found[-1].likeness == saved[-1].likeness


def test_an_audit_is_made_when_it_is_asked_for(project):
    events = train(project, None, Ask.AUDIT)
    (audit,) = of_kind(events, Audit)
    assert audit.ignored  # noise is near to nothing
    assert all(each.original.exists() for each in audit.ignored)
    assert not math.isnan(next(of_kind(events, Measured)).frechet)
    kept = audits.read_audit(run_folder(project))
    assert (kept.step, kept.ignored) == (audit.step, audit.ignored)


def test_a_change_is_marked_and_is_the_runs_from_then_on(project):
    change = Change((("learning_rate", 1e-5),), "steadier")
    events = train(project, None, None, change)
    (told,) = of_kind(events, Marked)
    assert read_marks(run_folder(project)) == [told]
    assert told.mark is Mark.CHANGED
    assert record_of(project).config["learning_rate"] == 1e-5


class OneTrouble:
    """A coach that hears everything and sees a trouble in the samples."""

    def __init__(self):
        self.heard = []

    def hear(self, event):
        self.heard.append(event)
        if not isinstance(event, Samples):
            return None
        advice = Advice("collapse", Light.ALARM, "All look the same.")
        return CoachReport(event.step, event.pictures, event.elapsed_s, (advice,))


def test_what_the_coach_says_is_handed_on_and_marked(project, state):
    events = train(project)
    begun = next(of_kind(events, RunStarted))
    coach = OneTrouble()
    runs = Runs(project.runs_folder)
    recorder = Recorder(begun.folder, runs, record_of(project), tiny(), state, coach=coach)
    samples = next(of_kind(events, Samples))
    told = [*recorder.handle(samples), *recorder.handle(samples)]
    recorder.close("finished")
    assert len(list(of_kind(told, CoachReport))) == 2
    assert [each.mark for each in of_kind(told, Marked)] == [Mark.TROUBLE]
    assert [each.text for each in read_marks(begun.folder)] == ["All look the same."]
    assert any(isinstance(each, Samples) for each in coach.heard)


def test_a_resumed_run_forgets_what_was_measured_of_lost_steps(project):
    train(project, None, None, None, Ask.STOP)
    folder = run_folder(project)
    name = folder / MEASURES
    row = name.read_text().splitlines()
    name.write_text("\n".join([row[0], ",".join(["999"] + ["1.0"] * 11)]) + "\n")
    audits.write_audit(folder, Audit(999, (), ()))
    for _ in resume(project, record_of(project).id, lambda: None):
        pass
    assert 999 not in read_curves(folder, Measured, MEASURES)["step"]
    assert audits.read_audit(folder) is None


def test_the_story_of_stats_goes_on_beside(project):
    events = list(start(project, tiny(pictures=400)))
    assert list(of_kind(events, Stats))
