from dataclasses import replace

import numpy as np
import pytest
import torch

from ganart.engine.errors import BadCheckpoint
from ganart.engine.gan.checkpoint import model_info, save_checkpoint, save_model
from ganart.engine.gan.steps import training_step
from ganart.engine.latent.points import from_seed
from ganart.engine.latent.render import Model, render_latents
from ganart.media.point import Point
from tests.engine.toys import ARCHITECTURES, CPU, fresh, same, tiny, weights

POINTS = [Point.at(seed) for seed in range(16)]


@pytest.fixture(scope="module", params=ARCHITECTURES)
def trained(request, tmp_path_factory):
    """Return the state of a network big enough to be split among threads, and its model file."""
    # The fully connected network has its width built in.
    config = tiny(architecture=request.param, side=32, width=16, width_cap=64, latent_size=64)
    state = fresh(config)
    for _ in range(3):
        training_step(config, state)
    path = tmp_path_factory.mktemp("model") / "live.safetensors"
    save_model(path, state, model_info(config, state, "sketch-32", "f00d"))
    return config, state, path


def test_a_seed_gives_the_same_pixels_alone_in_a_batch_and_after_save_and_load(trained):
    config, state, path = trained
    together = Model.load(path).render(POINTS)
    assert together.shape == (16, 32, 32, 3)
    assert together.dtype == np.uint8
    model = Model.load(path)
    for point, pixels in zip(POINTS, together, strict=True):
        assert np.array_equal(model.render([point])[0], pixels)
    assert np.array_equal(model.render(POINTS[::-1]), together[::-1])
    latents = np.stack([from_seed(point.seed, config.latent_size) for point in POINTS])
    assert np.array_equal(render_latents(state.ema, latents, CPU), together)


def test_a_glance_shows_what_is_rendered_but_for_rounding(trained):
    *_, path = trained
    model = Model.load(path)
    quiet = [replace(point, noise=False, diversity=0.5) for point in POINTS[:3]]
    points = [*POINTS[:5], *quiet, *POINTS[5:7]]
    difference = model.glance(points).astype(int) - model.render(points)
    assert np.abs(difference).max() <= 1


@pytest.mark.parametrize("threads", [2, 8])
def test_the_number_of_threads_does_not_matter(trained, threads):
    *_, path = trained
    model = Model.load(path)
    expected = model.render(POINTS)
    torch.set_num_threads(threads)
    assert np.array_equal(model.render(POINTS), expected)


def test_three_threads_hardly_matter(trained):
    """oneDNN cuts some transposed convolutions otherwise for three threads than for one, two or
    eight, and rounds by 1e-6 otherwise then: enough to move a pixel by one level now and then.
    """
    *_, path = trained
    model = Model.load(path)
    expected = model.render(POINTS).astype(int)
    torch.set_num_threads(3)
    difference = np.abs(model.render(POINTS) - expected)
    assert difference.max() <= 1
    assert difference.mean() < 1e-4


def test_a_checkpoint_draws_what_its_model_file_draws(trained, tmp_path):
    config, state, path = trained
    checkpoint = tmp_path / "3.safetensors"
    save_checkpoint(checkpoint, state, model_info(config, state, "sketch-32", "f00d"))
    models = Model.load(path), Model.load(checkpoint)
    assert models[0].info.model_hash == models[1].info.model_hash
    assert np.array_equal(*(model.render(POINTS[:4]) for model in models))


def test_drawing_leaves_no_trace_in_the_network(trained):
    """Neither gradients nor other batch statistics."""
    _, state, _ = trained
    before = weights(state.ema)
    latents = np.stack([from_seed(1, 64)])
    assert np.array_equal(*(render_latents(state.ema, latents, CPU) for _ in range(2)))
    assert same(before, weights(state.ema))
    assert not next(state.ema.parameters()).is_inference()


def test_diversity_moves_towards_the_average_picture(trained):
    *_, path = trained
    model = Model.load(path)
    middle, calm, full = (
        model.render([Point.at(seed, diversity=amount) for seed in range(8)]).astype(float)
        for amount in (0.0, 0.5, 1.0)
    )
    assert np.array_equal(middle[0], middle[7])
    assert np.abs(calm - middle).mean() < np.abs(full - middle).mean()


def test_a_file_that_is_no_model_is_refused(tmp_path):
    path = tmp_path / "a.safetensors"
    path.write_bytes(b"no model")
    with pytest.raises(BadCheckpoint):
        Model.load(path)
