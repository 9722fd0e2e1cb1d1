"""The coach: a lamp for each thing that can go wrong, one sentence and one button."""

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ganart.engine.gan.events import Advice, CoachReport, Light, Remedy
from ganart.ui.pages import coach_words
from ganart.ui.widgets.lamps import Lamps


class CoachPanel(QWidget):
    """Shows the newest report of the coach; the gravest light is chosen unless a person chose."""

    remedy_wanted = Signal(object)
    """A `Remedy`: the button was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._advice: dict[str, Advice] = {}
        self._chosen = ""
        self._is_live = False
        self._used: Remedy | None = None
        self.lamps = Lamps()
        self.lamps.chosen.connect(self._show)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton()
        self.button.clicked.connect(self._on_clicked)
        line = QHBoxLayout()
        line.addWidget(self.sentence, 1)
        line.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.lamps)
        layout.addLayout(line)
        self.clear()

    def clear(self) -> None:
        """Forget a run."""
        self._advice.clear()
        self._used = None
        self.hide()

    def set_live(self, is_live: bool) -> None:
        """Say whether the run goes on: a run at rest can be gone back in, but not changed."""
        self._is_live = is_live
        self._update_button()

    @Slot(object)
    def hear(self, report: CoachReport) -> None:
        """Show a report."""
        before = self._gravest()
        self._advice = {each.key: each for each in report.advice}
        for each in report.advice:
            level = coach_words.GRAVITY[each.light]
            name, state = coach_words.name(each.key), coach_words.state(each.light)
            self.lamps.set_lamp(each.key, name, level, state)
        gravest = self._gravest()
        is_new = before is None or gravest is None or gravest.key != before.key
        if gravest is not None and (is_new or self._chosen not in self._advice):
            self._show(gravest.key)
            if gravest.light is Light.ALARM:
                said = coach_words.sentence(gravest)
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
        else:
            self._show(self._chosen)
        self.setVisible(bool(self._advice))

    def _gravest(self) -> Advice | None:
        advice = self._advice.values()
        return max(advice, key=lambda each: coach_words.GRAVITY[each.light], default=None)

    @Slot(str)
    def _show(self, key: str) -> None:
        advice = self._advice.get(key)
        self._chosen = key
        self.lamps.choose(key)
        self.sentence.setText(coach_words.sentence(advice) if advice else "")
        self._update_button()

    def _update_button(self) -> None:
        advice = self._advice.get(self._chosen)
        remedy = advice.remedy if advice else None
        self.button.setVisible(remedy is not None)
        if remedy is None:
            return
        self.button.setText(QCoreApplication.translate("coach", remedy.label))
        possible = self._is_live or remedy.go_back_to is not None or remedy.audit
        self.button.setEnabled(possible and remedy != self._used)

    @Slot()
    def _on_clicked(self) -> None:
        advice = self._advice.get(self._chosen)
        if advice is not None and advice.remedy is not None:
            self._used = advice.remedy
            self._update_button()
            self.remedy_wanted.emit(advice.remedy)
