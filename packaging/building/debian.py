"""Makes the Debian package: the program under /opt, its entry in menus, what it needs declared."""

import gzip
import shutil
import subprocess
from pathlib import Path
from string import Template

from bootstrap import Trouble, say

from building import elf
from building.bill import BILL, LICENCES
from building.plan import ROOT, Plan

LINUX = ROOT / "packaging" / "linux"
APP_ID = "org.ganart.Studio"
INSTALLED = Path("opt/ganart")
ICON_SIDES = (16, 24, 32, 48, 64, 128, 256, 512)
_COMPRESSION = ("-Zzstd", "-z12")
"""Every system with the glibc that is needed reads it. xz saves a twelfth, and takes four times as
long to pack and to install.
"""

SYSTEM_LIBRARIES = {
    "ld-linux-x86-64.so.2": "libc6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libc.so.6": "libc6",
    "libcrypt.so.1": "libcrypt1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdl.so.2": "libc6",
    "libexpat.so.1": "libexpat1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libgio-2.0.so.0": "libglib2.0-0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libm.so.6": "libc6",
    "libmvec.so.1": "libc6",
    "libpthread.so.0": "libc6",
    "libresolv.so.2": "libc6",
    "librt.so.1": "libc6",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""Every library that is taken from the system, and the Debian package that brings it."""
OPTIONAL_PLUGINS = ("libqgtk3.so",)
"""Qt does without them where their libraries are missing."""


def build_deb(plan: Plan) -> Path:
    """Pack `plan.program`; return the finished package. Raises `Trouble`."""
    tree = plan.work / "deb"
    lay_out(plan, tree)
    target = plan.out / f"ganart_{plan.version}_{architecture()}.deb"
    say(f"Packing {target.name} (a minute or two)")
    command = ["dpkg-deb", "--root-owner-group", *_COMPRESSION, "--build", str(tree), str(target)]
    subprocess.run(command, env=plan.environ(), check=True, stdout=subprocess.DEVNULL)
    return target


def lay_out(plan: Plan, tree: Path) -> None:
    """Put all files where they are installed, below `tree`; `plan.program` moves there."""
    program = tree / INSTALLED
    program.parent.mkdir(parents=True)
    plan.program.rename(program)
    command = tree / "usr/bin/ganart"
    command.parent.mkdir(parents=True)
    command.symlink_to("/" + str(INSTALLED / "ganart"))
    add_entry(plan, tree / "usr/share")
    add_documents(plan, tree / "usr/share/doc/ganart", "/" + str(INSTALLED))
    control = tree / "DEBIAN/control"
    control.parent.mkdir()
    control.write_text(control_text(plan, tree, dependencies(program)), "utf-8")
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def architecture() -> str:
    """Return Debian's name of this computer's processor, such as amd64."""
    command = ["dpkg", "--print-architecture"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def dependencies(program: Path) -> list[str]:
    """Return what the package depends on, read out of the files themselves. Raises `Trouble` for a
    library that neither is shipped nor is named in `SYSTEM_LIBRARIES`.
    """
    files = [path for path in elf.programs(program) if path.name not in OPTIONAL_PLUGINS]
    shipped = {path.name for path in program.rglob("*.so*")}
    libraries, glibc = elf.needs(files, shipped)
    unknown = sorted(libraries - SYSTEM_LIBRARIES.keys())
    if unknown:
        raise Trouble(
            f"These libraries are needed and come from nowhere: {', '.join(unknown)}. Name their "
            "packages in packaging/building/debian.py."
        )
    packages = {SYSTEM_LIBRARIES[library] for library in libraries} - {"libc6"}
    return [f"libc6 (>= {glibc[0]}.{glibc[1]})", *sorted(packages)]


def control_text(plan: Plan, tree: Path, depends: list[str]) -> str:
    """Return what dpkg reads about the package."""
    size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file())
    template = Template((LINUX / "control").read_text("utf-8"))
    return template.substitute(
        version=plan.version,
        architecture=architecture(),
        size_kib=-(-size // 1024),
        depends=", ".join(depends),
    )


def add_entry(plan: Plan, share: Path) -> None:
    """Add what menus, file managers and software centres show."""
    for entry in LINUX.glob("*.desktop"):
        _copy(entry, share / "applications" / entry.name)
    _copy(LINUX / "ganart.xml", share / "mime/packages/ganart.xml")
    icons = ROOT / "resources/icon"
    theme = share / "icons/hicolor"
    _copy(icons / "ganart.svg", theme / "scalable/apps/ganart.svg")
    for side in ICON_SIDES:
        _copy(icons / f"ganart-{side}.png", theme / f"{side}x{side}/apps/ganart.png")
    metainfo = share / f"metainfo/{APP_ID}.metainfo.xml"
    metainfo.parent.mkdir(parents=True)
    metainfo.write_text(metainfo_text(plan), "utf-8")


def metainfo_text(plan: Plan) -> str:
    """Return the AppStream description of this version."""
    template = Template((LINUX / f"{APP_ID}.metainfo.xml").read_text("utf-8"))
    return template.substitute(version=plan.version, timestamp=plan.epoch_s)


def add_documents(plan: Plan, folder: Path, program: str) -> None:
    """Add the licences, the bill of materials and the changes; they name where the program lies."""
    folder.mkdir(parents=True)
    licence = (ROOT / "LICENSE").read_text("utf-8").strip()
    template = Template((LINUX / "copyright").read_text("utf-8"))
    (folder / "copyright").write_text(
        template.substitute(licence=licence, program=program), "utf-8"
    )
    for name in (BILL, LICENCES):
        shutil.move(plan.work / name, folder / name)
    log = (ROOT / "CHANGELOG.md").read_bytes()
    (folder / "CHANGELOG.md.gz").write_bytes(gzip.compress(log, 9, mtime=0))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
