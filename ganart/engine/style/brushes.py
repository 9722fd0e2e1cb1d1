"""The brushes in training or trained: one folder each, with brush.json saying what it is.

Beside it lie `brush.safetensors`, the brush to paint with, `state.safetensors`, which the training
goes on from, `style.png`, and `curves.csv` with the losses. Imports no torch.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ganart.engine.errors import EngineError
from ganart.engine.gan.model_file import check_amount
from ganart.engine.style.looks import BRUSH_FILE
from ganart.errors import FolderNotWritable
from ganart.files import make_folder
from ganart.media.names import free_name
from ganart.project.documents import Damaged, read_document, write_document
from ganart.text import QT_TRANSLATE_NOOP

DOCUMENT = "brush.json"
BRUSH = BRUSH_FILE
STATE = "state.safetensors"
STYLE = "style.png"
SCHEMA = 1


class BadBrushFolder(EngineError):
    """Details: `path`, `reason`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "The training of the brush in {path} cannot be gone on with: {reason}."
    )
    safe = QT_TRANSLATE_NOOP("errors", "Its files were left as they are.")
    remedy = QT_TRANSLATE_NOOP("errors", "Train a new brush with the same style.")


@dataclass(frozen=True, slots=True)
class BrushRecord:
    """A brush of a folder of brushes."""

    folder: Path
    name: str
    style: Path
    """Where the style picture came from; the folder has a copy as `STYLE`."""
    sources: tuple[Path, ...]
    """Photos and folders of photos that it is trained on."""
    config: Mapping[str, Any] = field(hash=False)
    """The fields of `BrushConfig`."""
    created: str
    """ISO 8601, UTC."""
    step: int = 0
    elapsed_s: float = 0.0

    @property
    def path(self) -> Path:
        """The brush to paint with; there once `step` is above 0."""
        return self.folder / BRUSH

    @property
    def style_picture(self) -> Path:
        """A copy of the style picture."""
        return self.folder / STYLE


def brushes(folder: Path) -> list[BrushRecord]:
    """Return the brushes in `folder`, newest first; what cannot be read is left out."""
    records = []
    for path in folder.glob(f"*/{DOCUMENT}"):
        try:
            records.append(read_record(path.parent))
        except BadBrushFolder:
            continue
    return sorted(records, key=lambda each: (each.created, each.name), reverse=True)


def new_folder(folder: Path, name: str) -> Path:
    """Make a folder for a new brush. Raises `FolderNotWritable`."""
    make_folder(folder)
    while True:
        chosen = free_name(folder, name, "")
        try:
            chosen.mkdir()
        except FileExistsError:  # another program was quicker
            continue
        except OSError as error:
            raise FolderNotWritable(folder=folder, reason=error.strerror) from error
        return chosen


def read_record(folder: Path) -> BrushRecord:
    """Return what brush.json says. Raises `BadBrushFolder`."""
    try:
        document = read_document(folder / DOCUMENT)
        if document["schema"] > SCHEMA:
            raise BadBrushFolder(path=folder, reason="it was saved by a newer studio")
        check_amount(document["step"], int)
        check_amount(document["elapsed_s"])
        return BrushRecord(
            folder=folder,
            name=_text(document["name"]),
            style=Path(_text(document["style"])),
            sources=tuple(Path(_text(each)) for each in document["sources"]),
            config=dict(document["config"]),
            created=_text(document["created"]),
            step=document["step"],
            elapsed_s=document["elapsed_s"],
        )
    except OSError as error:
        raise BadBrushFolder(path=folder, reason=error.strerror) from error
    except (Damaged, LookupError, TypeError, ValueError) as error:
        raise BadBrushFolder(path=folder, reason="its description is damaged") from error


def write_record(record: BrushRecord) -> None:
    """Write brush.json, whole or not at all. Raises `DiskFull`, `FolderNotWritable`."""
    document = {
        "schema": SCHEMA,
        "name": record.name,
        "style": os.fspath(record.style),
        "sources": _texts(record.sources),
        "config": dict(record.config),
        "created": record.created,
        "step": record.step,
        "elapsed_s": record.elapsed_s,
    }
    write_document(record.folder / DOCUMENT, document)


def _texts(paths: Sequence[Path]) -> list[str]:
    return [os.fspath(each) for each in paths]


def _text(value: object) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(f"{value!r} is no text")
    return value
