import av
import numpy as np
import pytest
import torch
from PIL import Image

from ganart.engine.asks import Ask
from ganart.engine.errors import BadOption
from ganart.engine.style.config import PaintConfig, StyleSource
from ganart.engine.style.events import (
    FilmDone,
    FilmProgress,
    Preview,
    StylePhaseChanged,
    StyleTrouble,
)
from ganart.engine.style.film_artists import PaintedFilm
from ganart.engine.style.film_run import stylize_film
from ganart.engine.style.looks import BUILT_IN, Ingredient, Look
from ganart.media.metadata import read_recipe
from ganart.media.video import BadFilm, BrokenFrame, open_film
from tests.conftest import SAMPLE_PICTURES
from tests.engine.toys import of_kind
from tests.films import save_animation
from tests.unit.films import make_video, moving, sound_of

LOOK = Look("built-in", (Ingredient(BUILT_IN[0].key),))
STYLE = SAMPLE_PICTURES / "pixelArt_0003.png"


@pytest.fixture(autouse=True)
def _same_threads():
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def noisy(count, side=48):
    """Return a still picture in the noise of a camera."""
    random = np.random.default_rng(0)
    picture = next(moving(1, side, side)).astype(float)
    for _ in range(count):
        noise = random.normal(0, 3, picture.shape)
        yield (picture + noise).clip(0, 255).astype(np.uint8)


def stylize(source, target, way=LOOK, poll=lambda: None, **more):
    return list(stylize_film(source, way, target, poll, device="cpu", threads=1, **more))


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".mp4"])
def test_a_film_is_stylized_with_calm(tmp_path, suffix):
    source = save_animation(noisy(6), tmp_path / f"still{suffix}", 10)
    before = source.read_bytes()
    events = stylize(source, tmp_path / f"film{suffix}")
    done = events[-1]
    assert done == FilmDone(
        tmp_path / f"film{suffix}", 6, 0, done.flicker, done.flicker_plain, stopped=False
    )
    assert 0 < done.flicker < 0.5 * done.flicker_plain
    progress = list(of_kind(events, FilmProgress))
    assert [(each.frame, each.frames) for each in progress] == [(n, 6) for n in range(1, 7)]
    assert progress[-1].time_left_s == 0
    assert next(of_kind(events, Preview)).pixels.shape == (48, 48, 3)
    with open_film(done.path) as film:
        frames = list(film.frames)
    assert [frame.at_s for frame in frames] == pytest.approx([n / 10 for n in range(6)], abs=0.011)
    recipe = read_recipe(done.path)
    assert (recipe.kind, recipe.photo.name, recipe.options["calm"]) == (
        "stylized",
        source.name,
        True,
    )
    assert source.read_bytes() == before


def test_without_calm_every_frame_is_by_itself(tmp_path):
    source = save_animation(noisy(4), tmp_path / "still.webp", 10)
    done = stylize(source, tmp_path / "film.webp", calm=False)[-1]
    assert done.flicker == done.flicker_plain > 0


def test_the_sound_comes_along(tmp_path):
    source = make_video(tmp_path / "clip.mp4")
    done = stylize(source, tmp_path / "film.mp4", long_side=32)[-1]
    codec, length, _ = sound_of(done.path)
    assert codec == "aac"
    assert length == pytest.approx(1, abs=0.08)
    with av.open(done.path) as written:
        stream = written.streams.video[0]
        assert (stream.width, stream.height, stream.frames) == (32, 24, 12)


def test_a_stop_keeps_the_film_so_far(tmp_path):
    source = make_video(tmp_path / "clip.mp4")
    made = []
    job = stylize_film(
        source,
        LOOK,
        tmp_path / "film.mp4",
        lambda: Ask.STOP if sum(isinstance(each, FilmProgress) for each in made) == 3 else None,
        device="cpu",
        threads=1,
    )
    for event in job:
        made.append(event)
    done = made[-1]
    assert done.stopped
    assert done.frames == 3
    with open_film(done.path) as film:
        assert len(list(film.frames)) == 3
    assert sound_of(done.path)[1] == pytest.approx(0.25, abs=0.08)


