"""Runs of pictures that are no squares, from the folder to what is saved of them."""

import json
import re
from dataclasses import replace

import av
import numpy as np
import pytest
from PIL import Image
from safetensors import safe_open
from safetensors.numpy import save_file

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.framing import Fill, Framing, frame
from ganart.engine.asks import Ask
from ganart.engine.gan.audits import read_audit, write_audit
from ganart.engine.gan.blend import Blender
from ganart.engine.gan.checkpoint import model_info, save_model
from ganart.engine.gan.events import Audit, Copy, Samples
from ganart.engine.gan.model_file import HEADER_KEY, read_info
from ganart.engine.gan.model_onnx import onnx_bytes
from ganart.engine.gan.timelapse import TimelapsePlan, save_timelapse
from ganart.engine.latent.directions import find_genes
from ganart.engine.latent.exports import LoopPlan, save_picture, save_print, save_sheet
from ganart.engine.latent.loops import save_loop
from ganart.engine.latent.output import LoopOutput, PrintOutput, SheetOutput, StillOutput
from ganart.engine.latent.projection import project as find_photo
from ganart.engine.latent.projection_plan import Effort, Photo, Projected, ProjectionPlan
from ganart.engine.latent.remake import remake
from ganart.engine.latent.render import Model
from ganart.media.composition import evenly
from ganart.media.drawn import Drawn
from ganart.media.metadata import read_recipe
from ganart.media.point import Point
from ganart.project.runs import Runs
from tests.engine.runs import record_of, resume, train
from tests.engine.toys import Asks, fresh, of_kind, tiny

WIDTH, HEIGHT = 24, 16
OBLONG = tiny(side=16, shape="3:2")
POINTS = tuple(Point.at(seed) for seed in range(1, 7))


@pytest.fixture
def model(project):
    """Return the path of a trained model."""
    return train(project, OBLONG)[-1].checkpoint


@pytest.fixture
def make_model(tmp_path):
    """Return a function that writes an untrained model."""

    def make(seed=0, **changes):
        config = replace(OBLONG, seed=seed, **changes)
        state = fresh(config)
        path = tmp_path / f"{config.architecture}-{seed}.safetensors"
        save_model(path, state, model_info(config, state, "toy", ""))
        return path

    return make


def whole_run(project, config):
    """Train a run that is not kept, and return the hash of its model."""
    found = read_info(train(project, config)[-1].checkpoint).model_hash
    Runs(project.runs_folder).discard(record_of(project).id)
    return found


def made(job):
    """Run a job to its end and return the file that it made."""
    *_, last = job
    return last.path


def pixels_of(path):
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


@pytest.mark.parametrize("architecture", ["r3", "style"])
def test_a_run_goes_on_bit_for_bit_and_keeps_its_seeds(project, architecture):
    config = replace(OBLONG, architecture=architecture)
    whole = whole_run(project, config)
    train(project, config, *[None] * 5, Ask.STOP)
    half = record_of(project)
    rest = resume(project, half.id)[-1].checkpoint
    assert half.steps < record_of(project).steps
    assert read_info(rest).model_hash == whole

    model = Model.load(rest)
    together = model.render(POINTS)
    assert together.shape == (6, HEIGHT, WIDTH, 3)
    alone = [model.render([each])[0] for each in POINTS]
    assert np.array_equal(together, np.stack(alone))
    assert np.abs(model.glance(POINTS).astype(int) - together).max() <= 1


def test_the_samples_are_the_seeds_in_their_shape(project):
    events = train(project, OBLONG)
    grid = list(of_kind(events, Samples))[-1]
    assert grid.grid.shape == (6 * HEIGHT, 6 * WIDTH, 3)
    assert np.array_equal(pixels_of(grid.path), grid.grid)
    drawn = Model.load(events[-1].checkpoint).render([Point.at(9)])[0]  # second row, third place
    found = grid.grid[HEIGHT : 2 * HEIGHT, 2 * WIDTH : 3 * WIDTH]
    assert np.array_equal(found, drawn)


