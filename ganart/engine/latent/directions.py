"""Genes: directions in a model's space along which its pictures change in a way that has a name.

Three ways to find them:
- *main changes*: where the model has styles, the principal components of many styles (GANSpace,
  Härkönen et al. 2020, section 2.1). Elsewhere latents are drawn from a round cloud that has none;
  there they are the singular vectors of the linear regression from latents to small pictures, the
  directions that change every picture in the same way as much as possible (after section 2.2, with
  the picture in place of a layer);
- *structure*: what the first weights that see the latent or the style stretch most (SeFa, Shen and
  Zhou 2021, section 3.1);
- from pictures: from those that the artist dislikes to those that they like.

The vectors' lengths are measured, so that an amount of 3 changes a picture about as much for every
gene: much, but not more than another seed would. All of it is the same every time.
"""

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from ganart.engine.gan.networks import dcgan, fast, fc, msg, progressive, r3, style
from ganart.engine.gan.networks.interface import Generator
from ganart.engine.latent.points import from_seed
from ganart.engine.latent.render import Model, noise_strengths
from ganart.media.genes import FoundGene, FoundGenes, Kind, bands
from ganart.media.point import LAYER_MAX, Point, vector_of
from ganart.media.recipe_checks import BadRecipe

MAIN_GENES = 12
STRUCTURE_GENES = 9
STRONG = 3.0
"""The amount at which a change is strong."""
_STRENGTH = 0.75
"""How much a strong change is, in distances between two random pictures."""
_STYLES = 4096
_PICTURES = 1024
"""Pairs of pictures that the regression sees, at least."""
_BATCH = 64
_PROBES = 8
"""Seeds whose pictures are measured."""
_SEEN = 16
"""Side of the small pictures in px."""
_HALVINGS = 6
"""Steps of the search for a length."""

_FIRST_WEIGHTS: dict[type[Generator], str] = {
    r3.Generator: "start.weight",
    fast.Generator: "start.weight",
    progressive.Generator: "start.spread.weight",
    msg.Generator: "start.spread.weight",
    dcgan.Generator: "body.0.weight",
    fc.Generator: "body.0.weight",
}


