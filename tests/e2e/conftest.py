"""What the tests of the whole program share."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.conftest import SAMPLE_PICTURES

TINY = (
    *("--side=8", "--width=4", "--width-cap=8", "--latent-size=4", "--batch=4"),
    *("--device=cpu", "--threads=1"),
)
"""Options of a training of some milliseconds a step; a budget is still to be given."""


class Result(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object on standard output."""
        return json.loads(self.out)


@contextmanager
def same_threads_after() -> Iterator[None]:
    """Give back the thread count, which training sets for the whole process."""
    import torch

    before = torch.get_num_threads()
    try:
        yield
    finally:
        torch.set_num_threads(before)


@pytest.fixture
def ganart(capsys: pytest.CaptureFixture[str]) -> Any:
    """Return a function that runs a command in this process; a traceback fails the test."""
    from ganart.cli.main import main

    def run(*arguments: object) -> Result:
        capsys.readouterr()
        try:
            with same_threads_after():
                code = main([str(each) for each in arguments])
        except SystemExit as error:  # how argparse ends
            code = int(error.code or 0)
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Result(code, captured.out, captured.err)

    return run


@pytest.fixture(scope="session")
def _trained_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Train a tiny model on twelve pictures, once for all tests."""
    from ganart.cli.main import main

    folder = tmp_path_factory.mktemp("trained")
    pictures = folder / "pictures"
    pictures.mkdir()
    for path in sorted(SAMPLE_PICTURES.glob("*.png"))[:12]:
        shutil.copy(path, pictures)
    project = folder / "Art.ganart"
    command = ["train", str(pictures), "--project", str(project), "--pictures=40", *TINY]
    with same_threads_after():
        assert main(command) == 0
    return project


@pytest.fixture
def trained(_trained_once: Path, tmp_path: Path) -> Path:
    """Return the folder of a project with one finished run, free to be changed."""
    return Path(shutil.copytree(_trained_once, tmp_path / "Art.ganart"))
