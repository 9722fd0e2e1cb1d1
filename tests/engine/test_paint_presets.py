import pytest

from ganart.engine.errors import BadOption
from ganart.engine.style.config import STYLE_LAYERS
from ganart.engine.style.presets import DEFAULT_PAINT_PRESET, PAINT_PRESETS, paint_preset


def test_presets_are_found_by_their_keys():
    assert [paint_preset(each.key) for each in PAINT_PRESETS] == list(PAINT_PRESETS)
    assert DEFAULT_PAINT_PRESET.key == "standard"
    with pytest.raises(BadOption, match="lesson"):
        paint_preset("masterpiece")


def test_the_lesson_weighs_as_its_notebook_does():
    config = paint_preset("lesson").config
    assert (config.iterations, config.optimizer, config.content_layer) == (1000, "adam", "relu4_2")
    # The notebook: content/2 as a sum over its features, 150 times the mean over four layers.
    half_features = 32 * 32 * 512 / 2
    for layer, width in zip(STYLE_LAYERS, (64, 128, 256, 512), strict=False):
        share = getattr(config, f"style_{layer}") * config.style_weight / width**2
        assert share / config.content_weight == pytest.approx(150 / 4 / half_features, rel=1e-3)
    assert config.style_relu5_1 == 0
