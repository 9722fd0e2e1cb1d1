import json
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganart.media.recipe import (
    DIVERSITY_MAX,
    MAX_FPS,
    MAX_FRAMES,
    MAX_POINTS,
    MAX_RECIPE_BYTES,
    MAX_TEXT,
    SEED_MAX,
    BadRecipe,
    Point,
    Recipe,
)

PICTURE = Recipe(
    kind="picture",
    points=(Point(7, other_seed=8, amount=0.25),),
    model_hash="c0ffee",
    architecture="r3",
    side=32,
    preset="sketch-32",
    steps=1000,
    pictures=32_000,
    data_hash="beef",
    app_version="0.1.0",
    created="2026-03-21T12:00:00+00:00",
)

seeds = st.integers(0, SEED_MAX)
texts = st.text(max_size=MAX_TEXT).filter(str.isprintable)
counts = st.integers(0, 2**53)
points = st.builds(
    Point,
    seed=seeds,
    other_seed=st.none() | seeds,
    amount=st.floats(0, 1),
    method=st.sampled_from(["slerp", "lerp"]),
    diversity=st.floats(0, DIVERSITY_MAX),
)
shared = {
    "model_hash": texts.filter(bool),
    "architecture": texts,
    "side": st.integers(1, 8192),
    "preset": texts,
    "steps": counts,
    "pictures": counts,
    "data_hash": texts,
    "app_version": texts,
    "created": st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat()),
}
many_points = st.lists(points, min_size=1, max_size=30).map(tuple)
recipes = st.one_of(
    st.builds(Recipe, kind=st.just("picture"), points=st.tuples(points), **shared),
    st.builds(Recipe, kind=st.just("sheet"), points=many_points, **shared),
    st.builds(
        Recipe,
        kind=st.just("loop"),
        points=many_points,
        frames=st.integers(1, MAX_FRAMES),
        fps=st.floats(0.1, MAX_FPS),
        **shared,
    ),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(recipes)
def test_a_recipe_is_read_back_as_it_was(recipe):
    assert Recipe.from_json(recipe.to_json()) == recipe


def test_the_longest_recipe_stays_within_the_limit():
    point = Point(SEED_MAX, SEED_MAX, 0.1234567890123456789, "slerp", 1.234567890123456789)
    longest = replace(
        PICTURE,
        kind="sheet",
        points=(point,) * MAX_POINTS,
        **dict.fromkeys(
            ("model_hash", "architecture", "preset", "data_hash", "app_version"), "🎨" * MAX_TEXT
        ),
    )
    text = longest.to_json()
    assert len(text) <= MAX_RECIPE_BYTES
    assert Recipe.from_json(text) == longest


@given(st.text() | st.binary() | json_values.map(json.dumps))
def test_anything_else_is_refused_in_words(text):
    with pytest.raises(BadRecipe):
        Recipe.from_json(text)


@given(st.sampled_from(sorted(asdict(PICTURE))), json_values)
def test_a_recipe_with_a_spoilt_part_is_refused_or_still_valid(name, value):
    spoilt = json.dumps(asdict(PICTURE) | {name: value})
    try:
        recipe = Recipe.from_json(spoilt)
    except BadRecipe:
        return
    assert Recipe.from_json(recipe.to_json()) == recipe


@pytest.mark.parametrize(
    "text",
    [
        "[" * 60_000,
        '{"a":' * 10_000,
        '{"version": 1' + "0" * 10_000 + "}",
        " " * (MAX_RECIPE_BYTES + 1),
        b"\xff\xfe\x00",
        "null",
        "",
    ],
    ids=["deep list", "deep object", "huge number", "too long", "not text", "null", "empty"],
)
def test_hostile_texts_are_refused(text):
    with pytest.raises(BadRecipe):
        Recipe.from_json(text)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e999", "-0.1", "true", '"1"', "null"])
def test_numbers_must_be_numbers_in_range(amount):
    text = PICTURE.to_json().replace('"amount":0.25', f'"amount":{amount}')
    assert amount in text
    with pytest.raises(BadRecipe):
        Recipe.from_json(text)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"model_hash": ""},
        {"preset": "line\nbreak"},
        {"preset": "\u202ereversed"},
        {"preset": "\ud800"},
        {"preset": "x" * (MAX_TEXT + 1)},
        {"created": "yesterday"},
        {"kind": "painting"},
        {"kind": ["picture"]},
        {"frames": 24},
        {"kind": "loop"},
        {"side": True},
        {"seed": 1},
        {"points": []},
        {"points": [{"seed": 1}]},
        {"points": {}},
    ],
)
def test_wrong_parts_are_refused(spoilt):
    with pytest.raises(BadRecipe):
        Recipe.from_json(json.dumps(asdict(PICTURE) | spoilt))


def test_a_recipe_of_a_newer_studio_says_so():
    newer = asdict(PICTURE) | {"version": 2, "brush": "round"}
    with pytest.raises(BadRecipe, match="newer version"):
        Recipe.from_json(json.dumps(newer))


def test_no_invalid_recipe_can_be_made():
    with pytest.raises(BadRecipe):
        Point(-1)
    with pytest.raises(BadRecipe):
        Point(1, diversity=float("nan"))
    with pytest.raises(BadRecipe):
        replace(PICTURE, points=[Point(1)])
