"""The losses of style transfer, against their equations written out."""

import pytest
import torch

from ganart.engine.style.losses import (
    content_loss,
    gram_gradient,
    gram_matrix,
    style_loss,
    total_variation,
)

FEATURES = torch.arange(24.0).view(1, 2, 3, 4).sin()


def weights():
    """Return how much each place counts: unlike, summing to 1."""
    weight = torch.arange(12.0).view(1, 1, 3, 4)
    return weight / weight.sum()


def test_the_gram_matrix_is_the_mean_product_of_channels():
    one, other = FEATURES[0]
    expected = [
        [(one * one).mean(), (one * other).mean()],
        [(one * other).mean(), other.square().mean()],
    ]
    torch.testing.assert_close(gram_matrix(FEATURES)[0], torch.tensor(expected))


def test_a_region_has_the_gram_matrix_of_its_places():
    mask = torch.zeros(1, 1, 3, 4)
    mask[..., 1:3, 0:2] = 1 / 4
    torch.testing.assert_close(gram_matrix(FEATURES, mask), gram_matrix(FEATURES[..., 1:3, 0:2]))


@pytest.mark.parametrize("weight", [1 / 12, weights()], ids=["even", "region"])
@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
def test_the_gram_matrix_adds_up_and_its_gradient_is_autograds(weight, layout):
    features = FEATURES.clone().contiguous(memory_format=layout).requires_grad_()
    whole = gram_matrix(features, weight)
    parts = [
        gram_matrix(
            features[:, :, rows], weight if isinstance(weight, float) else weight[:, :, rows]
        )
        for rows in (slice(0, 1), slice(1, 3))
    ]
    torch.testing.assert_close(sum(parts), whole)
    towards = torch.tensor([[[1.0, -2.0], [-2.0, 3.0]]])
    (expected,) = torch.autograd.grad((towards * whole).sum(), features)
    torch.testing.assert_close(gram_gradient(features.detach(), weight, towards), expected)


def test_content_and_style_are_mean_squared_differences():
    assert content_loss(torch.tensor([1.0, 2.0]), torch.tensor([0.0, 5.0])) == 5
    gram, target = torch.eye(2)[None], torch.zeros(1, 2, 2)
    assert style_loss(gram, target) == 2 / 4 / 4


def test_total_variation_is_of_neighbours_only():
    assert total_variation(torch.full((1, 3, 5, 7), 0.3)) == 0
    stripes = torch.tensor([0.0, 1.0, 0.0, 1.0]).expand(1, 1, 4, 4)
    assert total_variation(stripes) == 12 / 16
    assert total_variation(torch.rand(1, 3, 1, 1)) == 0
