"""`ganart breed` and `ganart project`, on a real, tiny model."""

from pathlib import Path

import numpy as np
from PIL import Image

from ganart.engine.gan.models import list_models
from ganart.engine.latent.breeding import children
from ganart.engine.latent.projection_plan import Effort
from ganart.engine.latent.render import Model
from ganart.media.family import Litter
from ganart.media.metadata import read_recipe
from ganart.media.point import Point
from ganart.project.store import open_project

LATENT_SIZE = 4
"""Of the tiny model."""


def pixels(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def test_a_litter_is_saved_with_recipes_and_is_the_same_again(ganart, trained, tmp_path):
    command = ("breed", "--project", trained, "--parents=1,5,9", "--children=5", "--scale=1")
    result = ganart(*command, "--wildness=0.5", "--generation-seed=3", "--json")
    assert result.code == 0
    files = [Path(path) for path in result.json["files"]]
    parents = (Point.at(1), Point.at(5), Point.at(9))
    litter = Litter(parents, seed=3, wildness=0.5, count=5)
    points = children(litter, LATENT_SIZE)
    assert [read_recipe(path).points[0] for path in files] == points
    again = ganart(*command, "--wildness=0.5", "--generation-seed=3", "--out", tmp_path, "--json")
    for first, second in zip(files, again.json["files"], strict=True):
        assert np.array_equal(pixels(first), pixels(Path(second)))


def test_all_children_on_one_sheet(ganart, trained):
    result = ganart(
        "breed", "--project", trained, "--parents=2-3", "--kind=mutate", "--sheet", "--json"
    )
    assert result.code == 0
    (path,) = result.json["files"]
    assert len(read_recipe(Path(path)).points) == 9


def test_one_parent_or_five_are_refused(ganart, trained):
    for parents in ("1", "1-5", "1,x"):
        result = ganart("breed", "--project", trained, "--parents", parents)
        assert result.code == 2
        assert "parents" in result.err


def test_a_picture_of_the_model_is_found_again(ganart, trained, tmp_path, monkeypatch):
    monkeypatch.setattr("ganart.cli.project.EFFORTS", {"quick": Effort(64, 1, 150)})
    with open_project(trained) as project:
        model = Model.load(list_models(project)[0].path)
    photo = tmp_path / "photo.png"
    Image.fromarray(model.render([Point.at(6)])[0]).save(photo)
    command = ("project", "--project", trained, "--photo", photo, "--model=last", "--device=cpu")
    result = ganart(*command, "--steps=40", "--scale=1", "--json")
    assert result.code == 0
    found = Path(result.json["file"])
    assert result.json["near"] > 0.5
    assert result.json["steps"] == 40
    point = read_recipe(found).points[0]
    assert np.array_equal(model.render([point])[0], pixels(found))
    words = ganart(*command, "--steps=0", "--out", tmp_path / "more").out
    assert "% near." in words


def test_a_photo_that_is_none_is_told(ganart, trained, tmp_path):
    bad = tmp_path / "photo.png"
    bad.write_bytes(b"")
    result = ganart("project", "--project", trained, "--photo", bad)
    assert result.code == 1
    assert "it is empty" in result.err
