import av
import numpy as np
import pytest

from ganart.errors import FolderNotWritable
from ganart.media.films import FilmTooLarge, film
from ganart.media.metadata import read_recipe
from ganart.media.style_recipe import Source, StyleRecipe
from ganart.media.video import open_film
from tests.unit.films import make_video, moving, sound_of

RECIPE = StyleRecipe("stylized", Source("clip.mp4"), (Source("ink"),), {"calm": True})
UNEVEN_S = (0.0, 0.1, 0.15, 0.4, 0.5, 1.0)


def times(path):
    with open_film(path) as opened:
        return [frame.at_s for frame in opened.frames]


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".mp4"])
def test_frames_keep_their_times(odd_folder, suffix):
    target = odd_folder / f"film{suffix}"
    with film(target, 10, RECIPE) as writer:
        for pixels, at_s in zip(moving(6), UNEVEN_S, strict=True):
            writer.add(pixels, at_s)
    assert times(target) == pytest.approx(UNEVEN_S, abs=0.006)
    assert read_recipe(target) == RECIPE
    assert [path.name for path in odd_folder.iterdir()] == [target.name]


def test_a_gif_leaves_out_what_it_cannot_show(tmp_path):
    target = tmp_path / "quick.gif"
    with film(target, 100) as writer:
        for number, pixels in enumerate(moving(20)):
            writer.add(pixels, number / 100)
    assert times(target) == pytest.approx([number / 50 for number in range(10)])


@pytest.mark.parametrize(
    ("container", "codec", "sound", "expected"),
    [
        ("mp4", "libx264", "aac", "aac"),
        ("webm", "libvpx", "libopus", "opus"),
        ("avi", "mpeg4", "mp3", "mp3"),
        ("mov", "libx264", "pcm_s16le", "aac"),
        ("mpegts", "libx264", "aac", "aac"),
        ("mp4", "libx264", None, None),
    ],
)
def test_the_sound_is_kept(tmp_path, container, codec, sound, expected):
    source = make_video(tmp_path / "source", container=container, codec=codec, sound=sound)
    target = tmp_path / "film.mp4"
    with open_film(source) as opened, film(target, opened.fps, RECIPE, source) as writer:
        for frame in opened.frames:
            writer.add(255 - frame.pixels, frame.at_s)
    assert read_recipe(target) == RECIPE
    if expected is None:
        assert sound_of(target) is None
        return
    kind, length, loudness = sound_of(target)
    assert kind == expected
    assert length == pytest.approx(1, abs=0.08)
    assert loudness == pytest.approx(sound_of(source)[2], rel=0.1)
    with av.open(target) as written:
        starts = [float(stream.start_time * stream.time_base) for stream in written.streams]
        assert starts == pytest.approx([0, 0], abs=0.09)


def test_a_film_that_is_cut_has_no_sound_behind_its_end(tmp_path):
    source = make_video(tmp_path / "source.mp4", seconds=2)
    target = tmp_path / "film.mp4"
    with film(target, 12, None, source) as writer:
        for number, pixels in enumerate(moving(12)):
            writer.add(pixels, number / 12)
        writer.cut(1.0)
    _, length, _ = sound_of(target)
    assert length == pytest.approx(1, abs=0.08)


def test_damaged_sound_leaves_a_gap(tmp_path):
    source = make_video(tmp_path / "source.ts", container="mpegts", seconds=2)
    content = bytearray(source.read_bytes())
    for place in range(0, len(content), 188):
        # Every third packet of the sound loses its header.
        if content[place + 1 : place + 3] in (b"\x01\x01", b"\x41\x01") and place // 188 % 3 == 0:
            content[place + 60 : place + 188] = bytes(128)
    source.write_bytes(content)
    target = tmp_path / "film.mp4"
    with open_film(source) as opened, film(target, opened.fps, None, source) as writer:
        for frame in opened.frames:
            writer.add(frame.pixels, frame.at_s)
    assert len(times(target)) == 24
    with av.open(target) as written:
        assert len(written.streams.audio) == 1


@pytest.mark.parametrize(
    ("suffix", "side"), [(".gif", 65_536), (".webp", 16_384), (".mp4", 16_386)]
)
def test_pictures_too_large_for_a_format_are_told(tmp_path, suffix, side):
    with pytest.raises(FilmTooLarge), film(tmp_path / f"film{suffix}", 10) as writer:
        writer.add(np.zeros((2, side, 3), np.uint8), 0.0)
    with film(tmp_path / f"film{suffix}", 10) as writer:
        writer.add(np.zeros((side - 2, 2, 3), np.uint8), 0.0)
    assert len(list(tmp_path.iterdir())) == 1


def test_other_formats_have_no_sound(tmp_path):
    source = make_video(tmp_path / "source.mp4")
    target = tmp_path / "film.gif"
    with film(target, 12, None, source) as writer:
        for number, pixels in enumerate(moving(3)):
            writer.add(pixels, number / 12)
    assert sound_of(target) is None


def test_trouble_leaves_no_file(tmp_path):
    def fail():
        with film(tmp_path / "film.mp4", 12) as writer:
            writer.add(next(moving(1)), 0.0)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with pytest.raises(ValueError, match="at least one"), film(tmp_path / "film.gif", 12):
        pass
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_to(read_only_folder):
    with pytest.raises(FolderNotWritable), film(read_only_folder / "film.mp4", 12):
        pass


def test_two_films_of_one_name_are_both_kept(tmp_path):
    target = tmp_path / "film.gif"
    with film(target, 10) as first, film(target, 10) as second:
        for writer in (first, second):
            for number, pixels in enumerate(moving(2)):
                writer.add(pixels, number / 10)
    assert {path.name for path in tmp_path.iterdir()} == {"film.gif", "film 2.gif"}
    assert {first.path, second.path} == set(tmp_path.iterdir())
