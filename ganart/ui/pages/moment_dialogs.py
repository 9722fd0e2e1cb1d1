"""What is asked before a new run begins at a moment, and before a time-lapse is saved."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ganart.ui.dialogs.sizes import fit
from ganart.ui.pages.moment_list import facts, when
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import dialog_buttons
from ganart.ui.widgets.option_form import NumberBox
from ganart.ui.widgets.text import Caption, Heading
from ganart.workers.moments import GAP_PX, KeptMoment, TimelapsePlan

_MORE_MIN = 10.0
"""How long to go on where nothing of the time is left."""
SCALES = (1, 2, 3, 4, 6, 8, 12, 16)
_WANTED_PX = 512


class BranchDialog(QDialog):
    """Asks how long the new run is to go on."""

    def __init__(
        self, moment: KeptMoment, rest: str, is_live: bool, parent: QWidget | None = None
    ) -> None:
        """Ask about a moment; `rest` says in words what its run had left of its budget there, and
        is empty where that was nothing.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Branch off"))
        stays = self.tr(
            "A new training begins here, with all that was learned and told up to here. The old "
            "one stays as it is."
        )
        if is_live:
            stays = self.tr(
                "The training that runs is stopped and kept, and this moment is starred. A new one "
                "begins here, with all that was learned and told up to here."
            )
        self.minutes = NumberBox(0.0 if rest else 0.1, 100_000.0, whole=False)
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setSpecialValueText(rest)
        self.minutes.setStepType(NumberBox.StepType.DefaultStepType)
        self.minutes.setSingleStep(_MORE_MIN)
        self.minutes.setValue(0.0 if rest else _MORE_MIN)
        form = QFormLayout()
        form.addRow(self.tr("&Go on for"), self.minutes)
        buttons = dialog_buttons(QDialogButtonBox.StandardButton.Cancel)
        self.start_button = buttons.addButton(
            self.tr("&Start here"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = _column(self)
        layout.addWidget(Heading(self.tr("A new training from this moment on")))
        layout.addWidget(Caption(f"{when(moment)}   ·   {facts(moment)}"))
        layout.addWidget(Caption(stays))
        layout.addLayout(form)
        layout.addWidget(buttons)
        fit(self, 420)

    def minutes_wanted(self) -> float:
        """Return for how long to go on; 0 for what was left."""
        return self.minutes.value()


class TimelapseDialog(QDialog):
    """Asks what the film shows, its format, length and size."""

    def __init__(
        self,
        seeds: Sequence[int],
        size: QSize,
        moments: int,
        grid: QSize,
        grids: int,
        parent: QWidget | None = None,
    ) -> None:
        """Offer to show `seeds`, of pictures of this size, gliding through so many `moments`, or
        as many sample `grids` of the size `grid`; what there are less than two of is left out.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Save time-lapse"))
        self._seeds = tuple(seeds)
        columns = next(number for number in range(1, 99) if number**2 >= len(seeds))
        rows = -(-len(seeds) // columns)
        sheet = QSize(
            columns * (size.width() + GAP_PX) + GAP_PX, rows * (size.height() + GAP_PX) + GAP_PX
        )
        self._sizes = {"seeds": sheet, "grids": grid}
        self.what = QComboBox()
        if moments > 1:
            text = self.tr("Your seeds, gliding through {count} moments")
            self.what.addItem(text.format(count=words.count(moments)), "seeds")
        if grids > 1:
            text = self.tr("The samples as they were drawn, {count} of them")
            self.what.addItem(text.format(count=words.count(grids)), "grids")
        self.format = QComboBox()
        self.format.addItem(self.tr("MP4: film, small file, plays everywhere"), ".mp4")
        self.format.addItem(self.tr("WebP: picture that moves, exact colours"), ".webp")
        self.format.addItem(self.tr("GIF: picture that moves, 256 colours"), ".gif")
        self.seconds = QDoubleSpinBox()
        self.seconds.setDecimals(1)
        self.seconds.setRange(0.5, 600.0)
        self.seconds.setValue(TimelapsePlan().seconds)
        self.seconds.setSuffix(self.tr(" s"))
        self.fps = QSpinBox()
        self.fps.setRange(5, 50)  # GIF has no more
        self.fps.setValue(round(TimelapsePlan().fps))
        self.size_choice = QComboBox()
        self.summary = Caption()
        self._lay_out()
        self.what.currentIndexChanged.connect(self._offer_sizes)
        self.seconds.valueChanged.connect(self._summarise)
        self.fps.valueChanged.connect(self._summarise)
        self._offer_sizes()
        self._summarise()
        fit(self, 420)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(self.tr("Sho&w"), self.what)
        form.addRow(self.tr("&Format"), self.format)
        form.addRow(self.tr("&Length"), self.seconds)
        form.addRow(self.tr("&Pictures per second"), self.fps)
        form.addRow(self.tr("Si&ze"), self.size_choice)
        buttons = dialog_buttons(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = _column(self)
        layout.addWidget(Heading(self.tr("How the model came to be, as a film")))
        layout.addLayout(form)
        layout.addWidget(self.summary)
        layout.addWidget(buttons)

    def plan(self) -> TimelapsePlan:
        """Return what was chosen."""
        return TimelapsePlan(
            seeds=self._seeds if self.what.currentData() == "seeds" else (),
            seconds=self.seconds.value(),
            fps=float(self.fps.value()),
            suffix=self.format.currentData(),
            scale=self.size_choice.currentData(),
        )

    @Slot()
    def _offer_sizes(self) -> None:
        size = self._sizes[self.what.currentData()]
        self.size_choice.clear()
        for scale in SCALES:
            text = self.tr("{width} × {height} px").format(
                width=size.width() * scale, height=size.height() * scale
            )
            self.size_choice.addItem(text, scale)
        fitting = [scale for scale in SCALES if size.width() * scale <= _WANTED_PX]
        self.size_choice.setCurrentIndex(max(0, len(fitting) - 1))

    @Slot()
    def _summarise(self) -> None:
        frames = words.count(self.plan().frames)
        self.summary.setText(
            self.tr("Frames to draw: {count}, and the end stands still for a moment").format(
                count=frames
            )
        )


def _column(dialog: QDialog) -> QVBoxLayout:
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(24, 20, 24, 20)
    layout.setSpacing(12)
    return layout
