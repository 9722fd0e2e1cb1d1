import av
import numpy as np
import pytest
from PIL import Image

from ganart.engine.errors import BadCheckpoint
from ganart.engine.gan.model_file import read_info
from ganart.engine.gan.models import find_model
from ganart.engine.latent.exports import (
    Exported,
    Exporting,
    LoopPlan,
    save_picture,
    save_sheet,
)
from ganart.engine.latent.loops import save_loop
from ganart.engine.latent.output import LoopOutput, SheetOutput, StillOutput
from ganart.engine.latent.points import resolve
from ganart.engine.latent.render import Model
from ganart.engine.latent.walks import walk
from ganart.errors import FolderNotWritable
from ganart.media.composition import evenly
from ganart.media.drawn import Drawn
from ganart.media.metadata import read_recipe
from ganart.media.point import Point
from ganart.project.runs import Runs
from tests.engine.runs import record_of, train
from tests.engine.toys import Asks


def plan_of(seeds, method="slerp", seconds=2.0, form="gif", scale=2):
    points = tuple(Point.at(seed, 0.8) for seed in seeds)
    output = LoopOutput(format=form, scale=scale, fps=10.0)
    return LoopPlan(evenly(points, seconds, method), output)


SIZE = 8
"""Of the latents of the toy model."""
PLAN = plan_of((3, 1, 4))


@pytest.fixture
def model(project):
    """Return the path of a trained model of the project."""
    return train(project)[-1].checkpoint


def made(job):
    """Run a job to its end and return the file that it made."""
    *before, last = job
    assert isinstance(last, Exported)
    assert before
    assert all(isinstance(event, Exporting) and event.done <= event.total for event in before)
    return last.path


def pixels_of(path):
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def test_a_picture_is_made_again_from_its_recipe_even_without_its_run(project, model):
    point = Point.between(5, 9, 0.3, "slerp", 0.9)
    path = made(save_picture(project, model, point, Asks(), StillOutput(scale=3)))
    assert path.parent == project.artworks_folder
    pixels = pixels_of(path)
    assert pixels.shape == (24, 24, 3)

    Runs(project.runs_folder).discard(record_of(project).id)
    recipe = read_recipe(path)
    assert recipe.points == (point,)
    entry = find_model(project, recipe.model_hash)
    again = Model.load(entry.path).render(recipe.points)[0]
    assert np.array_equal(pixels[::3, ::3], again)


def test_a_recipe_names_where_it_comes_from(project, model):
    recipe = read_recipe(made(save_picture(project, model, Point.at(1), Asks())))
    info = read_info(model)
    assert recipe.model_hash == info.model_hash
    assert (recipe.kind, recipe.architecture, recipe.drawn) == ("picture", "r3", Drawn(8, 8))
    assert (recipe.steps, recipe.pictures) == (info.step, info.pictures) == (16, 64)
    assert (recipe.preset, recipe.data_hash) == ("sketch-32", info.data_hash)


def test_a_sheet_shows_its_points_row_by_row(project, model):
    points = [Point.at(seed) for seed in range(20)]
    path = made(save_sheet(project, model, points, Asks(), SheetOutput(columns=5, scale=2)))
    recipe = read_recipe(path)
    assert recipe.kind == "sheet"
    assert recipe.points == tuple(points)
    sheet, tiles = pixels_of(path), Model.load(model).render(points)
    for number, tile in enumerate(tiles):
        top, left = (8 + (16 + 8) * place for place in divmod(number, 5))
        found = sheet[top : top + 16 : 2, left : left + 16 : 2]
        assert np.array_equal(found, tile), number


def frames_of(path):
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


@pytest.mark.parametrize("form", ["gif", "webp", "apng", "mp4", "webm"])
def test_a_loop_in_every_format_carries_its_recipe(project, model, form):
    plan, suffix = plan_of((3, 1, 4), form=form), f".{form}"
    path = made(save_loop(project, model, plan, Asks()))
    assert path.suffix == suffix
    recipe = read_recipe(path)
    assert (recipe.kind, recipe.frames, recipe.fps) == ("loop", 20, 10.0)
    assert [point.seed for point in recipe.places] == [3, 1, 4]
    expected = Model.load(model).render(walk(recipe.composition, recipe.frames, SIZE))
    if suffix in {".webp", ".apng"}:
        with Image.open(path) as picture:
            count = picture.n_frames
            first = np.asarray(picture.convert("RGB"))
    else:
        frames = frames_of(path)
        count, first = len(frames), frames[0]
    assert count == 20
    assert first.shape == (16, 16, 3)
    # Palettes and codecs change colours a little; the picture is the same.
    difference = np.abs(first[::2, ::2].astype(float) - expected[0])
    assert difference.mean() < 40


def test_a_loop_has_a_frame_for_every_seed_at_least():
    assert plan_of((1, 2, 3, 4), seconds=0.1).frames == 4
    assert PLAN.frames == 20


def test_the_points_of_a_loop_give_back_its_walk(project, model):
    recipe = read_recipe(made(save_loop(project, model, PLAN, Asks())))
    again = walk(recipe.composition, recipe.frames, SIZE)
    planned = walk(PLAN.composition, PLAN.frames, SIZE)
    assert np.array_equal(resolve(again, 8), resolve(planned, 8))


@pytest.mark.parametrize("form", ["gif", "webp", "apng", "mp4", "webm"])
def test_a_cancelled_loop_leaves_no_file(project, model, form):
    plan = plan_of((3, 1, 4), seconds=6.0, form=form, scale=1)
    events = list(save_loop(project, model, plan, Asks(None, None, True)))
    assert [type(event) for event in events] == [Exporting] * 3
    assert artworks(project) == []


def test_a_loop_that_is_put_away_leaves_no_file(project, model):
    job = save_loop(project, model, PLAN, Asks())
    next(job)
    job.close()
    assert artworks(project) == []


def test_a_cancelled_sheet_leaves_no_file(project, model):
    points = [Point.at(seed) for seed in range(20)]
    events = list(save_sheet(project, model, points, Asks(True)))
    assert not any(isinstance(event, Exported) for event in events)
    assert artworks(project) == []


def artworks(project):
    """Return the names beside the kept models."""
    return [path.name for path in project.artworks_folder.iterdir() if path.is_file()]


def test_nothing_is_overwritten(project, model):
    paths = [made(save_picture(project, model, Point.at(1), Asks())) for _ in range(3)]
    assert len(set(paths)) == 3
    assert all(path.exists() for path in paths)


def test_another_folder_can_be_chosen_and_is_made(project, model, tmp_path):
    folder = tmp_path / "für mich" / "neu"
    path = made(save_picture(project, model, Point.at(1), Asks(), folder=folder))
    assert path.parent == folder
    assert artworks(project) == []


def test_a_folder_that_cannot_be_made_is_told(project, model, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("a file")
    for job in (
        save_picture(project, model, Point.at(1), Asks(), folder=taken),
        save_sheet(project, model, [Point.at(1)], Asks(), folder=taken / "below"),
        save_loop(project, model, PLAN, Asks(), folder=taken),
    ):
        with pytest.raises(FolderNotWritable):
            list(job)
    assert taken.read_text() == "a file"


def test_without_a_whole_model_nothing_is_made(project, model):
    model.write_bytes(model.read_bytes()[:500])
    with pytest.raises(BadCheckpoint):
        list(save_picture(project, model, Point.at(1), Asks()))
    assert artworks(project) == []
