from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils.parametrizations import spectral_norm

from ganart.engine.asks import Ask
from ganart.engine.errors import BadCheckpoint, NotRelated
from ganart.engine.gan import blend as blending
from ganart.engine.gan import run
from ganart.engine.gan.blend import Blender, kinship
from ganart.engine.gan.checkpoint import model_info, save_model
from ganart.engine.gan.events import CheckpointSaved
from ganart.engine.gan.mix import Mix
from ganart.engine.gan.model_file import read_info
from ganart.engine.gan.models import find_model
from ganart.engine.gan.networks import ARCHITECTURES
from ganart.engine.gan.steps import training_step
from ganart.engine.latent.render import Model
from ganart.media.point import Point
from tests.engine.runs import after, train
from tests.engine.toys import Asks, fresh, of_kind, tiny

POINTS = [Point.at(seed) for seed in range(3)]


def two_moments(folder, architecture="r3", **changes):
    """Train a tiny run and return the model files of two of its moments."""
    config = tiny(architecture=architecture, side=16, ema_pictures=0, **changes)
    state = fresh(config)
    paths = []
    for moment in ("early", "late"):
        for _ in range(4):
            training_step(config, state)
        paths.append(folder / f"{moment}.safetensors")
        save_model(paths[-1], state, model_info(config, state, "sketch-32", ""))
    return paths


@pytest.mark.parametrize("architecture", sorted(ARCHITECTURES))
def test_the_ends_of_a_blend_are_the_models_themselves(tmp_path, architecture):
    early, late = two_moments(tmp_path, architecture)
    blender = Blender(early, late)
    for share, path in ((0.0, early), (1.0, late)):
        ours, theirs = blender.model(Mix(share)), Model.load(path)
        assert np.array_equal(ours.render(POINTS), theirs.render(POINTS))
        assert ours.info.step == theirs.info.step
    middle = blender.model(Mix(0.5)).render(POINTS)
    assert middle.shape == (3, 16, 16, 3)
    # Once more: what was drawn has changed neither model.
    assert np.array_equal(blender.model(Mix(0.5)).render(POINTS), middle)
    assert np.array_equal(blender.model(Mix(0.0)).render(POINTS), Model.load(early).render(POINTS))


def test_the_middle_lies_between(tmp_path):
    early, late = two_moments(tmp_path)
    blender = Blender(early, late)
    first, second = (blender.model(Mix(share)).render(POINTS).astype(int) for share in (0, 1))
    for share in (0.25, 0.5, 0.75):
        middle = blender.model(Mix(share)).render(POINTS).astype(int)
        to_first, to_second = (np.abs(middle - each).mean() for each in (first, second))
        apart = np.abs(first - second).mean()
        assert apart > 1
        assert max(to_first, to_second) < apart
        if share != 0.5:
            assert (to_first < to_second) == (share < 0.5)


@pytest.mark.parametrize("architecture", sorted(set(ARCHITECTURES) - {"fc"}))
def test_coarse_stages_of_one_and_fine_ones_of_the_other(tmp_path, architecture):
    early, late = two_moments(tmp_path, architecture, growing=0.0)
    blender = Blender(early, late)
    assert blender.splits
    assert set(blender.splits) <= {4, 8}
    first, second = Model.load(early).render(POINTS), Model.load(late).render(POINTS)
    for split in blender.splits:
        swapped = blender.model(Mix(0.0, fine=1.0, split=split)).render(POINTS)
        assert not np.array_equal(swapped, first)
        assert not np.array_equal(swapped, second)
    assert np.array_equal(blender.model(Mix(0.0, fine=1.0, split=16)).render(POINTS), first)


def test_a_fully_connected_network_has_no_stages(tmp_path):
    assert Blender(*two_moments(tmp_path, "fc")).splits == ()


def test_each_tensor_works_at_the_side_of_its_layer(tmp_path):
    blender = Blender(*two_moments(tmp_path, "style"))
    sides = blender._sides
    assert {side for name, side in sides.items() if name.startswith("mapping")} == {4}
    for name, side in sides.items():
        if name.startswith("enlarging"):
            assert side == 8 << int(name.split(".")[1]), name


def test_a_kept_blend_is_a_model_like_any_other(project, tmp_path):
    early, late = two_moments(tmp_path)
    blender = Blender(early, late)
    path = blender.keep(project, Mix(0.5))
    info = read_info(path)
    assert info.model_hash not in {read_info(early).model_hash, read_info(late).model_hash}
    assert find_model(project, info.model_hash).label == "sketch-32 4 + sketch-32 8"
    shown, kept = blender.model(Mix(0.5)), Model.load(path)
    assert np.array_equal(shown.render(POINTS), kept.render(POINTS))
    named = blender.keep(project, Mix(0.25), "Fog and moss")
    assert find_model(project, read_info(named).model_hash).label == "Fog and moss"


def test_a_kept_blend_can_be_trained_on_and_blended_with_its_parents(project):
    events = train(project, None, *after(4, Ask.SAVE))
    early, late = (event.path for event in of_kind(events, CheckpointSaved))
    kept = Blender(early, late).keep(project, Mix(0.5))
    tuned = [*run.start(project, tiny(), "sketch-32", Asks(), kept)][-1].checkpoint
    assert Blender(tuned, late).model(Mix(0.5)).render(POINTS).shape == (3, 8, 8, 3)


def test_strangers_are_told_apart(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    early, _ = two_moments(tmp_path)
    for folder, changes in (
        ("a", {"seed": 2}),
        ("a", {"width": 16}),
        ("b", {"architecture": "dcgan"}),
    ):
        stranger, _ = two_moments(tmp_path / folder, **changes)
        with pytest.raises(NotRelated, match="ancestor"):
            Blender(early, stranger)


@pytest.mark.parametrize("architecture", sorted(ARCHITECTURES))
def test_kinship_is_near_0_for_strangers_and_near_1_for_moments(architecture):
    config = tiny(architecture=architecture, side=16, width_cap=32)
    state, other = fresh(config), fresh(replace(config, seed=2))
    before = {name: each.clone() for name, each in state.generator.state_dict().items()}
    for _ in range(8):
        training_step(config, state)
        training_step(config, other)
    after_ = state.generator.state_dict()
    assert kinship(before, after_) > 0.5
    assert abs(kinship(after_, other.generator.state_dict())) < blending.KINSHIP_MIN / 2
    assert kinship(before, {}) == 0


def test_damaged_models_are_told(tmp_path):
    early, late = two_moments(tmp_path)
    late.write_bytes(late.read_bytes()[:-8])
    with pytest.raises(BadCheckpoint):
        Blender(early, late)
    with pytest.raises(BadCheckpoint):
        Blender(tmp_path / "gone.safetensors", early)


def test_spectral_norms_are_measured_anew():
    """Half-way between two weights the norm is neither of theirs."""
    torch.manual_seed(0)
    layer = spectral_norm(nn.Linear(6, 6, bias=False))
    network = nn.Sequential(layer).eval()
    with torch.no_grad():
        layer.parametrizations.weight.original.mul_(5).add_(torch.randn(6, 6))
        layer.parametrizations.weight[0]._u.copy_(torch.randn(6) * 0.01)
    blending._settled(network)
    assert not layer.training
    assert torch.linalg.matrix_norm(layer.weight.detach(), 2) == pytest.approx(1, abs=0.1)
