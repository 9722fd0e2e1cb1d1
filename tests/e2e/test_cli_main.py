"""The program's name leads to every command."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest

import ganart
from ganart.__main__ import COMMANDS, is_mistyped
from ganart.cli.main import build_parser

ROOT = Path(__file__).parents[2]
PRINTS = """
import sys
from ganart.cli.output import NotPrinted, Output
try:
    Output(as_json=False, quiet=False).result("text", {})
except NotPrinted as error:
    sys.exit(str(error))
"""


def test_every_command_is_reached_from_the_programs_name():
    (commands,) = (
        each for each in build_parser()._actions if isinstance(each, argparse._SubParsersAction)
    )
    assert {each for each in COMMANDS if not each.startswith("-")} == set(commands.choices)


def test_a_mistyped_command_is_not_taken_for_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "holiday").mkdir()
    assert is_mistyped("trian")
    assert is_mistyped("time-lapse")
    for word in ("holiday", "a.ganart", "pictures/new", "-platform", str(tmp_path / "gone")):
        assert not is_mistyped(word)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux alone has such a file")
def test_a_result_that_cannot_be_printed_is_told_and_a_reader_that_has_gone_is_not() -> None:
    command = [sys.executable, "-c", PRINTS]
    options = {"cwd": ROOT, "stderr": subprocess.PIPE, "text": True, "check": False}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, **options)
    assert done.returncode == 1
    assert done.stderr.startswith("The result cannot be printed (No space left on device).")
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, **options)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_version_is_told_at_once_without_loading_the_command_line() -> None:
    code = (
        "import sys; sys.argv = ['ganart', '--version']\n"
        "from ganart.__main__ import main; assert main() == 0\n"
        "print(*({'ganart.cli', 'torch', 'PySide6', 'numpy'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [f"ganart {ganart.__version__}", ""]
