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
from ganart.engine.gan.models import Kind, ModelEntry, checkpoints, list_models
from ganart.project.errors import NoRunYet
from ganart.project.runs import RunRecord, Runs
from ganart.project.store import Project, create_project, open_project, project_folder


def open_or_create(folder: Path) -> Project:
    """Open the project, or create it where there is none. Raises `StudioError` children."""
    folder = project_folder(folder)
    # `os.path`: Path.exists raises where a parent may not be entered or a name is too long.
    return open_project(folder) if os.path.lexists(folder) else create_project(folder)


def check_there(folders: Sequence[Path]) -> None:
    """Raise `FolderGone` for the first of some folders that is not there."""
    for folder in folders:
        if not os.path.lexists(folder):
            raise FolderGone(folder)


def add_pictures(
    project: Project, folders: Sequence[Path], output: Output, asks: Sequence[Ask]
) -> None:
    """Add folders to the dataset and scan all of it, naming every file that is refused."""
    with (
        Catalogue(project.catalogue_path) as catalogue,
        output.bar(0, "files") as bar,
    ):
        check_there(folders)
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
                        if event.renamed:
                            output.say(f"Known pictures under another name: {event.renamed}.")
                        output.say(f"{event.readable} pictures, {event.refused} files left out.")
        except FolderGone as error:
            # An older folder that is away just now; its pictures are left out until it is back.
            output.warn(str(error))


def choose_model(project: Project, wanted: str) -> ModelEntry:
    """Return the model that `wanted` names. Raises `BadCheckpoint`, `NoRunYet`.

    "best" and "last" look in the newest run; else it is the start of a model hash, the id of a run
    (its newest model), RUN@STEP, or the path of a model file of the project.
    """
    models = list_models(project)
    if not models:
        raise NoRunYet(path=project.folder)
    if "@" in wanted:
        moment = choose_moment(project, wanted)
        for entry in models:
            if (entry.run_id, entry.step) == moment:
                return entry
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


def choose_run(project: Project, wanted: str) -> RunRecord:
    """Return the run of that id, or for "last" the newest one.

    Raises `BadRun`, and `NoRunYet` where there is no newest one.
    """
    runs = Runs(project.runs_folder)
    records = runs.list()
    if wanted == "last" and not records:
        raise NoRunYet(path=project.folder)
    return records[0] if wanted == "last" else runs.load(wanted)


def choose_moment(project: Project, wanted: str) -> tuple[str, int]:
    """Return the run and the step of a kept checkpoint, from RUN@STEP; the run may be "last".

    Raises `BadRun`, and `BadCheckpoint` where that step is not kept.
    """
    run_id, _, step = wanted.partition("@")
    record = choose_run(project, run_id)
    kept = [each.step for each in checkpoints(Runs(project.runs_folder).folder(record.id))]
    if not step.isdecimal() or int(step) not in kept:
        steps = ", ".join(map(str, kept)) or "none"
        raise BadCheckpoint(path=wanted, reason=f"the run has kept these steps: {steps}")
    return record.id, int(step)
