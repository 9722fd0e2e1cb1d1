"""What a chapter of the lesson is, and what the narrator says. Imports no torch."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ganart.engine.asks import Change
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.presets import preset


@dataclass(frozen=True, slots=True)
class Experiment:
    """Other options for the training that runs, as one button."""

    key: str
    label: str
    sentence: str
    """What it does, and what to look for."""
    options: tuple[tuple[str, Any], ...]

    def change(self, reason: str) -> Change:
        """Return what to ask the training for; `reason` is the label in the reader's language."""
        return Change(self.options, reason)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One step of the lesson."""

    key: str
    title: str
    about: tuple[str, ...]
    """What it is about, a paragraph each."""
    watch: tuple[str, ...] = ()
    """What to look for while it trains."""
    question: str = ""
    answer: str = ""
    preset: str = ""
    """What to train; empty where nothing is trained."""
    options: tuple[tuple[str, Any], ...] = ()
    """What differs from the preset."""
    experiments: tuple[Experiment, ...] = ()
    links: tuple[str, ...] = ()
    """Pages of the window where it goes on: "dataset", "train", "explore" or "stylize"."""
    cure: str = ""
    """The experiment that sets right what the chapter begins with; empty where nothing is wrong."""

    def config(self) -> TrainConfig | None:
        """Return the options of the chapter's training, None where nothing is trained."""
        return replace(preset(self.preset).config, **dict(self.options)) if self.preset else None

    def experiment(self, key: str) -> Experiment | None:
        """Return the experiment of that key, None where there is none."""
        return next((each for each in self.experiments if each.key == key), None)


def restoring(chapter: Chapter, now: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """Return the options that lead from those of `now` back to what the experiments found."""
    config = chapter.config()
    touched = {name for each in chapter.experiments for name, _ in each.options}
    if config is None:
        return ()
    before = {name: getattr(config, name) for name in sorted(touched)}
    return tuple((name, value) for name, value in before.items() if now.get(name, value) != value)


@dataclass(frozen=True, slots=True)
class Said:
    """What the narrator says of a training at one moment; it holds until the next is said."""

    step: int
    elapsed_s: float
    key: str
    """What it is about, such as "falls" or "alike"."""
    sentence: str
    """Marked for translation in context "lesson"; with {names} where there are values."""
    values: tuple[tuple[str, float | str], ...] = ()
    """What to put in place of the names."""
