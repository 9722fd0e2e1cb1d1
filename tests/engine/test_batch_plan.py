from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganart.engine.errors import BadOption
from ganart.engine.style import batch_document
from ganart.engine.style.batch_document import BadDocument, with_whole_paths
from ganart.engine.style.batch_plan import (
    BatchPlan,
    Output,
    check_pattern,
    check_plan,
    look_name,
    result_name,
    result_suffix,
)
from ganart.engine.style.looks import Ingredient, Look
from ganart.media.names import safe_stem

LOOK = Look("built-in", (Ingredient("starry", 2.0), Ingredient("charcoal")), 0.5, "luminance")
PLAN = BatchPlan((Path("/photos"),), (LOOK,), Output(Path("/out")))

parts = st.sampled_from(
    ["{name}", "{look}", "{folder}", "{number}", "/", "..", " ", "a", "é", "\n"]
)
patterns = st.lists(parts, max_size=8).map("".join)
names = st.text(max_size=300) | st.sampled_from(
    ["..", "/etc/passwd", "con", "a\0b", "نام", "x" * 999]
)


@given(patterns, names, names, st.lists(names, max_size=3), st.integers(1, 10**6))
def test_no_name_leads_out_of_the_output_folder(pattern, name, look, folders, number):
    path = result_name(pattern, name, look, "/".join(folders), number)
    assert not path.is_absolute()
    assert path.parts
    for part in path.parts:
        assert part == safe_stem(part)
        assert part not in {".", ".."}
        assert len(part.encode()) <= 180


def test_a_pattern_is_filled_in():
    def filled(pattern):
        return str(result_name(pattern, "Boat", "starry", "2024/May", 7))

    assert filled("{name}_{look}") == "Boat_starry"
    assert filled("{folder}/{name}") == "2024/May/Boat"
    assert filled("{look}/{folder}-{number}") == "starry/2024-May-0007"
    assert filled("/{name}/") == "Boat"
    assert result_name("{folder}", "Boat", "starry", "", 1) == PurePosixPath("artwork")


def test_braces_in_names_are_only_letters():
    assert str(result_name("{name}_{look}", "{look}", "{name}", "", 1)) == "{look}_{name}"


@pytest.mark.parametrize(
    "pattern", ["{nam}", "{", "}{name}", "{name", "", " / ", "{name!r}", "{0}"]
)
def test_a_pattern_that_cannot_be_filled_in_is_told(pattern):
    with pytest.raises(BadOption, match="pattern cannot be"):
        check_pattern(pattern)


@pytest.mark.parametrize(
    "wrong",
    [{"quality": 0}, {"quality": 101}, {"format": "gif"}, {"existing": "ask"}, {"long_side": -1}],
)
def test_an_output_out_of_range_is_told(wrong):
    with pytest.raises(BadOption):
        check_plan(replace(PLAN, output=replace(PLAN.output, **wrong)))


def test_a_plan_needs_a_look():
    with pytest.raises(BadOption, match="one look"):
        check_plan(replace(PLAN, looks=()))


@pytest.mark.parametrize("count", [0, 41])
def test_a_look_has_some_styles_but_no_more_than_a_recipe_holds(count):
    look = Look("picture", (Ingredient("sky.jpg"),) * count)
    with pytest.raises(BadOption):
        check_plan(replace(PLAN, looks=(look,)))


def test_looks_are_named_by_what_is_in_them():
    assert look_name(LOOK) == "starry+charcoal"
    assert look_name(Look("picture", (Ingredient("/styles/Große Welle.jpg"),))) == "Große Welle"


@pytest.mark.parametrize(
    ("photo", "suffix"),
    [("a.JPEG", ".jpg"), ("a.tiff", ".tif"), ("a.webp", ".webp"), ("a.gif", ".png"), ("a", ".png")],
)
def test_the_same_format_goes_by_the_name(photo, suffix):
    assert result_suffix("same", Path(photo)) == suffix
    assert result_suffix("jpeg", Path(photo)) == ".jpg"


def test_paths_are_made_whole(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    picture = Look("picture", (Ingredient("style.jpg"),))
    plan = with_whole_paths(BatchPlan((Path("a"),), (LOOK, picture), Output(Path("out"))))
    assert plan.sources == (tmp_path / "a",)
    assert plan.output.folder == tmp_path / "out"
    assert plan.looks == (LOOK, Look("picture", (Ingredient(str(tmp_path / "style.jpg")),)))


paths = st.text(min_size=1).filter(lambda text: "\0" not in text).map(Path) | st.just(
    Path("caf\udce9")
)
ingredients = st.builds(
    Ingredient, paths.map(str), st.floats(0, 1e6, exclude_min=True, allow_subnormal=False)
)
looks = st.builds(
    Look,
    st.sampled_from(["picture", "built-in", "brush"]),
    st.lists(ingredients, min_size=1, max_size=3).map(tuple),
    st.floats(0, 1),
    st.sampled_from(["style", "luminance", "moments"]),
)
outputs = st.builds(
    Output, paths, quality=st.integers(1, 100), sheet=st.booleans(), long_side=st.integers(0, 99)
)
plans = st.builds(
    BatchPlan,
    st.lists(paths, max_size=3).map(tuple),
    st.lists(looks, min_size=1, max_size=3).map(tuple),
    outputs,
    watch=st.booleans(),
)


@given(plans)
def test_a_plan_survives_its_document(plan):
    text = batch_document.to_json(plan)
    assert text.isascii()
    assert batch_document.from_json(text) == plan


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
WAYS = [
    ("sources",), ("sources", 0), ("looks",), ("looks", 0), ("looks", 0, "ingredients"),
    ("looks", 0, "ingredients", 0, "weight"), ("looks", 0, "strength"), ("looks", 0, "kind"),
    ("output",), ("output", "folder"), ("output", "quality"), ("output", "pattern"), ("watch",),
]  # fmt: skip


@given(st.sampled_from(WAYS), json_values)
def test_a_document_with_anything_else_in_it_is_refused_or_sound(way, value):
    import json

    document = json.loads(batch_document.to_json(PLAN))
    place = document
    for step in way[:-1]:
        place = place[step]
    place[way[-1]] = value
    try:
        plan = batch_document.from_json(json.dumps(document))
    except BadDocument:
        return
    check_plan(plan)
    assert all(isinstance(source, Path) for source in plan.sources)
    assert all(0 <= look.strength <= 1 and look.ingredients for look in plan.looks)


@pytest.mark.parametrize("text", ["", "null", "[]", "{}", "[" * 100_000, '{"sources": 1}'])
def test_a_document_that_is_no_plan_is_refused(text):
    with pytest.raises(BadDocument):
        batch_document.from_json(text)
