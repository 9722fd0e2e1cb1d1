"""The list of the GPU pack for another system, made from small wheels of two indexes."""

import functools
import http.server
import json
import os
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from ganart.engine.pack.contents import Contents

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "packaging" / "pack_list.py"
PYTHON = f"cp{sys.version_info.major}{sys.version_info.minor}"
PINS = dict(re.findall(r"^([\w-]+)==(\S+)$", (ROOT / "constraints.txt").read_text("utf-8"), re.M))
TORCH, FILELOCK = PINS["torch"], PINS["filelock"]
WINDOWS = f"{PYTHON}-{PYTHON}-win_amd64"


def add_wheel(
    index: Path, name: str, version: str, tags: str, needs: tuple[str, ...] = (), module: str = ""
) -> bytes:
    """Add a wheel to a simple index; return it."""
    info = f"{name}-{version}.dist-info"
    head = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}"]
    metadata = "\n".join([*head, *(f"Requires-Dist: {need}" for need in needs)]) + "\n"
    place = index / name
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{name}-{version}-{tags}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}/version.py", module)
        archive.writestr(f"{info}/METADATA", metadata)
        archive.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nTag: {tags}\n")
        archive.writestr(f"{info}/RECORD", "")
    links = (f'<a href="{each.name}">{each.name}</a>' for each in sorted(place.glob("*.whl")))
    (place / "index.html").write_text("<!DOCTYPE html>" + "\n".join(links))
    return path.read_bytes()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Yield a folder, and its address."""
    folder = tmp_path / "served"
    folder.mkdir()
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def write_list(tmp_path: Path, address: str, *more: str) -> "subprocess.CompletedProcess[str]":
    """Run the script with `address`/usual for the usual index."""
    environ = {name: value for name, value in os.environ.items() if name[:3] not in ("PIP", "UV_")}
    environ |= {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": f"{address}/usual",
        "UV_NO_CONFIG": "1",
        "UV_CACHE_DIR": str(tmp_path / "cache"),
        "NO_PROXY": "127.0.0.1",
    }
    command = [sys.executable, str(SCRIPT), str(tmp_path / "wheels")]
    command += ["--platform", "windows-x86_64", "--out", str(tmp_path / "lists")]
    return subprocess.run(
        [*command, *more],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


def test_torch_for_windows_comes_from_the_index_that_is_named(served, tmp_path):
    folder, address = served
    needs = ("filelock", 'nvidia-nccl-cu13==2.30.7; platform_system == "Linux"', "setuptools")
    add_wheel(folder / "usual", "torch", TORCH, WINDOWS, needs, 'cuda = None\n__version__ = "x"')
    lock = add_wheel(folder / "usual", "filelock", FILELOCK, "py3-none-any")
    add_wheel(folder / "usual", "setuptools", PINS["setuptools"], "py3-none-any")
    built = f"{TORCH}+cu132"
    module = f'cuda = "13.2"\n__version__ = "{built}"\n'
    torch = add_wheel(folder / "cuda", "torch", built, WINDOWS, needs, module)

    done = write_list(tmp_path, address, "--index", f"{address}/cuda")
    assert done.returncode == 0, done.stderr
    (path,) = (tmp_path / "lists").iterdir()
    assert path.name == f"win32-x86_64-{PYTHON}.json"
    listed = Contents.from_json(path.read_text("utf-8"))
    assert (listed.torch, listed.cuda, listed.least_driver) == (built, (13, 2), "580.88")
    wheels = {wheel.name: wheel for wheel in listed.wheels}
    assert set(wheels) == {"filelock", "torch"}
    assert wheels["torch"].file == f"torch-{built}-{WINDOWS}.whl"
    assert wheels["torch"].index == f"{address}/cuda"
    assert wheels["filelock"].index == ""
    for name, content in {"torch": torch, "filelock": lock}.items():
        assert wheels[name].sha256 == sha256(content).hexdigest()
        assert wheels[name].size_bytes == len(content)
    assert "index" not in json.loads(path.read_text("utf-8"))["wheels"][0]  # filelock's


def test_a_torch_for_the_processor_makes_no_list(served, tmp_path):
    folder, address = served
    add_wheel(folder / "usual", "torch", TORCH, WINDOWS, (), 'cuda = None\n__version__ = "x"')
    done = write_list(tmp_path, address)
    assert done.returncode == 1
    assert "is for the processor" in done.stderr
    assert not (tmp_path / "lists").exists()
