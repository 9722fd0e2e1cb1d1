"""ZIP files as sources: good ones, those built to harm, and damaged ones."""

import os
import stat
import struct
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.scan import scan
from ganart.engine.sources import archives
from ganart.engine.sources.archives import unpack
from ganart.engine.sources.errors import BadArchive, NothingInside, Why
from ganart.engine.sources.gathering import DOCUMENT, Gathered, Gathering, LeftOut, follow_project
from ganart.errors import DiskFull


def png(colour="teal", size=(12, 8)) -> bytes:
    stream = BytesIO()
    Image.new("RGB", size, colour).save(stream, "PNG")
    return stream.getvalue()


PNG = png()


def pack(path: Path, members, method=zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def run(path, sources, poll=lambda: None):
    return list(unpack(path, sources, poll))


def left_out(events):
    return {event.name: event.why for event in events if isinstance(event, LeftOut)}


def files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != DOCUMENT
    }


@pytest.fixture
def sources(tmp_path):
    return tmp_path / "sources"


def test_pictures_come_out_as_they_are_with_their_folders_and_captions(tmp_path, sources):
    members = [
        ("a.png", PNG), ("deep/er/b.PNG", PNG), ("a.txt", b"sea"), ("metadata.jsonl", b"{}"),
        ("notes.pdf", b"%PDF"), ("__MACOSX/._a.png", b"x"), (".hidden/c.png", PNG), ("empty/", b""),
    ]  # fmt: skip
    path = pack(tmp_path / "art.zip", members)
    before = path.read_bytes()
    *steps, end = run(path, sources)
    assert steps == [Gathering(done, 4) for done in range(5)]
    assert (end.added, end.count, end.complete) == (2, 2, True)
    assert end.folder.parent == sources
    assert end.folder.name.startswith("art-")
    assert files(end.folder) == {"a.png", "deep/er/b.png", "a.txt", "metadata.jsonl"}
    assert (end.folder / "a.png").read_bytes() == PNG
    assert path.read_bytes() == before


def test_same_archive_again_adds_nothing_even_under_another_name(tmp_path, sources):
    path = pack(tmp_path / "art.zip", [("a.png", PNG)])
    first = run(path, sources)[-1]
    assert run(path, sources) == [Gathered(first.folder, 0, 1, complete=True)]
    renamed = path.rename(tmp_path / "renamed.zip")
    assert run(renamed, sources) == [Gathered(first.folder, 0, 1, complete=True)]
    other = pack(tmp_path / "art.zip", [("b.png", PNG)])
    assert run(other, sources)[-1].folder != first.folder


def test_what_was_deleted_from_the_folder_comes_back(tmp_path, sources):
    path = pack(tmp_path / "art.zip", [("a.png", PNG), ("b.png", PNG)])
    first = run(path, sources)[-1]
    (first.folder / "a.png").unlink()
    assert run(path, sources)[-1].added == 1
    assert files(first.folder) == {"a.png", "b.png"}


def test_stopped_unpacking_goes_on(tmp_path, sources):
    path = pack(tmp_path / "art.zip", [(f"{n}.png", PNG) for n in range(9)])
    asks = iter([None] * 8)
    stopped = run(path, sources, lambda: next(asks, "stop"))[-1]
    assert not stopped.complete
    assert 0 < stopped.count < 9
    end = run(path, sources)[-1]
    assert (end.added, end.count, end.complete) == (9 - stopped.count, 9, True)
    assert not list(end.folder.glob(".ganart-unfinished*"))


def link(name):
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def test_names_that_lead_out_and_links_are_left_out(tmp_path, sources):
    bad = ["../up.png", "a/../../up.png", "/abs.png", "C:/drive.png", "..\\back.png", "c:rel.png"]
    members = [(name, PNG) for name in bad] + [(link("link.png"), b"/etc/passwd"), ("ok.png", PNG)]
    events = run(pack(tmp_path / "evil.zip", members), sources)
    told = left_out(events)
    assert told.pop("link.png") is Why.LINK
    assert len(told) == len(bad)
    assert set(told.values()) == {Why.OUTSIDE}
    assert files(events[-1].folder) == {"ok.png"}
    assert files(tmp_path) == {"evil.zip", f"sources/{events[-1].folder.name}/ok.png"}


