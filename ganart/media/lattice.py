"""A map of all seeds: one at every whole place of an endless plane, mixes of four between them.

Seeds lie on a spiral around seed 0, so that small seeds are near each other and seeds that follow
each other are neighbours. The plane repeats after `SIDE` places either way: the spiral's first
SIDE * SIDE places are a square, and its edges are joined.
"""

import math

from ganart.media.point import Part

SIDE = 2**16
"""Places after which the map repeats, across and down: SIDE * SIDE = SEED_MAX + 1."""
FINENESS = 1000
"""Positions from one place to the next."""

Place = tuple[float, float]
"""Across and down, in places from seed 0."""


def place_of_seed(seed: int) -> tuple[int, int]:
    """Return where a seed 0 ... SEED_MAX lies; both numbers are in -SIDE / 2 < n <= SIDE / 2."""
    ring = (math.isqrt(seed) + 1) // 2
    if ring == 0:
        return 0, 0
    side, along = divmod(seed - (2 * ring - 1) ** 2, 2 * ring)
    far, near = ring - 1 - along, along + 1 - ring
    return ((ring, near), (far, ring), (-ring, far), (near, -ring))[side]


def seed_at(x: int, y: int) -> int:
    """Return the seed at a whole place, however far away."""
    x, y = int(_wrapped(x)), int(_wrapped(y))
    ring = max(abs(x), abs(y))
    if ring == 0:
        return 0
    if x == ring and y > -ring:
        along = y + ring - 1
    elif y == ring:
        along = 3 * ring - 1 - x
    elif x == -ring:
        along = 5 * ring - 1 - y
    else:
        along = 7 * ring - 1 + x
    return (2 * ring - 1) ** 2 + along


def settled(place: Place) -> Place:
    """Return the nearest of the positions that the map has, in its middle copy."""
    x, y = (_wrapped(round(_wrapped(each) * FINENESS) / FINENESS) for each in place)
    return x, y


def parts_at(place: Place) -> tuple[Part, ...]:
    """Return the one to four seeds around a position, each by how near it is (bilinear)."""
    x, y = settled(place)
    left, top = math.floor(x), math.floor(y)
    right_share, low_share = x - left, y - top
    corners = (
        (left, top, (1 - right_share) * (1 - low_share)),
        (left + 1, top, right_share * (1 - low_share)),
        (left, top + 1, (1 - right_share) * low_share),
        (left + 1, top + 1, right_share * low_share),
    )
    return tuple(Part(seed_at(x, y), weight=share) for x, y, share in corners if share)


def place_of(parts: tuple[Part, ...]) -> Place | None:
    """Return the position whose `parts_at` these are, or None for mixes that the map has not."""
    if not 1 <= len(parts) <= 4 or any(part.seed is None for part in parts):
        return None
    total = math.fsum(part.weight for part in parts)
    first = place_of_seed(parts[0].seed or 0)
    x, y = map(float, first)
    for part in parts[1:]:
        across, down = place_of_seed(part.seed or 0)
        x += _wrapped(across - first[0]) * part.weight / total
        y += _wrapped(down - first[1]) * part.weight / total
    place = settled((x, y))
    found = {part.seed: part.weight for part in parts_at(place)}
    wanted = {part.seed: part.weight / total for part in parts}
    fitting = found.keys() == wanted.keys() and all(
        math.isclose(found[seed], wanted[seed], abs_tol=1 / FINENESS) for seed in found
    )
    return place if fitting else None


def nearest(place: Place, to: Place) -> Place:
    """Return the copy of `place` that is nearest to another position."""
    x, y = (there + _wrapped(here - there) for here, there in zip(place, to, strict=True))
    return x, y


def _wrapped(value: float) -> float:
    """Return the copy of a coordinate in -SIDE / 2 < value <= SIDE / 2."""
    return value - SIDE * math.ceil(value / SIDE - 0.5)
