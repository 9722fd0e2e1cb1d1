import sqlite3
from contextlib import closing

import pytest

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.errors import CatalogueDamaged
from ganart.datasets.framing import Box, Fill, Framing
from ganart.datasets.schema import MIGRATIONS, migrate

PADDED = Framing(crop=Box(0.1, 0, 1, 1), fill=Fill.BLUR, background=(1, 2, 3))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "catalogue.sqlite"


def test_usual_framing_outlasts_reopening_and_tells_the_one_before(path):
    with Catalogue(path) as catalogue:
        assert catalogue.usual_framing() == Framing()
        assert catalogue.set_usual_framing(PADDED) == Framing()
    with Catalogue(path) as catalogue:
        assert catalogue.usual_framing() == PADDED
        assert catalogue.set_usual_framing(Framing()) == PADDED
        assert catalogue.usual_framing() == Framing()


def test_damaged_usual_framing_is_the_default(path):
    with Catalogue(path) as catalogue:
        catalogue.set_usual_framing(PADDED)
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("UPDATE choices SET value = 'nonsense'")
        assert catalogue.usual_framing() == Framing()


def test_catalogue_of_before_has_the_default(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        migrate(database, MIGRATIONS[:3])
    with Catalogue(path) as catalogue:
        assert catalogue.usual_framing() == Framing()
        catalogue.set_usual_framing(PADDED)


def test_lost_table_is_damage(path):
    Catalogue(path).close()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DROP TABLE choices")
    with Catalogue(path) as catalogue, pytest.raises(CatalogueDamaged):
        catalogue.usual_framing()
    with Catalogue(path) as catalogue:
        assert catalogue.usual_framing() == Framing()


def test_watched_sources_are_kept_and_follow_a_move(tmp_path):
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        assert catalogue.watched() == frozenset()
        odd = tmp_path / "caf\udce9"
        catalogue.set_watched([odd, tmp_path / "one"])
        catalogue.move_source(tmp_path / "one", tmp_path / "two", {})
        assert catalogue.watched() == {odd, tmp_path / "two"}


def test_ignored_files_are_kept(tmp_path):
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        assert catalogue.ignored() == frozenset()
        catalogue.set_ignored([tmp_path / "a.raw"])
        assert catalogue.ignored() == {tmp_path / "a.raw"}
        assert catalogue.watched() == frozenset()


def test_ignored_files_follow_a_move_of_their_source(tmp_path):
    old, new = tmp_path / "one", tmp_path / "two"
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.set_ignored([old / "a.raw", old / "inner" / "b.raw", tmp_path / "c.raw"])
        catalogue.move_source(old, new, {1: new / "a.raw", 2: new / "d.png"})
        assert catalogue.ignored() == {
            new / "a.raw",
            old / "inner" / "b.raw",  # of another source, which lies in the old place
            tmp_path / "c.raw",
        }


def test_the_order_outlasts_reopening(path):
    with Catalogue(path) as catalogue:
        assert catalogue.sorting() == ("", False)
        catalogue.set_sorting("name", True)
        catalogue.set_sorting("stars", True)
    with Catalogue(path) as catalogue:
        assert catalogue.sorting() == ("stars", True)


@pytest.mark.parametrize("value", ["nonsense", "5", "[1]", "[1, 2, 3]", "null"])
def test_a_damaged_order_is_none(path, value):
    with Catalogue(path) as catalogue:
        catalogue.set_sorting("name", True)
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("UPDATE choices SET value = ?", (value,))
        assert catalogue.sorting() == ("", False)
