"""Which pictures are being framed, and what is done to their framings, each with a way back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from ganart.datasets.framing import Framing
from ganart.datasets.whole import framing_of
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.undo import Change
from ganart.workers.pictures import Note

if TYPE_CHECKING:
    from ganart.datasets.records import PictureRow


class FramingEdits(QObject):
    """The picture at hand and the others beside it; all changes of framings go through here.

    In the usual way it is the framing of all pictures without an own one that is changed, and the
    picture at hand only shows what it does.
    """

    turned = Signal()
    """Another picture is at hand, or none."""
    changed = Signal()
    """The framing that is edited is another one."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._usual = desk.session.usual_framing
        self._id: int | None = None
        self._copied: Framing | None = None
        self.edits_usual = False
        desk.pictures.noted.connect(self._on_noted)
        self._usual.changed.connect(self.changed)

    # What is at hand

    @property
    def row(self) -> "PictureRow | None":
        """The picture at hand."""
        return None if self._id is None else self._desk.pictures.row(self._id)

    @property
    def usual(self) -> Framing:
        """How pictures without an own framing are framed."""
        return Framing.from_json(self._usual.framing)

    @property
    def framing(self) -> Framing:
        """What is edited."""
        row = self.row
        return self.usual if row is None or self.edits_usual else framing_of(row, self.usual)

    @property
    def is_own(self) -> bool:
        """Whether the picture at hand has a framing of its own."""
        row = self.row
        return row is not None and row.framing is not None

    @property
    def can_paste(self) -> bool:
        """Whether a framing was copied."""
        return self._copied is not None

    def take(self, picture_id: int | None) -> None:
        """Have another picture at hand."""
        if picture_id != self._id:
            self._id = picture_id
            self.turned.emit()

    def set_edits_usual(self, edits_usual: bool) -> None:
        """Edit the usual framing, or that of the picture at hand."""
        if edits_usual != self.edits_usual:
            self.edits_usual = edits_usual
            self.changed.emit()

    @Slot(object)
    def _on_noted(self, ids: set[int]) -> None:
        if self._id in ids:
            self.changed.emit()

    # What is done

    def put(self, framing: Framing, text: str, key: str = "") -> None:
        """Frame what is edited like this; steps in a row of one `key` are taken back together."""
        row = self.row
        if self.edits_usual:
            self._put_usual(framing, text, key)
        elif row is not None:
            control = f"{key} {row.id}" if key else ""
            step = {Note.FRAMING: {row.path: framing.to_json()}}
            self._desk.curation.note(step, text, control)

    def _put_usual(self, framing: Framing, text: str, key: str) -> None:
        before, after = self._usual.framing, framing.to_json()
        if after != before:
            control = f"usual framing {key}" if key else ""
            self._desk.curation.stack.push(Change(text, self._usual.put, before, after, control))

    def reset(self) -> None:
        """Frame the picture at hand as usual, or all the usual ones by their middle."""
        row = self.row
        if self.edits_usual:
            self._put_usual(Framing(), self.tr("Frame by the middle"), "")
        elif row is not None:
            self._note([row], None, self.tr("Frame as usual"))

    def copy(self) -> None:
        """Keep what is edited, to give it to other pictures."""
        self._copied = self.framing

    def paste(self, ids: Sequence[int]) -> None:
        """Give what was copied to some pictures."""
        if self._copied is not None:
            self._note(self._rows(ids), self._copied, self.tr("Paste the framing"))

    def give(self, ids: Sequence[int]) -> None:
        """Frame pictures as the one at hand."""
        self._note(self._rows(ids), self.framing, self.tr("Frame pictures alike"))

    def _rows(self, ids: Sequence[int]) -> "list[PictureRow]":
        rows = (self._desk.pictures.row(each) for each in ids)
        return [row for row in rows if row is not None]

    def _note(self, rows: "Sequence[PictureRow]", framing: Framing | None, text: str) -> None:
        value = None if framing is None else framing.to_json()
        self._desk.curation.note({Note.FRAMING: {row.path: value for row in rows}}, text)
