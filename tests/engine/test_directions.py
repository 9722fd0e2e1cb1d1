"""Genes are found in every architecture, the same ones every time, and change pictures."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from ganart.engine.gan.checkpoint import model_info, save_model
from ganart.engine.gan.networks import dcgan, fast, fc, msg, progressive, style
from ganart.engine.gan.steps import training_step
from ganart.engine.latent.directions import find_genes, first_weights, gene_between
from ganart.engine.latent.points import resolve
from ganart.engine.latent.render import Model
from ganart.engine.latent.wandering import wander
from ganart.media.genes import FoundGenes
from ganart.media.point import Gene, LayerStyle, Part, Point, numbers_of, vector_of
from ganart.media.recipe_checks import BadRecipe, GenesDoNotFit
from tests.engine.toys import ARCHITECTURES, fresh, tiny

SIZE = 16


def model_of(folder, architecture: str) -> Model:
    config = tiny(architecture=architecture, side=16, width=8, width_cap=32, latent_size=SIZE)
    state = fresh(config)
    for _ in range(3):
        training_step(config, state)
    if architecture in {"style", "fast"}:  # noise has no strength before it was learned
        for name, each in state.ema.named_parameters():
            if name.endswith("strength"):
                each.data.fill_(0.5)
    path = folder / "live.safetensors"
    save_model(path, state, model_info(config, state, "sketch-32", "f00d"))
    return Model.load(path)


@pytest.fixture(scope="module", params=ARCHITECTURES)
def model(request, tmp_path_factory) -> Model:
    return model_of(tmp_path_factory.mktemp("model"), request.param)


@pytest.fixture(scope="module")
def found(model: Model) -> FoundGenes:
    return list(find_genes(model))[-1]


def strength(model: Model, gene: Gene) -> float:
    """Return how much a gene changes a few pictures, in levels."""
    plain = [Point.at(seed) for seed in range(4)]
    changed = [Point((Part(seed),), genes=(gene,)) for seed in range(4)]
    before, after = (model.render(each).astype(float) for each in (plain, changed))
    return float(np.abs(after - before).mean())


def test_genes_are_the_same_every_time_and_told_with_progress(model, found):
    records = list(find_genes(model))
    assert records[-1] == found
    assert records[:-1] == sorted(records[:-1])
    assert 0 <= records[0] <= records[-2] <= 1
    assert found.model_hash == model.info.model_hash
    assert [each.kind for each in found.genes].count("main") == 12
    assert len({each.key for each in found.genes}) == len(found.genes)


def test_a_strong_amount_changes_pictures_and_none_leaves_them(model, found):
    for each in (found.genes[0], found.genes[-1]):
        assert strength(model, each.gene("a", 0.0)) == 0
        weak, strong = (strength(model, each.gene("a", amount)) for amount in (0.5, 3.0))
        assert 0 < weak < strong


def test_genes_of_a_kind_are_directions_of_their_own(found):
    main = np.stack([numbers_of(each.vector) for each in found.genes if each.kind == "main"])
    main /= np.linalg.norm(main, axis=1, keepdims=True)
    assert np.allclose(main @ main.T, np.eye(len(main)), atol=1e-4)
    assert all(row[np.abs(row).argmax()] > 0 for row in main)


def first_features(generator, z: torch.Tensor) -> torch.Tensor:
    """Return what the first layer makes of latents, without its bias."""
    if isinstance(generator, style.Generator):
        styled = (generator.refining[0], generator.to_colour[0], generator.enlarging[0])
        readers = [each.convolution.style for each in styled]
        return torch.cat([(each(z) - each.bias) / each.gain for each in readers], 1)
    if isinstance(generator, fast.Generator):
        return F.conv_transpose2d(z[:, :, None, None], generator.start.weight.transpose(0, 1))
    if isinstance(generator, dcgan.Generator):
        return generator.body[0](z[:, :, None, None])
    if isinstance(generator, progressive.Generator | msg.Generator):
        spread = generator.start.spread
        return (spread(z) - spread.bias) / spread.gain
    layer = generator.body[0] if isinstance(generator, fc.Generator) else generator.start
    return layer(z) - layer.bias


@torch.inference_mode()
def test_the_first_weights_are_what_the_latent_meets(model):
    z = torch.randn(20, SIZE)
    weights = first_weights(model.generator, 0, 1)
    lengths = first_features(model.generator, z).flatten(1).norm(dim=1)
    assert torch.allclose((z @ weights.T).norm(dim=1), lengths, rtol=1e-4)


def test_a_gene_leads_from_one_group_of_pictures_to_another(model):
    likes, others = [Point.at(1)], [Point.at(2)]
    vector = gene_between(model, likes, others)
    back = gene_between(model, others, likes)
    assert np.allclose(numbers_of(vector), -numbers_of(back), atol=1e-5)
    along = model.place(likes[0]) - model.place(others[0])
    cosine = torch.cosine_similarity(
        along.reshape(-1, SIZE).mean(0), torch.tensor(numbers_of(vector)), 0
    )
    assert float(cosine) == pytest.approx(1.0, abs=1e-4)
    towards_average = gene_between(model, likes, [])
    assert strength(model, Gene("a", towards_average, 3.0)) > 0
    with pytest.raises(BadRecipe):
        gene_between(model, likes, likes)


def test_a_gene_of_another_size_is_refused_and_named(model):
    gene = Gene("a", vector_of(np.ones(SIZE + 1, np.float32)), 1.0)
    with pytest.raises(GenesDoNotFit):
        model.render([Point((Part(1),), genes=(gene,))])


def test_a_point_keeps_its_pixels_alone_and_in_a_batch(model, found):
    genes = tuple(each.gene("a", 1.0) for each in found.genes[:3])
    styles = (LayerStyle(Part(9), 2, 3),)
    points = [
        Point((Part(seed), Part(seed + 1, weight=0.5)), "slerp", 0.8, genes, styles, noise)
        for seed in range(3)
        for noise in (True, False)
    ]
    together = model.render(points)
    for point, pixels in zip(points, together, strict=True):
        assert np.array_equal(model.render([point])[0], pixels)


def test_noise_can_be_left_out_where_there_is_some(model, found):
    plain, still = (model.render([Point((Part(3),), noise=noise)]) for noise in (True, False))
    has_noise = model.info.config.architecture in {"style", "fast"}
    assert found.has_noise == has_noise
    assert (not np.array_equal(plain, still)) == has_noise
    assert np.array_equal(plain, model.render([Point.at(3)]))


def test_styles_of_layers_come_from_elsewhere(tmp_path):
    model = model_of(tmp_path, "style")
    layers = model.generator.layers
    whole = Point((Part(1),), styles=(LayerStyle(Part(2), 0, layers - 1),))
    assert np.array_equal(model.render([whole]), model.render([Point.at(2)]))
    fine = Point((Part(1),), styles=(LayerStyle(Part(2), layers - 2, layers - 1),))
    pictures = model.render([fine, Point.at(1), Point.at(2)])
    assert not np.array_equal(pictures[0], pictures[1])
    assert not np.array_equal(pictures[0], pictures[2])


def test_styles_as_numbers_draw_what_their_seed_draws(tmp_path):
    model = model_of(tmp_path, "style")
    styles = model.place(Point.at(5))[0]
    for numbers in (styles[0], styles):
        vector = vector_of(numbers.numpy())
        point = Point((Part(vector=vector, space="w"),))
        assert np.array_equal(model.render([point]), model.render([Point.at(5)]))


def test_a_walk_stays_as_far_out_as_seeds_are():
    point = Point.at(0)
    lengths = []
    for seed in range(200):
        further = wander(point, 64, seed, 0.2)
        assert further == wander(point, 64, seed, 0.2)
        here, there = resolve([point, further], 64)
        assert not np.array_equal(here, there)
        lengths.append(float(np.linalg.norm(there)))
        point = further
    assert 0.9 < np.mean(lengths) / 8 < 1.1
    assert wander(point, 64, 7, 1.0).seed == 7


def test_a_wilder_step_leads_further():
    starts = resolve([Point.at(0)], 64)[0]
    far = [
        np.linalg.norm(resolve([wander(Point.at(0), 64, 5, w)], 64)[0] - starts)
        for w in (0.1, 0.3, 0.9)
    ]
    assert far == sorted(far)


def test_a_walk_among_styles_mixes_and_never_grows_without_end():
    point = Point((Part(vector=vector_of(np.ones(8, np.float32)), space="w"),))
    for seed in range(40):
        point = wander(point, 8, seed, 0.1)
    assert len(point.parts) <= 16
    assert sum(part.weight for part in point.parts) == pytest.approx(1.0, abs=0.2)
