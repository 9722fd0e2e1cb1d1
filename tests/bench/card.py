"""What a graphics card makes of the presets, and how much of it they use.

Run: python -m tests.bench.card FOLDER [seconds for each [preset ...]]
References, in the same run by turns of a second: for r3 presets the bare loop (`tests.bench.bare`),
and how long the card itself is busy in a step, from torch's profiler: the rest is waiting for the
processor to tell it what to do.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch
from torch.profiler import ProfilerActivity, profile

from ganart.engine.gan.presets import PRESETS
from ganart.engine.gan.state import TrainState
from ganart.engine.gan.steps import training_step
from tests.bench.bare import BareLoop
from tests.bench.common import folder_project, machine, prepared_pixels, table

CARD = torch.device("cuda")
_WARM = 24
_PROFILED = 16  # the lazy penalties' interval


def main() -> None:
    """Print the table."""
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 4.0
    wanted = sys.argv[3:] or [each.key for each in PRESETS]
    rows = []
    with (
        tempfile.TemporaryDirectory() as parent,
        folder_project(Path(sys.argv[1]), Path(parent)) as project,
    ):
        for preset in (each for each in PRESETS if each.key in wanted):
            pixels = prepared_pixels(project, preset.config.side)
            config = replace(preset.config, device="cuda")
            torch.cuda.reset_peak_memory_stats()
            state = TrainState.fresh(config, pixels, CARD)
            steps = [lambda config=config, state=state: training_step(config, state)]
            if config.architecture == "r3":
                bare = BareLoop(config, TrainState.fresh(config, pixels, CARD))
                steps.append(bare.step)
            rates = _rates(steps, seconds, config.batch)
            rows.append(
                [
                    preset.key,
                    config.architecture,
                    config.batch,
                    f"{rates[0]:.0f}",
                    f"{rates[0] / rates[1]:.2f}" if len(rates) > 1 else "–",
                    f"{_busy(steps[0]):.0%}",
                    f"{torch.cuda.max_memory_allocated() / 2**30:.1f}",
                ]
            )
            print(rows[-1], flush=True)
    print(torch.cuda.get_device_name(), machine())
    header = ["preset", "network", "batch", "pictures/s", "of the bare loop", "card busy", "GiB"]
    print(table(header, rows))


def _rates(steps: list[Callable[[], object]], seconds: float, batch: int) -> list[float]:
    """Return pictures a second of each, by turns."""
    spent, done = [0.0] * len(steps), [0] * len(steps)
    for step in steps:
        for _ in range(_WARM):
            step()
    while min(spent) < seconds:
        for number, step in enumerate(steps):
            torch.cuda.synchronize()
            begun = time.perf_counter()
            while time.perf_counter() - begun < 1.0 or done[number] % _PROFILED:
                step()
                done[number] += 1
            torch.cuda.synchronize()
            spent[number] += time.perf_counter() - begun
    return [batch * count / each for count, each in zip(done, spent, strict=True)]


def _busy(step: Callable[[], object]) -> float:
    """Return the share of the time in which the card computes."""
    begun = time.perf_counter()
    for _ in range(_PROFILED):
        step()
    torch.cuda.synchronize()
    wall = time.perf_counter() - begun
    with profile(activities=[ProfilerActivity.CUDA]) as found:
        for _ in range(_PROFILED):
            step()
        torch.cuda.synchronize()
    return sum(each.self_device_time_total for each in found.key_averages()) / 1e6 / wall


if __name__ == "__main__":
    main()
