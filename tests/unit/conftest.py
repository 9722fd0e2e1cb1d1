"""Bad places to write to, real where the system allows; and the modules that make installers."""

import errno
import importlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

NOBODY = 65534
PACKAGING = Path(__file__).parents[2] / "packaging"


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
    with _no_rights():
        if _may(folder, os.W_OK):
            pytest.skip("this system does not know folders that are read-only")
        yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder with a picture and a folder, both "secret", that may not be read."""
    folder = Path(tempfile.mkdtemp())
    Image.new("RGB", (3, 2)).save(folder / "secret.png")
    (folder / "secret").mkdir()
    folder.chmod(0o755)
    for path in folder.iterdir():
        path.chmod(0)
    with _no_rights():
        if _may(folder / "secret.png", os.R_OK):
            pytest.skip("this system does not know files that may not be read")
        yield folder
    (folder / "secret").chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def _no_rights() -> Iterator[None]:
    """Give up the rights of root, whom no permission stops."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def _may(path: Path, access: int) -> bool:
    return os.access(path, access, effective_ids=os.access in os.supports_effective_ids)


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk run full in the moment that written files are to reach it."""

    def fail(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)


@pytest.fixture(scope="module")
def building() -> Iterator[dict[str, ModuleType]]:
    """Import packaging/build.py and the modules of packaging/building, as that one does."""
    before = sys.path.copy()
    sys.path.insert(0, str(PACKAGING))
    names = sorted(path.stem for path in (PACKAGING / "building").glob("[!_]*.py"))
    yield {
        "build": importlib.import_module("build"),
        **{name: importlib.import_module(f"building.{name}") for name in names},
    }
    sys.path[:] = before
    for name in [each for each in sys.modules if each.partition(".")[0] == "building"]:
        del sys.modules[name]
    for name in ("build", "bootstrap"):
        sys.modules.pop(name, None)
