"""Ties the options of the Train page to what the Dataset page asks about the pictures."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QObject, Slot

from ganart.engine.gan.idle_options import idle_options
from ganart.ui.widgets.option_form import OptionForm
from ganart.workers.shown_as import ShownAs

ANSWERED = ("mirror", "turn")
"""Options that the Dataset page asks about; its answers hold here, and what is set here there."""
_TOLD = ("side", "augment", "augment_target", "augment_kinds")
"""Options that the Dataset page shows the effect of, unless others were chosen there."""


class ShownLink(QObject):
    """Ties a form of `TrainConfig` to what is known of how pictures are shown."""

    def __init__(self, form: OptionForm, shown: ShownAs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._shown = shown
        self._is_held = False
        form.changed.connect(self._tell)
        shown.changed.connect(self._follow)

    def answers(self) -> Mapping[str, Any]:
        """Return the options that were answered, by name."""
        return {name: getattr(self._shown.showing, name) for name in ANSWERED}

    @contextmanager
    def held(self) -> Iterator[None]:
        """Tell nothing while the form is filled, but what it shows in the end."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
        self._tell()

    @Slot()
    def _follow(self) -> None:
        """Show the answers; they are what the form's rows go back to."""
        if not self._is_held:
            with self.held():
                self._form.set_base(self.answers())

    @Slot()
    def _tell(self) -> None:
        if not self._is_held:
            values, before = self._form.values(), self.answers()
            told = {name: values[name] for name in _TOLD}
            if "augment" in idle_options(values):
                told |= {"augment": 0.0, "augment_target": 0.0}
            self._is_held = True
            self._shown.hear(told)
            self._shown.put(
                {name: values[name] for name in ANSWERED if values[name] != before[name]}
            )
            self._is_held = False
