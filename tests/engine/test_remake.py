"""What a file shows is made again from its recipe, pixel for pixel."""

import hashlib
import itertools
import tracemalloc
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image

from ganart.engine.asks import Ask
from ganart.engine.errors import BadOption
from ganart.engine.gan.checkpoint import model_info, save_model
from ganart.engine.gan.models import keep_model
from ganart.engine.latent import loops
from ganart.engine.latent.exports import (
    Exported,
    LoopPlan,
    place_of,
    save_picture,
    save_print,
    save_sheet,
)
from ganart.engine.latent.frame_store import FrameStore
from ganart.engine.latent.loops import loop_recipe, save_loop, write_loop
from ganart.engine.latent.output import (
    LoopOutput,
    PrintOutput,
    SheetOutput,
    StillOutput,
)
from ganart.engine.latent.output_sizes import (
    picture_size,
)
from ganart.engine.latent.remake import remake, small_frames
from ganart.engine.latent.render import CannotMerge, Model
from ganart.errors import DiskFull
from ganart.media.composition import evenly
from ganart.media.drawn import Drawn
from ganart.media.metadata import NoRecipe, read_recipe
from ganart.media.names import BadPattern
from ganart.media.point import Gene, Part, Point, vector_of
from ganart.media.stills import srgb_profile
from tests.engine.toys import Asks, fresh, tiny

POINTS = [Point.at(seed) for seed in range(1, 6)]


@pytest.fixture
def model(project):
    """Return the path of an untrained model."""
    return keep(project, tiny())


def keep(project, config) -> Path:
    state = fresh(config)
    path = project.folder / "model.safetensors"
    save_model(path, state, model_info(config, state, "sketch-32", "data"))
    return path


def made(job):
    """Return the files that a job makes."""
    return [event.path for event in job if isinstance(event, Exported)]


def pixels_of(path: Path) -> np.ndarray:
    if path.suffix == ".png" and path.read_bytes()[24] == 16:
        return deep_pixels(path)
    with Image.open(path) as picture:
        assert picture.mode == "RGB"
        return np.asarray(picture)


def deep_pixels(path: Path) -> np.ndarray:
    """Read 16 bits with libav, which is another's reader."""
    import av

    with av.open(path) as container:
        (frame,) = container.decode(video=0)
        assert frame.format.name == "rgb48be"
        return frame.to_ndarray(format="rgb48le")


def again(path: Path, model: Path) -> list[np.ndarray]:
    return list(remake(read_recipe(path), Model.load(model)))


LOSSLESS = [
    {"format": "png"},
    {"format": "png", "bits": 16},
    {"format": "tiff"},
    {"format": "tiff", "compression": "lzw"},
    {"format": "tiff", "compression": "none"},
    {"format": "webp"},
]
SHAPES = [
    {},
    {"size": 50, "resample": "lanczos", "aspect": "3:2", "sign": "Åsa ✶", "edition": 2},
    {"size": 31, "resample": "bicubic", "sign_corner": "top left", "sign": "X"},
]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("form", LOSSLESS)
def test_a_lossless_picture_is_made_again_with_the_same_pixels(project, model, form, shape):
    point = Point.between(5, 9, 0.3, "slerp", 0.9)
    output = StillOutput(**form, **shape)
    paths = made(save_picture(project, model, point, Asks(), output))
    assert len(paths) == max(1, output.edition)
    for path in paths:
        pixels = pixels_of(path)
        assert pixels.shape[1::-1] == picture_size(output, Drawn(8, 8))
        (expected,) = again(path, model)
        assert pixels.dtype == expected.dtype
        np.testing.assert_array_equal(pixels, expected)
    if output.edition:
        assert "1-2" not in paths[0].name  # the usual pattern does not name it
        assert (pixels_of(paths[0]) != pixels_of(paths[1])).any()


def test_16_bits_are_finer_than_8(project, model):
    (path,) = made(save_picture(project, model, POINTS[0], Asks(), StillOutput(bits=16)))
    deep = deep_pixels(path)
    plain = Model.load(model).render(POINTS[:1])[0].repeat(4, 0).repeat(4, 1)
    assert np.abs(deep / 257 - plain).max() <= 0.51
    assert len(np.unique(deep % 257)) > 20


