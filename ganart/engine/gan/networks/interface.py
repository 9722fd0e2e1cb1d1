"""What every architecture offers to the training and to the rest of the studio.

Pictures are (B, 3, side, side), black at -1 and white at 1, not clamped. What the discriminator
judges are *views*: one tensor for most architectures, one for each side in multi-scale ones.
"""

import torch
from torch import Tensor, nn

Views = tuple[Tensor, ...]
"""Tensors (B, 3, h, w) that are judged together."""


class Generator(nn.Module):
    """Maps latents (B, latent_size), standard-normal, to pictures.

    `forward` is a promise: in evaluation mode the same latent gives the same picture, alone or in
    a batch. While training, what is random comes from the generator that `views` is given.
    """

    def views(self, z: Tensor, random: torch.Generator) -> Views:
        """Return what the discriminator judges, with gradients; draws from `random` (on the CPU)
        whatever else is random.
        """
        return (self(z),)

    def grow(self, progress: float) -> None:
        """Be told the share of the budget used, 0 to 1, before every step."""

    def own_penalty(self, z: Tensor, random: torch.Generator) -> Tensor | None:
        """Return a penalty of the architecture's own (a scalar), such as path length, or None."""
        return None


class Discriminator(nn.Module):
    """Maps views to logits (B,), or (B, places) where it judges by places; higher is real."""

    def views(self, pictures: Tensor) -> Views:
        """Return what is judged of real pictures."""
        return (pictures,)

    def grow(self, progress: float) -> None:
        """Be told the share of the budget used, 0 to 1, before every step."""

    def own_loss(self, pictures: Tensor, random: torch.Generator) -> Tensor | None:
        """Return a loss of the architecture's own on real pictures (a scalar), such as redrawing
        them, or None.
        """
        return None

    def freezable(self) -> list[nn.Module]:
        """Return the stages from the finest side to the coarsest, to freeze when fine-tuning."""
        return []
