"""The artworks of a folder: listed, their facts indexed, their stars and tags kept."""

import json
import os
import sqlite3
from pathlib import Path

import pytest

from ganart.project.artwork_index import FILE_NAME, ArtworkIndex
from ganart.project.artwork_marks import (
    DOCUMENT,
    Mark,
    Marks,
    follow,
    read_marks,
    tidy_tags,
    write_marks,
)
from ganart.project.artworks import Artwork, Artworks, Facts, fingerprint


def test_artworks_are_listed_newest_first(odd_folder):
    names = ["old.png", "loop.GIF", "loop.webp", "new.mp4"]
    for age, name in enumerate(names):
        (odd_folder / name).write_bytes(b"x" * (age + 1))
        os.utime(odd_folder / name, (1_700_000_000 + age, 1_700_000_000 + age))
    for other in (".hidden.png", "index.json", "Thumbs.db"):
        (odd_folder / other).touch()
    (odd_folder / "models").mkdir()
    (odd_folder / "folder.png").mkdir()
    found = Artworks(odd_folder).list()
    assert [work.path.name for work in found] == names[::-1]
    assert [work.kind for work in found] == ["loop", "loop", "loop", "picture"]
    assert [work.bytes for work in found] == [4, 3, 2, 1]
    assert found[0].created.timestamp() == 1_700_000_003


def test_a_missing_folder_has_no_artworks(tmp_path):
    assert Artworks(tmp_path / "missing").list() == ()


def test_a_dangling_link_is_no_artwork(tmp_path):
    (tmp_path / "art.png").symlink_to(tmp_path / "gone.png")
    assert Artworks(tmp_path).list() == ()


def test_results_in_folders_inside_are_artworks_too(odd_folder):
    for name in ("one.jpg", "stylized/two.tif", "stylized/deep/three.png", ".hidden/four.png"):
        path = odd_folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = {work.path.name for work in Artworks(odd_folder).list()}
    assert found == {"one.jpg", "two.tif", "three.png"}


def work_at(path: Path) -> Artwork:
    return next(work for work in Artworks(path.parent).list() if work.path == path)


def test_a_folder_of_frames_is_one_loop(tmp_path):
    loop = tmp_path / "loop 7"
    loop.mkdir()
    for number in (10, 2, 1):
        (loop / f"frame {number:03}.png").write_bytes(b"x" * number)
    (loop / "recipe.json").write_text("{}")
    (tmp_path / "recipe.json").write_text("{}")  # says nothing about the whole folder
    (tmp_path / "one.png").touch()
    works = {work.path.name: work for work in Artworks(tmp_path).list()}
    assert set(works) == {"loop 7", "one.png"}
    assert works["loop 7"].kind == "loop"
    assert works["loop 7"].picture == loop / "frame 001.png"
    assert works["loop 7"].recipe_file == loop / "recipe.json"
    assert works["loop 7"].bytes == 15


def test_a_fingerprint_follows_the_content_and_not_the_name(tmp_path):
    one, other, long = (tmp_path / name for name in ("a.png", "b.png", "c.mp4"))
    one.write_bytes(b"same")
    other.write_bytes(b"same")
    long.write_bytes(bytes(10**6))
    assert fingerprint(one) == fingerprint(other) != fingerprint(long)
    before = fingerprint(long)
    long.write_bytes(bytes(10**6 - 1) + b"1")
    assert fingerprint(long) != before


def test_the_index_knows_files_until_they_change(tmp_path):
    one, other = tmp_path / "one.png", tmp_path / "Fünf \udcff.png"
    for path in (one, other):
        path.write_bytes(b"x")
    works = Artworks(tmp_path).list()
    facts = Facts("f" * 16, "picture", "hash", "preset", "42 seed", 8, 9)
    with ArtworkIndex(tmp_path) as index:
        assert index.known(works) == {}
        index.put(dict.fromkeys(works, facts))
    with ArtworkIndex(tmp_path) as index:
        assert index.known(works) == {one: facts, other: facts}
        one.write_bytes(b"longer")
        assert index.known(Artworks(tmp_path).list()) == {other: facts}


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"\xff" * 5000, b""])
def test_a_damaged_index_is_made_anew(tmp_path, content):
    path = tmp_path / "one.png"
    path.touch()
    (tmp_path / FILE_NAME).write_bytes(content)
    with ArtworkIndex(tmp_path) as index:
        index.put({work_at(path): Facts("f")})
        assert index.known([work_at(path)]) == {path: Facts("f")}


