"""What has to hold on a graphics card; these run where there is one."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from ganart.engine.device import describe, memory_guard
from ganart.engine.errors import OutOfMemory
from ganart.engine.gan import run
from ganart.engine.gan.checkpoint import model_info, save_model
from ganart.engine.gan.events import Finished, Measured, Published, Stats, Trouble
from ganart.engine.gan.state import TrainState
from ganart.engine.gan.steps import training_step
from ganart.engine.latent.render import Model
from ganart.engine.style import brush_lesson, brush_run
from ganart.engine.style.brush_config import BrushConfig
from ganart.engine.style.events import BrushFinished, BrushStats, PaintFinished, PaintStats
from ganart.engine.style.instant import Stylizer
from ganart.engine.style.looks import BUILT_IN, Ingredient, Look
from ganart.media.point import Point
from tests.engine import runs
from tests.engine.paintings import PAINTINGS, painted, small
from tests.engine.toys import ARCHITECTURES, CPU, Asks, random_pixels, tiny

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA device")

CARD = torch.device("cuda")
POINTS = [Point.at(seed) for seed in range(8)]


def state_on(device, config):
    return TrainState.fresh(config, random_pixels(12, config.side), device)


def test_the_card_is_found_and_named():
    info = describe()
    assert info.kind == "cuda"
    assert info.memory_total > info.memory_free > 0


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_the_first_steps_are_those_of_the_processor(architecture):
    """The same weights and random numbers; what differs is rounding, which grows with the steps."""
    config = tiny(architecture=architecture, side=16, precision="full", batch=4)
    results = []
    for device in (CPU, CARD):
        state = state_on(device, replace(config, device=device.type))
        for _ in range(2):
            result = training_step(config, state)
        results.append([float(result.loss_d), float(result.loss_g), float(result.score_real)])
    np.testing.assert_allclose(results[1], results[0], rtol=2e-2, atol=2e-2)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_training_stays_finite_with_fewer_digits(architecture):
    config = tiny(architecture=architecture, side=32, precision="auto", device="cuda")
    state = state_on(CARD, config)
    for _ in range(30):
        assert training_step(config, state).finite
    assert state.skipped_steps == 0


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_a_model_draws_nearly_the_same_on_card_and_processor(architecture, tmp_path):
    config = tiny(architecture=architecture, side=32, width=16, device="cuda")
    state = state_on(CARD, config)
    for _ in range(5):
        training_step(config, state)
    path = tmp_path / "live.safetensors"
    save_model(path, state, model_info(config, state, "sketch-32", "f00d"))
    ours, theirs = (Model.load(path, kind).render(POINTS).astype(int) for kind in ("cpu", "cuda"))
    assert np.abs(ours - theirs).max() <= 3
    assert np.abs(ours - theirs).mean() < 0.2


def test_a_seed_keeps_its_pixels_on_the_card(tmp_path):
    config = tiny(side=32, width=16, device="cuda")
    state = state_on(CARD, config)
    training_step(config, state)
    path = tmp_path / "live.safetensors"
    save_model(path, state, model_info(config, state, "sketch-32", "f00d"))
    model = Model.load(path, "cuda")
    together = model.render(POINTS)
    for point, pixels in zip(POINTS, together, strict=True):
        assert np.array_equal(model.render([point])[0], pixels)


@pytest.mark.parametrize("architecture", ["r3", "style", "dcgan"])
def test_a_run_on_the_card_is_measured_published_and_goes_on(project, architecture):
    config = tiny(
        architecture=architecture, device="cuda", pictures=400, batch=8, quality_share=0.5
    )
    events = runs.train(project, config)
    assert any(isinstance(each, Published) for each in events)
    assert any(isinstance(each, Measured) for each in events)
    assert isinstance(events[-1], Finished)
    assert not [each for each in events if isinstance(each, Trouble)]
    record = runs.record_of(project)
    more = runs.resume(project, record.id, pictures=800)
    first = next(each for each in more if isinstance(each, Stats))
    assert first.step > record.steps
    assert runs.record_of(project).pictures == 1200


def test_a_run_may_change_its_device(project):
    runs.train(project, tiny(device="cuda"))
    record = runs.record_of(project)
    changes = {"device": "cpu"}
    events = list(
        run.branch(project, record.id, record.steps, Asks(), changes=changes, minutes=0.02)
    )
    assert isinstance(events[-1], Finished)


def test_too_little_memory_is_told_and_fewer_pictures_are_computed_at_once():
    free = torch.cuda.mem_get_info()[0]
    hog = torch.empty(max(0, free - 2 * 2**30), dtype=torch.uint8, device=CARD)
    try:
        config = tiny(side=256, width=64, width_cap=512, batch=64, device="cuda")
        state = state_on(CARD, config)
        with pytest.raises(OutOfMemory), memory_guard(CARD):
            training_step(config, state)
        assert state.compute_fewer(config)
    finally:
        del hog
        torch.cuda.empty_cache()


@pytest.mark.parametrize(("optimizer", "rate"), [("adam", 0.02), ("lbfgs", 1.0)])
def test_a_painting_on_the_card_improves(tmp_path, optimizer, rate):
    config = small(
        device="cuda", long_side=128, iterations=12, optimizer=optimizer, learning_rate=rate
    )
    events = painted(tmp_path, config)
    losses = [each.total for each in events if isinstance(each, PaintStats)]
    assert losses[-1] < losses[0]
    assert isinstance(events[-1], PaintFinished)


@pytest.mark.parametrize("kind", ["built-in", "picture"])
def test_instant_looks_on_the_card_are_those_of_the_processor(kind):
    source = BUILT_IN[0].key if kind == "built-in" else str(PAINTINGS[0])
    look = Look(kind, (Ingredient(source),))
    photo = torch.rand(1, 3, 96, 128, generator=torch.Generator().manual_seed(1))
    ours, theirs = (
        Stylizer.load(look, device).apply(photo.to(device)).cpu() for device in (CPU, CARD)
    )
    assert float((ours - theirs).abs().mean()) < 0.01


def test_a_brush_learns_on_the_card(tmp_path, pictures_folder, monkeypatch):
    monkeypatch.setattr(brush_lesson, "COPYING_STEPS", 2)
    config = BrushConfig(minutes=0.1, width=8, crop=64, batch=2, device="cuda", seed=3)
    events = list(brush_run.start(PAINTINGS[0], [pictures_folder], config, tmp_path, Asks()))
    losses = [each.total for each in events if isinstance(each, BrushStats) and each.style]
    assert sum(losses[-3:]) < sum(losses[:3])
    assert isinstance(events[-1], BrushFinished)
