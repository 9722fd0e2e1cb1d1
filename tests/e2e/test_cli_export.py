"""Giving a model away from the command line."""

import sys
import zipfile
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from PIL import Image

from ganart.media.metadata import read_recipe
from ganart.project.runs import Runs


def test_a_model_is_given_away_and_read_back(ganart, trained, tmp_path):
    before = set(sys.modules)
    result = ganart(
        *("export", "--project", trained, "--out", tmp_path / "given", "--name", "My: model"),
        *("--licence", "Free for art.", "--onnx", "--json"),
    )
    assert result.code == 0, result.err
    # torch's exporter makes trainings beside it fail, so it works in another process.
    assert "onnxscript" not in set(sys.modules) - before
    folder = Path(result.json["path"])
    assert folder.parent == tmp_path / "given"
    assert sorted(result.json["files"]) == sorted(each.name for each in folder.iterdir())
    assert result.json["onnx_difference"] <= 1 / 255
    text = (folder / "README.md").read_text("utf-8")
    (record,) = Runs(trained / "runs").list()
    for part in ("Free for art.", record.model_hash, "Training pictures | 12 ", record.data_hash):
        assert part in text
    assert str(tmp_path) not in text
    assert "pictures" not in [each.name for each in tmp_path.iterdir()]
    recipe = read_recipe(folder / "samples.png")
    assert recipe.model_hash == record.model_hash

    other = tmp_path / "Other.ganart"
    assert ganart("train", "--project", other).code == 1  # made, though without pictures
    (model,) = folder.glob("*.safetensors")
    taken = ganart("import", model, "--project", other, "--json")
    assert taken.json["model"] == record.model_hash
    drawn = ganart("sample", "--project", other, "--model", record.model_hash, "--seeds=1",
                   "--scale=1", "--json")  # fmt: skip
    ours = np.asarray(Image.open(drawn.json["files"][0]), np.float32)
    (onnx,) = folder.glob("*.onnx")
    z = np.random.RandomState(1).standard_normal((1, 4)).astype(np.float32)
    session = onnxruntime.InferenceSession(onnx, providers=["CPUExecutionProvider"])
    (theirs,) = session.run(None, {"z": z, "diversity": np.ones(1, np.float32)})
    pixels = (theirs[0].clip(-1, 1).transpose(1, 2, 0) + 1) * 127.5
    assert np.abs(pixels - ours).max() <= 1


def test_an_archive_holds_one_folder(ganart, trained, tmp_path):
    result = ganart("export", "--project", trained, "--out", tmp_path, "--zip", "--json")
    with zipfile.ZipFile(result.json["path"]) as archive:
        folders = {name.partition("/")[0] for name in archive.namelist()}
        assert len(folders) == 1
        assert archive.testzip() is None
    assert not list(tmp_path.glob(".ganart-unfinished*"))


@pytest.mark.parametrize("model", ["none", "last@3"])
def test_a_model_that_is_not_there_is_told(ganart, trained, tmp_path, model):
    result = ganart("export", "--project", trained, "--model", model, "--out", tmp_path / "out")
    assert result.code == 1
    assert result.err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_a_file_is_told(ganart, trained, tmp_path):
    place = tmp_path / "file"
    place.touch()
    result = ganart("export", "--project", trained, "--out", place)
    assert result.code == 1
    assert "cannot be written" in result.err
