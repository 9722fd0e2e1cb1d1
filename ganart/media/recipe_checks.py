"""Reading what a recipe says while trusting nothing: sizes, types and ranges."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import datetime
from typing import Any

from ganart.errors import StudioError
from ganart.text import QT_TRANSLATE_NOOP

MAX_RECIPE_BYTES = 512 * 1024
MAX_TEXT = 100
"""Characters in one text of a recipe."""
MAX_OPTIONS = 60
MAX_NUMBER = 1e15
Value = str | int | float | bool


class BadRecipe(StudioError):
    """Details: `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "The recipe cannot be used: {reason}.")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Choose another picture.")


class PointDoesNotFit(BadRecipe):
    """A point has numbers for a model of another kind or size."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "This picture is of another model; its numbers do not fit this one."
    )
    remedy = QT_TRANSLATE_NOOP("errors", "Choose another picture, or the model that it is of.")


class GenesDoNotFit(BadRecipe):
    """A point has genes that were found in a model of another kind."""

    happened = QT_TRANSLATE_NOOP("errors", "The genes of this picture are those of another model.")
    remedy = QT_TRANSLATE_NOOP("errors", "Leave them out, or choose the model they were found in.")


def read_object(text: str | bytes) -> dict[str, Any]:
    """Return the JSON object in `text`. Raises `BadRecipe` for anything else."""
    if len(text) > MAX_RECIPE_BYTES:
        raise BadRecipe(reason="it is too long")
    try:
        values = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise BadRecipe(reason="it is not a readable text") from None
    if not isinstance(values, dict):
        raise BadRecipe(reason="it is not a recipe")
    return values


def _refuse_constant(name: str) -> float:
    raise ValueError(name)  # NaN and the infinities are no JSON


def check_version(version: object, newest: int) -> None:
    """Raise `BadRecipe` unless it is a version from 1 to `newest`."""
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise BadRecipe(reason="it has no version")
    if version > newest:
        raise BadRecipe(reason="it was made by a newer version of the studio")


def check_names(record: type, values: dict[str, Any]) -> None:
    """Raise `BadRecipe` unless exactly the fields of `record` are given."""
    expected = {each.name for each in fields(record)}
    for name in sorted(expected - values.keys()):
        raise BadRecipe(reason=f"{name} is missing")
    if values.keys() - expected:
        raise BadRecipe(reason="it has parts that do not belong to it")


def read_fields(record: type, values: object) -> dict[str, Any]:
    """Return `values` if they are an object with fields of `record`, among them all that have no
    default. Raises `BadRecipe`.
    """
    if not isinstance(values, dict):
        raise BadRecipe(reason=f"a {record.__name__.lower()} in it is none")
    known = fields(record)
    for each in known:
        needed = each.default is MISSING and each.default_factory is MISSING
        if needed and each.name not in values:
            raise BadRecipe(reason=f"{each.name} is missing")
    if values.keys() - {each.name for each in known}:
        raise BadRecipe(reason="it has parts that do not belong to it")
    return dict(values)


def check_whole(name: str, value: object, low: int, high: int) -> None:
    """Raise `BadRecipe` unless `value` is a whole number in the range."""
    fitting = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
    if not fitting:
        raise BadRecipe(reason=f"{name} is not a whole number from {low} to {high}")


def check_number(name: str, value: object, low: float, high: float) -> None:
    """Raise `BadRecipe` unless `value` is a number in the range."""
    fitting = isinstance(value, int | float) and not isinstance(value, bool)
    # NaN fails the comparison, as it should.
    if not fitting or not low <= value <= high:  # type: ignore[operator]  # narrowed by `fitting`
        raise BadRecipe(reason=f"{name} is not a number from {low:g} to {high:g}")


def check_choice(name: str, value: object, choices: tuple[str, ...]) -> None:
    """Raise `BadRecipe` unless `value` is one of `choices`."""
    if not isinstance(value, str) or value not in choices:
        raise BadRecipe(reason=f"{name} is none of {', '.join(choices)}")


def check_text(name: str, value: object, longest: int = MAX_TEXT) -> None:
    """Refuse long texts and characters that could garble or disguise what is shown."""
    if not isinstance(value, str) or len(value) > longest or not value.isprintable():
        raise BadRecipe(reason=f"{name} is not a short plain text")


def check_date(name: str, value: object) -> None:
    """Raise `BadRecipe` unless `value` is an ISO 8601 date."""
    check_text(name, value)
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        raise BadRecipe(reason=f"{name} is not a date") from None


def check_options(options: object) -> None:
    """Raise `BadRecipe` unless they are short plain values by name."""
    if not isinstance(options, Mapping) or len(options) > MAX_OPTIONS:
        raise BadRecipe(reason="its options are not options")
    for name, value in options.items():
        if not isinstance(name, str) or not name.isidentifier() or len(name) > MAX_TEXT:
            raise BadRecipe(reason="one of its options has an odd name")
        if isinstance(value, str):
            check_text(name, value)
        elif not isinstance(value, bool):
            check_number(name, value, -MAX_NUMBER, MAX_NUMBER)
