import shutil
from hashlib import sha256

import numpy as np
import pytest
from PIL import Image

from ganart.datasets import prepare as preparing
from ganart.datasets.catalogue import Catalogue
from ganart.datasets.errors import AllExcluded, FolderGone, NoPictures, Reason
from ganart.datasets.framing import Box, Fill, Framing, frame
from ganart.datasets.prepare import Prepared, Preparing, prepare
from ganart.datasets.scan import scan
from ganart.errors import DiskFull, FolderNotWritable


@pytest.fixture
def art(tmp_path):
    """Return a folder with 12 pictures of one grey each, 0 to 220 by 20."""
    folder = tmp_path.resolve() / "art"
    folder.mkdir()
    for grey in range(0, 240, 20):
        Image.new("RGB", (24, 16), (grey, grey, grey)).save(folder / f"{grey}.png")
    return folder


@pytest.fixture
def catalogue(tmp_path, art):
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.add_source(art)
        rescan(catalogue)
        yield catalogue


@pytest.fixture
def target(tmp_path):
    return tmp_path / "prepared"


def rescan(catalogue):
    for _ in scan(catalogue, lambda: None):
        pass


def run(catalogue, target, side=8, poll=lambda: None):
    return list(prepare(catalogue, target, side, poll))


def greys(prepared):
    return sorted(prepared.open()[:, 0, 0, 0].tolist())


def test_all_pictures_are_in_the_cache(catalogue, target):
    *steps, prepared = run(catalogue, target)
    assert steps == [Preparing(done, 12) for done in range(13)]
    assert isinstance(prepared, Prepared)
    pictures = prepared.open()
    assert pictures.shape == (12, 8, 8, 3) == (prepared.count, prepared.height, prepared.width, 3)
    assert pictures.dtype == np.uint8
    assert not pictures.flags.writeable
    assert greys(prepared) == list(range(0, 240, 20))
    assert {path.stem for path in target.iterdir()} == {prepared.path.stem}


def test_cache_is_used_again_even_without_the_originals(catalogue, target, art):
    first = run(catalogue, target)[-1]
    shutil.rmtree(art)
    assert run(catalogue, target) == [first]


def test_same_pictures_elsewhere_give_the_same_cache(catalogue, target, art, tmp_path):
    first = run(catalogue, target)[-1]
    content = first.path.read_bytes()
    moved = tmp_path.resolve() / "moved"
    moved.mkdir()
    for path in art.iterdir():
        path.rename(moved / f"renamed {path.stem}.png")
    with Catalogue(tmp_path / "other.sqlite") as other:
        other.add_source(moved)
        rescan(other)
        again = run(other, tmp_path / "again")[-1]
    assert again.fingerprint == first.fingerprint
    assert again.path.read_bytes() == content


def test_changed_pictures_or_side_rebuild(catalogue, target, art):
    first = run(catalogue, target)[-1]
    (art / "0.png").unlink()
    rescan(catalogue)
    second = run(catalogue, target)[-1]
    assert second.fingerprint != first.fingerprint
    assert second.count == 11
    assert not first.path.exists()
    larger = run(catalogue, target, side=16)[-1]
    assert larger.fingerprint != second.fingerprint
    assert second.path.exists()


def test_framing_is_part_of_the_fingerprint(catalogue, target, monkeypatch):
    first = run(catalogue, target)[-1]
    monkeypatch.setattr(preparing, "FRAMING_VERSION", preparing.FRAMING_VERSION + 1)
    assert run(catalogue, target)[-1].fingerprint != first.fingerprint


@pytest.mark.parametrize("damage", [b"", b"\x93NUMPY", b"junk" * 100])
def test_damaged_cache_is_rebuilt(catalogue, target, damage):
    first = run(catalogue, target)[-1]
    first.path.write_bytes(damage)
    assert greys(run(catalogue, target)[-1]) == list(range(0, 240, 20))


def test_truncated_cache_is_rebuilt(catalogue, target):
    first = run(catalogue, target)[-1]
    first.path.write_bytes(first.path.read_bytes()[:-1])
    assert greys(run(catalogue, target)[-1]) == list(range(0, 240, 20))


def test_picture_that_fails_now_is_refused_and_left_out(catalogue, target, art):
    (art / "40.png").write_bytes(b"")
    (art / "60.png").unlink()
    prepared = run(catalogue, target)[-1]
    assert prepared.count == 10
    assert greys(prepared) == [grey for grey in range(0, 240, 20) if grey not in {40, 60}]
    assert {row.path.name: row.reason for row in catalogue.refused()} == {
        "40.png": Reason.EMPTY,
        "60.png": Reason.MISSING,
    }
    assert run(catalogue, target) == [prepared]


