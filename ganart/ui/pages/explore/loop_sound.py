"""The sound that drives a loop: which file, what is heard in it, and what it moves."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from ganart.media.composition import BPM_MAX, Composition
from ganart.media.drive import Drive
from ganart.media.point import GENE_MAX, Gene
from ganart.ui.widgets.buttons import push_button, tool_button
from ganart.ui.widgets.text import told
from ganart.workers.loops import SOUND_SUFFIXES, Heard, hear_sound
from ganart.workers.run import ErrorReport, Run
from ganart.workers.session import Session

_NAME_PX = 150


class SoundLine(QWidget):
    """Listens in a job; the loop keeps what was heard, so that the file may go."""

    changed = Signal(object, str)
    """The changed `Composition`, and the name of the control that did it."""
    troubled = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._composition: Composition | None = None
        self._path: Path | None = None
        self._listening: Run | None = None
        self._genes: list[Gene] = []
        self.choose_button = push_button("folder", self.tr("Sound…"))
        self.choose_button.setToolTip(self.tr("Let a piece of music move the loop"))
        self.hears = QComboBox()
        self.hears.setAccessibleName(self.tr("What is heard"))
        self.hears.addItem(self.tr("Loudness"), "loudness")
        self.hears.addItem(self.tr("Beats"), "beats")
        self.name = QLabel()
        self.name.setMaximumWidth(_NAME_PX)
        self.target = QComboBox()
        self.target.setAccessibleName(self.tr("What the sound moves"))
        self.target.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.strength = QSpinBox()
        self.strength.setRange(0, 100)
        self.strength.setSuffix(" %")
        self.strength.setKeyboardTracking(False)
        self.strength.setAccessibleName(self.tr("Strength"))
        self.strength.setToolTip(self.tr("With 100 % the loop stands still in silence"))
        self.amount = QDoubleSpinBox()
        self.amount.setRange(-GENE_MAX, GENE_MAX)
        self.amount.setSingleStep(0.5)
        self.amount.setKeyboardTracking(False)
        self.amount.setAccessibleName(self.tr("Amount where it is loudest"))
        self.again_button = tool_button("redo", self.tr("Listen again"))
        self.again_button.setToolTip(self.tr("Listen again, now that the loop has another length"))
        self.remove_button = tool_button("close", self.tr("Without sound"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for widget in (
            self.choose_button, self.hears, self.name, self.target, self.strength, self.amount,
            self.again_button, self.remove_button,
        ):  # fmt: skip
            line.addWidget(widget)
        line.addStretch(1)
        self.choose_button.clicked.connect(self._on_choose)
        self.hears.activated.connect(self.listen)
        self.again_button.clicked.connect(self.listen)
        self.target.activated.connect(self._on_target)
        self.strength.valueChanged.connect(self._on_strength)
        self.amount.valueChanged.connect(self._on_amount)
        self.remove_button.clicked.connect(self._on_remove)
        self.show_composition(None)

    def show_composition(self, composition: Composition | None) -> None:
        """Show what drives a loop."""
        self._composition = composition
        drive = composition.drive if composition is not None else None
        self.setEnabled(composition is not None)
        for widget in (self.name, self.target, self.remove_button):
            widget.setVisible(drive is not None)
        self.again_button.setVisible(drive is not None and self._path is not None)
        self.strength.setVisible(drive is not None and drive.target == "speed")
        self.amount.setVisible(drive is not None and drive.target == "gene")
        if composition is None or drive is None:
            return
        middle = Qt.TextElideMode.ElideMiddle
        self.name.setText(self.name.fontMetrics().elidedText(drive.name, middle, _NAME_PX))
        self.name.setToolTip(drive.name)
        self._genes = _genes_of(composition)
        self.target.clear()
        self.target.addItem(self.tr("moves the speed"))
        for gene in self._genes:
            self.target.addItem(self.tr("moves {gene}").format(gene=gene.name))
        row = 1 + _row_of(drive.gene, self._genes) if drive.target == "gene" else 0
        self.target.setCurrentIndex(row)
        with QSignalBlocker(self.strength), QSignalBlocker(self.amount):
            self.strength.setValue(round(100 * drive.strength))
            self.amount.setValue(drive.gene.amount if drive.gene else 0.0)

    def hear(self, path: Path) -> None:
        """Listen to a file."""
        self._path = path
        self.listen()

    @Slot()
    def listen(self) -> None:
        """Listen to the file once more, for as long as the loop lasts now."""
        if self._composition is None or self._path is None or self._listening is not None:
            return
        job = hear_sound(self._path, self._composition.seconds, self.hears.currentData())
        self.choose_button.setEnabled(False)
        self.troubled.emit(self.tr("Listening …"))
        self._listening = self._session.begin(job, "sound", announce=False)
        self._listening.reported.connect(self._on_heard)
        self._listening.failed.connect(self._on_failed)
        self._listening.done.connect(self._on_done)

    @Slot()
    def _on_choose(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in sorted(SOUND_SUFFIXES))
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose a sound"),
            str(self._path.parent if self._path is not None else Path.home()),
            self.tr("Sounds ({patterns})").format(patterns=patterns),
        )
        if name:
            self.hear(Path(name))

    @Slot(object)
    def _on_heard(self, records: Sequence[object]) -> None:
        composition = self._composition
        for heard in records:
            if isinstance(heard, Heard) and composition is not None:
                before = composition.drive or Drive(heard.levels)
                drive = replace(before, levels=heard.levels, name=heard.name)
                self.troubled.emit("")
                bpm = min(BPM_MAX, round(heard.bpm, 1)) or composition.bpm
                self.changed.emit(replace(composition, drive=drive, bpm=bpm), "")

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.troubled.emit(told(report.error, report.text))

    @Slot()
    def _on_done(self) -> None:
        self._listening = None
        self.choose_button.setEnabled(True)

    @Slot(int)
    def _on_target(self, row: int) -> None:
        if row == 0:
            self._edit("", target="speed")
        else:
            self._edit("", target="gene", gene=self._genes[row - 1])

    @Slot(int)
    def _on_strength(self, percent: int) -> None:
        self._edit("loop strength", strength=percent / 100)

    @Slot(float)
    def _on_amount(self, amount: float) -> None:
        drive = self._composition.drive if self._composition is not None else None
        if drive is not None and drive.gene is not None:
            self._edit("loop amount", gene=replace(drive.gene, amount=amount))

    @Slot()
    def _on_remove(self) -> None:
        if self._composition is not None:
            self.changed.emit(replace(self._composition, drive=None), "")

    def _edit(self, control: str, **values: object) -> None:
        if self._composition is not None and self._composition.drive is not None:
            drive = replace(self._composition.drive, **values)  # type: ignore[arg-type]
            self.changed.emit(replace(self._composition, drive=drive), control)


def _genes_of(composition: Composition) -> list[Gene]:
    """Return the genes that can be moved: those of the keyframes, and the one that is moved."""
    drive = composition.drive
    found: dict[tuple[bytes, int, int], Gene] = {}
    for keyframe in composition.keyframes:
        for gene in keyframe.point.genes:
            found.setdefault((gene.vector, gene.first, gene.last), gene)
    if drive is not None and drive.gene is not None:
        found[drive.gene.vector, drive.gene.first, drive.gene.last] = drive.gene
    return list(found.values())


def _row_of(gene: Gene | None, genes: Sequence[Gene]) -> int:
    return genes.index(gene) if gene in genes else -1
