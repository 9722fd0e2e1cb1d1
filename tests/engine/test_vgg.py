"""VGG-19: its numbers, its convolutions, its files."""

import hashlib
import io
from functools import cache

import pytest
import torch
from safetensors.torch import load_file
from torch.nn.functional import conv2d, max_pool2d

from ganart import resources
from ganart.engine.asks import Ask
from ganart.engine.style import vgg_torchvision, winograd
from ganart.engine.style.vgg import CHANNELS, LAYERS, WEIGHTS, load_vgg
from ganart.engine.style.weights import BadWeights, bundled


def plain_features(picture):
    """Return all layers, computed as the paper says from the file's tables."""
    stored = load_file(resources.resource(WEIGHTS))
    x = (picture * 255 - torch.tensor([123.68, 116.779, 103.939]).view(3, 1, 1)).flip(1)
    found = {}
    for layer in LAYERS:
        block, position = layer.removeprefix("relu").split("_")
        name = f"block{block}_conv{position}"
        if position == "1" and block != "1":
            x = max_pool2d(x, 2)
        weight = stored[f"{name}.table"][stored[f"{name}.q"].long()]
        x = conv2d(x, weight, stored[f"{name}.bias"], padding=1).relu()
        found[layer] = x
    return found


def test_every_layer_is_as_in_the_paper():
    pictures = torch.rand(2, 3, 34, 25, generator=torch.Generator().manual_seed(1))
    found = load_vgg().features(pictures, LAYERS)
    assert list(found) == list(LAYERS)
    for layer, expected in plain_features(pictures).items():
        assert found[layer].shape[1] == CHANNELS[layer]
        torch.testing.assert_close(found[layer], expected, rtol=1e-4, atol=0.02)


def test_only_the_layers_asked_for_are_returned_and_gradients_flow():
    picture = torch.rand(1, 3, 32, 32, requires_grad=True)
    found = load_vgg(pooling="average").features(picture, ["relu3_1"])
    assert list(found) == ["relu3_1"]
    found["relu3_1"].sum().backward()
    assert picture.grad.abs().sum() > 0


@pytest.mark.parametrize("size", [(1, 1), (1, 70), (3, 2)])
def test_the_smallest_pictures_have_features(size):
    deepest = load_vgg().features(torch.rand(1, 3, *size), ["relu5_1"])["relu5_1"]
    assert deepest.shape == (1, 512, *(max(1, side // 16) for side in size))


@pytest.mark.parametrize("size", [(1, 1), (4, 4), (5, 7), (32, 9), (18, 67)])
def test_winograd_is_the_convolution_and_its_gradient(size):
    torch.manual_seed(0)
    weight, bias = torch.randn(130, 128, 3, 3) / 34, torch.randn(130)
    x = torch.randn(2, 128, *size)
    towards = torch.randn(2, 130, *size)
    results = []
    for convolve in (
        lambda x: conv2d(x, weight, bias, padding=1).relu(),
        lambda x: winograd.convolve(x, winograd.transform_filters(weight), bias),
    ):
        leaf = x.clone().requires_grad_()
        out = convolve(leaf)
        # What lies at the rectifier's corner may fall on either side.
        results.append((out, torch.autograd.grad(out, leaf, towards * (out > 1e-4))[0]))
    for found, expected in zip(results[1], results[0], strict=True):
        torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-4)


def test_a_missing_or_damaged_file_is_told(tmp_path, monkeypatch):
    good = resources.resource(WEIGHTS).read_bytes()
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "ganart")
    with pytest.raises(BadWeights, match="missing"):
        bundled("models/gone.safetensors", "0" * 64)
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "damaged.safetensors").write_bytes(good[:-1] + b"?")
    with pytest.raises(BadWeights, match="damaged"):
        bundled("damaged.safetensors", hashlib.sha256(good).hexdigest())


