"""What is known of the picture in the loupe, beside it."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDir, Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QVBoxLayout, QWidget

from ganart.datasets.records import PictureRow
from ganart.ui.pages.dataset.picture_words import note_words, size_words
from ganart.ui.widgets.text import Caption, Heading
from ganart.ui.widgets.words import data_size
from ganart.workers.close_facts import CloseFacts

_WIDTH_PX = 240


class LoupeInfo(QFrame):
    """Path, sizes, issues and notes; all of it can be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH_PX)
        self.setAccessibleName(self.tr("About this picture"))
        self.folder, self.pixels, self.file_size, self.notes, self.issues = (
            Caption() for _ in range(5)
        )
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(2)
        for title, text in (
            (self.tr("Folder"), self.folder),
            (self.tr("Size"), self.pixels),
            (self.tr("File"), self.file_size),
            (self.tr("Said of it"), self.notes),
            (self.tr("What may be wrong"), self.issues),
        ):
            label = QLabel(title)
            label.setContentsMargins(0, 8, 0, 0)
            form.addRow(label, text)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 0)
        column.addWidget(Heading(self.tr("About this picture")))
        column.addLayout(form)
        column.addStretch(1)

    def show_row(self, row: PictureRow, facts: CloseFacts | None) -> None:
        """Tell about another picture; `facts` is None until it is known."""
        self.folder.setText(_breakable(row.path.parent))
        self.pixels.setText(size_words(row))
        self.file_size.setText(data_size(row.size_bytes))
        self.notes.setText(" · ".join(note_words(row)) or self.tr("Nothing yet"))
        if facts is None:
            self.issues.setText("…")
            return
        labels = facts.issues.get(row.id, ())
        told = [QCoreApplication.translate("issues", label) for label in labels]
        self.issues.setText("\n".join(told) or self.tr("Nothing was found"))
        self.issues.setTextFormat(Qt.TextFormat.PlainText)


def _breakable(folder: Path) -> str:
    """Return a path that may be broken behind its separators."""
    separator = QDir.separator()
    return QDir.toNativeSeparators(str(folder)).replace(separator, f"{separator}\u200b")