def test_without_a_place_to_write_the_index_holds_nothing_and_harms_nothing(tmp_path):
    (tmp_path / FILE_NAME).mkdir()
    path = tmp_path / "one.png"
    path.touch()
    with ArtworkIndex(tmp_path) as index:
        index.put({work_at(path): Facts("f")})
    with ArtworkIndex(tmp_path) as index:
        assert index.known([work_at(path)]) == {}


def test_an_index_of_a_table_with_other_columns_is_made_anew(tmp_path):
    database = sqlite3.connect(tmp_path / FILE_NAME)
    database.execute("CREATE TABLE facts_1 (path)")
    database.commit()
    database.close()
    path = tmp_path / "one.png"
    path.touch()
    with ArtworkIndex(tmp_path) as index:
        index.put({work_at(path): Facts("f")})
        assert index.known([work_at(path)]) == {path: Facts("f")}


MARKS = {"a.png": Mark(5, ("print", "sea")), "in/b \udcff.png": Mark(0, ("sea",)), "c.png": Mark(1)}


def marks_in(folder: Path) -> Marks:
    return Marks(
        {folder / name: mark for name, mark in MARKS.items()},
        {folder / name: f"print of {name[0]}" for name in MARKS},
    )


def test_marks_are_kept(tmp_path):
    write_marks(tmp_path, marks_in(tmp_path))
    assert read_marks(tmp_path) == (marks_in(tmp_path), None)
    assert read_marks(tmp_path / "none") == (Marks({}, {}), None)


def test_marks_follow_files_that_were_renamed(tmp_path):
    marks = marks_in(tmp_path)
    there = {tmp_path / "renamed.png": "print of a", tmp_path / "c.png": "print of c"}
    followed = follow(marks, there)
    assert followed.by_path[tmp_path / "renamed.png"] == Mark(5, ("print", "sea"))
    assert tmp_path / "a.png" not in followed.by_path
    # What is away keeps its own for when it comes back.
    assert followed.by_path[tmp_path / "in/b \udcff.png"] == Mark(0, ("sea",))
    back = follow(followed, {tmp_path / "elsewhere.png": "print of i"})
    assert back.by_path[tmp_path / "elsewhere.png"] == Mark(0, ("sea",))


def test_a_copy_does_not_take_the_marks_of_its_original(tmp_path):
    there = {tmp_path / "a.png": "print of a", tmp_path / "copy.png": "print of a"}
    assert tmp_path / "copy.png" not in follow(marks_in(tmp_path), there).by_path


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"schema": 99, "marks": []}', "[" * 10**5, '{"schema": 1}']
)
def test_damaged_marks_are_put_aside_and_the_newest_copy_is_read(tmp_path, content):
    for _ in range(2):
        write_marks(tmp_path, marks_in(tmp_path))
    (tmp_path / DOCUMENT).write_text(content)
    marks, notice = read_marks(tmp_path)
    assert marks == marks_in(tmp_path)
    assert str(notice)
    assert (tmp_path / f"damaged-{DOCUMENT}").read_text() == content


@pytest.mark.parametrize(
    "row",
    [
        None,
        {"file": "../../outside.png", "stars": 1, "tags": []},
        {"file": "/etc/passwd", "stars": 1, "tags": []},
        {"file": "nul\0.png", "stars": 1, "tags": []},
        {"file": "a.png", "stars": 6, "tags": []},
        {"file": "a.png", "stars": True, "tags": []},
        {"file": "a.png", "stars": 1e400, "tags": []},
        {"file": "a.png", "stars": 1, "tags": {}},
        {"file": 7, "stars": 1, "tags": []},
    ],
)
def test_marks_that_make_no_sense_are_passed_over(tmp_path, row):
    good = {"file": "good.png", "stars": 2, "tags": ["x" * 500, " a ", "a", 7, "\x1b[2J"]}
    document = {"schema": 1, "marks": [row, good]}
    (tmp_path / DOCUMENT).write_text(json.dumps(document))
    marks, notice = read_marks(tmp_path)
    assert notice is None
    assert list(marks.by_path) == [tmp_path / "good.png"]
    assert marks.by_path[tmp_path / "good.png"].tags == ("[2J", "a", "x" * 60)


def test_tags_are_tidied():
    assert tidy_tags([" b  c ", "A", "", "b c", "\n"]) == ("A", "b c")
    assert len(tidy_tags(map(str, range(1000)))) == 40
