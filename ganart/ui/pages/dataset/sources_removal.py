"""What goes when sources are removed, and the question before it does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox, QWidget

from ganart.ui.widgets.buttons import take_icons_off
from ganart.ui.widgets.words import count
from ganart.workers.pictures import Pictures
from ganart.workers.source_states import SourceKind, SourceState
from ganart.workers.sources import below

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow


@dataclass(frozen=True, slots=True)
class Loss:
    """What cannot be brought back by adding the sources once more."""

    pictures: int
    """Of the sources, in no other one."""
    noted: int
    """Of them, those of which the artist has said something."""


def loss_of(pictures: Pictures, states: Sequence[SourceState]) -> Loss:
    """Count what is lost; takes about 10 ms for 50,000 pictures."""
    going = {state.path for state in states}
    staying = [source for source in pictures.sources if source not in going]
    lost: dict[int, PictureRow] = {}
    for path in going:
        if not any(path.is_relative_to(other) for other in staying):
            lost |= {row.id: row for row in below(pictures.rows, path)}
    for other in staying:
        if any(other.is_relative_to(path) for path in going):
            for row in below(pictures.rows, other):
                lost.pop(row.id, None)
    return Loss(len(lost), sum(is_noted(row) for row in lost.values()))


def is_noted(row: "PictureRow") -> bool:
    """Whether the artist has said something of a picture."""
    return bool(
        row.mark != "none" or row.stars or row.tags or row.framing is not None or row.weight != 1
    )


def is_worth_a_question(states: Sequence[SourceState], loss: Loss) -> bool:
    """Whether something would go that is not there any more when the sources are added again."""
    kinds = {state.kind for state in states}
    return bool(loss.noted) or bool(kinds - {SourceKind.FOLDER, SourceKind.FILE})


class RemovalQuestion(QMessageBox):
    """Says what is lost; Escape and Enter keep everything."""

    def __init__(
        self,
        states: Sequence[SourceState],
        names: Sequence[str],
        loss: Loss,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.states = states
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle(self.tr("Remove from the dataset"))
        what = (
            self.tr("Remove “{name}” from the dataset?").format(name=names[0])
            if len(names) == 1
            else self.tr("Remove {count} sources from the dataset?").format(count=count(len(names)))
        )
        self.setText(what)
        self.setInformativeText(" ".join(self._sentences(loss)))
        self.confirm = self.addButton(self.tr("&Remove"), QMessageBox.ButtonRole.DestructiveRole)
        self.keep = self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(QMessageBox.StandardButton.Cancel)
        take_icons_off(self)

    def _sentences(self, loss: Loss) -> list[str]:
        kinds = {state.kind for state in self.states}
        sentences = []
        if loss.noted:
            sentences.append(
                self.tr(
                    "Marks, stars, tags and crops go with it (pictures that have some: {count}), "
                    "and this cannot be undone."
                ).format(count=count(loss.noted))
            )
        if SourceKind.PASTED in kinds:
            sentences.append(
                self.tr("The pasted pictures are kept in this project only, and are deleted.")
            )
        if kinds & {SourceKind.ZIP, SourceKind.FILM}:
            sentences.append(
                self.tr(
                    "The copies in the project are deleted; the file that they were taken out of "
                    "stays as it is."
                )
            )
        if kinds & {SourceKind.FOLDER, SourceKind.FILE}:
            sentences.append(self.tr("Your own files stay as they are."))
        return sentences

    def is_confirmed(self) -> bool:
        """Whether the answer was to remove them."""
        return self.clickedButton() is self.confirm
