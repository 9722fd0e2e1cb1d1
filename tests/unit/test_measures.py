"""Numbers about single pictures, and what the folder doctor makes of them."""

import math
from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter, ImageOps

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.imprint import IMPRINT_BYTES
from ganart.datasets.inspect import inspect
from ganart.datasets.issues import (
    BLURRED,
    BRIGHT,
    DARK,
    EMPTY,
    FRAMED,
    GREY,
    ISSUES,
    ODD_SHAPE,
    ODD_SIZE,
    SMALL,
    TRANSPARENT,
    diagnose,
)
from ganart.datasets.measures import NUMBERS, clear_share, measure, pack, reduced, unpack
from ganart.datasets.scan import scan
from ganart.resources import resource

PHOTOS = sorted(resource("sample/photos").glob("*.jpg"))


@pytest.fixture(scope="module")
def photo():
    with Image.open(PHOTOS[0]) as opened:
        return opened.convert("RGB").resize((300, 200))


def plain(colour, size=(300, 200)):
    return Image.new("RGB", size, colour)


def dotted(size=(300, 200), seed=0):
    """Return coarse coloured noise, which has sharp edges and all tones."""
    values = np.random.default_rng(seed).integers(0, 256, (20, 30, 3)).astype(np.uint8)
    return Image.fromarray(values).resize(size, Image.Resampling.NEAREST)


def of(image, clear=0.0):
    return measure(reduced(image), clear)


def test_brightness_of_the_darkest_and_the_brightest_parts():
    half = plain((40, 40, 40))
    half.paste((200, 200, 200), (0, 0, 150, 200))
    assert of(half).darkest == pytest.approx(40 / 255)
    assert of(half).brightest == pytest.approx(200 / 255)
    assert of(half).entropy == pytest.approx(1)
    speck = plain((0, 0, 0))
    speck.paste((255, 255, 255), (0, 0, 15, 30))  # 0.75 % of the area
    assert of(speck).brightest == 0


def test_colour_is_none_in_grey_pictures_and_some_in_others(photo):
    assert of(ImageOps.grayscale(photo).convert("RGB")).colour == 0
    assert of(photo).colour > 0.2
    assert of(plain((250, 240, 250))).colour == pytest.approx(10 / 255)


def test_sharpness_falls_as_a_picture_is_blurred_and_not_with_its_background(photo):
    sharp = [of(photo.filter(ImageFilter.GaussianBlur(radius))).sharpness for radius in (0, 1, 3)]
    assert sharp[0] > sharp[1] > sharp[2]
    blurred = photo.filter(ImageFilter.GaussianBlur(4))
    assert of(blurred).sharpness < 0.2
    blurred.paste(photo.crop((100, 50, 200, 150)), (100, 50))
    assert of(blurred).sharpness > 0.8 * sharp[0]


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (120, 80, 10)])
@pytest.mark.parametrize("upright", [False, True])
def test_bars_at_opposite_sides_are_a_frame(photo, colour, upright):
    barred = ImageOps.expand(photo, (0, 25), colour)
    if upright:
        barred = barred.transpose(Image.Transpose.ROTATE_90)
    assert of(barred).frame == pytest.approx(50 / 250, abs=0.03)


def test_frame_all_around(photo):
    assert of(ImageOps.expand(photo, 20, "white")).frame == pytest.approx(
        1 - 300 * 200 / (340 * 240), abs=0.03
    )


def test_sky_margin_and_plain_ground_are_no_frame(photo):
    assert of(photo).frame == 0
    sky = photo.copy()
    sky.paste((90, 160, 250), (0, 0, 300, 80))
    assert of(sky).frame == 0
    motif = plain("white")
    motif.paste(photo.resize((90, 60)), (105, 70))
    assert of(motif).frame == 0


def test_clear_share():
    assert clear_share(None) == 0
    alpha = Image.new("L", (10, 10), 255)
    alpha.paste(0, (0, 0, 10, 3))
    assert clear_share(alpha) == pytest.approx(0.3)
    assert clear_share(Image.new("L", (3, 3), 51)) == pytest.approx(0.8)


def test_packing_keeps_the_order_of_the_fields(photo):
    measures = of(photo, 0.25)
    (numbers,) = unpack([pack(measures)])
    assert numbers.tolist() == pytest.approx(astuple(measures))
    assert unpack([]).shape == (0, NUMBERS)


sizes = st.one_of(
    st.tuples(st.integers(1, 12), st.integers(1, 700)),
    st.tuples(st.integers(1, 700), st.integers(1, 12)),
)