def test_what_is_saved_has_the_shape_of_the_model(project, model):
    still = made(save_picture(project, model, POINTS[0], Asks(), StillOutput(scale=3)))
    assert pixels_of(still).shape == (3 * HEIGHT, 3 * WIDTH, 3)
    drawn = Model.load(model).render(POINTS)
    assert np.array_equal(pixels_of(still)[::3, ::3], drawn[0])
    recipe = read_recipe(still)
    assert recipe.drawn == Drawn(WIDTH, HEIGHT)
    assert np.array_equal(next(remake(recipe, Model.load(model))), pixels_of(still))

    output = SheetOutput(columns=3, gap=2, margin=5, scale=1)
    sheet = pixels_of(made(save_sheet(project, model, POINTS, Asks(), output)))
    assert sheet.shape == (2 * HEIGHT + 2 + 10, 3 * WIDTH + 4 + 10, 3)
    last = sheet[5 + HEIGHT + 2 : -5, 5 + 2 * (WIDTH + 2) : -5]
    assert np.array_equal(last, drawn[5])

    merged = SheetOutput(columns=2, merge=True, margin=0, scale=2)
    whole = pixels_of(made(save_sheet(project, model, POINTS, Asks(), merged)))
    assert whole.shape == (2 * 3 * HEIGHT, 2 * 2 * WIDTH, 3)


@pytest.mark.parametrize("form", ["gif", "png"])
def test_a_loop_has_the_shape_of_the_model(project, model, form):
    output = LoopOutput(format=form, scale=2, fps=5.0)
    path = made(save_loop(project, model, LoopPlan(evenly(POINTS[:2], 1.0), output), Asks()))
    first = path if path.is_file() else sorted(path.glob("*.png"))[0]
    assert pixels_of(first).shape == (2 * HEIGHT, 2 * WIDTH, 3)


def test_a_print_keeps_the_shape_within_its_page(project, model):
    output = PrintOutput(
        format="png", dpi=100, width_cm=10, height_cm=10, margin_mm=20, background="black"
    )
    page = pixels_of(made(save_print(project, model, POINTS[:1], Asks(), output)))
    rows, columns = np.nonzero(page.max(2))
    height, width = np.ptp(rows) + 1, np.ptp(columns) + 1
    assert width / height == pytest.approx(1.5, abs=0.03)
    assert width == pytest.approx(6 / 2.54 * 100, abs=2)


def test_a_time_lapse_of_seeds(project, tmp_path):
    train(project, OBLONG, None, Ask.SAVE, None, Ask.SAVE)
    plan = TimelapsePlan(seeds=(4, 7), seconds=0.5, fps=10, suffix=".gif", scale=2)
    path = made(save_timelapse(project, record_of(project).id, plan, lambda: None, tmp_path))
    with av.open(path) as container:
        shown = next(container.decode(video=0))
    assert (shown.width, shown.height) == (2 * (2 * WIDTH + 3 * 2), 2 * (HEIGHT + 2 * 2))


def test_a_photo_is_looked_for_in_the_models_shape(make_model, tmp_path):
    path = make_model(architecture="fc")
    own = Model.load(path).render([Point.at(77)])[0]
    Image.fromarray(own).save(tmp_path / "own.png")
    brief = Effort(samples=32, starts=2, steps=45)
    plan = ProjectionPlan(tmp_path / "own.png", effort=brief, device="cpu")
    events = list(find_photo(path, plan, lambda: None))
    (seen,) = of_kind(events, Photo)
    assert np.array_equal(seen.pixels, own)
    assert isinstance(events[-1], Projected)
    assert events[-1].nearness.share > 0.7
    assert events[-1].pixels.shape == (HEIGHT, WIDTH, 3)


def test_a_tall_photo_gives_the_part_that_is_wanted(make_model, tmp_path):
    photo = np.zeros((100, 30, 3), np.uint8)
    photo[70:] = 255
    Image.fromarray(photo).save(tmp_path / "tall.png")
    brief = Effort(samples=16, starts=1, steps=1)
    means = []
    for share in (0.0, 1.0):
        plan = ProjectionPlan(
            tmp_path / "tall.png", effort=brief, device="cpu", focus=(share, share)
        )
        (seen,) = of_kind(find_photo(make_model(), plan, lambda: None), Photo)
        assert seen.pixels.shape == (HEIGHT, WIDTH, 3)
        means.append(seen.pixels.mean())
    assert means == [0, 255]


@pytest.mark.parametrize("architecture", ["r3", "style"])
def test_genes_are_found(make_model, architecture):
    *_, found = find_genes(Model.load(make_model(architecture=architecture)))
    assert found.genes


def test_stages_are_told_apart_as_those_of_the_square(make_model, tmp_path):
    oblong = make_model(architecture="style")
    square = make_model(architecture="style", shape="1:1", seed=1)
    assert Blender(oblong, oblong).splits == Blender(square, square).splits == (4, 8)


