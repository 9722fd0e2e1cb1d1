from pathlib import Path

import numpy as np
import pytest

from ganart.media.metadata import read_recipe
from tests.unit.test_audio import tone, written


def composed(ganart, trained, tmp_path, *flags):
    result = ganart(
        "walk", "--project", trained, "--seeds=1-3", "--seconds=1", "--fps=8", "--format=gif",
        "--out", tmp_path / "out", *flags,
    )  # fmt: skip
    assert result.code == 0, result.err
    return read_recipe(Path(result.out.strip()))


def test_the_flags_of_a_loop_are_in_its_recipe(ganart, trained, tmp_path):
    curve = composed(ganart, trained, tmp_path, "--path=spline", "--hold=0.25", "--method=lerp")
    assert curve.composition.path == "spline"
    assert {(each.hold, each.ease, each.method) for each in curve.composition.keyframes} == {
        (0.25, "even", "lerp")
    }
    circle = composed(
        ganart, trained, tmp_path, "--path=circle", "--radius=0.5", "--laps=2", "--circle-seed=7"
    ).composition
    assert (circle.radius, circle.laps, circle.seed) == (0.5, 2, 7)
    back = composed(ganart, trained, tmp_path, "--ping-pong", "--ease=start").composition
    assert back.is_ping_pong
    assert [each.at for each in back.keyframes] == [0, 0.25, 0.5]
    beat = composed(ganart, trained, tmp_path, "--bpm=120", "--beats=1")
    assert (beat.composition.seconds, beat.composition.bpm, beat.frames) == (1.5, 120, 12)


def test_a_sound_drives_a_loop_and_is_not_needed_for_its_recipe(ganart, trained, tmp_path):
    path = written(tmp_path / "song.wav", np.concatenate([np.zeros(4000), tone(0.5)]))
    driven = composed(ganart, trained, tmp_path, "--audio", path, "--audio-strength=1")
    drive = driven.composition.drive
    assert (drive.name, drive.target, drive.strength) == ("song.wav", "speed", 1)
    assert len(drive.levels) == 30


@pytest.mark.parametrize("content", [b"", b"no sound at all"])
def test_a_sound_that_cannot_be_heard_is_told(ganart, trained, tmp_path, content):
    path = tmp_path / "song.mp3"
    path.write_bytes(content)
    result = ganart("walk", "--project", trained, "--seeds=1-3", "--audio", path)
    assert result.code != 0
    assert "song.mp3 cannot be heard" in result.err
