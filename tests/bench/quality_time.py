"""How long the default preset takes to the best likeness that the lesson's DCGAN ever reaches.

Run: python -m tests.bench.quality_time FOLDER [side] [DCGAN's minutes] [seeds, as 1,2,3] [grids]
Reference: the Lesson DCGAN at the same side on the same pictures, which is given three times the
default preset's time. Minutes are those of two cores that do nothing else: two minutes of one
thread's processor time, by turns. Both then train on as many pictures as they show in that time,
so that whatever else the computer does meanwhile changes nothing but the waiting.
"""

import os
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import numpy as np
import numpy.typing as npt
import torch

from ganart.engine.gan import run
from ganart.engine.gan.events import Published, Samples
from ganart.engine.gan.presets import preset
from ganart.engine.gan.state import TrainState
from ganart.engine.gan.steps import training_step
from ganart.engine.latent.render import Model
from ganart.media.point import Point
from ganart.project.store import Project
from tests.bench.common import folder_project, machine, prepared_pixels, table
from tests.engine.pixel_measures import diversity, sliced_wasserstein

LESSON = "lesson-dcgan"
SHARE = 1 / 3
"""What the default preset is given of the DCGAN's time."""
CORES = 2
PICTURES = 500
LOOKS = 20
"""How often in a run the model is measured."""


@dataclass
class Course:
    """How like the folder and how varied a model's pictures were after so many shown."""

    shown: list[int]
    likeness: list[float]
    diversity: list[float]
    grid: Path | None = None


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1])
    side = int(sys.argv[2]) if len(sys.argv) > 2 else 32
    minutes = float(sys.argv[3]) if len(sys.argv) > 3 else 30.0
    seeds = [int(each) for each in sys.argv[4].split(",")] if len(sys.argv) > 4 else [1, 2, 3]
    grids = Path(sys.argv[5]) if len(sys.argv) > 5 else None
    default = f"sketch-{side}"
    rows = []
    with tempfile.TemporaryDirectory() as parent, folder_project(folder, Path(parent)) as project:
        real = prepared_pixels(project, side)
        half = len(real) // 2
        floor = sliced_wasserstein(real[:half], real[half:])
        rate, lesson_rate = _rates(real, default, side)
        print(f"{folder.name}: {len(real)} pictures, half against half {floor:.3f}")
        print(f"pictures/s: {default} {rate:.0f}, {LESSON} {lesson_rate:.0f}", flush=True)
        for seed in seeds:
            lesson = _course(project, LESSON, side, seed, int(60 * minutes * lesson_rate), real)
            ours = _course(project, default, side, seed, int(60 * SHARE * minutes * rate), real)
            best = min(lesson.likeness)
            reached = [
                shown
                for shown, likeness in zip(ours.shown, ours.likeness, strict=True)
                if likeness <= best
            ]
            rows.append(
                [
                    seed,
                    f"{best:.3f}",
                    f"{lesson.likeness[-1]:.3f}",
                    f"{lesson.diversity[-1]:.2f}",
                    f"{reached[0] / rate / 60:.1f} min" if reached else "not reached",
                    f"{ours.likeness[-1]:.3f}",
                    f"{ours.diversity[-1]:.2f}",
                ]
            )
            print(rows[-1], flush=True)
            for key, course in ((LESSON, lesson), (default, ours)):
                if grids and course.grid:
                    target = grids / f"{folder.name}-{side}-{key}-seed{seed}.png"
                    target.write_bytes(course.grid.read_bytes())
    print(machine())
    header = [
        "seed",
        f"DCGAN's best in {minutes:g} min",
        "at its end",
        "its diversity",
        f"{default} reaches that best after",
        f"{default} after {SHARE * minutes:g} min",
        "its diversity",
    ]
    print(table(header, rows))


def _rates(real: npt.NDArray[np.uint8], default: str, side: int) -> tuple[float, float]:
    """Return the pictures a second of both on all `CORES`, from rounds by turns on one of them."""
    torch.set_num_threads(1)
    configs = [replace(preset(key).config, side=side) for key in (default, LESSON)]
    states = [TrainState.fresh(each, real, torch.device("cpu")) for each in configs]
    spent = [0.0, 0.0]
    steps = 24  # the penalties come at every fourth step
    for turn in range(3):
        for number, (config, state) in enumerate(zip(configs, states, strict=True)):
            started = time.thread_time()
            for _ in range(steps):
                training_step(config, state)
            spent[number] += (time.thread_time() - started) if turn else 0.0
    ours, lesson = (
        CORES * 2 * steps * config.batch / seconds
        for config, seconds in zip(configs, spent, strict=True)
    )
    return ours, lesson


def _course(
    project: Project,
    key: str,
    side: int,
    seed: int,
    pictures: int,
    real: npt.NDArray[np.uint8],
) -> Course:
    """Train on so many pictures and measure the published model now and then."""
    config = replace(
        preset(key).config, side=side, seed=seed, minutes=0.0, pictures=pictures, threads=1
    )
    course = Course([], [], [])
    chosen = real[np.linspace(0, len(real) - 1, min(PICTURES, len(real)), dtype=int)]
    shown, live, begun = 0, None, time.perf_counter()
    for event in run.start(project, config, key, lambda: None):
        if isinstance(event, Samples):
            shown, course.grid = event.pictures, event.path
        elif isinstance(event, Published):
            live = event.path
            if shown >= (len(course.shown) + 1) * pictures / LOOKS:
                _look(course, live, shown, chosen)
    if live and shown > course.shown[-1]:
        _look(course, live, shown, chosen)
    print(f"{key} seed {seed}: {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    return course


def _look(course: Course, live: Path, shown: int, real: npt.NDArray[np.uint8]) -> None:
    made = Model.load(live).render([Point.at(1000 + each) for each in range(len(real))])
    course.shown.append(shown)
    course.likeness.append(sliced_wasserstein(made, real))
    course.diversity.append(diversity(made, real))
    print(shown, f"{course.likeness[-1]:.3f} {course.diversity[-1]:.2f}", file=sys.stderr)


if __name__ == "__main__":
    main()
