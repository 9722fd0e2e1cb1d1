import csv
import json
import os
import shutil
import sys
import zipfile
from pathlib import Path
from unicodedata import normalize

import numpy as np
import pytest
from PIL import Image

from ganart.datasets.captions import import_tags
from ganart.datasets.catalogue import Catalogue
from ganart.datasets.errors import NoPictures, Reason
from ganart.datasets.filters import Filter
from ganart.datasets.framing import Box, Fill, Framing, frame
from ganart.datasets.inspect import pixel_hash
from ganart.datasets.records import Mark
from ganart.datasets.scan import Refused, scan
from ganart.engine.set_export import (
    Exported,
    Exporting,
    SetPlan,
    TargetInDataset,
    TargetTaken,
    export_set,
)
from ganart.engine.sources.archives import unpack
from ganart.errors import DiskFull, FolderNotWritable
from ganart.media.names import safe_stem

CROP = Framing(crop=Box(0, 0, 0.5, 1))


@pytest.fixture
def art(tmp_path):
    """Return a folder with five pictures, two of the same name and one with an odd name."""
    folder = tmp_path.resolve() / "art"
    for number, name in enumerate(("a.png", "b.png", "deep/A.png", "هنر‌من 🎨.png", "c:d.png")):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        values = np.random.default_rng(number).integers(0, 256, (16, 24, 3))
        Image.fromarray(values.astype(np.uint8)).save(path)
    return folder


@pytest.fixture
def catalogue(tmp_path, art):
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.add_source(art)
        list(scan(catalogue, lambda: None))
        catalogue.set_stars({art / "a.png": 3})
        catalogue.set_tags({art / "a.png": frozenset({"sea, calm", "دریا"})})
        catalogue.set_marks({art / "b.png": Mark.REJECTED})
        catalogue.set_framing({art / "deep" / "A.png": CROP.to_json()})
        yield catalogue


@pytest.fixture
def target(tmp_path):
    return tmp_path / "out" / "set"


def run(catalogue, target, poll=lambda: None, **options):
    return list(export_set(catalogue, SetPlan(target, **options), poll))


def manifest(target):
    return {
        each["file"]: each
        for each in json.loads((target / "manifest.json").read_text())["pictures"]
    }


def test_folder_of_originals_with_manifests(catalogue, target, art):
    *steps, end = run(catalogue, target)
    assert steps == [Exporting(done, 4) for done in range(5)]
    assert end == Exported(target, 4)
    assert sorted(path.name for path in target.iterdir()) == [
        "manifest.csv", "manifest.json", "metadata.jsonl", "pictures",
    ]  # fmt: skip
    told = manifest(target)
    assert set(told) == {
        "pictures/a.png", "pictures/A 2.png", "pictures/هنر‌من 🎨.png", "pictures/c-d.png",
    }  # fmt: skip
    assert (target / "pictures" / "a.png").read_bytes() == (art / "a.png").read_bytes()
    first = told["pictures/a.png"]
    assert first["original"] == "art/a.png"
    assert (first["width"], first["height"], first["stars"], first["mark"]) == (24, 16, 3, "none")
    assert first["tags"] == ["sea, calm", "دریا"]
    assert told["pictures/A 2.png"]["framing"] == {"crop": [0, 0, 0.5, 1]}
    with (target / "manifest.csv").open(newline="", encoding="utf-8") as stream:
        rows = {row["file"]: row for row in csv.DictReader(stream)}
    assert set(rows) == set(told)
    assert rows["pictures/a.png"]["tags"] == "sea, calm, دریا"
    assert rows["pictures/a.png"]["hash"] == first["hash"]
    assert str(art) not in "".join(path.read_text() for path in target.glob("*.*"))


def test_prepared_pixels_are_those_that_training_sees(catalogue, target, art):
    run(catalogue, target, prepared=(8, 16))
    with Image.open(art / "deep" / "A.png") as image:
        expected = frame(image, (8, 16), CROP)
    with Image.open(target / "pictures" / "A 2.png") as image:
        assert image.tobytes() == expected.tobytes()
    assert json.loads((target / "manifest.json").read_text())["size"] == [8, 16]


def test_stretched_pictures_can_be_pulled_back(catalogue, target):
    catalogue.set_usual_framing(Framing(fill=Fill.STRETCH))
    run(catalogue, target, prepared=16, unstretch=True)
    sizes = {}
    for path in (target / "pictures").iterdir():
        with Image.open(path) as image:
            sizes[path.name] = image.size
    assert sizes["a.png"] == (24, 16)
    assert sizes["A 2.png"] == (16, 16)  # it has a framing of its own, which crops


@pytest.mark.parametrize("prepared", [None, 16])
@pytest.mark.parametrize("way", ["folder", "zip"])
def test_export_comes_back_with_the_same_pictures_and_tags(catalogue, tmp_path, prepared, way, art):
    target = tmp_path / ("set.zip" if way == "zip" else "set")
    run(catalogue, target, prepared=prepared)
    with Catalogue(tmp_path / "other.sqlite") as other:
        folder = target
        if way == "zip":
            folder = list(unpack(target, tmp_path / "sources", lambda: None))[-1].folder
        other.add_source(folder)
        events = list(scan(other, lambda: None))
        assert (events[-1].readable, events[-1].refused) == (4, 0)
        import_tags(other)
        rows = other.pictures()
        (tagged,) = [row for row in rows if row.tags]
        assert tagged.path.name == "a.png"
        assert tagged.tags == {"sea, calm", "دریا"}
        kept = [row for row in catalogue.pictures() if row.weight]
        if prepared is None:
            assert {row.pixel_hash for row in rows} == {row.pixel_hash for row in kept}
        else:
            with Image.open(art / "a.png") as image:
                assert tagged.pixel_hash == pixel_hash(frame(image, 16))


