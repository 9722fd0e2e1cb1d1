"""The seeds that are followed through a run, as a short list to be written over."""

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QLocale, QObject, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from ganart.errors import StudioError
from ganart.media.point import SEED_MAX
from ganart.ui.pages.explore.easel import random_seed
from ganart.ui.widgets.buttons import tool_button
from ganart.workers.session import Session

_KEY = "moments"
"""Of what the project remembers."""
DEFAULT = tuple(range(1, 10))
MOST = 16
_ENTRY = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")


def parsed(text: str) -> tuple[int, ...]:
    """Return the seeds in a text such as '1, 5, 9-12': each once, `MOST` at most."""
    seeds: dict[int, None] = {}
    for first, last in _ENTRY.findall(text):
        low, high = sorted((int(first), int(last or first)))
        among = range(low, min(high, low + MOST, SEED_MAX) + 1)
        seeds.update(dict.fromkeys(among))
    return tuple(seeds)[:MOST]


def checked(seeds: Any) -> tuple[int, ...]:  # noqa: ANN401  (whatever a document held)
    """Return the seeds that a project remembers, trusting nothing; none where that is odd."""
    if not isinstance(seeds, list) or not all(type(each) is int for each in seeds):
        return ()
    return tuple(each for each in dict.fromkeys(seeds) if 0 <= each <= SEED_MAX)[:MOST]


class SeedsEdit(QWidget):
    """A line of seeds with a dice that draws others."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seeds = DEFAULT
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("Seeds to follow"))
        self.field.setToolTip(
            self.tr("Seeds whose pictures are drawn, such as 1, 5, 9-12; at most {count}").format(
                count=QLocale().toString(MOST)
            )
        )
        self.field.editingFinished.connect(self._on_edited)
        self.dice = tool_button("dice", self.tr("Other seeds, by chance"))
        self.dice.clicked.connect(self.roll)
        label = QLabel(self.tr("&Your seeds"))
        label.setBuddy(self.field)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label)
        line.addWidget(self.field, 1)
        line.addWidget(self.dice)
        self._write()

    def seeds(self) -> tuple[int, ...]:
        """Return the seeds, at least one."""
        return self._seeds

    def set_seeds(self, seeds: Sequence[int]) -> None:
        """Show other seeds; none brings the first ones back."""
        before, self._seeds = self._seeds, tuple(seeds) or DEFAULT
        self._write()
        if self._seeds != before:
            self.changed.emit()

    @Slot()
    def roll(self) -> None:
        """Take as many seeds by chance."""
        self.set_seeds([random_seed() for _ in self._seeds])

    @Slot()
    def _on_edited(self) -> None:
        self.set_seeds(parsed(self.field.text()) or self._seeds)

    def _write(self) -> None:
        self.field.setText(", ".join(map(str, self._seeds)))
        self.field.setCursorPosition(0)


class SeedsKeeper(QObject):
    """Has the open project remember the seeds."""

    def __init__(self, session: Session, edit: SeedsEdit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._edit = edit

    def recall(self) -> None:
        """Show the seeds that the project remembers; the edit does not tell of it."""
        project = self._session.project
        kept = project.choices.get(_KEY) if project is not None else None
        self._edit.blockSignals(True)
        self._edit.set_seeds(checked(kept.get("seeds") if isinstance(kept, dict) else None))
        self._edit.blockSignals(False)

    def keep(self) -> None:
        """Remember the seeds that are shown."""
        project = self._session.project
        if project is None:
            return
        project.choices[_KEY] = {"seeds": list(self._edit.seeds())}
        try:
            project.save()
        except StudioError as error:  # nothing that was made is lost
            self._session.warned.emit(error)
