import time
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from ganart.engine.errors import BadOption
from ganart.engine.latent.points import from_seed, lerp, resolve, slerp
from ganart.engine.latent.timetable import eased
from ganart.engine.latent.walks import walk
from ganart.media.composition import Composition, Keyframe, evenly, there_and_back, there_and_on
from ganart.media.drive import Drive
from ganart.media.point import SEED_MAX, Gene, LayerStyle, Part, Point, vector_of
from ganart.media.recipe import BadRecipe

SIZE = 16
PATHS = ["legs", "spline", "circle"]
seeds = st.integers(0, SEED_MAX)
stations = st.lists(seeds, min_size=2, max_size=12)
methods = st.sampled_from(["lerp", "slerp"])


def vector(seed, size=SIZE):
    return vector_of(from_seed(seed, size))


parts = st.one_of(
    seeds.map(Part),
    st.builds(Part, seed=seeds, weight=st.floats(0.1, 9)),
    st.integers(0, 99).map(lambda seed: Part(vector=vector(seed))),
)
genes = st.builds(
    Gene,
    name=st.just("warm"),
    vector=st.integers(0, 2).map(vector),
    amount=st.floats(-5, 5),
)
points = st.builds(
    Point,
    parts=st.lists(parts, min_size=1, max_size=4).map(tuple),
    method=methods,
    diversity=st.floats(0, 2),
    genes=st.lists(genes, max_size=2).map(tuple),
)


@st.composite
def walks(draw):
    chosen = draw(stations)
    frames = draw(st.integers(len(chosen), 60))
    return chosen, frames, draw(methods)


@st.composite
def compositions(draw, paths=PATHS):
    chosen = draw(st.lists(points, min_size=2, max_size=6))
    times = sorted(draw(st.sets(st.integers(0, 999), min_size=len(chosen), max_size=len(chosen))))
    keyframes = tuple(
        Keyframe(
            point,
            at / 1000,
            draw(st.sampled_from([0.0, 0.25, 0.95])),
            draw(st.sampled_from(["even", "smooth", "start", "end"])),
            draw(methods),
        )
        for point, at in zip(chosen, times, strict=True)
    )
    drive = Drive(draw(st.binary(min_size=1, max_size=30)), strength=draw(st.floats(0, 1)))
    return Composition(
        keyframes,
        1.0,
        draw(st.sampled_from(paths)),
        draw(st.floats(0, 3)),
        draw(st.booleans()),
        draw(st.integers(0, 9)),
        draw(st.integers(1, 8)),
        drive=draw(st.sampled_from([None, drive])),
    )


def loop(chosen, frames, method="slerp", diversity=1.0, **values):
    each = tuple(Point.at(seed, diversity) for seed in chosen)
    return walk(evenly(each, 1.0, method, **values), frames, SIZE)


def steps_of(way, size=SIZE):
    """Return how far each frame is from the one before; the first from the last."""
    latents = resolve(list(way), size)
    return np.linalg.norm(latents - np.roll(latents, 1, axis=0), axis=1)


@given(walks(), st.floats(0.0, 2.0))
def test_loops_of_older_recipes_keep_their_frames(way, diversity):
    """They give every seed the same time, and pass by smoothly; the sum is that of version 1."""
    chosen, frames, method = way
    assume(all(a != b for a, b in zip(chosen, chosen[1:] + chosen[:1], strict=True)))
    found = list(loop(chosen, frames, method, diversity))
    latents = resolve(found, SIZE)
    between = {"lerp": lerp, "slerp": slerp}[method]
    for frame in range(frames):
        segment, remainder = divmod(frame * len(chosen), frames)
        amount = remainder / frames
        amount = amount * amount * (3 - 2 * amount)
        here = from_seed(chosen[segment], SIZE)
        there = from_seed(chosen[(segment + 1) % len(chosen)], SIZE)
        expected = between(here, there, amount) if amount >= 1e-9 else here
        assert np.array_equal(latents[frame], expected)
        assert found[frame].diversity == diversity
        assert not any(part.vector for part in found[frame].parts)


