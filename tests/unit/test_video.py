import os
import random
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.stream import Disposition
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ganart.media import video
from ganart.media.video import BadFilm, BrokenFrame, Frame, open_film
from tests.films import save_animation
from tests.unit.films import make_video, moving


def read(path):
    with open_film(path) as film:
        return film, list(film.frames)


@pytest.mark.parametrize(("suffix", "error"), [(".gif", 9), (".webp", 0), (".mp4", 6)])
def test_frames_and_their_times(odd_folder, suffix, error):
    path = save_animation(moving(12), odd_folder / f"loop{suffix}", 10)
    film, frames = read(path)
    assert (film.width, film.height, film.frame_count) == (64, 48, 12)
    assert film.fps == pytest.approx(10, abs=0.01)
    assert not film.has_sound
    for number, (frame, original) in enumerate(zip(frames, moving(12), strict=True)):
        assert frame.at_s == pytest.approx(number / 10, abs=0.011)
        assert np.abs(frame.pixels.astype(int) - original).mean() <= error


@pytest.mark.parametrize("suffix", [".png", ".apng"])
def test_animated_png(tmp_path, suffix):
    first, *others = map(Image.fromarray, moving(5))
    path = tmp_path / f"loop{suffix}"
    first.save(path, "PNG", save_all=True, append_images=others, duration=100)
    _, frames = read(path)
    assert [frame.at_s for frame in frames] == pytest.approx([0, 0.1, 0.2, 0.3, 0.4])
    assert np.array_equal(frames[3].pixels, list(moving(5))[3])


@pytest.mark.parametrize(
    ("container", "codec", "sound"),
    [
        ("mp4", "libx264", "aac"),
        ("mov", "libx264", "pcm_s16le"),
        ("webm", "libvpx", "libopus"),
        ("avi", "mpeg4", "mp3"),
        ("mpegts", "libx264", None),
    ],
)
def test_usual_videos(tmp_path, container, codec, sound):
    path = make_video(tmp_path / "video", container=container, codec=codec, sound=sound)
    film, frames = read(path)
    assert film.has_sound == bool(sound)
    assert len(frames) == 12
    assert film.frame_count == pytest.approx(12, abs=1)
    times = [frame.at_s for frame in frames]
    assert times == sorted(set(times))
    assert times[0] == pytest.approx(0, abs=0.09)
    assert times[-1] - times[0] == pytest.approx(11 / 12, abs=0.09)


def test_what_is_clear_lies_on_white(tmp_path):
    for suffix in (".gif", ".webp", ".png"):
        path = tmp_path / f"clear{suffix}"
        frames = [Image.new("RGBA", (8, 8), (200, 0, 0, alpha)) for alpha in (0, 255)]
        frames[0].save(path, save_all=True, append_images=frames[1:], duration=100)
        _, read_frames = read(path)
        assert (read_frames[0].pixels == 255).all()
        assert (read_frames[-1].pixels == (200, 0, 0)).mean() > 0.9


TURNS = {
    "as it is": (1, 0, 0, 1, lambda stored: stored),
    "clockwise": (0, 1, -1, 0, lambda stored: np.rot90(stored, -1)),
    "half": (-1, 0, 0, -1, lambda stored: np.rot90(stored, 2)),
    "anticlockwise": (0, -1, 1, 0, np.rot90),
    "mirrored": (-1, 0, 0, 1, np.fliplr),
    "upside down": (1, 0, 0, -1, np.flipud),
    "mirrored, clockwise": (0, 1, 1, 0, lambda stored: stored.swapaxes(0, 1)),
    "mirrored, anticlockwise": (0, -1, -1, 0, lambda stored: np.rot90(stored.swapaxes(0, 1), 2)),
}


