"""What the benchmarks share: the machine's name, the sample pictures, a table."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.prepare import Prepared, prepare
from ganart.datasets.scan import scan
from ganart.engine.device import describe
from ganart.project.store import Project, create_project
from ganart.resources import resource

SAMPLE = "sample/pixel-avatars"


def machine() -> str:
    """Return one line that says where and when the figures were taken."""
    device = describe()
    return (
        f"{device.name}, {os.cpu_count()} cores, {platform.system()}, Python "
        f"{platform.python_version()}, torch {torch.__version__}, {datetime.now(UTC):%Y-%m-%d}"
    )


def sample_project(parent: Path) -> Project:
    """Make a project whose dataset is the bundled sample pictures, scanned."""
    return folder_project(resource(SAMPLE), parent)


def folder_project(folder: Path, parent: Path) -> Project:
    """Make a project in `parent` whose dataset is the pictures of `folder`, scanned."""
    project = create_project(parent / "bench.ganart")
    with Catalogue(project.catalogue_path) as catalogue:
        catalogue.add_source(folder)
        for _ in scan(catalogue, lambda: None):
            pass
    return project


def prepared_pixels(project: Project, side: int) -> npt.NDArray[np.uint8]:
    """Return the prepared pictures (N, side, side, 3)."""
    with Catalogue(project.catalogue_path) as catalogue:
        for event in prepare(catalogue, project.prepared_folder, side, lambda: None):
            if isinstance(event, Prepared):
                return event.open()
    raise AssertionError("preparing ends with the prepared pictures")


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)
