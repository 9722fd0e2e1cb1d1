from dataclasses import replace

import pytest
import torch

from ganart.engine.gan import losses
from ganart.engine.gan.steps import training_step
from tests.engine.toys import ARCHITECTURES, fresh, same, tiny, weights

BROKEN = float("nan"), float("inf")


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_a_step_trains_both_networks_and_counts(architecture):
    config = tiny(architecture=architecture)
    state = fresh(config)
    before = weights(state.generator), weights(state.discriminator), weights(state.ema)
    result = training_step(config, state)
    after = weights(state.generator), weights(state.discriminator), weights(state.ema)
    assert not any(same(*pair) for pair in zip(before, after, strict=True))
    assert (state.step, state.pictures, state.skipped_steps) == (1, config.batch, 0)
    assert result.finite
    for value in (result.loss_g, result.loss_d, result.score_real, result.score_fake):
        assert value.shape == ()
        assert value.isfinite()
        assert not value.requires_grad


def test_the_lazy_penalty_has_the_strength_of_the_steps_it_stands_for():
    """Every second step at strength 1 begins like every step at strength 2."""
    lazy = tiny(penalty_interval=2, gamma=1.0)
    diligent = tiny(penalty_interval=1, gamma=2.0)
    results = []
    for config in (lazy, diligent):
        state = fresh(config)
        training_step(config, state)
        results.append(weights(state.discriminator))
    assert same(*results)


def test_between_its_turns_the_penalty_does_nothing():
    results = []
    for gamma in (0.0, 100.0):
        config = tiny(penalty_interval=2, gamma=gamma)
        state = fresh(config)
        state.step = 1
        training_step(config, state)
        results.append(weights(state.discriminator))
    assert same(*results)


def test_the_penalty_calms_the_discriminator():
    steepness = []
    for gamma in (0.0, 50.0):
        config = tiny(gamma=gamma, gamma_end=gamma, penalty_interval=1)
        state = fresh(config)
        for _ in range(30):
            training_step(config, state)
        pictures = state.batches.next().requires_grad_()
        steepness.append(losses.gradient_penalty(state.discriminator(pictures), pictures).item())
    assert steepness[1] < steepness[0] / 2


def test_options_glide_with_the_progress():
    config = tiny(learning_rate=1e-3, learning_rate_end=1e-4)
    state = fresh(config)
    for progress, rate in ((0.0, 1e-3), (0.5, 5.5e-4), (1.0, 1e-4)):
        state.progress = progress
        training_step(config, state)
        for optimizer in (state.optimizer_g, state.optimizer_d):
            assert optimizer.param_groups[0]["lr"] == pytest.approx(rate)


def test_augmentation_is_drawn_until_it_has_faded():
    """At the end of the run nothing is jittered, so nothing can leak into the model."""
    plain, augmented = tiny(augment=0.0), tiny(augment=0.8)
    for progress, equal in ((0.0, False), (1.0, True)):
        results = []
        for config in (plain, augmented):
            state = fresh(config)
            state.progress = progress
            training_step(config, state)
            results.append(weights(state.generator, state.discriminator))
        assert same(*results) == equal


def test_the_lesson_judges_every_batch_by_its_own_statistics():
    """The generator's batch too: averages over real and generated ones would call it real."""
    config = tiny(architecture="dcgan", side=16)
    state = fresh(config)
    training_step(config, state)
    counts = [
        buffer.item()
        for name, buffer in state.discriminator.named_buffers()
        if name.endswith("num_batches_tracked")
    ]
    assert counts
    assert set(counts) == {3}
    assert state.discriminator.training


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_all_weights_can_learn_after_a_step(architecture):
    config = tiny(architecture=architecture)
    state = fresh(config)
    training_step(config, state)
    for network in (state.generator, state.discriminator):
        assert all(weight.requires_grad for weight in network.parameters())


@pytest.mark.parametrize("value", BROKEN)
@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("broken", ["generator", "discriminator"])
def test_a_broken_gradient_changes_no_weight(architecture, broken, value):
    config = tiny(architecture=architecture)
    state = fresh(config)
    for _ in range(3):
        training_step(config, state)
    network = getattr(state, broken)
    optimizer = state.optimizer_g if broken == "generator" else state.optimizer_d
    kept = weights(network, state.ema) if broken == "generator" else weights(network)
    # Statistics of batches and weights are of the forward pass, which was sound.
    names = [*network.state_dict(), *(state.ema.state_dict() if broken == "generator" else ())]
    momenta = [each["exp_avg"].clone() for each in optimizer.state.values()]

    handle = next(network.parameters()).register_hook(lambda gradient: gradient * value)
    result = training_step(config, state)
    handle.remove()

    assert not result.finite
    assert (state.step, state.skipped_steps, state.skipped_in_a_row) == (4, 1, 1)
    now = weights(network, state.ema) if broken == "generator" else weights(network)
    for name, before, after in zip(names, kept, now, strict=True):
        gathered = any(part in name for part in ("running", "tracked", "spectral"))
        assert gathered or torch.equal(before, after), name
    assert same(momenta, [each["exp_avg"] for each in optimizer.state.values()])

    assert training_step(config, state).finite
    assert (state.step, state.skipped_steps, state.skipped_in_a_row) == (5, 1, 0)
    assert all(weight.isfinite().all() for weight in weights(network))


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_a_broken_picture_leaves_nothing_broken(architecture):
    """What the networks gather on the way, such as averages, is as sound as before."""
    config = tiny(architecture=architecture, path_length=2.0)
    state = fresh(config)
    training_step(config, state)
    state.step = 4  # a round with path lengths
    layers = (each for each in state.generator.modules() if not [*each.children()])
    layer = next(each for each in layers if [*each.parameters()])
    handle = layer.register_forward_hook(lambda _layer, _given, made: made * float("nan"))
    assert not training_step(config, state).finite
    handle.remove()
    assert all(each.isfinite().all() for each in weights(state.generator, state.discriminator))
    state.step = 4
    assert training_step(config, state).finite
    assert all(each.isfinite().all() for each in weights(state.ema))


def test_the_same_config_gives_the_same_weights():
    config = replace(tiny(), augment=0.5, mirror=True)
    results = []
    for _ in range(2):
        state = fresh(config)
        for _ in range(4):
            training_step(config, state)
        results.append(weights(state.generator, state.discriminator, state.ema))
    assert same(*results)
