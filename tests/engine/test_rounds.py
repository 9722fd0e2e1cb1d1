"""Rounds of a GAN: pieces, balance, weights and lack of memory."""

from dataclasses import replace

import pytest
import torch

from ganart.engine.errors import OutOfMemory
from ganart.engine.gan import steps, trainer
from ganart.engine.gan.events import Finished, Mark, Marked
from ganart.engine.gan.recipes import LOSSES, MADE_FOR, recipe
from ganart.engine.gan.steps import training_step
from ganart.engine.gan.trainer import train
from tests.engine.toys import ARCHITECTURES, Asks, fresh, of_kind, same, tiny, weights

NORMALISED = ("dcgan", "fc", "fast")
"""Batch normalisation sees only a piece, so pieces give other results there."""


def after(config, count=1, prepare=lambda state: None):
    state = fresh(config)
    prepare(state)
    for _ in range(count):
        training_step(config, state)
    return state


def updates(optimizer):
    """Count the steps that an optimizer took."""
    return max((int(each["step"]) for each in optimizer.state.values()), default=0)


# In pieces


def gradients(config):
    """Return the gradients that one round gives both networks."""
    state = fresh(config)
    state.progress = 1.0  # where the rate is 0, so that both turns meet the same weights
    seen = []

    def note(optimizer, *_):
        (group,) = optimizer.param_groups
        seen.extend(each.grad for each in group["params"] if each.grad is not None)

    for optimizer in (state.optimizer_g, state.optimizer_d):
        optimizer.register_step_pre_hook(note)
    training_step(config, state)
    return seen


@pytest.mark.parametrize("architecture", sorted(set(ARCHITECTURES) - {*NORMALISED}))
@pytest.mark.parametrize("at_once", [1, 3, 4])
def test_a_batch_in_pieces_teaches_the_same(architecture, at_once):
    """Gradients are compared, as Adam's first steps would make noise of those near zero."""
    config = tiny(architecture=architecture, side=16, batch=8, learning_rate_end=0.0)
    whole, pieces = gradients(config), gradients(replace(config, at_once=at_once))
    assert len(whole) == len(pieces) > 8
    for one, other in zip(whole, pieces, strict=True):
        assert torch.allclose(one, other, rtol=1e-3, atol=1e-4 * max(1, one.abs().max().item()))


@pytest.mark.parametrize("loss", LOSSES)
def test_a_batch_in_pieces_tells_the_same(loss):
    config = tiny(batch=8, loss=loss, augment=0.5)
    results = []
    for each in (config, replace(config, at_once=2)):
        state = fresh(each)
        results.append(training_step(each, state))
    for name in ("loss_g", "loss_d", "score_real", "score_fake"):
        one, other = (getattr(result, name).item() for result in results)
        assert one == pytest.approx(other, rel=1e-3, abs=1e-4)


@pytest.mark.parametrize("architecture", NORMALISED)
def test_pieces_for_batch_normalisation_hold_two_pictures(architecture):
    config = tiny(architecture=architecture, batch=8, at_once=1)
    state = fresh(config)
    assert [piece.stop - piece.start for piece in state.pieces(config)] == [2, 2, 2, 2]
    assert training_step(config, state).finite


# Losses and penalties


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("penalty", ["none", "r1", "r1+r2", "between"])
def test_every_loss_trains_with_every_penalty(loss, penalty):
    config = tiny(loss=loss, penalty=penalty, gamma=2.0)
    state = fresh(config)
    before = weights(state.generator), weights(state.discriminator)
    for _ in range(3):
        result = training_step(config, state)
        assert result.finite
        assert result.loss_d.isfinite()
    assert not same(before[0], weights(state.generator))
    assert not same(before[1], weights(state.discriminator))


def test_auto_is_what_the_architecture_was_made_for():
    for architecture, loss in MADE_FOR.items():
        chosen = recipe(tiny(architecture=architecture))
        assert chosen.loss is LOSSES[loss]
        assert chosen.penalty == LOSSES[loss].penalty
    changed = recipe(tiny(loss="hinge", penalty="r1"))
    assert (changed.loss, changed.penalty) == (LOSSES["hinge"], "r1")


# Balance


