import weakref
from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image, ImageSequence

from ganart.errors import DiskFull, FolderNotWritable
from ganart.media.animations import FORMATS, NoCodec, animation, film_format, has_codec
from ganart.media.composition import MAX_KEYFRAMES, evenly
from ganart.media.metadata import read_recipe
from ganart.media.point import SEED_MAX, Point
from ganart.media.recipe import MAX_TEXT
from tests.films import save_animation
from tests.unit.test_recipe import PICTURE

LOOP = replace(
    PICTURE,
    kind="loop",
    points=(),
    composition=evenly((Point.at(1), Point.at(2)), 0.5),
    frames=12,
    fps=24.0,
)


def moving(count, height=16, width=24):
    """Return smooth colourful frames, each unlike its neighbours."""
    y, x = np.mgrid[0:height, 0:width] / 24
    for number in range(count):
        turn = 2 * np.pi * number / count
        waves = np.stack([np.sin(3 * x + turn), np.cos(3 * y - turn), np.sin(3 * x - 3 * y)], -1)
        yield (127.5 + 127 * waves).astype(np.uint8)


def decoded(path):
    """Return the frames of a file and how long each is shown in seconds, by an own decoder."""
    if path.suffix not in {".mp4", ".webm"}:
        with Image.open(path) as image:
            shown = [
                (np.asarray(frame.convert("RGB")), frame.info["duration"] / 1000)
                for frame in ImageSequence.Iterator(image)
            ]
        frames, durations = zip(*shown, strict=True)
        return list(frames), list(durations)
    with av.open(path) as container:
        stream = container.streams.video[0]
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(stream)]
        return frames, [1 / float(stream.average_rate)] * len(frames)


def large(count):
    return [frame.repeat(4, 0).repeat(4, 1) for frame in moving(count)]


# Mean error a channel: two are lossless, GIF has 256 colours, films store colour at half the size.
@pytest.mark.parametrize(
    ("suffix", "error"), [(".gif", 6), (".webp", 0), (".apng", 0), (".mp4", 3), (".webm", 3)]
)
def test_decoded_frames_match(odd_folder, suffix, error):
    target = odd_folder / f"loop{suffix}"
    assert save_animation(large(12), target, 24, LOOP) == target
    frames, durations = decoded(target)
    assert len(frames) == 12
    assert sum(durations) == pytest.approx(0.5, abs=0.011)
    for frame, original in zip(frames, large(12), strict=True):
        assert frame.shape == original.shape
        assert np.abs(frame.astype(int) - original).mean() <= error
    assert read_recipe(target) == LOOP


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_longest_recipe_fits(tmp_path, suffix):
    point = Point.between(SEED_MAX, SEED_MAX, 0.1234567890123456789, "slerp", 1.234567890123456789)
    composition = evenly((point,) * MAX_KEYFRAMES, 60.0)
    recipe = replace(LOOP, composition=composition, preset="🎨" * MAX_TEXT)
    save_animation(moving(3), tmp_path / f"loop{suffix}", 24, recipe)
    assert read_recipe(tmp_path / f"loop{suffix}") == recipe
    assert len(decoded(tmp_path / f"loop{suffix}")[0]) == 3


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("count", [1, 4])
def test_a_loop_that_does_not_move_is_still_a_file_with_a_recipe(tmp_path, suffix, count):
    target = tmp_path / f"still{suffix}"
    frame = next(moving(1))
    save_animation([frame] * count, target, 24, LOOP)
    assert read_recipe(target) == LOOP
    with av.open(target) if suffix in {".mp4", ".webm"} else Image.open(target):
        pass


@pytest.mark.parametrize(
    ("container", "codec", "known_as"),
    [("mp4", "h264", "h264"), ("mp4", "h265", "hevc"), ("mp4", "av1", "av1"),
     ("webm", "vp9", "vp9"), ("webm", "av1", "av1")],
)  # fmt: skip
def test_films_in_every_code(tmp_path, container, codec, known_as):
    form = film_format(container, codec, 90)
    if not has_codec(form.codec):
        pytest.skip(f"libav has no {form.codec}")
    target = tmp_path / f"film.{container}"
    frames = large(8)
    with animation(target, 24, LOOP, form) as add:
        for frame in frames:
            add(frame)
    assert read_recipe(target) == LOOP
    with av.open(target) as film:
        assert film.streams.video[0].codec_context.name.replace("libdav1d", "av1") == known_as
    found = decoded(target)[0]
    assert len(found) == 8
    assert np.abs(found[3].astype(int) - frames[3]).mean() < 4


