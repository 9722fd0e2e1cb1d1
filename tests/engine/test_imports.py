import pickle
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import nn

from ganart.engine.errors import BadCheckpoint, ForeignModel, PickledModel
from ganart.engine.gan.fitting import bare, find_config, shapes_of, structures
from ganart.engine.gan.imports import import_model
from ganart.engine.gan.model_file import read_info
from ganart.engine.gan.models import Kind, list_models
from ganart.engine.gan.networks import ARCHITECTURES, build_generator
from ganart.engine.latent.render import Model
from ganart.media.point import Point
from tests.engine.runs import train
from tests.engine.toys import tiny

SEEDS = [Point.at(seed) for seed in range(3)]


def foreign(path, config, prefix="", dtype=torch.float32):
    """Write the weights of a new generator without our description and return it."""
    torch.manual_seed(3)
    generator = build_generator(config)
    save_file(
        {
            prefix + name: each.to(dtype) if each.is_floating_point() else each
            for name, each in generator.state_dict().items()
        },
        path,
    )
    return generator.eval()


@pytest.mark.parametrize("architecture", sorted(ARCHITECTURES))
@pytest.mark.parametrize("prefix", ["", "module.g_ema."])
def test_weights_without_description_are_taken_if_they_fit(project, tmp_path, architecture, prefix):
    config = tiny(architecture=architecture, side=16, latent_size=12, width=8, width_cap=16)
    path = tmp_path / "found.safetensors"
    generator = foreign(path, config, prefix)
    target = import_model(project, path)
    info = read_info(target)
    # The decoder of a vae is an r3 generator.
    assert info.config.architecture == {"vae": "r3"}.get(architecture, architecture)
    assert (info.config.side, info.label) == (16, "found")
    weights = load_file(target)
    assert all(
        torch.equal(each, weights[f"ema.{name}"]) for name, each in generator.state_dict().items()
    )
    assert Model.load(target).render(SEEDS).shape == (3, 16, 16, 3)
    (entry,) = list_models(project)
    assert (entry.kind, entry.label, entry.path) == (Kind.KEPT, "found", target)


def test_the_dcgan_of_pytorchs_example_is_taken(project, tmp_path):
    """Layers and names as in pytorch/examples, dcgan/main.py, for 64 px, but narrower."""
    layers = [nn.ConvTranspose2d(100, 64, 4, 1, 0, bias=False)]
    for wide, narrow in ((64, 32), (32, 16), (16, 8), (8, 3)):
        layers += [nn.BatchNorm2d(wide), nn.ReLU(True)]
        layers.append(nn.ConvTranspose2d(wide, narrow, 4, 2, 1, bias=False))
    network = nn.Sequential(*layers, nn.Tanh()).eval()
    path = tmp_path / "netG.safetensors"
    weights = {f"main.{name}": each for name, each in network.state_dict().items()}
    # An old file: without the counters of batch normalisation, and in half the digits.
    save_file({k: v.half() for k, v in weights.items() if "tracked" not in k}, path)
    model = Model.load(import_model(project, path))
    assert model.info.config.latent_size == 100
    assert model.render(SEEDS).shape == (3, 64, 64, 3)


def test_a_model_of_another_project_is_taken_with_its_description(project, tmp_path):
    origin = train(project)[-1].checkpoint
    path = tmp_path / "of a friend.safetensors"
    path.write_bytes(origin.read_bytes())
    target = import_model(project, path)
    assert target.stem == read_info(origin).model_hash
    assert read_info(target) == replace(read_info(origin), label="of a friend")
    assert np.array_equal(Model.load(target).render(SEEDS), Model.load(origin).render(SEEDS))
    path.write_bytes(origin.read_bytes()[:-1] + b"?")
    assert isinstance(import_model(project, path), type(path))  # the momenta are not taken
    path.write_bytes(origin.read_bytes()[:-100])
    with pytest.raises((BadCheckpoint, ForeignModel)):
        import_model(project, path)


class Trap:
    """Unpickling it would leave a trace."""

    def __init__(self, path):
        self.path = str(path)

    def __reduce__(self):
        return open, (self.path, "w")


@pytest.mark.parametrize("suffix", [".pkl", ".pt", ".safetensors"])
@pytest.mark.parametrize("protocol", [2, 4])
def test_pickles_are_refused_and_not_opened(project, tmp_path, suffix, protocol):
    trace = tmp_path / "trace"
    path = tmp_path / f"model{suffix}"
    path.write_bytes(pickle.dumps({"G_ema": Trap(trace)}, protocol))
    with pytest.raises(PickledModel, match="hidden"):
        import_model(project, path)
    torch.save({"G": torch.zeros(3)}, path)
    with pytest.raises(PickledModel):
        import_model(project, path)
    assert not trace.exists()
    assert list_models(project) == []


def test_what_does_not_fit_is_told(project, tmp_path):
    path = tmp_path / "model.safetensors"
    for tensors in (
        {"weight": torch.zeros(3)},
        {"a.weight": torch.zeros(3, 4), "b": torch.zeros(())},
        {"start.weight": torch.zeros(128, 8), "start.bias": torch.zeros(128)},
    ):
        save_file(tensors, path)
        with pytest.raises(ForeignModel, match="architectures"):
            import_model(project, path)
    for content in (b"", b"x" * 7, b"{}" * 100, b"\x80\x00\x00\x00\x00\x00\x00\x00{}"):
        path.write_bytes(content)
        with pytest.raises(ForeignModel):
            import_model(project, path)
    for odd in (tmp_path, tmp_path / "gone"):
        with pytest.raises(ForeignModel):
            import_model(project, odd)
    assert list_models(project) == []


def test_a_brush_is_told_where_it_belongs(project, tmp_path):
    path = tmp_path / "brush.safetensors"
    save_file({"weight": torch.zeros(3)}, path, {"ganart": '{"format": 1, "kind": "brush"}'})
    with pytest.raises(ForeignModel, match="Stylize"):
        import_model(project, path)
    for odd in ("[]", "{", "null"):
        save_file({"weight": torch.zeros(3)}, path, {"ganart": odd})
        with pytest.raises((ForeignModel, BadCheckpoint)):
            import_model(project, path)


def test_numbers_that_are_not_finite_are_refused(project, tmp_path):
    path = tmp_path / "model.safetensors"
    foreign(path, tiny())
    tensors = load_file(path)
    next(iter(tensors.values())).view(-1)[0] = float("nan")
    save_file(tensors, path)
    with pytest.raises(ForeignModel, match="finite"):
        import_model(project, path)


@pytest.mark.parametrize("architecture", sorted(ARCHITECTURES))
def test_every_set_of_layers_is_found_again(architecture):
    for side, layers in ((8, 1), (64, 2), (256, 1)):
        config = tiny(architecture=architecture, side=side, blocks=layers, mapping_layers=layers)
        names = shapes_of(config).keys()
        found = list(structures(names))
        assert all(shapes_of(each).keys() == names for each in found)
        assert side in [each.side for each in found]


def test_names_are_stripped_of_what_all_have_in_common():
    assert bare(["a.b.x.w", "a.b.y", "a.b.x.num_batches_tracked"]) == {
        "x.w": "a.b.x.w",
        "y": "a.b.y",
    }
    assert bare(["weight"]) == {"weight": "weight"}
    assert bare([]) == {}
    assert find_config({}) is None
