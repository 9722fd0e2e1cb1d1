"""How much longer the export of a loop takes than drawing its frames.

Run: python -m tests.bench.export [seconds of the loop] [rounds]
Reference: the same frames drawn by the generator alone in batches of 16, by turns with the exports
in the same run.
"""

import os
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import numpy as np
import torch

from ganart.engine.gan.batches import to_pixels
from ganart.engine.gan.checkpoint import model_info, save_model
from ganart.engine.gan.presets import preset
from ganart.engine.gan.state import TrainState
from ganart.engine.latent.exports import Exported, LoopPlan
from ganart.engine.latent.loops import save_loop
from ganart.engine.latent.output import LoopOutput
from ganart.engine.latent.points import resolve
from ganart.engine.latent.render import Model
from ganart.engine.latent.walks import walk
from ganart.media.composition import evenly
from ganart.media.point import Point
from ganart.project.store import Project, create_project
from tests.bench.common import machine, table

FPS = 30.0
BATCH = 16
WAYS = (
    ("MP4, 64 px", LoopOutput(fps=FPS, scale=1)),
    ("MP4, 256 px", LoopOutput(fps=FPS, scale=4)),
    ("MP4, 512 px", LoopOutput(fps=FPS, scale=8)),
    ("PNG pictures, 64 px", LoopOutput(fps=FPS, scale=1, format="png")),
    ("WebP, 64 px", LoopOutput(fps=FPS, scale=1, format="webp")),
    ("GIF, 64 px", LoopOutput(fps=FPS, scale=1, format="gif")),
)


def untrained(parent: Path) -> Path:
    """Return the file of a Sketch model of 64 px that was not trained."""
    config = replace(preset("sketch-64").config, device="cpu")
    black = np.zeros((2, config.side, config.side, 3), np.uint8)
    state = TrainState.fresh(config, black, torch.device("cpu"))
    path = parent / "model.safetensors"
    save_model(path, state, model_info(config, state, "sketch-64", "none"))
    return path


@torch.inference_mode()
def bare(model: Model, plan: LoopPlan) -> float:
    """Return the seconds that the generator alone takes."""
    latents = torch.from_numpy(resolve(walk(plan.composition, plan.frames, 64), 64))
    generator = model.generator
    begin = time.perf_counter()
    for each in latents.split(BATCH):
        to_pixels(generator.draw(each, torch.ones(len(each))))
    return time.perf_counter() - begin


def export(project: Project, path: Path, plan: LoopPlan) -> float:
    """Return the seconds that an export takes, from loading the model to the finished file."""
    begin = time.perf_counter()
    *_, last = save_loop(project, path, plan, lambda: None)
    assert isinstance(last, Exported)
    return time.perf_counter() - begin


def main() -> None:
    """Print the table."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    composition = evenly(tuple(Point.at(seed) for seed in range(5)), seconds)
    rows = []
    with tempfile.TemporaryDirectory() as parent:
        path = untrained(Path(parent))
        model = Model.load(path)
        with create_project(Path(parent) / "bench.ganart") as project:
            for name, output in WAYS:
                plan = LoopPlan(composition, output)
                bare(model, plan)
                export(project, path, replace(plan, composition=replace(composition, seconds=1.0)))
                pairs = [(bare(model, plan), export(project, path, plan)) for _ in range(rounds)]
                drawn, exported = np.median(np.array(pairs), axis=0)
                ratio = np.median([export / bare for bare, export in pairs])
                rows.append([name, f"{drawn:.2f}", f"{exported:.2f}", f"{ratio:.2f}"])
    print(machine())
    print(table(["export", "drawing alone s", "export s", "ratio"], rows))


if __name__ == "__main__":
    main()
