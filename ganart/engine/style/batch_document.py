"""The plan of a batch as JSON and back, trusting nothing that is read. Imports no torch."""

import json
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any, get_args

from ganart.engine.errors import BadOption
from ganart.engine.style.batch_plan import BatchPlan, Output, check_plan
from ganart.engine.style.looks import COLOURS, Ingredient, Look, LookKind

MOST_WEIGHT = 1e6
"""Of one ingredient of a look."""


class BadDocument(Exception):
    """The text is no plan; the message says why."""


def with_whole_paths(plan: BatchPlan) -> BatchPlan:
    """Return `plan` with paths that hold in any working folder."""
    looks = tuple(
        look
        if look.kind == "built-in"
        else replace(
            look,
            ingredients=tuple(
                replace(each, source=str(each.path.absolute())) for each in look.ingredients
            ),
        )
        for look in plan.looks
    )
    return replace(
        plan,
        sources=tuple(source.absolute() for source in plan.sources),
        looks=looks,
        output=replace(plan.output, folder=plan.output.folder.absolute()),
    )


def to_json(plan: BatchPlan) -> str:
    """Return the plan as ASCII JSON; names that are no Unicode survive."""
    return json.dumps(asdict(plan), default=str)


def from_json(text: str) -> BatchPlan:
    """Read `to_json`'s text. Raises `BadDocument` for anything else."""
    try:
        values = json.loads(text)
        plan = _plan(values)
        check_plan(plan)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadDocument("it is not a plan of a batch") from error
    except BadOption as error:
        raise BadDocument(str(error)) from error
    return plan


def _plan(values: dict[str, Any]) -> BatchPlan:
    output = {each.name: values["output"][each.name] for each in fields(Output)}
    _require_kinds(output, Output(Path()), {"folder": str})
    rest = {name: values[name] for name in ("watch", "device", "threads")}
    _require_kinds(rest, BatchPlan((), (), Output(Path())), {})
    return BatchPlan(
        sources=tuple(_path(source) for source in values["sources"]),
        looks=tuple(_look(look) for look in values["looks"]),
        output=Output(**{**output, "folder": _path(output["folder"])}),
        **rest,
    )


def _look(values: dict[str, Any]) -> Look:
    ingredients = tuple(
        Ingredient(str(_path(each["source"])), _share(each["weight"], MOST_WEIGHT))
        for each in values["ingredients"]
    )
    if values["kind"] not in get_args(LookKind) or values["colour"] not in COLOURS:
        raise ValueError("no such kind of look")
    if not ingredients or any(each.weight == 0 for each in ingredients):
        raise ValueError("a look without ingredients")
    return Look(values["kind"], ingredients, _share(values["strength"], 1.0), values["colour"])


def _require_kinds(values: dict[str, Any], like: object, other: dict[str, type]) -> None:
    """Raise `TypeError` unless each value is of the type that the field of `like` has."""
    for name, value in values.items():
        if type(value) is not other.get(name, type(getattr(like, name))):
            raise TypeError(name)


def _path(text: object) -> Path:
    if not isinstance(text, str) or not text or "\0" in text:
        raise ValueError("no path")
    return Path(text)


def _share(value: object, high: float) -> float:
    """Return a number from 0 to `high`; NaN fails the comparison, as it should."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= high:
        raise ValueError("no share")
    return float(value)
