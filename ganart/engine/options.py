"""Declaring options once: a dataclass field with its label, help, unit and range. Imports no torch.

Dialogs, the command line's flags and checks of stored values are derived from `options(config)`.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from ganart.engine.errors import BadOption
from ganart.text import QT_TRANSLATE_NOOP


class Group(StrEnum):
    """Where an option stands in the dialog; the value is its heading."""

    BASIC = QT_TRANSLATE_NOOP("options", "Basics")
    STYLE = QT_TRANSLATE_NOOP("options", "Style")
    COLOUR = QT_TRANSLATE_NOOP("options", "Colour")
    LOSSES = QT_TRANSLATE_NOOP("options", "Losses")
    NETWORK = QT_TRANSLATE_NOOP("options", "Networks")
    BALANCE = QT_TRANSLATE_NOOP("options", "Balance of the two networks")
    LEARNING = QT_TRANSLATE_NOOP("options", "Learning")
    PICTURES = QT_TRANSLATE_NOOP("options", "Pictures")
    KEEPING = QT_TRANSLATE_NOOP("options", "Keeping")
    MACHINE = QT_TRANSLATE_NOOP("options", "Computer")
    FILE = QT_TRANSLATE_NOOP("options", "File")
    SIZE = QT_TRANSLATE_NOOP("options", "Size")
    PAGE = QT_TRANSLATE_NOOP("options", "Page")
    MARK = QT_TRANSLATE_NOOP("options", "Signature and edition")
    NAME = QT_TRANSLATE_NOOP("options", "Name and recipe")


@dataclass(frozen=True)
class Option:
    """The declaration of one option; texts are marked for translation in context "options"."""

    label: str
    help: str
    group: Group
    unit: str = ""
    low: float | None = None
    high: float | None = None
    """Of a text the most characters."""
    choices: tuple[Any, ...] = ()
    name: str = ""
    default: Any = None


def option(default: Any, label: str, help: str, group: Group, **more: Any) -> Any:  # noqa: A002, ANN401
    """Declare a dataclass field together with its `Option`."""
    return field(default=default, metadata={"option": Option(label, help, group, **more)})


def device_option() -> Any:  # noqa: ANN401  (as `option`)
    """Declare where a job computes."""
    return option(
        "auto",
        QT_TRANSLATE_NOOP("options", "Device"),
        QT_TRANSLATE_NOOP(
            "options", "Where to compute. auto takes the graphics card where there is a usable one."
        ),
        Group.MACHINE,
        choices=("auto", "cpu", "cuda", "mps"),
    )


def threads_option() -> Any:  # noqa: ANN401  (as `option`)
    """Declare how many processor cores a job uses."""
    return option(
        0,
        QT_TRANSLATE_NOOP("options", "Processor threads"),
        QT_TRANSLATE_NOOP("options", "How many processor cores to use. 0 chooses for you."),
        Group.MACHINE,
        low=0,
        high=256,
    )


def options(config: type) -> Iterator[Option]:
    """Yield the options of a config class in the order of their declaration."""
    for each in fields(config):
        yield dataclasses.replace(each.metadata["option"], name=each.name, default=each.default)


def check(declared: Option, value: Any) -> None:  # noqa: ANN401
    """Raise `BadOption` unless `value` has the type of the default and lies in the range."""
    kind = type(declared.default)
    fitting = isinstance(value, (int, float) if kind is float else kind)
    if kind is not bool and isinstance(value, bool):
        fitting = False
    if declared.choices:
        allowed = ", ".join(str(choice) for choice in declared.choices)
        if not fitting or value not in declared.choices:
            raise BadOption(option=declared.name, value=value, allowed=allowed)
        return
    if kind is bool:
        allowed = "true, false"
    elif kind is str:
        allowed = f"up to {declared.high:g} plain characters"
        fitting = fitting and len(value) <= (declared.high or 0) and value.isprintable()
    else:
        allowed = f"{declared.low:g} ... {declared.high:g}"
        # The chained comparison is False for NaN, which is what is wanted.
        fitting = fitting and declared.low <= value <= declared.high
    if not fitting:
        raise BadOption(option=declared.name, value=value, allowed=allowed)
