"""The workflow files: every script that they start is there and knows what it is told."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
CALL = re.compile(r"\bpython3? (packaging/\S+\.py)([^\n|&;]*)")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_start_scripts_that_are_there_with_flags_that_they_know(path):
    calls = CALL.findall(path.read_text("utf-8"))
    assert calls
    for script, arguments in calls:
        source = (ROOT / script).read_text("utf-8")
        for word in arguments.split():
            if word.startswith("--"):
                assert f'"{word.partition("=")[0]}"' in source, word
        if script == "packaging/build.py":
            assert f'"{arguments.split()[0]}": ' in source, arguments


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_build_with_a_python_that_the_packages_support(path):
    asked = re.findall(r'(?:python-version|PYTHON): "3\.(\d+)"', path.read_text("utf-8"))
    assert asked
    bootstrap = (ROOT / "packaging" / "bootstrap.py").read_text("utf-8")
    oldest, newest = map(int, re.search(r"\(\(3, (\d+)\), \(3, (\d+)\)\)", bootstrap).groups())
    assert all(oldest <= int(minor) <= newest for minor in asked)
