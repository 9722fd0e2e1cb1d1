"""The program's name leads to every command."""

import argparse

from ganart.__main__ import COMMANDS
from ganart.cli.main import build_parser


def test_every_command_is_reached_from_the_programs_name():
    (commands,) = (
        each for each in build_parser()._actions if isinstance(each, argparse._SubParsersAction)
    )
    assert {each for each in COMMANDS if not each.startswith("-")} == set(commands.choices)
