from dataclasses import replace

import pytest

from ganart.media.composition import (
    LEAST_GAP,
    MAX_KEYFRAMES,
    Composition,
    Keyframe,
    evenly,
    read_composition,
    there_and_back,
    there_and_on,
    write_composition,
)
from ganart.media.drive import MAX_LEVELS, Drive
from ganart.media.point import Gene, Point, Vectors, vector_of
from ganart.media.recipe_checks import BadRecipe

LOOP = evenly(tuple(map(Point.at, (3, 1, 4, 1, 5))), 10.0)
DRIVE = Drive(b"abc", name="song.wav")


@pytest.mark.parametrize(
    "values",
    [
        {"keyframes": ()},
        {"keyframes": LOOP.keyframes[::-1]},
        {"keyframes": LOOP.keyframes[:1] * 2},
        {"keyframes": list(LOOP.keyframes)},
        {"seconds": 0.0},
        {"seconds": float("nan")},
        {"path": "zigzag"},
        {"radius": -1.0},
        {"seed": 2**32},
        {"seed": 1.5},
        {"laps": 0},
        {"laps": True},
        {"bpm": 1e9},
        {"is_ping_pong": 1},
        {"drive": b"abc"},
    ],
)
def test_loops_that_cannot_be_are_refused(values):
    with pytest.raises(BadRecipe):
        replace(LOOP, **values)


@pytest.mark.parametrize(
    "values",
    [
        {"levels": b""},
        {"levels": bytes(MAX_LEVELS + 1)},
        {"levels": "loud"},
        {"target": "gene"},
        {"target": "colour"},
        {"strength": 2.0},
        {"name": "a\nb"},
        {"gene": "warm"},
    ],
)
def test_sounds_that_cannot_be_are_refused(values):
    with pytest.raises(BadRecipe):
        replace(DRIVE, **values)


@pytest.mark.parametrize("at", [-0.1, 1.0, float("inf"), "0"])
def test_keyframes_lie_within_the_loop(at):
    with pytest.raises(BadRecipe):
        Keyframe(Point.at(1), at)


def test_keyframes_keep_apart():
    def pair(gap):
        return Composition((Keyframe(Point.at(1), 0.5), Keyframe(Point.at(2), 0.5 + gap)), 1.0)

    assert pair(1.01 * LEAST_GAP)
    with pytest.raises(BadRecipe):
        pair(0.99 * LEAST_GAP)


@pytest.mark.parametrize("count", [1, 2, MAX_KEYFRAMES])
def test_the_way_there_is_half_of_a_loop_that_comes_back(count):
    loop = evenly(tuple(map(Point.at, range(count))), 1.0)
    back = there_and_back(loop)
    assert back.keyframes[-1].at == (0.5 if count > 1 else 0)
    assert [each.point for each in there_and_on(back).keyframes] == [
        each.point for each in loop.keyframes
    ]


def test_documents_without_the_newer_values_are_read():
    vectors = Vectors()
    gene = Gene("warm", vector_of([1.0, 2.0]), 3.0)
    driven = replace(LOOP, drive=replace(DRIVE, target="gene", gene=gene), bpm=120.0)
    values = write_composition(driven, vectors)
    assert read_composition(values, Vectors(vectors.texts)) == driven
    for name in ("seed", "laps", "bpm", "drive"):
        del values[name]
    assert read_composition(values, Vectors(vectors.texts)) == LOOP
    for broken in ({"levels": 99}, {"levels": None}, 3, []):
        with pytest.raises(BadRecipe):
            read_composition(values | {"drive": broken}, Vectors(vectors.texts))
