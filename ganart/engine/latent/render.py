"""Rendering pictures: a seed gives the same pixels alone, in a batch, today or later."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from ganart.engine import device as devices
from ganart.engine.errors import BadCheckpoint
from ganart.engine.gan.batches import to_pixels
from ganart.engine.gan.model_file import ModelInfo, read_model
from ganart.engine.gan.networks import build_generator
from ganart.engine.gan.networks.interface import Generator
from ganart.engine.latent.points import Latents, resolve
from ganart.media.recipe import Point


@torch.inference_mode()
def render_latents(
    generator: Generator,
    latents: Latents,
    device: torch.device,
    diversity: npt.NDArray[np.float32] | None = None,
) -> npt.NDArray[np.uint8]:
    """Return pictures (N, side, side, 3) of latents (N, latent_size), each of its `diversity` (N,):
    0 is the most common picture, 1 (also for None) the model as trained.

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


class Model:
    """A generator loaded from a model file, ready to render."""

    def __init__(self, info: ModelInfo, generator: Generator, device: torch.device) -> None:
        self.info = info
        self._generator = generator
        self._device = device

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

    def render(self, points: Sequence[Point]) -> npt.NDArray[np.uint8]:
        """Return pictures (len(points), side, side, 3); every point keeps its pixels for ever."""
        latents = resolve(points, self.info.config.latent_size)
        diversity = np.array([point.diversity for point in points], np.float32)
        return render_latents(self._generator, latents, self._device, diversity)
