"""Parts of the Dataset page: what it shows when empty, a scan's progress, the list of folders."""

from pathlib import Path

from PySide6.QtCore import QDir, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ganart.datasets.scan import Scanning
from ganart.ui.drawing import Drawing
from ganart.ui.icons import icon
from ganart.ui.widgets.text import Caption, Heading
from ganart.ui.widgets.words import count

_BAR_PX = 8
_FOLDER = Qt.ItemDataRole.UserRole


class EmptyDataset(QWidget):
    """What the page shows before there are pictures."""

    add_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        add = QPushButton(self.tr("&Choose a folder…"))
        add.setIcon(icon("folder"))
        add.setDefault(True)
        add.clicked.connect(self.add_asked)
        self._facts = Caption(
            self.tr(
                "Folders inside it are searched too. Your files are only ever read. A hundred "
                "pictures of one kind are a good start, and more are better."
            )
        )
        self._facts.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._facts.setMaximumWidth(440)
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addStretch(2)
        centre = Qt.AlignmentFlag.AlignHCenter
        layout.addWidget(Drawing(icon("dataset"), 64), 0, centre)
        layout.addWidget(Heading(self.tr("Drop a folder of pictures here")), 0, centre)
        layout.addWidget(add, 0, centre)
        row = QHBoxLayout()
        row.addWidget(self._facts)
        layout.addLayout(row)
        layout.addStretch(3)


class ScanStrip(QWidget):
    """How far a scan is, with a way to end it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(_BAR_PX)
        self.bar.setAccessibleName(self.tr("Progress of the scan"))
        self.cancel = QPushButton(self.tr("&Cancel"))
        self.cancel.setAccessibleDescription(self.tr("Ends the scan and keeps what it found."))
        self._label = QLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self._label)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.cancel)
        self.hide()

    def begin(self) -> None:
        """Show a scan that has just begun."""
        self.cancel.setEnabled(True)
        self.bar.setRange(0, 0)
        self._label.setText(self.tr("Looking through folders…"))
        self.show()

    def show_progress(self, scanning: Scanning) -> None:
        """Show how far it is."""
        self.bar.setRange(0, scanning.total)
        self.bar.setValue(scanning.done)
        if scanning.total:
            text = self.tr("Looking at pictures: {done} of {total}")
            self._label.setText(text.format(done=count(scanning.done), total=count(scanning.total)))
        self.bar.setAccessibleDescription(self._label.text())


class SourceList(QWidget):
    """The folders and single files that make up the dataset."""

    add_asked = Signal()
    removed = Signal(object)
    """The `Path` to take out of the dataset."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Folders of the dataset"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemSelectionChanged.connect(self._refresh)
        self.add = QPushButton(self.tr("&Add folder…"))
        self.add.setIcon(icon("plus"))
        self.add.clicked.connect(self.add_asked)
        self.remove = QPushButton(self.tr("&Remove"))
        self.remove.setToolTip(self.tr("Takes it out of the dataset; the files stay as they are."))
        self.remove.clicked.connect(self._remove)
        self._is_free = True
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.add, 1)
        buttons.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(Heading(self.tr("Folders")))
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
        self._refresh()

    def paths(self) -> list[Path]:
        """Return what is listed."""
        return [self.list.item(row).data(_FOLDER) for row in range(self.list.count())]

    def show_sources(self, sources: tuple[Path, ...]) -> None:
        """Replace the list."""
        if self.paths() == list(sources):
            return
        self.list.clear()
        for source in sources:
            item = QListWidgetItem(source.name or str(source))
            item.setData(_FOLDER, source)  # a text would lose bytes that are no Unicode
            item.setSizeHint(QSize(0, self.fontMetrics().height() + 12))
            item.setToolTip(QDir.toNativeSeparators(str(source)))
            self.list.addItem(item)
        self._refresh()

    def set_free(self, is_free: bool) -> None:
        """Allow removing only while no scan runs."""
        self._is_free = is_free
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self.remove.setEnabled(self._is_free and bool(self.list.selectedItems()))

    @Slot()
    def _remove(self) -> None:
        for item in self.list.selectedItems():
            self.removed.emit(item.data(_FOLDER))
