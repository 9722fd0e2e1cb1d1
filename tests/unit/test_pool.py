import threading

import pytest

from ganart.datasets.pool import MAX_THREADS, Stop, in_order


def never():
    return None


def test_results_come_in_order_however_long_each_takes():
    gates = {number: threading.Event() for number in range(2)}

    def work(number):
        if number == 0:
            assert gates[0].wait(20)
        gates[0].set()
        return number * number

    assert list(in_order(work, range(50), Stop(never))) == [(n, n * n) for n in range(50)]


def test_only_a_few_items_are_taken_ahead():
    taken = []

    def items():
        for number in range(1000):
            taken.append(number)
            yield number

    results = in_order(str, items(), Stop(never))
    next(results)
    assert len(taken) <= 2 * MAX_THREADS + 1
    results.close()


def test_an_ask_handed_out_once_stops_for_good():
    asks = iter([None, None, "stop"])
    stop = Stop(lambda: next(asks, None))
    assert len(list(in_order(str, range(1000), stop))) == 2
    assert stop()


def test_stopping_does_not_wait_for_a_slow_item(monkeypatch):
    monkeypatch.setattr("ganart.datasets.pool._PATIENCE_S", 0.01)
    release = threading.Event()
    asks = iter([None, "stop"])

    def work(_):
        assert release.wait(20)

    assert list(in_order(work, range(3), Stop(lambda: next(asks, None)))) == []
    release.set()


def test_errors_of_the_work_arrive():
    with pytest.raises(ZeroDivisionError):
        list(in_order(lambda number: 1 // number, [1, 0, 1], Stop(never)))