@pytest.mark.parametrize("form", ["jpeg", "webp"])
def test_lossy_pictures_are_close_and_carry_recipe_profile_and_resolution(project, model, form):
    output = StillOutput(format=form, lossless=False, size=128, resample="bicubic", dpi=150)
    (path,) = made(save_picture(project, model, POINTS[0], Asks(), output))
    (expected,) = again(path, model)
    assert np.abs(pixels_of(path).astype(int) - expected).mean() < 6
    with Image.open(path) as picture:
        assert picture.info["icc_profile"] == srgb_profile()
        exif = picture.getexif()
        found = picture.info["dpi"] if form == "jpeg" else (exif[282], exif[283])
        assert found == (150, 150)


@pytest.mark.parametrize("form", LOSSLESS)
def test_equal_pictures_are_equal_files_but_for_the_time_in_the_recipe(project, model, form):
    output = StillOutput(**form, recipe=False)
    first, second = (
        made(save_picture(project, model, POINTS[0], Asks(), output))[0] for _ in range(2)
    )
    assert first.read_bytes() == second.read_bytes()
    with pytest.raises(NoRecipe):
        read_recipe(first)


def test_a_recipe_too_long_for_a_jpeg_lies_beside_it(project, model):
    parts = tuple(Part(seed, weight=1 / 3 + seed) for seed in range(9))
    points = [Point(parts, diversity=1 / (1 + place)) for place in range(400)]
    output = SheetOutput(format="jpeg", columns=20, scale=1)
    *_, event = save_sheet(project, model, points, Asks(), output)
    recipe = read_recipe(event.path)
    assert recipe.points == tuple(points)
    assert len(recipe.to_json()) > 65_536
    assert event.recipe_beside == event.path.with_name(event.path.name + ".json")
    *_, short = save_sheet(project, model, points[:9], Asks(), output)
    assert short.recipe_beside is None


def test_a_sheet_with_captions_margins_and_a_shape_is_made_again(project, model):
    output = SheetOutput(columns=3, captions=True, margin=20, background="white", aspect="2:3")
    (path,) = made(save_sheet(project, model, POINTS, Asks(), output))
    (expected,) = again(path, model)
    np.testing.assert_array_equal(pixels_of(path), expected)
    assert expected.shape[1] == 3 * round(32 * 2 / 3) + 2 * 8 + 2 * 20


@pytest.mark.parametrize("form", ["png", "tiff"])
def test_the_pages_of_a_print_are_made_again(project, model, form):
    output = PrintOutput(
        format=form, width_cm=5, height_cm=4, dpi=100, columns=2, rows=1, margin_mm=4,
        bleed_mm=2, crop_marks=True, captions=True, edition=2, aspect="3:4",
    )  # fmt: skip
    paths = made(save_print(project, model, POINTS, Asks(), output))
    assert len(paths) == 6
    pages = [again(path, model) for path in paths]
    for path, (page,) in zip(paths, pages, strict=True):
        np.testing.assert_array_equal(pixels_of(path), page)
    assert pages[0][0].shape == (round(58 / 25.4 * 100), round(68 / 25.4 * 100), 3)
    assert any((a[0] != b[0]).any() for a, b in itertools.pairwise(pages))


def test_a_print_as_pdf_carries_its_recipe(project, model):
    output = PrintOutput(width_cm=5, height_cm=4, dpi=72, columns=2)
    (path,) = made(save_print(project, model, POINTS, Asks(), output))
    assert path.suffix == ".pdf"
    recipe = read_recipe(path)
    assert recipe.points == tuple(POINTS)
    assert len(list(remake(recipe, Model.load(model)))) == 3


def loop_plan(frames=40, **output):
    composition = evenly(tuple(POINTS[:3]), frames / 10)
    return LoopPlan(composition, LoopOutput(**{"fps": 10.0, "scale": 2, "format": "png"} | output))


