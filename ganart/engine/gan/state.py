"""Everything that changes while a run trains; a checkpoint holds all of it."""

import copy
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.optim import Adam

from ganart.engine.gan.batches import Batches
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.networks import build_discriminator, build_generator
from ganart.engine.gan.networks.interface import Discriminator, Generator


@dataclass
class TrainState:
    """The networks, optimizers, counters and random states of a run."""

    device: torch.device
    generator: Generator
    discriminator: Discriminator
    ema: Generator
    """Running average of the generator, in evaluation mode: the model that people see."""
    optimizer_g: Adam
    optimizer_d: Adam
    batches: Batches
    random: torch.Generator
    """Source of latents and augmentation, on the CPU so that every device draws the same."""
    step: int = 0
    pictures: int = 0
    elapsed_s: float = 0.0
    progress: float = 0.0
    """Share of the budget used; never falls, so that a prolonged run keeps its final values."""
    skipped_steps: int = 0
    skipped_in_a_row: int = 0

    @classmethod
    def fresh(
        cls, config: TrainConfig, pixels: npt.NDArray[np.uint8], device: torch.device
    ) -> "TrainState":
        """Start a run on prepared pictures (N, side, side, 3).

        The same config gives the same start, whatever was drawn before. Raises `TooFewPictures`.
        """
        batches = Batches(
            pixels, config.batch, mirror=config.mirror, seed=config.seed, device=device
        )
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(config.seed)
            # Built on the CPU, so that every device starts from the same weights.
            generator, discriminator = build_generator(config), build_discriminator(config)
        for network in (generator, discriminator):
            network.to(device).to(memory_format=torch.channels_last)
        return cls(
            device=device,
            generator=generator,
            discriminator=discriminator,
            ema=copy.deepcopy(generator).eval().requires_grad_(False),
            optimizer_g=_adam(generator, config, device),
            optimizer_d=_adam(discriminator, config, device),
            batches=batches,
            # A stream of its own: batches and latents must not depend on each other's draws.
            random=torch.Generator().manual_seed(config.seed + 1),
        )

    def latents(self, config: TrainConfig) -> Tensor:
        """Draw a batch of standard-normal latents (batch, latent_size)."""
        shape = (config.batch, config.latent_size)
        return torch.randn(shape, generator=self.random).to(self.device)

    @torch.no_grad()
    def update_ema(self, decay: float) -> None:
        """Move the average towards the generator; buffers (batch statistics) are copied."""
        torch._foreach_lerp_(
            list(self.ema.parameters()), list(self.generator.parameters()), 1 - decay
        )
        for average, current in zip(self.ema.buffers(), self.generator.buffers(), strict=True):
            average.copy_(current)


def _adam(network: nn.Module, config: TrainConfig, device: torch.device) -> Adam:
    # Fused: one kernel for all parameters; the fastest on CPU and CUDA (docs/benchmarks.md).
    return Adam(
        network.parameters(),
        lr=config.learning_rate,
        betas=(config.beta1, config.beta2),
        fused=device.type in {"cpu", "cuda"},
    )