@pytest.mark.parametrize("name", TURNS)
def test_a_film_from_a_phone_is_turned_upright(tmp_path, name):
    path = make_video(tmp_path / "phone.mp4", sound=None)
    *ways, turn = TURNS[name]
    turn_track(path, *ways)
    _, frames = read(path)
    upright = turn(next(moving(12)))
    assert frames[0].pixels.shape == upright.shape
    assert np.abs(frames[0].pixels.astype(int) - upright).mean() < 6


def test_a_film_with_side_data_of_an_unknown_kind_is_turned_too(tmp_path, monkeypatch):
    def unknown(frame):
        raise ValueError("29 is not a valid Type")

    path = turn_track(make_video(tmp_path / "phone.mp4", sound=None), 0, 1, -1, 0)
    with open_film(path) as film:
        first = next(film.frames).pixels
    monkeypatch.setattr(video, "_display_matrix", unknown)
    assert (read(path)[1][0].pixels == first).all()


def turn_track(path, a, b, c, d):
    """Write the matrix in the track header of an MP4."""
    places = (1, 0, 0, 0, 1, 0, 0, 0), (a, b, 0, c, d, 0, 0, 0)
    plain, turned = (
        b"".join((n << 16).to_bytes(4, "big", signed=True) for n in each) + b"\x40\0\0\0"
        for each in places
    )
    content = path.read_bytes()
    at = content.index(plain, content.index(b"tkhd"))
    path.write_bytes(content[:at] + turned + content[at + len(plain) :])
    return path


@pytest.mark.parametrize(
    ("aspect", "size"), [(Fraction(2), (128, 48)), (Fraction(1, 2), (64, 96)), (99, (64, 48))]
)
def test_pixels_that_are_not_square_become_so(tmp_path, aspect, size):
    path = tmp_path / "television.mkv"
    with av.open(path, "w") as target:
        stream = target.add_stream("libx264", rate=12)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.codec_context.sample_aspect_ratio = aspect
        for pixels in moving(3):
            target.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        target.mux(stream.encode())
    film, frames = read(path)
    assert (film.width, film.height) == size
    assert {frame.pixels.shape for frame in frames} == {(size[1], size[0], 3)}
    plain = np.array(Image.fromarray(next(moving(3))).resize(size))
    assert np.abs(frames[0].pixels.astype(int) - plain).mean() < 6


def test_a_cover_is_not_taken_for_the_film(tmp_path):
    path = tmp_path / "with cover.mkv"
    with av.open(path, "w") as target:
        cover = target.add_stream("mjpeg", rate=1)
        cover.width, cover.height, cover.pix_fmt = 20, 10, "yuvj420p"
        cover.disposition = Disposition.attached_pic
        stream = target.add_stream("libx264", rate=12)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        still = np.zeros((10, 20, 3), np.uint8)
        target.mux(cover.encode(av.VideoFrame.from_ndarray(still, format="rgb24")))
        for pixels in moving(12):
            target.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        target.mux(stream.encode())
    film, frames = read(path)
    assert (film.width, film.height, len(frames)) == (64, 48, 12)


@pytest.mark.parametrize(
    "content", [b"", b"no film", bytes(5000), b"RIFF\0\0\0\0WEBPVP8 ", b"GIF89a"]
)
def test_other_files_are_refused(tmp_path, content):
    path = tmp_path / "x.mp4"
    path.write_bytes(content)
    with pytest.raises(BadFilm):
        read(path)


def test_what_cannot_be_opened(tmp_path):
    for path in (tmp_path, tmp_path / "missing.gif", Path("http://example.com/x.mp4")):
        with pytest.raises(BadFilm):
            read(path)


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.mp4")
    with pytest.raises(BadFilm):
        read(tmp_path / "pipe.mp4")


def test_tracks_of_an_unknown_kind(tmp_path):
    path = make_video(tmp_path / "clip.mov", container="mov", sound="pcm_s16le")
    content = path.read_bytes()
    path.write_bytes(content.replace(b"sowt", b"zzzz"))
    film, frames = read(path)
    assert not film.has_sound
    assert len(frames) == 12
    path.write_bytes(content.replace(b"avc1", b"zzzz"))
    with pytest.raises(BadFilm, match="unknown kind"):
        read(path)


