"""Training tiny networks on pictures of two kinds, and counting what they make."""

import numpy as np
import numpy.typing as npt
import torch

from ganart.engine.gan.batches import to_pixels
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.state import TrainState
from ganart.engine.gan.steps import training_step
from tests.engine.toys import CPU

RED, BLUE = (230, 20, 20), (20, 20, 230)


def squares(count: int = 16, side: int = 16) -> npt.NDArray[np.uint8]:
    """Return pictures of a red or a blue square on grey, half and half."""
    pixels = np.full((count, side, side, 3), 128, np.uint8)
    edge = side // 4
    pixels[:, edge:-edge, edge:-edge] = RED
    pixels[::2, edge:-edge, edge:-edge] = BLUE
    return pixels


def train_on(config: TrainConfig, pixels: npt.NDArray[np.uint8]) -> TrainState:
    """Train until `config.pictures` were shown."""
    state = TrainState.fresh(config, pixels, CPU)
    while state.pictures < config.pictures:
        state.progress = state.pictures / config.pictures
        training_step(config, state)
    return state


@torch.inference_mode()
def made_by(config: TrainConfig, state: TrainState, count: int = 100) -> npt.NDArray[np.uint8]:
    """Return pictures of the averaged generator, of fixed latents."""
    random = torch.Generator().manual_seed(0)
    return to_pixels(state.ema(torch.randn(count, config.latent_size, generator=random)))


def kinds(pixels: npt.NDArray[np.uint8]) -> tuple[int, int, int]:
    """Return how many squares are red, how many blue and how many in between."""
    edge = pixels.shape[1] // 4
    colours = pixels[:, edge:-edge, edge:-edge].mean((1, 2))
    redness = (colours[:, 0] - colours[:, 2]) / (RED[0] - BLUE[0])
    reds, blues = int((redness > 0.5).sum()), int((redness < -0.5).sum())
    return reds, blues, len(pixels) - reds - blues
