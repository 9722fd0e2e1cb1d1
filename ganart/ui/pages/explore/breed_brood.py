"""The children of the litter that is shown."""

from PySide6.QtCore import QObject

from ganart.media.family import Litter
from ganart.media.point import Point
from ganart.media.recipe_checks import BadRecipe
from ganart.ui.widgets.text import told
from ganart.workers.boards import children


class Brood(QObject):
    """Finds the children of a litter once, and again for another litter or model."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.points: tuple[Point, ...] = ()
        self.trouble = ""
        """What to say where there are none."""
        self.size = 0
        """Numbers of a latent of the model, 0 while that is not known."""
        self._born_of: tuple[Litter | None, int] | None = None

    def is_of(self, litter: Litter | None, size: int) -> bool:
        """Whether the children are those of this litter, for latents of so many numbers."""
        return self._born_of == (litter, size)

    def bear(self, litter: Litter | None) -> None:
        """Find the children of a litter, unless they are there."""
        if not self.is_of(litter, self.size):
            self._born_of = litter, self.size
            self.points = ()
            self.trouble = self._bear(litter)

    def forget(self) -> None:
        """Find the children anew next time: another model may draw them."""
        self._born_of = None

    def fail(self, text: str) -> None:
        """Have no children of this litter, for they could not be drawn."""
        self.points = ()
        self.trouble = text

    def _bear(self, litter: Litter | None) -> str:
        if litter is None:
            return self.tr(
                "Add two to four pictures as parents, then breed them.\n"
                "Mark the children that you like, and breed those."
            )
        if self.size:
            try:
                self.points = tuple(children(litter, self.size))
            except BadRecipe as error:
                return told(error, str(error))
        return self.tr("Loading the model …")
