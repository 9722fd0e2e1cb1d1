"""Mixes of points: what lies between places that may be mixes themselves, with genes and styles."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from ganart.media.point import (
    DIVERSITY_MAX,
    GENE_MAX,
    MAX_GENES,
    MAX_PARTS,
    Gene,
    Method,
    Part,
    Point,
)

Key = TypeVar("Key")

_LEAST_SHARE = 1e-9
"""What weighs less is left out; nobody would see it."""


def mix_points(
    points: Sequence[Point], weights: Sequence[float], method: Method | None = None
) -> Point:
    """Return the mix of `points` by `weights`, of which only how they compare counts.

    A point that has all the weight is returned as it is. Else the parts of all are mixed by their
    shares, diversity and the amounts of genes are averaged (a point without a gene counts as 0),
    and what cannot be mixed, styles and noise, is that of the heaviest point; so is the `method`
    unless one is given. Beyond MAX_PARTS and MAX_GENES the lightest are left out.

    Raises `ValueError` for weights that are not finite, below 0, or all 0.
    """
    shares = _shares(points, weights)
    if len(shares) == 1:
        return next(iter(shares))
    heaviest = max(shares, key=lambda point: shares[point])
    return Point(
        _parts(shares),
        method or heaviest.method,
        # Rounding must not carry it over the edge.
        min(DIVERSITY_MAX, math.fsum(share * point.diversity for point, share in shares.items())),
        _genes(shares),
        heaviest.styles,
        heaviest.noise,
    )


def _shares(points: Sequence[Point], weights: Sequence[float]) -> dict[Point, float]:
    """Return the share of each of the different points; shares are above 0, their sum is 1."""
    total = math.fsum(weights)
    if not math.isfinite(total) or total <= 0 or min(weights) < 0:
        raise ValueError(f"these are no weights: {list(weights)}")
    shares: dict[Point, float] = {}
    for point, weight in zip(points, weights, strict=True):
        if weight / total >= _LEAST_SHARE:
            shares[point] = shares.get(point, 0.0) + weight / total
    return shares


def _parts(shares: dict[Point, float]) -> tuple[Part, ...]:
    """Return the parts of all points, each place once."""
    weights: dict[Part, float] = {}
    for point, share in shares.items():
        total = math.fsum(part.weight for part in point.parts)
        for part in point.parts:
            place = replace(part, weight=1.0)
            weights[place] = weights.get(place, 0.0) + share * part.weight / total
    seen = {place: weight for place, weight in weights.items() if weight >= _LEAST_SHARE}
    return tuple(replace(place, weight=weights[place]) for place in _heaviest(seen, MAX_PARTS))


def _genes(shares: dict[Point, float]) -> tuple[Gene, ...]:
    """Return the genes of all points, each direction once, with its average amount."""
    named: dict[tuple[bytes, int, int], Gene] = {}
    amounts: dict[tuple[bytes, int, int], float] = {}
    for point, share in shares.items():
        for gene in point.genes:
            key = (gene.vector, gene.first, gene.last)
            named.setdefault(key, gene)
            amounts[key] = amounts.get(key, 0.0) + share * gene.amount
    felt = {key: abs(amount) for key, amount in amounts.items() if amount}
    return tuple(
        replace(named[key], amount=max(-GENE_MAX, min(GENE_MAX, amounts[key])))
        for key in _heaviest(felt, MAX_GENES)
    )


def _heaviest(weights: dict[Key, float], most: int) -> list[Key]:
    """Return the keys, without the lightest where there are more than `most`."""
    if len(weights) <= most:
        return list(weights)
    return sorted(weights, key=lambda key: -weights[key])[:most]
