"""What the artist is asked about the pictures, each with what the answer does to one of them."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap, QTransform
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.undo import Change
from ganart.ui.widgets.choice_cards import Chip
from ganart.ui.widgets.text import Caption, give_way

_PICTURE_PX = 64


class Question(QWidget):
    """A sentence, perhaps with a picture twice below it, and Yes or No."""

    answered = Signal(bool)

    def __init__(self, text: str, turns_to: QTransform | None = None) -> None:
        super().__init__()
        self._turns_to = turns_to
        self.yes = Chip(self.tr("Yes"))
        self.no = Chip(self.tr("No"))
        label = QLabel(text)
        give_way(label)
        self.pictures = (QLabel(), QLabel())
        self.caption = Caption()
        group = QButtonGroup(self)
        for chip in (self.yes, self.no):
            group.addButton(chip)
            chip.setAccessibleName(f"{text} {chip.text()}")
        line = QHBoxLayout()
        line.setSpacing(6)
        for picture in self.pictures:
            picture.setVisible(turns_to is not None)
            line.addWidget(picture)
        line.addStretch(1)
        line.addWidget(self.yes)
        line.addWidget(self.no)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label)
        layout.addLayout(line)
        layout.addWidget(self.caption)
        group.buttonClicked.connect(self._on_clicked)

    def show_answer(self, is_yes: bool, means: str) -> None:
        """Show an answer and what it means."""
        (self.yes if is_yes else self.no).setChecked(True)
        self.caption.setText(means)
        self.caption.setVisible(bool(means))

    def show_picture(self, image: QImage) -> None:
        """Show a picture as it is, and as a yes or a no would let it be."""
        if self._turns_to is None or image.isNull():
            return
        for label, each in zip(
            self.pictures, (image, image.transformed(self._turns_to)), strict=True
        ):
            side = round(_PICTURE_PX * self.devicePixelRatioF())
            size = each.size().scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio)
            mode = Qt.TransformationMode
            is_reduced = size.width() < each.width()
            smooth = mode.SmoothTransformation if is_reduced else mode.FastTransformation
            scaled = each.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, smooth)
            scaled.setDevicePixelRatio(self.devicePixelRatioF())
            label.setPixmap(QPixmap.fromImage(scaled))

    @Slot()
    def _on_clicked(self) -> None:
        self.answered.emit(self.yes.isChecked())


class SeesQuestions(QWidget):
    """Three questions; the answers are options of the training."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack = desk.curation.stack
        self._shown = desk.session.shown_as
        self.mirror = Question(
            self.tr("Could your pictures as well be the other way round?"),
            QTransform.fromScale(-1, 1),
        )
        self.upright = Question(self.tr("Do they have an up and a down?"), QTransform().rotate(90))
        self.letters = Question(self.tr("Is there writing in them that is to stay readable?"))
        self._say_what_is_shown()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for question in (self.mirror, self.upright, self.letters):
            layout.addWidget(question)
        self.mirror.answered.connect(self._on_mirror)
        self.upright.answered.connect(self._on_upright)
        self.letters.answered.connect(self._on_letters)
        self._shown.changed.connect(self.refresh)
        self.refresh()

    def _say_what_is_shown(self) -> None:
        for question, other in (
            (self.mirror, self.tr("The same picture, mirrored")),
            (self.upright, self.tr("The same picture, turned by a quarter")),
        ):
            for label, name in zip(
                question.pictures, (self.tr("One of your pictures"), other), strict=True
            ):
                label.setAccessibleName(name)
                label.setToolTip(name)

    def show_picture(self, image: QImage) -> None:
        """Ask about this picture."""
        for question in (self.mirror, self.upright):
            question.show_picture(image)

    @Slot()
    def refresh(self) -> None:
        """Show the answers that hold."""
        showing = self._shown.showing
        self.mirror.show_answer(
            showing.mirror,
            self.tr("Each one is also shown mirrored.")
            if showing.mirror
            else self.tr("None is mirrored."),
        )
        turned = self.tr("Each one is also shown turned by quarters.")
        if showing.shape != "1:1":
            turned = self.tr("Each one is also shown upside down; only squares turn by quarters.")
        self.upright.show_answer(
            not showing.turn, turned if showing.turn else self.tr("None is turned.")
        )
        warning = ""
        if showing.has_letters and (showing.mirror or showing.turn):
            warning = self.tr(
                "Mirrored or turned letters are learnt too, so the writing that the model makes "
                "will be garbled. Answer No and Yes above to keep it as it is."
            )
        elif showing.has_letters:
            warning = self.tr(
                "So pictures are neither mirrored nor turned. Fine writing needs many pixels: at "
                "{side} px it becomes a texture."
            ).format(side=showing.side)
        self.letters.show_answer(showing.has_letters, warning)

    @Slot(bool)
    def _on_mirror(self, is_yes: bool) -> None:
        self._answer(mirror=is_yes)

    @Slot(bool)
    def _on_upright(self, is_yes: bool) -> None:
        self._answer(turn=not is_yes)

    @Slot(bool)
    def _on_letters(self, is_yes: bool) -> None:
        if is_yes:
            self._answer(has_letters=True, mirror=False, turn=False)
        else:
            self._answer(has_letters=False)

    def _answer(self, **values: bool) -> None:
        before = self._shown.known(values)
        if any(value != before[name][0] for name, value in values.items()):
            text = self.tr("Answer about the pictures")
            after = {name: (value, True) for name, value in values.items()}
            self._stack.push(Change(text, self._shown.restore, before, after))