@given(sizes, st.sampled_from([0, 1, 127, 255, "noise"]))
@settings(max_examples=80, deadline=None)
def test_any_shape_gives_finite_numbers(size, filling):
    width, height = size
    if filling == "noise":
        values = np.random.default_rng(width).integers(0, 256, (height, width, 3))
        image = Image.fromarray(values.astype(np.uint8))
    else:
        image = plain((filling,) * 3, size)
    numbers = astuple(of(image))
    assert all(math.isfinite(each) for each in numbers)
    assert all(0 <= each <= 1 for each in (*numbers[:2], *numbers[3:]))
    assert 0 <= numbers[2] <= 8


def scores_of(tmp_path, pictures):
    """Scan pictures by name and return all scores by name and issue."""
    folder = tmp_path.resolve() / "art"
    folder.mkdir()
    for name, image in pictures.items():
        image.save(folder / f"{name}.png")
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.add_source(folder)
        for _ in scan(catalogue, lambda: None):
            pass
        diagnosis = diagnose(catalogue)
    names = [row.path.stem for row in diagnosis.pictures]
    found = {issue.key: {names[row] for row in diagnosis.facet(issue).rows} for issue in ISSUES}
    return diagnosis, names, found


def test_each_issue_finds_its_pictures_and_no_others(tmp_path, photo):
    clear = dotted().convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(clear.size))
    pictures = {f"usual{seed}": dotted(seed=seed) for seed in range(12)}
    pictures |= {
        "small": dotted((60, 40)),
        "long": dotted((1200, 50)),
        "huge": dotted((1800, 1200)),
        "dark": dotted().point(lambda value: value // 4),
        "bright": Image.blend(dotted(), plain("white"), 0.97),
        "blurred": photo.filter(ImageFilter.GaussianBlur(5)),
        "blank": plain((200, 150, 90)),
        "grey": ImageOps.grayscale(dotted()).convert("RGB"),
        "framed": ImageOps.expand(dotted((300, 160)), (0, 20), "black"),
        "clear": clear,
    }
    _, _, found = scores_of(tmp_path, pictures)
    assert found[SMALL.key] == {"small", "long"}
    assert found[ODD_SHAPE.key] == {"long"}
    assert {"huge", "small"} <= found[ODD_SIZE.key]
    assert found[DARK.key] == {"dark"}
    assert found[BRIGHT.key] == {"bright"}
    assert found[BLURRED.key] == {"blurred"}
    assert found[EMPTY.key] == {"blank"}
    assert {"grey"} <= found[GREY.key] <= {"grey", "bright"}
    assert found[FRAMED.key] == {"framed"}
    assert found[TRANSPARENT.key] == {"clear"}


def test_a_facet_follows_its_threshold_the_worst_first(tmp_path):
    pictures = {
        f"grey{level}": dotted().point(lambda value, level=level: value * level // 255)
        for level in (60, 120, 180, 240)
    }
    diagnosis, names, found = scores_of(tmp_path, pictures)
    assert found[DARK.key] == {"grey60"}
    facet = diagnosis.facet(DARK, 0.2)
    assert [names[row] for row in facet.rows] == ["grey60", "grey120", "grey180"]
    assert diagnosis.facet(DARK, 1.0).rows == ()


def test_upright_and_lying_pictures_of_one_shape_are_not_odd(tmp_path):
    pictures = {"lying": dotted((300, 200)), "upright": dotted((200, 300), 1)}
    _, _, found = scores_of(tmp_path, pictures)
    assert found[ODD_SHAPE.key] == set()


def test_folder_all_in_grey_is_not_told_as_grey(tmp_path):
    pictures = {f"{seed}": ImageOps.grayscale(dotted(seed=seed)) for seed in range(3)}
    _, _, found = scores_of(tmp_path, pictures)
    assert found[GREY.key] == set()


def test_empty_dataset_has_no_issues(tmp_path):
    diagnosis, names, found = scores_of(tmp_path, {})
    assert names == []
    assert set().union(*found.values()) == set()
    assert all(len(each) == 0 for each in diagnosis.scores.values())


@pytest.mark.parametrize("size", [(1, 1), (30000, 10), (3, 5000)])
def test_odd_sizes_are_inspected(tmp_path, size):
    Image.new("RGBA", size, (10, 20, 30, 0)).save(tmp_path / "odd.png")
    inspected = inspect(tmp_path / "odd.png")
    assert (inspected.width, inspected.height) == size
    assert inspected.measures.clear == 1
    assert all(math.isfinite(each) for each in astuple(inspected.measures))
    assert len(inspected.imprint) == IMPRINT_BYTES
