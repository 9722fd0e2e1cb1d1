"""Finding the model that a recipe names: in the open project, in others, where a person points."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.engine.gan.model_file import read_info
from ganart.engine.gan.models import find_file, find_model, keep_model
from ganart.errors import StudioError
from ganart.project.store import Project
from ganart.text import QT_TRANSLATE_NOOP
from ganart.workers.run import Job


class ModelMissing(StudioError):
    """The model of a recipe is nowhere near. Details: `preset`, `model`."""

    happened = QT_TRANSLATE_NOOP(
        "errors",
        "This picture was made by a model ({preset}, {model}) that is not in this project, nor in "
        "those opened lately.",
    )
    safe = QT_TRANSLATE_NOOP("errors", "The picture itself is unharmed.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Locate the model, or open the project that it was made in and drop it again."
    )


class ModelDiffers(StudioError):
    """A file that was pointed at is another model. Details: `path`, `found`, `wanted`."""

    happened = QT_TRANSLATE_NOOP(
        "errors",
        "{path} holds another model ({found}) than the one of the picture ({wanted}). If it is the "
        "same file as then, it has been trained on since.",
    )
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Choose another file, or the project it was made in.")


class ModelNotThere(StudioError):
    """A folder that was pointed at does not hold the model. Details: `path`, `wanted`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "The model of the picture ({wanted}) is not in {path}, neither among the models "
        "of its runs nor among those of its artworks."
    )  # fmt: skip
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was changed.")
    remedy = QT_TRANSLATE_NOOP("errors", "Choose another project, or a model file.")


@dataclass(frozen=True, slots=True)
class ModelFound:
    """Where the model of a recipe lies in the project."""

    path: Path
    origin: Path | None = None
    """The other project, or the file, that it was copied from just now."""


def look_for_model(
    project: Project, model_hash: str, preset: str, others: Sequence[Path] = ()
) -> Job:
    """Return a job that yields one `ModelFound`; fails with `ModelMissing`.

    A model that is in one of the `others`, the folders of projects, is copied into the project.
    """

    def job(poll: Poll) -> Iterator[ModelFound]:
        model = find_model(project, model_hash)
        if model is not None:
            yield ModelFound(model.path)
            return
        for folder in others:
            if poll():
                return
            path = None if folder == project.folder else find_file(folder, model_hash)
            if path is not None:
                yield ModelFound(keep_model(project, path), folder)
                return
        raise ModelMissing(preset=preset, model=model_hash[:8])

    return job


def take_model(project: Project, model_hash: str, place: Path) -> Job:
    """Return a job that copies the model of a hash into the project, from a model file or from
    another project's folder, and yields one `ModelFound`.

    Fails with `ModelDiffers`, `ModelNotThere`, `BadCheckpoint` for a file that is damaged or no
    model, `DiskFull`, `FolderNotWritable`.
    """

    def job(_poll: Poll) -> Iterator[ModelFound]:
        path = find_file(place, model_hash) if place.is_dir() else place
        if path is None:
            raise ModelNotThere(path=place, wanted=model_hash[:8])
        found = read_info(path).model_hash
        if found != model_hash:
            raise ModelDiffers(path=place, found=found[:8], wanted=model_hash[:8])
        # Copying compares the weights with the hash: a description is easily written.
        yield ModelFound(keep_model(project, path), place)

    return job
