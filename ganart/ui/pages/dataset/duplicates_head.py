"""Above the groups of duplicates: how far one is, and by which rules."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from ganart.ui.widgets.text import Caption
from ganart.ui.widgets.words import count

if TYPE_CHECKING:
    from ganart.datasets.duplicates import Likeness


class DuplicatesHead(QWidget):
    """Choices that hold for all groups."""

    groups_wanted = Signal()
    """Other groups, or another order of them."""
    keep_chosen = Signal(object)
    """A `Keep`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from ganart.datasets.duplicates import Keep, Likeness

        self.progress = Caption()
        self.likeness_box = QComboBox()
        for likeness, words in (
            (Likeness.EXACT, self.tr("Same pixels only")),
            (Likeness.NEAR, self.tr("Other versions too")),
            (Likeness.MIRRORED, self.tr("Mirrored ones too")),
        ):
            self.likeness_box.addItem(words, likeness)
        self.likeness_box.setCurrentIndex(self.likeness_box.count() - 1)
        self.likeness_box.setAccessibleName(self.tr("What counts as a duplicate"))
        self.likeness_box.setToolTip(
            self.tr(
                "Versions differ in size, compression or colour, or are slightly cropped. "
                "Mirrored ones may be wanted in a training."
            )
        )
        self.keep_box = QComboBox()
        for keep, words in (
            (Keep.LARGEST, self.tr("Keep the largest")),
            (Keep.SHARPEST, self.tr("Keep the sharpest")),
            (Keep.OLDEST, self.tr("Keep the oldest")),
        ):
            self.keep_box.addItem(words, keep)
        self.keep_box.setAccessibleName(self.tr("Which of a group to keep"))
        self.keep_box.setToolTip(self.tr("What you have picked always comes first."))
        self.order_box = QComboBox()
        self.order_box.addItem(self.tr("Largest groups first"), False)
        self.order_box.addItem(self.tr("Doubtful ones first"), True)
        self.order_box.setAccessibleName(self.tr("Order of the groups"))
        self.order_box.setToolTip(self.tr("Doubtful are those whose pictures differ most."))
        self.apart = QPushButton()
        self.apart.setCheckable(True)
        self.apart.setToolTip(self.tr("Groups of which you said that they are no duplicates"))
        self.keep_all = QPushButton()
        self.keep_all.setToolTip(
            self.tr("Rejects the others of each group that is not decided; what you picked stays.")
        )
        self.likeness_box.activated.connect(self.groups_wanted)
        self.order_box.activated.connect(self.groups_wanted)
        self.keep_box.activated.connect(self._on_keep)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.progress, 1)
        for widget in (
            self.apart,
            self.order_box,
            self.likeness_box,
            self.keep_box,
            self.keep_all,
        ):
            layout.addWidget(widget)
        self.show_apart(0)

    def likeness(self) -> "Likeness":
        """Return how alike the pictures of a group must be."""
        from ganart.datasets.duplicates import Likeness

        return Likeness(str(self.likeness_box.currentData()))

    def are_doubtful_first(self) -> bool:
        """Whether the groups whose pictures differ most come before the largest ones."""
        return bool(self.order_box.currentData())

    def is_narrowed(self) -> bool:
        """Whether other choices may show more groups."""
        return self.likeness_box.currentIndex() < self.likeness_box.count() - 1

    def show_apart(self, groups: int) -> None:
        """Tell how many groups were told apart."""
        self.apart.setText(self.tr("Told apart: {count}").format(count=count(groups)))
        self.apart.setVisible(groups > 0)
        if not groups:
            self.apart.setChecked(False)

    def show_decided(self, done: int, total: int, are_apart: bool) -> None:
        """Tell how far one is."""
        if are_apart:
            text = self.tr("Not duplicates, as you said: {total}")
        else:
            text = self.tr("{done} of {total} groups decided")
        self.progress.setText(text.format(done=count(done), total=count(total)))
        left = self.tr("Keep the best of all {count} groups")
        self.keep_all.setText(left.format(count=count(total - done)))
        self.keep_all.setVisible(total > done and not are_apart)

    @Slot()
    def _on_keep(self) -> None:
        self.keep_chosen.emit(self.keep_box.currentData())
