"""Ties the options of the Train page to what the Dataset page asks about the pictures."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QObject, Slot

from ganart.engine.gan.idle_options import idle_options
from ganart.ui.pages.train_shape import ShapePicker
from ganart.ui.widgets.option_form import OptionForm
from ganart.workers.shown_as import ShownAs

ANSWERED = ("mirror", "turn")
"""Options that the Dataset page asks about; its answers hold here, and what is set here there."""
_SIZE = ("side", "shape")
"""Options that are chosen on either page; until then the presets say them."""
_TOLD = ("augment", "augment_target", "augment_kinds")
"""Options that the Dataset page shows the effect of."""


class ShownLink(QObject):
    """Ties a form of `TrainConfig` to what is known of how pictures are shown."""

    def __init__(
        self,
        form: OptionForm,
        shape: ShapePicker,
        shown: ShownAs,
        is_suggesting: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """`is_suggesting` tells whether the form is being filled without a wish of the person's."""
        super().__init__(parent)
        self._form = form
        self._shape = shape
        self._shown = shown
        self._is_suggesting = is_suggesting
        self._is_held = False
        form.changed.connect(self._tell)
        shape.changed.connect(self._tell)
        shown.changed.connect(self._follow)

    def answers(self, *, with_size: bool = True) -> Mapping[str, Any]:
        """Return the options that were answered, by name; the size only if it was chosen."""
        sizes = [name for name in _SIZE if with_size and self._shown.is_chosen(name)]
        return {name: getattr(self._shown.showing, name) for name in (*ANSWERED, *sizes)}

    @contextmanager
    def held(self) -> Iterator[None]:
        """Tell nothing while the form is filled, but what it shows in the end."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
        self._tell_all(is_wish=False)

    @Slot()
    def _follow(self) -> None:
        """Show the answers; they are what the form's rows go back to."""
        if not self._is_held:
            with self.held():
                answers = dict(self.answers())
                if (shape := answers.pop("shape", None)) is not None:
                    self._shape.choose(shape)
                self._form.set_base(answers)

    @Slot()
    def _tell(self) -> None:
        if not self._is_held:
            self._tell_all(is_wish=not self._is_suggesting())

    def _tell_all(self, *, is_wish: bool) -> None:
        """Let all pages know what is set here; a size that nobody wished for may change again."""
        values, before = self._form.values(), self._shown.showing
        told = {name: values[name] for name in _TOLD}
        if "augment" in idle_options(values):
            told |= {"augment": 0.0, "augment_target": 0.0}
        put = {name: values[name] for name in ANSWERED}
        (put if is_wish else told).update(side=values["side"], shape=self._shape.shape())
        self._is_held = True
        self._shown.hear(told)
        self._shown.put(
            {name: value for name, value in put.items() if value != getattr(before, name)}
        )
        if is_wish and self._shape.follows():
            self._shown.release("shape", self._shape.shape())
        self._is_held = False
