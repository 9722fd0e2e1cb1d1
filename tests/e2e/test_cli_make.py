import errno
import itertools
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ganart.engine.gan.models import list_models
from ganart.engine.latent.render import Model
from ganart.media.metadata import read_recipe
from ganart.project.runs import Runs
from ganart.project.store import open_project


def test_a_picture_for_every_seed(ganart, trained):
    result = ganart("sample", "--project", trained, "--seeds=1,5,9-12", "--scale=2", "--json")
    assert result.code == 0
    files = [Path(path) for path in result.json["files"]]
    assert [read_recipe(path).points[0].seed for path in files] == [1, 5, 9, 10, 11, 12]
    assert all(path.parent == trained / "artworks" for path in files)
    assert all(read_recipe(path).model_hash == result.json["model"] for path in files)
    with Image.open(files[0]) as picture:
        assert picture.size == (16, 16)


def test_the_same_seed_gives_the_same_file_content(ganart, trained):
    pixels = []
    for seeds in ("7", "1-16"):
        result = ganart("sample", "--project", trained, "--seeds", seeds, "--json")
        paths = [Path(path) for path in result.json["files"]]
        (path,) = (path for path in paths if read_recipe(path).points[0].seed == 7)
        with Image.open(path) as picture:
            pixels.append(np.asarray(picture))
    assert np.array_equal(*pixels)


def test_all_on_one_sheet_elsewhere(ganart, trained, tmp_path):
    folder = tmp_path / "out folder"
    result = ganart(
        "sample", "--project", trained, "--sheet", "--columns=3", "--out", folder, "--json"
    )
    assert result.code == 0
    (path,) = result.json["files"]
    assert Path(path).parent == folder
    assert len(read_recipe(Path(path)).points) == 12


def test_genes_change_the_pictures_of_seeds(ganart, trained, tmp_path):
    common = ("sample", "--project", trained, "--seeds=7", "--json", "--out", tmp_path)
    two = ("--gene=1=3", "--gene=structure-2=-2", "--no-noise")
    plain, first, both = (
        Path(ganart(*common, *more).json["files"][0]) for more in ((), two[:1], two)
    )
    assert read_recipe(plain).points[0].seed == 7
    point = read_recipe(both).points[0]
    amounts = {gene.name: gene.amount for gene in point.genes}
    assert amounts == {"main-1": 3, "structure-2": -2}
    assert not point.noise
    pictures = [np.asarray(Image.open(path)) for path in (plain, first, both)]
    assert not np.array_equal(pictures[0], pictures[1])
    assert not np.array_equal(pictures[1], pictures[2])


def test_an_unknown_gene_is_told_with_those_there_are(ganart, trained):
    result = ganart("sample", "--project", trained, "--seeds=7", "--gene=hat=1")
    assert result.code != 0
    assert "hat" in result.err
    assert "structure-1" in result.err
    assert ganart("sample", "--project", trained, "--gene=hat").code == 2


@pytest.mark.parametrize("kind", ["gif", "webp", "mp4", "webm", "apng"])
def test_a_walk_in_every_format(ganart, trained, kind):
    result = ganart(
        "walk", "--project", trained, "--seeds=1-3", "--seconds=1", "--fps=8",
        "--format", kind, "--scale=2", "--diversity=0.7",
    )  # fmt: skip
    assert result.code == 0
    path = Path(result.out.strip())
    assert path.suffix == f".{kind}"
    recipe = read_recipe(path)
    assert (recipe.frames, recipe.fps) == (8, 8.0)
    assert {point.diversity for point in recipe.places} == {0.7}


def test_a_picture_as_it_is_wanted(ganart, trained, tmp_path):
    result = ganart(
        "sample", "--project", trained, "--seeds=4,5", "--format=jpeg", "--size=48",
        "--resample=lanczos", "--aspect=3:2", "--dpi=150", "--quality=80", "--sign=Åsa",
        "--edition=2", "--pattern={seed} of {n:03} {edition}", "--out", tmp_path, "--json",
    )  # fmt: skip
    assert result.code == 0
    names = [Path(path).name for path in result.json["files"]]
    assert names[:2] == ["4 of 001 1-2.jpg", "4 of 002 2-2.jpg"]
    assert len(names) == 4
    with Image.open(tmp_path / names[0]) as picture:
        assert (picture.size, picture.info["dpi"]) == ((48, 32), (150, 150))
    assert read_recipe(tmp_path / names[3]).output["edition_number"] == 2


