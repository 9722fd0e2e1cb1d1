"""A run that goes on is judged as if it had never been interrupted."""

from dataclasses import replace

from ganart.engine.gan.coach import Coach
from ganart.engine.gan.curves import curve_log
from ganart.engine.gan.events import Light, Mark, Marked, Stats
from ganart.engine.gan.marks import add_mark
from tests.engine.toys import tiny


def row(step, lead):
    """Return averages of a run of 1000 steps, with so much lead of the discriminator."""
    return Stats(
        step=step,
        pictures=4 * step,
        elapsed_s=float(step),
        loss_g=1.0,
        loss_d=0.5,
        score_real=lead,
        score_fake=0.0,
        pictures_per_s=4.0,
        progress=step / 1000,
        time_left_s=0.0,
        skipped_steps=0,
    )


def light(report, key):
    return next(each.light for each in report.advice if each.key == key)


def test_what_was_before_a_change_is_not_held_against_the_run(tmp_path):
    before = [row(step, 20.0) for step in range(1, 41)]
    change = Marked(40, 160, 40.0, Mark.CHANGED, "calmer", (("learning_rate", 1e-4),))
    after = [row(step, 1.0) for step in range(41, 46)]
    with curve_log(tmp_path) as curves:
        for each in before + after:
            curves.add(each)
    add_mark(tmp_path, change)
    resumed = Coach(tiny(learning_rate=1e-4))
    resumed.recall(tmp_path)
    assert light(resumed.hear(row(46, 1.0)), "discriminator") is Light.UNKNOWN  # too early
    reports = filter(None, (resumed.hear(row(step, 1.0)) for step in range(47, 80)))
    lights = [light(report, "discriminator") for report in reports]
    assert lights == [Light.GOOD]


def test_what_was_before_an_interruption_counts(tmp_path):
    with curve_log(tmp_path) as curves:
        for step in range(1, 41):
            curves.add(row(step, 20.0))
    resumed = Coach(tiny())
    resumed.recall(tmp_path)
    assert light(resumed.hear(row(41, 20.0)), "discriminator") is Light.ALARM
    again = Coach(tiny())
    again.recall(tmp_path)
    assert light(again.stand(), "discriminator") is Light.ALARM


def test_of_a_run_without_curves_nothing_is_said(tmp_path):
    fresh = Coach(tiny())
    fresh.recall(tmp_path)
    assert fresh.stand() is None


def test_a_run_that_was_prolonged_is_judged_by_how_it_does_now(tmp_path):
    """The end of its former budget lies in the midst of the new one."""
    with curve_log(tmp_path) as curves:
        for step in range(801, 1001):
            curves.add(row(step, 20.0))
    resumed = Coach(tiny(pictures=6000))  # it was 4000
    resumed.recall(tmp_path)
    now = (replace(row(step, 1.0), progress=step / 1500) for step in range(1001, 1101))
    reports = [*filter(None, map(resumed.hear, now))]
    assert light(reports[-1], "discriminator") is Light.GOOD
