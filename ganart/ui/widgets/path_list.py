"""Files and folders to work on: dropped, pasted or chosen."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.drops import local_paths
from ganart.ui.icons import icon
from ganart.ui.widgets.buttons import tool_button
from ganart.ui.widgets.well import accept_copy

_PATH = Qt.ItemDataRole.UserRole


class _Droppable(QListWidget):
    """A list that takes files; an empty one says so."""

    taken = Signal(object)
    """A list of `Path`s."""
    removal_wanted = Signal()

    def __init__(self, invitation: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._invitation = invitation
        self.setAcceptDrops(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Offer to take files and folders."""
        if local_paths(event.mimeData()):
            accept_copy(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take them anywhere."""
        accept_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them."""
        accept_copy(event)
        self.taken.emit(local_paths(event.mimeData()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste files; Delete takes the chosen ones out."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.taken.emit(local_paths(QApplication.clipboard().mimeData()))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_wanted.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the list or the invitation."""
        super().paintEvent(event)
        if not self.count():
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            inner = self.viewport().rect().adjusted(16, 16, -16, -16)
            painter.drawText(inner, int(flags), self._invitation)


class PathList(QWidget):
    """The list with its buttons; nothing is listed twice."""

    changed = Signal()

    def __init__(
        self, name: str, invitation: str, patterns: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._patterns = patterns
        self.list = _Droppable(invitation)
        self.list.setAccessibleName(name)
        self.list.setAccessibleDescription(invitation)
        self.list.taken.connect(self.add)
        self.list.removal_wanted.connect(self.remove_chosen)
        self.list.itemSelectionChanged.connect(self._update)
        self.folder_button = QPushButton(icon("folder"), self.tr("Add folde&r…"))
        self.folder_button.setToolTip(self.tr("Add a folder with all that is below it"))
        self.folder_button.clicked.connect(self._on_folder)
        self.files_button = QPushButton(icon("plus"), self.tr("&Add…"))
        self.files_button.setAccessibleName(self.tr("Add files"))
        self.files_button.setToolTip(self.tr("Add files"))
        self.files_button.clicked.connect(self._on_files)
        self.remove_button = tool_button(
            "close",
            self.tr("Take the chosen ones off this list"),
            self.tr("Take the chosen ones off this list (Delete); the files stay as they are"),
        )
        self.remove_button.clicked.connect(self.remove_chosen)
        line = QHBoxLayout()
        line.addWidget(self.folder_button)
        line.addWidget(self.files_button)
        line.addStretch(1)
        line.addWidget(self.remove_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.list, 1)
        layout.addLayout(line)
        self._update()

    def paths(self) -> tuple[Path, ...]:
        """Return what is listed, in order."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(item.data(_PATH) for item in items)

    @Slot(object)
    def add(self, paths: Sequence[Path]) -> None:
        """Add files and folders at the end."""
        known = set(self.paths())
        fresh = [path for path in dict.fromkeys(paths) if path not in known]
        for path in fresh:
            item = QListWidgetItem(path.name or str(path))
            item.setData(_PATH, path)  # a text would lose bytes that are no Unicode
            item.setSizeHint(QSize(0, self.fontMetrics().height() + 10))
            item.setToolTip(QDir.toNativeSeparators(str(path)))
            self.list.addItem(item)
        if fresh:
            self.changed.emit()

    def clear(self) -> None:
        """Take everything off the list."""
        self.list.clear()
        self._update()
        self.changed.emit()

    @Slot()
    def remove_chosen(self) -> None:
        """Take the chosen ones off the list."""
        for item in self.list.selectedItems():
            self.list.takeItem(self.list.row(item))
        self._update()
        self.changed.emit()

    @Slot()
    def _update(self) -> None:
        self.remove_button.setEnabled(bool(self.list.selectedItems()))

    @Slot()
    def _on_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Choose a folder"), str(Path.home())
        )
        if chosen:
            self.add([Path(chosen)])

    @Slot()
    def _on_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Choose files"), str(Path.home()), self._patterns
        )
        self.add([Path(name) for name in chosen])
