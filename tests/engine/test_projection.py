"""A photo is looked for in tiny models: found where it is, and honestly not where it is not."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from ganart.datasets.errors import Unreadable
from ganart.engine.asks import Ask
from ganart.engine.errors import BadOption
from ganart.engine.gan.checkpoint import model_info, save_model
from ganart.engine.latent import projection
from ganart.engine.latent.breeding import children
from ganart.engine.latent.projection import project
from ganart.engine.latent.projection_plan import (
    DrawsNothing,
    Effort,
    Gaps,
    Looking,
    Nearness,
    Photo,
    PhotoTooLarge,
    Projected,
    Projecting,
    ProjectionPlan,
)
from ganart.engine.latent.render import Model
from ganart.engine.latent.resemblance import Resemblance
from ganart.media.family import Litter
from ganart.media.point import Point, numbers_of
from tests.engine.toys import fresh, tiny

BRIEF = Effort(samples=32, starts=2, steps=45)


@pytest.fixture
def make_model(tmp_path: Path):
    def make(architecture: str, spoil: bool = False) -> Path:
        config = tiny(architecture=architecture, side=16)
        state = fresh(config)
        if spoil:
            for weight in state.ema.parameters():
                weight.data.fill_(torch.nan)
        path = tmp_path / f"{architecture}.safetensors"
        save_model(path, state, model_info(config, state, "toy", "data"))
        return path

    return make


@pytest.fixture
def save(tmp_path: Path):
    def save(pixels: np.ndarray) -> Path:
        path = tmp_path / "photo.png"
        Image.fromarray(pixels).save(path)
        return path

    return save


def run(model: Path, photo: Path, asks=lambda: None, **changes) -> list:
    plan = ProjectionPlan(photo, **{"effort": BRIEF, "device": "cpu", **changes})
    return list(project(model, plan, asks))


def noise(side: int = 16) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 256, (side, side, 3), dtype=np.uint8)


@pytest.mark.parametrize("architecture", ["fc", "style", "r3"])
def test_a_picture_of_the_model_is_found_and_noise_is_not(architecture, make_model, save):
    path = make_model(architecture)
    model = Model.load(path)
    own = run(path, save(model.render([Point.at(77)])[0]))[-1]
    assert isinstance(own, Projected)
    assert own.nearness.share > 0.7
    assert own.known == own.nearness
    assert np.array_equal(model.render([own.point])[0], own.pixels)
    strange = run(path, save(noise()))[-1]
    assert strange.nearness.share < 0.2
    assert strange.nearness.verdict != own.nearness.verdict


def test_it_comes_nearer_step_by_step_and_shows_how(make_model, save):
    path = make_model("r3")
    photo = Model.load(path).render([Point.at(77)])[0]
    records = run(path, save(photo))
    assert isinstance(records[0], Photo)
    assert np.array_equal(records[0].pixels, photo)
    assert [each.done for each in records if isinstance(each, Looking)] == [0, 8, 16, 24]
    steps = [each for each in records if isinstance(each, Projecting)]
    assert [each.step for each in steps] == list(range(1, 46))
    losses = [each.loss for each in steps]
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < losses[0] / 2
    assert sum(each.pixels is not None for each in steps) == 9


def test_the_same_seed_finds_the_same_place_as_long_as_latents_are(make_model, save):
    path, photo = make_model("r3"), save(noise())
    effort = Effort(16, 1, 20)
    first, again, other = (
        run(path, photo, effort=effort, seed=seed)[-1].point for seed in (0, 0, 1)
    )
    assert first == again != other
    (part,) = first.parts
    length = float(np.linalg.norm(numbers_of(part.vector))) / 8**0.5
    assert 0.5 < length < 2


def test_layers_of_their_own_come_nearer_without_claiming_that_the_model_knows(make_model, save):
    path, photo = make_model("style"), save(noise())
    plain = run(path, photo)[-1]
    closer = run(path, photo, is_closer=True)[-1]
    size, layers = 8, 6
    assert len(numbers_of(plain.point.parts[0].vector)) == size
    assert len(numbers_of(closer.point.parts[0].vector)) == size * layers
    assert closer.point.parts[0].space == "w"
    assert closer.nearness.found.pixels < plain.nearness.found.pixels
    assert closer.known.share <= plain.nearness.share + 0.1


@pytest.mark.parametrize("is_closer", [False, True])
def test_a_photo_that_was_found_has_children_with_a_seed(is_closer, make_model, save):
    path = make_model("style")
    found = run(path, save(noise()), effort=Effort(16, 1, 10), is_closer=is_closer)[-1].point
    family = children(Litter((found, Point.at(3)), seed=1, wildness=0.5), 8)
    second = children(Litter(tuple(family[:4]), seed=1, wildness=0.5), 8)
    pictures = Model.load(path).render([*family, *second])
    assert len({each.tobytes() for each in pictures}) == 18


def test_no_layers_of_their_own_where_there_are_none(make_model, save):
    closer = run(make_model("r3"), save(noise()), is_closer=True)[-1]
    assert closer.known == closer.nearness
    assert closer.point.parts[0].space == "z"


@pytest.mark.parametrize("polls", [5, 20])
def test_stop_keeps_the_best_so_far(polls, make_model, save):
    left = iter([None] * polls)
    records = run(make_model("r3"), save(noise()), lambda: next(left, Ask.STOP))
    found = records[-1]
    assert isinstance(found, Projected)
    assert found.is_stopped
    assert found.steps <= polls
    assert sum(isinstance(each, Looking | Projecting) for each in records) <= polls + 1


def test_stop_before_anything_was_seen_finds_nothing(make_model, save):
    records = run(make_model("r3"), save(noise()), lambda: Ask.STOP)
    assert not any(isinstance(each, Projected) for each in records)


def test_steps_into_what_is_not_finite_are_taken_back(make_model, save, monkeypatch):
    see, calls = projection._Projection.see, iter(range(1000))

    def spoilt(self, place):
        loss, picture = see(self, place)
        return (loss * torch.nan, picture) if next(calls) % 4 == 3 else (loss, picture)

    monkeypatch.setattr(projection._Projection, "see", spoilt)
    path = make_model("r3")
    found = run(path, save(Model.load(path).render([Point.at(77)])[0]))[-1]
    assert np.isfinite(numbers_of(found.point.parts[0].vector)).all()
    assert found.nearness.share > 0.3


def test_a_broken_model_ends_in_a_sentence(make_model, save):
    with pytest.raises(DrawsNothing, match="draws nothing"):
        run(make_model("r3", spoil=True), save(noise()))


def test_too_little_memory_ends_in_a_sentence(make_model, save, monkeypatch):
    def fail(*_):
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(Resemblance, "__call__", fail)
    with pytest.raises(PhotoTooLarge, match="memory of cpu"):
        run(make_model("r3"), save(noise()))


def test_a_photo_that_is_none_ends_in_a_sentence(make_model, tmp_path):
    bad = tmp_path / "photo.jpg"
    bad.write_bytes(b"no picture")
    with pytest.raises(Unreadable):
        run(make_model("r3"), bad)


def test_the_focus_says_which_square_of_a_photo_is_looked_for(make_model, save):
    wide = np.zeros((16, 48, 3), np.uint8)
    wide[:, 32:] = 255
    model, photo, effort = make_model("r3"), save(wide), Effort(16, 1, 0)
    for share, colour in ((0.0, 0), (0.5, 0), (1.0, 255)):
        records = run(model, photo, effort=effort, focus=(share, share))
        assert (records[0].pixels == colour).all()
        assert isinstance(records[-1], Projected)  # no steps: the nearest sample


@pytest.mark.parametrize(
    "changes", [{"seed": -1}, {"focus": (0.5, 2.0)}, {"effort": Effort(1, 1, 1)}]
)
def test_options_out_of_range_are_refused(changes):
    with pytest.raises(BadOption):
        ProjectionPlan(Path("photo.png"), **changes)


def test_the_worse_of_features_and_pixels_is_the_score():
    between = Gaps(0.5, 0.2)
    assert Nearness(Gaps(0.0, 0.0), between).share == 1
    assert Nearness(Gaps(0.0, 0.1), between).share == pytest.approx(0.5)
    assert Nearness(Gaps(0.4, 0.0), between).share == pytest.approx(0.2)
    assert Nearness(Gaps(9.0, 9.0), between).share == 0
    alike = Gaps(0.0, 0.0)
    assert Nearness(Gaps(0.1, 0.1), alike).share == 0
    assert Nearness(Gaps(0.005, 0.0001), alike).share == pytest.approx(0.9)
