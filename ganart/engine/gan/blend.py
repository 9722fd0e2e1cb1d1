"""Blending two related models: weights in between, or coarse stages of one with fine ones of the
other (layer swapping, Pinkney and Adler 2020).

It works between models with a common ancestor, such as two moments of one run, its branches, or a
model and what was fine-tuned from it: their weights still mean the same things.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeGuard, cast

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize

from ganart.engine.errors import BadCheckpoint, NotRelated
from ganart.engine.gan.config import suited
from ganart.engine.gan.mix import Mix
from ganart.engine.gan.model_file import ModelInfo, read_model, weights_hash
from ganart.engine.gan.models import keep_weights
from ganart.engine.gan.networks import build_generator
from ganart.engine.gan.networks.interface import Generator
from ganart.engine.latent.render import Model
from ganart.project.store import Project

KINSHIP_MIN = 0.1
"""Cosine between the weights of relatives is above this (docs/benchmarks.md); that of models that
began apart is near 0."""
_SETTLING_ROUNDS = 8
_START_SIDE = 4


@dataclass(frozen=True, slots=True, eq=False)
class Relative:
    """A model that is blended with others."""

    path: Path
    info: ModelInfo
    weights: Mapping[str, Tensor]

    @classmethod
    def load(cls, path: Path) -> "Relative":
        """Load a model file. Raises `BadCheckpoint`."""
        info, weights = read_model(path)
        relative = cls(path, info, {name: torch.from_numpy(each) for name, each in weights.items()})
        try:
            _built(info, relative.weights)
        except RuntimeError as error:
            reason = "its weights do not fit its description"
            raise BadCheckpoint(path=path, reason=reason) from error
        return relative


class Blender:
    """Two related models, and whatever lies between them."""

    def __init__(self, first: Path | Relative, second: Path | Relative) -> None:
        """Take two models, those given as files loaded. Raises `BadCheckpoint`, and `NotRelated`
        for strangers.
        """
        self.first, self.second = (
            Relative.load(each) if isinstance(each, Path) else each for each in (first, second)
        )
        ours, theirs = self.first, self.second
        same_networks = suited(ours.info.config, theirs.info.config) == suited(
            ours.info.config, ours.info.config
        )
        if not same_networks or kinship(ours.weights, theirs.weights) < KINSHIP_MIN:
            raise NotRelated(first=ours.path, second=theirs.path)
        self._sides = _sides_of_weights(ours.info, ours.weights)

    @property
    def splits(self) -> tuple[int, ...]:
        """The sides in px at which coarse and fine stages can be told apart; maybe none."""
        return tuple(sorted(set(self._sides.values()))[:-1])

    def model(self, mix: Mix) -> Model:
        """Return the model of a mix, for looking at; to save art with it, `keep` it."""
        return Model(*self._mixed(mix), torch.device("cpu"))

    def keep(self, project: Project, mix: Mix, label: str = "") -> Path:
        """Write the model of a mix into the project and return where.

        Raises `DiskFull`, `FolderNotWritable`.
        """
        info, generator = self._mixed(mix)
        arrays = {name: each.contiguous().numpy() for name, each in generator.state_dict().items()}
        infos = (self.first.info, self.second.info)
        label = label or " + ".join(f"{each.preset} {each.step}" for each in infos)
        info = replace(info, model_hash=weights_hash(arrays), label=label)
        return keep_weights(project, info, arrays)

    def _mixed(self, mix: Mix) -> tuple[ModelInfo, Generator]:
        theirs = self.second.weights
        weights = {
            name: _between(ours, theirs[name], mix.at(self._sides[name]))
            for name, ours in self.first.weights.items()
        }
        nearer = self.second if round(mix.share) else self.first
        info = replace(nearer.info, likeness=None)
        generator = _built(info, weights)
        # What is taken over whole stays as it is.
        is_whole = {mix.share, mix.fine} <= {0.0, 1.0, None}
        return info, generator if is_whole else _settled(generator)


def kinship(first: Mapping[str, Tensor], second: Mapping[str, Tensor]) -> float:
    """Return the cosine between the weights of two models, the mean of all layers; 0 if their
    shapes differ.

    Layers begin with random weights about 0, so those of strangers stand at a right angle.
    """
    if {name: each.shape for name, each in first.items()} != {
        name: each.shape for name, each in second.items()
    }:
        return 0.0
    # Gains, biases and statistics, which have one dimension, are alike in all models.
    cosines = [
        torch.cosine_similarity(ours.flatten(), second[name].flatten(), dim=0)
        for name, ours in first.items()
        if ours.ndim > 1
    ]
    return float(torch.stack(cosines).mean())


def _between(ours: Tensor, theirs: Tensor, share: float) -> Tensor:
    """Return what lies between two tensors; counters come from the nearer one."""
    if share in {0.0, 1.0} or not ours.is_floating_point():
        return (ours, theirs)[round(share)].clone()
    return torch.lerp(ours, theirs, share)


def _built(info: ModelInfo, weights: Mapping[str, Tensor]) -> Generator:
    with torch.device("meta"):
        generator = build_generator(info.config)
    generator.load_state_dict(weights, assign=True)
    return generator.to(memory_format=torch.channels_last).eval().requires_grad_(False)


@torch.no_grad()
def _settled(generator: Generator) -> Generator:
    """Let spectral norms measure the weights anew: those lie between two measured ones."""
    for layer in generator.modules():
        if parametrize.is_parametrized(layer):
            names = list(cast("nn.ModuleDict", layer.parametrizations))
            layer.train()  # looked at while it trains, a weight is measured a little better
            for name in names * _SETTLING_ROUNDS:
                getattr(layer, name)
            layer.eval()
    return generator


def _sides_of_weights(info: ModelInfo, weights: Mapping[str, Tensor]) -> dict[str, int]:
    """Return the side in px at which each tensor of a generator works; 4 for all that comes before.

    Found by drawing one picture: a layer works at the side of what it gives; one that gives no map,
    such as that which makes a style, at the side of the layer that it is part of.
    """
    generator = _built(info, weights)
    sides: dict[str, int] = {}
    (width, _), side = info.config.size, info.config.side

    def note(name: str, output: object) -> None:
        # Of an oblong picture the side that the square has in this stage.
        at = output.shape[-1] * side // width if _is_map(output) else 0
        sides[name] = at if at >= _START_SIDE else 0  # another layer's to say

    for name, layer in generator.named_modules():
        if name and "parametrizations" not in name:
            layer.register_forward_hook(lambda _l, _i, output, name=name: note(name, output))
    with torch.inference_mode():
        generator(torch.zeros(1, info.config.latent_size))
    found = {}
    for name in weights:
        around = [sides[owner] for owner in _owners(name) if owner in sides]
        # Nothing is drawn with layers that are at rest, such as the colours of smaller sides.
        at_rest = _START_SIDE if "." not in name else side
        found[name] = next(filter(None, around), _START_SIDE) if around else at_rest
    return found


def _is_map(output: object) -> TypeGuard[Tensor]:
    return isinstance(output, Tensor) and output.ndim == 4


def _owners(name: str) -> Iterator[str]:
    """Yield the names of the modules around a tensor, from the innermost out, the root left out."""
    while "." in name:
        name, _, _ = name.rpartition(".")
        yield name
