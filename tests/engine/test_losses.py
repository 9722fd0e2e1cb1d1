import math

import pytest
import torch
from torch import nn

from ganart.engine.gan import losses
from ganart.engine.gan.augment import augment

REAL, FAKE = [2.0, -1.0], [0.5, 3.0]


def softplus(x):
    return math.log(1 + math.exp(x))


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def mean(values):
    values = list(values)
    return sum(values) / len(values)


@pytest.mark.parametrize(
    ("loss", "expected"),
    [
        (
            losses.bce_discriminator,
            (
                mean(-math.log(sigmoid(each)) for each in REAL)
                + mean(-math.log(1 - sigmoid(each)) for each in FAKE)
            )
            / 2,
        ),
        (
            losses.relativistic_discriminator,
            mean(softplus(fake - real) for real, fake in zip(REAL, FAKE, strict=True)),
        ),
        (
            losses.relativistic_generator,
            mean(softplus(real - fake) for real, fake in zip(REAL, FAKE, strict=True)),
        ),
        (
            lambda real, fake: losses.bce_generator(fake),
            mean(-math.log(sigmoid(each)) for each in FAKE),
        ),
    ],
    ids=["bce D", "relativistic D", "relativistic G", "bce G"],
)
def test_losses_are_what_hand_computation_gives(loss, expected):
    value = loss(torch.tensor(REAL, dtype=torch.float64), torch.tensor(FAKE, dtype=torch.float64))
    assert value.item() == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("logit", [-1e4, 1e4])
def test_losses_stay_finite_for_very_sure_discriminators(logit):
    real, fake = torch.full((2,), logit), torch.full((2,), -logit)
    for loss in (
        losses.bce_discriminator(real, fake),
        losses.bce_generator(fake),
        losses.relativistic_discriminator(real, fake),
        losses.relativistic_generator(real, fake),
    ):
        assert loss.isfinite()


@pytest.fixture
def discriminator():
    torch.manual_seed(0)
    network = nn.Sequential(
        nn.Conv2d(3, 4, 3), nn.Tanh(), nn.Flatten(), nn.Linear(4 * 6 * 6, 1), nn.Flatten(0)
    )
    return network.double()


@pytest.fixture
def pictures():
    random = torch.Generator().manual_seed(1)
    return torch.randn(2, 3, 8, 8, generator=random, dtype=torch.float64)


def jittered(pictures):
    """Augment every picture, always in the same way."""
    return augment(pictures, 1.0, torch.Generator().manual_seed(2))


def unchanged(pictures):
    return pictures


def measured_penalty(discriminator, through, pictures):
    """Return the penalty by central differences: one picture element at a time."""
    step, total = 1e-5, 0.0
    with torch.no_grad():
        for place in range(pictures.numel()):
            logits = []
            for sign in (1, -1):
                moved = pictures.clone()
                moved.view(-1)[place] += sign * step
                logits.append(discriminator(through(moved)).sum())
            total += ((logits[0] - logits[1]) / (2 * step)).item() ** 2
    return total / len(pictures)


@pytest.mark.parametrize("through", [unchanged, jittered])
def test_the_gradient_penalty_agrees_with_finite_differences(discriminator, pictures, through):
    pictures.requires_grad_()
    penalty = losses.gradient_penalty(discriminator(through(pictures)), pictures)
    expected = measured_penalty(discriminator, through, pictures.detach())
    assert penalty.item() == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("through", [unchanged, jittered])
def test_the_penalty_teaches_the_discriminator(discriminator, pictures, through):
    """Its gradient by the weights agrees with finite differences too."""
    pictures.requires_grad_()
    weight = discriminator[0].weight

    def penalty():
        return losses.gradient_penalty(discriminator(through(pictures)), pictures)

    (gradient,) = torch.autograd.grad(penalty(), weight)
    step = 1e-5
    for place in (0, 13, 57):
        values = []
        for sign in (1, -2):
            with torch.no_grad():
                weight.view(-1)[place] += sign * step
            values.append(penalty().item())
        with torch.no_grad():
            weight.view(-1)[place] += step
        measured = (values[0] - values[1]) / (2 * step)
        assert gradient.flatten()[place].item() == pytest.approx(measured, rel=1e-5, abs=1e-9)
