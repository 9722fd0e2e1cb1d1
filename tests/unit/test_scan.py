import os
import shutil
import sys
import threading
from contextlib import suppress

import pytest
from PIL import Image

from ganart.datasets import decode as decoding
from ganart.datasets import inspect as inspecting
from ganart.datasets import scan as scanning
from ganart.datasets.catalogue import Catalogue, Counts
from ganart.datasets.errors import FolderGone, Reason, Unreadable
from ganart.datasets.inspect import inspect, pixel_hash
from ganart.datasets.scan import Refused, Scanned, Scanning, scan


@pytest.fixture
def folder(tmp_path):
    """Return a folder with three pictures, one of them nested."""
    folder = tmp_path.resolve() / "art"
    for index, name in enumerate(("a.png", "b.png", "deep/er/c.png")):
        draw(folder / name, 10 * index)
    return folder


@pytest.fixture
def catalogue(tmp_path, folder):
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.add_source(folder)
        yield catalogue


@pytest.fixture
def decoded(monkeypatch):
    """Return the list of names that were decoded."""
    names = []

    def record(path):
        names.append(path.name)
        return inspect(path)

    monkeypatch.setattr(scanning, "inspect", record)
    return names


def draw(path, grey=0):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (20, 10), (grey, grey, grey)).save(path)


def run(catalogue, poll=lambda: None, **options):
    return list(scan(catalogue, poll, **options))


def run_until_gone(catalogue, between=lambda event: None):
    """Return the events up to `FolderGone`, and that error."""
    seen = []
    try:
        for event in scan(catalogue, lambda: None):
            seen.append(event)
            between(event)
    except FolderGone as error:
        return seen, error
    return pytest.fail("no folder was found to be gone")


def names(rows):
    return [row.path.name for row in rows]


def test_nested_pictures_are_found_with_size_hash_and_thumbnail(catalogue):
    end = run(catalogue)[-1]
    assert isinstance(end, Scanned)
    assert (end.readable, end.refused, end.added, end.removed, end.stopped) == (3, 0, 3, 0, False)
    rows = catalogue.pictures()
    assert names(rows) == ["a.png", "b.png", "c.png"]
    assert {(row.width, row.height) for row in rows} == {(20, 10)}
    assert len({row.pixel_hash for row in rows}) == 3
    assert all(catalogue.thumbnail(row.id) for row in rows)


def test_progress_reaches_the_total(catalogue):
    done = [(event.done, event.total) for event in run(catalogue) if isinstance(event, Scanning)]
    assert done == [(0, 0), (1, 3), (2, 3), (3, 3)]


def test_unchanged_pictures_are_not_decoded_again(catalogue, folder, decoded):
    run(catalogue)
    decoded.clear()
    draw(folder / "b.png", 99)
    os.utime(folder / "b.png", ns=(1, 1))
    draw(folder / "new.png", 50)
    end = run(catalogue)[-1]
    assert sorted(decoded) == ["b.png", "new.png"]
    assert (end.readable, end.added, end.removed) == (4, 1, 0)


def test_vanished_files_are_dropped(catalogue, folder):
    run(catalogue)
    shutil.rmtree(folder / "deep")
    end = run(catalogue)[-1]
    assert (end.readable, end.removed) == (2, 1)


def test_bad_files_are_refused_by_name_and_stop_nothing(catalogue, folder):
    (folder / "empty.png").touch()
    (folder / "page.jpg").write_text("<html>")
    (folder / "photo.heic").write_bytes(b"whatever")
    events = run(catalogue)
    told = {event.path.name: event.reason for event in events if isinstance(event, Refused)}
    assert told == {
        "empty.png": Reason.EMPTY,
        "page.jpg": Reason.NOT_A_PICTURE,
        "photo.heic": Reason.UNSUPPORTED,
    }
    assert {row.path.name: row.reason for row in catalogue.refused()} == told
    assert catalogue.counts() == Counts(readable=3, refused=3)


