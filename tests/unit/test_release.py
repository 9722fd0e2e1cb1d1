"""The files that make and test a release: that what they name is there, and is called as it is."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

import ganart
from ganart.updates.question import is_askable

ROOT = Path(__file__).parents[2]
WORKFLOW = ROOT / ".github/workflows/release.yml"
MANIFEST = ROOT / "packaging/linux/org.ganart.Studio.yml"
JOBS: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]
BUILDERS = {
    "deb": "linux-build",
    "appimage": "appimage",
    "windows": "windows-build",
    "macos": "macos",
}
"""What is built, and by which job."""


def commands(job: str) -> list[str]:
    """Return all lines that a job runs."""
    runs = [step.get("run", "") for step in JOBS[job]["steps"]]
    return [line.strip() for run in runs for line in run.splitlines() if line.strip()]


def uploaded(job: str) -> list[str]:
    steps = [each for each in JOBS[job]["steps"] if "upload-artifact" in each.get("uses", "")]
    return [path for step in steps for path in step["with"]["path"].split()]


@pytest.fixture(scope="module")
def help_texts() -> dict[str, str]:
    """Return what each script of packaging that a job runs says about its options."""
    lines = [line for job in JOBS for line in commands(job)]
    scripts = {match[1] for line in lines if (match := re.search(r"(packaging/\S+\.py)", line))}
    names = ("build", "pack_list", "release_notes", "try_deb", "try_windows")
    assert scripts == {f"packaging/{name}.py" for name in names}
    return {
        script: subprocess.run(
            [sys.executable, str(ROOT / script), "--help"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for script in scripts
    }


def test_every_script_is_there_and_knows_what_it_is_told(help_texts):
    for job in JOBS:
        for line in commands(job):
            match = re.search(r"python3? (packaging/\S+\.py)(.*)", line)
            if match is None:
                assert "packaging/" not in line, line
                continue
            text = help_texts[match[1]]
            for word in match[2].split():
                if word.startswith("--"):
                    assert word in text, line
                elif match[1] == "packaging/build.py" and not word.startswith('"$'):
                    assert word in re.search(r"\{(.+?)\}", text)[1].split(","), line


@pytest.mark.parametrize(("artifact", "job"), BUILDERS.items())
def test_each_system_has_a_job_that_builds_for_it_and_keeps_what_was_built(artifact, job):
    (line,) = (line for line in commands(job) if "packaging/build.py" in line)
    assert line.startswith(f"python packaging/build.py {artifact} ")
    assert line.endswith(' --releases "$RELEASES"')
    names = {
        "deb": f"dist/ganart_{ganart.__version__}_amd64.deb",
        "appimage": f"dist/ganart-{ganart.__version__}-linux-x86_64.AppImage",
        "windows": f"dist/ganart-{ganart.__version__}-windows-x86_64.exe",
        "macos": f"dist/ganart-{ganart.__version__}-macos-arm64.dmg",
    }
    patterns = uploaded(job)
    assert any(Path(names[artifact]).match(pattern) for pattern in patterns)
    assert "dist/sizes.tsv" in patterns


def test_an_installer_that_asks_nobody_is_made_without_an_address(building, capsys):
    parse = building["build"].parse
    assert parse(["deb"]).releases is None
    assert parse(["deb", "--releases", "https://example.org/latest"]).releases
    with pytest.raises(SystemExit):
        parse(["deb", "--releases", "http://example.org/latest"])
    assert "http://example.org/latest is no https address" in capsys.readouterr().err


def test_what_is_released_can_ask_for_newer_releases_of_the_same_project(building, tmp_path):
    told = yaml.safe_load(WORKFLOW.read_text("utf-8"))["env"]["RELEASES"]
    for name, value in {
        "github.api_url": "https://api.example.org",
        "github.repository": "artists/studio",
    }.items():
        told = told.replace(f"${{{{ {name} }}}}", value)
    assert told == "https://api.example.org/repos/artists/studio/releases/latest"
    assert is_askable(told)
    assert building["plan"].make_plan(tmp_path, None, told).releases == told


def test_the_names_that_are_uploaded_are_those_that_building_gives():
    sources = "".join(
        (ROOT / f"packaging/building/{name}.py").read_text("utf-8")
        for name in ("debian", "appimage", "windows", "macos")
    )
    assert 'f"ganart_{plan.version}_{architecture()}.deb"' in sources
    assert 'f"ganart-{plan.version}-linux-x86_64.AppImage"' in sources
    assert 'f"ganart-{plan.version}-windows-x86_64.exe"' in sources
    assert 'f"ganart-{plan.version}-macos-arm64.dmg"' in sources


def test_what_is_published_was_tried_out_on_its_own_system():
    wanted = set(JOBS["publish"]["needs"])
    assert wanted == {"linux", "appimage", "windows", "macos"}
    for job in ("linux", "windows"):
        assert JOBS[job]["needs"] == f"{job}-build"
    systems = {"linux": "ubuntu", "appimage": "ubuntu", "windows": "windows", "macos": "macos-15"}
    for job, system in systems.items():
        assert JOBS[job]["runs-on"].startswith(system)
    assert any("try_deb.py dist/ganart_" in line for line in commands("linux"))
    assert any("try_windows.py dist/ganart-" in line for line in commands("windows"))
    assert any(line.endswith('/MacOS/ganart" --self-test') for line in commands("macos"))
    assert any(line.endswith("-and-run --self-test") for line in commands("appimage"))
    for name in ("try_deb", "try_windows"):
        assert "--self-test" in (ROOT / f"packaging/{name}.py").read_text("utf-8")


def test_the_python_of_the_workflow_is_one_that_everything_was_tried_with(building):
    python = yaml.safe_load(WORKFLOW.read_text("utf-8"))["env"]["PYTHON"]
    version = tuple(int(part) for part in python.split("."))
    oldest, newest = sys.modules["bootstrap"].PYTHON_VERSIONS
    assert oldest <= version <= newest
    assert version in building["embedding"].EMBEDDABLE
    listed = f"linux-x86_64-cp{''.join(python.split('.'))}.json"
    assert (ROOT / "resources/gpu-pack" / listed).exists()


def test_debians_tools_are_installed_before_they_are_needed(building):
    for artifact in ("deb", "appimage", "windows"):
        lines = " ".join(line for line in commands(BUILDERS[artifact]) if "apt-get install" in line)
        for package in set(building["build"].TOOLS[artifact].values()):
            # The compiler brings its own binutils.
            assert package.replace("binutils-mingw", "gcc-mingw") in lines, package
    words = next(line for line in commands("appimage") if "libxcb-cursor0" in line).split()
    packages = building["debian"].SYSTEM_LIBRARIES
    assert {packages[name] for name in building["appimage"].TAKEN_ALONG} <= set(words)


def test_what_is_built_on_an_old_system_is_tried_out_on_one_with_debians_keys():
    """Ubuntu 22.04 has no key of the Debian that the package is tried out in."""
    assert JOBS["linux-build"]["runs-on"] == "ubuntu-22.04"
    assert JOBS["linux"]["runs-on"] == "ubuntu-24.04"
    assert any("debian-archive-keyring" in line for line in commands("linux"))


def test_the_list_of_the_gpu_pack_for_windows_is_there_before_the_program_is_packed():
    lines = commands("windows-build")
    (listing,) = [line for line in lines if "pack_list.py" in line]
    assert "--platform windows-x86_64" in listing
    build = next(line for line in lines if line.startswith("python packaging/build.py windows"))
    assert lines.index(listing) < lines.index(build)


def test_the_variables_of_the_mac_are_those_that_building_reads(building):
    macos = building["macos"]
    text = "\n".join(commands("macos"))
    for name in (macos.IDENTITY, macos.PROFILE):
        assert f'echo "{name}=' in text


def test_flatpaks_recipe_takes_what_the_debian_package_holds(building):
    recipe = yaml.safe_load(MANIFEST.read_text("utf-8"))
    debian = building["debian"]
    assert recipe["app-id"] == debian.APP_ID == MANIFEST.stem
    (module,) = recipe["modules"]
    (source,) = module["sources"]
    laid_out = (MANIFEST.parent / source["path"]).resolve()
    assert laid_out == ROOT / "dist/work/deb"
    lines = "\n".join(module["build-commands"])
    assert f"cp -r {debian.INSTALLED}" in lines
    entry = recipe["rename-desktop-file"]
    assert (debian.LINUX / entry).exists()
    assert f"usr/share/applications/{entry}" in lines
    icon = next(line for line in (debian.LINUX / entry).read_text().splitlines() if "Icon=" in line)
    assert icon == f"Icon={recipe['rename-icon']}"


@pytest.mark.skipif(shutil.which("dpkg") is None, reason="lays the Debian package out")
@pytest.mark.skipif(shutil.which("objdump") is None, reason="reads programs with objdump")
def test_flatpaks_recipe_puts_all_in_the_place_where_a_desktop_looks(building, tmp_path):
    plan = building["plan"].Plan(tmp_path / "dist", None, "1.2.3", 1_700_000_000)
    (plan.program / "_internal").mkdir(parents=True)
    (plan.program / "ganart").touch(0o755)
    for name in ("bill.json", "licences.tsv"):
        (plan.work / name).touch()
    laid_out, app = tmp_path / "laid out", tmp_path / "app"
    building["debian"].lay_out(plan, laid_out)
    recipe = yaml.safe_load(MANIFEST.read_text("utf-8"))
    for command in recipe["modules"][0]["build-commands"]:
        line = command.replace("/app/", f"{app}/")
        subprocess.run(["sh", "-ec", line], cwd=laid_out, check=True)
    assert (app / "bin" / recipe["command"]).resolve() == app / "lib/ganart/ganart"
    name = recipe["app-id"]
    for path in (
        "applications/ganart.desktop",  # which is renamed afterwards, as is the icon
        "icons/hicolor/256x256/apps/ganart.png",
        f"metainfo/{name}.metainfo.xml",
        f"mime/packages/{name}.xml",
        "doc/ganart/copyright",
    ):
        assert (app / "share" / path).is_file(), path


def test_flatpak_lets_the_program_see_no_more_than_it_needs():
    asked = set(yaml.safe_load(MANIFEST.read_text("utf-8"))["finish-args"])
    places = {each for each in asked if each.startswith("--filesystem")}
    assert places == {
        "--filesystem=xdg-documents",
        "--filesystem=xdg-pictures",
        "--filesystem=xdg-download:ro",
    }
    assert not [each for each in asked if "bus" in each or each in ("--device=all", "--socket=x11")]


def test_no_registry_is_named():
    texts = [path.read_text("utf-8") for path in (WORKFLOW, MANIFEST)]
    assert re.findall(r"https?://[^/]+", "".join(texts)) == []


def test_what_building_and_testing_need_has_exact_versions():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
        "optional-dependencies"
    ]
    pins = (ROOT / "constraints.txt").read_text("utf-8")
    for need in (*extras["build"], *extras["dev"], "pip>", "msvc-runtime>"):
        name = re.split(r"[<>=!]", need)[0].lower()
        assert f"\n{name}==" in pins, name
