"""A few frames of a film, found without reading all of it."""

from types import SimpleNamespace

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from PIL import Image

from ganart.media import video
from ganart.media.glimpses import FilmEndsEarly, FilmTooLong, NoFrames, glimpses
from ganart.media.video import Frame, open_film
from tests.unit.films import make_video


def never():
    return False


def frames_of(path):
    with open_film(path) as film:
        return [frame.pixels for frame in film.frames if isinstance(frame, Frame)]


def greys(path, count):
    """Write an animation of which each picture has a grey of its own."""
    pictures = [Image.new("RGB", (16, 16), (number, number, number)) for number in range(count)]
    options = {"lossless": True} if path.suffix == ".webp" else {}
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=40, **options)
    return path


@pytest.mark.parametrize("name", ["a.mp4", "a.webm", "a.mkv"])
def test_frames_of_a_video_are_those_asked_for(tmp_path, name):
    codec = "libvpx-vp9" if name == "a.webm" else "libx264"
    kind = "matroska" if name == "a.mkv" else name[2:]
    path = make_video(tmp_path / name, container=kind, codec=codec, sound=None, seconds=30)
    whole = frames_of(path)
    numbers = [0, 1, 7, 100, 223, 224, 359]
    found = list(glimpses(path, numbers, never))
    assert [each.number for each in found] == numbers
    for each in found:
        np.testing.assert_array_equal(each.pixels, whole[each.number])


def test_a_video_is_not_read_from_end_to_end(tmp_path, monkeypatch):
    path = make_video(tmp_path / "a.mp4", sound=None, seconds=120, size=(32, 32))
    read = []
    upright = video._upright
    monkeypatch.setattr(video, "_upright", lambda *given: read.append(1) or upright(*given))
    found = list(glimpses(path, [0, 700, 1439], never))
    assert len(found) == 3
    assert len(read) < 600


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.png"])
def test_frames_of_an_animation_are_those_asked_for(tmp_path, name):
    path = greys(tmp_path / name, 120)
    found = list(glimpses(path, [0, 5, 60, 119], never))
    assert [int(each.pixels[0, 0, 0]) for each in found] == [0, 5, 60, 119]


def test_reading_gives_up_where_it_would_take_long(tmp_path):
    found = glimpses(greys(tmp_path / "a.gif", 60), [0, 50], never, patience_s=0.0)
    assert next(found).number == 0
    with pytest.raises(FilmTooLong, match="can be taken all the same"):
        next(found)


def test_a_video_shows_what_it_reached_where_it_would_take_long(tmp_path):
    path = make_video(tmp_path / "a.mp4", sound=None, seconds=30)
    assert [each.number for each in glimpses(path, [0, 200, 359], never, 0.0)] == [0, 200, 359]


def test_a_damaged_film_shows_what_comes_before(tmp_path):
    path = make_video(tmp_path / "a.mkv", container="matroska", sound=None, seconds=30)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    found = glimpses(path, [0, 120, 240, 359], never)
    assert next(found).number == 0
    with pytest.raises(FilmEndsEarly, match="The rest"):
        list(found)


def test_a_film_that_tells_no_length_is_not_taken_for_damaged(tmp_path):
    path = tmp_path / "a.mkv"
    with path.open("wb", buffering=0) as stream:
        kept = SimpleNamespace(write=stream.write)  # it cannot go back to write the length down
        with av.open(kept, "w", format="matroska", options={"live": "1"}) as container:
            coded = container.add_stream("libx264", rate=12, width=64, height=48)
            for number in range(30):
                pixels = np.full((48, 64, 3), 8 * number, np.uint8)
                container.mux(coded.encode(VideoFrame.from_ndarray(pixels)))
            container.mux(coded.encode())
    with open_film(path) as film:
        assert film.frame_count == 0
    found = [each.number for each in glimpses(path, [0, 10, 20, 30, 40, 50], never)]
    assert found[:3] == [0, 10, 20]


def test_a_film_without_a_frame_says_so(tmp_path):
    path = make_video(tmp_path / "a.mp4", sound=None)
    content = bytearray(path.read_bytes())
    begin = content.index(b"mdat")
    size = int.from_bytes(content[begin - 4 : begin])
    content[begin + 4 : begin - 4 + size] = bytes(size - 8)
    path.write_bytes(content)
    with pytest.raises(NoFrames, match="damaged"):
        list(glimpses(path, [0, 5], never))


def test_it_stops_when_asked(tmp_path):
    asked = iter([False, False, False, True])
    path = greys(tmp_path / "a.gif", 60)
    found = list(glimpses(path, [0, 50], lambda: next(asked, True)))
    assert [each.number for each in found] == [0]