@pytest.mark.parametrize(("d", "g"), [(1, 1), (3, 1), (1, 2), (2, 3)])
@pytest.mark.parametrize("architecture", ["r3", "dcgan"])
def test_each_network_has_its_turns(architecture, d, g):
    config = tiny(architecture=architecture, discriminator_steps=d, generator_steps=g)
    state = after(config, 2)
    assert updates(state.optimizer_d) == 2 * d
    assert updates(state.optimizer_g) == 2 * g
    assert state.pictures == 2 * d * config.batch


def test_the_discriminator_rests_while_its_loss_is_low():
    config = tiny(skip_below=10.0)
    state = fresh(config)
    before = weights(state.discriminator)
    result = training_step(config, state)
    assert result.finite
    assert same(before, weights(state.discriminator))
    assert updates(state.optimizer_d) == 0
    assert updates(state.optimizer_g) == 1
    config = tiny(skip_below=0.01)
    assert updates(after(config).optimizer_d) == 1


def test_the_discriminators_rate_is_a_multiple():
    config = tiny(discriminator_rate=4.0, learning_rate=1e-3, learning_rate_end=1e-3)
    state = after(config)
    assert state.optimizer_g.param_groups[0]["lr"] == pytest.approx(1e-3)
    assert state.optimizer_d.param_groups[0]["lr"] == pytest.approx(4e-3)


# Adaptive augmentation


def test_the_augmentation_adapts_to_how_well_real_pictures_are_told_apart():
    """A discriminator that knows all pictures brings it up, one that knows none down."""
    for bias, rises in ((100.0, True), (-100.0, False)):
        config = tiny(augment_target=0.6, augment=0.2, loss="bce", pictures=400)
        state = fresh(config)
        forward = state.discriminator.forward
        state.discriminator.forward = lambda *views, f=forward, b=bias: f(*views) + b
        state.progress = 0.1
        for _ in range(3):
            training_step(config, state)
        assert (state.augment > 0.2) == rises
        assert 0 <= state.augment <= 0.8


def test_without_a_target_the_augmentation_stays():
    assert after(tiny(augment=0.3), 3).augment == 0.3


# Out of memory


class Short:
    """Stands in for a device that has room for `room` pictures at once."""

    def __init__(self, room):
        self.room, self.asked = room, []

    def __call__(self, config, state):
        largest = max(piece.stop - piece.start for piece in state.pieces(config))
        self.asked.append(largest)
        if largest > self.room:
            raise torch.OutOfMemoryError("out of memory")
        return steps.training_step(config, state)


def test_where_memory_runs_out_fewer_are_computed_at_once(monkeypatch):
    short = Short(room=3)
    monkeypatch.setattr(trainer, "training_step", short)
    config = tiny(batch=16, pictures=64)
    state = fresh(config)
    events = list(train(config, state, Asks()))
    assert short.asked == [16, 8, 4, 2, 2, 2, 2]
    assert [mark.text for mark in of_kind(events, Marked)] == ["8", "4", "2"]
    assert {mark.mark for mark in of_kind(events, Marked)} == {Mark.MEMORY}
    assert state.pictures == 64
    assert isinstance(events[-1], Finished)


def test_where_not_even_one_fits_it_is_told(monkeypatch):
    monkeypatch.setattr(trainer, "training_step", Short(room=0))
    config = tiny(batch=4)
    with pytest.raises(OutOfMemory):
        list(train(config, fresh(config), Asks()))


def test_a_step_that_ran_out_of_memory_leaves_no_gradients(monkeypatch):
    """Half a batch must not be learnt twice."""
    config = tiny(batch=8)
    state = fresh(config)
    forward, calls = state.discriminator.forward, []

    def once_too_many(*views):
        calls.append(len(views[0]))
        if len(calls) == 5:  # in the generator's turn
            raise torch.OutOfMemoryError("out of memory")
        return forward(*views)

    state.discriminator.forward = once_too_many
    state.at_once = 4
    assert trainer._step(config, state) is None
    assert state.at_once == 2
    for network in (state.generator, state.discriminator):
        assert all(each.grad is None for each in network.parameters())
        assert all(each.requires_grad for each in network.parameters())
