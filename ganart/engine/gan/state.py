"""Everything that changes while a run trains; a checkpoint holds all of it."""

import copy
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.optim import Adam

from ganart.engine.errors import BadOption
from ganart.engine.gan.batches import Batches
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.networks import build_discriminator, build_generator
from ganart.engine.gan.networks.interface import Discriminator, Generator
from ganart.engine.gan.team import Team


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
    at_once: int = 0
    """Pictures that are computed together since memory ran out; 0 while it never did."""
    augment: float = 0.0
    """Share of the pictures that is jittered now, where the augmentation is adaptive."""
    experience: int = 0
    """Pictures that a model had seen before this run started from it; 0 for random weights."""
    team: Team | None = None
    """The processes that train this run together, if it is more than this one."""

    @classmethod
    def fresh(
        cls,
        config: TrainConfig,
        pixels: npt.NDArray[np.uint8],
        device: torch.device,
        weights: Sequence[float] | None = None,
    ) -> "TrainState":
        """Start a run on prepared pictures (N, height, width, 3), shown as often as `weights` say.

        The same config gives the same start, whatever was drawn before. Raises `TooFewPictures`.
        """
        batches = Batches(
            pixels,
            config.batch,
            mirror=config.mirror,
            turn=config.turn,
            seed=config.seed,
            device=device,
            weights=weights,
        )
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(config.seed)
            # Built on the CPU, so that every device starts from the same weights.
            generator, discriminator = build_generator(config), build_discriminator(config)
        # Only runs that start from a model have stages to freeze; see `run.start`.
        for stage in discriminator.freezable()[: config.freeze_layers]:
            stage.requires_grad_(False)
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
            augment=config.augment,
        )

    def latents(self, config: TrainConfig) -> Tensor:
        """Draw a batch of standard-normal latents (batch, latent_size)."""
        shape = (config.batch, config.latent_size)
        return torch.randn(shape, generator=self.random).to(self.device)

    def pieces(self, config: TrainConfig) -> list[slice]:
        """Cut a batch, or this process's rows of it, into even pieces that are computed together.

        Batch normalisation needs two pictures to tell them apart, so its pieces have two at least.
        Raises `BadOption` for a batch too small for so many processes.
        """
        rows = self.team.rows(config.batch) if self.team else range(config.batch)
        limit = min(filter(None, (config.at_once, self.at_once, config.batch)))
        count = min(math.ceil(len(rows) / limit), len(rows) // self._least_at_once)
        if self.team and not count:
            least = self.team.size * self._least_at_once
            raise BadOption(option="batch", value=config.batch, allowed=f">= {least}")
        ends = [rows.start + len(rows) * number // count for number in range(count + 1)]
        return [slice(*pair) for pair in pairwise(ends)]

    def obey(self, config: TrainConfig) -> None:
        """Show the pictures from now on as changed options say."""
        self.batches.batch = config.batch
        self.batches.mirror, self.batches.turn = config.mirror, config.turn

    def compute_fewer(self, config: TrainConfig) -> bool:
        """Halve the pictures computed together, as memory ran out; False if that cannot be."""
        largest = max(piece.stop - piece.start for piece in self.pieces(config))
        if largest <= self._least_at_once:
            return False
        self.at_once = max(self._least_at_once, largest // 2)
        for optimizer in (self.optimizer_g, self.optimizer_d):
            optimizer.zero_grad(set_to_none=True)
        if self.device.type == "cuda":
            torch.cuda.empty_cache()
        return True

    @cached_property
    def _least_at_once(self) -> int:
        networks = (self.generator, self.discriminator)
        modules = (each for network in networks for each in network.modules())
        return (
            2 if any(isinstance(each, nn.BatchNorm1d | nn.BatchNorm2d) for each in modules) else 1
        )

    @torch.no_grad()
    def note_gathered(self) -> None:
        """Note what the networks have gathered from pictures, such as batch statistics."""
        kept, newest = self._gathered
        if newest:  # torch copies no empty lists
            torch._foreach_copy_(kept, newest)

    @torch.no_grad()
    def forget_gathered(self) -> None:
        """Put that back, so that a step that was thrown away leaves nothing that is no number."""
        kept, newest = self._gathered
        if newest:
            torch._foreach_copy_(newest, kept)

    @cached_property
    def _gathered(self) -> tuple[list[Tensor], list[Tensor]]:
        """Return where to note it, and what is gathered."""
        buffers = [*self.generator.buffers(), *self.discriminator.buffers()]
        # Not noise, which is constant and large.
        newest = [each for each in buffers if each.is_floating_point() and each.ndim < 2]
        return [each.clone() for each in newest], newest

    @torch.no_grad()
    def update_ema(self, decay: float) -> None:
        """Move the average towards the generator; buffers other than batch statistics are copied.

        Statistics of the last few batches would not fit averaged weights.
        """
        average, current, copies = self._average
        torch._foreach_lerp_(average, current, 1 - decay)
        for kept, newest in copies:
            kept.copy_(newest)

    @cached_property
    def _average(self) -> tuple[list[Tensor], list[Tensor], list[tuple[Tensor, Tensor]]]:
        """Return what is averaged, what it follows, and pairs of what is copied.

        Found once, as walking through the networks at every step would show in small ones.
        """
        copies = zip(_copied(self.ema), _copied(self.generator), strict=True)
        return _averaged(self.ema), _averaged(self.generator), list(copies)


_STATISTICS = ("running_mean", "running_var")


def _averaged(network: nn.Module) -> list[Tensor]:
    """Return weights and batch statistics."""
    statistics = (each for name, each in network.named_buffers() if name.endswith(_STATISTICS))
    return [*network.parameters(), *statistics]


def _copied(network: nn.Module) -> list[Tensor]:
    """Return the other buffers."""
    return [each for name, each in network.named_buffers() if not name.endswith(_STATISTICS)]


def _adam(network: nn.Module, config: TrainConfig, device: torch.device) -> Adam:
    # Fused: one kernel for all parameters; the fastest on CPU and CUDA (docs/benchmarks.md).
    return Adam(
        network.parameters(),
        lr=config.learning_rate,
        betas=(float(config.beta1), float(config.beta2)),  # whole numbers are options too
        fused=device.type in {"cpu", "cuda"},
    )
