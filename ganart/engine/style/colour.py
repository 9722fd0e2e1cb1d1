"""Keeping the colours of a photo (Gatys et al. 2016, "Preserving color in neural artistic style
transfer"). Pictures are (N, 3, H, W), sRGB, 0..1."""

import torch
from torch import Tensor

_LUMINANCE = (0.299, 0.587, 0.114)
"""Shares of red, green and blue in NTSC's Y, as in section 5 of the paper."""
_FLAT = 1e-4
"""Least standard deviation along a colour axis; flatter pictures (grey ones) count as this."""


def keep_chroma(painting: Tensor, photo: Tensor) -> Tensor:
    """Return the light and dark of `painting` under the colours of `photo`, of the same size."""
    weights = torch.tensor(_LUMINANCE, device=photo.device, dtype=photo.dtype)
    change = torch.einsum("c,nchw->nhw", weights, painting - photo)
    # Equal amounts of red, green and blue change the luminance only, not the chroma.
    return (photo + change.unsqueeze(1)).clamp(0.0, 1.0)


def match_moments(picture: Tensor, like: Tensor) -> Tensor:
    """Return `picture` with the mean and the covariance of the colours of `like`.

    Section 4 of the paper: of all linear maps that do so the one with symmetric roots, which moves
    colours least.
    """
    mean, root, _ = _moments(like)
    own_mean, _, inverse_root = _moments(picture)
    moved = torch.einsum("ij,njhw->nihw", root @ inverse_root, picture - own_mean)
    return (moved + mean).clamp(0.0, 1.0)


def _moments(picture: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return mean (3, 1, 1), the root of the covariance (3, 3) and its inverse."""
    pixels = picture.transpose(0, 1).flatten(1)
    mean = pixels.mean(dim=1, keepdim=True)
    covariance = torch.cov(pixels, correction=0).to("cpu", torch.float64)
    variances, axes = torch.linalg.eigh(covariance)
    deviations = variances.clamp(min=_FLAT**2).sqrt()
    root = (axes * deviations) @ axes.T
    inverse = (axes / deviations) @ axes.T
    return mean.unsqueeze(2), root.to(picture), inverse.to(picture)
