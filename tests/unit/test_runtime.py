"""Where a frozen program finds torch."""

import json
import os
import stat
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from ganart import runtime
from ganart.settings.paths import data_folder

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="the program is played by a script")


@pytest.fixture
def frozen(monkeypatch, tmp_path):
    """Return a function that plays an installed program, whose trials of a pack go as told."""
    program = tmp_path / "Zażółć gęślą" / "ganart"
    program.parent.mkdir()

    def play(script: str) -> Path:
        program.write_text(f'#!/bin/sh\necho "$2" >> "$0.trials"\n{script}\n')
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(sys, "executable", str(program))
        monkeypatch.setattr(sys, "frozen", True, raising=False)
        monkeypatch.setattr(sys, "path", sys.path.copy())
        return program.parent

    yield play
    runtime._for_good.close()


def trials(folder: Path) -> int:
    log = folder / "ganart.trials"
    return len(log.read_text().splitlines()) if log.exists() else 0


def make_pack(suffix: str = EXTENSION_SUFFIXES[0]) -> Path:
    pack = runtime.packs_folder() / "one"
    (pack / "torch").mkdir(parents=True)
    runtime.use_pack(pack)
    (pack / "torch" / "__init__.py").touch()
    (pack / "torch" / "version.py").touch()
    (pack / "torch" / f"_C{suffix}").touch()
    (pack / "torch" / "lib").mkdir()
    (pack / "torch" / "lib" / "libtorch.so").write_bytes(b"torch")
    return pack


def test_sources_take_torch_from_where_python_does(monkeypatch):
    before = sys.path.copy()
    make_pack()
    assert runtime.activate() is None
    assert sys.path == before


@posix
def test_without_a_pack_torch_is_the_shipped_one_behind_all_that_is_frozen(frozen):
    program = frozen("exit 1")
    assert runtime.activate() is None
    assert sys.path[-1] == str(program / "runtime")
    assert trials(program) == 0


@posix
def test_a_pack_that_loads_comes_first_and_is_tried_only_once(frozen):
    program = frozen("exit 0")
    pack = make_pack()
    for _ in range(2):
        assert runtime.activate() is None
        assert sys.path[-1] == str(pack)
    assert str(program / "runtime") not in sys.path
    assert trials(program) == 1
    assert data_folder() in pack.parents


@posix
def test_a_pack_that_does_not_load_is_passed_over_with_its_reason(frozen):
    program = frozen('echo "a long story" >&2; echo "libcudart.so.13 is missing." >&2; exit 1')
    pack = make_pack()
    for _ in range(2):
        refused = runtime.activate()
        assert sys.path[-1] == str(program / "runtime")
        assert "cannot be used: libcudart.so.13 is missing." in str(refused)
        assert str(pack) in str(refused)
    assert trials(program) == 1


@posix
def test_a_pack_that_crashes_is_passed_over(frozen):
    frozen("kill -SEGV $$")
    make_pack()
    assert "it crashed (code -11)" in str(runtime.activate())


@posix
def test_a_changed_pack_and_an_unreadable_proof_are_tried_again(frozen):
    program = frozen("exit 1")
    pack = make_pack()
    runtime.activate()
    frozen("exit 0")
    (pack / "torch" / "lib" / "libtorch.so").write_bytes(b"mended")
    assert runtime.activate() is None
    (pack / runtime.PROOF).write_text("{")
    assert runtime.activate() is None
    assert json.loads((pack / runtime.PROOF).read_text("utf-8"))["reason"] == ""
    assert trials(program) == 3


@posix
@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda pack: (pack / "torch/__init__.py").unlink(), "it is not complete"),
        (lambda pack: (pack / "torch/version.py").unlink(), "it is not complete"),
        (
            lambda pack: (pack / f"torch/_C{EXTENSION_SUFFIXES[0]}").rename(
                pack / "torch/_C.cpython-38-x86_64-linux-gnu.so"
            ),
            "it was made for another version of the studio",
        ),
    ],
)
def test_a_pack_that_cannot_work_is_not_even_tried(frozen, spoil, reason):
    program = frozen("exit 0")
    spoil(make_pack())
    assert reason in str(runtime.activate())
    assert trials(program) == 0


@pytest.mark.parametrize("torch", ["", "raise ImportError('first line\\nlibc10.so is no library')"])
def test_a_trial_computes_with_torch_or_tells_why_not(tmp_path, torch):
    if torch:
        (tmp_path / "torch.py").write_text(torch)
    done = subprocess.run(
        [sys.executable, "-m", "ganart", runtime.TRY, str(tmp_path)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])},
        timeout=100,
        check=False,
    )
    assert done.returncode == (1 if torch else 0), done.stderr
    assert not torch or done.stderr.splitlines()[-1] == "libc10.so is no library"


# Several packs


def test_another_pack_is_named_while_the_one_before_is_in_use_and_then_swept():
    first = make_pack()
    second = runtime.packs_folder() / "two"
    second.mkdir()
    with runtime.in_use(first):
        runtime.use_pack(second)
        assert runtime.pack_folder() == second
        runtime.sweep_packs()
        assert first.is_dir()
    runtime.sweep_packs()
    assert not first.exists()
    assert second.is_dir()
    runtime.use_pack(None)
    assert runtime.pack_folder() is None
    runtime.sweep_packs()
    assert list(runtime.packs_folder().iterdir()) == []


@pytest.mark.parametrize("name", ["", "../elsewhere", "a/b", "..", "\udcff"])
def test_a_damaged_name_of_a_pack_names_none(name):
    runtime.packs_folder().mkdir(parents=True)
    (runtime.packs_folder() / runtime.CURRENT).write_text(name, "utf-8", errors="surrogateescape")
    assert runtime.pack_folder() is None or not runtime.pack_folder().is_dir()
    assert runtime.choose(runtime.pack_folder(), Path("shipped")) == (Path("shipped"), None)


def test_a_trial_tells_what_it_computed_with(tmp_path):
    (tmp_path / "torch").mkdir()
    assert runtime.trial(tmp_path).device in {"cpu", "cuda"}


def test_pip_is_run_by_the_program_itself():
    command = [sys.executable, "-m", "ganart", runtime.PIP, "--version"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.startswith("pip ")
