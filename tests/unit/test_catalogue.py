import math
import os
import sqlite3
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ganart.datasets.catalogue import Catalogue, Counts, Found, Verdict
from ganart.datasets.errors import CatalogueDamaged, CatalogueTooNew, Reason
from ganart.datasets.imprint import IMPRINT_BYTES
from ganart.datasets.inspect import Inspected
from ganart.datasets.measures import Measures
from ganart.datasets.schema import MIGRATIONS, migrate, schema_version
from ganart.errors import FolderNotWritable

MEASURES = Measures(0.1, 0.9, 7.0, 0.5, 0.6, 0.0, 0.0)
SEEN = Inspected(30, 20, "0123abcd", b"small", MEASURES, bytes(IMPRINT_BYTES))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "catalogue.sqlite"


@pytest.fixture
def catalogue(path):
    with Catalogue(path) as opened:
        yield opened


def file(path) -> Found:
    return Found(Path(path), size_bytes=7, mtime_ns=2**62)


def test_new_catalogue_is_empty(catalogue):
    assert catalogue.sources() == []
    assert catalogue.pictures() == []
    assert catalogue.counts() == Counts(readable=0, refused=0)


def test_source_that_is_a_link_in_a_circle_is_kept_as_it_is(catalogue, tmp_path):
    circle = tmp_path.resolve() / "circle"
    try:
        circle.symlink_to(circle)
    except OSError:
        pytest.skip("links are not allowed here")
    catalogue.add_source(circle)
    assert catalogue.sources() == [circle]


def test_what_was_learnt_is_there_after_reopening(path):
    with Catalogue(path) as catalogue:
        catalogue.record([(file("/art/b.png"), SEEN), (file("/art/a.png"), Reason.EMPTY)])
    with Catalogue(path) as catalogue:
        (picture,) = catalogue.pictures()
        (refused,) = catalogue.refused()
        assert catalogue.counts() == Counts(readable=1, refused=1)
        assert [row.path.name for row in catalogue.pictures(readable=False)] == ["a.png", "b.png"]
        assert catalogue.thumbnail(picture.id) == b"small"
        assert catalogue.thumbnail(refused.id) is None
    assert picture.path == Path("/art/b.png")
    assert (picture.width, picture.height, picture.pixel_hash) == (30, 20, "0123abcd")
    assert (picture.size_bytes, picture.mtime_ns) == (7, 2**62)
    assert (picture.verdict, picture.reason) == (Verdict.READABLE, None)
    assert (refused.verdict, refused.reason) == (Verdict.REFUSED, Reason.EMPTY)


def test_file_recorded_again_keeps_its_number(catalogue):
    catalogue.record([(file("/a.png"), SEEN)])
    (before,) = catalogue.pictures()
    catalogue.record([(file("/a.png"), Reason.DAMAGED)])
    (after,) = catalogue.refused()
    assert after.id == before.id
    assert catalogue.thumbnail(after.id) is None
    assert catalogue.counts() == Counts(readable=0, refused=1)


def test_refused_and_forgotten(catalogue):
    catalogue.record([(file("/a.png"), SEEN), (file("/b.png"), SEEN)])
    first, second = catalogue.pictures()
    catalogue.refuse(first.id, Reason.MISSING)
    catalogue.forget([second.id])
    assert [row.reason for row in catalogue.pictures(readable=False)] == [Reason.MISSING]
    assert catalogue.thumbnail(second.id) is None


def test_weights_outlast_a_new_scan_and_reopening(path):
    with Catalogue(path) as catalogue:
        catalogue.record([(file(f"/{name}.png"), SEEN) for name in "abc"])
        assert [row.weight for row in catalogue.pictures()] == [1, 1, 1]
        catalogue.set_weight([Path("/a.png"), Path("/gone.png")], 0)
        catalogue.set_weight([Path("/b.png")], 2.5)
        catalogue.record([(file("/a.png"), Reason.DAMAGED), (file("/a.png"), SEEN)])
    with Catalogue(path) as catalogue:
        assert [row.weight for row in catalogue.pictures()] == [0, 2.5, 1]


@pytest.mark.parametrize("weight", [-1, 101, math.nan, math.inf])
def test_weights_out_of_range_are_not_taken(catalogue, weight):
    catalogue.record([(file("/a.png"), SEEN)])
    with pytest.raises(ValueError, match="weight"):
        catalogue.set_weight([Path("/a.png")], weight)
    assert catalogue.pictures()[0].weight == 1