def digest(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob("*.png"))
    }


def test_the_same_loop_twice_is_the_same_pictures(project, model):
    plan = loop_plan(sign="me", resample="lanczos", size=30)
    first, second = (made(save_loop(project, model, plan, Asks()))[0] for _ in range(2))
    assert first != second
    assert len(digest(first)) == 40
    assert digest(first) == digest(second)
    recipe = read_recipe(first / "recipe.json")
    frames = list(remake(recipe, Model.load(model)))
    for path, frame in zip(sorted(first.glob("*.png")), frames, strict=True):
        np.testing.assert_array_equal(pixels_of(path), frame)


@pytest.mark.parametrize("form", ["webp", "apng"])
def test_lossless_loops_are_made_again(project, model, form):
    (path,) = made(save_loop(project, model, loop_plan(20, format=form), Asks()))
    expected = list(remake(read_recipe(path), Model.load(model)))
    with Image.open(path) as picture:
        for number in (0, 7, 19):
            picture.seek(number)
            np.testing.assert_array_equal(np.asarray(picture.convert("RGB")), expected[number])


def test_frames_drawn_together_are_those_drawn_alone_within_a_level(project, model):
    recipe = loop_recipe(keep_model(project, model), loop_plan(40))
    loaded = Model.load(model)
    together = np.concatenate(list(small_frames(recipe, loaded)))
    older = replace(recipe, output={})
    alone = np.concatenate(list(small_frames(older, loaded)))
    assert np.abs(together.astype(int) - alone).max() <= 1


def test_a_style_network_draws_frames_together_too(project):
    path = keep(project, tiny(architecture="style"))
    loaded = Model.load(path)
    moved = replace(POINTS[1], genes=(Gene("g", vector_of(np.ones(8, np.float32)), 0.5),))
    points = [POINTS[0], moved, *POINTS[2:]]
    together, alone = loaded.glance(points), loaded.render(points)
    assert np.abs(together.astype(int) - alone).max() <= 1


# Going on with what was begun


def begun(project, model, plan):
    kept = keep_model(project, model)
    recipe = loop_recipe(kept, plan)
    loaded = Model.load(kept)
    target = loops.loop_target(
        place_of(project, None, loaded.info, plan.output.pattern), recipe, plan.output
    )
    return loaded, recipe, target


@pytest.mark.parametrize("form", ["png", "webp"])
def test_a_loop_goes_on_without_drawing_frames_again(project, model, tmp_path, form, monkeypatch):
    plan = loop_plan(100, format=form)
    loaded, recipe, target = begun(project, model, plan)
    store = FrameStore(tmp_path / "frames", 8, 8)
    stopped = list(write_loop(loaded, recipe, target, Asks(None, None, None, Ask.STOP), store))
    assert not any(isinstance(each, Exported) for each in stopped)
    assert len(list(store.frames())) == 64
    with (tmp_path / "frames").open("ab") as stream:
        stream.write(b"half a frame of a killed program")
    drawn = []
    render = Model.glance
    monkeypatch.setattr(
        Model, "glance", lambda self, points: drawn.append(1) or render(self, points)
    )
    *_, last = write_loop(loaded, recipe, target, Asks(), store)
    assert len(drawn) == 3
    whole = made(save_loop(project, model, plan, Asks()))[0]
    if form == "png":
        assert digest(last.path) == digest(whole)
    else:
        with Image.open(last.path) as one, Image.open(whole) as other:
            for number in (0, 63, 64, 99):
                one.seek(number)
                other.seek(number)
                np.testing.assert_array_equal(np.asarray(one), np.asarray(other))


def test_damaged_kept_frames_are_drawn_anew(tmp_path):
    store = FrameStore(tmp_path / "frames", 4, 4)
    frames = np.random.default_rng(0).integers(0, 256, (6, 4, 4, 3), np.uint8)
    store.put(0, frames)
    content = bytearray((tmp_path / "frames").read_bytes())
    content[3 * 52 + 10] ^= 1
    (tmp_path / "frames").write_bytes(content)
    assert len(list(store.frames())) == 3
    store.put(3, frames[3:])
    np.testing.assert_array_equal(np.stack(list(store.frames())), frames)