@given(compositions(["legs", "spline"]))
def test_every_keyframe_is_shown_exactly_when_its_time_comes(composition):
    undriven = replace(composition, drive=None, is_ping_pong=False)
    way = walk(undriven, 1000, SIZE)
    for keyframe in undriven.keyframes:
        assert way[round(keyframe.at * 1000)] == keyframe.point


@given(compositions(), st.integers(6, 60), st.integers(0, 5))
def test_the_frame_after_the_last_is_the_first(composition, frames, later):
    way = walk(composition, frames, SIZE)
    assert len(list(way)) == frames
    for frame in (0, later):
        assert way.at(Fraction(frames + frame, frames)) == way[frame]


@given(compositions(), st.integers(6, 20))
def test_a_loop_does_not_depend_on_how_finely_it_is_shown(composition, frames):
    assert list(walk(composition, frames, SIZE)) == walk(composition, 3 * frames, SIZE)[::3]


@settings(max_examples=12, deadline=None, phases=[Phase.generate])
@given(compositions())
def test_nothing_jumps_neither_at_the_seam_nor_elsewhere(composition):
    keyframes = composition.keyframes
    evened = tuple(
        replace(each, at=row / len(keyframes), hold=0.0) for row, each in enumerate(keyframes)
    )
    even = replace(composition, keyframes=evened, drive=None, is_ping_pong=False)
    way = list(walk(there_and_back(even) if composition.is_ping_pong else even, 1600, SIZE))
    longest = np.linalg.norm(resolve(way, SIZE), axis=1).max()
    assert steps_of(way).max() < 0.1 * longest + 1e-3
    diversities = np.array([each.diversity for each in way])
    assert np.abs(diversities - np.roll(diversities, 1)).max() < 0.05


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("is_ping_pong", [False, True])
def test_the_step_over_the_seam_is_not_larger_than_those_beside_it(path, is_ping_pong):
    composition = replace(
        evenly(tuple(map(Point.at, (3, 1, 4, 1, 5))), 1.0, ease="even"), path=path
    )
    if is_ping_pong:
        composition = there_and_back(composition)
    steps = steps_of(walk(composition, 120, SIZE))
    assert steps[0] <= max(steps[1], steps[-1]) * 1.05


@given(compositions(["spline"]))
def test_a_smooth_curve_is_as_long_as_its_keyframes(composition):
    keyframes = tuple(replace(each, method="slerp") for each in composition.keyframes)
    way = walk(replace(composition, keyframes=keyframes), 60, SIZE)
    lengths = np.linalg.norm(resolve([each.point for each in keyframes], SIZE), axis=1)
    shown = np.linalg.norm(resolve(list(way), SIZE), axis=1)
    assert shown.min() >= lengths.min() * 0.999
    assert shown.max() <= lengths.max() * 1.001


def test_a_smooth_curve_has_no_corners_where_legs_have_them():
    def corner(path):
        composition = replace(evenly(tuple(map(Point.at, range(5))), 1.0, ease="even"), path=path)
        latents = resolve(list(walk(composition, 500, SIZE)), SIZE)
        steps = latents - np.roll(latents, 1, axis=0)
        return np.linalg.norm(steps - np.roll(steps, 1, axis=0), axis=1).max()

    assert corner("spline") < corner("legs") / 5


def test_a_smooth_curve_in_w_goes_by_its_numbers_whatever_their_layers():
    one = Point((Part(vector=vector(1), space="w"),))
    layers = vector_of(np.stack([from_seed(seed, SIZE) for seed in (2, 3)]))
    other = Point((Part(vector=layers, space="w"),))
    composition = replace(evenly((one, other), 1.0, ease="even"), path="spline")
    way = walk(composition, 4, SIZE)
    assert (way[0], way[2]) == (one, other)
    (part,) = way[1].parts
    halfway = (from_seed(1, SIZE) + np.stack([from_seed(2, SIZE), from_seed(3, SIZE)])) / 2
    assert part.space == "w"
    np.testing.assert_allclose(np.frombuffer(part.vector, "<f4"), halfway.ravel(), atol=1e-6)


