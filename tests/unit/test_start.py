"""What is set before anything else is loaded."""

import os
import sys

import pytest

from ganart.start import give_outputs, prepare_process


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
