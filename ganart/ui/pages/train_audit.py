"""Did it copy me, and what did it ignore: pictures side by side, and what to do about them."""

from PySide6.QtCore import QDir, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from ganart.engine.gan.events import Audit, Copy, Ignored
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import push_button
from ganart.ui.widgets.images import image_of
from ganart.ui.widgets.picture_cards import Card, PictureCards
from ganart.ui.widgets.text import Caption, Heading
from ganart.workers.curation import EXCLUDED, OFTEN
from ganart.workers.image_loader import ImageLoader
from ganart.workers.session import Session


class TrainAudit(QWidget):
    """The newest audit of a run."""

    audit_wanted = Signal()
    """The person wants a new audit of the training that runs."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._loader = ImageLoader(self)
        self.look_button = push_button("sample", self.tr("Look &now"))
        self.look_button.setToolTip(
            self.tr("Compare what the model makes now with all of your pictures")
        )
        self.look_button.clicked.connect(self.audit_wanted)
        self.summary = Caption()
        self.copies = PictureCards(self._loader, 2, self.tr("Generated pictures beside yours"))
        self.copies_text = Caption()
        self.ignored = PictureCards(self._loader, 1, self.tr("Pictures that the model ignores"))
        self.ignored_text = Caption()
        self.exclude_button = QPushButton(self.tr("E&xclude"))
        self.exclude_button.setToolTip(self.tr("Train without the selected pictures"))
        self.often_button = QPushButton(self.tr("Show &2 × as often"))
        self.often_button.setToolTip(self.tr("Show the selected pictures twice as often as others"))
        self.undo_button = push_button("undo", self.tr("&Undo"))
        self.undo_button.setToolTip(self.tr("Take the last choice of pictures back"))
        self._lay_out()
        self._connect()
        self.clear()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.summary, 1)
        top.addWidget(self.look_button)
        copied = QWidget()
        column = QVBoxLayout(copied)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Heading(self.tr("Did it copy me?")))
        column.addWidget(self.copies_text)
        column.addWidget(self.copies, 1)
        ignored = QWidget()
        column = QVBoxLayout(ignored)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Heading(self.tr("What did it ignore?")))
        column.addWidget(self.ignored_text)
        column.addWidget(self.ignored, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.exclude_button)
        buttons.addWidget(self.often_button)
        buttons.addStretch(1)
        buttons.addWidget(self.undo_button)
        column.addLayout(buttons)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(copied)
        splitter.addWidget(ignored)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(splitter, 1)

    def _connect(self) -> None:
        self.exclude_button.clicked.connect(self._exclude)
        self.often_button.clicked.connect(self._show_often)
        self.ignored.selectionModel().selectionChanged.connect(self._update_buttons)
        stack = self._session.curation.stack
        self.undo_button.clicked.connect(stack.undo)
        stack.canUndoChanged.connect(self.undo_button.setEnabled)
        self.undo_button.setEnabled(stack.canUndo())

    def clear(self) -> None:
        """Forget a run."""
        self.copies.show_cards(())
        self.ignored.show_cards(())
        self.copies_text.clear()
        self.ignored_text.clear()
        self.summary.setText(
            self.tr("Nothing was compared yet. It is done now and then, and when you ask for it.")
        )
        self._update_buttons()

    def set_live(self, can_look: bool) -> None:
        """Allow asking for an audit or not."""
        self.look_button.setEnabled(can_look)

    def show_audit(self, audit: Audit) -> None:
        """Show an audit."""
        self.summary.setText(
            self.tr("After {count} steps, the most noticeable first.").format(
                count=words.count(audit.step)
            )
        )
        self.copies.show_cards([self._copy(each) for each in audit.copies])
        self.ignored.show_cards([self._ignored(each) for each in audit.ignored])
        self.copies_text.setText(
            self.tr("Each generated picture (first) beside the nearest one of yours.")
            if audit.copies
            else self.tr("No. Nothing that it makes is suspiciously near to one of your pictures.")
        )
        self.ignored_text.setText(
            self.tr("Nothing that it makes comes near to these. Select some to act on them.")
            if audit.ignored
            else self.tr("None of your pictures.")
        )
        self._update_buttons()

    def stop(self) -> None:
        """End the loading thread."""
        self._loader.stop()

    def _copy(self, copy: Copy) -> Card:
        name = copy.original.name
        ratio = words.decimal(copy.ratio, 2)
        tip = self.tr(
            "Seed {seed} beside {name}: {ratio} of the usual distance between your pictures"
        ).format(seed=words.count(copy.seed), name=name, ratio=ratio)
        if copy.mirrored:
            tip += self.tr(", mirrored")
        caption = self.tr("{ratio} × the usual distance").format(ratio=ratio)
        place = QDir.toNativeSeparators(str(copy.original))
        return Card(copy.original, caption, f"{tip}\n{place}", image_of(copy.generated))

    def _ignored(self, ignored: Ignored) -> Card:
        ratio = words.decimal(ignored.ratio, 2)
        tip = self.tr("{name}: {ratio} times the usual distance away").format(
            name=ignored.original.name, ratio=ratio
        )
        place = QDir.toNativeSeparators(str(ignored.original))
        return Card(ignored.original, ignored.original.name, f"{tip}\n{place}")

    @Slot()
    def _update_buttons(self) -> None:
        chosen = self.ignored.selectionModel().hasSelection()
        self.exclude_button.setEnabled(chosen)
        self.often_button.setEnabled(chosen)

    @Slot()
    def _exclude(self) -> None:
        text = self.tr("Exclude pictures")
        self._session.curation.set_weight(self.ignored.selected(), EXCLUDED, text)

    @Slot()
    def _show_often(self) -> None:
        text = self.tr("Show pictures twice as often")
        self._session.curation.set_weight(self.ignored.selected(), OFTEN, text)
