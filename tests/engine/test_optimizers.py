from dataclasses import replace

import pytest
import torch

from ganart.engine.style.config import OPTIMIZERS, PaintConfig
from ganart.engine.style.optimizers import (
    HISTORY,
    HISTORY_BYTES,
    HISTORY_LEAST,
    coarse_first,
    history_length,
    make_optimizer,
)

SHAPE = (1, 3, 8, 12)
RATES = {"lbfgs": 1.0, "adam": 0.05, "gd": 0.02}


def config(name):
    return PaintConfig(optimizer=name, learning_rate=RATES[name])


def bowl():
    """Return a convex loss with curvatures over three decades, and its lowest place."""
    random = torch.Generator().manual_seed(3)
    curvature = 10 ** (3 * torch.rand(SHAPE, generator=random))
    lowest = torch.rand(SHAPE, generator=random)

    def evaluate(picture):
        away = picture - lowest
        return float((curvature * away.square()).sum() / 2), curvature * away

    return evaluate, lowest


def descend(optimizer, picture, evaluate, steps):
    losses = []
    for _ in range(steps):
        loss, gradient = evaluate(picture)
        losses.append(loss)
        picture = picture + optimizer.step(loss, gradient)
    return picture, losses


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_step_rule_goes_down(name):
    evaluate, _ = bowl()
    picture = torch.full(SHAPE, 0.5)
    _, losses = descend(make_optimizer(config(name), picture), picture, evaluate, 60)
    assert losses[-1] < losses[0] / 4


def test_lbfgs_finds_the_lowest_place():
    evaluate, lowest = bowl()
    picture = torch.full(SHAPE, 0.5)
    found, losses = descend(make_optimizer(config("lbfgs"), picture), picture, evaluate, 150)
    assert losses[-1] < 1e-6 * losses[0]
    assert torch.allclose(found, lowest, atol=1e-2)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_loaded_state_goes_on_bit_for_bit(name):
    evaluate, _ = bowl()
    start = torch.full(SHAPE, 0.5)
    whole, _ = descend(make_optimizer(config(name), start), start, evaluate, 50)
    first = make_optimizer(config(name), start)
    half, _ = descend(first, start, evaluate, 25)
    second = make_optimizer(config(name), start)
    second.load({key: each.clone() for key, each in first.tensors().items()})
    assert torch.equal(descend(second, half, evaluate, 25)[0], whole)


@pytest.mark.parametrize("name", ["lbfgs", "adam"])
def test_a_state_of_another_size_is_refused(name):
    evaluate, _ = bowl()
    picture = torch.full(SHAPE, 0.5)
    optimizer = make_optimizer(config(name), picture)
    descend(optimizer, picture, evaluate, 3)
    other = make_optimizer(config(name), torch.zeros(1, 3, 4, 4))
    with pytest.raises(ValueError, match="another size"):
        other.load(optimizer.tensors())


def test_lbfgs_takes_half_a_step_back_when_it_went_too_far():
    picture = torch.zeros(SHAPE)
    optimizer = make_optimizer(config("lbfgs"), picture)
    change = optimizer.step(1.0, torch.ones(SHAPE)).clone()
    assert torch.equal(optimizer.step(3.0, torch.ones(SHAPE)), -change / 2)
    assert torch.equal(optimizer.step(float("nan"), torch.zeros(SHAPE)), -change / 4)


def test_lbfgs_survives_a_flat_place():
    picture = torch.zeros(SHAPE)
    optimizer = make_optimizer(config("lbfgs"), picture)
    for _ in range(3):
        assert optimizer.step(0.0, torch.zeros(SHAPE)).abs().max() == 0


def test_gradient_descent_steps_alike_whatever_the_scale_of_the_loss():
    random = torch.Generator().manual_seed(0)
    gradient = torch.randn(SHAPE, generator=random)
    steps = [make_optimizer(config("gd"), gradient).step(1, gradient * s) for s in (1e-6, 1e9)]
    assert torch.allclose(*steps)
    assert steps[0].abs().max() == pytest.approx(0.02)


def test_the_history_is_bounded_by_its_memory():
    assert history_length(3 * 64 * 64) == HISTORY
    assert history_length(3 * 4000 * 3000) == HISTORY_LEAST
    pixels = 3 * 1024 * 768
    assert history_length(pixels) * pixels * 8 <= HISTORY_BYTES


@pytest.mark.parametrize("size", [(1, 1), (1, 7), (16, 9)])
def test_coarse_structure_moves_further_than_fine_grain(size):
    strength = coarse_first(*size)
    assert strength.isfinite().all()
    assert strength.mean().item() == pytest.approx(1)
    assert strength.flatten()[0] == strength.max()


def test_the_history_forgets_its_oldest_pairs():
    evaluate, _ = bowl()
    picture = torch.full(SHAPE, 0.5)
    optimizer = make_optimizer(replace(config("lbfgs"), learning_rate=0.3), picture)
    descend(optimizer, picture, evaluate, HISTORY + 10)
    assert len(optimizer.tensors()["changes"]) == HISTORY + 1


def test_lbfgs_takes_small_steps_while_it_knows_no_curvature():
    picture = torch.zeros(SHAPE)
    optimizer = make_optimizer(config("lbfgs"), picture)
    random = torch.Generator().manual_seed(0)
    gradient = torch.randn(SHAPE, generator=random) * 1e9
    for _ in range(4):  # the gradient never changes
        change = optimizer.step(1.0, gradient)
        assert change.square().mean().sqrt().item() == pytest.approx(1 / 255, rel=1e-4)
