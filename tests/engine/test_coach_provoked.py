"""Real trainings that are led astray: the coach sees it within a tenth of the run."""

import pytest

from ganart.engine.gan.events import Light
from tests.engine.provoking import avatars, coached
from tests.engine.toys import tiny

ONSET = 0.4
SOON = 0.1


def small(**changes):
    return tiny(**{"batch": 8, "latent_size": 16, "pictures": 1600} | changes)


def lesson(**changes):
    return small(architecture="dcgan", beta1=0.5, beta2=0.999, ema_pictures=0, **changes)


@pytest.fixture(scope="module")
def pixels():
    return avatars(8)[:128]


@pytest.mark.slow
def test_a_collapse_is_seen(pixels):
    rates = {"learning_rate": 0.02, "learning_rate_end": 0.02}
    start = dict.fromkeys(rates, 2e-4)
    assert coached(lesson(**start), pixels, ONSET, rates).flagged("collapse", ONSET) <= SOON


@pytest.mark.slow
def test_a_run_that_stands_still_is_seen(pixels):
    rates = {"learning_rate": 1e-6, "learning_rate_end": 1e-6}
    assert coached(small(), pixels, ONSET, rates).flagged("plateau", ONSET) <= SOON


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_healthy_runs_have_not_collapsed(pixels, seed):
    lights = coached(small(seed=seed), pixels).seen("collapse")
    assert {each for _, each in lights} == {Light.UNKNOWN, Light.GOOD}