def test_between_a_seed_and_numbers_in_w_a_curve_goes_straight():
    composition = evenly((Point.at(1), Point((Part(vector=vector(2), space="w"),))), 1.0)
    curve = walk(replace(composition, path="spline"), 8, SIZE)
    assert list(curve) == list(walk(composition, 8, SIZE))


@given(seeds, st.integers(0, 9), st.integers(1, 8), st.floats(0.1, 5))
def test_a_circle_stays_at_its_distance_of_the_first_keyframe(centre, seed, laps, radius):
    keyframe = Keyframe(Point.at(centre), 0.0, method="lerp")
    circle = Composition((keyframe,), 1.0, "circle", radius, seed=seed, laps=laps)
    away = resolve(list(walk(circle, 64, SIZE)), SIZE) - from_seed(centre, SIZE)
    distances = np.sqrt((away**2).mean(axis=1))
    if 2 * laps <= SIZE:
        np.testing.assert_allclose(distances, radius, rtol=1e-4)
    np.testing.assert_allclose(away.mean(axis=0), 0, atol=1e-4 * radius)


def test_circles_differ_by_their_seed_and_keep_what_the_keyframe_has():
    gene = Gene("warm", vector(9), 2.0)
    style = LayerStyle(Part(3), 1, 2)
    point = Point((Part(1), Part(2)), "slerp", 0.7, (gene,), (style,), noise=False)
    circle = Composition((Keyframe(point, 0.0),), 1.0, "circle")
    first = walk(circle, 10, SIZE)
    assert first[3] != walk(replace(circle, seed=1), 10, SIZE)[3]
    for each in first:
        assert replace(each, parts=point.parts) == point
    lengths = np.linalg.norm(resolve(list(first), SIZE), axis=1)
    np.testing.assert_allclose(lengths, np.linalg.norm(resolve([point], SIZE)), rtol=1e-5)


def test_a_circle_about_numbers_in_w_mixes_in_a_circle_of_latents():
    centre = Part(vector=vector(2), space="w")
    circle = Composition((Keyframe(Point((centre,)), 0.0),), 1.0, "circle", 0.5)
    way = walk(circle, 12, SIZE)
    assert all(each.parts[0] == centre and each.parts[1].weight == 0.5 for each in way)
    assert len({each.parts[1].vector for each in way}) == 12
    assert set(walk(replace(circle, radius=0.0), 12, SIZE)) == {Point((centre,))}


def test_a_hold_stands_still_and_then_goes_all_the_way():
    way = list(loop((3, 1), 40, hold=0.5))
    assert way[:11] == [Point.at(3)] * 11
    assert way[20:31] == [Point.at(1)] * 11
    assert way[11].seeds == way[19].seeds == (3, 1)


