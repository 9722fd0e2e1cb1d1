"""The training runs of a project: one folder each, with run.json saying what it is and how far."""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from types import UnionType
from typing import Any, Literal, get_args

from ganart.errors import FolderNotWritable
from ganart.project.documents import Damaged, read_document, write_document
from ganart.project.errors import BadRun, CannotDiscard, MigrationFailed
from ganart.project.migrations import RUN_STEPS, current_version, migrate

DOCUMENT = "run.json"
_ID = re.compile(r"[0-9a-z][0-9a-z-]{0,79}")
_GOING = ".going-"
"""Prefix of folders that are being removed."""

Status = Literal["running", "stopped", "finished", "failed"]


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What a run is and how far it has come. Change it with `dataclasses.replace`."""

    id: str
    name: str
    preset: str
    created: str
    """ISO 8601, UTC."""
    config: dict[str, Any] = field(hash=False)
    """The fields of `TrainConfig`."""
    status: Status = "running"
    steps: int = 0
    pictures: int = 0
    """Real pictures shown so far."""
    elapsed_s: float = 0.0
    """Training time so far, pauses excluded."""
    model_hash: str = ""
    """Hash of the newest published model; empty before the first."""
    data_hash: str = ""
    message: str = ""
    """What the person was told last, such as why the run failed."""
    parent: str = ""
    """The id of the run that this one branched off; empty if it did not."""
    parent_step: int = 0
    """The step of the parent's checkpoint that this run began at."""
    origin: str = ""
    """Hash of the model that this run started from; empty if it began from nothing."""


class Runs:
    """The runs in a project's `runs_folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def folder(self, run_id: str) -> Path:
        """Return the folder of a run, whether or not it exists; an odd id raises `BadRun`."""
        if not _ID.fullmatch(run_id):
            raise BadRun(path=self._folder, reason=f"{run_id!r} is not the name of a run")
        return self._folder / run_id

    def create(
        self,
        config: Mapping[str, Any],
        preset: str,
        *,
        parent: str = "",
        parent_step: int = 0,
        origin: str = "",
    ) -> RunRecord:
        """Make the folder and record of a new run. Raises `FolderNotWritable`, `DiskFull`."""
        self._sweep()
        now = datetime.now(UTC)
        try:
            run_id = self._new_folder(f"{now:%Y%m%d-%H%M%S}-{_plain(preset)}")
        except OSError as error:
            raise FolderNotWritable(folder=self._folder, reason=error.strerror) from error
        record = RunRecord(
            id=run_id,
            name=f"{preset} {self._count(preset) + 1}",
            preset=preset,
            created=now.isoformat(timespec="seconds"),
            config=dict(config),
            parent=parent,
            parent_step=parent_step,
            origin=origin,
        )
        self.update(record)
        return record

    def list(self) -> tuple[RunRecord, ...]:
        """Return all readable runs, newest first; `damaged` has the others."""
        records = []
        for folder in self._folders():
            with suppress(BadRun):
                records.append(self.load(folder.name))
        return tuple(sorted(records, key=lambda each: (each.created, each.id), reverse=True))

    def damaged(self) -> tuple[BadRun, ...]:
        """Return what is wrong with each run that `list` leaves out."""
        troubles = []
        for folder in self._folders():
            try:
                self.load(folder.name)
            except BadRun as trouble:
                troubles.append(trouble)
        return tuple(troubles)

    def interrupted(self) -> tuple[RunRecord, ...]:
        """Return the runs that a crash or a power cut ended, judged by their 'running' status.

        To be asked right after the project was opened: its lock says that nobody runs them.
        """
        return tuple(record for record in self.list() if record.status == "running")

    def load(self, run_id: str) -> RunRecord:
        """Return the record of a run. Raises `BadRun`."""
        path = self.folder(run_id) / DOCUMENT
        try:
            document = read_document(path)
            if document["schema"] > current_version(RUN_STEPS):
                raise BadRun(path=path.parent, reason="it was saved by a newer studio")
            return _record(run_id, migrate(document, RUN_STEPS, path))
        except Damaged as error:
            raise BadRun(path=path.parent, reason=str(error)) from error
        except MigrationFailed as error:
            raise BadRun(path=path.parent, reason=error.details["reason"]) from error
        except OSError as error:
            raise BadRun(path=path.parent, reason=error.strerror) from error

    def update(self, record: RunRecord) -> None:
        """Write a run's record, whole or not at all. Raises `FolderNotWritable`, `DiskFull`."""
        document = {"schema": current_version(RUN_STEPS), **asdict(record)}
        write_document(self.folder(record.id) / DOCUMENT, document)

    def discard(self, run_id: str) -> None:
        """Delete a run and all it made, but not the artworks. Raises `BadRun`, `CannotDiscard`."""
        folder = self.folder(run_id)
        if not folder.is_dir():
            raise BadRun(path=folder, reason="it is not there")
        going = self._folder / f"{_GOING}{run_id}"
        try:
            # Renamed first, so that a crash half-way leaves no run with half its files.
            folder.replace(going)
            shutil.rmtree(going)
        except OSError as error:
            raise CannotDiscard(path=folder, reason=error.strerror) from error

    def _folders(self) -> Iterator[Path]:
        with suppress(OSError):
            for entry in sorted(self._folder.iterdir()):
                if _ID.fullmatch(entry.name) and entry.is_dir():
                    yield entry

    def _new_folder(self, stem: str) -> str:
        """Make a folder that did not exist and return its name."""
        self._folder.mkdir(parents=True, exist_ok=True)
        number = 1
        while True:
            run_id = stem if number == 1 else f"{stem}-{number}"
            with suppress(FileExistsError):
                (self._folder / run_id).mkdir()
                return run_id
            number += 1

    def _count(self, preset: str) -> int:
        return sum(record.preset == preset for record in self.list())

    def _sweep(self) -> None:
        """Finish removals that were cut short."""
        for folder in self._folder.glob(f"{_GOING}*"):
            shutil.rmtree(folder, ignore_errors=True)


def _plain(text: str) -> str:
    return re.sub(r"[^0-9a-z]+", "-", text.lower()).strip("-")[:40] or "run"


def _record(run_id: str, document: Mapping[str, Any]) -> RunRecord:
    """Build the record from a document, checking the type of every field."""
    values: dict[str, Any] = {each.name: document.get(each.name) for each in fields(RunRecord)}
    kinds: dict[str, type | UnionType] = {
        "config": dict,
        "steps": int,
        "pictures": int,
        "elapsed_s": int | float,
        "parent_step": int,
    }
    for name, value in values.items():
        if not isinstance(value, kinds.get(name, str)) or isinstance(value, bool):
            raise Damaged(f"its {name} is missing or odd")
    if values["status"] not in get_args(Status):
        raise Damaged(f"its status is {values['status']!r}")
    # The folder's name is the id: a copied run is a run of its own.
    return RunRecord(**{**values, "id": run_id})
