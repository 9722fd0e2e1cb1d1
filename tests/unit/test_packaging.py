"""The files from which installers are made: that they agree with the program and each other."""

import configparser
import json
import re
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

import ganart
from ganart import runtime
from ganart.app import APP_ID
from ganart.engine.pack.pruning import prune
from ganart.ui.model_files import is_model
from ganart.updates.question import Question, known_question

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"
LINUX = PACKAGING / "linux"
SPEC = PACKAGING / "ganart.spec"


@pytest.fixture
def plan(building, tmp_path):
    """Return a plan whose program is a small copy of a real one's shape."""
    plan = building["plan"].Plan(tmp_path / "dist", None, "1.2.3", 1_700_000_000)
    internal = plan.program / "_internal"
    for name in ("resources", "numpy-9.9.dist-info", "PySide6"):
        (internal / name).mkdir(parents=True)
    (internal / "numpy-9.9.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.4\nName: numpy\nVersion: 9.9\nLicense-Expression: BSD-3-Clause\n"
    )
    (internal / "PySide6" / "libQt6Core.so.6").write_bytes(bytes(1000))
    (plan.program / "ganart").write_text("#!/bin/sh\n")
    (plan.program / "ganart").chmod(0o755)
    for name in ("bill.json", "licences.tsv"):
        (plan.work / name).touch()
    return plan


ENTRIES = ("ganart.desktop", "zz-ganart-open.desktop")


def desktop_entry(name: str) -> configparser.SectionProxy:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(LINUX / name, encoding="utf-8")
    return entry["Desktop Entry"]


def types_of(name: str) -> set[str]:
    return set(desktop_entry(name)["MimeType"].strip(";").split(";"))


def metainfo(building, plan) -> ET.Element:
    return ET.fromstring(building["debian"].metainfo_text(plan))


def test_the_plan_knows_version_and_date_of_this_checkout(building, monkeypatch, tmp_path):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1234567890")
    plan = building["plan"].make_plan(tmp_path, None)
    assert (plan.version, plan.epoch_s) == (ganart.__version__, 1234567890)
    assert plan.environ()["SOURCE_DATE_EPOCH"] == "1234567890"


@pytest.mark.parametrize("releases", [None, "https://api.example.org/releases/latest"])
@pytest.mark.parametrize("system", ["here", "windows"])
def test_the_program_is_told_where_newer_versions_are_announced(
    building, plan, monkeypatch, tmp_path, releases, system
):
    plan = replace(plan, releases=releases)
    if system == "here":
        told = frozen_resources(building["freezing"], plan, monkeypatch)
    else:
        told = resources_for_windows(building["windows"], plan, monkeypatch, tmp_path / "sources")
    monkeypatch.setattr(
        "ganart.updates.question.resource", lambda name: told.get(name, tmp_path / "none")
    )
    assert known_question() == (Question(releases) if releases else None)


def frozen_resources(freezing, plan, monkeypatch) -> dict[str, Path]:
    """Return what PyInstaller's recipe is given for the folder of resources."""
    commands: list[list[str]] = []
    monkeypatch.setattr(freezing, "install_needs", lambda _plan: None)
    monkeypatch.setattr(freezing, "run_python", lambda _plan, command: commands.append(command))
    freezing.freeze(plan)
    (command,) = commands
    end = command.index("--")
    assert command[end - 1] == str(SPEC)
    assert '(path, "resources") for path in sys.argv[1:]' in SPEC.read_text("utf-8")
    return {Path(path).name: Path(path) for path in command[end + 1 :]}


