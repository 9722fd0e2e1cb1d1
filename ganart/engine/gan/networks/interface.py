"""What every architecture offers to the training and to the rest of the studio.

Pictures are (B, 3, height, width), black at -1 and white at 1, not clamped. What the discriminator
judges are *views*: one tensor for most architectures, one for each size in multi-scale ones.
"""

import torch
from torch import Tensor, nn

Begin = tuple[int, int]
"""Height and width of the first features, which are doubled until they are the picture's."""
Views = tuple[Tensor, ...]
"""Tensors (B, 3, h, w) that are judged together, the full size first."""


class Generator(nn.Module):
    """Maps latents (B, latent_size), standard-normal, to pictures.

    `forward` is a promise: in evaluation mode the same latent gives the same picture, alone or in
    a batch. While training, what is random comes from the generator that `views` is given.
    """

    chance: int = 0
    """How many numbers `views` draws for each picture, where they are uniform and all those of a
    picture come in a row: then a batch can be given the same ones in pieces.
    """

    def views(self, z: Tensor, random: torch.Generator) -> Views:
        """Return what the discriminator judges, with gradients; draws from `random` (on the CPU)
        whatever else is random.
        """
        return (self(z),)

    def draw(self, z: Tensor, diversity: Tensor) -> Tensor:
        """Return the pictures of `z`, drawn towards the most common picture: at a diversity (B,) of
        0 they become it, at 1 they are those of `forward` (truncation, Karras et al. 2019,
        appendix B).

        Latents of fewer standard deviations give it here; networks with styles truncate those.
        """
        pictures: Tensor = self(z * diversity[:, None])
        return pictures

    def ground(self, z: Tensor) -> Tensor | None:
        """Return features (B, channels, *begin) from which `rise` goes on with convolutions alone,
        so that many laid side by side become one larger picture; None where there are no such.
        """
        return None

    def rise(self, ground: Tensor) -> Tensor:
        """Return the pictures of features (B, channels, h * begin[0], w * begin[1]), h and w times
        as large.
        """
        raise NotImplementedError

    def grow(self, progress: float) -> None:
        """Be told the share of the budget used, 0 to 1, before every step."""

    def own_penalty(self, z: Tensor, random: torch.Generator) -> Tensor | None:
        """Return a penalty of the architecture's own (a scalar), such as path length, or None.

        The step weighs it by the option `path_length` and asks for it only at every fourth round.
        """
        return None


class Discriminator(nn.Module):
    """Maps views, given one by one as `forward(*views)`, to logits; higher is real.

    They are (B,), or (B, places) where it judges by places.
    """

    def views(self, pictures: Tensor) -> Views:
        """Return what is judged of real pictures."""
        return (pictures,)

    def grow(self, progress: float) -> None:
        """Be told the share of the budget used, 0 to 1, before every step."""

    def judge_real(self, views: Views, random: torch.Generator) -> tuple[Tensor, Tensor | None]:
        """Return the logits of real pictures, augmented as they may be, and a loss of the
        architecture's own on them (a scalar), such as redrawing them, or None.

        The step weighs it by the option `reconstruction`.
        """
        return self(*views), None

    def freezable(self) -> list[nn.Module]:
        """Return the stages from the finest side to the coarsest, to freeze when fine-tuning."""
        return []
