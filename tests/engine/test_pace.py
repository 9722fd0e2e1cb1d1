from ganart.engine.gan.pace import Pace


def test_cheap_work_is_done_at_the_interval():
    pace = Pace(10.0, share=0.1)
    assert pace.due(0.0)
    pace.done(0.0, cost_s=0.5)
    assert not pace.due(9.9)
    assert pace.due(10.0)


def test_dear_work_is_done_less_often():
    pace = Pace(10.0, share=0.1)
    pace.done(5.0, cost_s=3.0)
    assert not pace.due(34.9)
    assert pace.due(35.0)


def test_the_first_time_can_be_later():
    pace = Pace(60.0, share=1.0, first_at_s=100.0)
    assert not pace.due(99.0)
    assert pace.due(100.0)


def test_long_runs_do_not_heap_up_results():
    pace, elapsed, count = Pace(10.0, share=0.1, growth=0.01), 0.0, 0
    while elapsed < 8 * 3600:
        if pace.due(elapsed):
            pace.done(elapsed, cost_s=0.1)
            count += 1
        elapsed += 1.0
    assert 400 < count < 480