@pytest.mark.parametrize("way", ["look", "painting"])
def test_a_stop_in_the_midst_of_a_frame_is_answered(tmp_path, way):
    source = save_animation(noisy(3, 64), tmp_path / "still.webp", 10)
    asked = []

    def stop_at_the_third_poll():
        asked.append(None)
        return Ask.STOP if len(asked) == 3 else None

    painted = PaintedFilm((StyleSource(STYLE),), PaintConfig(iterations=50, coarsest=0))
    events = stylize(
        source,
        tmp_path / "film.webp",
        LOOK if way == "look" else painted,
        stop_at_the_third_poll,
    )
    assert (events[-1].path, events[-1].stopped) == (None, True)
    assert len(asked) == 3


def test_a_still_picture_does_not_flicker(tmp_path):
    frames = [Image.fromarray(next(noisy(1))) for _ in range(3)]
    for number, each in enumerate(frames):
        each.putpixel((0, 0), (number, 0, 0))  # equal frames would become one
    source = tmp_path / "still.png"
    frames[0].save(source, save_all=True, append_images=frames[1:], duration=100)
    done = stylize(source, tmp_path / "film.webp")[-1]
    assert done.frames == 3
    assert done.flicker < 0.05


def test_a_stop_before_the_first_frame_leaves_nothing(tmp_path):
    source = make_video(tmp_path / "clip.mp4")
    done = stylize(source, tmp_path / "out" / "film.mp4", poll=lambda: Ask.STOP)[-1]
    assert done.stopped
    assert done.path is None
    assert not list((tmp_path / "out").iterdir())


def test_nothing_is_replaced(tmp_path):
    source = save_animation(noisy(2), tmp_path / "film.gif", 10)
    before = source.read_bytes()
    paths = [stylize(source, source)[-1].path for _ in range(2)]
    assert [path.name for path in paths] == ["film 2.gif", "film 3.gif"]
    assert source.read_bytes() == before


def test_a_broken_frame_is_told_and_passed_over(tmp_path):
    frames = [Image.fromarray(pixels) for pixels in noisy(4)]
    source = tmp_path / "broken.png"
    frames[0].save(source, save_all=True, append_images=frames[1:], duration=100)
    content = bytearray(source.read_bytes())
    place = content.index(b"fdAT", content.index(b"fdAT") + 4)
    content[place + 20 : place + 120] = bytes(100)
    source.write_bytes(content)
    events = stylize(source, tmp_path / "film.mp4")
    broken = [each.error for each in of_kind(events, StyleTrouble)]
    assert all(isinstance(error, BrokenFrame) for error in broken)
    done = events[-1]
    assert done.frames >= 2
    assert done.broken >= 1
    assert done.broken == len(broken)


def test_what_is_no_film_leaves_nothing(tmp_path):
    source = tmp_path / "x.mp4"
    source.write_bytes(b"no film")
    with pytest.raises(BadFilm):
        stylize(source, tmp_path / "out" / "film.mp4")
    with pytest.raises(BadOption):
        stylize(source, tmp_path / "out" / "film.avi")
    assert not list(tmp_path.rglob("film*"))


def test_an_optimised_film_goes_on_from_the_frame_before(tmp_path):
    source = save_animation(noisy(3, 32), tmp_path / "still.webp", 10)
    way = PaintedFilm((StyleSource(STYLE),), PaintConfig(iterations=4, coarsest=0))
    events = stylize(source, tmp_path / "film.webp", way)
    assert isinstance(events[0], StylePhaseChanged)
    assert events[-1].frames == 3
    recipe = read_recipe(events[-1].path)
    assert (recipe.kind, recipe.styles[0].name) == ("painting", STYLE.name)
