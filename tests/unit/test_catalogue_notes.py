"""What the artist says about pictures, and how it is found again."""

import sqlite3
from contextlib import closing
from pathlib import Path
from time import perf_counter

import pytest

from ganart.datasets.catalogue import Catalogue, Counts, Found
from ganart.datasets.errors import CatalogueDamaged, Reason
from ganart.datasets.filters import Filter
from ganart.datasets.imprint import IMPRINT_BYTES
from ganart.datasets.inspect import Inspected
from ganart.datasets.measures import Measures
from ganart.datasets.records import Mark
from ganart.errors import StudioError

A, B, C, GONE = (Path(f"/art/{name}.png") for name in ("a", "b", "C", "gone"))


def file(path: Path) -> Found:
    return Found(path, 7, 1)


def seen(width: int = 30, height: int = 20) -> Inspected:
    measures = Measures(0.1, 0.9, 7.0, 0.5, 0.6, 0.0, 0.0)
    return Inspected(width, height, "0123", b"small", measures, bytes(IMPRINT_BYTES))


@pytest.fixture
def catalogue(tmp_path):
    with Catalogue(tmp_path / "catalogue.sqlite") as opened:
        opened.record([(file(A), seen()), (file(B), seen(20, 60)), (file(C), seen(500, 400))])
        yield opened


def by_path(catalogue):
    return {row.path: row for row in catalogue.pictures()}


@pytest.mark.parametrize(
    ("setter", "field", "values", "other"),
    [
        ("set_marks", "mark", Mark.PICKED, Mark.REJECTED),
        ("set_stars", "stars", 5, 2),
        ("set_seen", "seen", True, False),
        ("set_tags", "tags", frozenset({"sea", "هنر‌من"}), frozenset({"sky"})),
        ("set_framing", "framing", '{"x": 1}', None),
    ],
)
def test_a_note_is_written_told_back_and_taken_back(catalogue, setter, field, values, other):
    write = getattr(catalogue, setter)
    plain = {path: getattr(row, field) for path, row in by_path(catalogue).items()}
    assert write({A: values, GONE: values}) == {A: plain[A]}
    before = write({A: other, B: values, GONE: other})
    assert before == {A: values, B: plain[B]}
    assert getattr(by_path(catalogue)[B], field) == values
    assert write({B: values}) == {}  # nothing changed
    write(before)
    rows = by_path(catalogue)
    assert (getattr(rows[A], field), getattr(rows[B], field)) == (values, plain[B])
    assert getattr(rows[C], field) == plain[C]


def test_notes_outlast_a_changed_file_and_reopening(catalogue):
    catalogue.set_marks({A: Mark.PICKED})
    catalogue.set_stars({A: 4})
    catalogue.set_tags({A: frozenset({"sea"})})
    catalogue.set_framing({A: "{}"})
    catalogue.record([(file(A), Reason.DAMAGED)])
    catalogue.record([(Found(A, 9, 2), seen(64, 64))])
    with Catalogue(catalogue.path) as again:
        row = by_path(again)[A]
    assert (row.mark, row.stars, row.tags, row.framing) == (Mark.PICKED, 4, {"sea"}, "{}")
    assert row.width == 64


def test_a_rejected_picture_is_the_same_as_an_excluded_one(catalogue):
    catalogue.set_weight([A], 2)
    assert catalogue.set_marks({A: Mark.REJECTED}) == {A: Mark.NONE}
    assert by_path(catalogue)[A].weight == 0
    assert catalogue.counts() == Counts(readable=3, refused=0, excluded=1)
    catalogue.set_marks({A: Mark.NONE})
    assert by_path(catalogue)[A].weight == 2
    catalogue.set_weight([A, B], 0)
    assert by_path(catalogue)[B].mark is Mark.REJECTED
    catalogue.set_marks({C: Mark.PICKED})
    catalogue.set_weight([B, C], 1)
    rows = by_path(catalogue)
    assert [(rows[path].weight, rows[path].mark) for path in (A, B, C)] == [
        (0, Mark.REJECTED),
        (1, Mark.NONE),
        (1, Mark.PICKED),
    ]


def test_stars_out_of_range_are_not_taken(catalogue):
    for stars in (-1, 6):
        with pytest.raises(ValueError, match="stars"):
            catalogue.set_stars({A: stars})
    assert by_path(catalogue)[A].stars == 0


