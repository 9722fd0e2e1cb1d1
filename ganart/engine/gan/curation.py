"""Taking over, while a run goes on, which pictures of the dataset are shown, and how often."""

from collections.abc import Callable, Generator, Iterator

from ganart.datasets.errors import AllExcluded
from ganart.datasets.prepare import Prepared
from ganart.engine.errors import TooFewPictures
from ganart.engine.gan.events import Mark, Marked, PhaseChanged, TrainEvent, Trouble
from ganart.engine.gan.state import TrainState
from ganart.errors import StudioError
from ganart.text import QT_TRANSLATE_NOOP

Preparation = Generator[PhaseChanged, None, Prepared | None]
"""Prepares the dataset as it is now; returns None when it was stopped."""


_GOES_ON = QT_TRANSLATE_NOOP("errors", "The training goes on with the pictures that it had.")


class NoneLeft(AllExcluded):
    """Everything was excluded while a run goes on. Detail: `count`."""

    safe = _GOES_ON


class TooFewLeft(TooFewPictures):
    """Too much was excluded while a run goes on. Details: `count`, `needed`."""

    safe = _GOES_ON
    remedy = QT_TRANSLATE_NOOP("errors", "Include some pictures of the dataset again.")


class Curation:
    """The pictures that a run is trained on."""

    def __init__(self, shown: Prepared, prepare: Callable[[], Preparation]) -> None:
        """Take what is shown now, and how to prepare the dataset anew."""
        self.shown = shown
        self._prepare = prepare

    def take_over(self, state: TrainState) -> Iterator[TrainEvent]:
        """Go on with the dataset's choice of now, and mark it on the curves.

        Where it cannot be shown, as when all pictures are excluded, the run goes on as it was and a
        `Trouble` says why.
        """
        before = self.shown
        try:
            prepared = yield from self._prepare()
            if prepared is None:
                return
            state.batches.show(prepared.open(), prepared.weights)
        except StudioError as error:
            yield Trouble(_while_training(error))
            return
        self.shown = prepared
        text = differences(before, prepared)
        yield Marked(state.step, state.pictures, state.elapsed_s, Mark.CURATED, text)


def _while_training(error: StudioError) -> StudioError:
    """Return an error of preparing as it is told to somebody whose run goes on nevertheless."""
    kinds: tuple[type[StudioError], ...] = (NoneLeft, TooFewLeft)
    return next((kind(**error.details) for kind in kinds if type(error) in kind.__bases__), error)


def differences(before: Prepared, after: Prepared) -> str:
    """Tell in words what changed in the pictures shown."""
    old = dict(zip(before.paths, before.weights, strict=True))
    new = dict(zip(after.paths, after.weights, strict=True))
    both = old.keys() & new.keys()
    old_keys = dict(zip(before.paths, before.keys, strict=True))
    new_keys = dict(zip(after.paths, after.keys, strict=True))
    counts = {
        "excluded": len(old.keys() - new.keys()),
        "added": len(new.keys() - old.keys()),
        "shown more often": sum(new[path] > old[path] for path in both),
        "shown less often": sum(new[path] < old[path] for path in both),
        "changed or framed anew": sum(new_keys[path] != old_keys[path] for path in both),
    }
    parts = [f"{count} {what}" for what, count in counts.items() if count]
    return f"Pictures: {', '.join(parts) or 'as before'}"
