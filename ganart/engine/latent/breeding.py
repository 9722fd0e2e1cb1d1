"""Children of two to four points: by crossing, as places between them, by small changes.

A child is a point like any other, found from its parents, the litter's seed and its place in the
litter alone: the same for ever, and whatever the number of its siblings. Numpy only.

Latents in z are crossed number by number and strayed from along great circles, so that those of
children are as normal as their parents'. A style in w has no such law. Where a parent lies in w,
children take whole layers from one parent or another, or lie between them, and stray towards the
style of a seed: always among styles that the model knows.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import numpy as np

from ganart.engine.latent.points import Latents, from_seed, latent_of, mix, resolve, slerp
from ganart.media.family import Kind, Litter
from ganart.media.point import (
    LAYER_MAX,
    MAX_GENES,
    MAX_PARTS,
    MAX_STYLES,
    Gene,
    LayerStyle,
    Part,
    Point,
    vector_of,
)

_KINDS: tuple[Kind, ...] = tuple(each for each in get_args(Kind) if each != "all")
_FINEST = 14
"""Crossings of layers begin below this one: models have about as many."""
_LEAST = 1e-6
"""Parts of less weight are left out."""
_SEEDS = 1_000_000
"""Children stray towards seeds below this, which are short enough to be read."""


def children(litter: Litter, size: int) -> list[Point]:
    """Return the children of a litter in a model whose latents have `size` numbers.

    Raises `BadRecipe` for parents with numbers of another size.
    """
    return [_child(litter, place, size) for place in range(litter.count)]


def _child(litter: Litter, place: int, size: int) -> Point:
    # Its stream stays the same in every version of numpy; see `points`.
    random = np.random.RandomState([litter.seed, place])
    kind = _KINDS[place % len(_KINDS)] if litter.kind == "all" else litter.kind
    # With each parent to the fore in turn, so that all are seen in a litter.
    first = (place // len(_KINDS) if litter.kind == "all" else place) % len(litter.parents)
    shares = _shares(kind, first, len(litter.parents), random)
    # Half the children stray less, so that a wild litter has some that are near their parents.
    stray = litter.wildness * float(random.uniform(0.25, 1.0))
    other = int(random.randint(0, _SEEDS))
    parents = litter.parents
    if all(part.space == "z" for parent in parents for part in parent.parts):
        child = _in_z(kind, parents, shares, stray, other, size, random)
    else:
        child = _in_w(kind, parents, shares, stray, other, random)
    return _dressed(child, parents, shares, random)


def _shares(kind: Kind, first: int, count: int, random: np.random.RandomState) -> list[float]:
    """Return how much of each parent is in a child; the sum is 1."""
    if kind == "mutate":
        return [float(row == first) for row in range(count)]
    weights = random.uniform(0.1, 1.0, count)
    weights[first] += 0.5
    return [float(each) for each in weights / weights.sum()]


def _in_z(
    kind: Kind,
    parents: Sequence[Point],
    shares: Sequence[float],
    stray: float,
    other: int,
    size: int,
    random: np.random.RandomState,
) -> Point:
    if kind == "slerp":
        parts = _scaled(parents, shares, 1 - stray / 2, other)
        if len(parts) <= MAX_PARTS:
            return Point(parts)
        return _at(
            mix(
                np.stack([latent_of(part, size) for part in parts]),
                [part.weight for part in parts],
                "slerp",
            )
        )
    latents = resolve(parents, size)
    donors = random.choice(len(parents), size, p=shares)
    mixed = np.take_along_axis(latents, donors[None], axis=0)[0]
    return _at(slerp(mixed, from_seed(other, size), stray / 2))


def _in_w(
    kind: Kind,
    parents: Sequence[Point],
    shares: Sequence[float],
    stray: float,
    other: int,
    random: np.random.RandomState,
) -> Point:
    if kind != "mix":
        return Point(_heaviest(_scaled(parents, shares, 1 - stray / 2, other)))
    order = [int(each) for each in random.permutation(len(parents))]
    borders = sorted(int(each) for each in random.randint(1, _FINEST, len(parents) - 1))
    ends = [*(each - 1 for each in borders[1:]), LAYER_MAX]
    styles = tuple(
        LayerStyle(replace(_heaviest(parents[row].parts, 1)[0], weight=1.0), begin, end)
        for row, begin, end in zip(order[1:], borders, ends, strict=True)
        if begin <= end
    )
    own = [float(row == order[0]) for row in range(len(parents))]
    return Point(_heaviest(_scaled(parents, own, 1 - stray / 2, other)), styles=styles)


def _scaled(
    parents: Sequence[Point], shares: Sequence[float], kept: float, other: int
) -> tuple[Part, ...]:
    """Return the parts of all parents by their shares of `kept`, and a seed for the rest of 1.

    Those of the same place are one.
    """
    parts = [
        replace(part, weight=part.weight / sum(each.weight for each in parent.parts) * share * kept)
        for parent, share in zip(parents, shares, strict=True)
        for part in parent.parts
        if share > _LEAST
    ]
    if kept < 1 - _LEAST:
        parts.append(Part(other, weight=1 - kept))
    places: dict[tuple[int | None, bytes], Part] = {}
    for part in parts:
        known = places.get((part.seed, part.vector))
        weight = part.weight + (known.weight if known else 0.0)
        places[part.seed, part.vector] = replace(part, weight=weight)
    return tuple(places.values())


def _heaviest(parts: Sequence[Part], most: int = MAX_PARTS) -> tuple[Part, ...]:
    """Return the parts of most weight, in their order."""
    kept = sorted(parts, key=lambda part: -part.weight)[:most]
    return tuple(each for each in parts if each in kept)


def _at(latent: Latents) -> Point:
    return Point((Part(vector=vector_of(latent)),))


def _dressed(
    child: Point,
    parents: Sequence[Point],
    shares: Sequence[float],
    random: np.random.RandomState,
) -> Point:
    """Return a child with what its parents have besides their places: diversity and genes by the
    shares, styles and noise of one of them.
    """
    donor = parents[int(random.choice(len(parents), p=shares))]
    diversity = sum(p.diversity * share for p, share in zip(parents, shares, strict=True))
    genes: dict[tuple[bytes, int, int], Gene] = {}
    for parent, share in zip(parents, shares, strict=True):
        for gene in parent.genes:
            key = gene.vector, gene.first, gene.last
            amount = gene.amount * share + (genes[key].amount if key in genes else 0.0)
            genes[key] = replace(gene, amount=amount)
    strongest = sorted(genes.values(), key=lambda gene: -abs(gene.amount))[:MAX_GENES]
    return replace(
        child,
        diversity=min(max(p.diversity for p in parents), round(diversity, 4)),
        genes=tuple(each for each in strongest if abs(each.amount) > _LEAST),
        styles=(child.styles or donor.styles)[:MAX_STYLES],
        noise=donor.noise,
    )
