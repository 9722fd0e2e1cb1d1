"""The tour: six steps through all pages, by mouse and keys, left at any moment."""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ganart.ui.main_window import MainWindow
from ganart.ui.tour import Tour
from ganart.workers.session import Session
from tests.ui.studio import WAIT_MS


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    monkeypatch.setenv("GANART_HOME", str(tmp_path))
    session = Session()
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    yield window
    assert session.shutdown(30)


def covers_nothing(tour: Tour) -> bool:
    """Whether the bubble lies in the window, and over nothing that is spoken of."""
    bubble = tour.bubble.geometry()
    return tour.rect().contains(bubble) and not any(map(bubble.intersects, tour.holes))


def place_of(window: MainWindow, name: str) -> QRect:
    widget = window.pages.findChild(QWidget, name)
    assert widget is not None
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def test_it_leads_through_every_page_of_the_sample_project(
    qtbot: QtBot, window: MainWindow
) -> None:
    tour = window.tour.tour
    window.pages.welcome.tour_card.click()
    assert window.windowTitle().startswith("Sample")
    assert tour.isVisible()
    shown = []
    for number in range(6):
        assert f"{number + 1} of 6" in tour.number.text()
        shown.append(type(window.pages.currentWidget()).__name__)
        assert tour.rect().contains(tour.bubble.geometry())
        assert tour.title.text() in tour.accessibleDescription()
        qtbot.keyClick(tour, Qt.Key.Key_Return)
    assert not tour.isVisible()
    assert shown == [
        "DatasetPage", "TrainPage", "ExplorePage", "StylizePage", "GalleryPage", "DatasetPage",
    ]  # fmt: skip
    qtbot.waitUntil(lambda: not window.pages.currentWidget().isHidden(), timeout=WAIT_MS)


def test_it_goes_back_ends_at_any_moment_and_can_be_taken_again(
    qtbot: QtBot, window: MainWindow
) -> None:
    tour = window.tour.tour
    window.commands.tour.trigger()
    tour.onward.click()
    tour.onward.click()
    assert tour.place() == 2
    qtbot.keyClick(tour, Qt.Key.Key_Left)
    assert tour.place() == 1
    assert not tour.end.isHidden()
    qtbot.keyClick(tour, Qt.Key.Key_Escape)
    assert not tour.isVisible()
    window.commands.tour.trigger()
    assert tour.place() == 0
    assert not tour.back.isEnabled()
    tour.end.click()
    assert not tour.isVisible()


def test_it_follows_the_window_and_never_covers_what_it_speaks_of(
    qtbot: QtBot, window: MainWindow
) -> None:
    tour = window.tour.tour
    window.commands.tour.trigger()
    for size in ((1280, 800), (900, 600), (2000, 1200)):
        window.resize(*size)
        qtbot.waitUntil(lambda: tour.size() == window.size())
        assert tour.holes
        assert covers_nothing(tour)
    tour.leave()


def test_the_bubble_is_placed_at_once_on_a_large_screen(qtbot: QtBot, window: MainWindow) -> None:
    """As the window is resized it is placed anew again and again; all places would take 0.7 s."""
    tour = window.tour.tour
    window.resize(3840, 2160)
    window.commands.tour.trigger()
    qtbot.waitUntil(lambda: tour.size() == window.size() and bool(tour.holes))
    took = []
    for width in (3839, 3838, 3837):
        begun = perf_counter()
        window.resize(width, 2160)
        took.append(perf_counter() - begun)
    assert covers_nothing(tour)
    assert min(took) < 0.25
    tour.leave()


@pytest.mark.parametrize("size", [(1000, 700), (1280, 800)])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_every_step_shows_the_controls_that_it_speaks_of(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int], direction: Qt.LayoutDirection
) -> None:
    tour = window.tour.tour
    window.setLayoutDirection(direction)
    window.resize(*size)
    window.commands.tour.trigger()
    spoken_of = (
        ["dataset-add", "dataset-tabs"], ["train-start"], ["explore-tabs"], ["stylize-modes"], [],
    )  # fmt: skip
    for names in spoken_of:
        qtbot.waitUntil(
            lambda names=names: all(
                any(hole.intersects(place_of(window, name)) for hole in tour.holes)
                for name in names
            )
        )
        assert covers_nothing(tour)
        rail = window.rail.geometry().translated(window.centralWidget().pos())
        assert not tour.bubble.geometry().intersects(rail)
        tour.go_on()
    tour.leave()


def test_keys_do_not_reach_the_page_below(qtbot: QtBot, window: MainWindow) -> None:
    tour = window.tour.tour
    window.commands.tour.trigger()
    for key in (Qt.Key.Key_X, Qt.Key.Key_Tab, Qt.Key.Key_Delete):
        qtbot.keyClick(tour, key)
    assert tour.isVisible()
    assert tour.hasFocus() or not window.isActiveWindow()
    tour.leave()