def resources_for_windows(windows, plan, monkeypatch, sources: Path) -> dict[str, Path]:
    """Return what lies in the folder of resources, made from sources that are nearly empty."""
    for name in ("ganart", "resources"):
        (sources / name).mkdir(parents=True)
    monkeypatch.setattr(windows, "ROOT", sources)
    for name in (
        *("add_python", "install_into", "prune", "keep_what_is_used_of_qt"),
        *("compile_all", "add_runtime", "add_pip", "add_launchers"),
    ):
        monkeypatch.setattr(windows, name, lambda *_: None)
    shutil.rmtree(plan.program)
    windows.make_program(plan)
    folder = plan.program / windows.INTERNAL / "resources"
    return {path.name: path for path in folder.iterdir()}


def test_build_and_program_agree_where_torch_lies(building):
    assert building["freezing"].RUNTIME == runtime.SHIPPED


def test_build_and_program_agree_where_pip_lies_and_it_has_an_exact_version(building):
    assert building["freezing"].PIP == runtime.PIP_FOLDER
    assert re.search(r"^pip==\d", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE)


def test_what_is_frozen_is_all_that_the_program_needs_but_torch(building):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needs = building["packages"].program_needs()
    assert not [need for need in needs if need.startswith("torch")]
    assert len(needs) == len(project["dependencies"]) - 2
    needs += building["packages"].build_needs()
    pins = (ROOT / "constraints.txt").read_text("utf-8")
    for need in needs:
        name = re.split(r"[<>=!]", need)[0].lower()
        assert f"\n{name}==" in pins, f"{name} has no exact version"


def test_the_program_does_without_torchvision_which_is_not_shipped():
    imports = re.compile(r"^\s*(import|from) torchvision", re.MULTILINE)
    sources = (ROOT / "ganart").rglob("*.py")
    assert not [path for path in sources if imports.search(path.read_text("utf-8"))]


def test_the_recipe_of_pyinstaller_names_what_is_there():
    text = SPEC.read_text("utf-8")
    compile(text, str(SPEC), "exec")
    for name in re.findall(r'ROOT / "([^"]+)"', text):
        assert (ROOT / name).exists(), name


@pytest.mark.parametrize("name", ENTRIES)
def test_the_entries_are_such_that_old_desktops_read_them_too(name):
    entry = desktop_entry(name)
    assert tuple(int(part) for part in entry["Version"].split(".")) <= (1, 4)
    assert entry["Exec"] == "ganart %F"
    assert entry["StartupWMClass"] == entry["Icon"] == "ganart"
    assert set(entry) >= {"Type", "Name", "Comment", "Categories", "MimeType"}
    for key in ("Categories", "MimeType"):
        assert entry[key].endswith(";")
    assert 'setDesktopFileName("ganart")' in (ROOT / "ganart/app.py").read_text("utf-8")


def test_only_the_entry_that_sorts_last_takes_what_others_are_there_for():
    assert types_of("ganart.desktop") == {"application/x-safetensors"}
    pictures = {"image/png", "image/jpeg", "image/webp", "image/tiff"}
    assert types_of("zz-ganart-open.desktop") == {"inode/directory", *pictures}
    assert desktop_entry("zz-ganart-open.desktop")["NoDisplay"] == "true"
    assert "zz-ganart-open.desktop" > "org.gnome.Nautilus.desktop"


def test_the_types_that_are_declared_are_those_of_models():
    declared = ET.parse(LINUX / "ganart.xml").getroot()
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    for kind in declared.findall("m:mime-type", space):
        assert kind.get("type") in types_of("ganart.desktop")
        for glob in kind.findall("m:glob", space):
            assert is_model(Path("any" + glob.get("pattern").lstrip("*")))


def test_the_description_for_software_centres_fits_the_entry(building, plan):
    info = metainfo(building, plan)
    assert info.findtext("id") == building["debian"].APP_ID == APP_ID
    assert info.findtext("launchable") == "ganart.desktop"
    release = info.find("releases/release")
    assert (release.get("version"), release.get("timestamp")) == ("1.2.3", "1700000000")
    types = {each.text for each in info.findall("provides/mediatype")}
    assert types == set().union(*map(types_of, ENTRIES)) - {"inode/directory"}
    categories = {each.text for each in info.findall("categories/category")}
    assert categories <= set(desktop_entry("ganart.desktop")["Categories"].split(";"))