def test_frames_keep_the_size_of_the_first(tmp_path, monkeypatch):
    first, second, path = (tmp_path / f"{name}.ts" for name in ("first", "second", "both"))
    for part, size in ((first, (64, 48)), (second, (96, 80))):
        make_video(part, container="mpegts", sound=None, size=size)
    path.write_bytes(first.read_bytes() + second.read_bytes())
    _, frames = read(path)
    assert len(frames) > 20
    assert {frame.pixels.shape for frame in frames} == {(48, 64, 3)}
    monkeypatch.setattr(video, "MAX_PIXELS", 64 * 48)
    _, frames = read(path)
    assert isinstance(frames[-1], BrokenFrame)


def test_a_playlist_leads_nowhere(tmp_path):
    make_video(tmp_path / "part.ts", container="mpegts", sound=None)
    path = tmp_path / "list.m3u8"
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\npart.ts\n#EXT-X-ENDLIST\n")
    with pytest.raises(BadFilm):
        read(path)


def test_sound_alone_is_no_film(tmp_path):
    path = tmp_path / "tone.mp4"
    with av.open(path, "w") as target:
        tone = target.add_stream("aac", rate=48_000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 4096), np.int16), "s16", "mono")
        frame.sample_rate = 48_000
        target.mux(tone.encode(frame))
        target.mux(tone.encode())
    with pytest.raises(BadFilm, match="no picture"):
        read(path)


@pytest.mark.parametrize("side", [7000, 12_000, 16_384])
@pytest.mark.filterwarnings("error::PIL.Image.DecompressionBombWarning")  # as the studio asks
def test_webp_too_large_is_refused(tmp_path, side):
    sides = (side - 1).to_bytes(3, "little") * 2
    chunks = b"VP8X\x0a\0\0\0\x02\0\0\0" + sides + b"ANIM\6\0\0\0" + bytes(6)
    still = lossless_header(side)
    frame = bytes(6) + sides + b"\x64\0\0\0" + still
    chunks += b"ANMF" + len(frame).to_bytes(4, "little") + frame
    path = tmp_path / "bomb.webp"
    path.write_bytes(b"RIFF" + (4 + len(chunks)).to_bytes(4, "little") + b"WEBP" + chunks)
    with pytest.raises(BadFilm):
        read(path)


def lossless_header(side):
    """Return the header of a lossless picture that claims its sides."""
    bits = (side - 1) | (side - 1) << 14
    content = b"\x2f" + bits.to_bytes(4, "little") + bytes(5)
    return b"VP8L" + len(content).to_bytes(4, "little") + content


def test_frames_too_large_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(video, "MAX_PIXELS", 100)
    for suffix in (".webp", ".gif"):
        with pytest.raises(BadFilm, match="too large"):
            read(save_animation(moving(2), tmp_path / f"large{suffix}", 10))


def test_a_broken_frame_is_told_and_the_rest_goes_on(tmp_path):
    path = make_video(tmp_path / "broken.mp4", codec="mpeg4", sound=None, seconds=2)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 400] = random.Random(1).randbytes(400)
    path.write_bytes(content)
    _, frames = read(path)
    broken = [frame for frame in frames if isinstance(frame, BrokenFrame)]
    assert len(broken) < 12
    assert sum(isinstance(frame, Frame) for frame in frames) >= 12


def test_a_film_that_was_cut_short(tmp_path):
    path = save_animation(moving(12), tmp_path / "half.gif", 10)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    _, frames = read(path)
    assert 3 <= sum(isinstance(frame, Frame) for frame in frames) < 12


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_damage_anywhere_never_raises_anything_else(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("damage")
    suffix = data.draw(st.sampled_from([".gif", ".webp", ".mp4"]))
    path = save_animation(moving(3, 16, 16), folder / f"x{suffix}", 10)
    content = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    with suppress(BadFilm):
        read(path)
