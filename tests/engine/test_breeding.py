"""Children of points: the same for ever, between their parents, as wild as asked for."""

from dataclasses import replace

import numpy as np
import pytest

from ganart.engine.latent.breeding import children
from ganart.engine.latent.points import from_seed, resolve
from ganart.media.family import Litter
from ganart.media.point import MAX_PARTS, Gene, LayerStyle, Part, Point, vector_of
from ganart.media.recipe_checks import BadRecipe

SIZE = 64
FIRST_CHILD = [0.0122103, -0.6223975, 2.3743553, -1.0434525]
"""Of the litter below in a model of four numbers, crossed."""
PARENTS = (Point.at(1), Point.at(5), Point.at(9))


def litter(**changes) -> Litter:
    return replace(Litter(PARENTS, seed=7, wildness=0.3, count=12), **changes)


def in_w(seed: int) -> Point:
    return Point((Part(vector=vector_of(from_seed(seed, SIZE)), space="w"),))


def test_children_are_the_same_again_whatever_the_number_of_their_siblings():
    twelve = children(litter(), SIZE)
    assert children(litter(), SIZE) == twelve
    assert children(litter(count=5), SIZE) == twelve[:5]
    assert len(set(twelve)) == 12
    assert not set(children(litter(seed=8), SIZE)) & set(twelve)


def test_a_child_of_long_ago_has_the_same_numbers():
    child = children(litter(kind="mix", count=1), 4)[0]
    assert np.allclose(resolve([child], 4)[0], FIRST_CHILD, atol=1e-6)


def test_a_tame_crossing_takes_every_number_from_a_parent():
    parents = resolve(PARENTS, SIZE)
    for child in resolve(children(litter(kind="mix", wildness=0.0), SIZE), SIZE):
        assert (np.abs(parents - child).min(0) < 1e-5).all()
        assert ((np.abs(parents - child) < 1e-5).sum(1) < SIZE).all()


def test_a_tame_mutant_is_its_parent_each_in_turn():
    found = resolve(children(litter(kind="mutate", wildness=0.0, count=3), SIZE), SIZE)
    assert np.allclose(found, resolve(PARENTS, SIZE), atol=1e-5)


def test_wilder_mutants_stray_further_but_stay_as_long_as_latents_are():
    parents = resolve(PARENTS, SIZE)
    strays = []
    for wildness in (0.1, 0.5, 1.0):
        found = resolve(children(litter(kind="mutate", wildness=wildness), SIZE), SIZE)
        strays.append(np.linalg.norm(found - np.tile(parents, (4, 1)), axis=1).mean())
        assert (np.linalg.norm(found, axis=1) > 0.7 * SIZE**0.5).all()
    assert strays == sorted(strays)
    assert strays[2] > 2 * strays[0]


def test_mixes_name_their_seeds_until_there_are_too_many():
    family = children(litter(kind="slerp"), SIZE)
    assert all(set(child.seeds) >= {1, 5, 9} for child in family)
    for _ in range(6):
        family = children(litter(parents=tuple(family[:4]), kind="slerp"), SIZE)
        assert all(len(child.parts) <= MAX_PARTS for child in family)
    assert np.isfinite(resolve(family, SIZE)).all()


@pytest.mark.parametrize("kind", ["mix", "slerp", "mutate", "all"])
def test_styles_breed_with_seeds(kind):
    family = children(litter(parents=(in_w(1), Point.at(3)), kind=kind), SIZE)
    assert len(set(family)) == 12
    if kind == "mix":
        assert all(child.styles for child in family)
    for _ in range(4):
        family = children(litter(parents=tuple(family[:3]), kind=kind), SIZE)
    assert all(1 <= len(child.parts) <= MAX_PARTS for child in family)


def test_what_parents_wear_is_inherited():
    direction = vector_of(np.ones(SIZE, np.float32))
    dressed = replace(
        Point.at(1, diversity=0.5),
        genes=(Gene("Age", direction, 2.0),),
        styles=(LayerStyle(Part(8), 3, 5),),
        noise=False,
    )
    family = children(litter(parents=(dressed, Point.at(2)), count=25), SIZE)
    assert all(0.5 <= child.diversity <= 1.0 for child in family)
    amounts = [gene.amount for child in family for gene in child.genes]
    assert amounts
    assert all(0 < amount <= 2.0 for amount in amounts)
    assert {child.noise for child in family} == {True, False}
    assert {bool(child.styles) for child in family} == {True, False}
    clone = children(litter(parents=(dressed, dressed), kind="mutate", wildness=0.0), SIZE)[0]
    assert (clone.diversity, clone.genes, clone.styles) == (0.5, dressed.genes, dressed.styles)


def test_numbers_of_another_model_are_refused():
    with pytest.raises(BadRecipe):
        children(litter(parents=(children(litter(kind="mix"), 8)[0], Point.at(1))), SIZE)
