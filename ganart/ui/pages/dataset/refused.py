"""The files that cannot be used, under a line that unfolds them."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.refused_table import RefusedTable
from ganart.ui.reveal import Revealer
from ganart.ui.widgets.fold import Fold
from ganart.ui.widgets.words import count
from ganart.workers.refused_files import Lines, lines_job
from ganart.workers.run import Run
from ganart.workers.sources import Sources
from ganart.workers.undo_step import UndoStep

_HEIGHT_PX = 160


class RefusedFiles(Fold):
    """Hidden while every file can be used."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.view = RefusedTable(desk.session)
        content = QWidget()
        super().__init__("", content, parent)
        self._session = desk.session
        self._copying: Run | None = None
        self._pictures = desk.pictures
        self._sources = desk.session.sources
        self._undo = desk.session.undo
        self._revealer = Revealer(desk.session, self)
        self.model = self.view.files
        self.reveal = QPushButton(self.tr("Show in its folder"))
        self.ignore = QPushButton(self.tr("Ignore"))
        self.ignore.setToolTip(self.tr("Takes what is selected off this list; the files stay"))
        self.heed = QPushButton()
        self.copy = QPushButton(self.tr("Copy the list"))
        self.copy.setToolTip(self.tr("Copies what is selected, or all of it"))
        self.view.setFixedHeight(_HEIGHT_PX)
        buttons = QHBoxLayout()
        buttons.addWidget(self.heed)
        buttons.addStretch(1)
        buttons.addWidget(self.ignore)
        buttons.addWidget(self.reveal)
        buttons.addWidget(self.copy)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.view)
        layout.addLayout(buttons)
        self.reveal.clicked.connect(self._reveal)
        self.ignore.clicked.connect(self._ignore)
        self.heed.clicked.connect(self._heed)
        self.copy.clicked.connect(self._copy)
        self.view.doubleClicked.connect(self._reveal)
        self.view.selectionModel().selectionChanged.connect(self._update)
        self.model.modelReset.connect(self._update)
        self.model.modelReset.connect(self._tell)
        self._sources.looked.connect(self.refresh)
        self.refresh()
        self._update()

    @Slot()
    def refresh(self) -> None:
        """Show what the catalogue refuses now, and what was left behind."""
        left = [each for those in self._sources.left.values() for each in those]
        self.model.show_files(self._pictures.refused, left)
        ignored = len(self._pictures.ignored)
        self.heed.setText(self.tr("Show the ignored: {count}").format(count=count(ignored)))
        self.heed.setVisible(ignored > 0)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        number = self.model.rowCount()
        text = self.tr("Files that cannot be used: {count}")
        self.button.setText(text.format(count=count(number)))
        self.setVisible(number > 0 or bool(self._pictures.ignored))

    @Slot()
    def _update(self) -> None:
        chosen = self.view.chosen()
        self.reveal.setEnabled(len(chosen) == 1)
        self.ignore.setEnabled(any(self.model.refused(row) is not None for row in chosen))

    @Slot()
    @Slot(QModelIndex)
    def _reveal(self) -> None:
        chosen = self.view.chosen()
        if len(chosen) == 1:
            self._revealer.reveal(self.model.path(chosen[0]))

    @Slot()
    def _ignore(self) -> None:
        files = {
            path for row in self.view.chosen() if (path := self.model.refused(row)) is not None
        }
        if files:
            self._hear(self._pictures.ignored | files, self.tr("Ignore files"))

    @Slot()
    def _heed(self) -> None:
        self._hear(frozenset(), self.tr("Show the ignored files"))

    def _hear(self, ignored: frozenset[Path], text: str) -> None:
        """Ignore these files and no others."""
        self._undo.push(_Ignoring(self._sources, self._pictures.ignored, ignored, text))

    @Slot()
    def _copy(self) -> None:
        rows = self.view.chosen() or range(self.model.rowCount())
        self._copying = self._session.begin(lines_job(self.model.files(rows)), "copy")
        self._copying.reported.connect(self._on_lines)

    @Slot(object)
    def _on_lines(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, Lines) and self.sender() is self._copying:
                QGuiApplication.clipboard().setText(record.text)


class _Ignoring(UndoStep):
    """From some ignored files to others."""

    def __init__(
        self, sources: Sources, before: frozenset[Path], after: frozenset[Path], text: str
    ) -> None:
        super().__init__(text)
        self._sources = sources
        self._before = before
        self._after = after

    def go_back(self) -> None:
        self._sources.ignore(self._before)

    def go_on(self) -> None:
        self._sources.ignore(self._after)
