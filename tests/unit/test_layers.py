"""What importing one part of the program loads; each import runs in a Python of its own."""

import json
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
QT = {"PySide6", "shiboken6", "pyqtgraph"}
TORCH = {"torch", "torchvision"}


def run_python(code: str) -> str:
    """Run code in a new Python in the project's folder and return what it printed."""
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout


def loaded_by(*modules: str) -> set[str]:
    """Return the top-level names that are loaded once the modules are imported."""
    code = f"import json, sys\nimport {', '.join(modules)}\nprint(json.dumps(list(sys.modules)))"
    return {name.partition(".")[0] for name in json.loads(run_python(code))}


def modules_of(package: str) -> list[str]:
    """Return the names of all modules in a package of the program."""
    folder = ROOT.joinpath(*package.split("."))
    found = pkgutil.walk_packages([str(folder)], f"{package}.")
    return [package, *(module.name for module in found)]


@pytest.mark.parametrize("package", ["datasets", "media", "project", "settings", "updates"])
def test_stores_load_neither_qt_nor_torch(package):
    assert not loaded_by(*modules_of(f"ganart.{package}")) & (QT | TORCH)


def test_the_engine_loads_no_qt():
    assert not loaded_by(*modules_of("ganart.engine")) & QT


def test_the_engines_records_load_no_torch():
    records = ("config", "events", "lesson.chapters", "presets")
    assert not loaded_by(*(f"ganart.engine.gan.{name}" for name in records)) & TORCH


def test_the_command_line_loads_no_qt():
    assert not loaded_by(*modules_of("ganart.cli")) & QT


def test_the_way_in_loads_neither_qt_nor_torch():
    assert not loaded_by("ganart.__main__", "main") & (QT | TORCH)


def test_the_window_loads_neither_torch_nor_plots():
    assert not loaded_by("ganart.ui.main_window", "ganart.app") & (TORCH | {"pyqtgraph"})


def test_qt_calls_cost_no_references_of_none():
    # PySide6 6.12.0 drops one at each call that returns nothing; Python 3.11 aborts at about 5000.
    code = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel()
for number in range(20_000):
    label.setText(str(number))
print(label.text())
"""
    assert run_python(code).strip() == "19999"
