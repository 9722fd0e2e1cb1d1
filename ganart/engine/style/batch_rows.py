"""Reads what stands in the journal of a batch, trusting nothing. Imports no torch.

All functions raise `TypeError` or `ValueError` for nonsense, and for what leads out of the output
folder.
"""

import os
import re
import sqlite3
from datetime import datetime
from pathlib import Path, PurePosixPath

from ganart.engine.style.batch_plan import BatchPlan
from ganart.engine.style.batch_records import BatchItem
from ganart.engine.style.batch_sources import SourcePhoto
from ganart.engine.style.events import ItemState

_FIRST_YEAR = 2000


def item_of(row: sqlite3.Row, plan: BatchPlan) -> BatchItem:
    """Return the record of an item's row."""
    target = PurePosixPath(row["target"])
    leads_out = target.is_absolute() or ".." in target.parts or set(row["target"]) & {"\\", ":"}
    if not 0 <= row["look"] < len(plan.looks) or leads_out:
        raise ValueError("no such look or place")
    return BatchItem(
        id=int(row["id"]),
        photo=SourcePhoto(Path(os.fsdecode(row["photo"])), str(row["member"])),
        look=int(row["look"]),
        target=target,
        state=ItemState(row["state"]),
        result=result_path(row["result"], plan.output.folder),
        hash=None if row["hash"] is None else str(row["hash"]),
        message=str(row["message"]),
    )


def result_path(kept: bytes | None, output: Path) -> Path | None:
    """Return the path of a result or a sheet, None for none."""
    if kept is None:
        return None
    path = Path(os.fsdecode(kept))
    if ".." in path.relative_to(output).parts:
        raise ValueError("no place below the output folder")
    return path


def checked_id(text: str) -> str:
    """Return the id of a batch, which becomes part of file names."""
    if not re.fullmatch("[0-9a-f]{12}", text):
        raise ValueError("no id")
    return text


def checked_date(text: str) -> str:
    """Return the date of a batch, which results are compared with."""
    if datetime.fromisoformat(text).year < _FIRST_YEAR:
        raise ValueError("before the studio was")
    return text
