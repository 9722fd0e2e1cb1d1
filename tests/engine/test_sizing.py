import pytest
import torch

from ganart.engine.errors import OutOfMemory
from ganart.engine.gan import sizing
from ganart.engine.gan.sizing import WARM_UP_STEPS, try_out
from tests.engine.toys import fresh, tiny


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(sizing, "MEASURED_S", 0.0)


def short_of_memory(monkeypatch, room):
    """Let the device have room for `room` pictures; return the sizes that were tried."""
    asked, step = [], sizing.training_step

    def training_step(config, state):
        largest = max(piece.stop - piece.start for piece in state.pieces(config))
        asked.append(largest)
        if largest > room:
            raise torch.OutOfMemoryError("out of memory")
        return step(config, state)

    monkeypatch.setattr(sizing, "training_step", training_step)
    return asked


def test_a_batch_that_fits_is_computed_whole():
    config = tiny(batch=8, penalty_interval=3)
    state = fresh(config)
    trial = try_out(config, state, lambda: False)
    assert trial.at_once == 8
    assert trial.pictures_per_s > 0
    assert trial.memory_bytes > 0
    assert state.step == WARM_UP_STEPS + 2 * 3


def test_pictures_of_all_turns_of_the_discriminator_count(monkeypatch):
    config = tiny(discriminator_steps=3)
    clock = iter(range(1000))
    monkeypatch.setattr(sizing.time, "perf_counter", lambda: float(next(clock)))
    state = fresh(config)
    trial = try_out(config, state, lambda: False)
    shown = state.pictures - WARM_UP_STEPS * config.batch * 3
    # The clock ticks once a look: at the start, after the last round, and for the rate.
    assert trial.pictures_per_s == pytest.approx(shown / 2)


def test_what_does_not_fit_is_halved_until_it_does(monkeypatch):
    asked = short_of_memory(monkeypatch, room=2)
    config = tiny(batch=16)
    state = fresh(config)
    trial = try_out(config, state, lambda: False)
    assert asked[:4] == [16, 8, 4, 2]
    assert trial.at_once == 2
    assert trial.pictures_per_s > 0


def test_where_nothing_fits_it_is_told(monkeypatch):
    short_of_memory(monkeypatch, room=0)
    config = tiny()
    with pytest.raises(OutOfMemory):
        try_out(config, fresh(config), lambda: False)


def test_it_can_be_stopped():
    config = tiny()
    assert try_out(config, fresh(config), lambda: True) is None
