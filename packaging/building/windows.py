"""Makes the program and the installer for Windows, on any system with its tools.

Nothing is frozen here: Python's own embeddable build runs the studio's modules, which lie beside
the packages as pip installs them, compiled. So it needs no Windows to be made.
"""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from bootstrap import Trouble, say

from building import pe
from building.bill import BILL, LICENCES, licence_text
from building.embedding import FOR_WINDOWS, WINDOWS, add_launchers, add_python
from building.freezing import INTERNAL, PIP, add_pip, add_runtime, compile_all, told_resources
from building.packages import install_into, program_needs
from building.plan import ROOT, Plan
from ganart.engine.pack.pruning import prune

QT_MODULES = ("QtCore", "QtGui", "QtNetwork", "QtSvg", "QtWidgets")
"""What the studio and pyqtgraph import of Qt."""
_QT_PLUGINS = ("iconengines", "imageformats", "networkinformation", "platforms", "styles", "tls")
_QT_PLUGINS_NOT_USED = ("qdirect2d.dll", "qopensslbackend.dll", "qpdf.dll")
_QT_FOLDERS = ("plugins", "translations")
VISUAL_C = ("concrt140*", "msvcp140*", "vcamp140*", "vccorlib140*", "vcomp140*", "vcruntime140*")
_SYSTEM = (
    "advapi32 authz avicap32 bcrypt bcryptprimitives cabinet comdlg32 crypt32 d3d11 d3d12 "
    "d3d9 d3dcompiler_47 dbghelp dnsapi dwmapi dwrite dxgi gdi32 icuuc imagehlp imm32 "
    "iphlpapi kernel32 mpr msi msvcrt ncrypt netapi32 ntdll ole32 oleaut32 pdh powrprof psapi "
    "rpcrt4 secur32 setupapi shell32 shlwapi uiautomationcore user32 userenv uxtheme version "
    "winhttp winmm wintrust ws2_32 wtsapi32 "
)
SYSTEM_LIBRARIES = frozenset(f"{name}.dll" for name in _SYSTEM.split())
"""Libraries that every Windows 10 and 11 has, in small letters."""


def make_program(plan: Plan) -> None:
    """Make `plan.program`, as it is installed on Windows. Raises `Trouble`."""
    add_python(plan)
    internal = plan.program / INTERNAL
    say("Getting the packages for Windows")
    install_into(internal, plan, program_needs(), FOR_WINDOWS)
    prune(internal)
    keep_what_is_used_of_qt(internal)
    for name in ("ganart", "resources"):
        shutil.copytree(ROOT / name, internal / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in told_resources(plan):
        shutil.copyfile(path, internal / "resources" / path.name)
    compile_all(plan, internal)
    add_runtime(plan, FOR_WINDOWS)
    add_pip(plan)
    for path in (plan.program / PIP).rglob("*-arm.exe"):
        path.unlink()
    add_launchers(plan)
    if missing := pe.strangers(plan.program, SYSTEM_LIBRARIES):
        lines = (f"{name} (by {', '.join(users)})" for name, users in sorted(missing.items()))
        raise Trouble(
            f"These libraries are needed and come from nowhere: {'; '.join(lines)}. If Windows has "
            "them, name them in packaging/building/windows.py."
        )


def keep_what_is_used_of_qt(internal: Path) -> None:
    """Remove of Qt what the studio does not load, and the copies of Visual C++'s libraries that
    packages bring: there is to be one of each in the process, the newest.
    """
    qt = internal / "PySide6"
    for name in ("PySide6", "shiboken6"):
        for path in _matching(internal / name, VISUAL_C):
            path.unlink()
    for path in qt.iterdir():
        if path.is_dir() and path.name not in _QT_FOLDERS:
            shutil.rmtree(path)
    for path in (qt / "plugins").iterdir():
        if path.name not in _QT_PLUGINS:
            shutil.rmtree(path)
    for path in (qt / "translations").iterdir():
        if not path.name.startswith("qtbase_"):
            path.unlink()
    plugins = [
        path for path in pe.programs(qt / "plugins") if path.name not in _QT_PLUGINS_NOT_USED
    ]
    roots = [*(qt / f"{name}.pyd" for name in QT_MODULES), *plugins]
    for path in set(pe.programs(qt)) - pe.closure(roots, qt.glob("*.dll")):
        path.unlink()


def build_installer(plan: Plan) -> Path:
    """Pack `plan.program` into an installer; return it."""
    target = plan.out / f"ganart-{plan.version}-windows-x86_64.exe"
    for name in (BILL, LICENCES):
        shutil.copyfile(plan.work / name, plan.program / name)
    (plan.program / "LICENSE.txt").write_text(licence_text(), "utf-8", newline="\r\n")
    size = sum(path.stat().st_size for path in plan.program.rglob("*") if path.is_file())
    say(f"Packing {target.name} (some minutes)")
    values = {
        "VERSION": plan.version,
        "NUMBERS": ".".join([*plan.version.split("."), "0", "0", "0"][:4]),
        "PROGRAM": plan.program,
        "ICON": plan.work / "launcher" / "ganart.ico",
        "SIZE_KIB": -(-size // 1024),
        "TARGET": target,
    }
    command = ["makensis", "-V2", "-INPUTCHARSET", "UTF8"]
    command += [f"-D{name}={value}" for name, value in values.items()]
    script = str(WINDOWS / "ganart.nsi")
    if subprocess.run([*command, script], env=plan.environ(), check=False).returncode:
        raise Trouble("makensis could not make the installer; its lines above say why.")
    return target


def _matching(folder: Path, patterns: Iterable[str]) -> list[Path]:
    return [path for pattern in patterns for path in folder.glob(pattern)]
