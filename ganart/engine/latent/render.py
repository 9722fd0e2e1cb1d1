"""Rendering pictures: a seed gives the same pixels alone, in a batch, today or later."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from ganart.engine import device as devices
from ganart.engine.errors import BadCheckpoint, EngineError
from ganart.engine.gan.batches import to_pixels
from ganart.engine.gan.model_file import ModelInfo, read_model
from ganart.engine.gan.networks import build_generator, fast_layers, style, style_layers
from ganart.engine.gan.networks.interface import Generator
from ganart.engine.latent.points import Latents, latent_of, resolve
from ganart.media.point import Gene, Part, Point, numbers_of
from ganart.media.recipe_checks import GenesDoNotFit, PointDoesNotFit
from ganart.text import QT_TRANSLATE_NOOP


@torch.inference_mode()
def render_latents(
    generator: Generator,
    latents: Latents,
    device: torch.device,
    diversity: npt.NDArray[np.float32] | None = None,
) -> npt.NDArray[np.uint8]:
    """Return pictures (N, height, width, 3) of latents (N, latent_size), each of its `diversity`
    (N,): 0 is the most common picture, 1 (also for None) the model as trained.

    Each picture is computed by itself: convolutions of another batch size round differently, by
    a few 1e-6, which is enough to change a pixel by one level now and then. For the studio's small
    networks that costs about two milliseconds a picture (docs/benchmarks.md).
    """
    if diversity is None:
        diversity = np.ones(len(latents), np.float32)
    rows, shares = torch.from_numpy(latents).to(device), torch.from_numpy(diversity).to(device)
    pictures = [
        generator.draw(row[None], share[None]) for row, share in zip(rows, shares, strict=True)
    ]
    return np.concatenate([to_pixels(each) for each in pictures])


MERGED_PIXELS_MAX = 2048 * 2048
"""Of pictures that are drawn as one: all of it is in memory with every channel."""


class CannotMerge(EngineError):
    """Details: `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "These pictures cannot grow together: {reason}.")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was saved.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Save them as a usual sheet, choose fewer, or use a model of R3 or DCGAN."
    )


class Model:
    """A generator loaded from a model file, ready to render."""

    def __init__(self, info: ModelInfo, generator: Generator, device: torch.device) -> None:
        self.info = info
        self.generator = generator
        """The network, in evaluation mode and without gradients of its own."""
        self.device = device
        """Where it computes."""

    @classmethod
    def load(cls, path: Path, device: str = "cpu") -> "Model":
        """Load a model file or checkpoint. Raises `BadCheckpoint`.

        The CPU is the default: it draws the small studio models at once, leaves a graphics card
        to the training, and gives the same pixels on every computer of a kind.
        """
        info, weights = read_model(path)
        # Without memory or random numbers of its own: a training may be drawing at the same time.
        with torch.device("meta"):
            generator = build_generator(info.config)
        try:
            tensors = {name: torch.from_numpy(each) for name, each in weights.items()}
            generator.load_state_dict(tensors, assign=True)
        except RuntimeError as error:
            reason = "its weights do not fit its description"
            raise BadCheckpoint(path=path, reason=reason) from error
        chosen, _ = devices.choose(device)
        generator.to(chosen).to(memory_format=torch.channels_last)
        return cls(info, generator.eval().requires_grad_(False), chosen)

    @torch.inference_mode()
    def render(self, points: Sequence[Point]) -> npt.NDArray[np.uint8]:
        """Return pictures (len(points), height, width, 3); every point keeps its pixels for ever.

        Raises `BadRecipe` for points with numbers that do not fit this model. What the model has
        not, such as styles or noise, is passed over.
        """
        return np.concatenate([to_pixels(self._draw(point)) for point in points])

    @torch.inference_mode()
    def render_deep(self, points: Sequence[Point]) -> npt.NDArray[np.uint16]:
        """Return pictures as `render` with 16 bits a channel, from the network's own numbers."""
        drawn = torch.cat([self._draw(point) for point in points]).permute(0, 2, 3, 1)
        numbers = ((drawn.float().clamp(-1, 1) + 1) * 32_767.5).cpu().numpy()
        deep: npt.NDArray[np.uint16] = np.rint(numbers).astype(np.uint16)
        return deep

    @torch.inference_mode()
    def render_merged(self, points: Sequence[Point], columns: int) -> npt.NDArray[np.uint8]:
        """Return one picture (rows * height, columns * width, 3): neighbours run into each other.

        What they begin with is laid side by side, and convolutions do the rest. The last row is
        filled up from the first points. Raises `CannotMerge` where the architecture has no such
        beginning or the picture would be too large.
        """
        columns = min(columns, len(points))
        rows = -(-len(points) // columns)
        if rows * columns * math.prod(self.info.config.size) > MERGED_PIXELS_MAX:
            raise CannotMerge(reason="together they are too large")
        full = [points[place % len(points)] for place in range(rows * columns)]
        with drawn_noise(self.generator, points[0].noise):
            grounds = self.generator.ground(torch.cat([self.place(each) for each in full]))
            if grounds is None:
                raise CannotMerge(reason="the architecture of this model does not allow it")
            channels, height, width = grounds.shape[1:]
            laid = grounds.view(rows, columns, channels, height, width).permute(2, 0, 3, 1, 4)
            ground = laid.reshape(1, channels, rows * height, columns * width)
            merged: npt.NDArray[np.uint8] = to_pixels(self.generator.rise(ground))[0]
            return merged

    @torch.inference_mode()
    def glance(self, points: Sequence[Point]) -> npt.NDArray[np.uint8]:
        """Return what `render` does, computed together: several times as fast, and a pixel is off
        by one level now and then. For small pictures that are looked at, and for
        the frames of loops, whose recipes say so: the same points give the same pixels again.
        """
        pictures: list[npt.NDArray[np.uint8]] = []
        for noise, alike in groupby(points, key=lambda point: point.noise):
            places = torch.cat([self.place(point) for point in alike])
            with drawn_noise(self.generator, noise):
                pictures.append(to_pixels(self.draw(places)))
        return np.concatenate(pictures)

    def place(self, point: Point) -> Tensor:
        """Return where a point leads the generator: styles (1, layers, size) if it has such, else
        a latent (1, size). Raises `BadRecipe` as `render`.
        """
        if isinstance(self.generator, style.Generator):
            return self._styles(self.generator, point)
        place = self._tensor(resolve([point], self.info.config.latent_size)) * point.diversity
        for gene in point.genes:
            place = place + gene.amount * self._tensor(self._direction(gene))
        return place

    def draw(self, places: Tensor) -> Tensor:
        """Return the pictures (B, 3, height, width) of places as `place` gives them, together."""
        generator = self.generator
        pictures: Tensor = (
            generator.synthesise(places)
            if isinstance(generator, style.Generator)
            else generator(places)
        )
        return pictures

    def _draw(self, point: Point) -> Tensor:
        """Return the picture (1, 3, height, width) of a point, by itself: see `render_latents`."""
        with drawn_noise(self.generator, point.noise):
            return self.draw(self.place(point))

    def _styles(self, generator: style.Generator, point: Point) -> Tensor:
        """Return the styles (1, layers, size) of a point."""
        if all(part.space == "z" for part in point.parts):
            z = resolve([point], self.info.config.latent_size)
            styles = generator.styles(self._tensor(z))
        else:
            weights = torch.tensor([part.weight for part in point.parts], device=self.device)
            parts = torch.cat([self._style(generator, part) for part in point.parts])
            styles = torch.einsum("n,nls->ls", weights / weights.sum(), parts)[None]
        diversity = torch.tensor([point.diversity], device=self.device)
        styles = generator.truncate(styles, diversity)
        for each in point.styles:
            other = generator.truncate(self._style(generator, each.part), diversity)
            styles[:, each.first : each.last + 1] = other[:, each.first : each.last + 1]
        for gene in point.genes:
            move = gene.amount * self._tensor(self._direction(gene))
            styles[:, gene.first : gene.last + 1] += move
        return styles

    def _style(self, generator: style.Generator, part: Part) -> Tensor:
        """Return the styles (1, layers, size) of one part."""
        size = self.info.config.latent_size
        if part.space == "z":
            return generator.styles(self._tensor(latent_of(part, size)[None]))
        numbers = self._tensor(numbers_of(part.vector))
        if numbers.numel() not in {size, generator.layers * size}:
            raise PointDoesNotFit
        return numbers.reshape(1, -1, size).expand(-1, generator.layers, -1)

    def _direction(self, gene: Gene) -> Latents:
        numbers = numbers_of(gene.vector)
        if len(numbers) != self.info.config.latent_size:
            raise GenesDoNotFit
        return numbers

    def _tensor(self, numbers: Latents) -> Tensor:
        return torch.from_numpy(numbers).to(self.device)


def noise_strengths(generator: Generator) -> list[Tensor]:
    """Return how strong the noise of each layer is that adds some (scalars)."""
    kinds = style_layers.Noise | fast_layers.Noise
    return [each.strength for each in generator.modules() if isinstance(each, kinds)]


@contextmanager
def drawn_noise(generator: Generator, is_on: bool) -> Iterator[None]:
    """Draw without the noise of a generator that has some for the time of the block, or as
    usual.
    """
    strengths = noise_strengths(generator)
    if is_on or not strengths:
        yield
        return
    before = [each.clone() for each in strengths]
    for each in strengths:
        each.zero_()
    try:
        yield
    finally:
        for each, strength in zip(strengths, before, strict=True):
            each.copy_(strength)
