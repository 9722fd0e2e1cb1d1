"""The narrator: what it says of scripted curves, and that it is true of a real one."""

import csv
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import mean

import numpy as np
import pytest

from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.events import (
    Advice,
    CoachReport,
    Light,
    Mark,
    Marked,
    Measured,
    Phase,
    PhaseChanged,
    Stats,
    TrainEvent,
)
from ganart.engine.gan.lesson.chapters import CHAPTERS
from ganart.engine.gan.lesson.narrator import LEAST_S, READING_S, Narrator, narrated
from ganart.engine.gan.lesson.records import Said
from ganart.engine.gan.lesson.swings import Swings

STEP_S = 0.25
FC = CHAPTERS[0].config()
GROWING = CHAPTERS[3].config()
LENGTH_S = 180.0
REAL_CURVE = Path(__file__).with_name("lesson_fc_curve.csv")


def stats(at_s: float, d: float, g: float, lead: float = 2.0, length_s: float = LENGTH_S) -> Stats:
    """Return a row of the curves at one time."""
    return Stats(
        step=round(10 * at_s),
        pictures=round(640 * at_s),
        elapsed_s=at_s,
        loss_g=g,
        loss_d=d,
        score_real=lead / 2,
        score_fake=-lead / 2,
        pictures_per_s=640.0,
        progress=min(1.0, at_s / length_s),
        time_left_s=length_s - at_s,
        skipped_steps=0,
    )


def measured(at_s: float, diversity: float, likeness: float = 0.5) -> Measured:
    """Return a measurement that was made at one time."""
    nan = math.nan
    step, pictures = round(10 * at_s), round(640 * at_s)
    return Measured(
        step, pictures, at_s, likeness, nan, nan, nan, nan, diversity, copies=0.0, leak=nan
    )


def changed(at_s: float, **options: object) -> Marked:
    """Return the marker of other options."""
    return Marked(1, 64, at_s, Mark.CHANGED, "Calmer", tuple(options.items()))


def reported(at_s: float, key: str, light: Light) -> CoachReport:
    """Return a report of one light."""
    return CoachReport(1, 64, at_s, (Advice(key, light, "…"),))


def curve(
    seconds: float, d: Callable[[float], float], g: Callable[[float], float], **more: float
) -> Iterator[Stats]:
    """Yield rows four times a second, as a training does."""
    for number in range(1, round(seconds / STEP_S)):
        at_s = number * STEP_S
        yield stats(at_s, d(at_s), g(at_s), **more)


def tell(events: object, config: TrainConfig = FC) -> list[Said]:
    """Return what is said of a training; every sentence can be shown with its numbers."""
    narrator = Narrator(config)
    said = [each for each in narrated(events, narrator) if isinstance(each, Said)]
    for each in said:
        assert "{" not in each.sentence.format_map(dict(each.values))
    return said


def keys(said: list[Said]) -> list[str]:
    return [each.key for each in said]


def merged(curve: Iterator[Stats], *others: TrainEvent) -> Iterator[TrainEvent]:
    """Yield events in the order of their times."""
    waiting = sorted(others, key=lambda each: each.elapsed_s)
    for row in curve:
        while waiting and waiting[0].elapsed_s <= row.elapsed_s:
            yield waiting.pop(0)
        yield row


def seesaw(period_s: float) -> tuple[Callable[[float], float], Callable[[float], float]]:
    """Return losses that swing against each other."""
    turn = 2 * math.pi / period_s
    return (
        lambda at_s: 0.45 + 0.2 * math.cos(turn * at_s),
        lambda at_s: 1.5 - 0.6 * math.cos(turn * at_s),
    )


def steady(value: float) -> Callable[[float], float]:
    return lambda _at_s: value


# The curves


def test_a_swing_is_told_turn_by_turn_and_then_as_what_it_is():
    said = tell(curve(120, *seesaw(20.0)))
    assert keys(said)[0] == "opening"
    assert {"falls", "rises", "swing"} <= set(keys(said))
    falling, rising = seesaw(20.0)[0], {"falls": -1, "rises": 1}
    for each in said:
        if each.key in rising:
            slope = falling(each.elapsed_s) - falling(each.elapsed_s - 3)
            assert slope * rising[each.key] > 0
    swing = next(each for each in said if each.key == "swing")
    assert dict(swing.values)["d"] == pytest.approx(0.45, abs=0.05)
    assert dict(swing.values)["g"] == pytest.approx(1.5, abs=0.15)


