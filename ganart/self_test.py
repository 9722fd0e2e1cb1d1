"""`ganart --self-test`: a little of everything in a temporary folder, to see whether it all works.

It is run on every installer that was built, and by people whose studio behaves oddly.
"""

import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

import ganart
from ganart.engine.asks import Poll
from ganart.engine.style.batch_plan import BatchPlan, Output
from ganart.engine.style.looks import BUILT_IN, Ingredient, Look
from ganart.errors import StudioError
from ganart.project.store import Project
from ganart.resources import resource
from ganart.settings.paths import HOME_VARIABLE, projects_folder
from ganart.ui.first_words import heed_first_words
from ganart.ui.icons import app_icon
from ganart.ui.main_window import MainWindow
from ganart.ui.theme import Theme
from ganart.workers.errands import Errand, errand_job
from ganart.workers.run import ErrorReport
from ganart.workers.session import Session

_PICTURES = 256
"""Shown to the networks: some steps of the training."""
_LONG_SIDE_PX = 320
_SHUTDOWN_S = 10.0


def main(notice: StudioError | None = None) -> int:
    """Print a line for each thing that works; return 0, or 1 if something does not.

    `notice` tells why the artist's pack for a graphics card is not used, which is a failure too.
    """
    _say(f"GanArt Studio {ganart.__version__}")
    if notice is not None:
        _say(f"FAILED: {notice}")
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder = tempfile.mkdtemp(prefix="ganart-")
    os.environ[HOME_VARIABLE] = folder
    try:
        failed = _in_a_window()
    finally:
        # Windows keeps files that are open, which Python 3.11's own temporary folders fail at.
        shutil.rmtree(folder, ignore_errors=True)
    failed = failed or notice is not None
    _say("FAILED: see above" if failed else "All is well")
    return int(failed)


def _in_a_window() -> bool:
    """Open the studio, do the work behind its window and close it; whether something failed."""
    heed_first_words()
    app = QApplication(sys.argv[:1])
    app.setWindowIcon(app_icon())
    session = Session()
    Theme(app).apply("dark")
    window = MainWindow(session)
    window.show()
    _say(f"The window opens ({app.platformName()})")
    witness = _Witness(app)
    session.failed.connect(witness.fail)
    session.create_project(projects_folder() / "Self-test.ganart")
    if session.project is not None:
        run = session.begin(partial(_work, session.project), "self-test")
        run.reported.connect(witness.tell)
        run.stop_asked.connect(witness.miss)
        run.done.connect(app.quit)
        app.exec()
    window.close()
    if not session.shutdown(_SHUTDOWN_S):
        witness.note("a job does not end")
    return witness.failed


class _Witness(QObject):
    """Prints what the work reports, and notes its failures."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.failed = False

    def note(self, reason: str) -> None:
        """Print a failure and remember it."""
        self.failed = True
        _say(f"FAILED: {reason}")

    @Slot(object)
    def fail(self, report: ErrorReport) -> None:
        """Note a failure of the work or of the window."""
        self.note(f"{report.text}\n{report.traceback}")

    @Slot()
    def miss(self) -> None:
        """Note that the work was stopped, which only happens as the window goes."""
        self.note("the window was closed, or its display was lost, before the work was done")

    @Slot(object)
    def tell(self, lines: list[str]) -> None:
        """Print some lines."""
        for line in lines:
            _say(line)


def _work(project: Project, poll: Poll) -> Iterator[str]:
    """Do the main jobs of the studio one after the other; yields a line for each."""
    import torch

    yield f"torch {torch.__version__} loads, from {Path(torch.__file__).parents[1]}"
    yield from _timed(_process())
    yield from _timed(_pictures(project, poll))
    yield from _timed(_training(project, poll))
    yield from _timed(_artwork(project, poll))
    yield from _timed(_stylized(project, poll))


def _timed(lines: Iterator[str]) -> Iterator[str]:
    begun = time.perf_counter()
    for line in lines:
        yield f"{line} ({time.perf_counter() - begun:.1f} s)"


def _process() -> Iterator[str]:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        if pool.apply(os.getpid) == os.getpid():
            raise RuntimeError("a process of its own is none")
    yield "A process of its own answers"


def _pictures(project: Project, poll: Poll) -> Iterator[str]:
    from ganart.datasets.scan import Scanned

    errand = Errand(add=(resource("sample/pixel-avatars"),))
    for event in errand_job(project.catalogue_path, errand)(poll):
        if isinstance(event, Scanned):
            yield f"{event.readable} sample pictures are read"


def _training(project: Project, poll: Poll) -> Iterator[str]:
    from ganart.engine.gan.events import Finished
    from ganart.engine.gan.presets import DEFAULT_PRESET
    from ganart.engine.gan.run import start

    config = replace(DEFAULT_PRESET.config, minutes=0.0, pictures=_PICTURES, batch=16)
    for event in start(project, config, DEFAULT_PRESET.key, poll):
        if isinstance(event, Finished):
            yield f"A training of {_PICTURES} pictures ends with a model"


def _artwork(project: Project, poll: Poll) -> Iterator[str]:
    import numpy as np
    from PIL import Image

    from ganart.engine.gan.models import list_models
    from ganart.engine.latent.exports import Exported, save_picture
    from ganart.engine.latent.remake import remake
    from ganart.engine.latent.render import Model
    from ganart.media.metadata import read_recipe
    from ganart.media.point import Point
    from ganart.media.recipe import Recipe

    entry = list_models(project)[0]
    for event in save_picture(project, entry.path, Point.at(1), poll):
        if isinstance(event, Exported):
            recipe = read_recipe(event.path)
            assert isinstance(recipe, Recipe)
            again = next(remake(recipe, Model.load(entry.path)))
            with Image.open(event.path) as saved:
                if not np.array_equal(again, np.asarray(saved)):
                    raise RuntimeError("a picture is not the same when it is drawn by its recipe")
            yield "A picture is saved, and drawn again by the recipe inside it, pixel for pixel"


def _stylized(project: Project, poll: Poll) -> Iterator[str]:
    from ganart.engine.style import batch
    from ganart.engine.style.events import ItemEnded
    from ganart.media.metadata import read_recipe

    photos = project.folder / "photos"
    photos.mkdir()
    shutil.copy(min(resource("sample/photos").iterdir()), photos)
    look = Look("built-in", (Ingredient(BUILT_IN[0].key),))
    output = Output(project.folder / "stylized", format="png", long_side=_LONG_SIDE_PX)
    plan = BatchPlan((photos,), (look,), output)
    for event in batch.start(plan, project.folder / "batches", poll):
        if isinstance(event, ItemEnded):
            if event.result is None:
                raise RuntimeError(f"a photo could not be stylized: {event.error}")
            yield f"A photo is stylized and opens with its recipe: {read_recipe(event.result).kind}"


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201  (this is its only window)
