"""Cycles of objects are freed in the window's thread, whoever makes garbage."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject

from ganart.ui.collector import Collector


class Cycle(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture
def collector(qtbot):
    gc.collect()
    collector = Collector()
    yield collector
    collector.stop()
    gc.disable()  # as all tests of the window do


def make_garbage() -> None:
    for _ in range(20_000):
        each: list[object] = []
        each.append(each)


def test_another_thread_frees_nothing_and_the_window_does(collector, qtbot):
    freed_in = []
    weakref.finalize(Cycle(), lambda: freed_in.append(threading.current_thread()))
    worker = threading.Thread(target=make_garbage)
    worker.start()
    worker.join()
    assert freed_in == []
    qtbot.waitUntil(lambda: bool(freed_in))
    assert freed_in == [threading.main_thread()]


def test_python_takes_over_at_the_end(collector):
    collector.spare_what_is_loaded()
    collector.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