def test_bombs_nested_archives_and_other_kinds_are_left_out(tmp_path, sources, monkeypatch):
    monkeypatch.setattr(archives, "_SUSPECT_BYTES", 100_000)
    members = [
        ("bomb.png", bytes(2_000_000)), ("inner.zip", b"PK"), ("more.tar.gz", b"x"),
        ("photo.heic", b"x"), ("ok.png", PNG),
    ]  # fmt: skip
    events = run(pack(tmp_path / "mixed.zip", members), sources)
    assert left_out(events) == {
        "bomb.png": Why.UNFOLDS,
        "inner.zip": Why.NESTED,
        "more.tar.gz": Why.NESTED,
        "photo.heic": Why.NO_PICTURE,
    }
    assert files(events[-1].folder) == {"ok.png"}


def change(path: Path, offset: int, form: str, value: int) -> Path:
    """Overwrite a field in all entries of the central directory."""
    content = bytearray(path.read_bytes())
    at = -1
    while (at := content.find(b"PK\1\2", at + 1)) >= 0:
        struct.pack_into(form, content, at + offset, value)
    path.write_bytes(content)
    return path


def test_locked_and_oddly_packed_files_are_left_out(tmp_path, sources):
    locked = change(pack(tmp_path / "a.zip", [("a.png", PNG)]), 8, "<H", 1)
    odd = pack(tmp_path / "b.zip", [("a.png", PNG)], zipfile.ZIP_LZMA)
    for path, why in ((locked, Why.LOCKED), (odd, Why.UNSUPPORTED)):
        events = unpack(path, sources, lambda: None)
        assert next(events) == LeftOut("a.png", why)
        with pytest.raises(NothingInside):
            list(events)
    assert list(sources.iterdir()) == []


def test_sizes_that_lie_fill_neither_memory_nor_disk(tmp_path, sources):
    huge = change(pack(tmp_path / "a.zip", [("a.png", PNG)]), 24, "<I", 2**31)
    with pytest.raises(NothingInside):
        run(huge, sources)
    small = change(pack(tmp_path / "b.zip", [("a.png", bytes(10**6))]), 24, "<I", 10)
    with pytest.raises(NothingInside):
        run(small, sources)
    assert list(sources.iterdir()) == []


def test_files_that_share_their_bytes_are_refused(tmp_path, sources, monkeypatch):
    """Such a bomb lists one packed file under many names; each alone looks honest."""
    monkeypatch.setattr(archives, "_SUSPECT_TOTAL_BYTES", 10**7)
    path = pack(tmp_path / "a.zip", [("a.png", bytes(10**6))])
    with zipfile.ZipFile(path) as archive:
        (only,) = archive.infolist()
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(2000):
            info = zipfile.ZipInfo(f"{number}.png")
            for field in ("compress_type", "compress_size", "file_size", "CRC", "header_offset"):
                setattr(info, field, getattr(only, field))
            archive.filelist.append(info)
            archive.NameToInfo[info.filename] = info
        archive._didModify = True
    with pytest.raises(BadArchive, match="unfold"):
        run(path, sources)
    assert not sources.exists()


def test_names_that_are_no_unicode_are_told(tmp_path, sources):
    path = pack(tmp_path / "a.zip", [("caf\u00e9.png", PNG)])
    content = path.read_bytes()
    path.write_bytes(content.replace("caf\u00e9".encode(), b"caf\xff\xfe"))
    with pytest.raises(BadArchive, match="damaged"):
        run(path, sources)