def test_folder_that_is_away_refuses_no_picture(catalogue, target, art):
    shutil.rmtree(art)
    with pytest.raises(FolderGone):
        run(catalogue, target)
    assert catalogue.counts().readable == 12
    assert list(target.iterdir()) == []


def test_stopping_leaves_nothing_behind(catalogue, target):
    asks = iter([None, None, None, "stop"])
    events = run(catalogue, target, poll=lambda: next(asks, None))
    assert not isinstance(events[-1], Prepared)
    assert list(target.iterdir()) == []
    assert isinstance(run(catalogue, target)[-1], Prepared)


def test_abandoned_preparation_leaves_nothing_behind(catalogue, target):
    events = prepare(catalogue, target, 8, lambda: None)
    assert next(events) == Preparing(0, 12)
    events.close()
    assert list(target.iterdir()) == []


def test_excluded_pictures_are_left_out_and_come_back_without_decoding(catalogue, target, art):
    first = run(catalogue, target)[-1]
    catalogue.set_weight([art / "40.png", art / "60.png"], 0)
    catalogue.set_weight([art / "80.png"], 2)
    shutil.rmtree(art)  # so that nothing can be decoded
    (fewer,) = run(catalogue, target)
    assert (fewer.count, fewer.open().shape) == (10, (10, 8, 8, 3))
    assert not fewer.open().flags.writeable
    assert greys(fewer) == [grey for grey in range(0, 240, 20) if grey not in {40, 60}]
    assert fewer.fingerprint != first.fingerprint
    greys_by_path = [int(path.stem) for path in fewer.paths]
    assert fewer.open()[:, 0, 0, 0].tolist() == greys_by_path
    assert [fewer.weights[greys_by_path.index(grey)] for grey in (80, 100)] == [2, 1]
    catalogue.set_weight([art / "40.png", art / "60.png", art / "80.png"], 1)
    assert run(catalogue, target) == [first]


def test_excluding_before_preparing_gives_the_same_as_after(catalogue, target, art, tmp_path):
    catalogue.set_weight([art / "0.png"], 0)
    early = run(catalogue, tmp_path / "early")[-1]
    catalogue.set_weight([art / "0.png"], 1)
    run(catalogue, target)
    catalogue.set_weight([art / "0.png"], 0)
    late = run(catalogue, target)[-1]
    assert (early.fingerprint, early.paths) == (late.fingerprint, late.paths)
    assert (early.open() == late.open()).all()


def test_all_pictures_excluded_is_told(catalogue, target, art):
    catalogue.set_weight(art.iterdir(), 0)
    with pytest.raises(AllExcluded, match="12"):
        run(catalogue, target)


def test_no_pictures(tmp_path, target):
    with Catalogue(tmp_path / "none.sqlite") as empty, pytest.raises(NoPictures):
        run(empty, target)


def test_all_pictures_failing_is_no_pictures(catalogue, target, art):
    for path in art.iterdir():
        path.write_bytes(b"")
    with pytest.raises(NoPictures, match="refused: 12"):
        run(catalogue, target)
    assert list(target.iterdir()) == []


def test_full_disk_is_told(catalogue, target, full_disk):
    with pytest.raises(DiskFull):
        run(catalogue, target)
    assert list(target.iterdir()) == []


def test_folder_that_cannot_be_made_is_told(catalogue, art):
    with pytest.raises(FolderNotWritable):
        run(catalogue, art / "0.png" / "prepared")


def test_header_has_one_length_for_all_counts(tmp_path):
    lengths = set()
    for count in (1, 9, 10, 12345, 10**7):
        with (tmp_path / "header.npy").open("wb+") as stream:
            preparing._write_header(stream, count, (1024, 512))
            lengths.add(stream.tell())
    assert len(lengths) == 1


def test_prepared_pixels_are_those_of_the_framed_picture(catalogue, target, art):
    values = np.random.default_rng(3).integers(0, 256, (30, 50, 3)).astype(np.uint8)
    for path in art.iterdir():
        path.unlink()
    Image.fromarray(values).save(art / "noise.png")
    rescan(catalogue)
    prepared = run(catalogue, target, side=16)[-1]
    expected = np.asarray(frame(Image.fromarray(values), 16))
    assert (prepared.open()[0] == expected).all()


@pytest.fixture
def decoded(monkeypatch):
    """Return the list of names that are decoded."""
    names = []
    original = preparing.decode

    def record(path, *arguments):
        names.append(path.name)
        return original(path, *arguments)

    monkeypatch.setattr(preparing, "decode", record)
    return names


def test_fingerprint_and_pixels_of_untouched_projects_are_those_of_before(
    catalogue, target, art, tmp_path
):
    """Caches that are on disk stay in use: their fingerprint was taken like this."""
    rows = sorted(catalogue.pictures(), key=lambda row: row.pixel_hash)
    text = "framing 1, side 8" + "".join(f"\n{row.pixel_hash}" for row in rows)
    fingerprint = sha256(text.encode()).hexdigest()[:32]
    prepared = run(catalogue, target)[-1]
    assert prepared.fingerprint == fingerprint
    assert prepared.path.name == f"8px-{fingerprint}.npy"