def test_pages_to_print_as_pdf(ganart, trained, tmp_path):
    result = ganart(
        "sample", "--project", trained, "--print-cm=10x15", "--columns=2", "--rows=3",
        "--margin-mm=8", "--bleed-mm=3", "--crop-marks", "--captions", "--dpi=60",
        "--format=pdf", "--out", tmp_path,
    )  # fmt: skip
    assert result.code == 0
    (path,) = tmp_path.glob("*.pdf")
    assert path.read_bytes().startswith(b"%PDF")
    assert len(read_recipe(path).points) == 12


def test_single_pictures_of_a_loop_and_no_recipe(ganart, trained, tmp_path):
    result = ganart(
        "walk", "--project", trained, "--seeds=1-3", "--seconds=1", "--fps=8", "--format=png",
        "--no-recipe", "--out", tmp_path,
    )  # fmt: skip
    assert result.code == 0
    folder = Path(result.out.strip())
    assert sorted(path.name for path in folder.iterdir()) == [
        f"{number:05}.png" for number in range(1, 9)
    ]


def test_a_loop_that_failed_goes_on(ganart, trained, monkeypatch, tmp_path):
    real, count = Path.write_bytes, itertools.count()

    def write(path, content):
        if path.suffix == ".part" and next(count) >= 20:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", write)
    flags = ("--seeds=1-3", "--seconds=4", "--fps=10", "--format=png", "--out", tmp_path)
    result = ganart("walk", "--project", trained, *flags)
    assert result.code == 1
    assert "disk" in result.err.lower()
    monkeypatch.undo()
    (folder,) = tmp_path.glob("loop*")
    assert len(list(folder.glob("*.png"))) == 20
    result = ganart("walk", "--project", trained, "--resume", "--json")
    assert (result.code, result.json["files"]) == (0, [str(folder)])
    assert len(list(folder.glob("*.png"))) == 40
    assert ganart("walk", "--project", trained, "--resume", "--json").json["files"] == []


def test_models_are_named_in_many_ways(ganart, trained):
    with open_project(trained) as project:
        models = list_models(project)
    (record,) = Runs(trained / "runs").list()
    for name in ("best", "last", record.id, models[0].model_hash[:6], models[1].path):
        result = ganart("sample", "--project", trained, "--seeds=1", "--model", name, "--json")
        assert result.code == 0, name
        model = Model.load(Path(models[0].path))
        assert model.info.model_hash.startswith(result.json["model"])


def test_the_suffix_of_the_project_may_be_left_out(ganart, trained):
    result = ganart("sample", "--project", trained.with_suffix(""), "--seeds=1")
    assert result.code == 0


@pytest.mark.parametrize(
    "wrong",
    [
        "--seeds=x", "--seeds=", "--seeds=5-1", "--seeds=-1", "--seeds=4294967296",
        "--seeds=1-99999999", "--diversity=3", "--diversity=nan", "--scale=0", "--scale=65",
        "--size=99999", "--bits=12", "--format=bmp", "--quality=0", "--pattern={oops}",
        "--print-cm=wide", "--print-cm=1x1",
    ],
)  # fmt: skip
def test_wrong_usage_is_told_with_code_2(ganart, trained, wrong):
    result = ganart("sample", "--project", trained, wrong)
    assert result.code == 2
    assert wrong.partition("=")[0] in result.err
    assert result.out == ""


@pytest.mark.parametrize(
    ("wrong", "told"),
    [("--seeds=x", "such as 1,5,9-12"), ("--print-cm=wide", "such as 21x29.7"),
     ("--gene=hat", "NAME=AMOUNT"), ("--gene=hat=big", "NAME=AMOUNT")],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_what_can(ganart, trained, wrong, told):
    result = ganart("sample", "--project", trained, wrong)
    assert (result.code, told in result.err) == (2, True)