def test_the_other_loss_is_named_only_where_it_answers():
    d, g = seesaw(24.0)
    answered = [each for each in tell(curve(60, d, g)) if each.key == "falls"]
    alone = [each for each in tell(curve(60, d, steady(1.5))) if each.key == "falls"]
    assert answered
    assert alone
    assert all("other" in dict(each.values) for each in answered)
    assert not any("other" in dict(each.values) for each in alone)


def test_a_far_swing_is_a_fault_where_the_coach_says_so():
    said = tell(merged(curve(90, *seesaw(20.0)), reported(5, "oscillation", Light.ALARM)))
    swing = next(each for each in said if each.key == "swing")
    assert "has become a fault" in swing.sentence


def test_a_steady_curve_is_no_swing_also_under_noise():
    random = np.random.default_rng(5)

    def noisy(_at_s: float) -> float:
        return 0.45 + 0.06 * float(random.standard_normal())

    for d in (steady(0.45), noisy):
        said = tell(curve(120, d, steady(1.5)))
        assert set(keys(said)) == {"opening", "standing"}


def test_sentences_can_be_read_before_the_next_one_comes():
    times = [each.elapsed_s for each in tell(curve(170, *seesaw(11.0)))]
    gaps = np.diff(times)
    assert len(gaps) > 5
    assert gaps.min() >= LEAST_S
    assert np.median(gaps) >= READING_S


def test_a_discriminator_that_wins_is_told_and_how_long_and_when_it_is_over():
    def d(at_s: float) -> float:
        return 0.02 if at_s < 60 else 0.5

    def rows() -> Iterator[Stats]:
        for row in curve(90, d, lambda at_s: 5.0 if at_s < 60 else 1.4):
            lead = 9.0 if row.elapsed_s < 60 else 1.0
            yield replace(row, score_real=lead / 2, score_fake=-lead / 2)

    said = tell(rows())
    won = [each for each in said if each.key == "wins"]
    assert won[0].elapsed_s < 15
    assert dict(won[0].values) == {"loss": 0.02, "other": 5.0}
    assert dict(won[-1].values)["seconds"] >= 30
    assert won[-1].elapsed_s <= 60
    back = next(each for each in said if each.key == "back")
    assert 60 < back.elapsed_s < 70


def test_a_discriminator_that_guesses_is_told_with_the_loss_of_its_coin():
    said = tell(curve(40, steady(0.69), steady(0.7), lead=0.05))
    guesses = next(each for each in said if each.key == "guesses")
    assert dict(guesses.values) == {"loss": 0.69, "coin": 0.69}
    style = CHAPTERS[4].config()
    said = tell(curve(40, steady(1.386), steady(0.7), lead=0.05), style)
    assert dict(next(each for each in said if each.key == "guesses").values)["coin"] == 1.39


def test_percentages_are_the_probabilities_behind_the_losses():
    said = tell(curve(40, steady(-math.log(0.7)), steady(-math.log(0.2))))
    standing = next(each for each in said if each.key == "standing")
    assert dict(standing.values) == {"right": 70, "fooled": 20}


# The pictures


@pytest.mark.parametrize(
    ("looks", "words"),
    [
        ([measured(10, 0.05)], "At the beginning it has to be so"),
        ([measured(10, 0.05), measured(60, 0.1)], "So far nothing has taught"),
        ([measured(40, 0.7), measured(60, 0.1)], "This is mode collapse"),
    ],
)
def test_pictures_that_are_alike_are_told_as_what_they_are(looks, words):
    said = tell(merged(curve(80, steady(0.45), steady(1.5)), *looks))
    assert words in [each for each in said if each.key == "alike"][-1].sentence


def test_pictures_that_begin_to_differ_and_come_closer_are_told():
    looks = [measured(40, 0.1, 0.9), measured(60, 0.6, 0.9), measured(90, 0.6, 0.5)]
    said = tell(merged(curve(120, steady(0.45), steady(1.5)), *looks))
    varied = next(each for each in said if each.key == "varied")
    assert dict(varied.values) == {"before": 10, "now": 60}
    closer = next(each for each in said if each.key == "closer")
    assert "Losses do not tell" in closer.sentence
    assert dict(closer.values) == {"before": 0.9, "now": 0.5}


def test_pictures_that_become_worse_are_told():
    looks = [measured(40, 0.6, 0.3), measured(70, 0.6, 0.5)]
    said = tell(merged(curve(100, steady(0.45), steady(1.5)), *looks))
    farther = next(each for each in said if each.key == "farther")
    assert dict(farther.values) == {"now": 0.5, "best": 0.3}


def test_a_measurement_that_took_too_long_is_no_news():
    late = replace(measured(10, 0.05), elapsed_s=10.0)
    rows = list(curve(60, steady(0.45), steady(1.5)))
    said = tell([*rows[:160], late, *rows[160:]])  # told at 40 s
    assert "alike" not in keys(said)


