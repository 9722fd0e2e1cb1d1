from pathlib import Path

import pytest

from ganart.engine.style.looks import BUILT_IN
from ganart.media.metadata import read_recipe
from tests.unit.films import make_video, sound_of

LOOK = f"--look={BUILT_IN[1].key}"


@pytest.fixture
def clip(tmp_path):
    return make_video(tmp_path / "clip.mp4")


def test_a_video_is_stylized_with_its_sound(ganart, clip, tmp_path):
    target = tmp_path / "out" / "film.mp4"
    result = ganart("film", clip, "--out", target, LOOK, "--threads=1", "--json")
    assert result.code == 0
    assert result.json["path"] == str(target)
    assert (result.json["frames"], result.json["broken"]) == (12, 0)
    assert sound_of(target)[0] == "aac"
    assert read_recipe(target).styles[0].name == BUILT_IN[1].key
    again = ganart("film", clip, "--out", target, LOOK, "--no-calm", "--long-side=16")
    assert again.code == 0
    assert "film 2.mp4: 12 frames." in again.out


def test_wrong_usage(ganart, clip, tmp_path):
    target = tmp_path / "film.gif"
    assert ganart("film", clip, "--out", target).code == 2
    assert ganart("film", clip, "--out", target, LOOK, "--look=charcoal").code == 2
    assert ganart("film", clip, "--out", target, LOOK, "--paint").code == 2
    picture = f"--look={clip.with_suffix('.png')}"
    assert ganart("film", clip, "--out", target, picture, "--paint", "--strength=0.5").code == 2
    assert ganart("film", clip, "--out", Path("film.txt"), LOOK).code == 1
    result = ganart("film", tmp_path / "none.mp4", "--out", target, LOOK)
    assert result.code == 1
    assert "cannot be played" in result.err
    assert not target.exists()
