"""The narrator: says what the curves of a training show, while it happens.

The coach says what is wrong and what to do; the narrator says what is to be seen, one sentence at a
time, each long enough to be read.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ganart.engine.asks import Poll
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.events import Stats, TrainEvent
from ganart.engine.gan.lesson.line import FILLING, Line, Words
from ganart.engine.gan.lesson.logistic_lines import LOGISTIC
from ganart.engine.gan.lesson.records import Chapter, Said
from ganart.engine.gan.lesson.scene import Scene
from ganart.engine.gan.lesson.wasserstein_lines import WASSERSTEIN
from ganart.engine.gan.run import start
from ganart.project.store import Project

READING_S = 8.0
"""How long a sentence stays, unless something more urgent is to be said."""
LEAST_S = 3.0
"""How long it stays even then."""
QUIET_S = 12.0
"""Silence after which it is said how things stand."""


class Narrator:
    """Hears a training and speaks when there is something new to say."""

    def __init__(self, config: TrainConfig) -> None:
        self._scene = Scene(config)
        self._said_at: dict[tuple[str, str], float] = {}
        self._spoke_at = -math.inf
        self._rank = FILLING

    def hear(self, event: TrainEvent) -> Said | None:
        """Take an event; return a sentence that is true now, or None to leave the last one."""
        self._scene.take(event)
        if not isinstance(event, Stats):
            return None
        for line in self._lines():
            if not self._may_say(line):
                continue
            words = line.speak(self._scene)
            if words is not None and self._is_new(line, words):
                return self._say(line, words, event)
        return None

    def _lines(self) -> tuple[Line, ...]:
        if self._scene.is_logistic():
            return LOGISTIC
        return WASSERSTEIN if self._scene.loss() == "wasserstein" else ()

    def _may_say(self, line: Line) -> bool:
        silent_s = self._scene.now_s - self._spoke_at
        if line.rank == FILLING:
            return silent_s >= QUIET_S
        return silent_s >= (LEAST_S if line.rank > self._rank else READING_S)

    def _is_new(self, line: Line, words: Words) -> bool:
        said_at = self._said_at.get((line.key, words.about), -math.inf)
        return self._scene.now_s - said_at >= line.again_s

    def _say(self, line: Line, words: Words, stats: Stats) -> Said:
        self._spoke_at = self._said_at[line.key, words.about] = self._scene.now_s
        self._rank = line.rank
        values = tuple(words.values.items())
        return Said(stats.step, stats.elapsed_s, line.key, words.sentence, values)


def lecture(
    project: Project, chapter: Chapter, poll: Poll, minutes: float = 0.0
) -> Iterator[TrainEvent | Said]:
    """Train what a chapter shows on the project's pictures, with the narrator's words in between.

    It takes `minutes` (0: the chapter's own). A chapter that trains nothing yields nothing.
    """
    config = chapter.config()
    if config is None:
        return
    if minutes:
        config = replace(config, minutes=minutes)
    yield from narrated(start(project, config, chapter.preset, poll), Narrator(config))


def narrated(events: Iterable[TrainEvent], narrator: Narrator) -> Iterator[TrainEvent | Said]:
    """Yield the events of a training, and after each what the narrator has to say."""
    for event in events:
        yield event
        said = narrator.hear(event)
        if said is not None:
            yield said
