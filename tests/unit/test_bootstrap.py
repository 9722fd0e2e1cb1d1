"""The set-up script: its decisions, tried without network."""

import importlib.util
import re
import subprocess
import sys
import tomllib
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "packaging" / "bootstrap.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the script at a checkout in a folder with a space and foreign letters."""
    root = tmp_path / "my نقاشی é"
    root.mkdir()
    for name in ("pyproject.toml", "constraints.txt"):
        (root / name).write_bytes((ROOT / name).read_bytes())
    venv = root / ".venv"
    monkeypatch.setattr(script, "ROOT", root)
    monkeypatch.setattr(script, "VENV", venv)
    monkeypatch.setattr(script, "STAMP", venv / "ganart-stamp")
    monkeypatch.setattr(script, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(script, "CONSTRAINTS", root / "constraints.txt")
    return root


def fake_environment(script: ModuleType, python: str, stamp: str | None) -> None:
    """Make a `.venv` whose Python is a small shell script."""
    script.PYTHON.parent.mkdir(parents=True)
    script.PYTHON.write_text(python)
    script.PYTHON.chmod(0o755)
    if stamp is not None:
        script.STAMP.write_text(stamp)


WORKING = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'
BROKEN = "#!/bin/sh\nexit 1\n"


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_supported_pythons_pass(script, version):
    script.check_python(version)


@pytest.mark.parametrize("version", [(3, 9), (3, 10), (3, 14), (4, 0)])
def test_other_pythons_are_named(script, version):
    with pytest.raises(script.Trouble, match=f"this is {version[0]}.{version[1]}"):
        script.check_python(version)


@pytest.mark.parametrize(
    ("platform", "environ", "shown"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, False),
        ("linux", {"QT_QPA_PLATFORM": "linuxfb"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_display(script, platform, environ, shown):
    assert script.has_display(platform, environ) is shown


def test_only_libraries_that_do_not_load_are_wanted(script):
    lacking = {"libGL.so.1", "libxcb-cursor.so.0"}
    packages = script.missing_packages(window=True, loads=lambda name: name not in lacking)
    assert packages == ["libgl1", "libxcb-cursor0"]


def test_tests_need_no_window_libraries(script):
    packages = script.missing_packages(window=False, loads=lambda name: False)
    assert "libegl1" in packages
    assert not any("xcb" in package for package in packages)


def test_without_root_the_line_to_run_is_shown(script, monkeypatch):
    monkeypatch.setattr(script, "missing_packages", lambda window: ["libegl1", "libgl1"])
    monkeypatch.setattr(script.shutil, "which", lambda name: "/usr/bin/apt-get")
    monkeypatch.setattr(script.os, "geteuid", lambda: 1000)
    with pytest.raises(script.Trouble, match="sudo apt-get install --yes libegl1 libgl1"):
        script.install_system_packages(window=True)


def test_fingerprint_follows_what_is_installed(script):
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    first = script.fingerprint(constraints, pyproject, (3, 11))
    other_tools = pyproject.replace("line-length = 100", "line-length = 90")
    other_needs = pyproject.replace('"torch>=2.6"', '"torch>=2.7"')
    assert other_tools != pyproject != other_needs
    assert script.fingerprint(constraints, other_tools, (3, 11)) == first
    assert script.fingerprint(constraints, other_needs, (3, 11)) != first
    assert script.fingerprint(constraints + "more==1\n", pyproject, (3, 11)) != first
    assert script.fingerprint(constraints, pyproject, (3, 12)) != first


def test_every_dependency_is_pinned(script):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    pinned = {pin.split("==")[0] for pin in pins}
    assert {re.match(r"[\w-]+", need)[0].lower() for need in wanted} | {"uv"} <= pinned
    # A local tag (+cpu, +cu132) or CUDA's own packages would tie the list to one kind of machine.
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9.]+", pin) for pin in pins), pins
    assert not [name for name in pinned if name.startswith(("nvidia-", "cuda-", "triton"))]


needs_shell = pytest.mark.skipif(sys.platform == "win32", reason="its Python is a shell script")


@needs_shell
def test_a_finished_environment_is_ready(script, checkout):
    fake_environment(script, WORKING, script.current_fingerprint())
    assert script.is_ready()


@needs_shell
@pytest.mark.parametrize(
    ("python", "stamp"), [(WORKING, None), (WORKING, ""), (WORKING, "old"), (BROKEN, "right")]
)
def test_an_unfinished_environment_is_not_ready(script, checkout, python, stamp):
    fake_environment(script, python, script.current_fingerprint() if stamp == "right" else stamp)
    assert not script.is_ready()


def test_no_environment_is_not_ready(script, checkout):
    assert not script.is_ready()


@needs_shell
@pytest.mark.parametrize(("python", "stamp"), [(WORKING, None), (BROKEN, "old")])
def test_an_interrupted_set_up_starts_anew(script, checkout, monkeypatch, python, stamp):
    fake_environment(script, python, stamp)
    made = []
    monkeypatch.setattr(script.sys, "executable", "/bin/echo")
    monkeypatch.setattr(script.subprocess, "run", recorder(script.subprocess.run, made))
    script.make_environment()
    assert not script.VENV.exists()
    assert made[-1] == ["/bin/echo", "-m", "venv", str(script.VENV)]


@needs_shell
def test_a_changed_list_updates_in_place_but_loses_the_stamp_first(script, checkout):
    fake_environment(script, WORKING, "old")
    script.make_environment()
    assert script.PYTHON.exists()
    assert not script.STAMP.exists()


@needs_shell
def test_a_second_set_up_waits_for_the_first(script, checkout, monkeypatch):
    # The first one finishes the environment while the second waits for its turn.
    @contextmanager
    def turn():
        fake_environment(script, WORKING, script.current_fingerprint())
        yield

    monkeypatch.setattr(script, "alone", turn)
    monkeypatch.setattr(script, "missing_packages", lambda window: [])
    script.set_up(None, window=False)
    assert script.is_ready()


@pytest.mark.skipif(sys.platform == "win32", reason="asks the lock of Linux and macOS")
def test_only_one_set_up_holds_the_turn(script, checkout):
    import fcntl

    other = (checkout / ".venv.lock").open("w")
    with other, script.alone(), pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with script.alone():
        pass


def recorder(run, commands):
    """Return `run` that also notes each command."""

    def recording(command, **options):
        commands.append(command)
        return run(command, **options)

    return recording


def test_removing_a_link_leaves_what_it_points_to(script, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "file").touch()
    link = tmp_path / "link"
    link.symlink_to(folder)
    script.remove(link)
    assert not link.is_symlink()
    assert (folder / "file").exists()
    script.remove(folder)
    assert not folder.exists()
    script.remove(folder)


def test_pytorchs_index_is_tried_before_the_registry(script):
    first, second = script.sources(None, "auto")
    assert first.options == ("--torch-backend=auto",)
    assert second.options == ()


def test_a_folder_of_wheels_needs_both_of_the_pair(script, tmp_path):
    (tmp_path / "torch-2.15.0+cpu-cp311-cp311-linux_x86_64.whl").touch()
    with pytest.raises(script.Trouble, match="torch alone"):
        script.sources(tmp_path, "auto")
    (tmp_path / "torchvision-0.29.2+cpu-cp311-cp311-linux_x86_64.whl").touch()
    assert script.sources(tmp_path, "auto")[0].options == ("--no-index",)


def test_what_pip_was_told_is_passed_on(script):
    told = script.uv_environ({"PIP_INDEX_URL": "mirror", "PIP_FIND_LINKS": "wheels more"})
    assert told["UV_DEFAULT_INDEX"] == "mirror"
    assert told["UV_FIND_LINKS"] == "wheels,more"


def test_what_uv_was_told_itself_counts_more(script):
    assert script.uv_environ({"PIP_CERT": "a", "SSL_CERT_FILE": "b"})["SSL_CERT_FILE"] == "b"


def test_a_full_disk_is_seen_before_the_download(script, monkeypatch):
    usage = script.shutil.disk_usage(ROOT)._replace(free=10**9)
    monkeypatch.setattr(script.shutil, "disk_usage", lambda path: usage)
    source = script.Source("the package registry", ())
    script.announce("Would make no changes", source)
    with pytest.raises(script.Trouble, match=r"Only 1\.0 GB are free"):
        script.announce(" + torch==2.15.0", source)


def test_extra_arguments_go_to_pytest(script):
    options = script.parse(["test", "-k", "name", "-x", "--wheels"])
    command, variables = script.job(options.command, options.arguments, display=False)
    assert command[1:] == ["-m", "pytest", "-k", "name", "-x", "--wheels"]
    assert variables == {"QT_QPA_PLATFORM": "offscreen"}


def test_without_arguments_two_tests_run_at_a_time(script):
    assert script.job("test", [], display=False)[0][2:] == [
        "pytest",
        "-n",
        "2",
        "--dist",
        "loadfile",
    ]


def test_without_a_display_the_main_job_runs(script):
    assert script.parse([]).command == "open"
    assert script.job("open", [], display=True)[0][1:] == [str(script.ROOT / "main.py")]
    assert script.job("open", [], display=False)[0][1:] == [str(script.ROOT / "main.py"), "demo"]


def test_a_missing_folder_of_wheels_ends_in_a_sentence(tmp_path):
    command = [sys.executable, str(SCRIPT), "--wheels", "no such folder"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 1
    assert run.stderr.strip() == "[ganart] There is no folder no such folder."
