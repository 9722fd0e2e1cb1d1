"""Real trainings that are led astray: the coach sees it within a tenth of the run."""

import numpy as np
import pytest
import torch

from ganart.engine.gan.events import Light
from tests.engine.provoking import avatars, coached
from tests.engine.toys import tiny

ONSET = 0.4
SOON = 0.1
COPIED = 0.1
"""Share of copies that is a trouble."""
pytestmark = pytest.mark.slow


def small(**changes):
    """A run that goes well."""
    return tiny(**{"batch": 8, "latent_size": 16, "pictures": 4000} | changes)


def lesson(architecture, **changes):
    """One of the lesson's, which go well for a while."""
    values = {"beta1": 0.5, "beta2": 0.999, "ema_pictures": 0, "learning_rate": 2e-4}
    return small(architecture=architecture, **values | changes)


def simple(**changes):
    """A simple network that learns this folder as well as it can."""
    rates = {"learning_rate": 1e-3, "learning_rate_end": 1e-3, "ema_pictures": 500}
    return lesson("fc", **{"batch": 16, "pictures": 16_000} | rates | changes)


@pytest.fixture(scope="module")
def pixels():
    torch.set_num_threads(1)
    return avatars(8)[:128]


def break_numbers(state):
    """Let a discriminator grow beyond what its numbers can hold."""
    with torch.no_grad():
        for each in state.discriminator.parameters():
            each.mul_(1e15)


def test_a_collapse_is_seen(pixels):
    rates = {"learning_rate": 0.02, "learning_rate_end": 0.02}
    seen = coached(lesson("dcgan"), pixels, ONSET, rates)
    assert seen.flagged("collapse", ONSET) <= SOON


def test_a_discriminator_that_wins_is_seen(pixels):
    help_it = {
        "penalty": "none",
        "learning_rate": 3e-4,
        "learning_rate_end": 3e-4,
        "discriminator_rate": 10.0,
        "discriminator_steps": 8,
    }
    seen = coached(small(width=16), pixels, ONSET, help_it)
    assert all(each is not Light.ALARM for at, each in seen.seen("discriminator") if at <= ONSET)
    assert seen.flagged("discriminator", ONSET) <= SOON


def test_an_oscillation_is_seen(pixels):
    rates = {"learning_rate": 0.01, "learning_rate_end": 0.01}
    seen = coached(lesson("dcgan"), pixels, ONSET, rates)
    assert seen.flagged("oscillation", ONSET) <= SOON


def test_broken_numbers_are_seen(pixels):
    assert coached(small(), pixels, ONSET, harm=break_numbers).flagged("nan", ONSET) <= SOON


def test_a_run_that_stands_still_is_seen(pixels):
    rates = {"learning_rate": 1e-6, "learning_rate_end": 1e-6}
    assert coached(small(), pixels, ONSET, rates).flagged("plateau", ONSET) <= SOON


def test_copies_are_seen(pixels):
    """A folder of six is learnt by heart, one of 128 is not."""
    by_heart = coached(simple(), pixels[:6])
    assert by_heart.seen("memorising")[-1][1] is Light.ALARM
    begun = next(each.step for each in by_heart.measured if each.copies >= COPIED)
    assert by_heart.flagged("memorising") - begun / by_heart.measured[-1].step <= SOON
    assert coached(simple(), pixels).flagged("memorising") == 1


def test_ignored_pictures_are_seen(pixels):
    """A third of the folder, unlike the rest, is hardly ever shown."""
    both = np.concatenate([pixels[:80], 255 - pixels[:48]])
    seen = coached(simple(), both, weights=[1.0] * 80 + [0.001] * 48, looks=True)
    assert seen.seen("ignored")[-1][1] in {Light.WATCH, Light.ALARM}


@pytest.mark.parametrize("seed", range(10))
def test_healthy_runs_have_not_collapsed(pixels, seed):
    lights = coached(small(seed=seed), pixels).seen("collapse")
    assert {each for _, each in lights} == {Light.UNKNOWN, Light.GOOD}
