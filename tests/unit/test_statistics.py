import sqlite3
from contextlib import closing

import numpy as np
import pytest
from PIL import Image

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.looks import GROUPS, SIDE, features
from ganart.datasets.scan import scan
from ganart.datasets.statistics import Describing, Description, describe, histogram, palette
from ganart.datasets.variety import variety


def plain(colour, size=(40, 20)):
    return Image.new("RGB", size, colour)


def noisy(seed, base=(128, 128, 128), spread=100):
    values = np.random.default_rng(seed).integers(-spread, spread + 1, (SIDE, SIDE, 3))
    return (np.array(base) + values).clip(0, 255).astype(np.uint8)


@pytest.fixture
def catalogue(tmp_path):
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        yield catalogue


def fill(catalogue, folder, images):
    folder.mkdir()
    for name, image in images.items():
        image.save(folder / f"{name}.png")
    catalogue.add_source(folder)
    list(scan(catalogue, lambda: None))


def test_description_counts_sizes_shapes_and_colours(catalogue, tmp_path):
    images = {f"red {n}": plain((200, 10, 10), (300 + n, 100)) for n in range(6)}
    images |= {f"blue {n}": plain((10, 10, 200), (50, 50 + n)) for n in range(2)}
    fill(catalogue, tmp_path / "art", images)
    *steps, description = describe(catalogue, lambda: None)
    assert steps == [Describing(0, 8), Describing(8, 8)]
    assert isinstance(description, Description)
    assert len(description.rows) == 8
    assert dict(zip(description.sides.edges, description.sides.counts, strict=True))[64] == 6
    assert description.sides.counts[1] == 2
    assert description.aspects.counts[-1] == 6
    assert sum(description.aspects.counts) == 8
    first, second = description.palette
    assert (first.share, second.share) == (0.75, 0.25)
    assert np.abs(np.array(first.colour) - (200, 10, 10)).max() <= 3
    assert np.abs(np.array(second.colour) - (10, 10, 200)).max() <= 3


def test_rejected_pictures_are_left_out(catalogue, tmp_path):
    fill(catalogue, tmp_path / "art", {"a": plain("red"), "b": plain("blue")})
    catalogue.set_weight([tmp_path.resolve() / "art" / "b.png"], 0)
    assert [row.path.name for row in list(describe(catalogue, lambda: None))[-1].rows] == ["a.png"]


def test_nothing_and_one_picture(catalogue, tmp_path):
    *_, nothing = describe(catalogue, lambda: None)
    assert (nothing.rows, nothing.palette, nothing.variety.places.shape) == ((), (), (0, 2))
    assert set(nothing.sides.counts) == {0}
    fill(catalogue, tmp_path / "art", {"a": plain("red")})
    *_, one = describe(catalogue, lambda: None)
    assert one.variety.places.tolist() == [[0.5, 0.5]]


def test_stopping_ends_without_a_description(catalogue, tmp_path):
    fill(catalogue, tmp_path / "art", {"a": plain("red")})
    assert not any(isinstance(each, Description) for each in describe(catalogue, lambda: "stop"))


def test_damaged_thumbnail_is_left_out(catalogue, tmp_path):
    fill(catalogue, tmp_path / "art", {name: plain("red") for name in "abc"})
    whole = catalogue.thumbnail(catalogue.pictures()[1].id)
    with closing(sqlite3.connect(catalogue.path)) as database, database:
        for place, content in ((1, b"junk"), (2, whole[:50])):
            number = catalogue.pictures()[place].id
            database.execute(
                "UPDATE thumbnails SET image = ? WHERE picture_id = ?", (content, number)
            )
    *_, description = describe(catalogue, lambda: None)
    assert [row.path.name for row in description.rows] == ["a.png"]


def test_classes_begin_at_their_edge():
    assert histogram([0, 31, 32, 64, 9999], (0, 32, 64)).counts == (2, 1, 2)
    assert histogram([], (0, 32)).counts == (0, 0)


def test_palette_finds_the_colours_there_are():
    random = np.random.default_rng(0)
    known = np.array([[250, 250, 250], [20, 20, 20], [200, 30, 40], [30, 90, 200]])
    picked = random.choice(4, 5000, p=[0.5, 0.3, 0.15, 0.05])
    pixels = (known[picked] + random.integers(-4, 5, (5000, 3))).clip(0, 255).astype(np.uint8)
    swatches = palette(pixels, 4)
    for swatch, colour, share in zip(swatches, known, (0.5, 0.3, 0.15, 0.05), strict=True):
        assert np.abs(np.array(swatch.colour) - colour).max() <= 5
        assert swatch.share == pytest.approx(share, abs=0.02)
    assert palette(pixels, 4) == swatches
    assert len(palette(np.full((9, 3), 7, np.uint8))) == 1


def test_features_are_finite_and_of_known_number():
    small = np.stack([noisy(0), np.zeros((SIDE, SIDE, 3), np.uint8), noisy(1, (255, 0, 0), 0)])
    numbers = features(small)
    assert numbers.shape == (3, sum(GROUPS))
    assert np.isfinite(numbers).all()
    assert features(small[:0]).shape == (0, sum(GROUPS))


def test_pictures_alike_lie_together_and_the_odd_one_out_is_told():
    reds = [noisy(n, (200, 40, 40), 20) for n in range(30)]
    blues = [noisy(n, (40, 40, 200), 20) for n in range(30)]
    stripes = np.broadcast_to((np.arange(SIDE) // 2 % 2 * 255)[:, None], (SIDE, SIDE))
    odd = np.stack([stripes, stripes, np.zeros_like(stripes)], -1).astype(np.uint8)
    numbers = features(np.stack([*reds, *blues, odd]))
    found = variety(numbers)
    assert found.strangeness.argmax() == 60
    assert found.strangeness[60] > 3 * found.strangeness[:60].max()
    assert found.places.min() >= 0
    assert found.places.max() <= 1
    red, blue = found.places[:30], found.places[30:60]
    within = max(np.ptp(red[:, 0]), np.ptp(blue[:, 0]))
    assert abs(np.median(red[:, 0]) - np.median(blue[:, 0])) > 0.3 > within - 0.3
    again = variety(numbers)
    assert (again.places == found.places).all()
    assert (again.strangeness == found.strangeness).all()


def test_many_copies_of_one_picture():
    found = variety(features(np.stack([noisy(0)] * 50)))
    assert np.isfinite(found.places).all()
    assert np.isfinite(found.strangeness).all()
