"""Instant looks: one pass of a network over a photo of any size."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from ganart.engine.style import arbitrary, colour, multistyle, transfer
from ganart.engine.style.brush import BrushNetwork
from ganart.engine.style.brush_file import load_brush
from ganart.engine.style.looks import Look, built_in_index
from ganart.engine.style.style_vectors import style_vector, vector_of
from ganart.engine.style.transfer import Affines, Painter

FADED_BELOW = 0.25
"""Strength of a picture as a style below which the painting fades into the photo: in the style of
the photo itself the network still paints."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One network of a look; only brushes, which are networks of their own, come in several."""

    share: float
    painter: Painter
    affines: Callable[[Tensor], Affines]
    """Given the photo, for its own style enters where the strength is below 1."""


@dataclass(frozen=True, slots=True)
class Stylizer:
    """A look, loaded and ready for any number of photos."""

    look: Look
    _parts: Sequence[_Part]

    @classmethod
    def load(cls, look: Look, device: torch.device) -> "Stylizer":
        """Load what `look` needs onto `device`.

        Raises `BadWeights`, `BadBrush`, `BadOption` (no such built-in look) or `Unreadable`.
        """
        return cls(look, _LOADERS[look.kind](look, device))

    @torch.no_grad()
    def apply(self, photo: Tensor, between: Callable[[], None] = lambda: None) -> Tensor:
        """Return the stylized photo, (1, 3, H, W) in 0..1 as `photo`; sides from 1 pixel on.

        A strength of 0 gives the photo. `between` is called several times a second; what it raises
        ends the painting.
        """
        height, width = photo.shape[-2:]
        fitted = transfer.fit(photo)
        first, *others = self._parts
        painting = first.painter.paint(fitted, first.affines(photo), between)
        if others:
            painting *= first.share
        for part in others:
            painting += part.share * part.painter.paint(fitted, part.affines(photo), between)
        painting = painting[..., :height, :width]
        mixed_below = FADED_BELOW if self.look.kind == "picture" else 1.0
        if self.look.strength < mixed_below:
            painting = photo.lerp(painting, self.look.strength / mixed_below)
        if self.look.colour == "luminance":
            return colour.keep_chroma(painting, photo)
        if self.look.colour == "moments":
            return colour.match_moments(painting, photo)
        return painting


def shares(look: Look) -> list[float]:
    """Return the weights of the ingredients as parts of 1."""
    total = sum(each.weight for each in look.ingredients)
    return [each.weight / total for each in look.ingredients]


def _load_picture(look: Look, device: torch.device) -> list[_Part]:
    weights = arbitrary.load(device)
    predictor = arbitrary.StylePredictor(weights)
    vectors = [style_vector(each.path, predictor, device) for each in look.ingredients]
    mixed = sum(share * vector for share, vector in zip(shares(look), vectors, strict=True))
    assert isinstance(mixed, Tensor)

    def affines(photo: Tensor) -> Affines:
        if look.strength >= 1.0:
            return arbitrary.affines(weights, mixed)
        own = vector_of(photo, predictor)
        return arbitrary.affines(weights, own.lerp(mixed, look.strength))

    return [_Part(1.0, Painter(arbitrary.transform_network(weights)), affines)]


def _load_built_in(look: Look, device: torch.device) -> list[_Part]:
    weights = multistyle.load(device)
    mixed = torch.zeros(multistyle.STYLES, device=device)
    for share, each in zip(shares(look), look.ingredients, strict=True):
        mixed[built_in_index(each.source)] += share
    affines = multistyle.affines(weights, mixed)
    return [_Part(1.0, Painter(multistyle.network(weights)), lambda _photo: affines)]


def _load_brush(look: Look, device: torch.device) -> list[_Part]:
    def part(share: float, brush: BrushNetwork) -> _Part:
        network, affines = brush.parts()
        return _Part(share, Painter(network), lambda _photo: affines)

    return [
        part(share, load_brush(each.path, device)[1])
        for share, each in zip(shares(look), look.ingredients, strict=True)
    ]


_LOADERS = {"picture": _load_picture, "built-in": _load_built_in, "brush": _load_brush}
