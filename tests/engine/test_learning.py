"""Every architecture learns a small set: both of two kinds of pictures, few in between."""

import pytest
import torch

from ganart.engine.gan.state import TrainState
from tests.engine.learning import kinds, made_by, squares, train_on
from tests.engine.pixel_measures import diversity, sliced_wasserstein
from tests.engine.toys import CPU, tiny

LESSON = {
    "learning_rate": 1e-3,
    "learning_rate_end": 1e-3,
    "beta1": 0.5,
    "beta2": 0.999,
    "latent_size": 16,
}
GROWING = {"learning_rate_end": 1e-3, "gamma_end": 1.0, "penalty_interval": 1}
RECIPES = {
    "r3": {"side": 16, "pictures": 6000},
    "style": {"gamma": 1.0, "gamma_end": 1.0, "learning_rate": 2.5e-3, "learning_rate_end": 2.5e-3},
    "fast": {"pictures": 4000, "width": 8, "learning_rate": 1e-3, "beta1": 0.5, "beta2": 0.999},
    "progressive": GROWING,
    "msg": GROWING,
    "dcgan": LESSON,
    "fc": LESSON | {"learning_rate": 5e-4, "learning_rate_end": 5e-4},
}
"""What each differs in from a run of 8000 pictures at 8 px; the presets' ways, for small nets."""


SEEDS = range(3)


@pytest.mark.parametrize(
    "architecture",
    ["fc", *(pytest.param(each, marks=pytest.mark.slow) for each in RECIPES if each != "fc")],
)
def test_it_learns_both_of_two_kinds(architecture):
    """Any GAN drops a kind of pictures now and then; of three seeds one must not."""
    torch.set_num_threads(1)
    assert any(learns(architecture, seed) for seed in SEEDS)


def learns(architecture, seed):
    """Train, and tell whether both kinds are drawn, most of them pure and as they should be."""
    values = {"width": 16, "width_cap": 32, "batch": 16, "pictures": 8000, "ema_pictures": 500}
    config = tiny(architecture=architecture, seed=seed, **values | RECIPES[architecture])
    real = squares(64, config.side)
    untrained = made_by(config, TrainState.fresh(config, real, CPU))
    made = made_by(config, train_on(config, real))
    reds, blues, between = kinds(made)
    nearer = sliced_wasserstein(made, real) < 0.6 * sliced_wasserstein(untrained, real)
    return min(reds, blues) >= 15 and between <= 50 and nearer and 0.6 < diversity(made, real) < 1.4
