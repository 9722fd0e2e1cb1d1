"""The mailbox between two threads: the newest of each kind, fairly, until it is closed."""

import threading

from ganart.workers.mailbox import LatestMailbox


def test_putting_replaces_what_was_not_taken():
    box: LatestMailbox[str] = LatestMailbox()
    box.put("a", "old")
    box.put("b", "other")
    box.put("a", "new")
    # "a" keeps its turn, so that a busy slider never starves the grid beside it.
    assert [box.take(), box.take()] == ["new", "other"]


def test_the_newest_come_first_where_that_is_wanted():
    box: LatestMailbox[int] = LatestMailbox(newest_first=True)
    for number in range(3):
        box.put(number, number)
    assert [box.take() for _ in range(3)] == [2, 1, 0]


def test_a_waiting_thread_gets_what_is_put_and_is_let_go_by_closing():
    box: LatestMailbox[int] = LatestMailbox()
    taken: list[int | None] = []
    first = threading.Event()

    def take():
        while (number := box.take()) is not None:
            taken.append(number)
            first.set()

    thread = threading.Thread(target=take)
    thread.start()
    box.put("a", 1)
    assert first.wait(10)
    box.close()
    thread.join(10)
    assert not thread.is_alive()
    assert taken == [1]


def test_cleared_and_closed_boxes_give_nothing():
    box: LatestMailbox[int] = LatestMailbox()
    box.put("a", 1)
    box.clear()
    box.put("b", 2)
    assert box.take() == 2
    box.put("c", 3)
    box.close()
    assert box.take() is None


def test_what_fits_is_taken_before_its_turn():
    box: LatestMailbox[int] = LatestMailbox()
    for number in (1, 4, 6):
        box.put(number, number)
    assert box.take_now(lambda number: number % 2 == 0) == 4
    assert box.take_now(lambda number: number > 6) is None
    assert [box.take(), box.take()] == [1, 6]
