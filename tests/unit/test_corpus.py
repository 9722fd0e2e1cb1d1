"""Folders full of bad pictures: each is read rightly or refused for the right reason."""

import os
import subprocess
import sys
import threading
from itertools import count
from pathlib import Path

import pytest
from PIL import Image

from ganart.datasets.catalogue import Catalogue, Counts
from ganart.datasets.decode import decode
from ganart.datasets.errors import Reason, Unreadable
from ganart.datasets.kinds import PICTURE_SUFFIXES, UNSUPPORTED_SUFFIXES
from ganart.datasets.scan import Refused, Scanned, Scanning, scan
from ganart.datasets.walk import Unlisted, walk
from tests.corpus.outcomes import CORPUS, Outcome, files, pinned

PINNED = pinned()
MOST_MB = 400
"""Python and Pillow alone take 60; a single bomb that went off would take thousands."""
PEAK = """
import sys
from pathlib import Path
from ganart.datasets.errors import Unreadable
from ganart.datasets.inspect import inspect
for path in sorted(Path(sys.argv[1]).rglob("*.*")):
    try:
        inspect(path)
    except Unreadable:
        pass
status = Path("/proc/self/status").read_text()  # `getrusage` counts what forked this too
print(int(status.partition("VmHWM:")[2].split()[0]) // 1024)
"""


def scanned(catalogue) -> tuple[list, Scanned]:
    *events, end = scan(catalogue, lambda: None)
    return events, end


def test_every_file_is_pinned_and_every_reason_seen():
    assert files() == list(PINNED)
    refusals = {Reason[each.refusal] for each in PINNED.values() if each.refusal}
    assert refusals == {
        Reason.EMPTY, Reason.NOT_A_PICTURE, Reason.UNSUPPORTED, Reason.DAMAGED, Reason.TOO_LARGE,
    }  # fmt: skip


@pytest.mark.filterwarnings("ignore::UserWarning")  # as decode() asks, and pytest overrules
@pytest.mark.parametrize("name", PINNED)
def test_outcome(name):
    outcome = Outcome.of(CORPUS / name)
    assert outcome.is_near(PINNED[name]), f"{outcome} instead of {PINNED[name]}"


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_scan_of_the_whole_corpus(tmp_path):
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        for folder in ("bmpsuite", "made", "pillow", "pngsuite"):
            catalogue.add_source(CORPUS / folder)
        _, end = scanned(catalogue)
        found = {row.path.relative_to(CORPUS).as_posix(): row for row in catalogue.pictures(False)}
    assert found.keys() == PINNED.keys()
    for name, row in found.items():
        reason = "" if row.reason is None else row.reason.name
        assert ((row.width, row.height), reason) == (PINNED[name].size, PINNED[name].refusal), name
    assert end.readable + end.refused == len(PINNED)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak like this")
def test_memory_stays_small_whatever_the_files_claim():
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PEAK, CORPUS],
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) < MOST_MB


def test_every_decoded_format_is_in_the_corpus():
    suffixes = {Path(name).suffix for name in PINNED}
    alike = {".jpe", ".jpeg", ".jfif", ".apng", ".jpx", ".jpf", ".pnm", ".dib", ".pfm"}
    assert suffixes >= PICTURE_SUFFIXES - alike
    assert suffixes & UNSUPPORTED_SUFFIXES


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_what_is_no_ordinary_file_is_refused_and_blocks_nothing(tmp_path):
    folder = tmp_path / "art"
    folder.mkdir()
    os.mkfifo(folder / "pipe.png")
    os.mkfifo(folder / "pipe")
    (folder / "zeros.png").symlink_to("/dev/zero")
    (folder / "loop.png").symlink_to(folder / "loop.png")
    (folder / "nowhere.png").symlink_to(folder / "nothing.png")
    (folder / "up").symlink_to(folder, target_is_directory=True)
    (folder / "folder.png").mkdir()
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.add_source(folder)
        events, _ = scanned(catalogue)
    assert {event.path.name: event.reason for event in events if isinstance(event, Refused)} == {
        "pipe.png": Reason.NOT_A_FILE,
        "zeros.png": Reason.NOT_A_FILE,
        "loop.png": Reason.BROKEN_LINK,
        "nowhere.png": Reason.BROKEN_LINK,
    }


def test_what_may_not_be_read_is_refused(open_folder):
    picture, inner = open_folder / "secret.png", open_folder / "secret"
    with pytest.raises(Unreadable) as caught:
        decode(picture)
    assert caught.value.reason is Reason.FORBIDDEN
    found = list(walk(open_folder, lambda: False))
    assert Unlisted(inner, Reason.FORBIDDEN) in found
    assert [item.path for item in found if not isinstance(item, Unlisted)] == [picture]


def test_a_folder_may_change_while_it_is_scanned(tmp_path):
    folder = tmp_path.resolve() / "art"
    folder.mkdir()

    def draw(name, grey):
        Image.new("RGB", (20, 10), (grey % 256,) * 3).save(folder / name)

    for number in range(120):
        draw(f"{number}.png", number)
    done = threading.Event()

    def change():
        for turn in count():
            if done.is_set():
                return
            draw(f"{turn % 120}.png", turn + 1)  # replaced, or there again
            (folder / f"{turn * 7 % 120}.png").unlink(missing_ok=True)
            draw(f"new{turn % 50}.png", turn)
            half = folder / f"half{turn % 9}.png"
            half.write_bytes((folder / f"new{turn % 50}.png").read_bytes()[:40])
            inner = folder / f"folder{turn % 5}"
            inner.rmdir() if inner.exists() else inner.mkdir()

    changing = threading.Thread(target=change)
    with Catalogue(tmp_path / "catalogue.sqlite") as catalogue:
        catalogue.add_source(folder)
        changing.start()
        try:
            ends = [scanned(catalogue)[1] for _ in range(3)]
        finally:
            done.set()
            changing.join()
        assert all(end.readable for end in ends)
        scanned(catalogue)
        there = sorted(path.name for path in folder.glob("*.png"))
        assert sorted(row.path.name for row in catalogue.pictures(readable=False)) == there
        halves = sum(name.startswith("half") for name in there)
        assert catalogue.counts() == Counts(readable=len(there) - halves, refused=halves)
        for row in catalogue.pictures():
            status = row.path.stat()
            assert (row.size_bytes, row.mtime_ns) == (status.st_size, status.st_mtime_ns)
        events, _ = scanned(catalogue)
        decoded = [event for event in events if isinstance(event, Scanning) and event.total]
        assert len(decoded) == halves
