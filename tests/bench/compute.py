"""Which memory layout, optimizer kernel, thread count and waiting policy train fastest on a CPU.

Run: python -m tests.bench.compute [preset] [seconds] [rounds]
Every variant runs in a process of its own, in turn; the reference is what the studio uses.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

VARIANTS = {
    "studio: channels_last, fused Adam, all cores, passive": {},
    "NCHW": {"BENCH_LAYOUT": "nchw"},
    "foreach Adam": {"BENCH_ADAM": "foreach"},
    "one by one Adam": {"BENCH_ADAM": "single"},
    "one core less": {"BENCH_THREADS": "less"},
    "waiting threads spin": {"OMP_WAIT_POLICY": "active"},
}


def measure(key: str, seconds: float) -> None:
    """Print the bare loop's rate under the variant that the environment names."""
    import torch

    if os.environ.get("BENCH_LAYOUT") == "nchw":
        torch.channels_last = torch.contiguous_format
    from ganart.engine.device import default_threads
    from ganart.engine.gan.presets import preset
    from ganart.engine.gan.state import TrainState
    from tests.bench.bare import bare_rate
    from tests.bench.common import prepared_pixels, sample_project

    threads = default_threads()
    torch.set_num_threads(threads - 1 if os.environ.get("BENCH_THREADS") else threads)
    config = preset(key).config
    with tempfile.TemporaryDirectory() as parent, sample_project(Path(parent)) as project:
        pixels = prepared_pixels(project, config.side)
        state = TrainState.fresh(config, pixels, torch.device("cpu"))
    kind = os.environ.get("BENCH_ADAM")
    if kind:
        for name in ("optimizer_g", "optimizer_d"):
            for group in getattr(state, name).param_groups:
                group.update(fused=False, foreach=kind == "foreach")
    bare_rate(config, state, 3.0)
    print(bare_rate(config, state, seconds)[0])


def main() -> None:
    """Print the table."""
    from tests.bench.common import machine, table

    key = sys.argv[1] if len(sys.argv) > 1 else "sketch-64"
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 10.0
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    rates: dict[str, list[float]] = {name: [] for name in VARIANTS}
    for _ in range(rounds):
        for name, changes in VARIANTS.items():
            environment = {"OMP_WAIT_POLICY": "passive", **os.environ, **changes}
            command = [sys.executable, "-m", "tests.bench.compute", "--measure", key, str(seconds)]
            output = subprocess.run(
                command, env=environment, check=True, capture_output=True, text=True
            ).stdout
            rates[name].append(float(output))
    reference = statistics.median(next(iter(rates.values())))
    print(machine())
    print(
        table(
            ["variant", "pictures/s", "against the studio"],
            [
                [
                    name,
                    f"{statistics.median(each):.0f}",
                    f"{statistics.median(each) / reference:.2f}",
                ]
                for name, each in rates.items()
            ],
        )
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], float(sys.argv[3]))
    else:
        main()
