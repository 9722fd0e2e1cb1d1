"""How art was saved last in a project, for each kind: what the next export begins with."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from ganart.engine.asks import Poll
from ganart.engine.latent.output import (
    LoopOutput,
    Output,
    PrintOutput,
    SheetOutput,
    StillOutput,
    check_output,
)
from ganart.engine.latent.output_parts import AS_DRAWN
from ganart.errors import StudioError
from ganart.files import make_folder
from ganart.project.documents import Damaged, read_document, write_document
from ganart.project.store import Project
from ganart.workers.run import Job

KINDS: dict[str, type[Output]] = {
    "picture": StillOutput,
    "sheet": SheetOutput,
    "print": PrintOutput,
    "loop": LoopOutput,
}
_SCHEMA = 2
_ONLY_SQUARES = 1
"""The schema of a version whose models all drew squares: what was 1:1 there is as drawn."""


class ExportChoices:
    """The newest choices by kind, and which kind was exported last."""

    def __init__(self) -> None:
        self.kind = "picture"
        self._outputs: dict[str, Output] = {}

    def of(self, kind: str) -> Output:
        """Return the choices of a kind, the usual ones at first."""
        return self._outputs.get(kind) or KINDS[kind]()

    def put(self, kind: str, output: Output) -> None:
        """Remember choices."""
        self.kind = kind
        self._outputs[kind] = output

    @classmethod
    def read(cls, project: Project) -> "ExportChoices":
        """Read what a project remembers; what cannot be read is as at first."""
        choices = cls()
        try:
            document = read_document(_path(project))
        except (Damaged, OSError):
            return choices
        if document["schema"] not in {_ONLY_SQUARES, _SCHEMA}:
            return choices
        for kind, output in KINDS.items():
            found = _output(output, document.get(kind))
            if found is not None and document["schema"] == _ONLY_SQUARES and found.aspect == "1:1":
                found = replace(found, aspect=AS_DRAWN)
            if found is not None:
                choices.put(kind, found)
        if document.get("kind") in KINDS:
            choices.kind = str(document["kind"])
        return choices

    def save(self, project: Project) -> Job:
        """Return a job that writes them into the project; yields nothing."""
        document = {"schema": _SCHEMA, "kind": self.kind}
        document |= {kind: asdict(output) for kind, output in self._outputs.items()}

        def job(_poll: Poll) -> Iterator[object]:
            path = _path(project)
            make_folder(path.parent)
            write_document(path, document)
            yield from ()

        return job


def _path(project: Project) -> Path:
    return project.folder / "explore" / "export.json"


def _output(kind: type[Output], values: object) -> Output | None:
    """Return choices if they are some that this version knows."""
    if not isinstance(values, dict):
        return None
    known: dict[str, Any] = {
        name: value for name, value in values.items() if name in kind.__dataclass_fields__
    }
    try:
        output = replace(kind(), **known)
        check_output(output)
    except (StudioError, TypeError):
        return None
    return output