@cache
def torchvision_file():
    """Return a file of torchvision's layout, with the bundled weights."""
    stored = load_file(resources.resource(WEIGHTS))
    weights = {}
    for layer, position in zip(LAYERS, vgg_torchvision._POSITIONS, strict=True):
        block, number = layer.removeprefix("relu").split("_")
        name = f"block{block}_conv{number}"
        weight = stored[f"{name}.table"][stored[f"{name}.q"].long()].half()
        weights[f"features.{position}.weight"] = weight.flip(1) if layer == LAYERS[0] else weight
        weights[f"features.{position}.bias"] = stored[f"{name}.bias"]
    file = io.BytesIO()
    torch.save(weights, file)
    return file.getvalue()


@pytest.fixture
def theirs(tmp_path, monkeypatch):
    """Stand for torchvision's server; return the file that it gives."""
    path = tmp_path / "vgg19.pth"
    path.write_bytes(torchvision_file())
    digits = hashlib.sha256(torchvision_file()).hexdigest()
    monkeypatch.setattr(vgg_torchvision, "URL", path.as_uri())
    monkeypatch.setattr(vgg_torchvision, "SHA256_BEGINS", digits[:8])
    return path


def fetch(poll=lambda: None):
    return list(vgg_torchvision.fetch_torchvision_weights(poll))


def test_torchvisions_weights_are_fetched_checked_and_used(theirs):
    with pytest.raises(vgg_torchvision.WeightsMissing, match="fetch-network"):
        vgg_torchvision.load_torchvision_vgg()
    events = fetch()
    assert events[-1].done_bytes == events[-1].total_bytes == theirs.stat().st_size
    network = vgg_torchvision.load_torchvision_vgg()
    picture = torch.rand(1, 3, 16, 16)
    # The same weights see the same where the input is brought to the same numbers.
    normal = vgg_torchvision.NORMAL
    shown = load_vgg().prepare(picture) * torch.tensor(normal.deviation).view(3, 1, 1)
    same = (shown + torch.tensor(normal.mean).view(3, 1, 1)) / 255
    expected = load_vgg().features(picture, ["relu2_1"])["relu2_1"]
    found = network.features(same, ["relu2_1"])["relu2_1"]
    torch.testing.assert_close(found, expected, rtol=0.01, atol=2.0)


@pytest.mark.parametrize("trouble", ["offline", "damaged", "other"])
def test_a_download_that_fails_says_why_and_leaves_nothing(theirs, monkeypatch, trouble):
    if trouble == "offline":
        theirs.unlink()
    elif trouble == "damaged":
        theirs.write_bytes(theirs.read_bytes()[:-1000])
    else:
        theirs.write_bytes(b"not torch's")
        digits = hashlib.sha256(b"not torch's").hexdigest()
        monkeypatch.setattr(vgg_torchvision, "SHA256_BEGINS", digits[:8])
    with pytest.raises(vgg_torchvision.NotFetched):
        fetch()
    assert list(vgg_torchvision.models_folder().iterdir()) == []


def test_stop_leaves_nothing(theirs):
    assert len(fetch(lambda: Ask.STOP)) == 1
    assert list(vgg_torchvision.models_folder().iterdir()) == []


def test_a_kept_file_that_was_changed_is_refused(theirs):
    fetch()
    vgg_torchvision.kept_file().write_bytes(b"other")
    with pytest.raises(vgg_torchvision.WeightsMissing):
        vgg_torchvision.load_torchvision_vgg()


def test_who_only_looks_leaves_a_network_that_gradients_flow_through():
    """A training looks at its pictures with it, then somebody paints in the same program."""
    device = torch.device("cpu", 0)  # one that no other test has loaded it for
    with torch.inference_mode():
        load_vgg(device).features(torch.rand(1, 3, 8, 8), ["relu4_1"])
    picture = torch.rand(1, 3, 8, 8, requires_grad=True)
    load_vgg(device).features(picture, ["relu4_1"])["relu4_1"].sum().backward()
    assert picture.grad.isfinite().all()
