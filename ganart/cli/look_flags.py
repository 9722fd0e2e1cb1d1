"""Flags that say which look to stylize with."""

import argparse
import os
from pathlib import Path

from ganart.cli.arguments import number_from
from ganart.engine.errors import BadOption
from ganart.engine.style.batch_document import MOST_WEIGHT
from ganart.engine.style.looks import BUILT_IN, COLOURS, Ingredient, Look, LookKind

_BRUSH_SUFFIX = ".safetensors"


def add_look_flags(parser: argparse.ArgumentParser) -> None:
    """Declare --look, --blend, --strength and --colour; the parser must be a default `parser`."""
    parser.add_argument(
        "--look",
        action="append",
        default=[],
        metavar="LOOK",
        help="a style picture, a brush (.safetensors) or a built-in look, with '=N' after it where "
        "it is to count N times in a blend; may be given several times. Built in: "
        + ", ".join(each.key for each in BUILT_IN),
    )
    parser.add_argument(
        "--blend", action="store_true", help="mix all looks into one instead of making one each"
    )
    parser.add_argument(
        "--strength", type=number_from(0, 1), default=1.0, help="0 to 1 (%(default)s)"
    )
    parser.add_argument(
        "--colour", choices=COLOURS, default="style", help="whose colours to use (%(default)s)"
    )


def looks_of(arguments: argparse.Namespace) -> tuple[Look, ...]:
    """Return one look an ingredient, or one of all; kinds that do not mix are wrong usage."""
    parts = [_ingredient(text) for text in arguments.look]
    if not arguments.blend:
        return tuple(
            Look(kind, (part,), arguments.strength, arguments.colour) for kind, part in parts
        )
    kinds = {kind for kind, _ in parts}
    if len(kinds) > 1:
        arguments.parser.error("--blend mixes looks of one kind only")
    return (
        Look(kinds.pop(), tuple(part for _, part in parts), arguments.strength, arguments.colour),
    )


def _ingredient(text: str) -> tuple[LookKind, Ingredient]:
    """Read "starry", "starry=2", "style.jpg" or "own.safetensors=0.5"."""
    source, _, share = text.rpartition("=")
    weight = 1.0
    if source and not os.path.lexists(text):
        try:
            weight = float(share)
        except ValueError:
            source = text
    else:
        source = text
    if not 0 < weight <= MOST_WEIGHT:
        raise BadOption(
            option="look", value=text, allowed=f"a share above 0, up to {MOST_WEIGHT:g}"
        )
    if source in {each.key for each in BUILT_IN}:
        return "built-in", Ingredient(source, weight)
    if not Path(source).suffix and not os.path.lexists(source):
        raise BadOption(
            option="look",
            value=text,
            allowed=f"a file, or {', '.join(each.key for each in BUILT_IN)}",
        )
    kind: LookKind = "brush" if Path(source).suffix.lower() == _BRUSH_SUFFIX else "picture"
    return kind, Ingredient(source, weight)
