"""The losses of style transfer as plain functions that read like their equations.

Features are (N, C, H, W). Where a function takes a `weight`, it says how much each place counts:
(N, 1, H, W), or one number for all; over all places of a picture the weights sum to 1.
"""

from torch import Tensor


def content_loss(features: Tensor, target: Tensor) -> Tensor:
    """Mean squared difference of the features (Gatys et al. 2016, eq. 1, as a mean)."""
    return (features - target).square().mean()


def gram_matrix(features: Tensor, weight: Tensor | float | None = None) -> Tensor:
    """Correlations between channels, the mean over all places: (N, C, C) (ibid., eq. 3).

    With `weight` it is the mean under that weight, which makes it the Gram matrix of a region
    (Gatys et al. 2017, "Controlling perceptual factors", eq. 5; `weight` is the guide squared).
    Being a sum over places, it may be added up from parts of a picture.
    """
    places = _places(features)
    if isinstance(weight, Tensor):
        return places.mT @ (places * _places(weight))
    return places.mT @ places * (1 / places.shape[1] if weight is None else weight)


def gram_gradient(features: Tensor, weight: Tensor | float, towards: Tensor) -> Tensor:
    """Return the gradient towards the features of sum(towards · gram_matrix(features, weight)).

    `towards` (N, C, C) is symmetric, as the gradient of any loss of a Gram matrix is.
    """
    places = _places(features)
    if isinstance(weight, Tensor):
        gradient = places @ (2 * towards) * _places(weight)
    else:
        gradient = places @ (2 * weight * towards)
    return gradient.mT.view(features.shape)


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


def _places(features: Tensor) -> Tensor:
    """Return (N, H · W, C), a view where the memory allows."""
    return features.permute(0, 2, 3, 1).flatten(1, 2)
