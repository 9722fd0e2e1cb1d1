import errno
import os
import sys
from pathlib import Path

import pytest

from ganart import files
from ganart.errors import DiskFull, FolderNotWritable


def test_a_file_gets_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "Bild ü.png"
    with files.atomic_path(target) as temporary:
        assert temporary.suffix == ".png"
        temporary.write_bytes(b"new")
        assert not target.exists()
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "kept"
    target.write_bytes(b"old")

    def fail() -> None:
        with files.atomic_path(target) as temporary:
            temporary.write_bytes(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_written_file_may_be_read_by_whom_the_person_allows(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        files.write_atomic(tmp_path / "shared", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "shared").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EACCES, FolderNotWritable),
        (errno.EROFS, FolderNotWritable),
        (errno.EIO, FolderNotWritable),
    ],
)
def test_what_the_system_says_becomes_a_sentence(
    tmp_path: Path, number: int, kind: type[Exception]
) -> None:
    with pytest.raises(kind), files.atomic_path(tmp_path / "file"):
        raise OSError(number, os.strerror(number))


def test_what_a_library_says_of_data_stays_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no such encoder"), files.atomic_path(tmp_path / "file"):
        raise OSError("no such encoder")


def test_a_folder_that_is_gone_has_no_space(tmp_path: Path) -> None:
    with pytest.raises(FolderNotWritable):
        files.require_space(tmp_path / "gone", 1)
    with pytest.raises(DiskFull, match="are free"):
        files.require_space(tmp_path, 10**18)


def test_what_killed_programs_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    deep = files.make_folder(tmp_path / "runs" / "one")
    (deep / f"{files.UNFINISHED_PREFIX}abc.safetensors").write_bytes(b"half")
    kept = deep / "000000001.safetensors"
    kept.write_bytes(b"whole")
    files.sweep_unfinished(tmp_path)
    assert list(deep.iterdir()) == [kept]


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (812, "812 B"), (1400, "1.4 kB"), (3.2e9, "3.2 GB"), (5e12, "5.0 TB")],
)
def test_sizes_are_told_as_people_read_them(size: float, text: str) -> None:
    assert files.human_size(size) == text


def test_a_new_file_never_replaces_another(tmp_path: Path) -> None:
    target = tmp_path / "a.png"
    files.write_new(target, b"first", "mark")
    with pytest.raises(FileExistsError):
        files.write_new(target, b"second", "mark")
    assert target.read_bytes() == b"first"
    files.write_new(target, b"third", "mark", replace=True)
    assert target.read_bytes() == b"third"
    assert list(tmp_path.iterdir()) == [target]


def test_a_new_file_where_there_are_no_links(tmp_path, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", fail)
    target = tmp_path / "a.png"
    files.write_new(target, b"first", "mark")
    with pytest.raises(FileExistsError):
        files.write_new(target, b"second", "mark")
    assert target.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [target]


def test_a_new_file_on_a_full_disk_leaves_nothing(tmp_path: Path, full_disk: None) -> None:
    with pytest.raises(DiskFull):
        files.write_new(tmp_path / "a.png", b"x", "mark")
    assert not list(tmp_path.iterdir())