@pytest.mark.parametrize(
    ("tool", "file"),
    [
        *((("desktop-file-validate",), name) for name in ENTRIES),
        (("appstreamcli", "validate", "--no-net"), "org.ganart.Studio.metainfo.xml"),
    ],
)
def test_the_desktops_own_tools_are_content(building, plan, tmp_path, tool, file):
    if shutil.which(tool[0]) is None:
        pytest.skip(f"{tool[0]} is not on this computer")
    checked = tmp_path / file
    if file.endswith(".xml"):
        checked.write_text(building["debian"].metainfo_text(plan), "utf-8")
    else:
        shutil.copy(LINUX / file, checked)
    done = subprocess.run([*tool, str(checked)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_icons_are_those_that_are_drawn(building):
    drawn = re.search(r"SIDES = \(([\d, ]+)\)", (PACKAGING / "render_icon.py").read_text("utf-8"))
    sides = building["debian"].ICON_SIDES
    assert sides == tuple(int(side) for side in drawn[1].split(","))
    assert all((ROOT / f"resources/icon/ganart-{side}.png").exists() for side in sides)


def test_every_library_that_sources_need_the_package_may_ask_for_too(building):
    bootstrap = sys.modules["bootstrap"]
    known = building["debian"].SYSTEM_LIBRARIES
    wanted = bootstrap.OFFSCREEN_LIBRARIES | bootstrap.WINDOW_LIBRARIES
    assert {name: known.get(name) for name in wanted} == wanted


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's programs")
def test_dependencies_are_read_out_of_the_files(building, plan):
    if shutil.which("objdump") is None:
        pytest.skip("objdump is not on this computer")
    import PySide6

    library = next((Path(PySide6.__file__).parent / "Qt/lib").glob("libQt6Widgets.so.6"))
    shutil.copy(library, plan.program / "_internal/PySide6")
    debian, elf = building["debian"], building["elf"]
    with pytest.raises(sys.modules["bootstrap"].Trouble, match=r"libQt6Gui\.so\.6"):
        debian.dependencies(plan.program)
    shutil.copy(library, plan.program / "_internal/PySide6/libQt6Gui.so.6")
    libc, *others = debian.dependencies(plan.program)
    assert re.fullmatch(r"libc6 \(>= 2\.\d+\)", libc)
    assert {"libgl1", "libstdc++6"} <= set(others)
    assert [path.name for path in elf.programs(plan.program)] == [
        "libQt6Gui.so.6", "libQt6Widgets.so.6",
    ]  # fmt: skip


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="makes a Debian package")
@pytest.mark.skipif(shutil.which("objdump") is None, reason="reads programs with objdump")
def test_a_package_holds_everything_in_its_place(building, plan):
    target = building["debian"].build_deb(plan)

    def ask(*arguments: str) -> str:
        command = ["dpkg-deb", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert ask("--field", str(target), "Version").strip() == "1.2.3"
    assert ask("--field", str(target), "Depends").startswith("libc6")
    lines = ask("--contents", str(target)).splitlines()
    assert {line.split()[1] for line in lines} == {"root/root"}
    places = {line.split(maxsplit=5)[5].removeprefix("./"): line[:10] for line in lines}
    assert "usr/bin/ganart -> /opt/ganart/ganart" in places
    assert places["opt/ganart/ganart"] == "-rwxr-xr-x"
    share = "usr/share"
    for name in (
        "opt/ganart/_internal/PySide6/libQt6Core.so.6",
        *(f"{share}/applications/{name}" for name in ENTRIES),
        f"{share}/icons/hicolor/scalable/apps/ganart.svg",
        f"{share}/icons/hicolor/256x256/apps/ganart.png",
        f"{share}/metainfo/org.ganart.Studio.metainfo.xml",
        f"{share}/mime/packages/ganart.xml",
        *(f"{share}/doc/ganart/{name}" for name in ("copyright", "bill.json", "licences.tsv")),
    ):
        assert places[name] == "-rw-r--r--"


def test_the_bill_names_every_package_with_its_licence(building, plan):
    inside = plan.program / "_internal/numpy-9.9.dist-info"
    (inside / "sboms").mkdir()
    own = {"components": [{"name": "OpenBLAS", "bom-ref": "x"}, {"name": "numpy", "bom-ref": "y"}]}
    (inside / "sboms/own.cdx.json").write_text(json.dumps(own))
    building["bill"].write_bill(plan, "3.14.15")
    bill, table = plan.work / "bill.json", plan.work / "licences.tsv"
    parts = {part["name"]: part for part in json.loads(bill.read_text("utf-8"))["components"]}
    assert set(parts) == {"CPython", "numpy"}
    assert parts["CPython"]["version"] == "3.14.15"
    assert parts["numpy"]["licenses"] == [{"license": {"name": "BSD-3-Clause"}}]
    assert [part["name"] for part in parts["numpy"]["components"]] == ["OpenBLAS"]
    assert "numpy\t9.9\tBSD-3-Clause\tOpenBLAS" in table.read_text("utf-8").splitlines()


def test_every_package_of_this_environment_names_a_licence(building):
    import importlib.metadata

    names = [re.split(r"[<>=!]", need)[0] for need in building["packages"].program_needs()]
    for name in names:
        assert building["bill"].licence(importlib.metadata.distribution(name)), name


def test_sizes_are_told_by_what_things_are(building, plan):
    rows = building["sizes"].report(plan.program).splitlines()
    assert rows[0] == "component\tMB"
    assert rows[1] == "Qt\t0.0"
    component = building["sizes"].component
    for path, name in {
        "ganart": "the studio itself",
        "runtime/torch/lib/libtorch_cpu.so": "torch",
        "runtime/sympy/core.pyc": "what torch needs",
        "pip/pip/__init__.py": "pip",
        "_internal/av.libs/libx264.so": "PyAV",
        "_internal/libpython3.11.so.1.0": "Python",
        "_internal/tqdm-4.dist-info/METADATA": "others",
    }.items():
        assert component(Path(path)) == name


def test_pruning_takes_only_what_is_never_needed(building, tmp_path):
    kept = ["torch/__init__.py", "torch/lib/libtorch_cpu.so", "torch/bin/torch_shm_manager",
            "torch/testing/__init__.py", "sympy/core/core.py"]  # fmt: skip
    gone = ["torch/include/ATen/ATen.h", "torch/bin/test_api", "torch/bin/protoc", "torch/a.pyi",
            "torch/test/test_nn.py", "sympy/core/tests/test_core.py"]  # fmt: skip
    for name in (*kept, *gone):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    prune(tmp_path)
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == set(kept)


@pytest.mark.skipif(shutil.which("strip") is None, reason="strips libraries")
@pytest.mark.skipif(sys.platform != "linux", reason="strips Linux's libraries")
def test_stripping_leaves_alone_what_was_copied_into_wheels(building, plan):
    import ctypes

    from psutil import _psutil_linux

    extension = Path(_psutil_linux.__file__)
    wanted = ("runtime/torch/lib/libtorch_cpu.so", "_internal/libpython3.11.so.1.0")
    alone = ("runtime/torch/lib/libgomp.so.1", "_internal/numpy.libs/libopenblas.so")
    before = extension.stat().st_size
    for name in (*wanted, *alone):
        (plan.program / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(extension, plan.program / name)
    building["stripping"].strip(plan.program)
    assert {(plan.program / name).stat().st_size for name in alone} == {before}
    for name in wanted:
        assert (plan.program / name).stat().st_size <= before
        ctypes.PyDLL(str(plan.program / name))
