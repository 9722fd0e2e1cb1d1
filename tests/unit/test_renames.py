"""Files that were renamed or moved keep what the artist noted of them."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ganart.datasets import scan as scanning
from ganart.datasets.catalogue import Catalogue
from ganart.datasets.errors import FolderGone
from ganart.datasets.framing import Fill, Framing
from ganart.datasets.inspect import inspect
from ganart.datasets.records import Mark
from ganart.datasets.scan import Scanned, Scanning, scan


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path.resolve() / "art"
    folder.mkdir()
    return folder


@pytest.fixture
def catalogue(tmp_path, folder):
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.add_source(folder)
        yield catalogue


def draw(path, grey=0):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (20, 10), (grey, grey, grey)).save(path)


def run(catalogue) -> Scanned:
    return list(scan(catalogue, lambda: None))[-1]


def stars(catalogue):
    return {row.path.name: row.stars for row in catalogue.pictures()}


def rate(catalogue, folder, **ratings):
    catalogue.set_stars({folder / f"{name}.png": each for name, each in ratings.items()})


def test_renamed_picture_keeps_every_note(catalogue, folder):
    draw(folder / "a.png")
    run(catalogue)
    path = folder / "a.png"
    framing = Framing(fill=Fill.STRETCH).to_json()
    catalogue.set_weight([path], 3.0)
    catalogue.set_marks({path: Mark.PICKED})
    catalogue.set_stars({path: 4})
    catalogue.set_seen({path: True})
    catalogue.set_tags({path: frozenset({"sea", "boat"})})
    catalogue.set_framing({path: framing})
    (before,) = catalogue.pictures()

    (folder / "deep").mkdir()
    path.rename(folder / "deep" / "z.png")
    end = run(catalogue)
    assert (end.renamed, end.added, end.removed, end.readable) == (1, 0, 0, 1)
    (row,) = catalogue.pictures()
    assert row.path == folder / "deep" / "z.png"
    assert (row.id, row.mark, row.stars, row.seen, row.tags, row.weight, row.framing) == (
        before.id, Mark.PICKED, 4, True, frozenset({"sea", "boat"}), 3.0, framing,
    )  # fmt: skip
    assert catalogue.thumbnail(row.id)
    assert len(catalogue.measures()) == 1
    assert run(catalogue).renamed == 0


def test_picture_moved_to_another_source_keeps_its_notes(catalogue, folder, tmp_path):
    draw(folder / "a.png")
    other = tmp_path.resolve() / "other"
    other.mkdir()
    catalogue.add_source(other)
    run(catalogue)
    rate(catalogue, folder, a=5)
    shutil.move(folder / "a.png", other / "b.png")
    end = run(catalogue)
    assert (end.renamed, end.added, end.removed) == (1, 0, 0)
    assert stars(catalogue) == {"b.png": 5}


def empty_source(catalogue, folder, tmp_path, *copies):
    """Rate a picture, of which another source has `copies`, and empty its source."""
    draw(folder / "a.png")
    other = tmp_path.resolve() / "other"
    other.mkdir()
    for name in copies:
        shutil.copy(folder / "a.png", other / name)
    catalogue.add_source(other)
    run(catalogue)
    rate(catalogue, folder, a=5)
    (folder / "a.png").rename(tmp_path / "a.png")
    return other


def test_unplugged_picture_with_a_copy_keeps_its_notes(catalogue, folder, tmp_path):
    empty_source(catalogue, folder, tmp_path, "known.png")
    assert run(catalogue).renamed == 0
    assert stars(catalogue) == {"a.png": 5, "known.png": 0}


def test_unplugged_picture_with_a_copy_keeps_its_notes_when_that_is_copied(
    catalogue, folder, tmp_path
):
    other = empty_source(catalogue, folder, tmp_path, "known.png")
    shutil.copy(other / "known.png", other / "new.png")
    end = run(catalogue)
    assert (end.renamed, end.added, end.removed) == (0, 1, 0)
    assert stars(catalogue) == {"a.png": 5, "known.png": 0, "new.png": 0}


def test_picture_of_an_emptied_source_is_not_found_twice(catalogue, folder, tmp_path):
    other = empty_source(catalogue, folder, tmp_path)
    for name in ("b.png", "c.png"):
        shutil.copy(tmp_path / "a.png", other / name)
    end = run(catalogue)
    assert (end.renamed, end.added, end.removed) == (0, 2, 0)
    assert stars(catalogue) == {"a.png": 5, "b.png": 0, "c.png": 0}
    assert all(catalogue.thumbnail(row.id) for row in catalogue.pictures())


def two_sources(catalogue, folder, tmp_path):
    """Rate a picture that lies beside another one; return a second source, which is empty."""
    draw(folder / "a.png")
    draw(folder / "stays.png", 7)
    other = tmp_path.resolve() / "other"
    other.mkdir()
    catalogue.add_source(other)
    run(catalogue)
    rate(catalogue, folder, a=5)
    return other


def test_picture_moved_into_a_source_keeps_its_notes_where_that_alone_is_scanned(
    catalogue, folder, tmp_path
):
    other = two_sources(catalogue, folder, tmp_path)
    shutil.move(folder / "a.png", other / "b.png")
    end = list(scan(catalogue, lambda: None, [other]))[-1]
    assert (end.renamed, end.added, end.removed) == (1, 0, 0)
    assert stars(catalogue) == {"b.png": 5, "stays.png": 0}


def test_copy_in_a_source_that_alone_is_scanned_gets_no_notes_and_is_read_once(
    catalogue, folder, tmp_path, monkeypatch
):
    other = two_sources(catalogue, folder, tmp_path)
    shutil.copy(folder / "a.png", other / "b.png")
    read = []
    monkeypatch.setattr(scanning, "inspect", lambda path: read.append(path) or inspect(path))
    end = list(scan(catalogue, lambda: None, [other]))[-1]
    assert (end.renamed, end.added, end.removed) == (0, 1, 0)
    assert stars(catalogue) == {"a.png": 5, "b.png": 0, "stays.png": 0}
    assert read == [other / "b.png"]


def test_sources_that_overlap_forget_what_is_gone(catalogue, folder):
    for grey, name in enumerate("ab"):
        draw(folder / "inner" / f"{name}.png", grey)
    catalogue.add_source(folder / "inner")
    run(catalogue)
    (folder / "inner" / "a.png").unlink()
    end = list(scan(catalogue, lambda: None, [folder / "inner"]))[-1]
    assert (end.renamed, end.added, end.removed) == (0, 0, 1)


def test_exchanged_names_are_seen(catalogue, folder):
    for grey, name in enumerate("ab"):
        draw(folder / f"{name}.png", grey)
        os.utime(folder / f"{name}.png", (grey, grey))
    run(catalogue)
    rate(catalogue, folder, a=1, b=2)
    exchange(folder, {"a.png": "b.png", "b.png": "a.png"})
    end = run(catalogue)
    assert (end.renamed, end.added, end.removed) == (2, 0, 0)
    assert stars(catalogue) == {"a.png": 2, "b.png": 1}


def test_picture_that_takes_the_name_of_another_keeps_its_notes(catalogue, folder):
    for grey, name in enumerate("ab"):
        draw(folder / f"{name}.png", grey)
        os.utime(folder / f"{name}.png", (grey, grey))
    run(catalogue)
    rate(catalogue, folder, a=1, b=2)
    (folder / "a.png").replace(folder / "b.png")
    end = run(catalogue)
    assert (end.renamed, end.added, end.removed) == (1, 0, 1)
    assert stars(catalogue) == {"b.png": 1}


def test_picture_that_got_out_of_the_way_of_a_new_one_keeps_its_notes(catalogue, folder):
    draw(folder / "a.png")
    run(catalogue)
    rate(catalogue, folder, a=5)
    (folder / "a.png").rename(folder / "a (old).png")
    draw(folder / "a.png", 90)
    os.utime(folder / "a.png", (7, 7))
    end = run(catalogue)
    assert (end.renamed, end.added, end.removed) == (1, 1, 0)
    assert stars(catalogue) == {"a (old).png": 5, "a.png": 0}
    hashes = {row.path.name: row.pixel_hash for row in catalogue.pictures()}
    assert hashes == {path.name: inspect(path).pixel_hash for path in folder.iterdir()}


def test_changed_picture_keeps_its_name_and_notes(catalogue, folder):
    for name in "ab":
        draw(folder / f"{name}.png")
    run(catalogue)
    rate(catalogue, folder, a=1, b=2)
    draw(folder / "a.png", 90)
    os.utime(folder / "a.png", (7, 7))
    end = run(catalogue)
    assert (end.renamed, end.added, end.removed) == (0, 0, 0)
    assert stars(catalogue) == {"a.png": 1, "b.png": 2}


def exchange(folder, names):
    """Rename files all at once."""
    for old in names:
        (folder / old).rename(folder / f"{old}.held")
    for old, new in names.items():
        (folder / f"{old}.held").rename(folder / new)


NAMES = tuple("abcdefgh")


@settings(max_examples=25, deadline=None)
@given(
    before=st.permutations(NAMES), after=st.permutations(NAMES), count=st.integers(1, len(NAMES)),
    changed=st.sets(st.sampled_from(range(len(NAMES))), max_size=2), stopped=st.integers(0, 9),
)  # fmt: skip
def test_notes_follow_the_pixels_whatever_names_were_given(before, after, count, changed, stopped):
    """Some are changed meanwhile; the scan may be abandoned once."""
    with tempfile.TemporaryDirectory() as name, Catalogue(Path(name, "c.sqlite")) as catalogue:
        folder = Path(name, "art").resolve()
        for number in range(count):
            path = folder / f"{before[number]}.png"
            draw(path, number)
            os.utime(path, (number, number))
        catalogue.add_source(folder)
        run(catalogue)
        rows = {row.path.stem: row for row in catalogue.pictures()}
        ratings = {row.path: 1 + before.index(stem) % 5 for stem, row in rows.items()}
        catalogue.set_stars(ratings)
        names = {f"{before[number]}.png": f"{after[number]}.png" for number in range(count)}
        exchange(folder, names)
        if not changed:
            for number, event in enumerate(scan(catalogue, lambda: None)):
                if number == stopped and isinstance(event, Scanning):
                    break
        for number in changed & set(range(count)):
            draw(folder / f"{after[number]}.png", 100 + number)
            os.utime(folder / f"{after[number]}.png", (100 + number, 100 + number))
        run(catalogue)
        now = {row.path.stem: row for row in catalogue.pictures()}
        assert sorted(now) == sorted(after[:count])
        for number in set(range(count)) - changed:
            old, new = rows[before[number]], now[after[number]]
            assert (new.stars, new.id) == (1 + number % 5, old.id)
        for row in now.values():
            assert row.pixel_hash == inspect(row.path).pixel_hash
            assert catalogue.thumbnail(row.id)
        assert run(catalogue).renamed == 0


def test_renamed_folder_keeps_all_notes(catalogue, folder):
    for number in range(6):
        draw(folder / "old" / f"{number}.png", number // 2)  # each twice
    run(catalogue)
    catalogue.set_stars({folder / "old" / f"{number}.png": number for number in range(6)})
    (folder / "old").rename(folder / "new")
    assert run(catalogue).renamed == 6
    assert stars(catalogue) == {f"{number}.png": number for number in range(6)}


def test_copy_of_a_picture_that_is_there_gets_no_notes(catalogue, folder):
    draw(folder / "a.png")
    run(catalogue)
    rate(catalogue, folder, a=5)
    shutil.copy(folder / "a.png", folder / "b.png")
    end = run(catalogue)
    assert (end.renamed, end.added) == (0, 1)
    assert stars(catalogue) == {"a.png": 5, "b.png": 0}


def test_old_copy_does_not_inherit_from_a_deleted_one(catalogue, folder):
    draw(folder / "a.png")
    draw(folder / "b.png")
    run(catalogue)
    catalogue.set_marks({folder / "a.png": Mark.REJECTED})
    (folder / "a.png").unlink()
    assert run(catalogue).removed == 1
    (row,) = catalogue.pictures()
    assert (row.path.name, row.mark) == ("b.png", Mark.NONE)


def test_equal_pictures_are_paired_in_the_order_of_paths(catalogue, folder):
    for name in "abc":
        draw(folder / f"{name}.png")
    run(catalogue)
    rate(catalogue, folder, a=1, b=2, c=3)
    for old, new in ("az", "by", "cx"):
        (folder / f"{old}.png").rename(folder / f"{new}.png")
    end = run(catalogue)
    assert (end.renamed, end.added, end.removed) == (3, 0, 0)
    assert stars(catalogue) == {"x.png": 1, "y.png": 2, "z.png": 3}


def test_each_note_goes_to_one_picture(catalogue, folder):
    draw(folder / "a.png")
    run(catalogue)
    rate(catalogue, folder, a=5)
    shutil.copy(folder / "a.png", folder / "c.png")
    (folder / "a.png").rename(folder / "b.png")
    end = run(catalogue)
    assert (end.renamed, end.added, end.removed) == (1, 1, 0)
    assert stars(catalogue) == {"b.png": 5, "c.png": 0}


def test_other_bytes_are_another_file(catalogue, folder):
    draw(folder / "a.png")
    run(catalogue)
    rate(catalogue, folder, a=5)
    with Image.open(folder / "a.png") as image:
        image.save(folder / "b.bmp")
    (folder / "a.png").unlink()
    end = run(catalogue)
    assert (end.renamed, end.added, end.removed) == (0, 1, 1)


def test_copy_gets_no_notes_of_an_original_that_comes_back(catalogue, folder, tmp_path):
    draw(folder / "a.png")
    run(catalogue)
    rate(catalogue, folder, a=5)
    shutil.copy(folder / "a.png", folder / "b.png")
    (folder / "a.png").rename(tmp_path / "away.png")
    for event in scan(catalogue, lambda: None):
        if isinstance(event, Scanning) and event.total == 0:  # the folder was listed
            shutil.copy(tmp_path / "away.png", folder / "a.png")
    run(catalogue)
    assert stars(catalogue)["b.png"] == 0


def test_abandoned_scan_loses_no_notes(catalogue, folder):
    ratings = {}
    for number in range(30):
        draw(folder / f"{number:02}.png", number)
        ratings[folder / f"{number:02}.png"] = number % 5 + 1
    run(catalogue)
    catalogue.set_stars(ratings)
    folder.rename(folder.parent / "held")
    folder.mkdir()
    (folder.parent / "held").rename(folder / "new")
    events = scan(catalogue, lambda: None)
    for event in events:
        if isinstance(event, Scanning) and event.done == 10:
            events.close()
    run(catalogue)
    assert stars(catalogue) == {path.name: each for path, each in ratings.items()}


def test_picture_in_a_folder_that_is_away_keeps_its_notes(catalogue, folder, tmp_path):
    draw(folder / "a.png")
    other = tmp_path.resolve() / "other"
    other.mkdir()
    catalogue.add_source(other)
    run(catalogue)
    rate(catalogue, folder, a=5)
    shutil.copy(folder / "a.png", other / "b.png")
    folder.rename(tmp_path / "unplugged")
    with pytest.raises(FolderGone):
        run(catalogue)
    assert stars(catalogue) == {"a.png": 5, "b.png": 0}


def test_file_that_is_listed_by_another_name_of_the_same_file_keeps_its_notes(catalogue, folder):
    """As where capital letters are changed on a file system that does not mind them."""
    draw(folder / "x" / "a.png")
    draw(folder / "x" / "b.png", 1)
    run(catalogue)
    catalogue.set_stars({folder / "x" / "a.png": 5, folder / "x" / "b.png": 3})
    try:
        (folder / "again").symlink_to(folder / "x")  # each folder is entered once
    except OSError:
        pytest.skip("links are not allowed here")
    end = run(catalogue)
    assert (end.renamed, end.added, end.removed) == (2, 0, 0)
    assert {row.path: row.stars for row in catalogue.pictures()} == {
        folder / "again" / "a.png": 5,
        folder / "again" / "b.png": 3,
    }
