"""The program's name leads to every command."""

import argparse
from pathlib import Path

import pytest

from ganart.__main__ import COMMANDS, is_mistyped
from ganart.cli.main import build_parser


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
