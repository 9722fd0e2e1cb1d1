import pytest
import torch

from ganart.engine.style.colour import keep_chroma, match_moments

LUMINANCE = torch.tensor((0.299, 0.587, 0.114)).view(1, 3, 1, 1)


def test_light_comes_from_the_painting_and_colour_from_the_photo():
    photo = 0.4 + 0.2 * torch.rand(1, 3, 20, 30)
    painting = 0.4 + 0.2 * torch.rand(1, 3, 20, 30)
    kept = keep_chroma(painting, photo)
    assert torch.allclose((kept * LUMINANCE).sum(1), (painting * LUMINANCE).sum(1), atol=1e-6)
    differences = [each[:, 0] - each[:, 1] for each in (kept, photo)]
    assert torch.allclose(*differences, atol=1e-6)


def test_a_grey_photo_makes_a_grey_painting():
    kept = keep_chroma(torch.rand(1, 3, 9, 9), torch.rand(1, 1, 9, 9).expand(1, 3, 9, 9))
    assert torch.allclose(kept[:, 0], kept[:, 2], atol=1e-6)


def test_mean_and_covariance_are_those_of_the_other_picture():
    torch.manual_seed(1)
    like = 0.5 + 0.1 * torch.einsum(
        "ij,njhw->nihw", torch.randn(3, 3), torch.rand(1, 3, 40, 40) - 0.5
    )
    moved = match_moments(torch.rand(1, 3, 50, 30), like)
    pixels, wanted = (each[0].flatten(1) for each in (moved, like))
    assert torch.allclose(pixels.mean(1), wanted.mean(1), atol=1e-3)
    assert torch.allclose(pixels.cov(), wanted.cov(), atol=1e-4)


@pytest.mark.parametrize("flat", [torch.zeros, torch.ones])
def test_flat_pictures_stay_finite(flat):
    picture = torch.rand(1, 3, 8, 8)
    for one, other in ((picture, flat(1, 3, 8, 8)), (flat(1, 3, 8, 8), picture)):
        moved = match_moments(one, other)
        assert moved.isfinite().all()
        assert torch.allclose(moved.mean((2, 3)), other.mean((2, 3)), atol=0.05)
    assert match_moments(flat(1, 3, 1, 1), flat(1, 3, 1, 1)).isfinite().all()
