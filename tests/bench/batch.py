"""What a batch costs over the bare network: decoding, writing, journal and all.

Run: python -m tests.bench.batch [photos] [rounds] [longer side in pixels]
Reference: the same network on the same pixels, which lie decoded in memory, alternating with the
measured batch in the same process. Each goes on the processor's threads that a batch uses.
"""

import itertools
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import torch
from PIL import Image

from ganart.datasets.photo import read_photo
from ganart.engine.device import default_threads
from ganart.engine.style import batch
from ganart.engine.style.batch_compute import Stylizers
from ganart.engine.style.batch_plan import BatchPlan, Output
from ganart.engine.style.events import BatchFinished
from ganart.engine.style.looks import BUILT_IN, Ingredient, Look
from ganart.resources import resource
from tests.bench.common import machine, table


def make_photos(folder: Path, count: int, side: int) -> list[Path]:
    """Make so many photos (JPEG) of the bundled ones, each turned or mirrored another way."""
    bundled = sorted(resource("sample/photos").glob("*.jpg"))
    turns = [None, *Image.Transpose]
    paths = []
    for number, path in zip(range(count), itertools.cycle(bundled), strict=False):
        turn = turns[number // len(bundled) % len(turns)]
        with Image.open(path) as opened:
            photo = opened.convert("RGB")
        scale = side / max(photo.size)
        photo = photo.resize((round(photo.width * scale), round(photo.height * scale)))
        paths.append(folder / f"{number:04}.jpg")
        (photo if turn is None else photo.transpose(turn)).save(paths[-1], quality=90)
    return paths


def bare(plan: BatchPlan, photos: list[Path]) -> tuple[float, float]:
    """Return wall and processor seconds of the network alone."""
    pixels = [read_photo(path).pixels for path in photos]
    stylize = Stylizers(plan)
    stylize(pixels[0], 0)
    wall, processor = time.perf_counter(), time.process_time()
    for each in pixels:
        stylize(each, 0)
    return time.perf_counter() - wall, time.process_time() - processor


def whole(plan: BatchPlan, folder: Path) -> tuple[float, float]:
    """Return wall and processor seconds of a batch from listing to the last file."""
    wall, processor = time.perf_counter(), time.process_time()
    *_, finished = batch.start(plan, folder / "batches", lambda: None)
    assert isinstance(finished, BatchFinished)
    assert finished.failed == 0
    seconds = time.perf_counter() - wall, time.process_time() - processor
    shutil.rmtree(plan.output.folder)
    return seconds


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    side = int(sys.argv[3]) if len(sys.argv) > 3 else 512
    torch.set_num_threads(default_threads())
    style = min(resource("sample/styles").glob("*.jpg"))
    looks = {
        "style picture": Look("picture", (Ingredient(str(style)),)),
        "built-in look": Look("built-in", (Ingredient(BUILT_IN[0].key),)),
    }
    rows = []
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent)
        (folder / "photos").mkdir()
        photos = make_photos(folder / "photos", count, side)
        for name, look in looks.items():
            plan = BatchPlan((folder / "photos",), (look,), Output(folder / "out"))
            pairs = [(bare(plan, photos), whole(plan, folder)) for _ in range(rounds)]
            for clock, kind in enumerate(("wall", "processor")):
                alone, complete = (
                    statistics.median(pair[which][clock] for pair in pairs) for which in (0, 1)
                )
                ratio = statistics.median(pair[1][clock] / pair[0][clock] for pair in pairs)
                rows.append([name, kind, f"{alone:.1f}", f"{complete:.1f}", f"{ratio:.2f}"])
    print(machine())
    print(f"\n{count} photos, {side} px, seconds, medians of {rounds} rounds")
    print(table(["look", "clock", "network alone", "batch", "ratio"], rows))


if __name__ == "__main__":
    main()
