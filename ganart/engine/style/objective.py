"""What a painting minimises: content, style and total variation, and their gradient."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F

from ganart.engine.style.config import STYLE_LAYERS, PaintConfig
from ganart.engine.style.losses import content_loss, gram_matrix, style_loss, total_variation
from ganart.engine.style.vgg import VGG19


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """A style picture, its share, and where on the photo and on the style it counts."""

    picture: Tensor
    """(1, 3, h, w), RGB from 0 to 1, of any size."""
    weight: float = 1.0
    """Share among the styles, above 0."""
    photo_mask: Tensor | None = None
    """(1, 1, H, W) of any size, 0 to 1: how much the style counts there. None: everywhere."""
    style_mask: Tensor | None = None
    """How much the style picture is looked at there."""


class Losses(NamedTuple):
    """The terms of the objective, weighted as they enter the total."""

    content: float
    style: float
    variation: float
    total: float


class Objective:
    """The loss of a painting and its gradient, for pictures of the photo's size.

    Features and total variation are those of pictures from 0 to 255, which is what VGG-19 was
    trained on. The styles' weights are shares: they are made to sum to 1.
    """

    def __init__(
        self,
        vgg: VGG19,
        photo: Tensor,
        styles: Sequence[Style],
        config: PaintConfig,
        tile: int = 0,
    ) -> None:
        """Take the targets from `photo` (1, 3, H, W) and from the styles' pictures."""
        self._vgg = vgg
        self._config = config
        shares = {name: getattr(config, f"style_{name}") for name in STYLE_LAYERS}
        self._layers = {name: share for name, share in shares.items() if share > 0}
        whole = sum(style.weight for style in styles)
        self._shares = [style.weight / whole for style in styles]
        with torch.no_grad():
            self._content = vgg.features(photo, [config.content_layer])[config.content_layer]
            self._targets = [self._grams(style.picture, style.style_mask) for style in styles]
        self._masks = [style.photo_mask for style in styles]

    def evaluate(self, picture: Tensor) -> tuple[Losses, Tensor]:
        """Return the losses of `picture` (1, 3, H, W), RGB from 0 to 1, and their gradient."""
        config = self._config
        picture = picture.detach().requires_grad_()
        found = self._vgg.features(picture, [config.content_layer, *self._layers])
        content = config.content_weight * content_loss(found[config.content_layer], self._content)
        style = picture.new_zeros(())
        for share, mask, targets in zip(self._shares, self._masks, self._targets, strict=True):
            for name, target in targets.items():
                gram = gram_matrix(found[name], place_weights(mask, found[name]))
                weight = config.style_weight * share * self._layers[name]
                style = style + weight * style_loss(gram, target)
        variation = config.variation_weight * total_variation(picture * 255)
        total = content + style + variation
        (gradient,) = torch.autograd.grad(total, picture)
        terms = (content, style, variation, total)
        return Losses(*(term.item() for term in terms)), gradient

    def _grams(self, picture: Tensor, mask: Tensor | None) -> dict[str, Tensor]:
        found = self._vgg.features(picture, list(self._layers)) if self._layers else {}
        return {name: gram_matrix(each, place_weights(mask, each)) for name, each in found.items()}


def place_weights(mask: Tensor | None, features: Tensor) -> Tensor | None:
    """Return how much each place of a feature map counts: the mask at its size, summing to 1.

    A mask that is black all over gives weights of 0.
    """
    if mask is None:
        return None
    height, width = features.shape[-2:]
    weight = F.adaptive_avg_pool2d(mask.to(features), (height, width))
    return weight / weight.sum().clamp_min(torch.finfo(weight.dtype).tiny)