def test_equal_sets_give_equal_zip_files(catalogue, tmp_path):
    for name in ("one.zip", "two.zip"):
        run(catalogue, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.testzip() is None


def test_chosen_pictures_only(catalogue, target):
    run(catalogue, target, wanted=Filter(least_stars=3))
    assert set(manifest(target)) == {"pictures/a.png"}
    with pytest.raises(NoPictures):
        run(catalogue, target.with_name("none"), wanted=Filter(least_stars=5))


@pytest.mark.parametrize("prepared", [None, 16])
def test_what_cannot_be_read_is_told_and_left_out(catalogue, target, art, prepared):
    (art / "a.png").unlink()
    events = run(catalogue, target, prepared=prepared)
    assert Refused(art / "a.png", Reason.MISSING) in events
    assert events[-1].count == 3
    assert "pictures/a.png" not in manifest(target)
    shutil.rmtree(art)
    with pytest.raises(NoPictures):
        run(catalogue, target.with_name("again"), prepared=prepared)
    assert sorted(path.name for path in target.parent.iterdir()) == ["set"]


@pytest.mark.parametrize("name", ["set", "set.zip"])
def test_stopping_and_abandoning_leave_nothing(catalogue, target, name):
    target = target.with_name(name)
    for count in range(1, 9):
        asks = iter([None] * count)
        events = run(catalogue, target, lambda asks=asks: next(asks, "stop"))
        if isinstance(events[-1], Exported):
            break
        assert list(target.parent.iterdir()) == []
    else:
        pytest.fail("it never ended")
    target = target.with_name(f"other {name}")
    events = export_set(catalogue, SetPlan(target), lambda: None)
    next(events)
    events.close()
    assert [path.name for path in target.parent.iterdir()] == [name]


@pytest.mark.parametrize("name", ["set", "set.zip"])
def test_nothing_is_replaced(catalogue, target, name):
    target = target.with_name(name)
    run(catalogue, target)
    before = sorted(target.parent.rglob("*"))
    with pytest.raises(TargetTaken, match="left as it is"):
        run(catalogue, target)
    assert sorted(target.parent.rglob("*")) == before


@pytest.mark.parametrize("name", ["set", "set.zip"])
def test_what_a_killed_program_left_goes(catalogue, target, name, monkeypatch):
    target = target.with_name(name)
    with monkeypatch.context() as killed:
        killed.setattr("pathlib.Path.unlink", lambda *_, **__: None)
        killed.setattr("shutil.rmtree", lambda *_, **__: None)
        events = export_set(catalogue, SetPlan(target), lambda: None)
        [next(events) for _ in range(3)]
        events.close()
    assert len(list(target.parent.iterdir())) == 1
    assert run(catalogue, target)[-1].count == 4
    assert [path.name for path in target.parent.iterdir()] == [name]


def test_empty_folder_is_filled(catalogue, target):
    target.mkdir(parents=True)
    assert run(catalogue, target)[-1].count == 4


def test_target_in_the_dataset_is_refused(catalogue, art):
    for inside in (art / "set", art / "deep" / "set.zip"):
        with pytest.raises(TargetInDataset):
            run(catalogue, inside)


@pytest.mark.parametrize("name", ["set", "set.zip"])
def test_full_disk_is_told_and_leaves_nothing(catalogue, target, name, full_disk):
    with pytest.raises(DiskFull):
        run(catalogue, target.with_name(name))
    assert list(target.parent.iterdir()) == []


def test_folder_that_cannot_be_written_to(catalogue, read_only_folder):
    with pytest.raises(FolderNotWritable):
        run(catalogue, read_only_folder / "set")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names of any bytes")
@pytest.mark.parametrize("prepared", [None, (8, 8)])
@pytest.mark.parametrize("name", ["set", "set.zip"])
def test_odd_names_become_names_that_every_system_takes(tmp_path, target, name, prepared):
    odd = [
        b"pic.caf\xe9", b"caf\xe9.png", b"picture.php?id=5", b"b" * 50 + b"." + b"a" * 200,
        b"x" * 250 + b".png", b"con.png", b"new\nline.png", b"picture", b"picture.jpg.",
        "e\u0301.png".encode(), "\u00e9.png".encode(), "\u00c9.png".encode(),
    ]  # fmt: skip
    folder = tmp_path.resolve() / "odd"
    folder.mkdir()
    for number, each in enumerate(odd):
        kind = "JPEG" if each == b"picture" else "PNG"
        with (folder / os.fsdecode(each)).open("wb") as stream:
            Image.new("RGB", (4, 4), (number, 0, 0)).save(stream, kind)
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.add_source(folder)
        list(scan(catalogue, lambda: None))
        end = run(catalogue, target.with_name(name), prepared=prepared)[-1]
    assert end.count == len(odd)
    if name.endswith(".zip"):
        with zipfile.ZipFile(end.path) as archive:
            archive.extractall(target)
    found = [path.name for path in (target / "pictures").iterdir()]
    assert len({normalize("NFC", each).casefold() for each in found}) == len(odd)
    assert all(each == safe_stem(Path(each).stem) + Path(each).suffix for each in found)
    assert {Path(each).suffix for each in found} <= {".png", ".jpg"}
    assert ("picture.jpg" in found) == (prepared is None)
    lines = (target / "metadata.jsonl").read_text(encoding="utf-8").splitlines()
    named = {json.loads(line)["file_name"] for line in lines}
    assert named == set(manifest(target)) == {f"pictures/{each}" for each in found}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipe_in_place_of_an_original(catalogue, target, art):
    (art / "a.png").unlink()
    os.mkfifo(art / "a.png")
    assert Refused(art / "a.png", Reason.NOT_A_FILE) in run(catalogue, target)
