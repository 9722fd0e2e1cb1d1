"""The table of pictures filters as the catalogue does, and sorts by every order."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from ganart.datasets.catalogue import Catalogue, Found
from ganart.datasets.filters import Filter
from ganart.datasets.imprint import IMPRINT_BYTES, make_imprint
from ganart.datasets.inspect import Inspected
from ganart.datasets.likeness import distances
from ganart.datasets.measures import Measures
from ganart.datasets.picture_table import Order, PictureTable
from ganart.datasets.records import Mark, PictureRow, Verdict

PIXEL_AVATARS = Path(__file__).parents[2] / "resources" / "sample" / "pixel-avatars"


@pytest.fixture
def catalogue(tmp_path):
    """Return a catalogue of 120 pictures of random sizes and notes."""
    chance = random.Random(5)
    folders = ("Sea", "forest/دریا", "forest")
    paths = [Path("/art") / chance.choice(folders) / f"seed {n}.png" for n in range(120)]
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        results = [
            (
                Found(path, chance.randint(1, 9), chance.randint(1, 9)),
                Inspected(
                    chance.choice([10, 20, 21, 40]),
                    chance.choice([10, 20, 21, 40]),
                    "hash",
                    b"thumbnail",
                    Measures(0, 1, 8, 0.2, 1, 0, 0),
                    bytes(IMPRINT_BYTES),
                ),
            )
            for path in paths
        ]
        catalogue.record(results)
        catalogue.set_marks({path: chance.choice(list(Mark)) for path in paths})
        catalogue.set_stars({path: chance.randint(0, 5) for path in paths})
        catalogue.set_seen({path: chance.random() < 0.5 for path in paths})
        tags = ["Sky", "Straße", "blue hour"]
        catalogue.set_tags(
            {path: frozenset(chance.sample(tags, chance.randint(0, 3))) for path in paths}
        )
        yield catalogue


def test_filters_let_through_what_the_catalogue_does(catalogue):
    chance = random.Random(11)
    table = PictureTable(catalogue.pictures())
    some, lengths = chance.choice, []
    for _ in range(300):
        wanted = Filter(
            marks=frozenset(chance.sample(list(Mark), chance.randint(1, 3))),
            least_stars=some([0, 0, 1, 3]),
            seen=some([None, None, True, False]),
            tags=frozenset(chance.sample(["Sky", "Straße"], some([0, 0, 1, 2]))),
            text=some(["", "", "sea", "STRASSE", "seed 1", "دریا", "%"]),
            least_side=some([0, 0, 20]),
            most_side=some([None, None, 20]),
            least_aspect=some([0.0, 0.0, 1.0, 1.05]),
            most_aspect=some([None, None, 1.0, 0.5]),
        )
        fits = table.ids()[table.matching(wanted)].tolist()
        assert fits == catalogue.matching(wanted)
        lengths.append(len(fits))
    assert len(set(lengths)) > 20


def test_an_empty_table_answers_as_well():
    table = PictureTable()
    assert table.ids()[table.matching(Filter(text="a", tags=frozenset({"b"})))].tolist() == []
    assert table.keys(Order.NAME).tolist() == []


@pytest.mark.parametrize(
    ("order", "key"),
    [
        (Order.PATH, lambda row: 0),
        (Order.NAME, lambda row: int(row.path.stem.split()[1])),
        (Order.PIXELS, lambda row: row.width * row.height),
        (Order.SIDE, lambda row: min(row.width, row.height)),
        (Order.ASPECT, lambda row: row.width / row.height),
        (Order.BYTES, lambda row: row.size_bytes),
        (Order.MODIFIED, lambda row: row.mtime_ns),
        (Order.STARS, lambda row: row.stars),
        (Order.MARK, lambda row: ["picked", "none", "rejected"].index(row.mark)),
    ],
)
def test_orders_sort_and_leave_equal_ones_by_path(catalogue, order, key):
    rows = catalogue.pictures()
    table = PictureTable(rows)
    places = table.keys(order).argsort(kind="stable")
    assert [rows[place] for place in places] == sorted(rows, key=key)


@pytest.mark.parametrize("order", [Order.ISSUE, Order.LIKENESS])
def test_orders_of_elsewhere_are_refused(order):
    with pytest.raises(ValueError, match=order):
        PictureTable().keys(order)


def test_notes_are_taken_over_but_not_other_pictures(catalogue):
    rows = catalogue.pictures()
    table = PictureTable(rows)
    changed = [replace(rows[0], stars=5, tags=frozenset({"new"}), mark=Mark.PICKED), *rows[1:]]
    assert table.follow(changed)
    assert table.keys(Order.STARS)[0] == 5
    assert table.matching(Filter(tags=frozenset({"new"}))).tolist() == [True] + [False] * 119
    assert table.matching(Filter(text="NEW")).tolist() == [True] + [False] * 119
    assert not table.follow(rows[1:])
    assert not table.follow([replace(rows[0], path=Path("/art/other.png")), *rows[1:]])
    assert not table.follow([replace(rows[0], pixel_hash="other"), *rows[1:]])


def test_folders_hold_what_lies_below_them():
    rows = [_row(1, "/art/a.png"), _row(2, "/art/sea/b.png"), _row(3, "/arts/c.png")]
    table = PictureTable(rows)
    assert table.within(Path("/art")).tolist() == [True, True, False]
    assert table.within(Path("/art/a.png")).tolist() == [True, False, False]
    assert table.among(frozenset({3, 9})).tolist() == [False, False, True]


def test_a_picture_is_most_like_itself_and_its_mirror_image():
    pictures = [Image.open(path).convert("RGB") for path in sorted(PIXEL_AVATARS.glob("*"))[:40]]
    mirrored = ImageOps.mirror(pictures[7])
    imprints = [
        make_imprint(each) for each in [*pictures, mirrored, pictures[7].resize((200, 200))]
    ]
    found = distances(imprints, imprints[7])
    assert found.shape == (42,)
    assert found[7] == 0
    assert set(np.argsort(found)[:3].tolist()) == {7, 40, 41}


def _row(number: int, path: str) -> PictureRow:
    return PictureRow(number, Path(path), 4, 4, 1, 1, "hash", Verdict.READABLE, None)
