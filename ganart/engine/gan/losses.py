"""Adversarial losses and gradient penalties, each a plain function that reads like its equation.

Logits are (B,), higher for "looks real". Every function returns a scalar to be minimised.
"""

import torch
from torch import Tensor
from torch.nn import functional as F


def bce_discriminator(real: Tensor, fake: Tensor) -> Tensor:
    """Binary cross-entropy with labels 1 for real and 0 for generated (Goodfellow et al. 2014).

    The average of the two halves, as in the lesson; softplus(-x) is -log(sigmoid(x)).
    """
    return (F.softplus(-real).mean() + F.softplus(fake).mean()) / 2


def bce_generator(fake: Tensor) -> Tensor:
    """Binary cross-entropy with label 1 for generated pictures: the non-saturating form."""
    return F.softplus(-fake).mean()


def relativistic_discriminator(real: Tensor, fake: Tensor) -> Tensor:
    """Relativistic pairing (Jolicoeur-Martineau 2018; R3GAN 2024, eq. 2): real i beats fake i."""
    return F.softplus(fake - real).mean()


def relativistic_generator(real: Tensor, fake: Tensor) -> Tensor:
    """The generator's side of relativistic pairing: fake i beats real i."""
    return F.softplus(real - fake).mean()


def gradient_penalty(logits: Tensor, pictures: Tensor) -> Tensor:
    """Mean squared gradient norm of the discriminator at `pictures` (Mescheder et al. 2018).

    R1 where `pictures` are real, R2 where they are generated; weigh it by gamma / 2. The squares
    are summed over C, H and W, so gamma must grow with the resolution. `pictures` must require
    grad and `logits` must be computed from them, through any augmentation.
    """
    (gradient,) = torch.autograd.grad(logits.sum(), pictures, create_graph=True)
    return gradient.square().sum((1, 2, 3)).mean()