def test_changed_framing_prepares_only_that_picture_anew(catalogue, target, art, decoded):
    first = run(catalogue, target)[-1]
    decoded.clear()
    catalogue.set_framing({art / "80.png": Framing(fill=Fill.COLOUR).to_json()})
    second = run(catalogue, target)[-1]
    assert decoded == ["80.png"]
    assert second.fingerprint != first.fingerprint
    changed = second.paths.index(art / "80.png")
    expected = np.full((8, 8, 3), 255)
    expected[1:6] = 80  # 24 × 16 in 8 × 8 is 5 pixels high
    assert (second.open()[changed] == expected).all()
    assert greys(second)[:-1] == [grey for grey in range(0, 240, 20) if grey != 80]
    catalogue.set_framing({art / "80.png": None})
    assert run(catalogue, target)[-1] == first


def test_added_picture_is_the_only_one_decoded(catalogue, target, art, decoded):
    run(catalogue, target)
    decoded.clear()
    Image.new("RGB", (24, 16), (250, 250, 250)).save(art / "250.png")
    rescan(catalogue)
    assert greys(run(catalogue, target)[-1]) == [*range(0, 240, 20), 250]
    assert decoded == ["250.png"]


def test_cache_whose_list_is_damaged_is_not_taken_from(catalogue, target, art, decoded):
    first = run(catalogue, target)[-1]
    first.path.with_suffix(".txt").write_text("framing 1, side 8\nnonsense")
    decoded.clear()
    catalogue.set_framing({art / "80.png": Framing(fill=Fill.EDGE).to_json()})
    assert greys(run(catalogue, target)[-1]) == list(range(0, 240, 20))
    assert len(decoded) == 12


def test_usual_framing_holds_for_pictures_without_their_own(catalogue, target, art):
    own = Framing(crop=Box(0, 0, 0.5, 1))
    catalogue.set_framing({art / "80.png": own.to_json()})
    assert catalogue.set_usual_framing(Framing(fill=Fill.COLOUR, background=(1, 2, 3))) == Framing()
    prepared = run(catalogue, target)[-1]
    corners = dict(
        zip([path.name for path in prepared.paths], prepared.open()[:, 0, 0], strict=True)
    )
    assert corners.pop("80.png").tolist() == [80, 80, 80]
    assert {tuple(corner) for corner in corners.values()} == {(1, 2, 3)}


def test_damaged_framing_is_the_usual_one(catalogue, target, art):
    before = run(catalogue, target)[-1]
    catalogue.set_framing({art / "80.png": "{crop: everything}", art / "60.png": "[]"})
    assert run(catalogue, target)[-1] == before


def test_pictures_that_are_not_square(catalogue, target):
    prepared = run(catalogue, target, side=(16, 8))[-1]
    assert prepared.open().shape == (12, 8, 16, 3)
    assert prepared.path.name == f"16x8px-{prepared.fingerprint}.npy"
    square = run(catalogue, target)[-1]
    assert square.path.exists()
    assert prepared.path.exists()
    assert run(catalogue, target, side=(16, 8)) == [prepared]


def test_background_shows_through_and_counts_in_the_fingerprint(catalogue, target, art):
    for path in art.iterdir():
        path.unlink()
    clear = art / "clear.png"
    Image.new("RGBA", (16, 16), (0, 0, 0, 0)).save(clear)
    rescan(catalogue)
    assert (run(catalogue, target)[-1].open() == 255).all()
    catalogue.set_framing({clear: Framing(background=(9, 99, 199)).to_json()})
    assert (run(catalogue, target)[-1].open() == (9, 99, 199)).all()
    # On white it looks the same as before, and so does its hash.
    Image.new("RGB", (16, 16), (255, 255, 255)).save(clear)
    rescan(catalogue)
    assert (run(catalogue, target)[-1].open() == 255).all()


def test_small_crop_of_a_large_photo_is_sharp(catalogue, target, art):
    """A JPEG is decoded smaller only as far as the crop allows."""
    for path in art.iterdir():
        path.unlink()
    rows = np.indices((800, 800)).sum(axis=0) // 40 % 2 * 255
    Image.fromarray(np.stack([rows] * 3, -1).astype(np.uint8)).save(art / "a.jpg", quality=100)
    rescan(catalogue)
    catalogue.set_framing({art / "a.jpg": Framing(crop=Box(0.4, 0.4, 0.6, 0.6)).to_json()})
    pixels = run(catalogue, target, side=32)[-1].open()[0]
    assert pixels.min() < 10
    assert pixels.max() > 245
