"""Pictures that are told apart: kept in the catalogue, and the same in memory."""

import random
import sqlite3
from contextlib import closing
from itertools import combinations

import pytest

from ganart.datasets.apart import ToldApart
from ganart.datasets.catalogue import Catalogue
from ganart.datasets.errors import CatalogueDamaged
from ganart.datasets.schema import MIGRATIONS, migrate


@pytest.fixture
def path(tmp_path):
    """Return a catalogue of the version before, with five pictures."""
    path = tmp_path / "catalogue.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        migrate(database, MIGRATIONS[:4])
        for number in range(1, 6):
            database.execute(
                "INSERT INTO pictures (id, path, width, height, size_bytes, mtime_ns, pixel_hash,"
                " verdict) VALUES (?, ?, 1, 1, 1, 1, '', 'readable')",
                (number, f"/art/{number}.png".encode()),
            )
    return path


def told(path):
    with Catalogue(path) as catalogue:
        return sorted(map(sorted, catalogue.told_apart()))


def test_sets_outlast_reopening_and_are_taken_back(path):
    with Catalogue(path) as catalogue:
        assert catalogue.told_apart() == []
        catalogue.tell_apart([1, 2, 3], True)
        catalogue.tell_apart((3, 4), True)
    assert told(path) == [[1, 2, 3], [3, 4]]
    with Catalogue(path) as catalogue:
        catalogue.tell_apart([1, 4], False)  # they are in no set together
        catalogue.tell_apart([1, 3], False)
    assert told(path) == [[3, 4]]


def test_a_picture_that_is_gone_leaves_its_sets(path):
    with Catalogue(path) as catalogue:
        catalogue.tell_apart([1, 2, 3], True)
        catalogue.tell_apart([4, 99], True)
        catalogue.forget([2])
    assert told(path) == [[1, 3], [4]]


def test_a_lost_table_is_damage(path):
    Catalogue(path).close()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DROP TABLE apart")
    with Catalogue(path) as catalogue, pytest.raises(CatalogueDamaged):
        catalogue.told_apart()
    assert told(path) == []


def test_memory_knows_what_the_catalogue_does(path):
    dice = random.Random(3)
    memory = ToldApart()
    with Catalogue(path) as catalogue:
        for _ in range(60):
            ids = dice.sample(range(1, 6), dice.randint(2, 4))
            are_apart = dice.random() < 0.4
            catalogue.tell_apart(ids, are_apart)
            memory.put(ids, are_apart)
            sets = catalogue.told_apart()
            for pair in combinations(range(1, 6), 2):
                assert memory.covers(pair) == any(each.issuperset(pair) for each in sets)
