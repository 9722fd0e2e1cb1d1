import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from ganart.media.metadata import read_recipe, user_comment
from ganart.media.pictures import save_png
from ganart.media.recipe_checks import MAX_RECIPE_BYTES, BadRecipe
from ganart.media.style_recipe import (
    MAX_STYLES,
    Source,
    StyleRecipe,
    any_recipe,
    source_of,
)

RECIPE = StyleRecipe(
    kind="painting",
    photo=Source("lake Ü.jpg", "ab" * 32),
    styles=(Source("wave.png", "cd" * 32, 0.7), Source("night.png", weight=0.3)),
    options={"long_side": 768, "style_weight": 12.5, "start": "instant", "calm": True},
    iterations=200,
)

names = st.text(max_size=255).filter(lambda name: name.isprintable() and not set(name) & set("/\\"))
sources = st.builds(Source, name=names, hash=st.just("") | st.just("0f" * 32))
values = (
    st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.floats(-1e15, 1e15)
    | st.text(max_size=100).filter(str.isprintable)
)
recipes = st.builds(
    StyleRecipe,
    kind=st.sampled_from(["painting", "stylized"]),
    photo=sources,
    styles=st.lists(sources, max_size=4).map(tuple),
    options=st.dictionaries(st.from_regex(r"[a-z_]{1,30}", fullmatch=True), values, max_size=8),
    iterations=st.integers(0, 2**53),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(recipes)
def test_a_recipe_is_read_back_as_it_was(recipe):
    assert StyleRecipe.from_json(recipe.to_json()) == recipe
    assert any_recipe(recipe.to_json()) == recipe


@given(st.sampled_from(list(json.loads(RECIPE.to_json()))), json_values)
def test_any_value_in_any_place_is_taken_or_refused(name, value):
    document = {**json.loads(RECIPE.to_json()), name: value}
    try:
        recipe = any_recipe(json.dumps(document))
    except BadRecipe:
        return
    assert len(recipe.to_json()) <= MAX_RECIPE_BYTES


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"version": 2}, "newer version"),
        ({"kind": "paintings"}, "kind is none of"),
        ({"styles": [{"name": "a", "hash": "", "weight": 1.0}] * (MAX_STYLES + 1)}, "styles"),
        ({"styles": [{"name": "a"}]}, "is missing"),
        ({"photo": "lake.jpg"}, "not a picture"),
        ({"photo": {"name": "\u202egpj.ekal", "hash": "", "weight": 1.0}}, "plain text"),
        ({"options": {"two words": 1}}, "odd name"),
        ({"options": {"start": [1]}}, "start is not a number"),
        ({"options": {"start": None}}, "start is not a number"),
        ({"options": {f"n{number}": 1 for number in range(61)}}, "not options"),
        ({"created": "yesterday"}, "not a date"),
        ({"extra": 1}, "do not belong"),
    ],
)
def test_odd_recipes_are_refused_with_a_reason(changes, reason):
    document = {**json.loads(RECIPE.to_json()), **changes}
    with pytest.raises(BadRecipe, match=reason):
        StyleRecipe.from_json(json.dumps(document))


def test_what_is_too_long_is_refused_unread():
    with pytest.raises(BadRecipe, match="too long"):
        any_recipe(" " * (MAX_RECIPE_BYTES + 1))


def test_a_file_is_described_by_name_and_hash(tmp_path):
    path = tmp_path / "lake\u200b.txt"
    path.write_bytes(b"abc")
    assert source_of(path, 0.5) == Source(
        "lake?.txt", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 0.5
    )
    assert source_of(tmp_path / "gone.png") == Source("gone.png")


def test_a_png_carries_it(tmp_path):
    save_png(np.zeros((4, 4, 3), np.uint8), tmp_path / "a.png", RECIPE)
    assert read_recipe(tmp_path / "a.png") == RECIPE


@pytest.mark.parametrize("suffix", ["jpg", "webp"])
def test_an_exif_comment_carries_it(tmp_path, suffix):
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = user_comment(RECIPE)
    Image.new("RGB", (8, 8)).save(tmp_path / f"a.{suffix}", exif=exif)
    assert read_recipe(tmp_path / f"a.{suffix}") == RECIPE


def test_equal_recipes_are_equal_and_can_be_keys():
    assert {RECIPE, replace(RECIPE)} == {RECIPE}
