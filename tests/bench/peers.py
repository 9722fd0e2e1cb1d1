"""How many pictures per second beside a plain script with the same networks on the same device.

Run: python -m tests.bench.peers [pictures] [sides, as 32,64] [folder]
Reference: a DCGAN trained as PyTorch's own examples do it: a DataLoader over the files, BCELoss on
sigmoids, Adam by default, losses read at every step; no average, samples or checkpoints. It takes
turns with the studio's whole training (files, samples, measuring) of the same networks, in one run
and one process. With 0 workers both run on one thread, and processor time is compared, which other
programs do not change; with the examples' 2 workers only the clock can be.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset

from ganart.engine.device import choose
from ganart.engine.gan import run
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.networks import build_discriminator, build_generator
from ganart.engine.gan.presets import preset
from ganart.project.store import Project
from ganart.resources import resource
from tests.bench.common import SAMPLE, folder_project, machine, table
from tests.bench.turns import Turns

KEY = "lesson-dcgan"
SUFFIXES = {".png", ".jpg", ".jpeg", ".webp"}


class Files(Dataset[Tensor]):
    """Opens, scales, crops and normalises a picture whenever it is asked for."""

    def __init__(self, folder: Path, side: int) -> None:
        self._paths = sorted(each for each in folder.rglob("*") if each.suffix.lower() in SUFFIXES)
        self._side = side

    def __len__(self) -> int:
        return len(self._paths)

    def __getitem__(self, index: int) -> Tensor:
        with Image.open(self._paths[index]) as file:
            picture = file.convert("RGB")
        scale = self._side / min(picture.size)
        width, height = (max(self._side, round(each * scale)) for each in picture.size)
        picture = picture.resize((width, height), Image.Resampling.BILINEAR)
        left, top = (width - self._side) // 2, (height - self._side) // 2
        picture = picture.crop((left, top, left + self._side, top + self._side))
        pixels = torch.from_numpy(np.array(picture)).permute(2, 0, 1).contiguous()
        return (pixels.float() / 255 - 0.5) / 0.5


class Script:
    """The plain script, a step at a time."""

    def __init__(self, folder: Path, config: TrainConfig, device: torch.device, workers: int):
        loader = DataLoader(
            Files(folder, config.side),
            batch_size=config.batch,
            shuffle=True,
            drop_last=True,  # a smaller last batch would count as a whole one
            num_workers=workers,
            persistent_workers=workers > 0,
        )
        self._batches = self._endless(loader)
        self._device = device
        self._latent_size = config.latent_size
        self._generator = build_generator(config).to(device)
        self._discriminator = nn.Sequential(build_discriminator(config), nn.Sigmoid()).to(device)
        self._criterion = nn.BCELoss()
        rates = {"lr": config.learning_rate, "betas": (config.beta1, config.beta2)}
        self._optimizer_g = torch.optim.Adam(self._generator.parameters(), **rates)
        self._optimizer_d = torch.optim.Adam(self._discriminator.parameters(), **rates)
        self.steps = 0

    def step(self) -> None:
        """Train on the next batch."""
        real = next(self._batches).to(self._device)
        ones, zeros = (torch.full((len(real),), float(x), device=self._device) for x in (1, 0))
        self._optimizer_d.zero_grad()
        judged_real = self._discriminator(real)
        loss_real = self._criterion(judged_real, ones)
        loss_real.backward()
        noise = torch.randn(len(real), self._latent_size, device=self._device)
        fake = self._generator(noise)
        judged_fake = self._discriminator(fake.detach())
        loss_fake = self._criterion(judged_fake, zeros)
        loss_fake.backward()
        self._optimizer_d.step()
        self._optimizer_g.zero_grad()
        judged = self._discriminator(fake)
        loss = self._criterion(judged, ones)
        loss.backward()
        self._optimizer_g.step()
        for each in (loss_real, loss_fake, loss, judged_real.mean(), judged.mean()):
            each.item()
        self.steps += 1

    @staticmethod
    def _endless(loader: DataLoader[Tensor]) -> Iterator[Tensor]:
        while True:
            yield from loader


def row(project: Project, folder: Path, config: TrainConfig, workers: int) -> list[object]:
    """Return a line of the table."""
    device, _ = choose()
    script = Script(folder, config, device, workers)
    script.step()
    turns = Turns(script.step, every=4)
    turns.during(lambda: list(run.start(project, config, KEY, lambda: None)))
    shown = (script.steps - 1) * config.batch
    kind = 1 if workers == 0 and device.type == "cpu" else 0
    theirs, ours = turns.reference_s[kind], turns.training_s[kind]
    measure = "processor" if kind else "clock"
    return [
        f"{config.side} px",
        workers,
        shown,
        measure,
        f"{shown / theirs:.0f}",
        f"{shown / ours:.0f}",
        f"{theirs / ours:.2f}",
    ]


def main() -> None:
    """Print the table."""
    pictures = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    sides = [int(each) for each in sys.argv[2].split(",")] if len(sys.argv) > 2 else [32, 64]
    folder = Path(sys.argv[3]) if len(sys.argv) > 3 else resource(SAMPLE)
    rows = []
    with tempfile.TemporaryDirectory() as parent, folder_project(folder, Path(parent)) as project:
        for side in sides:
            for workers in (0, 2):
                threads = 1 if workers == 0 else 0
                config = replace(preset(KEY).config, side=side, minutes=0.0, pictures=pictures)
                rows.append(row(project, folder, replace(config, threads=threads), workers))
                print(*rows[-1], file=sys.stderr, flush=True)
    print(machine())
    header = ["side", "loader's workers", "pictures each", "measured by"]
    print(table([*header, "script, pictures/s", "studio, pictures/s", "ratio"], rows))


if __name__ == "__main__":
    main()