@pytest.mark.parametrize("architecture", ["r3", "style", "fast"])
def test_onnx_draws_what_torch_draws(make_model, architecture):
    onnxruntime = pytest.importorskip("onnxruntime")
    pytest.importorskip("onnxscript")
    model = Model.load(make_model(architecture=architecture))
    content, difference = onnx_bytes(model.generator, 8)
    assert difference <= 1 / 255
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    inputs = {"z": np.zeros((3, 8), np.float32), "diversity": np.ones(3, np.float32)}
    assert session.run(None, inputs)[0].shape == (3, 3, HEIGHT, WIDTH)


def test_an_audit_keeps_its_pictures(tmp_path):
    pixels = np.random.default_rng(0).integers(0, 256, (2, HEIGHT, WIDTH, 3), np.uint8)
    copies = tuple(
        Copy(seed, tmp_path / "a.png", False, 0.1, each) for seed, each in enumerate(pixels)
    )
    write_audit(tmp_path, Audit(5, copies, ()))
    found = read_audit(tmp_path)
    assert all(
        np.array_equal(ours.generated, each)
        for ours, each in zip(found.copies, pixels, strict=True)
    )


# Models from before, and stretched pictures


def test_a_model_of_before_there_were_shapes_is_a_square_one(make_model):
    path = make_model(shape="1:1")
    with safe_open(path, framework="numpy") as file:
        header = json.loads(file.metadata()[HEADER_KEY])
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  (no mapping)
    del header["config"]["shape"], header["stretched_from"]
    older = path.with_name("older.safetensors")
    save_file(tensors, older, {HEADER_KEY: json.dumps(header)})
    assert read_info(older) == read_info(path)
    assert np.array_equal(Model.load(older).render(POINTS), Model.load(path).render(POINTS))


def test_a_run_of_before_there_were_shapes_goes_on(project):
    whole = whole_run(project, tiny())
    train(project, tiny(), *[None] * 5, Ask.STOP)
    half = record_of(project)
    path = project.runs_folder / half.id / "run.json"
    text = path.read_text()
    assert re.search('"shape": "1:1",?', text)
    path.write_text(re.sub('"shape": "1:1",?', "", text))
    rest = resume(project, half.id)[-1].checkpoint
    assert read_info(rest).model_hash == whole


@pytest.mark.parametrize("size", [(90, 60), (60, 90)])
def test_stretched_pictures_are_pulled_back_when_they_are_saved(project, tmp_path, size):
    wide = tmp_path / "wide"
    wide.mkdir()
    for number in range(30):
        shade = np.random.default_rng(number).integers(0, 256, (size[1], size[0], 3), np.uint8)
        Image.fromarray(shade).save(wide / f"{number}.png")
    with Catalogue(project.catalogue_path) as catalogue:
        from ganart.datasets.scan import scan

        catalogue.set_usual_framing(Framing(fill=Fill.STRETCH))
        catalogue.add_source(wide)
        list(scan(catalogue, lambda: False))
    model = train(project, tiny(side=16))[-1].checkpoint
    aspect = size[0] / size[1]
    assert read_info(model).stretched_from == pytest.approx(aspect)

    plain = made(save_picture(project, model, POINTS[0], Asks(), StillOutput(scale=2)))
    assert pixels_of(plain).shape == (32, 32, 3)
    output = StillOutput(scale=2, aspect="pictures")
    path = made(save_picture(project, model, POINTS[0], Asks(), output))
    expected = (round(32 / min(1, aspect)), round(32 * max(1, aspect)), 3)
    assert pixels_of(path).shape == expected
    recipe = read_recipe(path)
    assert recipe.stretched_from == pytest.approx(aspect)
    assert np.array_equal(next(remake(recipe, Model.load(model))), pixels_of(path))
    longer = StillOutput(size=60, aspect="pictures")
    path = made(save_picture(project, model, POINTS[0], Asks(), longer))
    assert sorted(pixels_of(path).shape[:2]) == [40, 60]


def test_pictures_that_are_cropped_were_not_stretched(project, model):
    assert read_info(model).stretched_from == 0
    output = StillOutput(scale=1, aspect="pictures")
    path = made(save_picture(project, model, POINTS[0], Asks(), output))
    assert pixels_of(path).shape == (HEIGHT, WIDTH, 3)


def test_training_sees_the_pictures_as_they_are_framed(project, model, pictures_folder):
    (cache,) = project.prepared_folder.glob("24x16px-*.npy")
    prepared = np.load(cache)
    with Image.open(sorted(pictures_folder.iterdir())[0]) as picture:
        expected = np.asarray(frame(picture.convert("RGB"), (WIDTH, HEIGHT)))
    assert prepared.shape == (24, HEIGHT, WIDTH, 3)
    assert any(np.array_equal(each, expected) for each in prepared)
