"""Write the list of the GPU pack for one system and this Python: versions, hashes and sizes.

    python packaging/pack_list.py FOLDER
    python packaging/pack_list.py FOLDER --platform windows-x86_64 --index ADDRESS

FOLDER is where the wheels are kept, so that a second run need not fetch them again. Needs uv, which
tells what belongs to the torch that is pinned in constraints.txt; pip fetches that, and it is
looked at. The torch has to be one for graphics cards: where the usual registry has none for a
system, as for Windows, name an index that has. Versions with a local part, such as 2.15.0+cu132,
are only there, so the installed program asks that index for them too.
"""

import argparse
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

from bootstrap import CONSTRAINTS, ROOT, uv_environ

sys.path.insert(0, str(ROOT))

from ganart.engine.pack.contents import list_name

LEFT_OUT = {
    *("numpy", "pillow", "setuptools"),  # frozen with the program, or not needed
    *("torchvision", "triton", "nvidia-cuda-cccl"),  # for compiling and for what is not imported
}
LEAST_DRIVER = {
    "linux": {13: "580.65.06", 12: "525.60.13"},
    "win32": {13: "580.88", 12: "528.33"},
}
"""By the CUDA that torch was built for: from NVIDIA's notes about each; the first of its branch
where they name none."""
LEAST_CAPABILITY = {13: (7, 5), 12: (5, 0)}
_PYTHON = ("--python-version", f"{sys.version_info.major}.{sys.version_info.minor}")


@dataclass(frozen=True, slots=True)
class System:
    """Whose wheels are wanted, and how uv and pip are told that where it is not this computer."""

    list_name: str
    platform: str
    """As `sys.platform`."""
    uv: tuple[str, ...] = ()
    pip: tuple[str, ...] = ()


THIS = System(list_name(), sys.platform)
OTHERS = {
    "windows-x86_64": System(
        list_name("win32-x86_64"),
        "win32",
        # uv, since pip judges the conditions of requirements by the computer that it runs on.
        ("--python-platform", "x86_64-pc-windows-msvc"),
        ("--platform", "win_amd64", *_PYTHON),
    )
}


def main() -> None:
    """Do what the command line says."""
    options = _parse()
    system = OTHERS.get(options.platform, THIS)
    folder = options.folder / system.list_name.removesuffix(".json")
    wheels: list[dict[str, Any]] = []
    paths = []
    for requirement in resolve(system, options.index):
        path = fetch(requirement, system, options.index, folder / requirement)
        wheels.append(describe(requirement, path, options.index))
        paths.append(path)
    torch, cuda = build_of(next(path for path in paths if path.name.startswith("torch-")))
    document = {
        "torch": torch,
        "least_driver": LEAST_DRIVER[system.platform][cuda[0]],
        "cuda": cuda,
        "least_capability": LEAST_CAPABILITY[cuda[0]],
        "installed_bytes": sum(map(unpacked_bytes, paths)),
        "wheels": wheels,
    }
    target = options.out / system.list_name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    print(f"Wrote {target}")


def resolve(system: System, index: str | None) -> list[str]:
    """Return what belongs to torch, such as 'torch==2.15.0+cu132'."""
    command = [
        *(sys.executable, "-m", "uv", "pip", "compile", "-", "--quiet", "--only-binary", ":all:"),
        *("--no-header", "--no-annotate", "--constraint", str(CONSTRAINTS)),
        *_PYTHON, *system.uv,
    ]  # fmt: skip
    if index:
        # Of all indexes the highest version is wanted, and one with a local part is higher.
        command += ["--index", index, "--index-strategy", "unsafe-best-match"]
    lines = _run(command, "torch\n").splitlines()
    return [line for line in lines if line.partition("==")[0] not in LEFT_OUT]


def fetch(requirement: str, system: System, index: str | None, folder: Path) -> Path:
    """Return the one wheel in `folder`, fetched if it is not there yet."""
    if not any(folder.glob("*.whl")):
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--disable-pip-version-check", "--only-binary", ":all:", *system.pip]
        command += ["--extra-index-url", index] if index else []
        _run([*command, "--dest", str(folder), requirement])
    (path,) = folder.glob("*.whl")
    return path


def describe(requirement: str, path: Path, index: str | None) -> dict[str, Any]:
    """Return one wheel of the list."""
    name, _, version = requirement.partition("==")
    with path.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    wheel = {
        "name": name,
        "version": version,
        "file": path.name,
        "sha256": digest,
        "size_bytes": path.stat().st_size,
    }
    return {**wheel, "index": index} if index and "+" in version else wheel


def build_of(torch: Path) -> tuple[str, tuple[int, int]]:
    """Return torch's version with its build, and the CUDA that it was built for."""
    values: dict[str, Any] = {}
    with zipfile.ZipFile(torch) as archive:
        exec(archive.read("torch/version.py"), values)
    if not values["cuda"]:
        sys.exit(f"{torch.name} is for the processor. Name an index with one for graphics cards.")
    major, minor = values["cuda"].split(".")
    return values["__version__"], (int(major), int(minor))


def unpacked_bytes(wheel: Path) -> int:
    """Return how much space a wheel takes up when it is installed."""
    with zipfile.ZipFile(wheel) as archive:
        return sum(info.file_size for info in archive.infolist())


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--platform", choices=OTHERS, help="another system than this one")
    parser.add_argument("--index", metavar="ADDRESS", help="ask this index of packages, too")
    parser.add_argument("--out", type=Path, default=ROOT / "resources/gpu-pack", metavar="FOLDER",
                        help="where the list is written (%(default)s)")  # fmt: skip
    return parser.parse_args()


def _run(command: Sequence[str], given: str = "") -> str:
    done = subprocess.run(
        command,
        input=given,
        stdout=subprocess.PIPE,
        env=uv_environ(os.environ),
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed; its lines above say why.")
    return done.stdout


if __name__ == "__main__":
    main()
