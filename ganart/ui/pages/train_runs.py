"""The trainings of the project, to be opened again."""

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ganart.engine.gan.presets import PRESETS
from ganart.project.runs import RunRecord
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import push_button
from ganart.ui.widgets.text import Heading
from ganart.ui.widgets.two_lines import SECOND_LINE, TwoLineDelegate

_WIDTH_CHARS = 33
_RUN_ID = Qt.ItemDataRole.UserRole


class RunList(QWidget):
    """A button for a new training above the list of those that were started."""

    new_wanted = Signal()
    run_chosen = Signal(str)
    """The id of a run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live_id = ""
        self.new_button = push_button("plus", self.tr("Ne&w training"))
        self.new_button.clicked.connect(self.new_wanted)
        self.heading = Heading(self.tr("Trainings"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Trainings of this project"))
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setItemDelegate(TwoLineDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.list.currentItemChanged.connect(self._on_current)
        self.list.itemActivated.connect(self._on_current)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 24, 16, 16)
        layout.setSpacing(10)
        layout.addWidget(self.new_button)
        layout.addSpacing(6)
        layout.addWidget(self.heading)
        layout.addWidget(self.list, 1)

    def sizeHint(self) -> QSize:
        """Return a size that leaves most of the page to what is chosen here."""
        return QSize(
            _WIDTH_CHARS * self.fontMetrics().averageCharWidth(), super().sizeHint().height()
        )

    def set_records(self, records: tuple[RunRecord, ...], live_id: str) -> None:
        """Show the runs, newest first; `live_id` is the one that trains now."""
        self._live_id = live_id
        chosen = self.current_id()
        self.list.blockSignals(True)
        self.list.clear()
        for record in records:
            name, state = run_title(record.name), self._state(record)
            item = QListWidgetItem(name)
            item.setData(SECOND_LINE, state)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {state}")
            item.setData(_RUN_ID, record.id)
            started = self.tr("Started {time}").format(time=words.moment(record.created))
            item.setToolTip(f"{state}\n{started}")
            self.list.addItem(item)
            if record.id == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def holds(self, run_id: str) -> bool:
        """Tell whether the list has a run of that id."""
        ids = (self.list.item(row).data(_RUN_ID) for row in range(self.list.count()))
        return run_id in ids

    def current_id(self) -> str:
        """Return the id of the marked run, or an empty text."""
        item = self.list.currentItem()
        return str(item.data(_RUN_ID)) if item is not None else ""

    def mark(self, run_id: str) -> None:
        """Mark a run without opening it; an empty id marks none."""
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        for row in range(self.list.count()):
            if self.list.item(row).data(_RUN_ID) == run_id:
                self.list.setCurrentRow(row)
        self.list.blockSignals(False)

    def _state(self, record: RunRecord) -> str:
        if record.id == self._live_id:
            return self.tr("training now")
        states = {
            "running": self.tr("interrupted"),
            "stopped": self.tr("stopped"),
            "finished": self.tr("finished"),
            "failed": self.tr("failed"),
        }
        return f"{states[record.status]}   ·   {words.duration(record.elapsed_s)}"

    @Slot()
    def _on_current(self) -> None:
        if run_id := self.current_id():
            self.run_chosen.emit(run_id)


def run_title(name: str) -> str:
    """Return the name of a run for people: with the preset's label in place of its key."""
    for each in PRESETS:
        if name.split(" ")[0] == each.key:
            number = name.removeprefix(each.key)
            return QCoreApplication.translate("presets", each.label) + number.replace(" ", "  #")
    return name