def test_large_pictures_are_looked_at_one_at_a_time(catalogue, folder, monkeypatch):
    """Or each thread would hold all pixels of one."""
    monkeypatch.setattr(decoding, "LARGE_PIXELS", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    together = threading.Barrier(2)

    def hash_in_company(image):
        with suppress(threading.BrokenBarrierError):
            together.wait(0.1)
            pytest.fail("two at a time")
        return pixel_hash(image)

    monkeypatch.setattr(inspecting, "pixel_hash", hash_in_company)
    assert run(catalogue)[-1].readable == 3


def test_refused_file_is_tried_again(catalogue, folder):
    draw(folder / "mended.png")
    status = (folder / "mended.png").stat()
    content = (folder / "mended.png").read_bytes()
    (folder / "mended.png").write_bytes(bytes(len(content)))
    run(catalogue)
    assert names(catalogue.refused()) == ["mended.png"]
    (folder / "mended.png").write_bytes(content)
    os.utime(folder / "mended.png", ns=(status.st_atime_ns, status.st_mtime_ns))
    run(catalogue)
    assert catalogue.refused() == []


@pytest.mark.parametrize("name", ["has space", "هنر‌من", "🎨", "new\nline", "é" * 100])
def test_odd_names_are_scanned(catalogue, folder, name):
    try:
        draw(folder / name / f"{name}.png")
    except OSError:
        pytest.skip("this system does not allow such a name")
    assert run(catalogue)[-1].added == 4
    assert f"{name}.png" in names(catalogue.pictures())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names of any bytes")
def test_names_that_are_not_unicode_are_told_on_one_line(catalogue, folder):
    (folder / os.fsdecode(b"caf\xe9\n.png")).touch()
    (refused,) = [event for event in run(catalogue) if isinstance(event, Refused)]
    assert os.fsencode(refused.path).endswith(b"caf\xe9\n.png")
    assert str(Unreadable(refused.path, refused.reason)).encode().count(b"\n") == 0


def test_stopping_keeps_what_was_decoded_and_drops_nothing(catalogue, folder):
    run(catalogue)
    for index in range(40):
        draw(folder / f"more{index}.png", index)
    (folder / "a.png").unlink()
    asks = iter([])

    events = scan(catalogue, lambda: next(asks, None))
    seen = []
    for event in events:
        seen.append(event)
        if isinstance(event, Scanning) and event.done == 10:
            asks = iter(["stop"])  # Handed out once, as by a queue.
    end = seen[-1]
    assert isinstance(end, Scanned)
    assert end.stopped
    assert 0 < end.added < 40
    assert end.removed == 0
    assert catalogue.counts().readable == 3 + end.added
    assert not run(catalogue)[-1].stopped
    assert catalogue.counts().readable == 42


def test_abandoned_scan_keeps_what_was_decoded(catalogue):
    events = scan(catalogue, lambda: None)
    for event in events:
        if isinstance(event, Scanning) and event.done == 2:
            events.close()
    assert catalogue.counts().readable == 2


def test_folder_that_is_away_keeps_its_pictures(catalogue, folder, tmp_path):
    run(catalogue)
    other = tmp_path.resolve() / "other"
    draw(other / "z.png", 70)
    catalogue.add_source(other)
    folder.rename(tmp_path / "away")
    seen, error = run_until_gone(catalogue)
    assert isinstance(seen[-1], Scanned)
    assert error.folder == folder
    assert "scan again" in str(error)
    assert catalogue.counts() == Counts(readable=4, refused=0)


def test_folder_removed_during_the_scan(catalogue, folder):
    for index in range(60):
        draw(folder / f"more{index}.png", index)

    def remove(event):
        if isinstance(event, Scanning) and event.done == 5:
            shutil.rmtree(folder)

    seen, _ = run_until_gone(catalogue, remove)
    assert isinstance(seen[-1], Scanned)
    counts = catalogue.counts()
    assert counts.readable >= 5
    assert counts.refused == 0


def test_file_removed_during_the_scan_is_neither_here_nor_refused(catalogue, folder):
    for index in range(60):
        draw(folder / f"more{index}.png", index)
    for event in scan(catalogue, lambda: None):
        if isinstance(event, Scanning) and event.done == 1:
            (folder / "more9.png").unlink()
    assert catalogue.counts() == Counts(readable=62, refused=0)


def test_one_source_of_many_can_be_scanned(catalogue, folder, tmp_path):
    run(catalogue)
    other = tmp_path.resolve() / "other"
    draw(other / "z.png", 90)
    catalogue.add_source(other)
    (folder / "a.png").unlink()
    end = run(catalogue, sources=[other])[-1]
    assert (end.readable, end.added, end.removed) == (4, 1, 0)


def test_single_file_is_a_source_too(catalogue, tmp_path):
    draw(tmp_path / "one.png", 90)
    catalogue.add_source(tmp_path / "one.png")
    assert run(catalogue)[-1].readable == 4


def test_folder_that_may_not_be_listed_is_refused_and_keeps_its_pictures(
    catalogue, folder, monkeypatch
):
    run(catalogue)
    scandir = os.scandir

    def guarded(path):
        if os.fspath(path).endswith("deep"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    events = run(catalogue)
    assert Refused(folder / "deep", Reason.FORBIDDEN) in events
    assert catalogue.counts() == Counts(readable=3, refused=1)
    monkeypatch.setattr(os, "scandir", scandir)
    run(catalogue)
    assert catalogue.counts() == Counts(readable=3, refused=0)


def test_no_number_is_given_twice(catalogue, folder):
    run(catalogue)
    numbers = {row.id for row in catalogue.pictures()}
    for number in range(3):
        for path in folder.glob("*.png"):
            path.unlink()
        run(catalogue)
        draw(folder / f"new {number}.png", 100 + number)
        run(catalogue)
        (new,) = [row.id for row in catalogue.pictures() if row.path.parent == folder]
        assert new not in numbers
        assert new == catalogue.newest()
        numbers.add(new)


def test_empty_folder_ends_without_pictures(tmp_path):
    (tmp_path / "empty").mkdir()
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.add_source(tmp_path / "empty")
        assert run(catalogue)[-1].readable == 0


def test_pictures_of_an_older_studio_are_measured_once(catalogue, decoded):
    run(catalogue)
    decoded.clear()
    catalogue._database.execute("UPDATE measures SET version = 0 WHERE picture_id = 1")
    run(catalogue)
    assert decoded == ["a.png"]
    assert len(catalogue.measures()) == len(catalogue.imprints()) == 3
    run(catalogue)
    assert decoded == ["a.png"]


def test_a_source_that_is_entirely_empty_keeps_its_pictures(catalogue, folder, tmp_path):
    run(catalogue)
    before = catalogue.pictures()
    away = folder.rename(tmp_path / "away")
    folder.mkdir()  # as the folder of a drive that is unplugged
    assert run(catalogue)[-1].removed == 0
    assert catalogue.pictures() == before
    (folder / "notes.txt").touch()
    assert run(catalogue)[-1].removed == len(before)
    shutil.rmtree(folder)
    away.rename(folder)
    assert run(catalogue)[-1].readable == len(before)
