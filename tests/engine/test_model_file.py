import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganart.engine.gan.model_file import ModelInfo, check_amount, weights_hash
from tests.engine.toys import tiny


def test_the_hash_depends_on_names_shapes_and_bytes_but_not_on_the_order():
    one, two = np.arange(6, dtype=np.float32), np.ones(2, np.float32)
    base = weights_hash({"a": one, "b": two})
    assert weights_hash({"b": two, "a": one}) == base
    others = (
        {"a": one, "c": two},
        {"a": one.reshape(2, 3), "b": two},
        {"a": one + 1e-6, "b": two},
        {"a": one.astype(np.float64), "b": two},
        {"a": one},
    )
    assert len({base, *map(weights_hash, others)}) == 1 + len(others)
    assert len(base) == 16


def test_the_layout_in_memory_does_not_matter():
    array = np.arange(6, dtype=np.float32).reshape(2, 3)
    assert weights_hash({"a": np.asfortranarray(array)}) == weights_hash({"a": array})


def test_more_values_can_stand_beside_the_description():
    info = ModelInfo("0" * 16, tiny(), "sketch-32", 3, 96, 1.5, "f00d")
    (text,) = info.to_header(counters={"step": 3}).values()
    assert '"counters": {"step": 3}' in text


@given(st.integers(0, 2**60))
def test_amounts_are_whole_or_not(value):
    check_amount(value, int)
    check_amount(value)
    check_amount(value / 7)
    for wrong in (-1 - value, float("nan"), float("inf"), str(value), None, True, [value]):
        with pytest.raises(ValueError):
            check_amount(wrong)
    with pytest.raises(ValueError):
        check_amount(value + 0.5 if value < 2**50 else 0.5, int)
