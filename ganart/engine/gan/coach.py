"""The coach: hears what a run tells and says how it stands, as eight lights."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from ganart.engine.gan.coach_lights import LIGHTS, OF_MEASURES
from ganart.engine.gan.coach_story import Story
from ganart.engine.gan.config import TrainConfig
from ganart.engine.gan.curves import FILE_NAME, MEASURES, read_curves
from ganart.engine.gan.events import (
    Advice,
    CheckpointSaved,
    CoachReport,
    Light,
    Mark,
    Marked,
    Measured,
    Stats,
    TrainEvent,
)
from ganart.engine.gan.marks import read_marks
from ganart.engine.gan.schedules import budget_used

CALM = 0.02
"""Share of a run for which a trouble must be over before its light goes out."""
CHANGES = {Mark.CHANGED, Mark.CURATED}
"""Markers from which on a run is another one."""
Row = TypeVar("Row", Stats, Measured)
GRAVITY = (Light.UNKNOWN, Light.GOOD, Light.WATCH, Light.ALARM)


class Coach:
    """Reports whenever a light changes, or the button below it."""

    def __init__(
        self,
        config: TrainConfig,
        kept: Callable[[], Collection[int]] = tuple,
        *,
        has_learnt: bool = False,
    ) -> None:
        """Take a run's options, what returns the steps of the checkpoints on disk, and whether it
        began with a model.
        """
        self._story = Story(config, kept, has_learnt)
        self._newest: Stats | Measured | None = None
        self._judged: dict[Callable[[Story], Advice], Advice] = {}
        """What each light said when it was last asked."""
        self._is_stale = True
        """Whether all lights are to be asked again, whatever they judge."""
        self._shown: dict[str, Advice] = {}
        self._over_since: dict[str, float] = {}
        """The progress at which the trouble of a light that is still on was over."""

    def recall(self, run_folder: Path) -> None:
        """Take over the curves of a run that goes on; its options, also its budget, are those of
        now.
        """
        rows: list[Stats | Measured] = [*map(self._now, _rows(run_folder, Stats, FILE_NAME))]
        rows += _rows(run_folder, Measured, MEASURES)
        for row in sorted(rows, key=lambda row: row.step):  # stable: averages come first
            self._story.add(row)
            self._newest = row
        changes = (each.step for each in read_marks(run_folder) if each.mark in CHANGES)
        changed_at = max(changes, default=0)
        since = [each for each in self._story.stats if each.step > changed_at]
        self._story.begin_anew(changed_at)
        self._story.stats.extend(since)

    def stand(self) -> CoachReport | None:
        """Return how a run that was recalled stands; None where it has no curves."""
        return self._report(self._newest) if self._newest else None

    def _now(self, row: Stats) -> Stats:
        """Return averages with the share of the budget of now that was used by then."""
        config = self._story.config
        used = budget_used(config.minutes, config.pictures, row.elapsed_s, row.pictures)
        return replace(row, progress=used)

    def hear(self, event: TrainEvent) -> CoachReport | None:
        """Take an event; return a report where there is something new to tell.

        It is heard between the steps of a training, so each light is asked only when there is
        something new for it.
        """
        match event:
            case Stats() | Measured():
                self._story.add(event)
                self._newest = event
                return self._report(self._newest)
            case Marked() if event.mark in CHANGES:
                self._story.config = replace(self._story.config, **dict(event.options))
                self._story.begin_anew(event.step)
                self._is_stale = True
            case CheckpointSaved() if self._newest is not None:
                # Older ones may have been thinned out, and a button leads to one that is kept.
                self._is_stale = True
                return self._report(self._newest)
        return None

    def _report(self, newest: Stats | Measured) -> CoachReport | None:
        has_measures = isinstance(newest, Measured) or self._is_stale
        has_averages = isinstance(newest, Stats) or self._is_stale
        self._is_stale = False
        for light in LIGHTS:
            if has_measures if light in OF_MEASURES else has_averages:
                self._judged[light] = light(self._story)
        advice = {each.key: self._settled(each) for each in self._judged.values()}
        is_new = [*map(_gist, advice.values())] != [*map(_gist, self._shown.values())]
        self._shown = advice
        if not is_new:
            return None
        return CoachReport(newest.step, newest.pictures, newest.elapsed_s, tuple(advice.values()))

    def _settled(self, advice: Advice) -> Advice:
        """Return what to show: a light that was on stays so until its trouble was over a while."""
        shown = self._shown.get(advice.key, advice)
        if GRAVITY.index(advice.light) >= GRAVITY.index(shown.light):
            self._over_since.pop(advice.key, None)
            return advice
        progress = self._story.progress
        if progress - self._over_since.setdefault(advice.key, progress) < CALM:
            return shown
        del self._over_since[advice.key]
        return advice


def _gist(advice: Advice) -> tuple[object, ...]:
    """Return what makes an advice another one; its numbers alone do not."""
    return advice.key, advice.light, advice.sentence, advice.remedy


def _rows(run_folder: Path, kind: type[Row], name: str) -> Iterator[Row]:
    """Yield the rows of a run's curves as the records they were."""
    columns = read_curves(run_folder, kind, name)
    for values in zip(*(each.tolist() for each in columns.values()), strict=True):
        yield kind(**dict(zip(columns, values, strict=True)))
