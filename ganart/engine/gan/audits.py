"""Audits in a run's folder: `audits/STEP.json`, with the generated pictures side by side in
`audits/STEP.png`. Imports no torch.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from ganart.engine.gan.events import Audit, Copy, Ignored
from ganart.files import make_folder, write_atomic
from ganart.media.pictures import save_png

FOLDER = "audits"
KEPT = 20
_NAME = re.compile(r"[0-9]{9}\.json")


def write_audit(run_folder: Path, audit: Audit) -> None:
    """Keep an audit; the oldest ones go. Raises `DiskFull` or `FolderNotWritable`."""
    folder = make_folder(run_folder / FOLDER)
    path = folder / f"{audit.step:09d}.json"
    if audit.copies:
        save_png(np.concatenate([each.generated for each in audit.copies], 1), _strip(path))
    values = {
        "step": audit.step,
        "copies": [
            {
                "seed": each.seed,
                "original": str(each.original),
                "mirrored": each.mirrored,
                "ratio": each.ratio,
            }
            for each in audit.copies
        ],
        "ignored": [
            {"original": str(each.original), "ratio": each.ratio} for each in audit.ignored
        ],
    }
    write_atomic(path, json.dumps(values).encode())
    _remove(_paths(run_folder)[KEPT:])


def read_audit(run_folder: Path) -> Audit | None:
    """Return the newest audit of a run that is whole, None if there is none."""
    return next(_audits(run_folder), None)


def forget_audits(run_folder: Path, after_step: int) -> None:
    """Remove the audits of steps that are lost."""
    _remove([path for path in _paths(run_folder) if int(path.stem) > after_step])


def _paths(run_folder: Path) -> list[Path]:
    """Return the files of the audits, newest first."""
    found = (run_folder / FOLDER).glob("*.json")
    return sorted((path for path in found if _NAME.fullmatch(path.name)), reverse=True)


def _strip(path: Path) -> Path:
    return path.with_suffix(".png")


def _remove(paths: list[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)
            _strip(path).unlink(missing_ok=True)


def _audits(run_folder: Path) -> Iterator[Audit]:
    for path in _paths(run_folder):
        # A file that a crash cut short, or that somebody else wrote, is no audit.
        with suppress(OSError, ValueError, LookupError, TypeError, Image.DecompressionBombError):
            yield _audit(json.loads(path.read_text("utf-8")), path)


def _audit(values: dict[str, Any], path: Path) -> Audit:
    copies = values["copies"]
    tiles = _tiles(_strip(path), len(copies))
    return Audit(
        step=int(values["step"]),
        copies=tuple(
            Copy(
                seed=int(each["seed"]),
                original=Path(each["original"]),
                mirrored=bool(each["mirrored"]),
                ratio=float(each["ratio"]),
                generated=tile,
            )
            for each, tile in zip(copies, tiles, strict=True)
        ),
        ignored=tuple(
            Ignored(Path(each["original"]), float(each["ratio"])) for each in values["ignored"]
        ),
    )


def _tiles(path: Path, count: int) -> list[npt.NDArray[np.uint8]]:
    """Return the pictures that stand side by side in a file."""
    if not count:
        return []
    with Image.open(path) as strip:
        pixels = np.asarray(strip.convert("RGB"))
    if pixels.shape[1] % count:
        raise ValueError("the pictures are not those of this audit")
    return [np.ascontiguousarray(each) for each in np.split(pixels, count, axis=1)]
