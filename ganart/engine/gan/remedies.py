"""What the coach offers as a button: other options for the run, or going back to a checkpoint.

Every remedy is undone by going back: what the run was is saved before a change, and going back
begins a new run.
"""

from dataclasses import asdict
from typing import Any

from ganart.engine.asks import Change
from ganart.engine.gan.coach_story import Story
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.events import Remedy
from ganart.engine.gan.recipes import recipe
from ganart.text import QT_TRANSLATE_NOOP

AUGMENTED = 0.6
"""Share of jittered pictures that helps small folders (reference: FastGAN, StyleGAN2-ADA)."""
MILD = 0.2
"""The same after a leak."""
SLOWEST = 0.1
"""Speed of the discriminator below which it is made calm instead."""

LOOK = Remedy(QT_TRANSLATE_NOOP("coach", "Show me"), audit=True)


def go_back(story: Story, before: int) -> Remedy:
    """Begin again at the newest checkpoint up to the step `before`, with calmer learning.

    Where none is kept from there, the run goes on with calmer learning.
    """
    change = _change(story.config, _calmer(story.config), "Calmer learning")
    step = story.kept_before(before)
    if step is None:
        return Remedy(QT_TRANSLATE_NOOP("coach", "Learn more calmly"), change)
    return Remedy(QT_TRANSLATE_NOOP("coach", "Go back and learn more calmly"), change, step)


def slow_discriminator(config: TrainConfig) -> Remedy:
    """Give the generator time."""
    rate = config.discriminator_rate
    if rate > SLOWEST:
        options: dict[str, Any] = {"discriminator_rate": 1.0 if rate > 1 else rate / 2}
        options["discriminator_steps"] = 1
        label = QT_TRANSLATE_NOOP("coach", "Slow the discriminator")
    else:
        options = _firmer(config)
        label = QT_TRANSLATE_NOOP("coach", "Strengthen the penalty")
    return Remedy(label, _change(config, options, "Help for the generator"))


def calm(config: TrainConfig) -> Remedy:
    """Take smaller steps, with a firmer penalty."""
    change = _change(config, _calmer(config), "Calmer learning")
    return Remedy(QT_TRANSLATE_NOOP("coach", "Learn more calmly"), change)


def refine(config: TrainConfig) -> Remedy:
    """Take smaller steps."""
    change = _change(config, _smaller_steps(config), "Smaller steps")
    return Remedy(QT_TRANSLATE_NOOP("coach", "Take smaller steps"), change)


def vary(config: TrainConfig) -> Remedy:
    """Jitter more pictures; where that is done, or would do nothing, look at the copies."""
    if config.architecture == "vae" or config.augment_target or config.augment >= AUGMENTED:
        return LOOK
    change = _change(config, {"augment": AUGMENTED}, "More augmentation")
    return Remedy(QT_TRANSLATE_NOOP("coach", "Add augmentation"), change)


def jitter_less(config: TrainConfig) -> Remedy:
    """Jitter few pictures, or none where they were few."""
    less = MILD if config.augment_target or config.augment > MILD else 0.0
    change = _change(config, {"augment": less, "augment_target": 0.0}, "Less augmentation")
    return Remedy(QT_TRANSLATE_NOOP("coach", "Augment less"), change)


def _calmer(config: TrainConfig) -> dict[str, Any]:
    return _smaller_steps(config) | _firmer(config)


def _smaller_steps(config: TrainConfig) -> dict[str, Any]:
    return {
        "learning_rate": max(1e-6, config.learning_rate / 2),
        "learning_rate_end": config.learning_rate_end / 2,
    }


def _firmer(config: TrainConfig) -> dict[str, Any]:
    """Return a gradient penalty where there is none, else twice its strength."""
    if config.architecture == "vae":
        return {}
    if recipe(config).penalty == "none":
        return {"penalty": "r1"}
    return {
        "gamma": min(10_000.0, 2 * config.gamma or 1.0),
        "gamma_end": min(10_000.0, 2 * config.gamma_end or 0.5),
    }


def _change(config: TrainConfig, options: dict[str, Any], reason: str) -> Change:
    """Return the change to those of the `options` that are not so already."""
    before = asdict(config)
    changed = {name: value for name, value in options.items() if value != before[name]}
    return Change(tuple(changed.items()), reason)
