import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ganart.media.names import (
    NAME_PARTS,
    BadPattern,
    check_pattern,
    filled,
    free_name,
    safe_stem,
)


@given(st.text(max_size=400))
def test_any_text_becomes_a_file_name(text):
    stem = safe_stem(text)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{stem} 999.png"
        path.touch()
        assert path.parent == Path(folder)
    assert stem == safe_stem(stem)


def test_names_that_windows_forbids_are_changed():
    assert safe_stem("con") == "artwork con"
    assert safe_stem("LPT1.backup") == "artwork LPT1.backup"
    for name in ("COM¹", "conin$", "con .x"):
        assert safe_stem(name).startswith("artwork ")
    assert safe_stem("a/b:c") == "a-b-c"
    assert safe_stem(" .. ") == "artwork"


def test_a_free_name_counts_up(tmp_path):
    first = free_name(tmp_path, "موج", ".png")
    first.touch()
    second = free_name(tmp_path, "موج", ".png")
    second.symlink_to(tmp_path / "nowhere")
    third = free_name(tmp_path, "موج", ".png")
    assert [path.name for path in (first, second, third)] == ["موج.png", "موج 2.png", "موج 3.png"]


VALUES = st.fixed_dictionaries(
    {name: st.text(max_size=60) for name in NAME_PARTS if name != "n"}
    | {"n": st.integers(1, 10**6)}
)
PATTERNS = st.lists(
    st.one_of(
        st.text(alphabet=st.characters(exclude_characters="{}"), max_size=12),
        st.sampled_from([f"{{{name}}}" for name in NAME_PARTS] + ["{n:03}", "../", "\\", "/etc/"]),
    ),
    min_size=1,
    max_size=8,
).map("".join)


@given(PATTERNS, VALUES)
def test_no_pattern_escapes_the_folder_or_replaces_a_file(pattern, values):
    assume(pattern.strip())
    with tempfile.TemporaryDirectory() as above:
        folder = Path(above) / "inside"
        folder.mkdir()
        made = []
        for _ in range(3):
            path = free_name(folder, filled(pattern, values), ".png")
            assert path.parent == folder
            assert path.resolve().parent == folder.resolve()
            with path.open("x"):  # fails where there is one
                made.append(path)
        assert sorted(folder.iterdir()) == sorted(made)
        assert list(Path(above).iterdir()) == [folder]


@pytest.mark.parametrize(
    "pattern", ["{what}", "{seed", "seed}", "{}", "{seed:03}", "{n:3}", "{0}", "{n!r}", " "]
)
def test_a_pattern_that_is_none_is_told(pattern):
    with pytest.raises(BadPattern, match="cannot be a name"):
        check_pattern(pattern)


def test_a_pattern_is_filled_in():
    values = {"kind": "loop", "seed": "5", "n": 7, "edition": "3-25"}
    assert filled("{kind}_{seed} {n:03} {edition}", values) == "loop_5 007 3-25"
    assert filled("{kind} {date}", values) == "loop"
