"""The picture that a painting begins with."""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from ganart.engine.style.config import PaintConfig, StyleSource
from ganart.engine.style.instant import Stylizer
from ganart.engine.style.looks import Ingredient, Look
from ganart.engine.style.objective import Style


def first_picture(
    config: PaintConfig, photo: Tensor, sources: Sequence[StyleSource], styles: Sequence[Style]
) -> Tensor:
    """Return the start of a painting of `photo` (1, 3, H, W), of the same size.

    `sources` and `styles` are the same styles, as files and as tensors. Raises `StudioError`
    children where the networks of the instant look cannot be loaded.
    """
    if config.start == "photo":
        return photo.clone()
    if config.start == "instant":
        return _instant(config, photo, sources, styles)
    random = torch.Generator().manual_seed(config.seed)
    noise = torch.rand(photo.shape, generator=random).to(photo)
    return noise if config.start == "noise" else torch.lerp(photo, noise, config.noise)


def _instant(
    config: PaintConfig, photo: Tensor, sources: Sequence[StyleSource], styles: Sequence[Style]
) -> Tensor:
    """Return the feed-forward result: of all styles mixed, or each in its region."""
    if all(style.photo_mask is None for style in styles):
        return _stylized(config, photo, sources)
    shares = [style.weight * _region(style, photo) for style in styles]
    covered = torch.stack(shares).sum(0)
    mixed = torch.zeros_like(photo)
    for source, share in zip(sources, shares, strict=True):
        mixed += _stylized(config, photo, [source]) * share / covered.clamp_min(1e-6)
    # Where no style is wanted, the photo stays.
    reach = torch.stack([_region(style, photo) for style in styles]).amax(0)
    return torch.lerp(photo, mixed, reach)


def _stylized(config: PaintConfig, photo: Tensor, sources: Sequence[StyleSource]) -> Tensor:
    look = Look(
        "picture",
        tuple(Ingredient(str(source.path), source.weight) for source in sources),
        colour="moments" if config.colour == "moments" else "style",
    )
    # Out of inference mode, whose tensors could not be painted on.
    return Stylizer.load(look, photo.device).apply(photo).clone().contiguous()


def _region(style: Style, photo: Tensor) -> Tensor:
    if style.photo_mask is None:
        return torch.ones_like(photo[:, :1])
    mask = style.photo_mask.to(photo)
    return F.interpolate(mask, photo.shape[2:], mode="bilinear", antialias=True)
