"""Trainings small enough for a test: 8 px, a few channels, a few steps."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.framing import Size, both_sides
from ganart.datasets.scan import scan
from ganart.engine.asks import Ask
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.state import TrainState
from ganart.project.store import Project, create_project

CPU = torch.device("cpu")
ARCHITECTURES = ("r3", "style", "fast", "progressive", "msg", "dcgan", "fc", "vae")


def tiny(**changes: Any) -> TrainConfig:
    """Return options of 16 quick steps, with nothing written on the way unless it is asked for."""
    values: dict[str, Any] = {
        "side": 8,
        "minutes": 0.0,
        "pictures": 64,
        "width": 8,
        "width_cap": 16,
        "latent_size": 8,
        "batch": 4,
        "sample_every_s": 3600.0,
        "save_every_s": 36_000.0,
        "device": "cpu",
        "threads": 1,
    }
    return TrainConfig(**values | changes)


def random_pixels(count: int = 10, size: Size = 8, seed: int = 0) -> npt.NDArray[np.uint8]:
    """Return noise pictures (count, height, width, 3)."""
    width, height = both_sides(size)
    shape = (count, height, width, 3)
    return np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)


def fresh(config: TrainConfig, count: int = 10) -> TrainState:
    """Return a new run on noise pictures."""
    return TrainState.fresh(config, random_pixels(count, config.size), CPU)


def weights(*networks: torch.nn.Module) -> list[torch.Tensor]:
    """Return copies of all weights and buffers."""
    return [each.clone() for network in networks for each in network.state_dict().values()]


def same(ours: Iterable[torch.Tensor], theirs: Iterable[torch.Tensor]) -> bool:
    """Tell whether two lists of tensors are equal bit for bit."""
    return all(torch.equal(a, b) for a, b in zip(ours, theirs, strict=True))


class Asks:
    """A poll that answers what was put into `queue`, one a step, else None."""

    def __init__(self, *queue: Ask | None) -> None:
        self.queue = list(queue)

    def __call__(self) -> Ask | None:
        return self.queue.pop(0) if self.queue else None


def make_project(folder: Path, pictures: Path) -> Project:
    """Create a project with one scanned folder; to be closed by the caller."""
    project = create_project(folder)
    with Catalogue(project.catalogue_path) as catalogue:
        catalogue.add_source(pictures)
        for _ in scan(catalogue, lambda: False):
            pass
    return project


def of_kind(events: Iterable[object], kind: type) -> Iterator[Any]:
    """Yield the events of one class."""
    return (event for event in events if isinstance(event, kind))
