"""The paintings of a folder: one work folder each, with painting.json saying what it is.

A work folder holds all that its painting needs, also when the photo moves away: `photo.png`,
`style-1.png` and so on with their masks, `picture.png` (the newest picture with its recipe),
`state.safetensors` and `curves.csv`. Imports no torch.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from ganart.engine.errors import BadOption, EngineError
from ganart.engine.style.config import PaintConfig, StyleSource
from ganart.media.recipe_checks import BadRecipe
from ganart.media.style_recipe import Source
from ganart.project.documents import Damaged, read_document, write_document
from ganart.text import QT_TRANSLATE_NOOP

DOCUMENT = "painting.json"
PHOTO_MASK = "-photo-mask"
STYLE_MASK = "-style-mask"
SCHEMA = 1

Status = Literal["running", "stopped", "finished", "failed"]


class BadPainting(EngineError):
    """Details: `path`, `reason`."""

    happened = QT_TRANSLATE_NOOP("errors", "The painting {path} cannot be gone on with: {reason}.")
    safe = QT_TRANSLATE_NOOP("errors", "Its files were left as they are.")
    remedy = QT_TRANSLATE_NOOP("errors", "Paint the photo again.")


@dataclass(frozen=True, slots=True)
class PaintingRecord:
    """What a painting is and how far it has come. Change it with `dataclasses.replace`."""

    folder: Path
    created: str
    """ISO 8601, UTC."""
    photo: Path
    """Where it was when the painting began."""
    styles: tuple[StyleSource, ...]
    sources: tuple[Source, ...]
    """The photo and the styles as the recipe names them."""
    config: PaintConfig
    width: int
    height: int
    status: Status = "running"
    """A crash leaves it at "running"."""
    iteration: int = 0
    elapsed_s: float = 0.0
    message: str = ""
    """What the person was told last, such as why it failed."""

    @property
    def picture(self) -> Path:
        """The newest picture; not there before the first save."""
        return self.folder / "picture.png"

    @property
    def state(self) -> Path:
        """What it is resumed from."""
        return self.folder / "state.safetensors"

    @property
    def kept_photo(self) -> Path:
        """The photo at the size of the painting."""
        return self.folder / "photo.png"

    def kept_style(self, number: int, part: str = "") -> Path:
        """Return where style `number`, from 0 on, is kept, or its `PHOTO_MASK` or `STYLE_MASK`."""
        return self.folder / f"style-{number + 1}{part}.png"


def write_record(record: PaintingRecord) -> None:
    """Write `painting.json`, whole or not at all. Raises `DiskFull`, `FolderNotWritable`."""
    document = asdict(record)
    folder = document.pop("folder")
    document["photo"] = str(record.photo)
    for style in document["styles"]:
        style |= {name: str(value) for name, value in style.items() if isinstance(value, Path)}
    write_document(folder / DOCUMENT, {"schema": SCHEMA, **document})


def read_record(folder: Path) -> PaintingRecord:
    """Return the record of a work folder. Raises `BadPainting`."""
    try:
        document = read_document(folder / DOCUMENT)
        if document.pop("schema") > SCHEMA:
            raise BadPainting(path=folder, reason="it was saved by a newer studio")
        return _record(folder, document)
    except OSError as error:
        raise BadPainting(path=folder, reason=error.strerror) from error
    except Damaged as error:
        raise BadPainting(path=folder, reason=str(error)) from error
    except (LookupError, TypeError, ValueError, AttributeError, BadOption, BadRecipe) as error:
        raise BadPainting(path=folder, reason="it is damaged") from error


def paintings(folder: Path) -> list[PaintingRecord]:
    """Return the readable paintings in `folder`, newest first."""
    records = []
    with suppress(OSError):
        for each in sorted(folder.iterdir()):
            with suppress(BadPainting):
                records.append(read_record(each))
    return sorted(records, key=lambda each: (each.created, each.folder.name), reverse=True)


def _record(folder: Path, document: Mapping[str, Any]) -> PaintingRecord:
    """Build the record from a document, checking the type of every field."""
    kinds = {"created": str, "photo": str, "message": str, "width": int, "height": int}
    kinds |= {"iteration": int, "elapsed_s": float}
    for name, kind in kinds.items():
        value = document[name]
        if not isinstance(value, int | float if kind is float else kind) or isinstance(value, bool):
            raise TypeError(name)
    if document["status"] not in get_args(Status) or min(document["width"], document["height"]) < 1:
        raise ValueError("status or size")
    return PaintingRecord(
        **{
            **document,
            "folder": folder,
            "photo": Path(document["photo"]),
            "styles": tuple(map(_style, document["styles"])),
            "sources": tuple(Source(**each) for each in document["sources"]),
            "config": PaintConfig.from_mapping(document["config"]),
        }
    )


def _style(values: Mapping[str, Any]) -> StyleSource:
    masks = {name: values[name] and Path(values[name]) for name in ("photo_mask", "style_mask")}
    weight = values["weight"]
    if not isinstance(weight, int | float) or not weight > 0:
        raise ValueError("weight")
    return StyleSource(Path(values["path"]), weight, **masks)
