"""The choices of the Stylize page as they are kept in the project."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast, get_args

from PySide6.QtGui import QImage

from ganart.engine.style.looks import COLOURS, LookKind
from ganart.ui.pages.stylize_choice import Choice, LookChoice
from ganart.workers.areas import area_name, read_area
from ganart.workers.paintings import PaintStyle

KEY = "stylize"
_MOST_STYLES = 40


def to_document(choice: Choice) -> dict[str, Any]:
    """Return a choice as JSON values; areas by their names, see `areas_of`."""
    look = choice.look
    return {
        "photo": str(choice.photo) if choice.photo is not None else "",
        "scale": choice.scale,
        "kind": look.kind,
        "paintings": [
            [str(each.path), each.weight, _name(each.photo_mask), _name(each.style_mask)]
            for each in look.paintings
        ],
        "built_in": list(look.built_in),
        "brush": str(look.brush) if look.brush is not None else "",
        "strength": look.strength,
        "colour": look.colour,
    }


def areas_of(choice: Choice) -> dict[str, QImage]:
    """Return the areas of a choice by the names that its document gives them."""
    paintings = choice.look.paintings
    masks = [mask for each in paintings for mask in (each.photo_mask, each.style_mask)]
    return {area_name(mask): mask for mask in masks if mask is not None}


def from_document(document: object, areas: Path) -> Choice:
    """Return what was kept, with its areas from the folder `areas`.

    Files that are gone, and whatever makes no sense, are left out.
    """
    kept = document if isinstance(document, Mapping) else {}
    fresh = Choice()
    kind, colour = kept.get("kind"), kept.get("colour")
    look = LookChoice(
        kind=cast("LookKind", kind) if kind in get_args(LookKind) else fresh.look.kind,
        paintings=tuple(_styles(kept.get("paintings"), areas)),
        built_in=tuple(each for each in _list(kept.get("built_in")) if isinstance(each, str)),
        brush=_file(kept.get("brush")),
        strength=_number(kept.get("strength"), 0.0, 1.0, 1.0),
        colour=colour if colour in COLOURS else fresh.look.colour,
    )
    return Choice(_file(kept.get("photo")), look, _number(kept.get("scale"), 0.1, 4.0, 1.0))


def _styles(kept: object, areas: Path) -> Iterator[PaintStyle]:
    for each in _list(kept):
        if not isinstance(each, list) or len(each) not in (2, 4):
            continue
        path = _file(each[0])
        if path is not None:
            masks = [read_area(name, areas) for name in each[2:]]
            yield PaintStyle(path, _number(each[1], 0.0, 1.0, 1.0), *masks)


def _name(area: QImage | None) -> str:
    return area_name(area) if area is not None else ""


def _list(kept: object) -> list[Any]:
    return kept[:_MOST_STYLES] if isinstance(kept, list) else []


def _file(kept: object) -> Path | None:
    if not isinstance(kept, str) or not kept:
        return None
    path = Path(kept)
    try:
        return path if path.is_file() else None
    except (OSError, ValueError):  # a name that this system cannot have
        return None


def _number(kept: object, low: float, high: float, otherwise: float) -> float:
    if isinstance(kept, bool) or not isinstance(kept, int | float):
        return otherwise
    # The chained comparison is False for NaN, which is what is wanted.
    return float(kept) if low <= kept <= high else otherwise
