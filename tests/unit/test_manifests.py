"""What an exported set says of its pictures comes back with them."""

import json
import shutil

import numpy as np
import pytest
from PIL import Image

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.filters import Filter
from ganart.datasets.framing import Box, Framing
from ganart.datasets.manifests import import_notes, read_notes
from ganart.datasets.records import Mark
from ganart.datasets.scan import scan
from ganart.engine.set_export import SetPlan, export_set
from ganart.engine.sources.archives import unpack
from ganart.engine.sources.gathering import Gathered

CROP = Framing(crop=Box(0, 0, 0.5, 1)).to_json()


def never():
    return None


def scanned(path, *sources):
    catalogue = Catalogue(path)
    for source in sources:
        catalogue.add_source(source)
    list(scan(catalogue, never))
    return catalogue


def notes(catalogue):
    said = {
        row.path.name: (row.mark.value, row.stars, row.weight, row.framing)
        for row in catalogue.pictures()
    }
    return {name: each for name, each in said.items() if each != ("none", 0, 1.0, None)}


@pytest.fixture
def curated(tmp_path):
    """Return a catalogue of three pictures, of two of which something is said."""
    folder = tmp_path.resolve() / "art"
    folder.mkdir()
    for number, name in enumerate(("a.png", "b.png", "c.png")):
        values = np.random.default_rng(number).integers(0, 256, (16, 24, 3))
        Image.fromarray(values.astype(np.uint8)).save(folder / name)
    with scanned(tmp_path / "one.sqlite", folder) as catalogue:
        catalogue.set_marks({folder / "a.png": Mark.PICKED})
        catalogue.set_stars({folder / "a.png": 4})
        catalogue.set_weight([folder / "b.png"], 2.5)
        catalogue.set_framing({folder / "b.png": CROP})
        yield catalogue


SAID = {"a.png": ("picked", 4, 1.0, None), "b.png": ("none", 0, 2.5, CROP)}


@pytest.mark.parametrize("name", ["set", "set.zip"])
def test_notes_come_back_with_the_set(curated, tmp_path, name):
    target = tmp_path.resolve() / name
    list(export_set(curated, SetPlan(target), never))
    if target.suffix:
        gathered = list(unpack(target, tmp_path / "sources", never))[-1]
        assert isinstance(gathered, Gathered)
        assert gathered.count == 3
        target = gathered.folder.resolve()
    with scanned(tmp_path / "two.sqlite", target) as other:
        assert import_notes(other) == 3
        assert notes(other) == SAID


def test_rejected_picture_keeps_its_weight_for_later(curated, tmp_path):
    (path,) = [row.path for row in curated.pictures() if row.path.name == "b.png"]
    curated.set_marks({path: Mark.REJECTED})
    target = tmp_path.resolve() / "set"
    list(export_set(curated, SetPlan(target, wanted=Filter()), never))
    with scanned(tmp_path / "two.sqlite", target) as other:
        import_notes(other)
        (row,) = [row for row in other.pictures() if row.path.name == "b.png"]
        assert (row.mark, row.weight) == (Mark.REJECTED, 0)
        other.set_marks({row.path: Mark.NONE})
        assert notes(other)["b.png"] == SAID["b.png"]


def test_prepared_pictures_are_not_cropped_again(curated, tmp_path):
    target = tmp_path.resolve() / "set"
    list(export_set(curated, SetPlan(target, prepared=16), never))
    with scanned(tmp_path / "two.sqlite", target) as other:
        import_notes(other)
        assert notes(other) == {"a.png": SAID["a.png"], "b.png": ("none", 0, 2.5, None)}


def test_what_was_said_since_stays(curated, tmp_path):
    target = tmp_path.resolve() / "set"
    list(export_set(curated, SetPlan(target), never))
    with scanned(tmp_path / "two.sqlite", target) as other:
        other.set_stars({target / "pictures" / "a.png": 1})
        assert import_notes(other, other.newest()) == 0
        assert notes(other) == {"a.png": ("none", 1, 1.0, None)}


def test_another_picture_of_that_name_gets_nothing(curated, tmp_path):
    target = tmp_path.resolve() / "set"
    list(export_set(curated, SetPlan(target), never))
    shutil.copy(target / "pictures" / "c.png", target / "pictures" / "a.png")
    with scanned(tmp_path / "two.sqlite", target) as other:
        import_notes(other)
        assert notes(other) == {"b.png": SAID["b.png"]}


def test_a_manifest_above_the_source_is_nobody_s(curated, tmp_path):
    target = tmp_path.resolve() / "set"
    list(export_set(curated, SetPlan(target), never))
    with scanned(tmp_path / "two.sqlite", target / "pictures") as other:
        assert read_notes(other.pictures(), other.sources()) == {}


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "[]",
        '{"schema": 2, "pictures": []}',
        '{"schema": 1, "pictures": 7}',
        '{"schema": 1, "pictures": [7, {"file": 7}, {"file": "../a.png"}, {"file": "/a.png"}]}',
    ],
)
def test_odd_manifests_are_passed_over(curated, text):
    folder = curated.sources()[0]
    (folder / "manifest.json").write_text(text)
    assert read_notes(curated.pictures(), [folder]) == {}


def test_odd_values_are_passed_over(curated):
    folder = curated.sources()[0]
    row = curated.pictures()[0]
    entry = {
        "file": "a.png",
        "hash": row.pixel_hash,
        "mark": ["picked"],
        "stars": 9,
        "weight": "heavy",
        "framing": {"crop": "all"},
    }
    (folder / "manifest.json").write_text(json.dumps({"schema": 1, "pictures": [entry]}))
    (said,) = read_notes(curated.pictures(), [folder]).values()
    assert (said.mark, said.stars, said.weight, said.framing) == (Mark.NONE, 0, 0.0, None)
