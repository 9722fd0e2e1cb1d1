"""Which artworks are shown, and in which order."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ganart.project.artwork_marks import Mark
from ganart.project.artworks import Artwork, Facts
from ganart.ui.pages.gallery_filter import Filter, Order, chosen

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
WORKS = [
    Artwork(Path(name), "picture", NOON - timedelta(days=days), 1)
    for name, days in (("seed 10.png", 0), ("seed 9.png", 1), ("Blue.webp", 5), ("photo 7.jpg", 9))
]
FACTS = {
    Path("seed 10.png"): Facts("1", "picture", "aaa", "sketch-64", "sketch-64 10 4711"),
    Path("seed 9.png"): Facts("2", "sheet", "bbb", "sketch-64", "sketch-64 9"),
    Path("Blue.webp"): Facts("3", "loop", "aaa", "sketch-64", "sketch-64 1 2 smile"),
    Path("photo 7.jpg"): Facts("4", "stylized", words="van gogh koala.jpg"),
}
MARKS = {Path("seed 9.png"): Mark(3, ("Print",)), Path("Blue.webp"): Mark(5, ("print", "sea"))}


def names(**wanted) -> list[str]:
    return [work.path.name for work in chosen(WORKS, FACTS, MARKS, Filter(**wanted))]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, "seed 10.png, seed 9.png, Blue.webp, photo 7.jpg"),
        ({"text": "BLUE"}, "Blue.webp"),
        ({"text": "gogh koala"}, "photo 7.jpg"),
        ({"text": "1"}, "Blue.webp"),
        ({"text": "4711"}, "seed 10.png"),
        ({"text": "471"}, ""),
        ({"text": "sketch-64 smile"}, "Blue.webp"),
        ({"text": "print"}, "seed 9.png, Blue.webp"),
        ({"text": "[.*"}, ""),
        ({"kind": "sheet"}, "seed 9.png"),
        ({"kind": "explore"}, "seed 10.png, seed 9.png, Blue.webp"),
        ({"kind": "stylize"}, "photo 7.jpg"),
        ({"kind": "plain"}, ""),
        ({"model": "aaa"}, "seed 10.png, Blue.webp"),
        ({"stars": 3}, "seed 9.png, Blue.webp"),
        ({"stars": 4}, "Blue.webp"),
        ({"stars": -1}, "seed 10.png, photo 7.jpg"),
        ({"tag": "print"}, "Blue.webp"),
        ({"since": date(2026, 3, 9)}, "seed 10.png, seed 9.png"),
        ({"until": date(2026, 3, 5)}, "Blue.webp, photo 7.jpg"),
        ({"since": date(2026, 3, 5), "until": date(2026, 3, 9)}, "seed 9.png, Blue.webp"),
        ({"stars": 3, "model": "aaa"}, "Blue.webp"),
        ({"order": Order.OLDEST}, "photo 7.jpg, Blue.webp, seed 9.png, seed 10.png"),
        ({"order": Order.NAME}, "Blue.webp, photo 7.jpg, seed 9.png, seed 10.png"),
        ({"order": Order.STARS}, "Blue.webp, seed 9.png, seed 10.png, photo 7.jpg"),
    ],
)
def test_filters(wanted, found):
    assert ", ".join(names(**wanted)) == found


def test_what_was_not_read_yet_counts_as_without_a_recipe():
    assert [work.path.name for work in chosen(WORKS, {}, {}, Filter(kind="plain"))] == names()
