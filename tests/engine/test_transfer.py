"""The network of the instant looks against the same network written plainly."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional

from ganart.engine.style import strips, transfer
from ganart.engine.style.transfer import Convolution, TransferNetwork

BLOCKS = 2


def network(seed=0, bias=False):
    torch.manual_seed(seed)

    def convolution(inputs, outputs, side, stride=1, upsample=1):
        weight = torch.randn(outputs, inputs, side, side) / (inputs * side * side) ** 0.5
        return Convolution(weight, torch.randn(outputs) if bias else None, stride, upsample)

    return TransferNetwork(
        contract=(convolution(3, 8, 9), convolution(8, 12, 3, 2), convolution(12, 16, 3, 2)),
        residual=tuple((convolution(16, 16, 3), convolution(16, 16, 3)) for _ in range(BLOCKS)),
        expand=(
            convolution(16, 12, 3, upsample=2),
            convolution(12, 5, 3, upsample=2),
            convolution(5, 3, 9),
        ),
    )


def layers(made):
    return [*made.contract, *(each for pair in made.residual for each in pair), *made.expand]


def some_affines(made, first_three=True):
    affines = [
        (torch.randn(len(each.weight)), torch.randn(len(each.weight))) for each in layers(made)
    ]
    return affines if first_three else [None, None, None, *affines[3:]]


def plainly(made, affines, x):
    following = iter(affines)

    def normalised(x, convolution):
        affine = next(following)
        if convolution.upsample > 1:
            x = functional.interpolate(x, scale_factor=2.0, mode="nearest")
        x = functional.pad(x, [convolution.weight.shape[-1] // 2] * 4, mode="reflect")
        x = functional.conv2d(x, convolution.weight, convolution.bias, convolution.stride)
        return (
            x if affine is None else functional.instance_norm(x, weight=affine[0], bias=affine[1])
        )

    for each in made.contract:
        x = functional.relu(normalised(x, each))
    for first, second in made.residual:
        x = x + normalised(functional.relu(normalised(x, first)), second)
    for each in made.expand[:-1]:
        x = functional.relu(normalised(x, each))
    return torch.sigmoid(normalised(x, made.expand[-1]))


sides = st.integers(4, 16).map(lambda each: 4 * each)


@given(sides, sides, st.booleans(), st.integers(1, 2**14))
@settings(max_examples=25, deadline=None)
def test_strips_change_nothing(height, width, normalised_at_first, strip_bytes):
    made = network(bias=not normalised_at_first)
    affines = some_affines(made, normalised_at_first)
    photo = torch.rand(1, 3, height, width)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strips, "_STRIP_BYTES", {"cpu": strip_bytes})
        patch.setattr(strips, "_LEAST_ROWS", 5)
        painted = transfer.stylize(made, affines, photo)
    assert torch.allclose(painted, plainly(made, affines, photo), atol=2e-4)


def test_a_first_layer_that_is_too_large_to_store_changes_nothing(monkeypatch):
    made, photo = network(), torch.rand(1, 3, 48, 32)
    affines = some_affines(made)
    stored = transfer.stylize(made, affines, photo)
    monkeypatch.setattr(transfer, "_STORED_BYTES", 0)
    assert torch.allclose(transfer.stylize(made, affines, photo), stored, atol=1e-5)


def test_tiles_join_without_seams(monkeypatch):
    made, photo = network(), torch.rand(1, 3, 208, 300)
    affines = some_affines(made)
    whole = transfer.stylize(made, affines, photo)
    monkeypatch.setattr(transfer, "WHOLE_PIXELS", 1000)
    monkeypatch.setattr(transfer, "TILE", 80)
    # Normalised like a copy of the same size they are the same picture.
    monkeypatch.setattr(transfer, "STATISTICS_PIXELS", 208 * 300)
    assert torch.allclose(transfer.stylize(made, affines, photo), whole, atol=1e-5)
    monkeypatch.setattr(transfer, "STATISTICS_PIXELS", 208 * 300 // 4)
    reduced = transfer.stylize(made, affines, photo)
    assert reduced.shape == whole.shape
    assert (reduced - whole).abs().mean() < 0.3


def test_a_painter_paints_alike_whatever_it_painted_before():
    made = network()
    affines = some_affines(made)
    photos = [torch.rand(1, 3, height, 40) for height in (32, 64, 16, 32)]
    painter = transfer.Painter(made)
    before = [each.clone() for each in photos]
    paintings = [painter.paint(photo, affines) for photo in photos]
    for photo, original, painting in zip(photos, before, paintings, strict=True):
        assert torch.equal(photo, original)
        assert torch.equal(painting, transfer.stylize(made, affines, photo))


def test_a_painter_keeps_memory_for_one_photo_only():
    made = network()
    affines = some_affines(made)
    painter = transfer.Painter(made)
    kept = []
    for height in range(32, 96, 4):
        painter.paint(torch.rand(1, 3, height, 40), affines)
        kept.append(len(painter._workspace._free))
    assert max(kept[2:]) <= 2 * kept[0]


def test_painting_can_be_ended_between_two_strips():
    made = network()
    affines = some_affines(made)
    photo = torch.rand(1, 3, 32, 40)
    painter = transfer.Painter(made)
    calls = iter(range(5))
    with pytest.raises(StopIteration):
        painter.paint(photo, affines, lambda: next(calls))
    assert torch.equal(painter.paint(photo, affines), transfer.stylize(made, affines, photo))


def test_a_flat_picture_stays_finite():
    made = network()
    painted = transfer.stylize(made, some_affines(made), torch.full((1, 3, 32, 32), 0.5))
    assert painted.isfinite().all()


@given(st.integers(1, 40), st.integers(1, 40))
@settings(deadline=None)
def test_photos_are_continued_to_sides_that_fit(height, width):
    photo = torch.rand(1, 3, height, width)
    fitted = transfer.fit(photo)
    assert all(side % transfer.GRID == 0 and side >= 16 for side in fitted.shape[2:])
    assert torch.equal(fitted[..., :height, :width], photo)
    assert torch.equal(fitted[0, :, -1, -1], photo[0, :, -1, -1])