def test_list_of_too_many_is_refused(tmp_path, sources, monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    path = pack(tmp_path / "a.zip", [(f"{n}.png", PNG) for n in range(4)])
    with pytest.raises(BadArchive, match="more files"):
        run(path, sources)
    assert not sources.exists()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_would_be_the_same_file_get_numbers(tmp_path, sources):
    names = ["a.png", "a.png", "A.PNG", "b.png/c.png", "b.png", "con.png", "d?.png", "d*.png"]
    names += ["e" * 300 + ".png", "f/" * 600 + "g.png", "هنر‌من.png", "e\u0301.png", "é.png"]
    events = run(pack(tmp_path / "art.zip", [(name, PNG) for name in names]), sources)
    assert not left_out(events)
    end = events[-1]
    assert end.count == len(names)
    found = [name.casefold() for name in files(end.folder)]
    assert len(set(found)) == len(names)
    assert run(tmp_path / "art.zip", sources)[-1].added == 0


def test_damaged_member_is_left_out_and_the_others_come(tmp_path, sources):
    path = pack(tmp_path / "a.zip", [("a.png", PNG), ("b.png", png("red"))], zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    content[content.find(PNG) + 20] ^= 255
    path.write_bytes(content)
    events = run(path, sources)
    assert left_out(events) == {"a.png": Why.DAMAGED}
    assert files(events[-1].folder) == {"b.png"}


@pytest.mark.parametrize("content", [b"", b"PK", b"<html>", b"PK\5\6" + bytes(18)])
def test_what_is_no_archive_or_empty(tmp_path, sources, content):
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises((BadArchive, NothingInside)) as caught:
        run(path, sources)
    assert "left as it is" in str(caught.value)
    assert not sources.exists() or list(sources.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_missing_file_folder_and_pipe(tmp_path, sources):
    os.mkfifo(tmp_path / "pipe.zip")
    for name, words in (("gone.zip", "not there"), ("", "ordinary"), ("pipe.zip", "ordinary")):
        with pytest.raises(BadArchive, match=words):
            run(tmp_path / name, sources)


@given(st.binary(max_size=60), st.integers(0, 2**16))
@settings(max_examples=120, deadline=None)
def test_any_damage_ends_in_a_sentence_and_writes_nothing_outside(tmp_path_factory, noise, where):
    folder = tmp_path_factory.mktemp("noise")
    members = [("a.png", PNG), ("b/c.png", PNG), ("t.txt", b"words")]
    path = pack(folder / "art.zip", members)
    content = bytearray(path.read_bytes())
    start = where % len(content)
    content[start : start + len(noise)] = noise
    path.write_bytes(content)
    with suppress(BadArchive, NothingInside):
        run(path, folder / "project" / "sources")
    assert {each.name for each in folder.iterdir()} <= {"art.zip", "project"}
    assert {each.name for each in folder.glob("project/*")} <= {"sources"}


def test_full_disk_is_told_and_goes_on_later(tmp_path, sources, full_disk):
    with pytest.raises(DiskFull):
        run(pack(tmp_path / "a.zip", [("a.png", PNG)]), sources)


def test_space_is_looked_at_first(tmp_path, sources, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(DiskFull):
        run(pack(tmp_path / "a.zip", [("a.png", PNG)]), sources)


def test_unpacked_folder_is_a_source_and_is_found_again_in_a_moved_project(tmp_path):
    project = tmp_path / "one.ganart"
    end = run(
        pack(tmp_path / "a.zip", [("x/a.png", PNG), ("b.png", png("red"))]), project / "sources"
    )[-1]
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.add_source(end.folder)
        list(scan(catalogue, lambda: None))
        catalogue.set_stars({(end.folder / "b.png").resolve(): 4})
        moved = tmp_path / "two.ganart"
        project.rename(moved)
        assert follow_project(catalogue, moved) == 1
        assert follow_project(catalogue, moved) == 0
        assert catalogue.sources() == [moved.resolve() / "sources" / end.folder.name]
        events = list(scan(catalogue, lambda: None))
        assert (events[-1].readable, events[-1].added, events[-1].removed) == (2, 0, 0)
        assert [row.stars for row in catalogue.pictures()] == [4, 0]
