"""Films and pasted pictures as sources."""

import os
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from ganart.datasets.decode import decode
from ganart.datasets.errors import Unreadable
from ganart.engine.errors import BadOption
from ganart.engine.sources.errors import NothingInside, Why
from ganart.engine.sources.frame_choice import SCENES, FrameChoice
from ganart.engine.sources.frames import _colours, _distance, take_frames
from ganart.engine.sources.gathering import Gathered, Gathering, Kind, LeftOut, origin_of
from ganart.engine.sources.paste import keep_pasted
from ganart.media.video import BadFilm
from tests.unit.films import make_video

COLOURS = ["red", "lime", "blue", "white"]


@pytest.fixture
def sources(tmp_path):
    return tmp_path / "sources"


def run(path, sources, choice=None, poll=lambda: None):
    return list(take_frames(path, sources, poll, choice))


def animation(path: Path, shots=COLOURS, frames=3) -> Path:
    """Write shots of a few frames each that hardly differ."""
    pictures = []
    for colour in shots:
        for number in range(frames):
            picture = Image.new("RGB", (40, 30), colour)
            picture.putpixel((number, 0), (9, 9, 9))
            pictures.append(picture)
    pictures[0].save(path, save_all=True, append_images=pictures[1:], lossless=True, duration=40)
    return path


def names(gathered: Gathered):
    return sorted(path.name for path in gathered.folder.glob("*.png"))


@pytest.mark.parametrize("suffix", ["gif", "webp", "png"])
def test_every_nth_frame_of_an_animation(tmp_path, sources, suffix):
    path = animation(tmp_path / f"art.{suffix}")
    before = path.read_bytes()
    *steps, end = run(path, sources, FrameChoice(every=3))
    assert steps[0].done == 0
    assert steps[-1] == Gathering(12, 12)
    assert (end.added, end.count, end.complete) == (4, 4, True)
    assert names(end) == [f"frame-{number:06}.png" for number in (1, 4, 7, 10)]
    shown = [decode(end.folder / name).getpixel((20, 20)) for name in names(end)]
    assert shown == [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)]
    assert path.read_bytes() == before


def test_one_frame_of_each_shot(tmp_path, sources):
    end = run(animation(tmp_path / "art.gif"), sources, SCENES)[-1]
    assert names(end) == [f"frame-{number:06}.png" for number in (1, 4, 7, 10)]


def test_slides_of_one_frame_each_are_all_taken(tmp_path, sources):
    end = run(animation(tmp_path / "slides.gif", frames=1), sources, SCENES)[-1]
    assert end.count == 4


def test_fade_is_not_taken_in_its_midst(tmp_path, sources):
    random = np.random.default_rng(0)
    dark, light = (random.integers(low, low + 140, (30, 40, 3)) for low in (0, 115))
    shares = [0.0] * 10 + [step / 10 for step in range(1, 10)] + [1.0] * 10
    pictures = [
        Image.fromarray((dark * (1 - share) + light * share).astype(np.uint8)) for share in shares
    ]
    for number, picture in enumerate(pictures):
        picture.putpixel((number, 0), (0, 0, 0))  # or Pillow would make one of equal ones
    path = tmp_path / "fade.webp"
    pictures[0].save(path, save_all=True, append_images=pictures[1:], lossless=True, duration=40)
    end = run(path, sources, SCENES)[-1]
    first, second = names(end)
    assert first == "frame-000001.png"
    assert np.asarray(decode(end.folder / second)).mean() > 175


def test_frames_of_a_video(tmp_path, sources):
    path = make_video(tmp_path / "film.mp4", seconds=2)
    end = run(path, sources, FrameChoice(every=5))[-1]
    assert end.count == 5
    assert decode(end.folder / "frame-000001.png").size == (64, 48)
    assert run(path, sources, FrameChoice(every=5)) == [Gathered(end.folder, 0, 5, complete=True)]
    origin = origin_of(end.folder)
    assert (origin.kind, origin.path, origin.choice["every"]) == (Kind.FILM, path, 5)
    assert origin_of(tmp_path) is None
    other = run(path, sources, FrameChoice(every=8))[-1]
    assert (other.count, other.folder == end.folder) == (3, False)


def test_no_more_frames_than_wanted(tmp_path, sources):
    end = run(animation(tmp_path / "a.gif"), sources, FrameChoice(every=1, most=5))[-1]
    assert (end.count, end.complete) == (5, True)


def test_stopped_film_goes_on(tmp_path, sources):
    path = animation(tmp_path / "a.gif")
    asks = iter([None] * 4)
    stopped = run(path, sources, FrameChoice(every=1), lambda: next(asks, "stop"))[-1]
    assert (stopped.count, stopped.complete) == (4, False)
    end = run(path, sources, FrameChoice(every=1))[-1]
    assert (end.added, end.count, end.complete) == (8, 12, True)


def test_difference_of_shots_is_large_and_within_one_small(tmp_path):
    random = np.random.default_rng(0)
    scene = random.integers(0, 256, (60, 80, 3)).astype(np.uint8) // 2

    def difference(other: npt.NDArray[np.uint8]) -> float:
        return _distance(_colours(scene), _colours(other))

    assert difference(scene) == 0
    assert difference(np.roll(scene, 5, axis=1)) < 0.1
    assert difference(255 - scene) > 0.9


@pytest.mark.parametrize("content", [b"", b"no film at all", b"GIF89a" + bytes(40)])
def test_what_is_no_film(tmp_path, sources, content):
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    with pytest.raises((BadFilm, NothingInside)):
        run(path, sources)
    assert not sources.exists() or not any(sources.iterdir())


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9])
def test_half_a_film_gives_the_frames_it_has(tmp_path, sources, keep):
    path = make_video(tmp_path / "film.mkv", container="matroska", seconds=3)
    content = path.read_bytes()
    path.write_bytes(content[: int(keep * len(content))])
    *events, end = run(path, sources, FrameChoice(every=1))
    assert 0 < end.count < 36
    assert {event.why for event in events if isinstance(event, LeftOut)} <= {Why.DAMAGED}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipe_and_missing_film(tmp_path, sources):
    os.mkfifo(tmp_path / "pipe.mp4")
    for name in ("pipe.mp4", "gone.mp4", ""):
        with pytest.raises(BadFilm):
            run(tmp_path / name, sources)


@pytest.mark.parametrize("wrong", [{"every": 0}, {"difference": 1.5}, {"most": 0}])
def test_choices_that_cannot_be(wrong):
    with pytest.raises(BadOption):
        FrameChoice(**wrong)


def test_pasted_pictures_are_kept_once(sources):
    stream = BytesIO()
    Image.new("RGBA", (9, 7), (1, 2, 3, 200)).save(stream, "PNG")
    first = keep_pasted(stream.getvalue(), sources)
    assert first.parent == sources / "pasted"
    assert first.read_bytes() == stream.getvalue()
    assert keep_pasted(stream.getvalue(), sources) == first
    with pytest.raises(Unreadable):
        keep_pasted(stream.getvalue()[:40], sources)
    assert [path.name for path in first.parent.iterdir()] == [first.name]
