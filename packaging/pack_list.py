"""Write the list of the GPU pack for this system and Python: versions, hashes and sizes.

    python packaging/pack_list.py FOLDER

FOLDER is where the wheels are kept, so that a second run need not fetch them again. Run it in the
environment that the program is frozen from; the torch that is pinned in constraints.txt has to be
one for graphics cards. It asks pip what belongs to it, fetches that, and looks at it.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import zipfile
from hashlib import file_digest
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ganart.engine.pack.contents import list_name  # noqa: E402

LEFT_OUT = {
    *("numpy", "pillow", "setuptools"),  # frozen with the program, or not needed
    *("torchvision", "triton", "nvidia-cuda-cccl"),  # for compiling and for what is not imported
}
LEAST_DRIVER = {13: "580.65.06", 12: "525.60.13"}
"""By the CUDA that torch was built for; from NVIDIA's notes about each."""
LEAST_CAPABILITY = {13: (7, 5), 12: (5, 0)}


def main() -> None:
    """Do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    found = _resolved()
    wheels = [_wheel(each, folder) for each in found]
    torch = next(wheel for wheel in wheels if wheel["name"] == "torch")
    version, cuda = _build_of(folder / torch["file"])
    document = {
        "torch": version,
        "least_driver": LEAST_DRIVER[cuda[0]],
        "cuda": cuda,
        "least_capability": LEAST_CAPABILITY[cuda[0]],
        "installed_bytes": sum(_unpacked(folder / wheel["file"]) for wheel in wheels),
        "wheels": wheels,
    }
    target = ROOT / "resources" / "gpu-pack" / list_name()
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    print(f"Wrote {target}")


def _resolved() -> list[dict[str, Any]]:
    """Return what pip would install, as it reports it."""
    pins = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    torch = next(pin for pin in pins if pin.startswith("torch=="))
    with tempfile.TemporaryDirectory() as temporary:
        report = Path(temporary) / "report.json"
        command = [
            *(sys.executable, "-m", "pip", "install", "--dry-run", "--quiet"),
            *("--ignore-installed", "--only-binary", ":all:", "--report", str(report)),
            *("--constraint", str(ROOT / "constraints.txt"), torch),
        ]
        subprocess.run(command, check=True)
        found = json.loads(report.read_text("utf-8"))["install"]
    return [each for each in found if each["metadata"]["name"].lower() not in LEFT_OUT]


def _wheel(found: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return one wheel of the list, fetched if it is not in `folder` yet."""
    name, version = found["metadata"]["name"], found["metadata"]["version"]
    file = found["download_info"]["url"].rpartition("/")[2].partition("#")[0]
    path = folder / file
    if not path.exists():
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        subprocess.run([*command, "--dest", str(folder), f"{name}=={version}"], check=True)
    with path.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    return {
        "name": name,
        "version": version,
        "file": file,
        "sha256": digest,
        "size_bytes": path.stat().st_size,
    }


def _build_of(torch: Path) -> tuple[str, tuple[int, int]]:
    """Return torch's version with its build, and the CUDA that it was built for."""
    values: dict[str, Any] = {}
    with zipfile.ZipFile(torch) as archive:
        exec(archive.read("torch/version.py"), values)
    major, minor = values["cuda"].split(".")
    return values["__version__"], (int(major), int(minor))


def _unpacked(wheel: Path) -> int:
    with zipfile.ZipFile(wheel) as archive:
        return sum(info.file_size for info in archive.infolist())


if __name__ == "__main__":
    main()
