import math
from dataclasses import asdict, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganart.engine.errors import BadOption
from ganart.engine.gan.config import SIDES, TrainConfig, options
from ganart.engine.gan.presets import PRESETS, preset

DECLARED = tuple(options(TrainConfig))


def values_of(declared):
    if declared.choices:
        return st.sampled_from(declared.choices)
    if isinstance(declared.default, bool):
        return st.booleans()
    if isinstance(declared.default, int):
        return st.integers(int(declared.low), int(declared.high))
    return st.floats(declared.low, declared.high)


configs = st.fixed_dictionaries({each.name: values_of(each) for each in DECLARED}).filter(
    lambda values: values["minutes"] or values["pictures"]
)


@given(configs)
def test_every_allowed_config_survives_its_text(values):
    config = TrainConfig(**values)
    assert TrainConfig.from_json(config.to_json()) == config
    assert TrainConfig.from_mapping(asdict(config)) == config


def test_every_option_is_declared_whole():
    assert [each.name for each in DECLARED] == [each.name for each in fields(TrainConfig)]
    for each in DECLARED:
        assert each.label
        assert each.help.endswith(".")
        has_range = each.low is not None and each.high is not None
        assert bool(each.choices) + has_range + isinstance(each.default, bool) == 1, each.name


@pytest.mark.parametrize("declared", DECLARED, ids=lambda each: each.name)
def test_values_out_of_range_or_of_another_kind_are_refused(declared):
    wrong = ["much", None, [], {}, math.nan]
    if declared.choices:
        wrong.append("other" if isinstance(declared.default, str) else 31)
    elif not isinstance(declared.default, bool):
        wrong += [declared.low - 1, declared.high + 1, math.inf, -math.inf, True]
        if isinstance(declared.default, int):
            wrong.append(declared.low + 0.5)
    for value in wrong:
        with pytest.raises(BadOption, match=declared.name):
            TrainConfig(**{declared.name: value})


def test_a_run_needs_an_end():
    with pytest.raises(BadOption):
        TrainConfig(minutes=0.0, pictures=0)
    TrainConfig(minutes=0.0, pictures=1)


def test_unknown_names_are_passed_over():
    assert TrainConfig.from_mapping({"side": 16, "sparkle": True}).side == 16


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "null", '"a"'])
def test_texts_that_are_no_options_are_refused(text):
    with pytest.raises(ValueError):
        TrainConfig.from_json(text)


def test_presets_are_found_by_their_key():
    keys = [each.key for each in PRESETS]
    assert len(set(keys)) == len(keys)
    for each in PRESETS:
        assert preset(each.key) is each
        assert each.config.side in SIDES
        assert each.label
        assert each.description.endswith(".")
    with pytest.raises(BadOption, match="lesson-dcgan"):
        preset("sketch-33")
