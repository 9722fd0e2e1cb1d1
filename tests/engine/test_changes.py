"""Options that are changed while a run goes on."""

import shutil

import pytest

from ganart.engine.asks import Ask, Change
from ganart.engine.gan import run, trainer
from ganart.engine.gan.events import (
    CheckpointDue,
    CheckpointSaved,
    End,
    Mark,
    Marked,
    RunStarted,
    Samples,
    Trouble,
)
from ganart.engine.gan.marks import read_marks
from ganart.engine.gan.model_file import read_info
from ganart.engine.gan.trainer import train as steps
from ganart.project.store import open_project
from tests.engine.runs import after, follow, resume, start, train, until
from tests.engine.toys import Asks, fresh, of_kind, tiny

CALMER = Change((("learning_rate", 1e-5),), "calmer")


@pytest.fixture
def clock(monkeypatch):
    """Let every step take a second, and nothing else any time."""
    now = [0.0]

    def step(config, state):
        now[0] += 1.0
        return original(config, state)

    original = trainer.training_step
    monkeypatch.setattr(trainer, "training_step", step)
    monkeypatch.setattr(trainer.time, "perf_counter", lambda: now[0])


def checkpoints_due(config, *asks):
    """Return the steps whose checkpoints are due in a run."""
    return [each.step for each in of_kind(steps(config, fresh(config), Asks(*asks)), CheckpointDue)]


def test_samples_and_checkpoints_come_as_often_as_is_asked_for_now(clock):
    config = tiny(minutes=0.5, pictures=0, sample_every_s=3600.0, save_every_s=3600.0)
    change = Change((("sample_every_s", 4.0), ("save_every_s", 10.0)), "see more")
    events = list(steps(config, fresh(config), Asks(None, None, None, change)))
    assert [each.step for each in of_kind(events, Samples)] == [1, 5, 9, 13, 17, 21, 25, 29, 30]
    # The one of step 4 is for the way back.
    assert [each.step for each in of_kind(events, CheckpointDue)] == [4, 10, 20, 30]


def test_the_checkpoint_at_a_change_is_not_replaced_by_one_that_is_due(clock):
    config = tiny(minutes=0.1, pictures=0, save_every_s=3.0)
    assert checkpoints_due(config) == [3, 6]
    assert checkpoints_due(config, None, None, CALMER) == [3, 4, 6]
    assert checkpoints_due(config, *[None] * 5, CALMER) == [3, 6, 7]


@pytest.mark.parametrize("pictures", [64, 12])
def test_the_checkpoint_at_a_change_is_from_before_it(project, pictures):
    """Also where the run is at its end."""
    config = tiny(pictures=pictures, learning_rate=1e-3)
    events = train(project, config, None, None, CALMER)
    (changed,) = of_kind(events, Marked)
    assert (changed.step, changed.mark) == (3, Mark.CHANGED)
    saved = {each.step: each.path for each in of_kind(events, CheckpointSaved)}
    assert read_info(saved.pop(3)).config == config
    assert {read_info(path).config.learning_rate for path in saved.values()} == {1e-5}
    assert saved


@pytest.mark.parametrize(
    "options",
    [
        (("width", 99),),
        (("learning_rate", -1.0),),
        (("nonsense", 1),),
        (("minutes", 0.0), ("pictures", 0)),
    ],
)
def test_a_change_that_cannot_be_made_leaves_the_run_as_it_was(project, options):
    config = tiny()
    events = train(project, config, None, Change(options, "nonsense"))
    (trouble,) = of_kind(events, Trouble)
    assert options[-1][0] in str(trouble.error) or options[0][0] in str(trouble.error)
    assert not list(of_kind(events, Marked))
    assert events[-1].end is End.BUDGET_SPENT
    assert read_info(events[-1].checkpoint).config == config


def test_a_changed_run_comes_to_the_same_model_when_it_is_interrupted(project):
    change = Change((("learning_rate", 5e-4), ("augment", 0.6), ("batch", 6)), "several")
    config = tiny(augment_target=0.6, augment=0.1, mirror=True)
    whole = train(project, config, *after(3, change))[-1].checkpoint
    stopped = train(project, config, *after(3, change), *after(4, Ask.STOP))
    run_id = next(of_kind(stopped, RunStarted)).run_id
    resumed = resume(project, run_id)[-1].checkpoint
    assert read_info(whole).config.batch == 6
    assert read_info(whole).model_hash == read_info(resumed).model_hash


def test_a_run_killed_right_after_a_change_goes_on_with_it(project, tmp_path):
    whole = train(project, None, *after(5, CALMER))[-1].checkpoint
    poll = Asks()
    events = start(project, None, poll)
    run_id = until(events, RunStarted).run_id
    poll.queue = [*after(5, CALMER)]
    until(events, Marked)
    left = tmp_path / "killed.ganart"
    shutil.copytree(project.folder, left)
    events.close()
    with open_project(left) as killed:
        resumed = resume(killed, run_id)[-1].checkpoint
        assert read_info(resumed).model_hash == read_info(whole).model_hash
        assert [each.mark for each in read_marks(resumed.parents[1])] == [
            Mark.CHANGED,
            Mark.RESUMED,
        ]


def test_a_run_that_goes_on_with_other_options_is_marked_so(project):
    stopped = train(project, tiny(learning_rate=1e-3), *after(4, Ask.STOP))
    run_id = next(of_kind(stopped, RunStarted)).run_id
    changes = {"learning_rate": 1e-4, "batch": 4}  # the batch is as it was
    for events in (
        resume(project, run_id, Ask.STOP, changes=changes),
        follow(run.branch(project, run_id, 4, Asks(), changes), Asks(), []),
    ):
        told = list(of_kind(events, Marked))
        assert [each.mark for each in told] == [Mark.RESUMED, Mark.CHANGED]
        assert (told[1].step, told[1].options) == (4, (("learning_rate", 1e-4),))
        assert told[1].text == "learning_rate 0.0001"
        assert read_marks(next(of_kind(events, RunStarted)).folder) == told
