from dataclasses import replace

import numpy as np
import pytest

from ganart.engine.asks import Ask
from ganart.engine.errors import TrainingDiverged
from ganart.engine.gan import trainer
from ganart.engine.gan.events import CheckpointDue, End, Finished, Samples, Stats
from ganart.engine.gan.recipes import LOSSES
from ganart.engine.gan.trainer import train
from tests.engine.toys import ARCHITECTURES, Asks, fresh, of_kind, same, tiny, weights


def kinds(events):
    return [type(event) for event in events]


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_every_architecture_trains_to_the_end_of_its_budget(architecture):
    config = tiny(architecture=architecture)
    state = fresh(config)
    events = list(train(config, state, Asks()))
    assert (state.pictures, state.progress) == (config.pictures, 1.0)
    assert kinds(events)[-4:] == [Stats, Samples, CheckpointDue, Finished]
    assert events[-2].end is events[-1].end
    assert events[-1].end is End.BUDGET_SPENT
    last = next(of_kind(reversed(events), Stats))
    assert (last.step, last.pictures, last.progress) == (16, 64, 1.0)
    assert last.time_left_s == 0.0
    assert all(np.isfinite([last.loss_g, last.loss_d, last.score_real, last.score_fake]))


def test_stop_ends_after_the_step_and_keeps():
    config = tiny()
    state = fresh(config)
    events = list(train(config, state, Asks(None, None, Ask.STOP)))
    assert state.step == 3
    assert events[-1] == Finished(End.STOPPED, None)
    assert events[-2] == CheckpointDue(3, End.STOPPED)


def test_samples_and_checkpoints_come_when_asked():
    config = tiny()
    events = list(train(config, fresh(config), Asks(None, Ask.SAMPLE, None, Ask.SAVE)))
    assert [event.step for event in of_kind(events, Samples)] == [1, 2, 16]
    assert list(of_kind(events, CheckpointDue)) == [
        CheckpointDue(4),
        CheckpointDue(16, End.BUDGET_SPENT),
    ]


def test_the_time_that_the_receiver_takes_is_not_counted(monkeypatch):
    """A clock that only the receiver moves stands still for the run."""
    now = [0.0]
    monkeypatch.setattr(trainer.time, "perf_counter", lambda: now[0])
    config = tiny()
    state = fresh(config)
    for _ in train(config, state, Asks()):
        now[0] += 1000.0
    assert state.elapsed_s == 0.0


def test_a_run_by_the_clock_ends_by_the_clock(monkeypatch):
    """A clock on which every step takes a second: pictures every ten, a checkpoint at 40."""
    now = [0.0]

    def step(config, state):
        now[0] += 1.0
        return original(config, state)

    original = trainer.training_step
    monkeypatch.setattr(trainer, "training_step", step)
    monkeypatch.setattr(trainer.time, "perf_counter", lambda: now[0])
    config = tiny(minutes=1.0, pictures=0, sample_every_s=10.0, save_every_s=40.0)
    state = fresh(config)
    events = list(train(config, state, Asks()))
    assert state.step == 60
    assert [event.step for event in of_kind(events, Samples)] == [1, 11, 21, 31, 41, 51, 60]
    assert [event.step for event in of_kind(events, CheckpointDue)] == [40, 60]
    rows = list(of_kind(events, Stats))
    assert [row.step for row in rows] == list(range(1, 61))
    assert [row.time_left_s for row in rows] == [60 - row.step for row in rows]
    assert all(row.pictures_per_s == config.batch for row in rows)


def test_of_two_budgets_the_first_to_be_spent_ends_the_run():
    config = tiny(minutes=1000.0, pictures=12)
    state = fresh(config)
    *_, end = train(config, state, Asks())
    assert end.end is End.BUDGET_SPENT
    assert state.step == 3


def test_samples_are_drawn_from_the_average_and_change_nothing():
    config = tiny()
    asked, plain = fresh(config), fresh(config)
    grids = list(of_kind(train(config, asked, Asks(*[Ask.SAMPLE] * 16)), Samples))
    for _ in train(config, plain, Asks()):
        pass
    networks = [
        weights(state.ema, state.generator, state.discriminator) for state in (asked, plain)
    ]
    assert same(*networks)
    assert all(each.grid.shape == (6 * 8, 6 * 8, 3) for each in grids)
    assert len({each.grid.tobytes() for each in grids}) > 10


def test_the_grid_shows_the_fixed_seeds_row_by_row():
    tiles = (
        np.arange(36, dtype=np.uint8)[:, None, None, None].repeat(8, 1).repeat(8, 2).repeat(3, 3)
    )
    grid = trainer._as_grid(tiles)
    assert grid[::8, ::8, 0].tolist() == np.arange(36).reshape(6, 6).tolist()


def test_one_broken_step_is_skipped_and_counted(monkeypatch):
    break_steps(monkeypatch, {5})
    config = tiny()
    state = fresh(config)
    events = list(train(config, state, Asks()))
    assert (state.step, state.skipped_steps, state.skipped_in_a_row) == (16, 1, 0)
    assert next(of_kind(reversed(events), Stats)).skipped_steps == 1
    assert all(weight.isfinite().all() for weight in weights(state.ema, state.discriminator))


def test_training_that_went_astray_is_given_up():
    config = tiny(pictures=4000)
    state = fresh(config)
    next(state.generator.parameters()).register_hook(lambda gradient: gradient * float("nan"))
    with pytest.raises(TrainingDiverged, match="20 steps in a row") as caught:
        list(train(config, state, Asks()))
    assert state.step == state.skipped_steps == 20
    assert "curves and samples are kept" in str(caught.value)


def test_nineteen_broken_steps_in_a_row_are_forgiven(monkeypatch):
    break_steps(monkeypatch, set(range(1, 20)))
    config = tiny(pictures=120)
    state = fresh(config)
    list(train(config, state, Asks()))
    assert (state.step, state.skipped_steps) == (30, 19)


def break_steps(monkeypatch, steps):
    """Make the generator's loss of these steps, counted from 1, no number."""
    loss, count = LOSSES["relativistic"], [0]

    def broken(real, fake):
        count[0] += 1
        return loss.generator(real, fake) * (float("nan") if count[0] in steps else 1)

    monkeypatch.setitem(LOSSES, "relativistic", replace(loss, generator=broken))