@torch.inference_mode()
def find_genes(model: Model) -> Iterator[float | FoundGenes]:
    """Find the genes of a model: yield the share done, 0 ... 1, now and then, and at last them."""
    space = _Space(model)
    yield 0.0
    if isinstance(model.generator, style.Generator):
        main = _principal(space.sample(_STYLES)[:, 0], MAIN_GENES)
    else:
        pictures = []
        # A map of as many unknowns as pairs would fit any of them.
        latents = space.sample(max(_PICTURES, 2 * model.info.config.latent_size))
        for batch in torch.split(latents, _BATCH):
            # What a latent and its opposite share, such as brighter edges, no direction can change.
            pictures.append(_small(model.draw(batch)) - _small(model.draw(-batch)))
            yield 0.6 * min(1.0, len(pictures) * _BATCH / len(latents))
        main = _regressed(latents, torch.cat(pictures), MAIN_GENES)
    found: list[tuple[Kind, Tensor, int, int]] = [("main", each, 0, LAYER_MAX) for each in main]
    for first, last in space.bands:
        count = min(STRUCTURE_GENES // len(space.bands), model.info.config.latent_size)
        units = _principal(first_weights(model.generator, first, last), count, centred=False)
        found += [("structure", unit, first, last) for unit in units]
    genes: list[FoundGene] = []
    for done, (kind, unit, first, last) in enumerate(found):
        vector = vector_of(space.measured(unit, first, last).cpu().numpy())
        alike = [each for each in genes if each.kind == kind]
        number = 1 + sum(each.first == first for each in alike)
        key = f"{kind}-{1 + len(alike)}"
        genes.append(FoundGene(key, kind, number, vector, first, last))
        yield 0.6 + 0.4 * (done + 1) / len(found)
    yield FoundGenes(
        model.info.model_hash,
        model.info.config.latent_size,
        space.layers,
        any(bool(each) for each in noise_strengths(model.generator)),
        tuple(genes),
    )


@torch.inference_mode()
def gene_between(model: Model, likes: Sequence[Point], others: Sequence[Point]) -> bytes:
    """Return the direction from `others`, or from the average picture if there are none, to
    `likes`: the difference of their means. Raises `BadRecipe` for groups that lie in one place.
    """
    space = _Space(model)
    middle = space.group(others) if others else space.middle
    way = space.group(likes) - middle
    length = float(way.norm())
    if not length > 1e-6:
        raise BadRecipe(reason="the two groups are the same")
    return vector_of(space.measured(way / length, 0, LAYER_MAX).cpu().numpy())


def first_weights(generator: Generator, first: int = 0, last: int = LAYER_MAX) -> Tensor:
    """Return the weights (rows, latent size) that the latent meets first; where there are styles,
    those by which the layers from `first` to `last` read them.
    """
    if isinstance(generator, style.Generator):
        return torch.cat(generator.style_weights()[first : last + 1])
    weight: Tensor = generator.get_parameter(_FIRST_WEIGHTS[type(generator)])
    # A transposed convolution, and a start of `fast`, have the latent's numbers elsewhere.
    if isinstance(generator, dcgan.Generator):
        weight = weight.transpose(0, 1)
    return weight.transpose(1, -1).flatten(0, -2)


class _Space:
    """Where the genes of a model lie: its styles, or else its latents."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._size = model.info.config.latent_size
        generator = model.generator
        self._styled = generator if isinstance(generator, style.Generator) else None
        self.layers = self._styled.layers if self._styled else 0
        self.bands = bands(self.layers) or ((0, LAYER_MAX),)
        zero = torch.zeros(self._size, device=model.device)
        self.middle = self._styled.running_style if self._styled else zero
        self._probes = self.sample(_PROBES)
        self._pictures = _small(model.draw(self._probes))
        apart = self._probes - self.middle
        self._radius = float(apart.square().flatten(1).sum(1).mean().sqrt())
        if self.layers:
            self._radius /= self.layers**0.5
        self._strong = _STRENGTH * _distance(self._pictures, self._pictures.roll(1, 0))

    def sample(self, count: int) -> Tensor:
        """Return `count` places by chance, always the same."""
        numbers = from_seed(0, count * self._size).reshape(count, self._size)
        latents = torch.from_numpy(numbers).to(self._model.device)
        return self._styled.styles(latents) if self._styled else latents

    def group(self, points: Sequence[Point]) -> Tensor:
        """Return the middle (size,) of some points."""
        places = torch.cat([self._model.place(each) for each in points])
        return places.reshape(-1, self._size).mean(0)

    def measured(self, unit: Tensor, first: int, last: int) -> Tensor:
        """Return a direction at the length that makes an amount of `STRONG` a strong change.

        A strong one never leads further from where it begins than the usual place is from the
        middle: beyond that pictures break.
        """
        low, high = 0.0, self._radius / STRONG
        for _ in range(_HALVINGS):
            length = (low + high) / 2
            if self._change(unit * length * STRONG, first, last) < self._strong:
                low = length
            else:
                high = length
        return unit * high

    def _change(self, move: Tensor, first: int, last: int) -> float:
        """Return how far a move takes pictures, on average both ways."""
        moves = torch.zeros_like(self._probes)
        if self._styled:
            moves[:, first : last + 1] = move
        else:
            moves += move
        changes = (_small(self._model.draw(self._probes + way)) for way in (moves, -moves))
        return sum(_distance(self._pictures, each) for each in changes) / 2


def _small(pictures: Tensor) -> Tensor:
    """Return pictures as rows of few numbers."""
    size = min(_SEEN, pictures.shape[-2]), min(_SEEN, pictures.shape[-1])
    return F.adaptive_avg_pool2d(pictures.clamp(-1, 1), size).flatten(1)


def _distance(ours: Tensor, theirs: Tensor) -> float:
    return float((ours - theirs).square().mean(1).sqrt().mean())


def _principal(rows: Tensor, count: int, *, centred: bool = True) -> list[Tensor]:
    """Return the directions (size,) along which rows (N, size) extend most, the first one most."""
    if centred:
        rows = rows - rows.mean(0)
    rows = rows.double()
    _, vectors = torch.linalg.eigh(rows.T @ rows)
    return [_signed(each).float() for each in vectors.flip(1).T[:count]]


def _regressed(latents: Tensor, pictures: Tensor, count: int) -> list[Tensor]:
    """Return the directions (size,) of latents (N, size) that change pictures (N, numbers) most, if
    those depended on latents by a linear map, which is fitted.
    """
    slopes = torch.linalg.lstsq(latents.double(), pictures.double()).solution
    left, _, _ = torch.linalg.svd(slopes, full_matrices=False)
    return [_signed(each).float() for each in left.T[:count]]


def _signed(vector: Tensor) -> Tensor:
    """Return a direction or its opposite: the one whose largest number is above 0."""
    return vector * vector[vector.abs().argmax()].sign()
