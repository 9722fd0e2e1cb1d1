"""Makes the AppImage: one file for every Linux, which needs no installing and no rights.

It is a small program, the runtime, followed by a picture of a folder that it mounts; AppRun in
there is what it starts. The runtime is the AppImage project's own, which it publishes as a file.
"""

import re
import shutil
import subprocess
from pathlib import Path

from bootstrap import Trouble, run_or_stop, say

from building.debian import SYSTEM_LIBRARIES, add_documents, add_entry, dependencies
from building.freezing import INTERNAL
from building.plan import ROOT, Plan

PROGRAM = Path("usr/lib/ganart")
TAKEN_ALONG = (
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-image.so.0",
    "libxcb-keysyms.so.1",
    "libxcb-render-util.so.0",
    "libxcb-shape.so.0",
    "libxcb-util.so.1",
    "libxcb-xkb.so.1",
    "libxkbcommon-x11.so.0",
)
"""Libraries that Qt needs for a window under X11, that many a desktop lacks, and that no driver or
plug-in of the system uses. Nothing can ask for them, as the Debian package does."""
_KIND = b"AI\x02"
"""What stands in a runtime, eight bytes after its begin: an AppImage of the second kind."""
_COMPRESSION = ("-comp", "zstd", "-Xcompression-level", "19", "-b", "1M")
_LIBRARY = re.compile(r"^\t(\S+) \(libc6,x86-64[^)]*\) => (\S+)$", re.MULTILINE)


def check_needs(runtime: Path) -> None:
    """Raise `Trouble` where the runtime is none, or a library is not there that is taken along."""
    if not runtime.is_file() or runtime.read_bytes()[8:11] != _KIND:
        raise Trouble(f"{runtime} is not the runtime of an AppImage of type 2.")
    libraries()


def build_appimage(plan: Plan, runtime: Path) -> Path:
    """Pack `plan.program` behind a runtime; return the finished file. Raises `Trouble`."""
    folder = plan.work / "AppDir"
    lay_out(plan, folder)
    target = plan.out / f"ganart-{plan.version}-linux-x86_64.AppImage"
    say(f"Packing {target.name} (some minutes)")
    payload = plan.work / "payload.squashfs"
    command = ["mksquashfs", str(folder), str(payload), "-noappend", "-all-root", "-no-xattrs"]
    run_or_stop([*command, *_COMPRESSION, "-quiet", "-no-progress"], plan.environ())
    with target.open("wb") as stream, payload.open("rb") as source:
        stream.write(runtime.read_bytes())
        shutil.copyfileobj(source, stream)
    target.chmod(0o755)
    payload.unlink()
    return target


def lay_out(plan: Plan, folder: Path) -> None:
    """Make the folder that is mounted; `plan.program` moves there."""
    program = folder / PROGRAM
    program.parent.mkdir(parents=True)
    plan.program.rename(program)
    for path in libraries():
        shutil.copyfile(path, program / INTERNAL / path.name)
    dependencies(program)  # for its complaint about libraries from nowhere
    (folder / "AppRun").symlink_to(PROGRAM / "ganart")
    add_entry(plan, folder / "usr/share")
    add_documents(plan, folder / "usr/share/doc/ganart", str(PROGRAM))
    shutil.copyfile(folder / "usr/share/applications/ganart.desktop", folder / "ganart.desktop")
    shutil.copyfile(ROOT / "resources/icon/ganart-256.png", folder / "ganart.png")
    (folder / ".DirIcon").symlink_to("ganart.png")


def libraries() -> list[Path]:
    """Return where the libraries lie that are taken along. Raises `Trouble` where one is not."""
    listed = subprocess.run(
        ["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True
    ).stdout
    found = {name: Path(path) for name, path in _LIBRARY.findall(listed)}
    if missing := {SYSTEM_LIBRARIES[name] for name in TAKEN_ALONG if name not in found}:
        raise Trouble(f"These packages are missing: {', '.join(sorted(missing))}.")
    return [found[name].with_name(name) for name in TAKEN_ALONG]
