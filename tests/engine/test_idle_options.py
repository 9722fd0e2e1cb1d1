"""Options that do nothing are told apart from those that act, as the recipes have it."""

from dataclasses import asdict, replace

import pytest
import torch
from torch import Tensor

from ganart.engine.gan.config import ARCHITECTURES, TrainConfig
from ganart.engine.gan.idle_options import idle_options
from ganart.engine.gan.recipes import LOSSES, recipe
from ganart.engine.gan.steps import training_step
from ganart.engine.options import options
from tests.engine.toys import fresh, tiny, weights

GANS = [each for each in ARCHITECTURES if each != "vae"]


def idle(config: TrainConfig, from_model: bool = False) -> frozenset[str]:
    return idle_options(asdict(config), from_model)


@pytest.mark.parametrize("architecture", GANS)
@pytest.mark.parametrize("loss", ["auto", *LOSSES])
@pytest.mark.parametrize("penalty", ["auto", "none", "r1", "r1+r2", "between"])
def test_the_strength_of_a_penalty_is_idle_just_where_there_is_none(architecture, loss, penalty):
    config = TrainConfig(architecture=architecture, loss=loss, penalty=penalty)
    assert ("gamma" in idle(config)) == (recipe(config).penalty == "none")


@pytest.mark.parametrize("architecture", GANS)
@pytest.mark.parametrize("loss", ["auto", *LOSSES])
def test_no_turn_is_skipped_just_where_no_loss_is_low(architecture, loss):
    config = TrainConfig(architecture=architecture, loss=loss)
    assert ("skip_below" in idle(config)) == recipe(config).loss.is_endless


def test_only_options_that_exist_are_named():
    known = {each.name for each in options(TrainConfig)}
    for architecture in ARCHITECTURES:
        assert idle(TrainConfig(architecture=architecture)) < known


def test_what_is_frozen_matters_only_to_trainings_that_begin_with_a_model():
    assert "freeze_layers" in idle(TrainConfig())
    assert "freeze_layers" not in idle(TrainConfig(), from_model=True)


def test_what_is_jittered_matters_only_while_something_is():
    assert "augment_kinds" in idle(TrainConfig())
    assert "augment_kinds" not in idle(replace(TrainConfig(), augment=0.5))
    assert "augment_kinds" not in idle(replace(TrainConfig(), augment_target=0.6))


OTHER = {
    "mapping_layers": 1,
    "path_length": 2.0,
    "growing": 0.95,
    "blocks": 1,
    "reconstruction": 3.0,
    "width": 16,
    "loss": "hinge",
    "augment": 0.5,
    "discriminator_steps": 2,
    "skip_below": 9.0,
}


@pytest.mark.parametrize("architecture", ["r3", "style", "progressive", "fc", "vae"])
def test_idle_options_change_nothing_and_the_others_something(architecture):
    base = tiny(architecture=architecture)
    expected = trained(base)
    for name, value in OTHER.items():
        result = trained(replace(base, **{name: value}))
        is_same = len(result) == len(expected) and all(map(_equal, result, expected))
        assert is_same == (name in idle(base)), name


def trained(config: TrainConfig) -> list[Tensor]:
    state = fresh(config)
    state.progress = 0.5
    for _ in range(2):
        training_step(config, state)
    return weights(state.generator)


def _equal(one: Tensor, other: Tensor) -> bool:
    return one.shape == other.shape and torch.equal(one, other)
