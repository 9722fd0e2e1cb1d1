"""Framing, describing, gathering and exporting a dataset: how fast, in how much memory, how well.

Run: python -m tests.bench.curate [pictures]
Thumbnails are random parts of the bundled photos. For proposed crops a bundled drawing is put at a
random place on such a part; told is how much of it a square crop about the middle holds, and how
much the proposed one does.
"""

import random
import resource as system
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from ganart.datasets.catalogue import Catalogue, Found
from ganart.datasets.decode import decode
from ganart.datasets.framing import Fill, Framing, window
from ganart.datasets.inspect import inspect
from ganart.datasets.prepare import prepare
from ganart.datasets.proposals import propose_all
from ganart.datasets.salient import propose
from ganart.datasets.statistics import describe
from ganart.engine.set_export import SetPlan, export_set
from ganart.engine.sources.archives import unpack
from ganart.resources import resource
from tests.bench.common import SAMPLE, machine, sample_project, table

THING = 44
"""Side of the drawing on a picture of 192 × 128."""


def photos() -> list[Image.Image]:
    """Return the bundled photos, some hundred pixels large."""
    found = [
        decode(path, shortest=300) for path in sorted(resource("sample/photos").rglob("*.jpg"))
    ]
    assert found
    return found


def parts(count: int, of: list[Image.Image]) -> Iterator[Image.Image]:
    """Yield random parts of photos, 192 × 128."""
    choose = random.Random(0)
    for _ in range(count):
        photo = choose.choice(of)
        height = min(photo.height, photo.width / 1.5) * choose.uniform(0.4, 0.9)
        left = choose.uniform(0, photo.width - 1.5 * height)
        top = choose.uniform(0, photo.height - height)
        yield photo.resize((192, 128), box=(left, top, left + 1.5 * height, top + height))


def fill(catalogue: Catalogue, count: int) -> None:
    """Give the catalogue that many pictures that have thumbnails and no files."""
    results = []
    one = inspect(sorted(resource(SAMPLE).glob("*.png"))[0])
    for number, part in enumerate(parts(count, photos())):
        stream = BytesIO()
        part.thumbnail((128, 128))
        part.save(stream, "JPEG", quality=85)
        name = f"{number:032x}"
        inspected = replace(
            one, width=1920, height=1280, pixel_hash=name, thumbnail=stream.getvalue()
        )
        results.append((Found(Path(f"/art/{number:06}.jpg"), 1, 1), inspected))
    catalogue.record(results)


def timed(job: Callable[[], Iterator[object]]) -> tuple[float, object]:
    """Return how many seconds a job takes, and its last event."""
    begun = time.perf_counter()
    events = list(job())
    return time.perf_counter() - begun, events[-1]


def peak_mb() -> int:
    """Return the most memory that the process had so far."""
    return system.getrusage(system.RUSAGE_SELF).ru_maxrss // 1024


def figures(count: int, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield what was measured."""
    with Catalogue(folder / "many.sqlite") as catalogue:
        fill(catalogue, count)
        before = peak_mb()
        seconds, _ = timed(lambda: describe(catalogue, lambda: None))
        yield f"statistics, palette and variety map of {count}", f"{seconds:.1f} s"
        yield "memory beyond the process before", f"{peak_mb() - before} MB"
        seconds, _ = timed(lambda: propose_all(catalogue, 64, lambda: None))
        yield f"crops proposed for {count}", f"{seconds:.1f} s"
    with sample_project(folder) as project, Catalogue(project.catalogue_path) as catalogue:
        prepared = project.prepared_folder
        first, _ = timed(lambda: prepare(catalogue, prepared, 64, lambda: None))
        row = catalogue.pictures()[0]
        catalogue.set_framing({row.path: Framing(fill=Fill.EDGE).to_json()})
        again, _ = timed(lambda: prepare(catalogue, prepared, 64, lambda: None))
        yield "1000 pictures prepared; after one crop was changed", f"{first:.2f} s; {again:.2f} s"
        packed = folder / "set.zip"
        seconds, _ = timed(lambda: export_set(catalogue, SetPlan(packed), lambda: None))
        yield "1000 originals exported as a ZIP file", f"{seconds:.2f} s"
        plan = SetPlan(folder / "set", prepared=64)
        seconds, _ = timed(lambda: export_set(catalogue, plan, lambda: None))
        yield "1000 prepared pictures exported as a folder", f"{seconds:.2f} s"
        first, _ = timed(lambda: unpack(packed, folder / "sources", lambda: None))
        again, _ = timed(lambda: unpack(packed, folder / "sources", lambda: None))
        yield "that ZIP file unpacked; again", f"{first:.2f} s; {again:.3f} s"


def crops(count: int) -> Iterator[tuple[str, str]]:
    """Yield how much of things off the middle square crops hold."""
    drawings = sorted(resource(SAMPLE).glob("*.png"))
    choose = random.Random(1)
    held = []
    for part in parts(count, photos()):
        with Image.open(choose.choice(drawings)) as drawing:
            thing = drawing.convert("RGB").resize((THING, THING))
        left = choose.randrange(192 - THING)
        part.paste(thing, (left, choose.randrange(128 - THING)))
        held.append(
            [
                _share(left, window(*part.size, 64, framing))
                for framing in (Framing(), propose(part, 64).framing)
            ]
        )
    middle, proposed = np.array(held).T
    yield "mean share held, middle; proposed", f"{middle.mean():.3f}; {proposed.mean():.3f}"
    whole = [f"{(each > 0.99).mean():.1%}" for each in (middle, proposed)]
    yield "held whole, middle; proposed", "; ".join(whole)
    better, worse = (proposed > middle + 0.02).mean(), (proposed < middle - 0.02).mean()
    yield "proposal better; worse", f"{better:.1%}; {worse:.1%}"


def _share(left: int, shown: tuple[int, int, int, int]) -> float:
    return max(0, min(left + THING, shown[2]) - max(left, shown[0])) / THING


def main() -> None:
    """Print the tables."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        print(table(["what", "figure"], list(figures(count, Path(folder)))))
    print(table(["of 1000 things on photos", "figure"], list(crops(1000))))


if __name__ == "__main__":
    main()
