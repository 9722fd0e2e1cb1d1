"""Projects and their pictures for the commands."""

import os
from collections.abc import Sequence
from pathlib import Path

from ganart.cli.output import Output
from ganart.datasets.catalogue import Catalogue
from ganart.datasets.errors import FolderGone, printable
from ganart.datasets.scan import Refused, Scanned, Scanning, scan
from ganart.engine.asks import Ask
from ganart.engine.errors import BadCheckpoint
from ganart.engine.gan.models import Kind, ModelEntry, list_models
from ganart.project.store import Project, create_project, open_project, project_folder


def open_or_create(folder: Path) -> Project:
    """Open the project, or create it where there is none. Raises `StudioError` children."""
    folder = project_folder(folder)
    # `os.path`: Path.exists raises where a parent may not be entered or a name is too long.
    return open_project(folder) if os.path.lexists(folder) else create_project(folder)


def add_pictures(
    project: Project, folders: Sequence[Path], output: Output, asks: Sequence[Ask]
) -> None:
    """Add folders to the dataset and scan all of it, naming every file that is refused."""
    with (
        Catalogue(project.catalogue_path) as catalogue,
        output.bar(0, "files") as bar,
    ):
        for folder in folders:
            if not os.path.lexists(folder):
                raise FolderGone(folder)
        for folder in folders:
            catalogue.add_source(folder.resolve())
        try:
            for event in scan(catalogue, lambda: bool(asks)):
                match event:
                    case Scanning():
                        bar.total = event.total
                        bar.update(event.done - bar.n)
                    case Refused():
                        output.warn(f"Left out {printable(event.path)}: {event.reason}.")
                    case Scanned():
                        output.say(f"{event.readable} pictures, {event.refused} files left out.")
        except FolderGone as error:
            # An older folder that is away just now; its pictures are left out until it is back.
            output.warn(str(error))


def choose_model(project: Project, wanted: str) -> ModelEntry:
    """Return the model that `wanted` names. Raises `BadCheckpoint`.

    "best" and "last" look in the newest run; else it is the start of a model hash, the id of a run
    (its newest model), or the path of a model file of the project.
    """
    models = list_models(project)
    newest = [each for each in models if each.run_id and each.run_id == models[0].run_id]
    for entry in newest if wanted in {"best", "last"} else models:
        matches = (
            wanted == "last"
            or (wanted == "best" and entry.kind is Kind.BEST)
            or entry.model_hash.startswith(wanted)
            or entry.run_id == wanted
            or entry.path == Path(wanted)
        )
        if matches:
            return entry
    if wanted == "best" and newest:
        return newest[0]
    raise BadCheckpoint(path=wanted, reason="the project has no such model")
