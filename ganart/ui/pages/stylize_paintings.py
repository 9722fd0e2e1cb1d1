"""The paintings of the project that can be looked at, gone on with and refined."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ganart.ui.widgets import words
from ganart.ui.widgets.two_lines import SECOND_LINE, TwoLineDelegate
from ganart.workers.paintings import PaintingRecord

_FOLDER = Qt.ItemDataRole.UserRole
_ROWS_SHOWN = 4


class PaintingList(QListWidget):
    """One row a painting; Enter or a click opens it."""

    opened = Signal(object)
    """The `Path` of its work folder."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Earlier paintings"))
        self.setItemDelegate(TwoLineDelegate(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(self._on_opened)
        self.itemClicked.connect(self._on_opened)

    def set_records(self, records: Sequence[PaintingRecord], live: Path | None) -> None:
        """Fill the list; `live` is the folder of the painting under way."""
        self.clear()
        for record in records:
            item = QListWidgetItem(title_of(record))
            state = self.tr("Being painted") if record.folder == live else state_of(record)
            item.setData(SECOND_LINE, f"{state}   ·   {words.moment(record.created)}")
            item.setData(_FOLDER, record.folder)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, item.data(SECOND_LINE))
            self.addItem(item)
        rows = min(_ROWS_SHOWN, max(1, len(records)))
        row_px = self.sizeHintForRow(0) if records else 0
        self.setFixedHeight(rows * row_px + 2 * self.frameWidth())

    @Slot(QListWidgetItem)
    def _on_opened(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(_FOLDER))


def title_of(record: PaintingRecord) -> str:
    """Return the names of the photo and the styles."""
    styles = " + ".join(each.path.stem for each in record.styles)
    return QCoreApplication.translate("PaintingList", "{photo} after {styles}").format(
        photo=record.photo.stem, styles=styles
    )


def state_of(record: PaintingRecord) -> str:
    """Return how a painting that rests was left."""
    states = {
        "running": QCoreApplication.translate("PaintingList", "Interrupted; it can go on"),
        "stopped": QCoreApplication.translate("PaintingList", "Stopped and kept"),
        "finished": QCoreApplication.translate("PaintingList", "Finished"),
        "failed": QCoreApplication.translate("PaintingList", "Failed"),
    }
    return states[record.status]
