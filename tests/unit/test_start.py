"""What is set before anything else is loaded."""

import os
import sys
from pathlib import Path

import pytest

from ganart.start import give_outputs, prepare_process, stand_somewhere


def test_a_program_without_a_console_may_print(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    give_outputs()
    print("nobody reads this ☺")
    print("nor this", file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        stream.close()


def test_a_console_is_left_as_it_is():
    before = sys.stdout, sys.stderr
    give_outputs()
    assert (sys.stdout, sys.stderr) == before


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know no such variable")
@pytest.mark.parametrize("original", [None, "/usr/local/lib"])
def test_what_a_frozen_program_starts_loads_the_systems_libraries(monkeypatch, original):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "path", sys.path.copy())
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/ganart/_internal")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    if original:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", original)
    prepare_process()
    assert os.environ.get("LD_LIBRARY_PATH") == original
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be deleted there")
def test_a_working_folder_that_was_deleted_is_left(monkeypatch, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    stand_somewhere()
    assert Path.cwd() == Path(os.sep)


def test_without_a_home_the_root_stands_for_it(monkeypatch):
    before = Path.cwd()
    monkeypatch.setattr(Path, "home", lambda: (_ for _ in ()).throw(RuntimeError("no home")))
    monkeypatch.delenv("HOME")
    stand_somewhere()
    assert os.environ["HOME"] == os.sep
    assert Path.cwd() == before


def test_a_home_is_left_as_it_is():
    before = os.environ["HOME"]
    stand_somewhere()
    assert os.environ["HOME"] == before
