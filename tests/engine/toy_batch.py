"""Batches without networks: the looks turn the colours of a photo round.

Run as a program, it starts or goes on with a batch and dies at the given step, as if killed.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from ganart.engine.style import batch
from ganart.engine.style.batch_journal import Journal
from ganart.engine.style.batch_plan import BatchPlan, Output
from ganart.engine.style.looks import Ingredient, Look

LOOKS = tuple(Look("built-in", (Ingredient(key),)) for key in ("charcoal", "starry"))


def toy_stylize(pixels: Any, look: int) -> Any:
    """Return other colours of the same size, at once."""
    return np.ascontiguousarray(np.roll(255 - pixels, look, axis=2))


def toy_plan(source: Path, out: Path, **output: Any) -> BatchPlan:
    """Return a plan of two looks."""
    return BatchPlan((source,), LOOKS, Output(out, **output), device="cpu", threads=1)


def _dying(call: Callable[..., Any], steps_left: list[int]) -> Callable[..., Any]:
    """Return `call` counted down; the process ends before it or after it when none is left."""

    def counted(*arguments: Any, **options: Any) -> Any:
        for act in (lambda: None, lambda: call(*arguments, **options)):
            if steps_left[0] == 0:
                os._exit(9)  # nothing is tidied up, no file is closed
            steps_left[0] -= 1
            result = act()
        return result

    return counted


def main() -> None:
    """Arguments: the source, the output folder, the folder of the batches, the steps to live."""
    source, out, folder, steps = sys.argv[1:]
    steps_left = [int(steps)]
    batch.load_stylizers = lambda plan: toy_stylize
    for owner, name in ((os, "link"), (os, "fsync"), (Journal, "intend"), (Journal, "settle")):
        setattr(owner, name, _dying(getattr(owner, name), steps_left))
    found = batch.batches(Path(folder))
    if found:
        events = batch.resume(found[0].folder, lambda: None)
    else:
        plan = toy_plan(Path(source), Path(out), existing="number", sheet=True)
        events = batch.start(plan, Path(folder), lambda: None)
    for event in events:
        print(type(event).__name__, flush=True)


if __name__ == "__main__":
    main()