def test_less_quality_makes_smaller_films(tmp_path):
    sizes = []
    for quality in (40, 95):
        target = tmp_path / f"{quality}.mp4"
        with animation(target, 24, form=film_format("mp4", "h264", quality)) as add:
            for frame in large(8):
                add(frame)
        sizes.append(target.stat().st_size)
    assert sizes[0] < 0.7 * sizes[1]


def test_a_codec_that_is_not_there_is_told(tmp_path):
    form = replace(film_format("mp4", "h264", 90), codec="libnothing")
    with pytest.raises(NoCodec, match="libnothing"), animation(tmp_path / "x.mp4", 24, form=form):
        pass
    assert list(tmp_path.iterdir()) == []


def test_few_colours_stay_exact_in_a_gif(tmp_path):
    colours = np.random.default_rng(2).integers(0, 256, (200, 3), np.uint8)
    frames = [colours[np.random.default_rng(n).integers(0, 200, (128, 128))] for n in range(3)]
    save_animation(frames, tmp_path / "loop.gif", 10)
    assert np.array_equal(decoded(tmp_path / "loop.gif")[0], frames)


def test_a_gif_plays_for_ever_at_its_true_average_speed(tmp_path):
    save_animation(moving(60), tmp_path / "loop.gif", 30)
    with Image.open(tmp_path / "loop.gif") as image:
        assert image.info["loop"] == 0
    assert sum(decoded(tmp_path / "loop.gif")[1]) == pytest.approx(2.0, abs=0.011)
    save_animation(moving(10), tmp_path / "fast.gif", 60)
    assert min(decoded(tmp_path / "fast.gif")[1]) == pytest.approx(0.02)


def test_an_mp4_of_odd_sides_grows_by_a_pixel_and_names_its_colours(tmp_path):
    save_animation(moving(5, 15, 21), tmp_path / "loop.mp4", 29.97)
    with av.open(tmp_path / "loop.mp4") as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == (22, 16)
        assert stream.codec_context.pix_fmt == "yuv420p"
        assert stream.codec_context.colorspace == 1  # BT.709
        assert stream.average_rate == Fraction(29.97).limit_denominator(1001)


@pytest.mark.parametrize("suffix", FORMATS)
def test_frames_are_not_held_together(tmp_path, suffix):
    alive = []
    most = 0

    def frames():
        nonlocal most
        for frame in moving(40):
            alive.append(weakref.ref(frame))
            most = max(most, sum(each() is not None for each in alive))
            yield frame

    save_animation(frames(), tmp_path / f"loop{suffix}", 24)
    assert most <= 4


@pytest.mark.parametrize("suffix", FORMATS)
def test_trouble_half_way_leaves_nothing_behind(tmp_path, suffix):
    class Stopped(Exception):
        pass

    def frames():
        yield from moving(3)
        raise Stopped

    with pytest.raises(Stopped):
        save_animation(frames(), tmp_path / f"loop{suffix}", 24, LOOP)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("full_disk")
@pytest.mark.parametrize("suffix", FORMATS)
def test_a_full_disk_is_told(tmp_path, suffix):
    with pytest.raises(DiskFull):
        save_animation(moving(3), tmp_path / f"loop{suffix}", 24, LOOP)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(read_only_folder):
    with pytest.raises(FolderNotWritable):
        save_animation(moving(3), read_only_folder / "loop.gif", 24)


def test_what_is_no_loop_is_refused(tmp_path):
    uneven = [next(moving(1)), next(moving(1, 20))]
    with pytest.raises(ValueError, match="first"):
        save_animation(uneven, tmp_path / "loop.gif", 24)
    with pytest.raises(ValueError, match="at least one"):
        save_animation([], tmp_path / "loop.mp4", 24)
    with pytest.raises(ValueError, match="none of"):
        save_animation(moving(2), tmp_path / "loop.avi", 24)
    with pytest.raises(ValueError, match="above 0"):
        save_animation(moving(2), tmp_path / "loop.gif", 0)
    assert list(tmp_path.iterdir()) == []
