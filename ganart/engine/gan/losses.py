"""Adversarial losses and gradient penalties, each a plain function that reads like its equation.

Logits are (B,), or (B, places) where a discriminator judges by places; higher for "looks real".
Every function returns a scalar to be minimised.
"""

import torch
from torch import Tensor
from torch.nn import functional as F

DRIFT = 0.001
"""Keeps Wasserstein scores near zero (Karras et al. 2018, appendix A.1)."""


def bce_discriminator(real: Tensor, fake: Tensor) -> Tensor:
    """Binary cross-entropy with labels 1 for real and 0 for generated (Goodfellow et al. 2014).

    The average of the two halves, as in the lesson; softplus(-x) is -log(sigmoid(x)).
    """
    return (F.softplus(-real).mean() + F.softplus(fake).mean()) / 2


def bce_generator(fake: Tensor) -> Tensor:
    """Binary cross-entropy with label 1 for generated pictures: the non-saturating form."""
    return F.softplus(-fake).mean()


def non_saturating_discriminator(real: Tensor, fake: Tensor) -> Tensor:
    """Logistic loss as StyleGAN writes it: the sum of both halves (Karras et al. 2019)."""
    return F.softplus(-real).mean() + F.softplus(fake).mean()


def hinge_discriminator(real: Tensor, fake: Tensor) -> Tensor:
    """Hinge loss (Lim and Ye 2017): what is told apart by a margin of 1 counts no more."""
    return F.relu(1 - real).mean() + F.relu(1 + fake).mean()


def score_generator(fake: Tensor) -> Tensor:
    """The generator's side of hinge and Wasserstein losses: its pictures should score high."""
    return -fake.mean()


def wasserstein_discriminator(real: Tensor, fake: Tensor) -> Tensor:
    """Difference of the mean scores (Arjovsky et al. 2017), held near zero by a small drift term.

    Means something only with a gradient penalty, usually `distance_penalty`.
    """
    return fake.mean() - real.mean() + DRIFT * real.square().mean()


def relativistic_discriminator(real: Tensor, fake: Tensor) -> Tensor:
    """Relativistic pairing (Jolicoeur-Martineau 2018; R3GAN 2024, eq. 2): real i beats fake i."""
    return F.softplus(fake - real).mean()


def relativistic_generator(real: Tensor, fake: Tensor) -> Tensor:
    """The generator's side of relativistic pairing: fake i beats real i."""
    return F.softplus(real - fake).mean()


def gradient_penalty(logits: Tensor, *views: Tensor) -> Tensor:
    """Mean squared gradient norm of the discriminator at `views` (Mescheder et al. 2018).

    R1 where they are of real pictures, R2 where of generated ones; weigh it by gamma / 2. The
    squares are summed over views, C, H and W, so gamma must grow with the resolution. `views` must
    require grad and `logits` must be computed from them, through any augmentation.
    """
    return _squared_gradients(logits, views).mean()


def distance_penalty(logits: Tensor, *views: Tensor) -> Tensor:
    """Mean squared distance of the gradient's norm from 1 (WGAN-GP, Gulrajani et al. 2017).

    `views` lie between real and generated pictures (`between`); the usual weight is 10. They must
    require grad, as in `gradient_penalty`.
    """
    norms = (_squared_gradients(logits, views) + 1e-12).sqrt()  # the root's slope at 0 is infinite
    return (norms - 1).square().mean()


def between(real: Tensor, fake: Tensor, share: Tensor) -> Tensor:
    """Return pictures (B, 3, H, W) on the straight line from real to generated ones.

    `share` (B,) in 0 ... 1 is how far from `real` each lies.
    """
    return torch.lerp(real, fake, share[:, None, None, None])


def _squared_gradients(logits: Tensor, views: tuple[Tensor, ...]) -> Tensor:
    """Return the squared norms (B,) of the mean logit's gradient at all views of a picture."""
    judged = logits.reshape(len(logits), -1).mean(1)
    gradients = torch.autograd.grad(judged.sum(), views, create_graph=True)
    return torch.stack([each.square().sum((1, 2, 3)) for each in gradients]).sum(0)
