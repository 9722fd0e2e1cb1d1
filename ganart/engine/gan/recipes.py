"""Which loss and penalty a run follows, and in which order its networks learn. Data, no steps."""

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor

from ganart.engine.gan import losses
from ganart.engine.gan.config import TrainConfig


@dataclass(frozen=True, slots=True)
class AdversarialLoss:
    """The two sides of one argument."""

    discriminator: Callable[[Tensor, Tensor], Tensor]
    """Of the logits of real and of generated pictures."""
    generator: Callable[..., Tensor]
    """Of the logits of generated pictures; where `relativistic`, of real and generated ones."""
    penalty: str
    """The gradient penalty that the loss was made for, as in the options."""
    relativistic: bool = False
    slack: float = 0.0
    """The margin is lowered for each picture by a random number from 0 to this."""
    is_endless: bool = False
    """Whether the discriminator's loss falls without end, so that none of its values is low."""


LOSSES = {
    "relativistic": AdversarialLoss(
        losses.relativistic_discriminator,
        losses.relativistic_generator,
        penalty="r1+r2",
        relativistic=True,
    ),
    "non-saturating": AdversarialLoss(
        losses.non_saturating_discriminator, losses.bce_generator, penalty="r1"
    ),
    # The noisy margin is FastGAN's (Liu et al. 2021); theirs is drawn anew for every place.
    "hinge": AdversarialLoss(
        losses.hinge_discriminator, losses.score_generator, penalty="none", slack=0.2
    ),
    "wasserstein": AdversarialLoss(
        losses.wasserstein_discriminator,
        losses.score_generator,
        penalty="between",
        is_endless=True,
    ),
    "bce": AdversarialLoss(losses.bce_discriminator, losses.bce_generator, penalty="none"),
}

MADE_FOR = {
    "r3": "relativistic",
    "style": "non-saturating",
    "fast": "hinge",
    "progressive": "wasserstein",
    "msg": "wasserstein",
    "dcgan": "bce",
    "fc": "bce",
}
"""The loss of each architecture's source."""

LESSON = {"dcgan", "fc"}
"""Architectures whose generator learns first in every round, as the lesson teaches it."""

DISTANCE_WEIGHT = 10.0
"""Weight of the penalty between real and generated pictures at gamma 1 (WGAN-GP's lambda)."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an adversarial run learns."""

    loss: AdversarialLoss
    loss_name: str
    penalty: str
    generator_first: bool


def recipe(config: TrainConfig) -> Recipe:
    """Return what the options ask for; "auto" is what the architecture, or the loss, is made for.

    A lesson's network with another loss than the lesson's keeps the lesson's order.
    """
    name = MADE_FOR[config.architecture] if config.loss == "auto" else config.loss
    loss = LOSSES[name]
    penalty = loss.penalty if config.penalty == "auto" else config.penalty
    return Recipe(loss, name, penalty, generator_first=config.architecture in LESSON)
