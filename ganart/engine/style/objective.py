"""What a painting minimises: content, style and total variation, and their gradient."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F

from ganart.engine.style.config import STYLE_LAYERS, PaintConfig
from ganart.engine.style.losses import (
    content_loss,
    gram_gradient,
    gram_matrix,
    style_loss,
    total_variation,
)
from ganart.engine.style.tiles import Region, Sweep
from ganart.engine.style.vgg import CHANNELS, VGG19, block_of


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


Weight = Tensor | float
"""How much each place of a feature map counts: (1, 1, h, w), or one number; they sum to 1."""
Grams = dict[str, Tensor]
"""Gram matrices (1, C, C) by layer, or gradients towards them."""


@dataclass(frozen=True, slots=True, eq=False)
class _Aim:
    """What a style wants of a region of the painting."""

    share: float
    region: int
    targets: Grams


class Objective:
    """The loss of a painting and its gradient, for pictures of the photo's size.

    Features and total variation are those of pictures from 0 to 255, which is what VGG-19 was
    trained on. The styles' weights are shares: they are made to sum to 1. Where a mask is black
    all over, its style does not count.
    """

    def __init__(
        self,
        vgg: VGG19,
        photo: Tensor,
        styles: Sequence[Style],
        config: PaintConfig,
        tile: int = 0,
        pulse: Callable[[], None] = lambda: None,
    ) -> None:
        """Take the targets from `photo` (1, 3, H, W) and from the styles' pictures.

        With `tile`, the side of tiles in pixels, a large picture needs less memory. `pulse` is
        called during the work, here and in `evaluate`, after each block of a tile; what it raises
        ends the work.
        """
        self._vgg = vgg
        self._config = config
        self._tile = tile
        self._pulse = pulse
        shares = {layer: getattr(config, f"style_{layer}") for layer in STYLE_LAYERS}
        self._layers = {layer: share for layer, share in shares.items() if share > 0}
        self._content = self._features(photo, config.content_layer)
        masks = list({id(style.photo_mask): style.photo_mask for style in styles}.values())
        self._regions = [self._weights(mask, photo) for mask in masks]
        whole = sum(style.weight for style in styles)
        self._aims = [
            _Aim(
                style.weight / whole,
                next(number for number, mask in enumerate(masks) if mask is style.photo_mask),
                self._targets(style),
            )
            for style in styles
        ]

    def evaluate(self, picture: Tensor) -> tuple[Losses, Tensor]:
        """Return the losses of `picture` (1, 3, H, W), RGB from 0 to 1, and their gradient."""
        config = self._config
        sweep = self._sweep({config.content_layer, *self._layers})
        content = picture.new_zeros(())
        grams: list[Grams] = [{} for _ in self._regions]

        def visit(layer: str, features: Tensor, region: Region) -> None:
            if layer == config.content_layer:
                target = region.of(self._content)
                share = config.content_weight * target.numel() / self._content.numel()
                content.add_(content_loss(features, target), alpha=share)
            for found, weights in zip(grams, self._regions, strict=True):
                _add_gram(found, weights, layer, features, region)

        sweep.forward(picture, visit, keep=True)
        style, towards = self._style_loss(grams)

        def pull(layer: str, features: Tensor, region: Region) -> Tensor:
            gradients = []
            if layer == config.content_layer:
                scale = 2 * config.content_weight / self._content.numel()
                gradients.append((features - region.of(self._content)).mul_(scale))
            for each, weights in zip(towards, self._regions, strict=True):
                if layer in each:
                    weight = _part(weights[layer], region)
                    gradients.append(gram_gradient(features, weight, each[layer]))
            return reduce(Tensor.add_, gradients) if gradients else torch.zeros_like(features)

        gradient = sweep.backward(pull)
        with torch.enable_grad():
            leaf = picture.detach().requires_grad_()
            variation = config.variation_weight * total_variation(leaf * 255)
            gradient += torch.autograd.grad(variation, leaf)[0]
        terms = content.item(), style.item(), variation.item()
        return Losses(*terms, total=sum(terms)), gradient

    def _sweep(self, layers: Collection[str]) -> Sweep:
        return Sweep(self._vgg, layers, self._tile, self._pulse)

    def _features(self, picture: Tensor, layer: str) -> Tensor:
        """Return the whole feature map of a layer."""
        size = _size(layer, picture)
        whole = torch.empty(
            (1, CHANNELS[layer], *size),
            device=picture.device,
            memory_format=torch.channels_last,
        )

        def copy(_: str, features: Tensor, region: Region) -> None:
            region.of(whole).copy_(features)

        self._sweep([layer]).forward(picture, copy)
        return whole

    def _weights(self, mask: Tensor | None, picture: Tensor) -> dict[str, Weight]:
        """Return how much the places of each layer count, the mask softened to the layer's size."""
        weights: dict[str, Weight] = {}
        for layer in self._layers:
            size = _size(layer, picture)
            if mask is None:
                weights[layer] = 1 / (size[0] * size[1])
                continue
            weight = F.adaptive_avg_pool2d(mask.to(picture), size)
            if weight.any():
                weights[layer] = weight / weight.sum()
        return weights

    def _targets(self, style: Style) -> Grams:
        grams: Grams = {}
        weights = self._weights(style.style_mask, style.picture)
        if weights:
            self._sweep(weights).forward(style.picture, partial(_add_gram, grams, weights))
        return grams

    def _style_loss(self, grams: list[Grams]) -> tuple[Tensor, list[Grams]]:
        """Return the style loss and its gradient towards the Gram matrices of the regions."""
        loss = torch.zeros(())
        with torch.enable_grad():
            for aim in self._aims:
                found = grams[aim.region]
                for layer in found.keys() & aim.targets.keys():
                    gram = found[layer].requires_grad_()
                    weight = self._config.style_weight * aim.share * self._layers[layer]
                    loss = loss + weight * style_loss(gram, aim.targets[layer])
        if loss.requires_grad:
            loss.backward()  # type: ignore[no-untyped-call]
        towards = [
            {layer: gram.grad for layer, gram in each.items() if gram.grad is not None}
            for each in grams
        ]
        return loss.detach(), towards


def _add_gram(
    grams: Grams, weights: dict[str, Weight], layer: str, features: Tensor, region: Region
) -> None:
    """Add what a part of a layer gives to its Gram matrix."""
    if layer in weights:
        gram = gram_matrix(features, _part(weights[layer], region))
        grams[layer] = grams[layer] + gram if layer in grams else gram


def _part(weight: Weight, region: Region) -> Weight:
    return region.of(weight) if isinstance(weight, Tensor) else weight


def _size(layer: str, picture: Tensor) -> tuple[int, int]:
    """Return height and width of a layer's map for a picture."""
    block = block_of(layer)
    return max(1, picture.shape[2] >> block), max(1, picture.shape[3] >> block)
