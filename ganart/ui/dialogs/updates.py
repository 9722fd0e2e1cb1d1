"""Help ▸ Look for a newer version: shows word for word what it would ask before it asks."""

from PySide6.QtCore import QCoreApplication, Qt, QUrl, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QDesktopServices,
    QFontDatabase,
    QPalette,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

import ganart
from ganart.settings.schema import setting
from ganart.ui.dialogs.sizes import fit
from ganart.ui.widgets.buttons import dialog_buttons
from ganart.ui.widgets.text import Caption, Heading, sentences
from ganart.updates.answer import Newer, Newest
from ganart.updates.errors import NoAddress
from ganart.updates.question import Question
from ganart.workers.run import ErrorReport, Run
from ganart.workers.session import Session
from ganart.workers.updates import ask_job

_WIDTH_PX = 600
_NOTES_PX = 200


class UpdatesDialog(QDialog):
    """Asks on a click and opens a page on another one; it fetches and installs nothing."""

    def __init__(
        self,
        session: Session,
        question: Question | None,
        newer: Newer | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`newer` is what is known already; without a `question` nobody can be asked."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Look for a newer version"))
        self._session = session
        self._question = question
        self._newer: Newer | None = None
        self.run: Run | None = None
        self.verdict = Heading()
        self.more = QLabel()
        self.notes = QPlainTextEdit()
        self.notes.setReadOnly(True)
        self.notes.setTabChangesFocus(True)
        self.notes.setAccessibleName(self.tr("What is new"))
        self.notes.setMinimumHeight(_NOTES_PX)
        self.words = QLabel()
        self.request = QLabel()
        self.promise = Caption(
            self.tr(
                "Nothing else is sent: not which version you have, nothing about you, your "
                "computer or your pictures. As with every page that you open, who is asked sees "
                "the network address that the question comes from. Nothing is fetched or "
                "installed."
            )
        )
        self.at_start = QCheckBox(self.tr("Ask this at the &start too, at most once a week"))
        self.ask = QPushButton(self.tr("&Ask now"))
        self.open_page = QPushButton(self.tr("&Open its page"))
        for label in (self.verdict, self.more, self.words, self.request):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._build()
        self._frame_request()
        self._show_question()
        self._show(newer)
        self._focus()

    def _build(self) -> None:
        buttons = dialog_buttons(QDialogButtonBox.StandardButton.Close)
        for button in (self.ask, self.open_page):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        self.ask.clicked.connect(self._ask)
        self.open_page.clicked.connect(self._open)
        self.finished.connect(self._stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self.verdict)
        layout.addWidget(self.more)
        layout.addWidget(self.notes, 1)
        layout.addWidget(self.words)
        layout.addWidget(self.request)
        layout.addWidget(self.promise)
        layout.addWidget(self.at_start)
        layout.addStretch()
        layout.addWidget(buttons)

    def _frame_request(self) -> None:
        self.request.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        # Addresses are written from left to right in every language.
        self.request.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.request.setFrameShape(QFrame.Shape.StyledPanel)
        self.request.setMargin(8)
        self.request.setBackgroundRole(QPalette.ColorRole.Base)
        self.request.setAutoFillBackground(True)
        flags = Qt.TextInteractionFlag
        self.request.setTextInteractionFlags(
            flags.TextSelectableByMouse | flags.TextSelectableByKeyboard
        )

    def _show_question(self) -> None:
        question = self._question
        self.at_start.setEnabled(question is not None)
        self.at_start.setAccessibleDescription(
            QCoreApplication.translate("settings", setting("ask_for_updates").help)
        )
        self.at_start.setChecked(bool(self._session.settings.get("ask_for_updates")))
        self.at_start.toggled.connect(self._on_toggled)
        for each in (self.request, self.promise, self.ask):
            each.setVisible(question is not None)
        if question is None:
            self.words.setText(" ".join(sentences(NoAddress())))
            return
        text = self.tr("Asking for a newer version sends this to {host}:")
        self.words.setText(text.format(host=question.host))
        self.request.setText(question.text())

    def _show(self, answer: Newer | Newest | None) -> None:
        """Show what was answered; None stands for nothing so far."""
        self._newer = answer if isinstance(answer, Newer) else None
        own = ganart.__version__
        if isinstance(answer, Newer):
            text = self.tr("Version {newer} is there. You have {own}.")
            self._tell(text.format(newer=answer.version, own=own))
            self.notes.setPlainText(answer.notes)
        elif isinstance(answer, Newest):
            self._tell(self.tr("You have the newest version, {own}.").format(own=own))
        else:
            self._tell(self.tr("You have version {own}.").format(own=own))

    def _tell(self, verdict: str, more: str = "") -> None:
        self.verdict.setText(verdict)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        has_news = self._newer is not None
        self.notes.setVisible(self._newer is not None and bool(self._newer.notes))
        self.open_page.setVisible(has_news)
        (self.open_page if has_news else self.ask).setDefault(True)
        fit(self, _WIDTH_PX)
        if self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, verdict))

    def _focus(self) -> None:
        (self.open_page if self._newer is not None else self.ask).setFocus()

    @Slot(bool)
    def _on_toggled(self, is_on: bool) -> None:
        self._session.change_setting("ask_for_updates", is_on)

    @Slot()
    def _ask(self) -> None:
        if self._question is None or self.run is not None:
            return
        self._newer = None
        self._tell(self.tr("Asking {host}…").format(host=self._question.host))
        self.ask.setEnabled(False)
        job = ask_job(self._question)
        self.run = self._session.begin_apart(job, "newer version", announce=False)
        self.run.reported.connect(self._take)
        self.run.failed.connect(self._on_failed)
        self.run.done.connect(self._on_done)

    @Slot(object)
    def _take(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, Newer | Newest):
                self._show(record)

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        happened, *rest = sentences(report.error) if report.error else (report.text,)
        self._tell(happened, " ".join(rest))

    @Slot()
    def _on_done(self) -> None:
        self.run = None
        self.ask.setEnabled(True)
        self._focus()

    @Slot()
    def _open(self) -> None:
        if self._newer is not None:
            QDesktopServices.openUrl(QUrl(self._newer.page, QUrl.ParsingMode.StrictMode))

    @Slot()
    def _stop(self) -> None:
        if self.run is not None:
            self.run.stop()
