"""What a painting will cost, told while it is still being chosen."""

from PySide6.QtCore import QCoreApplication, QTimer, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from ganart.engine.style.events import PaintPlan
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import take_icons_off
from ganart.ui.widgets.text import Caption
from ganart.workers.paintings import PaintOrder, PlanMade, plan_job
from ganart.workers.session import Session

_REST_MS = 400
"""It is worked out when the options have rested so long."""


class PlanLine(Caption):
    """Size, sizes on the way and memory of the painting that is wanted."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._session = session
        self._order: PaintOrder | None = None
        self._made: PlanMade | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._begin)

    def show_order(self, order: PaintOrder | None) -> None:
        """Tell about another painting, in a moment; None takes the line away."""
        if order is not None and order == self._order:
            return
        if order is None or self._order is None or order.photo != self._order.photo:
            self.clear()  # otherwise the line stays until the new one, or it would flicker
        self._order = order
        self._made = None
        self._rest.stop()
        if order is not None and self._session.project is not None:
            self._rest.start()

    def may_begin(self) -> bool:
        """Ask where the painting needs more memory than is free; whether to begin."""
        made = self._made
        if made is None or not made.is_too_large():
            return True
        box = QMessageBox(self.window())
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("A large painting"))
        text = self.tr("This painting needs about {needed} of memory, and {free} are free.")
        needed, free = words.memory_size(made.plan.memory_bytes), words.memory_size(made.free_bytes)
        box.setText(text.format(needed=needed, free=free))
        box.setInformativeText(
            self.tr("It may be slow, or end with an error. A smaller longer side needs less.")
        )
        paint = box.addButton(self.tr("&Paint anyway"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        take_icons_off(box)
        box.exec()
        box.deleteLater()
        return box.clickedButton() is paint

    @Slot()
    def _begin(self) -> None:
        if self._order is None:
            return
        # A photo that cannot be read is told on the stage.
        run = self._session.begin(plan_job(self._order), "plan", announce=False)
        run.reported.connect(self._on_reported)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, PlanMade) and record.order == self._order:
                self._made = record
                self.setText(plan_in_words(record.plan, record.is_too_large()))


def plan_in_words(plan: PaintPlan, is_too_large: bool = False) -> str:
    """Return the size, the sizes on the way and the memory of a painting."""
    text = QCoreApplication.translate(
        "PlanLine", "{width} × {height} px   ·   sizes: {levels}   ·   about {memory} of memory"
    ).format(
        width=words.count(plan.width),
        height=words.count(plan.height),
        levels=words.count(plan.levels),
        memory=words.memory_size(plan.memory_bytes),
    )
    if is_too_large:
        text += QCoreApplication.translate("PlanLine", ", more than is free")
    return text
