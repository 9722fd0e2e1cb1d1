"""Which artworks of the gallery are shown, and in which order."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from ganart.project.artwork_marks import NO_MARK, Mark
from ganart.project.artworks import Artwork, Facts

EXPLORE = "explore"
STYLIZE = "stylize"
PLAIN = "plain"
KINDS_OF = {
    EXPLORE: frozenset({"picture", "sheet", "loop"}),
    STYLIZE: frozenset({"painting", "stylized"}),
    PLAIN: frozenset({""}),
}
"""The kinds of recipes by where they are made; PLAIN has none."""
STILLS = frozenset({"picture", "sheet", "painting"})
"""The kinds that never move."""
_UNREAD = Facts("")
_NAMES = 50_000
"""Whose order is remembered."""


class Order(StrEnum):
    """What comes first."""

    NEWEST = "newest"
    OLDEST = "oldest"
    NAME = "name"
    STARS = "stars"


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; everything as it is here."""

    text: str = ""
    """Words that all stand in the name, the tags or the recipe; numbers as a whole."""
    kind: str = ""
    """A kind of recipe, or a key of `KINDS_OF`."""
    model: str = ""
    """A model's hash."""
    stars: int = 0
    """So many or more; -1: none."""
    tag: str = ""
    since: date | None = None
    """The first day, as the computer's clock has it."""
    until: date | None = None
    """The last day."""
    order: Order = Order.NEWEST


def chosen(
    works: Iterable[Artwork],
    facts: Mapping[Path, Facts],
    marks: Mapping[Path, Mark],
    wanted: Filter,
) -> list[Artwork]:
    """Return the artworks that fit, in order. `works` come newest first."""
    tests = _tests(wanted)

    def fits(work: Artwork) -> bool:
        known, mark = facts.get(work.path, _UNREAD), marks.get(work.path, NO_MARK)
        return all(test(work, known, mark) for test in tests)

    found = [work for work in works if fits(work)]
    match wanted.order:
        case Order.OLDEST:
            found.reverse()
        case Order.NAME:
            found.sort(key=lambda work: _natural(work.path.name))
        case Order.STARS:
            found.sort(key=lambda work: -marks.get(work.path, NO_MARK).stars)
    return found


_Test = Callable[[Artwork, Facts, Mark], bool]


def _tests(wanted: Filter) -> list[_Test]:
    tests: list[_Test] = []
    if wanted.kind:
        kinds = KINDS_OF.get(wanted.kind, {wanted.kind})
        tests.append(lambda _work, facts, _mark: facts.kind in kinds)
    if wanted.model:
        tests.append(lambda _work, facts, _mark: facts.model == wanted.model)
    if wanted.stars:
        least = max(0, wanted.stars)
        tests.append(lambda _w, _f, mark: mark.stars >= least if least else not mark.stars)
    if wanted.tag:
        tests.append(lambda _work, _facts, mark: wanted.tag in mark.tags)
    if wanted.since or wanted.until:
        since, until = wanted.since or date.min, wanted.until or date.max
        tests.append(lambda work, _f, _m: since <= work.created.astimezone().date() <= until)
    for term in wanted.text.casefold().split():
        tests.append(_text_test(term))
    return tests


def _text_test(term: str) -> _Test:
    # Seed 1 is not looked for to find seed 4711.
    number = re.compile(rf"(?<!\d){re.escape(term)}(?!\d)")
    is_number = term.isdecimal()

    def holds(text: str) -> bool:
        return term in text and (not is_number or number.search(text) is not None)

    def test(work: Artwork, facts: Facts, mark: Mark) -> bool:
        return (
            holds(facts.words)
            or holds(work.path.name.casefold())
            or any(holds(tag.casefold()) for tag in mark.tags)
        )

    return test


@lru_cache(maxsize=_NAMES)
def _natural(name: str) -> list[tuple[bool, int, str]]:
    """Return what sorts "seed 9" before "seed 10"."""
    parts = re.split(r"(\d+)", name.casefold())
    return [
        (False, int(part), "") if number % 2 else (True, 0, part)
        for number, part in enumerate(parts)
        if part
    ]
