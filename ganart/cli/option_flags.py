"""Flags derived from the declared options of a config class."""

import argparse
from typing import Any

from ganart.engine.options import Option, options


def add_option_flags(group: Any, config: type) -> None:  # noqa: ANN401  (argparse's private type)
    """Add a flag for every option of `config`; those not given stay None."""
    for each in options(config):
        _add_flag(group, each)


def given_options(arguments: argparse.Namespace, config: type) -> dict[str, Any]:
    """Return the options of `config` that were given as flags."""
    given = {each.name: getattr(arguments, each.name) for each in options(config)}
    return {name: value for name, value in given.items() if value is not None}


def _add_flag(group: Any, declared: Option) -> None:  # noqa: ANN401  (argparse's private type)
    name = "--" + declared.name.replace("_", "-")
    text = declared.help.replace("%", "%%")
    if isinstance(declared.default, bool):
        group.add_argument(name, action=argparse.BooleanOptionalAction, default=None, help=text)
        return
    group.add_argument(
        name,
        type=type(declared.default),
        choices=declared.choices or None,
        metavar=None if declared.choices else (declared.unit or "N").upper(),
        help=text,
    )
