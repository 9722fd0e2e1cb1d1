import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganart.engine.gan.config import ARCHITECTURES, SIDES
from ganart.engine.gan.presets import PRESETS, PresetGroup, suggest

GIB = 2**30

sides = st.sampled_from((0, *SIDES))
kinds = st.sampled_from(("cpu", "cuda", "mps"))
amounts = st.integers(0, 200 * GIB)


def test_every_architecture_and_every_group_has_a_preset():
    assert {each.config.architecture for each in PRESETS} == set(ARCHITECTURES)
    assert {each.group for each in PRESETS} == set(PresetGroup)


def test_the_labels_tell_presets_apart():
    assert len({each.label for each in PRESETS}) == len(PRESETS)


@given(st.integers(0, 1_000_000), sides, kinds, amounts)
def test_there_is_a_suggestion_with_a_reason_for_everyone(pictures, side, kind, memory):
    preset, reason = suggest(pictures, side, kind, memory)
    assert preset in PRESETS
    assert preset.group is PresetGroup.STUDIO
    assert reason.endswith(".")
    if side >= 32:
        assert preset.config.side <= side


@pytest.mark.parametrize(
    ("case", "key"),
    [
        ((500, 0, "cpu", 16 * GIB), "sketch-32"),
        ((500, 64, "cpu", 0), "sketch-64"),
        ((500, 128, "cpu", 16 * GIB), "sketch-128"),
        ((500, 128, "cpu", 2 * GIB), "sketch-64"),
        ((5000, 512, "cpu", 16 * GIB), "sketch-128"),
        ((5000, 64, "cuda", 12 * GIB), "sketch-64"),
        ((60, 0, "cuda", 12 * GIB), "few-128"),
        ((60, 256, "cuda", 12 * GIB), "few-256"),
        ((60, 256, "cuda", 6 * GIB), "few-128"),
        ((60, 256, "cuda", 2 * GIB), "sketch-128"),
        ((5000, 256, "cuda", 12 * GIB), "studio-256"),
        ((5000, 128, "mps", 16 * GIB), "studio-128"),
        ((5000, 512, "cuda", 80 * GIB), "studio-256"),
    ],
)
def test_the_suggestion_suits(case, key):
    assert suggest(*case)[0].key == key


@pytest.mark.parametrize("side", [256, 512])
def test_a_smaller_side_than_wished_is_explained(side):
    assert "weeks" in suggest(100, side, "cpu", 16 * GIB)[1]
    assert "memory" in suggest(100, side, "cuda", 4 * GIB)[1]
