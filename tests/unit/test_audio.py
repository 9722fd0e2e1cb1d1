import wave
from pathlib import Path

import av
import numpy as np
import pytest

from ganart.media import beats
from ganart.media.audio import LEVELS_PER_S, BadSound, hear
from ganart.media.recipe_checks import MAX_TEXT

RATE = 8000


def tone(seconds: float, loudness: float = 1.0) -> np.ndarray:
    return loudness * np.sin(2 * np.pi * 440 * np.arange(round(seconds * RATE)) / RATE)


def written(path: Path, sound: np.ndarray, channels: int = 1) -> Path:
    samples = np.repeat(np.round(sound * 30_000).astype("<i2")[:, None], channels, axis=1)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return path


def levels(path: Path, seconds: float) -> np.ndarray:
    return np.frombuffer(hear(path, seconds).levels, np.uint8).astype(int)


@pytest.mark.parametrize("channels", [1, 2])
def test_loud_passages_have_higher_levels_than_soft_ones_and_silence(tmp_path, channels):
    sound = np.concatenate([tone(1, 0.05), tone(1), np.zeros(RATE)])
    found = levels(written(tmp_path / "a.wav", sound, channels), 3.0)
    assert len(found) == 3 * LEVELS_PER_S
    soft, loud, still = found[20:29], found[31:59], found[80:]
    assert loud.min() > 250
    assert 60 < soft.mean() < 180
    assert still.max() < 10


def test_the_end_leads_over_to_the_beginning_and_nothing_falls_at_once(tmp_path):
    sound = np.concatenate([np.zeros(RATE), tone(1)])
    found = levels(written(tmp_path / "a.wav", sound), 2.0)
    falls = found - np.roll(found, -1)
    assert found[0] > 180
    assert falls.max() < 60


def test_a_loop_longer_than_the_sound_ends_in_silence_and_a_shorter_one_hears_its_part(tmp_path):
    path = written(tmp_path / "a.wav", np.concatenate([tone(1), tone(1, 0.1)]))
    assert levels(path, 4.0)[75:].max() < 10
    assert levels(path, 0.9).min() > 250


def test_silence_has_no_levels(tmp_path):
    assert set(levels(written(tmp_path / "a.wav", np.zeros(RATE)), 1.0)) == {0}


def test_coded_sounds_are_heard(tmp_path):
    path = tmp_path / "a.m4a"
    with av.open(path, "w", format="mp4") as file:
        stream = file.add_stream("aac", rate=44_100)
        stream.layout = "mono"
        sound = np.sin(np.arange(44_100) / 10).astype(np.float32)[None]
        frame = av.AudioFrame.from_ndarray(sound, format="fltp", layout="mono")
        frame.sample_rate = 44_100
        for each in (frame, None):
            file.mux(stream.encode(each))
    assert levels(path, 1.0)[2:-2].min() > 240


@pytest.mark.parametrize("content", [b"", b"RIFF", b"no sound" * 500, b"#EXTM3U\n/etc/passwd\n"])
def test_what_is_no_sound_is_told(tmp_path, content):
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    with pytest.raises(BadSound):
        hear(path, 1.0)
    with pytest.raises(BadSound):
        hear(tmp_path, 1.0)
    with pytest.raises(BadSound):
        hear(tmp_path / "none.wav", 1.0)


def test_half_a_file_is_heard_as_far_as_it_goes(tmp_path):
    path = written(tmp_path / "a.wav", tone(2))
    path.write_bytes(path.read_bytes()[: RATE * 2])
    found = levels(path, 2.0)
    assert found[:25].min() > 250
    assert found[45:].max() < 10


def test_names_fit_into_a_recipe(tmp_path):
    path = written(tmp_path / f"{'ä' * 110}\n.wav", tone(0.1))
    name = hear(path, 1.0).name
    assert len(name) <= MAX_TEXT
    assert name.isprintable()
    assert name.endswith("?.wav")


def test_without_librosa_a_sentence_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setattr(beats, "find_spec", lambda _name: None)
    path = written(tmp_path / "a.wav", tone(1))
    with pytest.raises(beats.NoBeatFinder, match="pip install librosa"):
        beats.hear_beats(path, 1.0)


@pytest.mark.slow
@pytest.mark.skipif(not beats.finds_beats(), reason="librosa is not installed")
@pytest.mark.filterwarnings("ignore")
def test_beats_are_found_where_they_are(tmp_path):
    sound = np.zeros(10 * RATE)
    click = tone(0.02) * np.linspace(1, 0, round(0.02 * RATE))
    for beat in range(20):
        sound[beat * RATE // 2 :][: len(click)] = click
    found = beats.hear_beats(written(tmp_path / "a.wav", sound), 10.0)
    assert found.bpm == pytest.approx(120, abs=4)
    levels = np.frombuffer(found.levels, np.uint8)
    (places,) = np.nonzero(levels == 255)
    assert len(places) >= 15
    assert all(min(place % 15, 15 - place % 15) <= 2 for place in places)
