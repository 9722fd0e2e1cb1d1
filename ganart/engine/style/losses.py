"""The losses of style transfer as plain functions that read like their equations.

Features are (N, C, H, W). Where a function takes `weight` (N, 1, H, W), it says how much each place
counts; the weights of a picture sum to 1.
"""

from torch import Tensor


def content_loss(features: Tensor, target: Tensor) -> Tensor:
    """Mean squared difference of the features (Gatys et al. 2016, eq. 1, as a mean)."""
    return (features - target).square().mean()


def gram_matrix(features: Tensor, weight: Tensor | None = None) -> Tensor:
    """Correlations between channels, the mean over all places: (N, C, C) (ibid., eq. 3).

    With `weight` it is the mean under that weight, which makes it the Gram matrix of a region
    (Gatys et al. 2017, "Controlling perceptual factors", eq. 5; `weight` is the guide squared).
    """
    rows = features.flatten(2)
    if weight is None:
        return rows @ rows.mT / rows.shape[2]
    return (rows * weight.flatten(2)) @ rows.mT


def style_loss(gram: Tensor, target: Tensor) -> Tensor:
    """Mean squared difference of two Gram matrices over the squared number of channels.

    Gatys et al. 2016, eq. 4, times 4 / C²: so that wide layers weigh no more than narrow ones, as
    in the weights that Gatys published with his code.
    """
    return (gram - target).square().mean() / gram.shape[-1] ** 2


def total_variation(picture: Tensor) -> Tensor:
    """Mean squared difference of neighbours, along both axes (Mahendran & Vedaldi 2015, β = 2).

    A picture with one row or column has no neighbours that way.
    """
    down = (picture[..., 1:, :] - picture[..., :-1, :]).square().sum()
    along = (picture[..., :, 1:] - picture[..., :, :-1]).square().sum()
    return (down + along) / picture.numel()