def test_catalogue_of_the_first_version_opens_with_equal_weights(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        migrate(database, MIGRATIONS[:1])
        database.execute(
            "INSERT INTO pictures VALUES (7, ?, 30, 20, 7, 1, '0123abcd', 'readable', NULL)",
            (b"/art/a.png",),
        )
        database.execute("INSERT INTO sources VALUES (1, ?)", (b"/art",))
    with Catalogue(path) as catalogue:
        (picture,) = catalogue.pictures()
        assert (picture.id, picture.path, picture.weight) == (7, Path("/art/a.png"), 1)
        assert catalogue.sources() == [Path("/art")]


def test_sources_are_kept_once_and_in_order(catalogue, tmp_path):
    for name in ("b", "a", "b", "a/../b"):
        catalogue.add_source(tmp_path / name)
    assert catalogue.sources() == [tmp_path.resolve() / "b", tmp_path.resolve() / "a"]


def test_removing_a_source_keeps_pictures_of_the_others(catalogue, tmp_path):
    outer = tmp_path.resolve()
    for source in (outer, outer / "inner", outer / "other"):
        catalogue.add_source(source)
    catalogue.record((file(outer / name), SEEN) for name in ("top.png", "inner/in.png"))
    catalogue.remove_source(outer)
    assert [row.path.name for row in catalogue.pictures()] == ["in.png"]
    assert catalogue.sources() == [outer / "inner", outer / "other"]


def test_a_change_that_fails_changes_nothing(catalogue):
    def results():
        yield file("/a.png"), SEEN
        raise RuntimeError

    with pytest.raises(RuntimeError):
        catalogue.record(results())
    assert catalogue.pictures() == []
    catalogue.record([(file("/b.png"), SEEN)])
    assert len(catalogue.pictures()) == 1


def test_one_reads_while_another_writes(path):
    with Catalogue(path) as writer, Catalogue(path) as reader:
        middle, read = threading.Event(), threading.Event()
        counts = []

        def results():
            yield file("/a.png"), SEEN
            middle.set()
            assert read.wait(20)

        def look():
            with Catalogue(path) as own:
                assert middle.wait(20)
                counts.append(own.counts().readable)
                read.set()

        thread = threading.Thread(target=look)
        thread.start()
        writer.record(results())
        thread.join()
        assert counts == [0]
        assert reader.counts().readable == 1


name_bytes = st.binary(min_size=1, max_size=60).filter(lambda name: not set(name) & {0, ord("/")})


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names of any bytes")
@given(st.lists(name_bytes, unique=True, max_size=8))
@settings(max_examples=50, deadline=None)
def test_names_of_any_bytes_come_back(tmp_path_factory, names):
    folder = tmp_path_factory.mktemp("names")
    paths = [Path("/art") / os.fsdecode(name) for name in names]
    with Catalogue(folder / "catalogue.sqlite") as catalogue:
        catalogue.record((file(path), SEEN) for path in paths)
        assert {row.path for row in catalogue.pictures()} == set(paths)


names = st.text(st.characters(exclude_characters="/\0\\", exclude_categories=["Cs"]), min_size=1)


@given(st.lists(names, unique=True, max_size=8))
@settings(max_examples=50, deadline=None)
def test_names_of_any_letters_come_back(tmp_path_factory, names):
    folder = tmp_path_factory.mktemp("names")
    paths = {Path("/art") / f"{name}.png" for name in names}
    with Catalogue(folder / "catalogue.sqlite") as catalogue:
        catalogue.record((file(path), SEEN) for path in paths)
        assert {row.path for row in catalogue.pictures()} == paths


def test_catalogue_in_an_oddly_named_folder(odd_folder):
    with Catalogue(odd_folder / "catalogue.sqlite") as catalogue:
        catalogue.add_source(odd_folder)
        assert catalogue.sources() == [odd_folder.resolve()]


def fill(path: Path, count: int = 300) -> None:
    with Catalogue(path) as catalogue:
        catalogue.add_source(path.parent)
        thumbnail = replace(SEEN, thumbnail=b"\xff" * 900)
        catalogue.record((file(f"/art/{number}.png"), thumbnail) for number in range(count))


def use(path: Path) -> None:
    with Catalogue(path) as catalogue:
        catalogue.sources()
        for row in catalogue.pictures(readable=False):
            catalogue.thumbnail(row.id)
        catalogue.record([(file("/new.png"), SEEN)])


@pytest.mark.parametrize(
    "content", [b"this is no database at all " * 200, b"SQLite format 3\0junk"]
)
def test_damaged_catalogue_is_set_aside_and_begun_anew(path, content):
    path.write_bytes(content)
    with pytest.raises(CatalogueDamaged) as caught:
        Catalogue(path)
    assert "untouched" in str(caught.value)
    (kept,) = path.parent.glob("catalogue-damaged-*.sqlite")
    assert str(kept) in str(caught.value)
    assert kept.read_bytes() == content
    with Catalogue(path) as catalogue:
        assert catalogue.sources() == []


def test_sources_are_saved_from_a_damaged_catalogue(path):
    fill(path)
    content = bytearray(path.read_bytes())
    for page in range(6 * 4096, len(content), 4096):
        content[page : page + 4096] = os.urandom(4096)
    path.write_bytes(content)
    with pytest.raises(CatalogueDamaged):
        use(path)
    with Catalogue(path) as catalogue:
        assert catalogue.sources() == [path.parent.resolve()]
        assert catalogue.counts() == Counts(0, 0)


def test_no_number_of_a_damaged_catalogue_is_given_to_another_picture(path):
    fill(path, 20)
    with Catalogue(path) as catalogue:
        before = {row.id for row in catalogue.pictures()}
    path.write_bytes(b"this is no database at all " * 200)
    with pytest.raises(CatalogueDamaged):
        Catalogue(path)
    with Catalogue(path) as catalogue:
        catalogue.record([(file("/other.png"), SEEN)])
        assert not before & {row.id for row in catalogue.pictures()}


@given(st.integers(0, 2**32 - 1), st.integers(1, 8192))
@settings(max_examples=40, deadline=None)
def test_any_damage_ends_in_a_sentence_and_the_next_try_works(tmp_path_factory, seed, length):
    path = tmp_path_factory.mktemp("damaged") / "catalogue.sqlite"
    fill(path, 20)
    content = bytearray(path.read_bytes())
    start = seed % len(content)
    noise = (b"%d damage " % seed) * 1000
    content[start : start + length] = noise[:length]
    path.write_bytes(content)
    try:
        use(path)
    except CatalogueDamaged:
        use(path)
    except CatalogueTooNew:
        assert start < 64  # the bytes that hold the version
        assert start + length > 60


def test_newer_catalogue_is_left_alone(path):
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = path.read_bytes()
    with pytest.raises(CatalogueTooNew, match="newer"):
        Catalogue(path)
    assert path.read_bytes() == before


def test_missing_folder_is_told(tmp_path):
    with pytest.raises(FolderNotWritable):
        Catalogue(tmp_path / "nowhere" / "catalogue.sqlite")


def test_migration_that_fails_leaves_the_version_before(path):
    good, bad = ("CREATE TABLE one (a)",), ("CREATE TABLE two (a)", "NONSENSE")
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        migrate(database, (good,))
        with pytest.raises(sqlite3.OperationalError):
            migrate(database, (good, bad))
        tables = database.execute("SELECT name FROM sqlite_master").fetchall()
        assert (schema_version(database), tables) == (1, [("one",)])
        migrate(database, (good, ("CREATE TABLE two (a)",)))
        assert schema_version(database) == 2


class FullDisk(sqlite3.Connection):
    """Ends the transaction by itself, as SQLite does where a disk is full."""

    def execute(self, statement, *values):
        if statement.startswith("CREATE"):
            super().execute("ROLLBACK")
            raise sqlite3.OperationalError("database or disk is full")
        return super().execute(statement, *values)


def test_a_disk_that_is_full_while_a_catalogue_is_made_is_told_as_that(path):
    with (
        closing(sqlite3.connect(path, isolation_level=None, factory=FullDisk)) as database,
        pytest.raises(sqlite3.OperationalError, match="full"),
    ):
        migrate(database)


def test_a_new_catalogue_can_be_opened_by_many_at_once(tmp_path: Path) -> None:
    together = threading.Barrier(3, timeout=20)

    def look(number: int) -> int:
        together.wait()
        with Catalogue(tmp_path / f"{number}.sqlite") as catalogue:
            return catalogue.counts().readable

    with ThreadPoolExecutor(3) as pool:
        assert set(pool.map(look, [number // 3 for number in range(300)])) == {0}
