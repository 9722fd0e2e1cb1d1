"""`ganart dataset`: everything about the pictures of a project."""

import argparse
from typing import Any

from ganart.cli import dataset_care, dataset_describe, dataset_set


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare the command and the commands below it."""
    parser = commands.add_parser("dataset", help="gather, look after and export the pictures")
    below = parser.add_subparsers(dest="dataset_command", required=True, metavar="COMMAND")
    for each in (
        dataset_set.add_add,
        dataset_set.add_move,
        dataset_care.add_scan,
        dataset_care.add_doctor,
        dataset_care.add_duplicates,
        dataset_describe.add,
        dataset_set.add_prepare,
        dataset_set.add_export,
    ):
        each(below, common)
