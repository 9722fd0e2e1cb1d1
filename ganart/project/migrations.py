"""Bringing a stored document up to date, one version at a time, all steps or none."""

import copy
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ganart.project.errors import MigrationFailed

Document = dict[str, Any]
"""A JSON object with its format version under "schema"."""
Step = Callable[[Document], Document]
"""Turns a document of version n into one of n+1; the version number is set for it."""

PROJECT_STEPS: Mapping[int, Step] = {}
"""Steps of project.json by the version they start from."""


def _without_ancestors(run: Document) -> Document:
    """Runs of the first version all began from nothing."""
    return {"parent": "", "parent_step": 0, "origin": ""} | run


RUN_STEPS: Mapping[int, Step] = {1: _without_ancestors}
"""Steps of run.json by the version they start from."""


def current_version(steps: Mapping[int, Step]) -> int:
    """Return the version that the last step leads to; 1 where there are no steps."""
    return max(steps, default=0) + 1


def migrate(document: Document, steps: Mapping[int, Step], path: Path) -> Document:
    """Return `document` at the current version.

    The steps work on a copy, so that a step that fails leaves the document and its file as they
    were. Raises `MigrationFailed`.
    """
    version = document["schema"]
    migrated = copy.deepcopy(document)
    while version < current_version(steps):
        try:
            migrated = steps[version](migrated)
        # A damaged or hand-edited document can fail a step in any of these ways.
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            reason = f"{type(error).__name__}: {error}"
            raise MigrationFailed(path=path, version=version, reason=reason) from error
        version += 1
        migrated["schema"] = version
    return migrated
