"""`ganart --self-test`, as a person starts it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BROKEN = """
import sys
from ganart import self_test

def fail(project, poll):
    raise RuntimeError("no such luck")
    yield

self_test._training = fail
sys.exit(self_test.main())
"""
CLOSED = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ganart import self_test

def wait(project, poll):
    QTimer.singleShot(0, QApplication.instance(), QApplication.quit)
    while poll() is None:
        pass
    yield

self_test._work = wait
sys.exit(self_test.main())
"""


def run(*arguments: str) -> tuple[int, list[str], str]:
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        timeout=600,
        check=False,
    )
    return done.returncode, done.stdout.splitlines(), done.stderr


@pytest.mark.slow
def test_all_is_well_here() -> None:
    before = sorted(Path(os.environ["HOME"]).rglob("*"))
    code, lines, _ = run("main.py", "--self-test")
    assert (code, lines[-1]) == (0, "All is well"), lines
    for words in ("window opens", "torch", "training", "pixel for pixel", "stylized"):
        assert any(words in line for line in lines), words
    assert sorted(Path(os.environ["HOME"]).rglob("*")) == before


def test_a_failure_is_told_and_ends_with_1() -> None:
    code, lines, errors = run("-c", BROKEN)
    assert (code, lines[-1]) == (1, "FAILED: see above")
    assert any("no such luck" in line for line in lines)
    assert "propagateSizeHints" not in errors


def test_a_window_that_is_lost_is_told() -> None:
    code, lines, _ = run("-c", CLOSED)
    assert (code, lines[-1]) == (1, "FAILED: see above")
    assert any("closed, or its display was lost" in line for line in lines)