@given(st.integers(2, 9), st.integers(1, 9), st.booleans())
def test_a_loop_that_comes_back_is_its_own_mirror(count, each, is_curve):
    composition = there_and_back(evenly(tuple(map(Point.at, range(count))), 1.0))
    composition = replace(composition, path="spline" if is_curve else "legs")
    frames = 2 * each * (count - 1)
    way = walk(composition, frames, SIZE)
    assert way[0] == Point.at(0)
    assert way[frames // 2] == Point.at(count - 1)
    latents = resolve(list(way), SIZE)
    mirrored = np.roll(latents[::-1], 1, axis=0)
    np.testing.assert_allclose(latents, mirrored, atol=1e-4)


@given(st.integers(2, 9))
def test_coming_back_can_be_chosen_and_taken_back(count):
    composition = evenly(tuple(map(Point.at, range(count))), 1.0)
    again = there_and_on(there_and_back(composition))
    times = [each.at for each in again.keyframes]
    assert times == pytest.approx([each.at for each in composition.keyframes])
    assert not again.is_ping_pong


@pytest.mark.parametrize("ease", ["even", "smooth", "start", "end"])
def test_eases_go_from_none_to_all_and_never_back(ease):
    shares = [eased(step / 100, ease) for step in range(101)]
    assert (shares[0], shares[-1]) == (0, 1)
    assert shares == sorted(shares)
    slow_start, slow_end = shares[1] < 0.005, shares[-2] > 0.995
    assert slow_start == (ease in {"smooth", "start"})
    assert slow_end == (ease in {"smooth", "end"})


def test_between_mixes_of_mixes_nothing_jumps():
    mixes = (
        Point((Part(1), Part(2), Part(3, weight=2.0)), "lerp"),
        Point((Part(4), Part(5)), "slerp"),
    )
    way = walk(evenly(mixes, 1.0, ease="even"), 400, SIZE)
    assert steps_of(way).max() < 0.1
    assert (way[0], way[200]) == mixes


def test_a_sound_moves_the_loop_along_where_it_is_loud():
    composition = evenly((Point.at(1), Point.at(2)), 1.0, ease="even")
    driven = replace(composition, drive=Drive(bytes([0, 0, 255, 0]), strength=1.0))
    steps = steps_of(walk(driven, 40, SIZE))
    assert steps[1:20].max() == 0
    assert steps[22:30].min() > 0
    quiet = replace(composition, drive=Drive(bytes(9), strength=1.0))
    latents = [resolve(list(walk(each, 40, SIZE)), SIZE) for each in (quiet, composition)]
    np.testing.assert_allclose(*latents, atol=1e-5)


def test_a_sound_moves_a_gene_as_far_as_it_is_loud():
    gene = Gene("warm", vector(9), 4.0)
    drive = Drive(bytes([0, 255]), "gene", gene=gene)
    has_it = Point((Part(1),), genes=(replace(gene, amount=1.0), Gene("cold", vector(8), 1.0)))
    composition = replace(evenly((has_it, Point.at(2)), 1.0), drive=drive)
    way = walk(composition, 4, SIZE)
    amounts = [
        next(each.amount for each in point.genes if each.vector == gene.vector) for point in way
    ]
    assert amounts == pytest.approx([1.0, 2.5, 4.0, 2.5])


@pytest.mark.parametrize("path", ["legs", "spline"])
@pytest.mark.parametrize(("chosen", "frames"), [([1], 10), ([1, 2, 3], 2), ([1, 2], 0)])
def test_walks_that_cannot_be_are_refused(path, chosen, frames):
    composition = replace(evenly(tuple(map(Point.at, chosen)), 1.0), path=path)
    with pytest.raises(BadOption):
        walk(composition, frames, SIZE)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "strange",
    [
        (Part(vector=vector(1, size=8)),),
        (Part(3), Part(vector=vector(1, size=17))),
        (Part(vector=vector(1, size=20), space="w"),),
        (Part(vector=vector(1, size=32), space="w"), Part(vector=vector(1, size=48), space="w")),
    ],
)
def test_numbers_of_another_model_are_told(path, strange):
    composition = replace(evenly((Point(strange), Point.at(1)), 1.0), path=path)
    with pytest.raises(BadRecipe):
        walk(composition, 10, SIZE)


@pytest.mark.parametrize("path", PATHS)
def test_a_long_loop_of_mixes_is_there_at_once(path):
    mixes = [Point(tuple(map(Part, range(seed, seed + 4)))) for seed in range(400)]
    composition = replace(evenly(tuple(mixes), 3600.0), path=path)
    began = time.perf_counter()
    way = walk(composition, 108_000, 512)
    assert way[54_001].parts
    assert time.perf_counter() - began < 0.5
