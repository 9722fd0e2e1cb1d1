"""Which preset comes closer to the folder in the same wall time, by sliced Wasserstein distance.

Run: python -m tests.bench.likeness [minutes] [side]
Reference: the Lesson DCGAN at the same side, alternating with Sketch in one process, three seeds.
"""

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import numpy as np

from ganart.engine.gan import run
from ganart.engine.gan.events import Samples, Stats
from ganart.engine.gan.models import LIVE
from ganart.engine.gan.presets import preset
from ganart.engine.latent.render import Model
from ganart.media.point import Point
from tests.bench.common import machine, prepared_pixels, sample_project, table
from tests.engine.pixel_measures import diversity, sliced_wasserstein

PICTURES = 500
SEEDS = (1, 2, 3)


def main() -> None:
    """Print the table."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    side = int(sys.argv[2]) if len(sys.argv) > 2 else 32
    rows = []
    with tempfile.TemporaryDirectory() as parent, sample_project(Path(parent)) as project:
        real = prepared_pixels(project, side)
        half = len(real) // 2
        print(
            "floor: one half of the folder against the other:",
            f"{sliced_wasserstein(real[:half], real[half:]):.3f}",
        )
        for seed in SEEDS:
            for key in (f"sketch-{side}", "lesson-dcgan"):
                config = replace(preset(key).config, side=side, minutes=minutes, seed=seed)
                shown, grid = 0, None
                for event in run.start(project, config, key, lambda: None):
                    if isinstance(event, Stats):
                        shown = event.pictures
                    elif isinstance(event, Samples):
                        grid = event.path
                assert grid
                model = Model.load(grid.parents[1] / LIVE)
                made = model.render([Point.at(1000 + each) for each in range(PICTURES)])
                chosen = real[np.linspace(0, len(real) - 1, PICTURES, dtype=int)]
                rows.append(
                    [
                        seed,
                        key,
                        shown,
                        f"{sliced_wasserstein(made, chosen):.3f}",
                        f"{diversity(made, chosen):.2f}",
                    ]
                )
                print(rows[-1], file=sys.stderr)
                if len(sys.argv) > 3:
                    target = Path(sys.argv[3]) / f"{key}-seed{seed}.png"
                    target.write_bytes(grid.read_bytes())
    print(machine())
    print(f"{minutes:g} minutes each at {side} px")
    print(table(["seed", "preset", "pictures shown", "SWD (lower is closer)", "diversity"], rows))


if __name__ == "__main__":
    main()