def test_a_full_disk_at_a_late_frame_is_told_and_keeps_the_frames(
    project, model, tmp_path, monkeypatch
):
    plan = loop_plan(100)
    loaded, recipe, target = begun(project, model, plan)
    store = FrameStore(tmp_path / "frames", 8, 8)
    real, count = Path.write_bytes, itertools.count()

    def write(path, content):
        if path.suffix == ".part" and next(count) >= 70:
            real(path, content[:9])
            raise OSError(28, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", write)
    with pytest.raises(DiskFull):
        list(write_loop(loaded, recipe, target, Asks(), store))
    monkeypatch.undo()
    assert len(digest(target)) == 70
    assert not list(target.glob("*.part"))
    assert len(list(store.frames())) >= 70
    *_, last = write_loop(loaded, recipe, target, Asks(), store)
    assert len(digest(last.path)) == 100


def test_what_does_not_go_together_is_refused(project, model):
    for output in (
        StillOutput(format="jpeg", bits=16),
        StillOutput(size=30_001),
        StillOutput(scale=0),
        StillOutput(aspect="7:1"),
        StillOutput(sign="a\nb"),
    ):
        with pytest.raises(BadOption):
            list(save_picture(project, model, POINTS[0], Asks(), output))
    with pytest.raises(BadOption):
        list(save_loop(project, model, loop_plan(format="webm", codec="h264"), Asks()))
    with pytest.raises(BadPattern):
        list(save_picture(project, model, POINTS[0], Asks(), StillOutput(pattern="{what}")))
    assert [path for path in project.artworks_folder.iterdir() if path.is_file()] == []


@pytest.mark.parametrize("form", ["mp4", "png", "gif", "webp", "apng", "webm"])
def test_memory_does_not_grow_with_the_length(project, model, form):
    peaks = []
    for frames in (100, 1000):
        plan = loop_plan(frames, format=form)
        loaded, recipe, target = begun(project, model, plan)
        *_, last = write_loop(loaded, recipe, target, Asks())  # loads what is loaded once
        resident = psutil.Process().memory_info().rss
        tracemalloc.start()
        *_, last = write_loop(loaded, recipe, target, Asks())
        assert isinstance(last, Exported)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert psutil.Process().memory_info().rss - resident < 40 * 2**20
    # The points of the walk are kept, about two kilobytes each.
    assert peaks[1] - peaks[0] < 900 * 3000


@pytest.mark.parametrize("architecture", ["r3", "dcgan"])
def test_pictures_that_grow_together_have_no_seams_and_are_made_again(project, architecture):
    path = keep(project, tiny(architecture=architecture, side=16))
    output = SheetOutput(columns=3, scale=1, margin=0, gap=0)
    (plain,) = made(save_sheet(project, path, POINTS, Asks(), output))
    merged = replace(output, merge=True, scale=2)
    (one,) = made(save_sheet(project, path, POINTS, Asks(), merged))
    pixels = pixels_of(one)
    np.testing.assert_array_equal(pixels, again(one, path)[0])
    small, apart = pixels[::2, ::2].astype(int), pixels_of(plain).astype(int)
    assert small.shape == (32, 48, 3)
    # What an untrained model begins with changes from each of its 4 x 4 cells to the next.
    steps, steps_apart = (np.abs(np.diff(each, axis=1)).mean((0, 2)) for each in (small, apart))
    cells = [steps[x - 1] for x in range(4, 48, 4) if x % 16]
    seams = [steps[x - 1] for x in (16, 32)]
    assert np.mean(seams) < 1.3 * np.mean(cells)
    assert np.mean(seams) < 0.9 * np.mean([steps_apart[x - 1] for x in (16, 32)])


def test_a_model_that_cannot_let_pictures_grow_together_says_so(project):
    path = keep(project, tiny(architecture="style"))
    with pytest.raises(CannotMerge, match="architecture"):
        list(save_sheet(project, path, POINTS, Asks(), SheetOutput(merge=True)))
