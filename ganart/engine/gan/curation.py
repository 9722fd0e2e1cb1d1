"""Taking over, while a run goes on, which pictures of the dataset are shown, and how often."""

from collections.abc import Callable, Generator, Iterator

from ganart.datasets.prepare import Prepared
from ganart.engine.gan.events import Mark, Marked, PhaseChanged, TrainEvent, Trouble
from ganart.engine.gan.state import TrainState
from ganart.errors import StudioError

Preparation = Generator[PhaseChanged, None, Prepared | None]
"""Prepares the dataset as it is now; returns None when it was stopped."""


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
            yield Trouble(error)
            return
        self.shown = prepared
        text = differences(before, prepared)
        yield Marked(state.step, state.pictures, state.elapsed_s, Mark.CURATED, text)


def differences(before: Prepared, after: Prepared) -> str:
    """Tell in words what changed in the pictures shown."""
    old = dict(zip(before.paths, before.weights, strict=True))
    new = dict(zip(after.paths, after.weights, strict=True))
    both = old.keys() & new.keys()
    counts = {
        "excluded": len(old.keys() - new.keys()),
        "added": len(new.keys() - old.keys()),
        "shown more often": sum(new[path] > old[path] for path in both),
        "shown less often": sum(new[path] < old[path] for path in both),
    }
    parts = [f"{count} {what}" for what, count in counts.items() if count]
    return f"Pictures: {', '.join(parts) or 'as before'}"
