"""What the coach says, in the language of the window."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.events import Advice, Light, Mark, Marked
from ganart.engine.options import options
from ganart.ui.widgets import words
from ganart.ui.widgets.curve_plot import CurveMark
from ganart.ui.widgets.option_words import choice_words, zero_words

GRAVITY = {Light.ALARM: 3, Light.WATCH: 2, Light.GOOD: 1, Light.UNKNOWN: 0}


def name(key: str) -> str:
    """Return what a light is about, in one word."""
    names = {
        "collapse": QCoreApplication.translate("coach names", "Variety"),
        "discriminator": QCoreApplication.translate("coach names", "Balance"),
        "oscillation": QCoreApplication.translate("coach names", "Calm"),
        "nan": QCoreApplication.translate("coach names", "Numbers"),
        "memorising": QCoreApplication.translate("coach names", "Originality"),
        "ignored": QCoreApplication.translate("coach names", "Completeness"),
        "leak": QCoreApplication.translate("coach names", "Cleanness"),
        "plateau": QCoreApplication.translate("coach names", "Progress"),
    }
    return names.get(key, key)


def state(light: Light) -> str:
    """Return how things stand, in one word."""
    states = {
        Light.GOOD: QCoreApplication.translate("coach names", "good"),
        Light.UNKNOWN: QCoreApplication.translate("coach names", "not known yet"),
        Light.WATCH: QCoreApplication.translate("coach names", "to be watched"),
        Light.ALARM: QCoreApplication.translate("coach names", "trouble"),
    }
    return states[light]


def sentence(advice: Advice) -> str:
    """Return the sentence of a light with its numbers."""
    return _told(advice.sentence, advice.values)


def change_text(changes: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    """Return what changes of options are, in words: 'Batch 32 → 64; Loss Hinge → BCE'."""
    known = {each.name: each for each in options(TrainConfig)}
    parts = []
    for option, value in changes.items():
        if option in known:
            label = QCoreApplication.translate("options", known[option].label)
            old, new = (_value(option, each) for each in (before.get(option), value))
            parts.append(f"{label} {old} → {new}")
    return "; ".join(parts)


def mark_text(mark: Marked) -> str:
    """Return what a marker says."""
    kinds = {
        Mark.CHANGED: QCoreApplication.translate("marks", "Changed"),
        Mark.CURATED: QCoreApplication.translate("marks", "Other pictures"),
        Mark.TROUBLE: QCoreApplication.translate("marks", "Trouble"),
        Mark.RESUMED: QCoreApplication.translate("marks", "Gone on"),
        Mark.MEMORY: QCoreApplication.translate("marks", "Less at once, for want of memory"),
    }
    said = _told(mark.text, mark.values)
    return f"{kinds[mark.mark]}: {said}" if said else kinds[mark.mark]


def curve_mark(mark: Marked) -> CurveMark:
    """Return a marker as the curves draw it."""
    return CurveMark(mark.pictures, mark_text(mark), mark.mark in {Mark.TROUBLE, Mark.MEMORY})


def _told(sentence: str, values: tuple[tuple[str, float], ...]) -> str:
    text = QCoreApplication.translate("coach", sentence)
    return text.format(**{key: words.number(value) for key, value in values}) if values else text


def _value(option: str, value: object) -> str:
    if isinstance(value, bool):
        if value:
            return QCoreApplication.translate("words", "yes")
        return QCoreApplication.translate("words", "no")
    if isinstance(value, int | float):
        return (value == 0 and zero_words(option)) or words.decimal(value)
    return choice_words(option, value)
