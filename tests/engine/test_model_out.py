"""Giving models away: the card, the archive, and ONNX checked against torch."""

import multiprocessing
import time
from pathlib import Path

import numpy as np
import pytest
import torch

from ganart.engine.asks import Ask
from ganart.engine.errors import OnnxFailed, OnnxMissing
from ganart.engine.gan import model_onnx
from ganart.engine.gan.checkpoint import model_info, save_model
from ganart.engine.gan.imports import import_model
from ganart.engine.gan.model_onnx import onnx_bytes, require_onnx, write_onnx
from ganart.engine.gan.model_out import GivenAway, OutPlan, give_away
from ganart.engine.gan.networks import build_generator
from ganart.engine.latent.points import from_seed
from ganart.engine.latent.render import Model
from ganart.media.point import Point
from ganart.project.store import Project, create_project
from tests.engine.toys import ARCHITECTURES, Asks, fresh, of_kind, tiny


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "Art.ganart") as project:
        yield project


def keep(project: Project, architecture: str = "r3") -> Path:
    """Leave an untrained model in a project."""
    config = tiny(architecture=architecture)
    state = fresh(config)
    path = project.models_folder / "x.safetensors"
    save_model(path, state, model_info(config, state, "sketch-32", "data"))
    return path


def given(project: Project, path: Path, folder: Path, plan: OutPlan = OutPlan()) -> GivenAway:  # noqa: B008
    (last,) = of_kind(give_away(project, path, plan, folder, lambda: None), GivenAway)
    return last


def generator_of(architecture: str, side: int = 16):
    """Return a generator whose every part does something, half-grown where it grows."""
    torch.manual_seed(3)
    generator = build_generator(tiny(architecture=architecture, side=side))
    with torch.no_grad():
        for name, each in generator.named_parameters():
            if name.endswith("strength"):
                each.fill_(0.3)
    if architecture == "progressive":
        generator.growth.level.fill_(1.5)
    if architecture == "style":
        generator.running_style.normal_()
    return generator.eval().requires_grad_(False)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_onnx_draws_what_torch_draws(architecture):
    onnxruntime = pytest.importorskip("onnxruntime")
    generator = generator_of(architecture)
    content, difference = onnx_bytes(generator, 8)
    assert difference <= 1 / 255
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    # Latents and amounts that the check itself did not try.
    z = np.stack([from_seed(seed, 8) for seed in (100, 101, 102)])
    diversity = np.array([1.0, 0.5, 1.5], np.float32)
    (drawn,) = session.run(None, {"z": z, "diversity": diversity})
    wanted = generator.draw(torch.from_numpy(z), torch.from_numpy(diversity)).numpy()
    assert np.abs(drawn - wanted).max() <= 2 / 255
    assert np.ptp(wanted) > 0
    assert str(Path(__file__).parents[2]).encode() not in content
    assert b"site-packages" not in content


def test_onnx_is_checked_without_its_runtime(monkeypatch):
    pytest.importorskip("onnxscript")
    real = model_onnx.find_spec
    monkeypatch.setattr(
        model_onnx, "find_spec", lambda name: None if name == "onnxruntime" else real(name)
    )
    assert onnx_bytes(generator_of("fc", 8), 8)[1] <= 1 / 255


def test_onnx_that_draws_otherwise_is_refused(monkeypatch):
    pytest.importorskip("onnxscript")
    real = model_onnx._evaluator
    monkeypatch.setattr(
        model_onnx, "_evaluator", lambda content: lambda z, d: real(content)(z, d) + 0.01
    )
    with pytest.raises(OnnxFailed, match=r"differ by 1\.3 of 255"):
        onnx_bytes(generator_of("fc", 8), 8)


def test_the_process_that_writes_onnx_says_why_it_could_not(project, tmp_path, monkeypatch):
    monkeypatch.setattr(model_onnx, "onnx_bytes", lambda *_: (b"", 0.0))
    ours, theirs = multiprocessing.Pipe(duplex=False)
    model_onnx._write(keep(project), tmp_path / "none" / "x.onnx", theirs)
    assert "No such file" in ours.recv()
    model_onnx._write(tmp_path / "none.safetensors", tmp_path / "x.onnx", theirs)
    assert "not there" in ours.recv()
    for end in (ours, theirs):
        end.close()


def test_onnx_is_stopped_half_way(project, tmp_path):
    began = time.monotonic()
    assert write_onnx(keep(project), tmp_path / "x.onnx", lambda: True) is None
    assert time.monotonic() - began < 10
    assert not multiprocessing.active_children()


def test_without_the_packages_a_sentence_tells_how_to_get_them(monkeypatch, project, tmp_path):
    monkeypatch.setattr(model_onnx, "find_spec", lambda _name: None)
    with pytest.raises(OnnxMissing, match="python -m pip install"):
        require_onnx()
    with pytest.raises(OnnxMissing):
        given(project, keep(project), tmp_path / "out", OutPlan(onnx=True))
    assert not (tmp_path / "out").exists()


def test_the_given_model_is_imported_with_the_same_pixels(project, tmp_path):
    path = keep(project, "style")
    out = given(project, path, tmp_path / "out", OutPlan(name="Tiles"))
    with create_project(tmp_path / "Other.ganart") as other:
        taken = import_model(other, out.path / "Tiles.safetensors")
        ours, theirs = (Model.load(each).render([Point.at(7)]) for each in (path, taken))
    assert np.array_equal(ours, theirs)


def test_a_second_one_lies_beside_the_first(project, tmp_path):
    path = keep(project)
    first, second = (given(project, path, tmp_path, OutPlan(name="A")).path for _ in range(2))
    assert (first.name, second.name) == ("A", "A 2")


@pytest.mark.parametrize(
    "name", ["../../up", "con", "a/b", "x" * 400, "|# evil\n## heading", "Fünf 五"]
)
def test_names_stay_inside_the_folder(project, tmp_path, name):
    out = given(project, keep(project), tmp_path / "out", OutPlan(name=name))
    assert out.path.parent == tmp_path / "out"
    assert {each.name for each in out.path.iterdir()} == set(out.files)
    assert (out.path / "README.md").read_text("utf-8").count("\n## ") == 4


def test_a_card_says_what_is_not_known(project, tmp_path):
    out = given(project, keep(project), tmp_path / "out")
    text = (out.path / "README.md").read_text("utf-8")
    assert "not known any more" in text
    assert "has not said" in text
    assert "onnx" not in text.lower()


@pytest.mark.parametrize("asked", [0, 1])
def test_stopped_it_leaves_nothing(project, tmp_path, asked):
    asks = Asks(*[None] * asked, Ask.STOP)
    events = list(give_away(project, keep(project), OutPlan(), tmp_path / "out", asks))
    assert not list(of_kind(events, GivenAway))
    assert not list((tmp_path / "out").iterdir())
