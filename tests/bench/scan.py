"""How long a scan takes beside imagededup's hashing plus CleanVision's check of the same folder.

Run: python -m tests.bench.scan [--count N] [--data FOLDER] [--peer PYTHON] [--folder FOLDER]
The folder is filled with versions of the bundled pictures and of those in `--data`: JPEG, PNG and
WebP from 64 pixels to 12 megapixels. `--peer` is a Python that has imagededup and cleanvision; both
run with as many processes as the scan has threads. Files are read once before anything is timed,
so that all find them in the system's cache.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from ganart.datasets.decode import decode
from ganart.datasets.errors import Unreadable
from ganart.datasets.pool import MAX_THREADS
from tests.bench.common import table
from tests.bench.labelled import usual_series

_SIDES = ((96, 0.2), (256, 0.2), (640, 0.25), (1280, 0.2), (2400, 0.1), (4000, 0.05))
"""Longer sides of the pictures, and the share of each."""

_OURS = """
import json, os, re, sys, time
from pathlib import Path
from ganart.datasets.catalogue import Catalogue
from ganart.datasets.issues import diagnose
from ganart.datasets.scan import scan
with Catalogue(Path(sys.argv[2])) as catalogue:
    catalogue.add_source(Path(sys.argv[1]))
    start = time.perf_counter()
    for _ in scan(catalogue, lambda: None): pass
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    diagnose(catalogue)
    judged = time.perf_counter() - start
# Of this program alone: the system's ru_maxrss counts what started it as well.
peak = int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
times = os.times()
print(json.dumps([seconds, judged, peak, times.user + times.system]))
"""

_PEER = """
import contextlib, json, os, sys, time
if __name__ == "__main__":
    threads = int(sys.argv[2])
    with contextlib.redirect_stdout(sys.stderr):
        from cleanvision import Imagelab
        from imagededup.methods import PHash
        start = time.perf_counter()
        PHash(verbose=False).encode_images(sys.argv[1], num_enc_workers=threads)
        hashed = time.perf_counter() - start
        start = time.perf_counter()
        Imagelab(data_path=sys.argv[1], verbose=False).find_issues(n_jobs=threads, verbose=False)
        checked = time.perf_counter() - start
    print(json.dumps([hashed, checked, sum(os.times()[:4])]))
"""


def fill(folder: Path, count: int, data: Path | None) -> None:
    """Make so many pictures, none like another to the pixel."""
    dice = random.Random(0)
    files = [path for series in usual_series(data) for path in series.files]
    weights = [share for _, share in _SIDES]
    made = 0
    while made < count:
        try:
            image = decode(dice.choice(files))
        except Unreadable:
            continue
        side = dice.choices([each for each, _ in _SIDES], weights)[0] * dice.uniform(0.8, 1.2)
        scale = side / max(image.size)
        image = image.resize([max(1, round(each * scale)) for each in image.size])
        suffix = dice.choice([".jpg", ".jpg", ".png", ".webp"] if side < 2000 else [".jpg"])
        image.save(folder / f"{made:05}{suffix}", quality=dice.randint(70, 95))
        made += 1


def run(python: Path | str, script: str, *arguments: object) -> list[float]:
    """Run a script in a process of its own; return the numbers that it prints last."""
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary, "script.py")
        path.write_text(script)
        environment = dict(os.environ, PYTHONPATH=str(Path.cwd()))
        done = subprocess.run(
            [python, path, *map(str, arguments)],
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # progress bars
            text=True,
            env=environment,
        )
    numbers: list[float] = json.loads(done.stdout.strip().splitlines()[-1])
    return numbers


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1500)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--peer", type=Path)
    parser.add_argument("--folder", type=Path, help="for the pictures, used again if filled")
    arguments = parser.parse_args()
    threads = min(MAX_THREADS, os.cpu_count() or 1)
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary, "pictures")
        if not folder.exists():
            folder.mkdir()
            fill(folder, arguments.count, arguments.data)
        sizes = [len(path.read_bytes()) for path in folder.iterdir()]
        catalogue = Path(temporary, "catalogue.sqlite")
        first, judged, peak, worked = run(sys.executable, _OURS, folder, catalogue)
        again, *_ = run(sys.executable, _OURS, folder, catalogue)
        rows = [["ganart, first scan", f"{first:.1f}", f"{worked:.1f}", ""]]
        if arguments.peer:
            hashed, checked, toiled = run(arguments.peer, _PEER, folder, threads)
            both = hashed + checked
            rows.append(["imagededup PHash", f"{hashed:.1f}", "", f"{hashed / first:.2f}"])
            rows.append(["CleanVision", f"{checked:.1f}", "", f"{checked / first:.2f}"])
            rows.append(["both", f"{both:.1f}", f"{toiled:.1f}", f"{both / first:.2f}"])
        rows.append(["ganart, second scan", f"{again:.2f}", "", f"1/{first / again:.0f}"])
        rows.append(["ganart, issues judged", f"{judged:.2f}", "", f"1/{first / judged:.0f}"])
    print(f"{len(sizes)} pictures, {sum(sizes) / 2**20:.0f} MiB, {threads} threads or processes")
    print(f"peak memory of the scan: {peak:.0f} MiB\n")
    print(table(["", "seconds", "of processors", "of the first scan"], rows))


if __name__ == "__main__":
    main()
