import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ganart.datasets.captions import MAX_TAG_LETTERS, MAX_TAGS, import_tags, read_tags, split_tags
from ganart.datasets.catalogue import Catalogue
from ganart.datasets.scan import scan


@pytest.fixture
def art(tmp_path):
    """Return a folder with three pictures, one of them nested."""
    folder = tmp_path.resolve() / "art"
    (folder / "deep").mkdir(parents=True)
    for number, name in enumerate(("a.png", "b.jpg", "deep/c.png")):
        Image.new("RGB", (8, 8), (number, 0, 0)).save(folder / name)
    return folder


def tags_in(art):
    found = read_tags([art / "a.png", art / "b.jpg", art / "deep" / "c.png"], [art])
    return {path.name: set(tags) for path, tags in found.items()}


def test_captions_beside_pictures(art):
    (art / "a.txt").write_text("a red house, at night\n sea ; sea", encoding="utf-8-sig")
    (art / "deep" / "c.txt").write_text("عکس، دریا")
    (art / "readme.txt").write_text("words")
    assert tags_in(art) == {"a.png": {"a red house", "at night", "sea"}, "c.png": {"عکس، دریا"}}


def test_lists_of_the_folder_and_of_folders_above(art):
    lines = [
        {"file_name": "a.png", "text": "one, two"},
        {"file_name": "deep/c.png", "tags": ["three, four", 7, None]},
        {"file_name": "../a.png", "text": "no"},
        {"file_name": "/a.png", "text": "no"},
        {"file_name": 7},
        ["b.jpg"],
    ]
    (art / "metadata.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\nnonsense\n\n")
    (art / "deep" / "metadata.jsonl").write_text('{"file_name": "c.png", "caption": "five"}')
    assert tags_in(art) == {"a.png": {"one", "two"}, "c.png": {"three, four", "five"}}


def test_odd_files_are_passed_over(art):
    (art / "a.txt").write_bytes(b"\xff\0ok\xff")
    (art / "b.txt").write_bytes(b"x" * 2**17)
    (art / "metadata.jsonl").write_text(
        '{"file_name": "b.jpg", "tags": ["\\ud800", "fine\\ud800"]}'
    )
    (art / "deep" / "c.txt").mkdir()
    assert tags_in(art) == {"a.png": {"ok"}, "b.jpg": {"fine"}}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_of_other_editors(art, encoding):
    (art / "a.txt").write_text("دریا, café", encoding=encoding)
    entry = json.dumps({"file_name": "b.jpg", "text": "قایق"}, ensure_ascii=False)
    (art / "metadata.jsonl").write_text(entry, encoding=encoding)
    assert tags_in(art) == {"a.png": {"دریا", "café"}, "b.jpg": {"قایق"}}


def test_line_separators_within_a_list_end_no_entry(art):
    entry = json.dumps({"file_name": "a.png", "text": "one\u2028two\x85three"}, ensure_ascii=False)
    (art / "metadata.jsonl").write_text(entry, encoding="utf-8")
    assert tags_in(art) == {"a.png": {"one two three"}}


def test_endless_lists_take_little_memory_and_time(art):
    with (art / "metadata.jsonl").open("w") as stream:
        stream.write('{"file_name": "a.png", "text": "' + 30_000_000 * "x" + '"}\n')
        stream.write('{"file_name": "gone.png", "text": "gone"}\n' * 3000)
        stream.write('{"file_name": "b.jpg", "text": "sea"}\n' * 3)
    tracemalloc.start()
    try:
        assert tags_in(art) == {"b.jpg": {"sea"}}
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_imported_tags_join_those_there_and_can_be_taken_back(art, tmp_path):
    (art / "a.txt").write_text("sea")
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.add_source(art)
        list(scan(catalogue, lambda: None))
        catalogue.set_tags({art / "a.png": frozenset({"mine"})})
        before = import_tags(catalogue)
        assert before == {art / "a.png": frozenset({"mine"})}
        assert catalogue.pictures()[0].tags == {"mine", "sea"}
        assert import_tags(catalogue) == {}
        catalogue.set_tags(before)
        assert catalogue.pictures()[0].tags == {"mine"}


def test_no_picture_gets_endless_tags(art):
    (art / "a.txt").write_text(",".join(f"{n}" + 300 * "x" for n in range(150)))
    (tags,) = read_tags([art / "a.png"], [art]).values()
    assert len(tags) == MAX_TAGS
    assert max(map(len, tags)) == MAX_TAG_LETTERS


@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_gives_tags_that_can_be_kept(text):
    for tag in split_tags(text):
        assert tag == tag.strip() != ""
        assert len(tag.splitlines()) == 1
        tag.encode()
