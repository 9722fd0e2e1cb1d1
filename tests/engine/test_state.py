import torch

from ganart.engine.gan.state import TrainState
from ganart.engine.gan.steps import training_step
from tests.engine.toys import CPU, fresh, random_pixels, same, tiny, weights


def test_the_average_follows_its_formula():
    state = fresh(tiny())
    start, end = weights(state.ema), [each + 1.5 for each in weights(state.generator)]
    state.generator.load_state_dict(dict(zip(state.generator.state_dict(), end, strict=True)))
    state.update_ema(0.75)
    for before, after, now in zip(start, end, weights(state.ema), strict=True):
        assert torch.allclose(now, 0.75 * before + 0.25 * after)


def test_without_averaging_the_shown_model_is_the_trained_one():
    state = fresh(tiny(architecture="dcgan"))
    state.generator(torch.randn(4, 8))  # moves the batch statistics
    for weight in state.generator.parameters():
        weight.data += 1
    state.update_ema(0.0)
    assert same(weights(state.ema), weights(state.generator))


def test_batch_statistics_are_averaged_like_the_weights():
    state = fresh(tiny(architecture="dcgan"))
    before = state.ema.body[1].running_mean.clone()
    state.generator(torch.randn(4, 8))
    current = state.generator.body[1]
    state.update_ema(0.75)
    average = state.ema.body[1]
    assert torch.allclose(average.running_mean, before.lerp(current.running_mean, 0.25))
    # What is no average, such as a counter, is copied.
    assert average.num_batches_tracked == current.num_batches_tracked == 1


def test_the_average_is_never_trained_and_never_in_training_mode():
    state = fresh(tiny(architecture="dcgan"))
    assert not state.ema.training
    assert not any(weight.requires_grad for weight in state.ema.parameters())


def test_the_seed_alone_decides_the_start():
    config = tiny(seed=7)
    first = fresh(config)
    torch.randn(100)  # whatever was drawn before
    second = fresh(config)
    networks = [weights(state.generator, state.discriminator) for state in (first, second)]
    assert same(*networks)
    assert torch.equal(first.latents(config), second.latents(config))
    assert torch.equal(first.batches.next(), second.batches.next())
    assert not same(weights(fresh(tiny(seed=8)).generator), weights(first.generator))


def test_a_run_leaves_the_global_random_state_alone():
    before = torch.random.get_rng_state()
    state = TrainState.fresh(tiny(), random_pixels(), CPU)
    state.latents(tiny())
    assert torch.equal(torch.random.get_rng_state(), before)


def test_whole_numbers_are_options_too():
    state = fresh(tiny(beta1=0, learning_rate_end=0, gamma=1))
    assert training_step(tiny(beta1=0, learning_rate_end=0, gamma=1), state).finite
