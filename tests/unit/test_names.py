import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ganart.media.names import free_name, safe_stem


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
