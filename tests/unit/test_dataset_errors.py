from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganart.datasets.errors import FolderGone, Reason, Unreadable, printable


@given(st.text(st.characters(exclude_categories=[])))
def test_any_path_is_told_on_one_line_of_valid_text(name):
    shown = printable(Path(name.replace("\0", "")))
    assert len(shown.splitlines()) <= 1
    shown.encode()


@pytest.mark.parametrize("name", ["با نیم‌فاصله.png", "👩‍🎨.jpg", "plain name.png"])
def test_names_that_can_be_shown_stay(name):
    assert printable(Path(name)) == name


def test_reason_is_translated_with_the_sentence():
    error = Unreadable(Path("a.png"), Reason.EMPTY)
    known = {
        "{path} cannot be used: {reason}.": "{reason}: {path}!",
        "it is empty": "leer",
    }
    assert error.sentences(known.__getitem__) == ("leer: a.png!",)
    assert str(error) == "a.png cannot be used: it is empty."


def test_a_folder_that_is_gone_is_told_with_what_is_safe_and_what_to_do():
    happened, safe, remedy = FolderGone(Path("/art")).sentences()
    assert happened == "/art cannot be reached."
    assert "kept" in safe
    assert "scan again" in remedy
