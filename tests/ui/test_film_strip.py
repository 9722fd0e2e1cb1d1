"""The strip of frames in the question which frames of a film are wanted."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event
from time import sleep

import pytest
from PIL import Image
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from ganart.engine.sources.frame_choice import FrameChoice
from ganart.media import glimpses
from ganart.media.glimpses import Glimpse
from ganart.ui.dialogs.film_strip import FRAMES
from ganart.ui.dialogs.frames import FramesDialog
from ganart.workers.film_strip import shown_frames
from ganart.workers.probing import FilmFound
from ganart.workers.session import Session


def greys(path: Path, count: int) -> Path:
    """Write an animation of which each picture has a grey of its own."""
    pictures = [Image.new("RGB", (16, 9), (number, number, number)) for number in range(count)]
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=40)
    return path


@pytest.fixture
def film(tmp_path: Path) -> FilmFound:
    return FilmFound(greys(tmp_path / "film.gif", 100), 100, 25.0)


def asked(
    qtbot: QtBot,
    session: Session,
    films: Sequence[FilmFound],
    choice: FrameChoice = FrameChoice(),  # noqa: B008  # frozen
) -> FramesDialog:
    dialog = FramesDialog(films, session, choice)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def shown(dialog: FramesDialog) -> dict[int, int]:
    """Return the greys of the frames that can be seen."""
    cells = dialog.strip.cells
    return {each: cells._images[each].pixelColor(3, 3).red() for each in cells.shown()}


def test_frames_stand_for_all_that_a_choice_takes() -> None:
    assert shown_frames(None, 100, 6) == [0]
    assert shown_frames(FrameChoice(every=10), 100, 6) == [0, 20, 40, 50, 70, 90]
    assert shown_frames(FrameChoice(every=40), 100, 6) == [0, 40, 80]
    assert shown_frames(FrameChoice(every=10, most=4), 100, 6) == [0, 10, 20, 30]
    assert shown_frames(FrameChoice(every=1, difference=0.3, most=2), 101, 6) == [
        0, 20, 40, 60, 80, 100,
    ]  # fmt: skip
    assert shown_frames(FrameChoice(every=10), 0, 6) == [0, 10, 20, 30, 40, 50]
    assert shown_frames(FrameChoice(), 1, 6) == [0]


def test_the_strip_shows_what_would_be_taken(
    qtbot: QtBot, open_session: Session, film: FilmFound
) -> None:
    dialog = asked(qtbot, open_session, [film], FrameChoice(every=10))
    qtbot.waitUntil(lambda: len(shown(dialog)) == FRAMES)
    assert shown(dialog) == {each: each for each in (0, 20, 40, 50, 70, 90)}
    assert dialog.strip.caption.text() == "Some of those that would be taken."
    assert dialog.strip.cells.accessibleDescription() == "1, 21, 41, 51, 71, 91"
    dialog.every.setValue(40)
    qtbot.waitUntil(lambda: shown(dialog) == {0: 0, 40: 40, 80: 80})
    assert dialog.strip.caption.text() == "All that would be taken."
    dialog.scenes.click()
    qtbot.waitUntil(lambda: list(shown(dialog)) == [0, 20, 40, 59, 79, 99])
    assert "scenes" in dialog.strip.caption.text()
    dialog.first.click()
    assert shown(dialog) == {0: 0}
    assert dialog.strip.caption.text() == "The first picture."


def test_frames_have_their_numbers_as_tips(
    qtbot: QtBot, open_session: Session, film: FilmFound, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = asked(qtbot, open_session, [film], FrameChoice(every=10))
    tips: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _widget: tips.append(text))
    place = dialog.strip.cells._cell(1).center()
    qtbot.waitUntil(dialog.isVisible)
    event = QHelpEvent(QHelpEvent.Type.ToolTip, place, dialog.strip.cells.mapToGlobal(place))
    dialog.strip.cells.event(event)
    assert tips == ["Frame 21   ·   0.8 s"]
    dialog.reject()


def test_of_several_films_the_first_is_shown_by_name(
    qtbot: QtBot, open_session: Session, film: FilmFound, tmp_path: Path
) -> None:
    dialog = asked(qtbot, open_session, [film, FilmFound(tmp_path / "b.gif", 9, 25.0)])
    assert dialog.strip.caption.text() == "film.gif: Some of those that would be taken."
    dialog.reject()


def test_closing_the_question_ends_the_reading(
    qtbot: QtBot, open_session: Session, film: FilmFound, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = Event(), Event()

    def endless(_path: Path, _numbers: object, stop: Callable[[], bool]) -> Iterator[Glimpse]:
        begun.set()
        while not stop():
            sleep(0.001)
        ended.set()
        yield from ()

    monkeypatch.setattr(glimpses, "glimpses", endless)
    dialog = asked(qtbot, open_session, [film])
    qtbot.waitUntil(begun.is_set)
    dialog.reject()
    qtbot.waitUntil(ended.is_set)


def test_a_film_that_is_damaged_is_told_in_a_sentence(
    qtbot: QtBot, open_session: Session, film: FilmFound
) -> None:
    film.path.write_bytes(b"GIF89a")
    dialog = asked(qtbot, open_session, [film])
    qtbot.waitUntil(lambda: "cannot be played" in dialog.strip.caption.text())
    assert dialog.take.isEnabled()
    dialog.reject()


def test_a_film_that_breaks_off_shows_what_there_is(
    qtbot: QtBot, open_session: Session, tmp_path: Path
) -> None:
    path = greys(tmp_path / "film.gif", 30)
    dialog = asked(qtbot, open_session, [FilmFound(path, 300, 25.0)], FrameChoice(every=10))
    qtbot.waitUntil(lambda: "cannot be read" in dialog.strip.caption.text())
    assert 0 in shown(dialog)
    dialog.reject()
