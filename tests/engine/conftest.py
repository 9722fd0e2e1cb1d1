"""What the engine's tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from ganart.project.store import Project
from tests.engine.toys import make_project


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Compute with one thread, the quickest for toys; afterwards as before."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def project(tmp_path: Path, pictures_folder: Path) -> Iterator[Project]:
    """Return an open project with 24 scanned pictures."""
    with make_project(tmp_path / "Studio.ganart", pictures_folder) as made:
        yield made
