"""The moments of a run that the artist starred: steps whose checkpoints are always kept.

They have a file of their own beside run.json: the window writes it while the training writes that.
"""

from collections.abc import Iterable
from pathlib import Path

from ganart.project.documents import Damaged, read_document, write_document

DOCUMENT = "stars.json"


def starred(run_folder: Path) -> frozenset[int]:
    """Return the starred steps of a run; none where the file is missing or damaged."""
    try:
        steps = read_document(run_folder / DOCUMENT).get("steps")
    except (Damaged, OSError):
        return frozenset()
    if not isinstance(steps, list):
        return frozenset()
    return frozenset(each for each in steps if type(each) is int and each >= 0)


def set_star(run_folder: Path, step: int, on: bool = True) -> frozenset[int]:
    """Star a step, or take its star away, and return all starred steps.

    Raises `FolderNotWritable`, `DiskFull`.
    """
    steps = starred(run_folder) - {step} | ({step} if on else set())
    write_stars(run_folder, steps)
    return steps


def write_stars(run_folder: Path, steps: Iterable[int]) -> None:
    """Write the starred steps. Raises `FolderNotWritable`, `DiskFull`."""
    write_document(run_folder / DOCUMENT, {"schema": 1, "steps": sorted(steps)})
