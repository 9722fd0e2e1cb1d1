"""The mode for films: what is missing, how far it is, how much it flickers, where it went."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from ganart.engine.asks import Ask, Poll
from ganart.engine.style.events import FilmDone, FilmProgress, Preview
from ganart.engine.style.looks import Ingredient, Look
from ganart.media.pictures import save_png
from ganart.ui.pages.film import FilmMode
from ganart.ui.pages.film_setup import is_film
from ganart.ui.pages.stylize_choice import LookChoice
from ganart.workers.films import FilmPlan
from ganart.workers.paintings import PaintStyle
from ganart.workers.session import Session
from tests.films import save_animation
from tests.ui.studio import WAIT_MS

pytestmark = pytest.mark.usefixtures("no_quick_looks")
PIXELS = np.full((8, 8, 3), 90, np.uint8)


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> list[tuple[FilmPlan, Path]]:
    """Put a job that makes one frame until it is stopped in place of films; return its orders."""
    orders: list[tuple[FilmPlan, Path]] = []

    def stylize(plan: FilmPlan, target: Path):
        orders.append((plan, target))

        def job(poll: Poll) -> Iterator[object]:
            yield FilmProgress(3, 8, 1.25, 6.5, 40.0)
            yield Preview(PIXELS, 3)
            beat = threading.Event()
            while poll() is not Ask.STOP:
                beat.wait(0.005)
                yield FilmProgress(3, 8, 1.25, 6.5, 40.0)
            yield FilmDone(target, 3, 1, 1.25, 6.5, stopped=True)

        return job

    monkeypatch.setattr("ganart.ui.pages.film.stylize_film", stylize)
    return orders


@pytest.fixture
def loop(tmp_path: Path) -> Path:
    path = tmp_path / "Schleife.webp"
    save_animation([PIXELS, PIXELS // 2], path, 5.0)
    return path


@pytest.fixture
def mode(open_session: Session, plans, qtbot: QtBot) -> FilmMode:
    mode = FilmMode(open_session)
    qtbot.addWidget(mode)
    mode.resize(1100, 650)
    mode.show()
    return mode


def choose_look(mode: FilmMode, choice: LookChoice) -> None:
    mode.setup.panel.show_choice(choice)
    mode.setup._on_look()


def test_what_is_missing_is_said(mode, loop):
    assert "film" in mode.status.state.text()
    mode.set_film(loop)
    assert "look" in mode.status.state.text()
    assert not mode.start_button.isEnabled()
    choose_look(mode, LookChoice("built-in", built_in=("starry",)))
    assert mode.start_button.isEnabled()
    assert mode.setup.format.currentData() == ".webp"


def test_a_film_is_stylized_into_the_artworks(mode, loop, plans, open_session, qtbot):
    mode.set_film(loop)
    choose_look(mode, LookChoice("built-in", built_in=("starry",)))
    mode.start_button.click()
    qtbot.waitUntil(lambda: "frame 3 of 8" in mode.status.facts.text(), timeout=WAIT_MS)
    assert "1.3" in mode.status.facts.text()
    assert "6.5" in mode.status.facts.text()
    assert "left" in mode.status.state.text()
    assert not mode.view.image().isNull()
    mode.pause_button.click()
    assert mode.status.state.text() == "Paused."
    mode.stop_button.click()
    qtbot.waitUntil(lambda: open_session.styling.run("film") is None, timeout=WAIT_MS)
    assert "as far as it is" in mode.status.state.text()
    assert "could not be read: 1" in mode.status.facts.text()
    with qtbot.waitSignal(mode.page_wanted, timeout=WAIT_MS) as wanted:
        mode.gallery_button.click()
    assert wanted.args == ["gallery"]
    plan, target = plans[0]
    assert plan == FilmPlan(loop, Look("built-in", (Ingredient("starry"),)), ".webp")
    assert target == open_session.project.artworks_folder / "Schleife Starry strokes.webp"


def test_a_film_stopped_before_its_first_frame_says_so(
    mode, loop, monkeypatch, open_session, qtbot
):
    def stylize(plan: FilmPlan, target: Path):
        return lambda poll: iter([FilmDone(None, 0, 0, 0.0, 0.0, stopped=True)])

    monkeypatch.setattr("ganart.ui.pages.film.stylize_film", stylize)
    mode.set_film(loop)
    choose_look(mode, LookChoice("built-in", built_in=("starry",)))
    mode.start_button.click()
    qtbot.waitUntil(lambda: open_session.styling.run("film") is None, timeout=WAIT_MS)
    assert "before the first frame" in mode.notice.text()
    assert not mode.gallery_button.isVisible()


def test_only_paintings_can_be_painted_frame_by_frame(mode, loop, tmp_path):
    mode.set_film(loop)
    choose_look(mode, LookChoice("picture", paintings=(PaintStyle(tmp_path / "style.png"),)))
    mode.setup.painted.setChecked(True)
    assert mode.setup.plan().iterations > 0
    choose_look(mode, LookChoice("built-in", built_in=("starry",)))
    assert not mode.setup.painted.isEnabled()
    assert mode.setup.plan().iterations == 0


def test_what_moves_is_told_from_what_stands(loop, tmp_path):
    still = tmp_path / "still.png"
    save_png(PIXELS, still)
    assert is_film(loop)
    assert is_film(tmp_path / "a.MP4")
    assert not is_film(still)
