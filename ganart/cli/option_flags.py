"""Flags derived from the declared options of a config class."""

import argparse
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from ganart.engine.options import Option, options


def add_option_flags(
    group: Any,  # noqa: ANN401  (argparse's private type)
    *configs: type,
    left_out: Collection[str] = (),
) -> None:
    """Add a flag for every option of the configs but those left out; not given, it stays None.

    Options of one name become one flag, with the choices of all.
    """
    found: dict[str, Option] = {}
    for config in configs:
        for each in options(config):
            first = found.setdefault(each.name, each)
            choices = tuple(dict.fromkeys((*first.choices, *each.choices)))
            found[each.name] = replace(first, choices=choices)
    for name, each in found.items():
        if name not in left_out:
            _add_flag(group, each)


def given_options(arguments: argparse.Namespace, config: type) -> dict[str, Any]:
    """Return the options of `config` that were given as flags."""
    given = {each.name: getattr(arguments, each.name, None) for each in options(config)}
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
        metavar=None if declared.choices else _metavar(declared),
        help=text,
    )


def _metavar(declared: Option) -> str:
    if isinstance(declared.default, str):
        return "TEXT"
    return (declared.unit or "N").upper()
