"""What the coach says of made-up runs."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from ganart.engine.asks import Ask
from ganart.engine.errors import TrainingDiverged
from ganart.engine.gan import recipes
from ganart.engine.gan.coach import Coach
from ganart.engine.gan.config import LIVE
from ganart.engine.gan.curves import FILE_NAME, MEASURES, curve_log, read_curves
from ganart.engine.gan.events import (
    CheckpointSaved,
    CoachReport,
    Light,
    Mark,
    Marked,
    Measured,
    Stats,
)
from ganart.engine.gan.marks import read_marks
from ganart.project.runs import Runs
from tests.engine.runs import record_of, resume, start, until
from tests.engine.toys import of_kind, tiny

HEALTHY = {
    "likeness": 0.2,
    "frechet": 20.0,
    "kernel": 0.2,
    "density": 0.9,
    "coverage": 0.95,
    "diversity": 0.9,
    "copies": 0.0,
    "leak": 0.1,
}
KEYS = [
    "collapse",
    "discriminator",
    "oscillation",
    "nan",
    "memorising",
    "ignored",
    "leak",
    "plateau",
]


def stats(step, **changes):
    """Return averages of a run of 1000 steps."""
    values = {
        "pictures": 4 * step,
        "elapsed_s": step / 10,
        "loss_g": 1.4,
        "loss_d": 0.4,
        "score_real": 0.5,
        "score_fake": -0.4,
        "pictures_per_s": 40.0,
        "progress": step / 1000,
        "time_left_s": 1.0,
        "skipped_steps": 0,
    }
    return Stats(step, **values | changes)


def measured(step, **changes):
    return Measured(step, 4 * step, step / 10, **HEALTHY | changes)


def healthy(coach, until=500, begin=0):
    """Let the coach hear a run that goes well; return the last report."""
    report = None
    for step in range(begin + 1, until + 1):
        report = coach.hear(stats(step)) or report
        if step % 10 == 0:
            closer = measured(step, likeness=0.2 - 0.0002 * step)
            report = coach.hear(closer) or report
    return report


def hear(coach, events):
    """Return the last report of some events."""
    reports = [report for report in map(coach.hear, events) if report]
    return reports[-1] if reports else None


def light(report, key):
    return next(each for each in report.advice if each.key == key)


def test_all_lights_are_told_at_once_in_their_order():
    report = Coach(tiny()).hear(stats(1))
    assert [each.key for each in report.advice] == KEYS
    assert (report.step, report.pictures, report.elapsed_s) == (1, 4, 0.1)
    assert light(report, "collapse").light is Light.UNKNOWN


def test_a_healthy_run_has_good_lights_without_buttons():
    report = healthy(Coach(tiny(augment=0.2)), 900)
    assert {each.light for each in report.advice} == {Light.GOOD}
    assert not any(each.remedy for each in report.advice)


def test_a_report_comes_only_when_a_light_changes():
    coach = Coach(tiny())
    healthy(coach)
    assert hear(coach, [stats(501), measured(501), stats(502, loss_g=1.5)]) is None


def broken(key):
    """Return events of a run with a trouble from step 501 to 550."""
    steps = range(501, 551)
    match key:
        case "collapse":
            return [measured(step, diversity=0.1) for step in steps]
        case "discriminator":
            return [stats(step, score_real=6, score_fake=-6, loss_d=0.0) for step in steps]
        case "oscillation":
            return [stats(step, loss_g=3 + 2.9 * math.sin(step / 3)) for step in steps]
        case "nan":
            return [
                stats(step, loss_g=math.nan, loss_d=math.nan, skipped_steps=step - 500)
                for step in steps
            ]
        case "memorising":
            return [measured(step, copies=0.5) for step in steps]
        case "ignored":
            return [measured(step, coverage=0.4) for step in steps]
        case "leak":
            return [measured(step, leak=0.6) for step in steps]
    return [measured(step, likeness=0.7) for step in steps]


def swinging(begin, end, a_second):
    """Return averages of losses that swing; `a_second` of them come in a second."""
    return [
        stats(step, loss_g=3 + 2.9 * math.sin(step / 3), elapsed_s=step / a_second)
        for step in range(begin, end)
    ]


def test_swings_of_networks_that_look_for_their_balance_are_no_fault():
    coach = Coach(tiny())
    assert light(hear(coach, swinging(1, 140, 4)), "oscillation").light is Light.UNKNOWN
    assert light(hear(coach, swinging(140, 260, 4)), "oscillation").light is Light.ALARM


def test_swings_are_seen_early_in_a_long_run_and_in_one_that_began_with_a_model():
    assert light(hear(Coach(tiny()), swinging(1, 140, 1)), "oscillation").light is Light.ALARM
    learnt = Coach(tiny(), has_learnt=True)
    assert light(hear(learnt, swinging(1, 140, 4)), "oscillation").light is Light.ALARM


@pytest.mark.parametrize("key", KEYS)
def test_a_trouble_is_an_alarm_with_one_sentence_and_one_button(key):
    coach = Coach(tiny(augment=0.4), lambda: [100, 450, 540])
    healthy(coach)
    advice = light(hear(coach, broken(key)), key)
    assert advice.light is Light.ALARM
    assert advice.sentence.format(**dict(advice.values)).endswith(".")
    remedy = advice.remedy
    assert remedy.label
    assert remedy.change or remedy.audit
    if remedy.change:
        options = dict(remedy.change.options)
        assert options.keys() <= LIVE
        replace(tiny(augment=0.4), **options)  # all are allowed
    assert remedy.go_back_to == (450 if key in {"collapse", "nan", "plateau"} else None)


def test_a_collapse_without_checkpoints_is_met_by_calmer_learning():
    coach = Coach(tiny(architecture="dcgan", learning_rate=2e-4, learning_rate_end=2e-4))
    healthy(coach)
    remedy = light(hear(coach, broken("collapse")), "collapse").remedy
    assert remedy.go_back_to is None
    assert dict(remedy.change.options) == {
        "learning_rate": 1e-4,
        "learning_rate_end": 1e-4,
        "penalty": "r1",
    }


def test_pictures_are_alike_at_the_start_without_a_collapse():
    coach = Coach(tiny())
    report = hear(coach, [stats(50), measured(50, diversity=0.05)])
    assert light(report, "collapse").light is Light.UNKNOWN
    assert hear(coach, [stats(200), measured(200, diversity=0.1)]) is None  # still rising
    report = hear(coach, [stats(250), measured(250, diversity=0.05)])
    assert light(report, "collapse").light is Light.ALARM


@pytest.mark.parametrize("before", [0.04, 0.5, 1.5])
def test_a_run_of_a_few_steps_has_not_become_alike(before):
    """What random weights draw is more varied in some architectures."""
    coach = Coach(tiny())
    begin = [stats(20, progress=0.2), measured(20, diversity=before)]
    report = hear(coach, [*begin, stats(90, progress=1.0), measured(90, diversity=0.03)])
    assert light(report, "collapse").light is Light.UNKNOWN


def test_what_random_weights_drew_is_nothing_to_fall_from():
    coach = Coach(tiny())
    report = hear(coach, [stats(1), measured(1, diversity=1.5), stats(300), measured(300)])
    assert light(report, "collapse").light is Light.GOOD
    assert light(hear(coach, broken("collapse")), "collapse").light is Light.ALARM


def test_a_model_that_loses_its_pictures_at_once_is_told():
    coach = Coach(tiny(), has_learnt=True)
    begin = [stats(20, progress=0.02), measured(20, diversity=0.9)]
    report = hear(coach, [*begin, stats(50, progress=0.05), measured(50, diversity=0.1)])
    assert light(report, "collapse").light is Light.ALARM


def test_a_model_of_a_more_varied_folder_may_become_as_varied_as_this_one():
    """Its pictures are those of the folder that it learnt before, when a run begins with it."""
    coach = Coach(tiny(), has_learnt=True)
    begun = [stats(20), measured(20, diversity=1.6)]
    report = hear(
        coach, [*begun, *(each for n in range(21, 90) for each in (stats(n), measured(n)))]
    )
    assert light(report, "collapse").light is Light.GOOD


class Counting(list):
    """A list that counts what is looked at."""

    looks = 0

    def __iter__(self):
        for each in super().__iter__():
            self.looks += 1
            yield each

    def __reversed__(self):
        for each in super().__reversed__():
            self.looks += 1
            yield each


def test_listening_costs_no_more_the_longer_a_run_is():
    """The training stands still meanwhile, four times a second."""
    coach = Coach(tiny(augment=0.2))
    healthy(coach, 900)
    readings = coach._story.readings = Counting(coach._story.readings)
    for step in range(901, 951):
        coach.hear(stats(step))
    assert readings.looks == 0
    coach.hear(measured(951))
    assert 0 < readings.looks < 2 * len(readings)  # once, for how the likeness went


def test_a_button_leads_to_a_checkpoint_that_is_kept():
    """Older ones are thinned out by newer ones, also by that at the end."""
    kept = [100, 450]
    coach = Coach(tiny(), lambda: kept)
    healthy(coach)
    assert light(hear(coach, broken("collapse")), "collapse").remedy.go_back_to == 450
    kept[:] = [100, 560]
    saved = CheckpointSaved(Path("a.safetensors"), 560, 2240, 1, None, best=False)
    assert light(coach.hear(saved), "collapse").remedy.go_back_to == 100
    assert coach.hear(saved) is None


def test_the_alarm_goes_out_once_the_trouble_was_over_for_a_while():
    coach = Coach(tiny())
    healthy(coach)
    hear(coach, broken("collapse"))
    assert hear(coach, [stats(551), measured(551)]) is None
    report = healthy(coach, 600, begin=551)
    assert light(report, "collapse").light is Light.GOOD


def test_what_was_before_a_change_does_not_count():
    coach = Coach(tiny(discriminator_rate=10.0))
    healthy(coach)
    remedy = light(hear(coach, broken("discriminator")), "discriminator").remedy
    assert dict(remedy.change.options) == {"discriminator_rate": 1.0}
    change = Marked(550, 2200, 55.0, Mark.CHANGED, "", remedy.change.options)
    assert coach.hear(change) is None
    report = hear(coach, [stats(step) for step in range(551, 600)])
    assert light(report, "discriminator").light is Light.GOOD


def test_losses_that_say_nothing_of_who_leads_give_no_light():
    for config in (tiny(loss="wasserstein"), tiny(architecture="vae")):
        coach = Coach(config)
        report = hear(coach, [stats(step, score_real=50) for step in range(1, 100)])
        assert light(report, "discriminator").light is Light.UNKNOWN


def test_a_hinge_discriminator_wins_when_nothing_is_left_to_learn():
    coach = Coach(tiny(loss="hinge"))
    report = hear(coach, [stats(step, loss_d=0.001) for step in range(1, 100)])
    assert light(report, "discriminator").light is Light.ALARM


def test_pictures_that_are_not_good_yet_are_no_leak():
    coach = Coach(tiny(augment=0.4))
    report = hear(coach, [stats(300), measured(300, leak=0.9, likeness=0.5)])
    assert light(report, "leak").light is Light.UNKNOWN


def test_copies_are_shown_where_more_augmentation_would_not_help():
    for config in (tiny(augment=0.8), tiny(architecture="vae"), tiny(augment_target=0.6)):
        coach = Coach(config)
        report = hear(coach, [stats(1), measured(1, copies=0.9)])
        assert light(report, "memorising").remedy.audit


def test_a_run_that_stands_still_may_be_refined():
    coach = Coach(tiny())
    healthy(coach)
    report = hear(coach, [each for n in range(501, 651) for each in (stats(n), measured(n))])
    advice = light(report, "plateau")
    assert advice.light is Light.WATCH or advice.light is Light.ALARM


def test_measures_that_were_left_out_are_not_judged():
    left_out = dict.fromkeys(HEALTHY, math.nan)
    report = hear(Coach(tiny(augment=0.5)), [stats(500), measured(500, **left_out)])
    assert {each.light for each in report.advice} <= {Light.UNKNOWN, Light.GOOD}


def test_a_run_that_goes_on_remembers_its_curves(tmp_path):
    with (
        curve_log(tmp_path, 0, Stats, FILE_NAME) as curves,
        curve_log(tmp_path, 0, Measured, MEASURES) as measures,
    ):
        for step in range(1, 401):
            curves.add(stats(step))
            if step % 10 == 0:
                measures.add(measured(step, likeness=1 - step / 1000))
    coach = Coach(tiny())
    coach.recall(tmp_path)
    report = coach.hear(stats(401))
    assert light(report, "collapse").light is Light.GOOD
    assert light(report, "plateau").light is Light.GOOD


def test_a_run_without_curves_has_nothing_to_remember(tmp_path):
    Coach(tiny()).recall(tmp_path)


def test_a_run_tells_its_lights(project):
    assert [*of_kind(start(project, tiny()), CoachReport)]


def test_broken_numbers_are_shown_and_the_error_names_the_checkpoint(project, monkeypatch):
    events = start(project, tiny(pictures=4000), lambda: Ask.SAVE)
    until(events, CheckpointSaved)
    usual = recipes.LOSSES["relativistic"]
    broken = replace(usual, generator=lambda *pair: usual.generator(*pair) * math.nan)
    monkeypatch.setitem(recipes.LOSSES, "relativistic", broken)
    with pytest.raises(TrainingDiverged) as caught:
        list(events)
    folder = Runs(project.runs_folder).folder(record_of(project).id)
    kept = caught.value.details["checkpoint"]
    assert (folder / "checkpoints" / f"{kept:09d}.safetensors").is_file()
    assert str(kept) in str(caught.value)
    assert math.isnan(read_curves(folder)["loss_g"][-1])
    troubles = [each for each in read_marks(folder) if each.mark is Mark.TROUBLE]
    assert any("thrown away" in each.text for each in troubles)
    monkeypatch.undo()
    assert [*of_kind(resume(project, record_of(project).id, pictures=8), CoachReport)]
