"""The chapters of the lesson: what they train, and what can be tried in them."""

from dataclasses import asdict, replace

import pytest

from ganart.engine.gan.config import LIVE
from ganart.engine.gan.idle_options import idle_options
from ganart.engine.gan.lesson.chapters import CHAPTERS
from ganart.engine.gan.lesson.records import restoring

TRAINED = [each for each in CHAPTERS if each.preset]
TRIALS = [(chapter, each) for chapter in TRAINED for each in chapter.experiments]


def named(value):
    return getattr(value, "key", None)


def test_the_chapters_follow_the_lesson():
    architectures = [each.config().architecture for each in TRAINED]
    assert architectures == ["fc", "dcgan", "dcgan", "progressive", "style"]
    assert len({each.key for each in CHAPTERS}) == len(CHAPTERS) == 6
    assert CHAPTERS[-1].config() is None


@pytest.mark.parametrize("chapter", TRAINED, ids=named)
def test_a_chapter_is_over_in_minutes_and_small(chapter):
    config = chapter.config()
    assert config.side == 32
    assert config.minutes <= 4
    assert config.device == "auto"
    assert chapter.about
    assert chapter.watch
    assert chapter.question
    assert chapter.answer


@pytest.mark.parametrize(("chapter", "trial"), TRIALS, ids=named)
def test_what_can_be_tried_acts_on_the_training_that_runs(chapter, trial):
    config = chapter.config()
    changed = replace(config, **dict(trial.options))  # raises for a value that is not allowed
    assert changed != config
    assert {name for name, _ in trial.options} <= LIVE
    idle = idle_options(asdict(changed))
    assert not idle & {name for name, value in trial.options if value != getattr(config, name)}
    back = restoring(chapter, {**asdict(config), **dict(trial.options)})
    assert replace(changed, **dict(back)) == config


def test_nothing_is_to_be_restored_before_anything_was_tried():
    for chapter in CHAPTERS:
        assert restoring(chapter, {}) == ()


def test_the_third_chapter_is_led_astray_and_cured():
    second, third = CHAPTERS[1].config(), CHAPTERS[2].config()
    assert third.discriminator_rate * third.discriminator_steps >= 10
    assert (second.discriminator_rate, second.discriminator_steps) != (
        third.discriminator_rate,
        third.discriminator_steps,
    )
    cure = CHAPTERS[2].experiment(CHAPTERS[2].cure)
    cured = replace(third, **dict(cure.options))
    learnt = cured.discriminator_rate * cured.discriminator_steps
    assert learnt <= cured.generator_steps


def test_a_chapter_knows_only_its_own_trials():
    assert CHAPTERS[0].experiment("slow") is None
    assert CHAPTERS[2].experiment("slow").change("why").reason == "why"
