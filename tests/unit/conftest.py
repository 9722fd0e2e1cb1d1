"""Bad places to write to, real where the system allows."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

NOBODY = 65534


@pytest.fixture(
    params=["with space", "هنر من", "e\u0301tude 🎨", "n" * 200, os.fsdecode(b"caf\xe9")],
    ids=["space", "persian", "decomposed", "long", "not-utf8"],
)
def odd_folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Return a folder whose name trips up careless programs."""
    folder = tmp_path / request.param
    try:
        folder.mkdir()
    except (OSError, UnicodeError):
        pytest.skip("this system does not allow such a name")
    return folder


@pytest.fixture
def read_only_folder() -> Iterator[Path]:
    """Return an empty folder that this process may read but not write to."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root:  # whom no permission stops
        os.seteuid(NOBODY)
    try:
        if os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            pytest.skip("this system does not know folders that are read-only")
        yield folder
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk run full in the moment that written files are to reach it."""

    def fail(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
