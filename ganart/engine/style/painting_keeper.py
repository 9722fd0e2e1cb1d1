"""Writes what a painting comes to: curves, the state, the picture with its recipe, the record."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace

from torch import Tensor

from ganart.engine.gan.curves import CurveLog
from ganart.engine.style.events import (
    PaintFinished,
    PaintSaved,
    PaintStats,
    Preview,
    StylePhase,
    StylePhaseChanged,
    StyleTrouble,
)
from ganart.engine.style.painting import PaintState, SaveDue, finished_picture
from ganart.engine.style.painting_file import save_state
from ganart.engine.style.painting_record import PaintingRecord, Status, write_record
from ganart.engine.style.tensors import to_pixels
from ganart.errors import StudioError
from ganart.media.pictures import save_png
from ganart.media.style_recipe import StyleRecipe

KeptEvent = PaintStats | Preview | PaintSaved | StyleTrouble | StylePhaseChanged | PaintFinished


class Keeper:
    """Receives a painting's events between its iterations, so that it may read the state."""

    def __init__(self, record: PaintingRecord, photo: Tensor, state: PaintState) -> None:
        self._record = replace(record, status="running", message="")
        self._photo = photo
        self._state = state
        self._has_told = False
        write_record(self._record)

    def handle(
        self, event: PaintStats | Preview | SaveDue, curves: CurveLog
    ) -> Iterator[KeptEvent]:
        """Record one event and yield what there is to tell.

        Files that cannot be written on the way give one `StyleTrouble` and the painting goes on;
        at its end they raise.
        """
        if isinstance(event, SaveDue) and event.ended:
            yield StylePhaseChanged(StylePhase.SAVING)
            yield self._save("stopped" if event.stopped else "finished")
            yield PaintFinished(self._record.folder, self._record.picture, event.stopped)
            return
        try:
            if isinstance(event, PaintStats):
                curves.add(event)
            if isinstance(event, SaveDue):
                yield self._save("running")
        except StudioError as error:
            if not self._has_told:
                yield StyleTrouble(error)
            self._has_told = True
        if not isinstance(event, SaveDue):
            yield event

    def close(self, status: Status, message: str = "") -> None:
        """Write how the painting ended into its record, as far as the disk allows."""
        with suppress(StudioError):
            self._record = replace(self._record, status=status, message=message)
            write_record(self._record)

    def _save(self, status: Status) -> PaintSaved:
        state, record = self._state, self._record
        save_state(record.state, state)
        photo, *styles = record.sources
        recipe = StyleRecipe(
            kind="painting",
            photo=photo,
            styles=tuple(styles),
            options=asdict(record.config),
            iterations=state.iteration,
        )
        picture = finished_picture(state.picture, self._photo, record.config)
        save_png(to_pixels(picture), record.picture, recipe)
        self._record = replace(
            record, status=status, iteration=state.iteration, elapsed_s=state.elapsed_s
        )
        write_record(self._record)
        return PaintSaved(record.folder, state.iteration)
