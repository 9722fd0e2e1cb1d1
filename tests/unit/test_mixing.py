import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganart.media.mixing import mix_points
from ganart.media.point import (
    DIVERSITY_MAX,
    GENE_MAX,
    MAX_PARTS,
    SEED_MAX,
    Gene,
    LayerStyle,
    Part,
    Point,
    vector_of,
)

ROUND = vector_of(np.array([1, 2, 3], np.float32))
BLUE = vector_of(np.array([3, 2, 1], np.float32))

genes = st.builds(
    Gene,
    name=st.just("round"),
    vector=st.sampled_from([ROUND, BLUE]),
    amount=st.floats(-GENE_MAX, GENE_MAX),
)
points = st.builds(
    Point,
    parts=st.lists(
        st.builds(Part, seed=st.integers(0, SEED_MAX), weight=st.floats(1e-9, 1e9)),
        min_size=1,
        max_size=MAX_PARTS,
    ).map(tuple),
    method=st.sampled_from(["slerp", "lerp"]),
    diversity=st.floats(0, DIVERSITY_MAX),
    genes=st.lists(genes, max_size=3).map(tuple),
)


def test_a_point_with_all_the_weight_stays_as_it_is() -> None:
    styled = Point((Part(3),), genes=(Gene("a", ROUND, 2.0),), styles=(LayerStyle(Part(4), 0, 3),))
    assert mix_points([Point.at(1), styled], [0, 5]) is styled
    assert mix_points([styled, styled], [1, 2]) == styled


def test_parts_of_mixes_are_mixed_by_their_shares() -> None:
    mixed = mix_points([Point.between(1, 2, 0.25), Point.at(2)], [1, 3])
    assert {part.seed: part.weight for part in mixed.parts} == {
        1: pytest.approx(0.1875),
        2: pytest.approx(0.8125),
    }


def test_genes_and_diversity_are_averaged_and_styles_are_of_the_heaviest() -> None:
    a = Point((Part(1),), diversity=0.5, genes=(Gene("a", ROUND, 2.0), Gene("b", BLUE, 1.0)))
    b = Point((Part(2),), genes=(Gene("a", ROUND, -2.0),), styles=(LayerStyle(Part(9), 0, 3),))
    mixed = mix_points([a, b], [1, 3])
    assert mixed.diversity == pytest.approx(0.875)
    amounts = {gene.vector: gene.amount for gene in mixed.genes}
    assert amounts == {ROUND: pytest.approx(-1.0), BLUE: pytest.approx(0.25)}
    assert mixed.styles == b.styles
    assert mix_points([a, b], [3, 1]).styles == ()


def test_a_gene_that_cancels_out_is_gone() -> None:
    there, back = (Point((Part(1),), genes=(Gene("a", ROUND, each),)) for each in (2.0, -2.0))
    assert mix_points([there, back], [1, 1]).genes == ()


def test_of_too_many_parts_the_lightest_are_left_out() -> None:
    seeds = range(MAX_PARTS + 4)
    mixed = mix_points([Point.at(seed) for seed in seeds], [1 + seed for seed in seeds])
    assert sorted(mixed.seeds) == list(range(4, MAX_PARTS + 4))


def test_a_method_can_be_given() -> None:
    pair = [Point.at(1), Point.at(2)]
    assert mix_points(pair, [1, 1]).method == "slerp"
    assert mix_points(pair, [1, 1], "lerp").method == "lerp"


@pytest.mark.parametrize("weights", [[0, 0], [-1, 2], [float("nan"), 1], [float("inf"), 1]])
def test_what_is_no_weight_is_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        mix_points([Point.at(1), Point.at(2)], weights)


@given(st.lists(st.tuples(points, st.floats(1e-6, 1e6)), min_size=1, max_size=5))
def test_any_points_can_be_mixed(pairs: list[tuple[Point, float]]) -> None:
    mixed = mix_points(*zip(*pairs, strict=True))
    given_seeds = {seed for point, _ in pairs for seed in point.seeds}
    assert set(mixed.seeds) <= given_seeds


@given(points, points, st.floats(0, 1))
def test_the_order_of_points_does_not_matter_for_what_is_averaged(
    a: Point, b: Point, amount: float
) -> None:
    there, back = mix_points([a, b], [1 - amount, amount]), mix_points([b, a], [amount, 1 - amount])
    assert there.diversity == pytest.approx(back.diversity)
    for vector in (ROUND, BLUE):
        amounts = [
            sum(gene.amount for gene in mixed.genes if gene.vector == vector)
            for mixed in (there, back)
        ]
        assert amounts[0] == pytest.approx(amounts[1], abs=1e-9)
