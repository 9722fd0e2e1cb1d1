"""Tells a trouble: what happened, what is safe, what to do, and the details for whoever helps."""

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.dialogs.sizes import fit
from ganart.ui.widgets.buttons import dialog_buttons
from ganart.ui.widgets.text import Heading, sentences
from ganart.workers.run import ErrorReport


class ErrorDialog(QDialog):
    """One trouble. Its details can be shown and copied."""

    def __init__(self, report: ErrorReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self.setWindowTitle(self._title())
        happened, *rest = self._sentences()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(_wrapped(Heading(happened)))
        for sentence in rest:
            layout.addWidget(_wrapped(QLabel(sentence)))
        layout.addSpacing(8)

        self.details = QPlainTextEdit(report.traceback or report.text)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(self.tr("Details"))
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        # Programs and paths are written from left to right in every language.
        self.details.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setMinimumHeight(160)
        self.details.hide()
        layout.addWidget(self.details, 1)

        buttons = dialog_buttons(QDialogButtonBox.StandardButton.Close)
        self.show_details = QPushButton(self.tr("&Details"))
        self.show_details.setCheckable(True)
        self.show_details.toggled.connect(self._toggle_details)
        self.copy = QPushButton(self.tr("C&opy"))
        self.copy.setToolTip(self.tr("Copy the message and its details"))
        self.copy.clicked.connect(self._copy)
        buttons.addButton(self.show_details, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        fit(self, 520)

    def message(self) -> str:
        """Return all sentences, without the details."""
        return " ".join(self._sentences())

    def _title(self) -> str:
        error = self._report.error
        if error is None:
            return self.tr("Something went wrong")
        return QCoreApplication.translate(error.context, error.title)

    def _sentences(self) -> tuple[str, ...]:
        if self._report.error is not None:
            return sentences(self._report.error)
        return (
            self.tr("The studio met a fault of its own: {text}").format(text=self._report.text),
            self.tr("Your pictures, your project and everything made so far are kept."),
            self.tr("You can go on. If it comes back, copy the details and report them."),
        )

    @Slot(bool)
    def _toggle_details(self, shown: bool) -> None:
        self.details.setVisible(shown)
        fit(self, self.width())

    @Slot()
    def _copy(self) -> None:
        details = self.details.toPlainText()
        QGuiApplication.clipboard().setText(f"{self.message()}\n\n{details}")


def _wrapped(label: QLabel) -> QLabel:
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    select = Qt.TextInteractionFlag
    label.setTextInteractionFlags(select.TextSelectableByMouse | select.TextSelectableByKeyboard)
    return label
