"""How well versions of one picture are told from different pictures that look alike.

Run: python -m tests.bench.duplicates [--data FOLDER] [--peer PYTHON] [--seed N] [--keep FOLDER]
`--data` holds one folder of pictures for each series (see tests/bench/labelled.py); without it only
the bundled pictures take part. `--peer` is a Python that has imagededup, whose perceptual hash
then looks for duplicates among the same files, at several thresholds. Precision and recall are of
pairs: which of the pairs told are versions of one picture, which of all such pairs are told.
"""

import argparse
import json
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.duplicates import Groups, find_groups
from ganart.datasets.scan import scan
from tests.bench.common import table
from tests.bench.labelled import KINDS, Labels, make, usual_series

Told = set[tuple[str, str]]

_PEER = """
import json, sys, time
from imagededup.methods import PHash
start = time.perf_counter()
method = PHash(verbose=False)
hashes = method.encode_images(sys.argv[1])
found = {}
for limit in (0, 2, 4, 6, 8, 10, 12):
    begin = time.perf_counter()
    pairs = method.find_duplicates(encoding_map=hashes, max_distance_threshold=limit)
    both = {tuple(sorted((a, b))) for a, others in pairs.items() for b in others}
    found[limit] = (time.perf_counter() - begin, sorted(both))
print(json.dumps(found))
"""


def ours(folder: Path, catalogue_path: Path) -> tuple[Told, float]:
    """Return the pairs that lie in one group, and the seconds that grouping took."""
    with Catalogue(catalogue_path) as catalogue:
        catalogue.add_source(folder)
        for _ in scan(catalogue, lambda: None):
            pass
        start = time.perf_counter()
        *_, end = find_groups(catalogue, lambda: None)
        seconds = time.perf_counter() - start
    assert isinstance(end, Groups)
    told: Told = set()
    for group in end.groups:
        told |= set(combinations(sorted(row.path.name for row in group.pictures), 2))
    return told, seconds


def peer(folder: Path, python: Path) -> Mapping[str, tuple[Told, float]]:
    """Return for each threshold the pairs that imagededup tells, and the seconds that it took."""
    done = subprocess.run([python, "-c", _PEER, folder], check=True, capture_output=True, text=True)
    found = json.loads(done.stdout.strip().splitlines()[-1])
    return {
        limit: ({(first, second) for first, second in pairs}, seconds)
        for limit, (seconds, pairs) in found.items()
    }


def figures(told: Told, labels: Labels) -> tuple[list[str], Told]:
    """Return figures for the table and the wrong pairs; pairs with no clear answer are left out."""
    told = {pair for pair in told if labels.answer(*pair) is not None}
    wrong = {pair for pair in told if not labels.answer(*pair)}
    right = told - wrong
    facing = [pair for pair in right if labels.faces_one_way(*pair)]
    shares = (
        len(right) / max(1, len(told)),
        len(right) / labels.pairs(),
        len(facing) / labels.facing_pairs(),
    )
    return [*(f"{share:.4f}" for share in shares), str(len(wrong))], wrong


def by_kind(told: Told, labels: Labels) -> list[list[str]]:
    """Return for each kind of version how many are told together with their original."""
    have: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for names in labels.together():
        originals = [name for name in names if labels.kinds[name] == "original"]
        for name in set(names) - set(originals):
            every[labels.kinds[name]] += 1
            pairs = (tuple(sorted((name, original))) for original in originals)
            have[labels.kinds[name]] += any(pair in told for pair in pairs)
    return [[kind, f"{have[kind]} of {every[kind]}"] for kind in KINDS]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path)
    parser.add_argument("--peer", type=Path)
    parser.add_argument("--seed", type=int, default=0, help="other versions of other pictures")
    parser.add_argument("--keep", type=Path, help="a folder for the set, used again if filled")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary, "set")
        labels = make(usual_series(arguments.data), folder, arguments.seed)
        told, seconds = ours(folder, Path(temporary, "catalogue.sqlite"))
        shares, wrong = figures(told, labels)
        rows = [["ganart", *shares, f"{seconds:.1f}"]]
        peers = peer(folder, arguments.peer) if arguments.peer else {}
        for limit, (pairs, seconds) in peers.items():
            name = f"imagededup PHash, distance ≤ {limit}"
            rows.append([name, *figures(pairs, labels)[0], f"{seconds:.1f}"])
    header = ["", "precision", "recall", "recall without mirror images", "wrong pairs", "seconds"]
    print(f"{len(labels.kinds)} pictures, {labels.pairs()} pairs of versions\n")
    print(table(header, rows), "\n")
    print(table(["version", "told with its original"], by_kind(told, labels)), "\n")
    print(table(["wrong", "pairs"], _most_wrong(wrong, labels)))


def _most_wrong(wrong: Iterable[tuple[str, str]], labels: Labels) -> list[list[object]]:
    """Return which originals are taken for one another most often."""
    counts = Counter(" = ".join(sorted(labels.original(name) for name in pair)) for pair in wrong)
    return [[names, count] for names, count in counts.most_common(12)]


if __name__ == "__main__":
    main()
