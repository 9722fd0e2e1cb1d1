"""Exact copies and versions of one picture among different pictures that look alike."""

import os
import random

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.duplicates import (
    Comparing,
    Groups,
    Keep,
    Likeness,
    find_groups,
    find_kin,
    reject_others,
)
from ganart.datasets.records import Mark
from ganart.datasets.scan import scan
from ganart.resources import resource

PHOTOS = sorted(resource("sample/photos").glob("*.jpg"))
AVATARS = sorted(resource("sample/pixel-avatars").glob("*.png"))


@pytest.fixture(scope="module")
def photo():
    with Image.open(PHOTOS[0]) as opened:
        return opened.convert("RGB").resize((450, 300), Image.Resampling.LANCZOS)


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


def groups_of(catalogue, **options):
    """Scan, and return the groups that are found, as names."""
    for _ in scan(catalogue, lambda: None):
        pass
    *_, end = find_groups(catalogue, lambda: None, **options)
    assert isinstance(end, Groups)
    return end.groups


def named(groups):
    return [[row.path.name for row in group.pictures] for group in groups]


def clock(hour):
    """Return a clock face; faces of different hours differ in one hand only."""
    image = Image.new("RGB", (128, 128), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((8, 8, 120, 120), fill=(200, 220, 240), outline=(40, 80, 120), width=6)
    angle = 2 * np.pi * hour / 12
    tip = (64 + 34 * np.sin(angle), 64 - 34 * np.cos(angle))
    draw.line((64, 64, *tip), fill="black", width=6)
    draw.line((64, 64, 64, 20), fill="black", width=4)
    return image


CHANGES = {
    "smaller": lambda image: image.resize((150, 100)),
    "larger": lambda image: image.resize((900, 600)),
    "stretched a little": lambda image: image.resize((450, 280)),
    "mirrored": ImageOps.mirror,
    "cropped": lambda image: image.crop((20, 5, 440, 290)),
    "lighter": lambda image: ImageEnhance.Brightness(image).enhance(1.15),
    "paler": lambda image: ImageEnhance.Color(image).enhance(0.7),
    "mirrored, cropped and smaller": lambda image: ImageOps.mirror(
        image.crop((10, 10, 440, 290)).resize((215, 140))
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_versions_of_a_photo_are_one(catalogue, folder, photo, change):
    photo.save(folder / "photo.png")
    CHANGES[change](photo).save(folder / "version.jpg", quality=80)
    (group,) = groups_of(catalogue)
    assert {row.path.name for row in group.pictures} == {"photo.png", "version.jpg"}
    assert not group.exact


def test_different_pictures_of_one_series_are_not(catalogue, folder):
    for path in AVATARS[:150]:
        (folder / path.name).write_bytes(path.read_bytes())
    for path in PHOTOS:
        (folder / path.name).write_bytes(path.read_bytes())
    for hour in range(1, 6):
        clock(hour).save(folder / f"{hour}.png")
    assert groups_of(catalogue) == ()


def test_other_colours_are_another_picture(catalogue, folder):
    for number, colour in enumerate(("red", "orange", "green", "purple", "black")):
        image = Image.new("RGB", (100, 100), "white")
        ImageDraw.Draw(image).ellipse((10, 20, 90, 80), fill=colour)
        image.save(folder / f"{number}.png")
    assert groups_of(catalogue) == ()


def test_exact_copies_are_found_whatever_the_file(catalogue, folder, photo):
    photo.save(folder / "a.png")
    photo.save(folder / "b.webp", lossless=True)
    photo.save(folder / "c.tif")
    photo.save(folder / "d.jpg")
    (group,) = groups_of(catalogue, near=False)
    assert group.exact
    assert {row.path.name for row in group.pictures} == {"a.png", "b.webp", "c.tif"}
    (group,) = groups_of(catalogue)
    assert not group.exact
    assert len(group.pictures) == 4


def test_plain_pictures_are_no_versions_of_one_another(catalogue, folder):
    for name, colour in {"a": (250, 250, 250), "b": (10, 10, 10), "c": (200, 30, 30)}.items():
        Image.new("RGB", (64, 64), colour).save(folder / f"{name}.png")
    Image.new("RGB", (1, 1)).save(folder / "dot.png")
    assert groups_of(catalogue) == ()


def test_the_largest_then_sharpest_then_least_compressed_is_kept(catalogue, folder, photo):
    photo.resize((225, 150)).save(folder / "small.png")
    photo.resize((225, 150)).resize((450, 300), Image.Resampling.BICUBIC).save(
        folder / "a enlarged.png"
    )
    photo.save(folder / "b good.jpg", quality=60)
    photo.save(folder / "c best.jpg", quality=95)
    (names,) = named(groups_of(catalogue))
    assert names[-1] == "small.png"
    assert set(names[:2]) == {"b good.jpg", "c best.jpg"}


def test_what_the_artist_picked_is_kept_and_what_was_rejected_is_not(catalogue, folder, photo):
    photo.save(folder / "large.png")
    photo.resize((225, 150)).save(folder / "small.png")
    groups_of(catalogue)
    catalogue.set_marks({folder / "small.png": Mark.PICKED})
    assert named(groups_of(catalogue)) == [["small.png", "large.png"]]
    catalogue.set_marks({folder / "small.png": Mark.NONE, folder / "large.png": Mark.REJECTED})
    assert named(groups_of(catalogue)) == [["small.png", "large.png"]]


@pytest.mark.parametrize(
    ("keep", "first"),
    [(Keep.LARGEST, "large.png"), (Keep.SHARPEST, "sharp.png"), (Keep.OLDEST, "old.png")],
)
def test_another_rule_keeps_another_picture(catalogue, folder, photo, keep, first):
    photo.resize((225, 150)).resize((600, 400), Image.Resampling.BICUBIC).save(folder / "large.png")
    photo.resize((240, 160)).resize((460, 310), Image.Resampling.BICUBIC).save(folder / "old.png")
    photo.save(folder / "sharp.png")
    os.utime(folder / "old.png", (1_000_000, 1_000_000))
    (names,) = named(groups_of(catalogue, keep=keep))
    assert names[0] == first
    catalogue.set_marks({folder / "old.png": Mark.PICKED})
    (names,) = named(groups_of(catalogue, keep=keep))
    assert names[0] == "old.png"


def test_how_alike_pictures_of_a_group_are_can_be_chosen(catalogue, folder, photo):
    photo.save(folder / "a.png")
    photo.save(folder / "b.webp", lossless=True)
    photo.resize((225, 150)).save(folder / "c.png")
    ImageOps.mirror(photo).resize((220, 147)).save(folder / "d.png")
    groups_of(catalogue)
    *_, kin = find_kin(catalogue, lambda: None)
    names = {each: [sorted(group) for group in named(kin.groups(each))] for each in Likeness}
    assert names == {
        Likeness.EXACT: [["a.png", "b.webp"]],
        Likeness.NEAR: [["a.png", "b.webp", "c.png"]],
        Likeness.MIRRORED: [["a.png", "b.webp", "c.png", "d.png"]],
    }
    (group,) = kin.groups()
    turned = [row.path.name for row in group.pictures if row.id in group.turned]
    assert turned == ["d.png"]
    catalogue.set_marks({folder / "d.png": Mark.PICKED})
    *_, kin = find_kin(catalogue, lambda: None)
    (group,) = kin.groups()
    turned = sorted(row.path.name for row in group.pictures if row.id in group.turned)
    assert (group.best.path.name, turned) == ("d.png", ["a.png", "b.webp", "c.png"])


def test_a_group_tells_how_much_its_pictures_differ(catalogue, folder, photo):
    photo.save(folder / "a.png")
    photo.save(folder / "a.webp", lossless=True)
    assert groups_of(catalogue)[0].difference == 0
    photo.resize((440, 294)).save(folder / "little.png")
    (group,) = groups_of(catalogue)
    little = group.difference
    ImageEnhance.Color(photo).enhance(0.6).crop((14, 9, 440, 290)).save(
        folder / "more.jpg", quality=40
    )
    (group,) = groups_of(catalogue)
    assert 0 < little < group.difference <= 0.28


def test_a_picture_that_is_its_own_mirror_image_is_not_turned(catalogue, folder):
    image = clock(12)
    image.save(folder / "a.png")
    image.resize((100, 100)).save(folder / "b.png")
    (group,) = groups_of(catalogue)
    assert group.turned == frozenset()


def test_pictures_that_were_told_apart_are_no_group(catalogue, folder, photo):
    photo.save(folder / "a.png")
    photo.resize((225, 150)).save(folder / "b.png")
    (group,) = groups_of(catalogue)
    catalogue.tell_apart(group.ids, True)
    assert groups_of(catalogue) == ()
    photo.resize((300, 200)).save(folder / "c.png")
    assert len(groups_of(catalogue)) == 1  # of which nothing was said yet
    catalogue.tell_apart(group.ids, False)
    assert len(groups_of(catalogue)) == 1


def test_rejecting_the_others_can_be_taken_back(catalogue, folder, photo):
    for number, image in enumerate((photo, clock(3))):
        image.save(folder / f"{number}.png")
        image.resize((100, 100)).save(folder / f"{number} small.png")
    groups = groups_of(catalogue)
    assert len(groups) == 2
    catalogue.set_marks({folder / "0 small.png": Mark.PICKED})
    before = reject_others(catalogue, groups)
    assert before == {folder / "0 small.png": Mark.PICKED, folder / "1 small.png": Mark.NONE}
    assert catalogue.counts().excluded == 2
    catalogue.set_marks(before)
    marks = {row.path.name: row.mark for row in catalogue.pictures()}
    assert marks["0 small.png"] is Mark.PICKED
    assert catalogue.counts().excluded == 0


def test_no_picture_is_in_two_groups(catalogue, folder):
    dice = random.Random(1)
    for path in AVATARS[:12]:
        with Image.open(path) as opened:
            image = opened.convert("RGB")
        for version in range(4):
            side = dice.randint(60, 90)
            image.resize((side, side)).save(folder / f"{path.stem} {version}.png")
    groups = groups_of(catalogue)
    names = [name for group in named(groups) for name in group]
    assert len(names) == len(set(names))
    assert all(len({name.split()[0] for name in group}) == 1 for group in named(groups))


def test_progress_reaches_the_total_and_stopping_ends_without_groups(catalogue, folder):
    for path in AVATARS[:40]:
        (folder / path.name).write_bytes(path.read_bytes())
    groups_of(catalogue)
    events = list(find_groups(catalogue, lambda: None))
    assert events[-2] == Comparing(40, 40)
    assert not any(isinstance(event, Groups) for event in find_groups(catalogue, lambda: "stop"))


def test_damaged_thumbnail_does_not_stop_the_search(catalogue, folder, photo):
    photo.save(folder / "a.png")
    photo.save(folder / "b.jpg")
    groups_of(catalogue)
    first = catalogue.pictures()[0].id
    catalogue._database.execute(
        "UPDATE thumbnails SET image = ? WHERE picture_id = ?", (b"junk", first)
    )
    assert named(groups_of(catalogue)) == []
