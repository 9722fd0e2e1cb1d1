"""Where no window can be opened, a sentence says why and what can be done without one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ganart import no_window
from ganart.no_window import lacking_packages, why_no_window, without_libraries

ROOT = Path(__file__).parents[2]
linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return a set of libraries that count as missing; there are all others."""
    missing: set[str] = set()
    monkeypatch.setattr(no_window, "_loads", lambda library: library not in missing)
    return missing


@linux
@pytest.mark.parametrize("environ", [{}, {"DISPLAY": ""}, {"QT_QPA_PLATFORM": "xcb"}])
def test_no_display(lacking, environ):
    assert "There is no display" in str(why_no_window(["plugin"], environ))


@linux
def test_a_display_that_does_not_answer(lacking):
    assert "display :77 does not answer" in str(why_no_window([], {"DISPLAY": ":77"}))
    both = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-9"}
    assert "display wayland-9 does not" in str(why_no_window([], both))


@linux
def test_missing_libraries_are_named_by_their_packages(lacking):
    lacking |= {"libxcb-cursor.so.0", "libEGL.so.1"}
    assert lacking_packages() == ["libegl1", "libxcb-cursor0"]
    assert "“sudo apt install libegl1 libxcb-cursor0”" in str(why_no_window([], {"DISPLAY": ":0"}))
    error = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
    assert "apt install libegl1 libxcb-cursor0" in str(without_libraries(error))
    assert without_libraries(ImportError("cannot import name 'Tour'")) is None


def test_a_platform_that_was_chosen_is_answered_in_qts_words(lacking):
    told = str(why_no_window(["Could not find the plugin “foo”."], {"QT_QPA_PLATFORM": "foo"}))
    assert "Could not find the plugin “foo”. There is a way" in told


@linux
@pytest.mark.parametrize("arguments", [(), ("--new-window", "gone.png")])
def test_the_program_ends_with_a_sentence_and_1(tmp_path, arguments):
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        env={name: text for name, text in os.environ.items() if name not in hidden},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("No window can be opened here. There is no display")
    assert "ganart demo" in line
    assert "ganart --help" in line
