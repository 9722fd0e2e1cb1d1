import shutil

import pytest
from PIL import Image

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.errors import FolderGone
from ganart.datasets.framing import Fill, Framing
from ganart.datasets.records import Mark
from ganart.datasets.repoint import NoSource, NotThatFolder, Repointed, repoint
from ganart.datasets.scan import scan


@pytest.fixture
def art(tmp_path):
    folder = tmp_path.resolve() / "art"
    for number, name in enumerate(("a.png", "b.png", "deep/c.png", "deep/d.png")):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (8 + number, 8), (9 * number, 0, 0)).save(path)
    return folder


@pytest.fixture
def catalogue(tmp_path, art):
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.add_source(art)
        list(scan(catalogue, lambda: None))
        catalogue.set_stars({art / "a.png": 3})
        catalogue.set_marks({art / "b.png": Mark.REJECTED})
        catalogue.set_tags({art / "deep" / "c.png": frozenset({"sea"})})
        catalogue.set_framing({art / "deep" / "d.png": Framing(fill=Fill.EDGE).to_json()})
        yield catalogue


def notes(catalogue):
    return [
        (row.path.name, row.stars, row.mark, row.tags, row.framing) for row in catalogue.pictures()
    ]


def test_moved_folder_keeps_all_notes_and_nothing_is_decoded_again(catalogue, art, monkeypatch):
    before = notes(catalogue)
    moved = art.rename(art.with_name("elsewhere"))
    with pytest.raises(FolderGone):
        list(scan(catalogue, lambda: None))
    assert notes(catalogue) == before
    *_, end = repoint(catalogue, art, moved, lambda: None)
    assert end == Repointed(art, moved, 4, 4)
    assert catalogue.sources() == [moved]
    assert notes(catalogue) == before
    events = list(scan(catalogue, lambda: None))
    assert (events[-1].readable, events[-1].added, events[-1].removed) == (4, 0, 0)
    assert notes(catalogue) == before


def test_copied_folder_with_new_times_is_known_by_its_pixels(catalogue, art):
    before = notes(catalogue)
    copied = art.with_name("copied")
    shutil.copytree(art, copied, copy_function=shutil.copyfile)
    *_, end = repoint(catalogue, art, copied, lambda: None)
    assert end.found == 4
    list(scan(catalogue, lambda: None))
    assert notes(catalogue) == before


def test_another_folder_is_refused_and_nothing_changes(catalogue, art, tmp_path):
    before = notes(catalogue)
    other = tmp_path / "other"
    shutil.copytree(art, other)
    for name in ("a.png", "b.png", "deep/c.png"):
        Image.new("RGB", (8, 8), "white").save(other / name)
    for wrong in (other, tmp_path / "gone"):
        with pytest.raises(NotThatFolder, match="Nothing was changed"):
            list(repoint(catalogue, art, wrong, lambda: None))
    assert catalogue.sources() == [art]
    assert notes(catalogue) == before
    with pytest.raises(NoSource):
        list(repoint(catalogue, other, art, lambda: None))


def test_stopping_changes_nothing(catalogue, art):
    moved = art.rename(art.with_name("elsewhere"))
    asks = iter([None, None])
    events = list(repoint(catalogue, art, moved, lambda: next(asks, "stop")))
    assert not any(isinstance(event, Repointed) for event in events)
    assert catalogue.sources() == [art]


def test_pictures_of_other_sources_stay(catalogue, art):
    catalogue.add_source(art / "deep")
    moved = art.with_name("elsewhere")
    shutil.copytree(art, moved)
    *_, end = repoint(catalogue, art, moved, lambda: None)
    assert end.total == 2
    assert catalogue.sources() == [moved, art / "deep"]
    paths = {row.path for row in catalogue.pictures()}
    assert paths == {
        moved / "a.png", moved / "b.png", art / "deep" / "c.png", art / "deep" / "d.png",
    }  # fmt: skip


def test_new_place_that_is_a_source_already(catalogue, art):
    moved = art.with_name("elsewhere")
    shutil.copytree(art, moved)
    catalogue.add_source(moved)
    list(scan(catalogue, lambda: None))
    assert len(catalogue.pictures()) == 8
    assert list(repoint(catalogue, art, moved, lambda: None))[-1].found == 4
    assert catalogue.sources() == [moved]
    assert len(catalogue.pictures()) == 4
    assert catalogue.pictures()[0].stars == 3


def test_single_file(tmp_path):
    path = tmp_path.resolve() / "one.png"
    Image.new("RGB", (8, 8)).save(path)
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.add_source(path)
        list(scan(catalogue, lambda: None))
        moved = path.rename(tmp_path.resolve() / "two.png")
        assert list(repoint(catalogue, path, moved, lambda: None))[-1].found == 1
        assert [row.path for row in catalogue.pictures()] == [moved]