def test_notes_go_with_their_picture(catalogue):
    catalogue.set_tags({A: frozenset({"sea"})})
    catalogue.forget([by_path(catalogue)[A].id])
    assert catalogue.tally().tags == {}


def test_tally_counts_readable_pictures(catalogue):
    catalogue.set_marks({A: Mark.PICKED, B: Mark.REJECTED})
    catalogue.set_stars({A: 3, C: 3})
    catalogue.set_seen({A: True, B: True})
    catalogue.set_tags({A: frozenset({"sea", "sky"}), B: frozenset({"sea"})})
    catalogue.record([(file(GONE), Reason.EMPTY)])
    tally = catalogue.tally()
    assert (tally.total, tally.seen) == (3, 2)
    assert tally.marks == {Mark.NONE: 1, Mark.PICKED: 1, Mark.REJECTED: 1}
    assert tally.stars == (1, 0, 0, 2, 0, 0)
    assert tally.tags == {"sea": 2, "sky": 1}


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Filter(), "Cab"),
        (Filter(marks=frozenset({Mark.PICKED, Mark.REJECTED})), "ab"),
        (Filter(marks=frozenset()), ""),
        (Filter(least_stars=2), "C"),
        (Filter(seen=True), "a"),
        (Filter(seen=False), "Cb"),
        (Filter(tags=frozenset({"sea"})), "ab"),
        (Filter(tags=frozenset({"sea", "Éire"})), "a"),
        (Filter(text="/c."), "C"),
        (Filter(text="éIR"), "a"),
        (Filter(text="%"), ""),
        (Filter(least_side=21), "C"),
        (Filter(most_side=20), "ab"),
        (Filter(least_aspect=1.4), "a"),
        (Filter(most_aspect=1.25), "Cb"),
        (Filter(seen=True, least_stars=1), ""),
    ],
)
def test_filters(catalogue, wanted, names):
    catalogue.set_marks({A: Mark.PICKED, B: Mark.REJECTED})
    catalogue.set_stars({C: 2})
    catalogue.set_seen({A: True})
    catalogue.set_tags({A: frozenset({"sea", "Éire"}), B: frozenset({"sea"})})
    found = {row.id: row.path.stem for row in catalogue.pictures()}
    assert "".join(found[number] for number in catalogue.matching(wanted)) == names
    assert catalogue.count(wanted) == len(names)


@pytest.mark.slow
def test_filters_are_fast_for_fifty_thousand_pictures(tmp_path):
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        paths = [Path(f"/art/{number:05}.png") for number in range(50_000)]
        catalogue.record((file(path), seen()) for path in paths)
        catalogue.set_stars(dict.fromkeys(paths[::5], 3))
        catalogue.set_tags({path: frozenset({"sea"}) for path in paths[::7]})
        start = perf_counter()
        assert len(catalogue.matching(Filter(least_stars=3, tags=frozenset({"sea"})))) == 1429
        assert catalogue.tally().total == 50_000
        assert perf_counter() - start < 1.0


def test_an_older_catalogue_keeps_what_was_excluded_and_weighted(tmp_path):
    """The dump is of a file that the studio before marks wrote: one excluded, one shown often."""
    path = tmp_path / "catalogue.sqlite"
    dump = Path(__file__).with_name("catalogue_of_version_2.sql").read_text()
    with closing(sqlite3.connect(path)) as database:
        database.executescript(dump)
    with Catalogue(path) as catalogue:
        first, second, third = catalogue.pictures()
        assert [(row.weight, row.mark) for row in (first, second, third)] == [
            (0, Mark.REJECTED),
            (2.5, Mark.NONE),
            (1, Mark.NONE),
        ]
        assert catalogue.counts() == Counts(readable=3, refused=1, excluded=1)
        assert catalogue.sources() == [Path("/art")]
        assert catalogue.thumbnail(first.id).startswith(b"\x89PNG")
        assert catalogue.measured() == set()
        catalogue.set_marks({first.path: Mark.NONE})
        assert catalogue.pictures()[0].weight == 1


@pytest.mark.parametrize("change", ["mark = 'loved'", "stars = 9"])
def test_notes_that_were_never_written_are_told_as_damage(catalogue, change):
    with closing(sqlite3.connect(catalogue.path)) as database, database:
        database.execute(f"UPDATE pictures SET {change} WHERE id = 1")
    with pytest.raises(CatalogueDamaged) as caught:
        catalogue.pictures()
    assert isinstance(caught.value, StudioError)