# Changes


@pytest.mark.parametrize(("after", "words"), [(0.6, "harder"), (0.1, "easier"), (0.31, "not show")])
def test_a_change_is_told_at_once_and_its_effect_later(after, words):
    def d(at_s: float) -> float:
        return 0.3 if at_s < 40 else after

    said = tell(merged(curve(80, d, steady(1.5)), changed(40, learning_rate=1e-4)))
    first = next(each for each in said if each.key == "changed")
    assert 40 <= first.elapsed_s <= 44
    assert dict(first.values) == {"reason": "Calmer"}
    effect = next(each for each in said if each.key == "effect")
    assert words in effect.sentence
    assert dict(effect.values)["before"] == pytest.approx(0.3, abs=0.01)
    assert dict(effect.values)["now"] == pytest.approx(after, abs=0.02)


def test_steps_thrown_away_are_told_before_all_else():
    said = tell(merged(curve(40, *seesaw(20.0)), reported(20, "nan", Light.ALARM)))
    assert 20 <= next(each for each in said if each.key == "broken").elapsed_s <= 24


# Other losses


def test_a_growing_network_is_told_stage_by_stage():
    length_s = 200.0
    rows = curve(200, steady(-3.0), steady(1.0), lead=3.0, length_s=length_s)
    said = [each for each in tell(rows, GROWING) if each.key == "grown"]
    told = [(each.sentence[:14], dict(each.values)["width"]) for each in said]
    fading = [side for text, side in told if text.startswith("The networks g")]
    assert fading == [8, 16, 32]
    assert told[-1] == ("The full {widt", 32)
    full_from = GROWING.growing * length_s
    assert full_from <= said[-1].elapsed_s <= full_from + READING_S + 5


def test_a_distance_is_told_as_it_shrinks_and_when_it_loses_its_bounds():
    shrinking = (
        replace(row, score_real=20 - row.elapsed_s / 8)
        for row in curve(120, steady(-9.0), steady(1.0), lead=0.0)
    )
    apart = [each for each in tell(shrinking, GROWING) if each.key == "apart"]
    assert apart
    for each in apart:
        assert dict(each.values)["now"] < dict(each.values)["before"]
    ahead = tell(curve(40, steady(0.5), steady(-1.0), lead=-0.5), GROWING)
    assert "a step ahead" in next(each for each in ahead if each.key == "scores").sentence
    wild = tell(curve(40, steady(-900.0), steady(400.0), lead=900.0), GROWING)
    assert "boundless" in keys(wild)


def test_a_loss_that_nobody_explains_is_left_in_silence():
    assert tell(curve(60, *seesaw(20.0)), replace(FC, loss="hinge")) == []


def test_events_are_passed_on_in_their_order_and_numbers_may_be_missing():
    nan = math.nan
    events = [PhaseChanged(Phase.TRAINING), stats(0.25, nan, nan), *curve(5, *seesaw(9.0))]
    heard = [*narrated(events, Narrator(FC))]
    assert [each for each in heard if not isinstance(each, Said)] == events


# A real curve


def test_what_is_said_of_a_real_training_is_true_of_its_curve():
    """The lesson's simple GAN over 90 seconds on a busy processor."""
    with REAL_CURVE.open(encoding="utf-8") as file:
        rows = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]
    events = [
        replace(
            stats(row["elapsed_s"], row["loss_d"], row["loss_g"], length_s=90.0),
            score_real=row["score_real"],
            score_fake=row["score_fake"],
        )
        for row in rows
    ]
    said = tell(events)
    assert {"opening", "falls", "swing"} <= set(keys(said))
    for each in said:
        recent = [row["loss_d"] for row in rows if 0 <= each.elapsed_s - row["elapsed_s"] <= 2]
        values = dict(each.values)
        if each.key in {"falls", "rises"}:
            before, now = values["before"], values["now"]
            assert (now < before) is (each.key == "falls")
            assert abs(mean(recent) - now) < abs(mean(recent) - before)
        elif each.key == "wins":
            assert mean(recent) < 0.3


def test_turns_are_where_the_curve_has_them():
    swings, times = Swings(least=0.01), []
    for number in range(400):
        at_s = 0.1 * number
        if swings.add(at_s, 1 + math.sin(2 * math.pi * at_s / 10)):
            times.append(swings.turns[-1].at_s)
    inner = [each for each in times if each > 1]
    assert np.diff(inner) == pytest.approx(5.0, abs=0.5)
    assert [round(turn.value) for turn in swings.turns[-2:]] in ([0, 2], [2, 0])
