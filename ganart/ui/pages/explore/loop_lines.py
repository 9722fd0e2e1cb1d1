"""The numbers below the timeline: those of the chosen keyframe, and those of the whole loop."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from ganart.media.composition import (
    BPM_MAX,
    HOLD_MAX,
    LAPS_MAX,
    SECONDS_MAX,
    SECONDS_MIN,
    Composition,
    Keyframe,
)
from ganart.media.point import SEED_MAX
from ganart.ui.pages.explore.easel import SeedBox
from ganart.ui.pages.explore.loop_edits import coming_back, lasting, on_path

_RADIUS_SHOWN = 5.0
_USUAL_BPM = 120.0


class KeyframeLine(QWidget):
    """When the chosen keyframe is reached, and how it goes on from there."""

    changed = Signal(str, object)
    """The name of a value of the keyframe, and the value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Chosen picture"))
        self.at = _number(0, SECONDS_MAX, self.tr(" s"), self.tr("Time of the picture"), 2)
        self.hold = QSpinBox()
        self.hold.setRange(0, round(100 * HOLD_MAX))
        self.hold.setSuffix(" %")
        self.hold.setKeyboardTracking(False)
        self.hold.setAccessibleName(self.tr("Hold"))
        self.hold.setToolTip(self.tr("How much of the time to the next picture it stands still"))
        self.ease = QComboBox()
        self.ease.setAccessibleName(self.tr("Pace"))
        self.ease.addItem(self.tr("Slow at both ends"), "smooth")
        self.ease.addItem(self.tr("Even pace"), "even")
        self.ease.addItem(self.tr("Slow start"), "start")
        self.ease.addItem(self.tr("Slow end"), "end")
        self.method = QComboBox()
        self.method.setAccessibleName(self.tr("Way"))
        self.method.addItem(self.tr("Round"), "slerp")
        self.method.addItem(self.tr("Straight"), "lerp")
        self.method.setToolTip(
            self.tr("Round keeps pictures vivid on the way; straight passes by the average.")
        )
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for text, field in (
            (self.tr("At"), self.at),
            (self.tr("Hold"), self.hold),
            (self.tr("Then"), self.ease),
            ("", self.method),
        ):
            if text:
                line.addWidget(QLabel(text))
            line.addWidget(field)
        line.addStretch(1)
        self._seconds = 1.0
        self.at.valueChanged.connect(self._on_at)
        self.hold.valueChanged.connect(self._on_hold)
        self.ease.activated.connect(self._on_ease)
        self.method.activated.connect(self._on_method)
        self.show_keyframe(None, 1.0)

    def show_keyframe(self, keyframe: Keyframe | None, seconds: float) -> None:
        """Show the values of a keyframe in a loop that lasts so long."""
        self.setEnabled(keyframe is not None)
        self._seconds = seconds
        if keyframe is None:
            return
        with QSignalBlocker(self.at), QSignalBlocker(self.hold):
            self.at.setValue(keyframe.at * seconds)
            self.hold.setValue(round(100 * keyframe.hold))
        self.ease.setCurrentIndex(self.ease.findData(keyframe.ease))
        self.method.setCurrentIndex(self.method.findData(keyframe.method))

    @Slot(float)
    def _on_at(self, seconds: float) -> None:
        self.changed.emit("at", seconds / self._seconds)

    @Slot(int)
    def _on_hold(self, percent: int) -> None:
        self.changed.emit("hold", percent / 100)

    @Slot()
    def _on_ease(self) -> None:
        self.changed.emit("ease", self.ease.currentData())

    @Slot()
    def _on_method(self) -> None:
        self.changed.emit("method", self.method.currentData())


class LoopLine(QWidget):
    """The path, the length and the beat of a loop."""

    changed = Signal(object, str)
    """The changed `Composition`, and the name of the control that did it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composition: Composition | None = None
        self.path = QComboBox()
        self.path.setAccessibleName(self.tr("Path"))
        self.path.addItem(self.tr("From picture to picture"), "legs")
        self.path.addItem(self.tr("Smooth curve"), "spline")
        self.path.addItem(self.tr("Circle about the first"), "circle")
        self.seconds = _number(SECONDS_MIN, SECONDS_MAX, self.tr(" s"), self.tr("Length"), 2)
        self.length_label = QLabel(self.tr("Length"))
        self.has_beat = QCheckBox(self.tr("Beat"))
        self.has_beat.setToolTip(self.tr("Set times in beats of a music, not in seconds"))
        self.bpm = _number(1, BPM_MAX, self.tr(" bpm"), self.tr("Beats a minute"), 1)
        self.bpm.setValue(_USUAL_BPM)
        self.beats = _number(1, 9999, self.tr(" beats"), self.tr("Length in beats"), 2)
        self.comes_back = QCheckBox(self.tr("There and back"))
        self.comes_back.setToolTip(self.tr("Go to the last picture and the same way back"))
        self.radius = _number(0, _RADIUS_SHOWN, "", self.tr("Radius"), 2)
        self.radius.setSingleStep(0.1)
        self.radius.setToolTip(
            self.tr("How far the circle leads away: 1 is as far as from seed to seed")
        )
        self.laps = QSpinBox()
        self.laps.setRange(1, LAPS_MAX)
        self.laps.setAccessibleName(self.tr("Wandering"))
        self.laps.setToolTip(self.tr("1 is a circle; with more it wanders about"))
        self.seed = SeedBox(self.tr("Seed of the circle"), self.tr("Another circle"))
        self._lay_out()
        self._connect()
        self.show_composition(None)

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        self.circle = QWidget()
        circle_line = QHBoxLayout(self.circle)
        circle_line.setContentsMargins(0, 0, 0, 0)
        for text, field in (
            (self.tr("Radius"), self.radius),
            (self.tr("Wandering"), self.laps),
            ("", self.seed),
        ):
            if text:
                circle_line.addWidget(QLabel(text))
            circle_line.addWidget(field)
        for widget in (self.path, self.circle, self.comes_back):
            line.addWidget(widget)
        line.addStretch(1)

    def make_length_line(self) -> QHBoxLayout:
        """Return a line with the length and the beat."""
        line = QHBoxLayout()
        for widget in (self.length_label, self.seconds, self.has_beat, self.bpm, self.beats):
            line.addWidget(widget)
        return line

    def _connect(self) -> None:
        self.path.activated.connect(self._on_path)
        self.seconds.valueChanged.connect(self._on_seconds)
        self.has_beat.toggled.connect(self._on_beat)
        self.bpm.valueChanged.connect(self._on_bpm)
        self.beats.valueChanged.connect(self._on_beats)
        self.comes_back.toggled.connect(self._on_back)
        self.radius.valueChanged.connect(self._on_circle)
        self.laps.valueChanged.connect(self._on_circle)
        self.seed.changed.connect(self._on_circle)

    def show_composition(self, composition: Composition | None) -> None:
        """Show the values of a loop."""
        self._composition = composition
        has_loop = composition is not None
        self.setEnabled(has_loop)
        is_circle = composition is not None and composition.path == "circle"
        has_beat = composition is not None and bool(composition.bpm)
        self.circle.setVisible(is_circle)
        self.comes_back.setVisible(not is_circle)
        self.length_label.setVisible(has_loop)
        self.has_beat.setVisible(has_loop)
        self.seconds.setVisible(has_loop and not has_beat)
        self.bpm.setVisible(has_beat)
        self.beats.setVisible(has_beat)
        if composition is None:
            return
        fields = (
            self.seconds, self.has_beat, self.bpm, self.beats, self.comes_back, self.radius,
            self.laps, self.seed.number,
        )  # fmt: skip
        blockers = [QSignalBlocker(each) for each in fields]
        self.path.setCurrentIndex(self.path.findData(composition.path))
        self.seconds.setValue(composition.seconds)
        self.has_beat.setChecked(has_beat)
        if has_beat:
            self.bpm.setValue(composition.bpm)
            self.beats.setValue(composition.seconds * composition.bpm / 60)
        self.comes_back.setChecked(composition.is_ping_pong)
        self.comes_back.setEnabled(len(composition.keyframes) > 1)
        self.radius.setMaximum(max(_RADIUS_SHOWN, composition.radius))
        self.radius.setValue(composition.radius)
        self.laps.setValue(composition.laps)
        self.seed.number.setValue(composition.seed)
        for blocker in blockers:
            blocker.unblock()

    @Slot()
    def _on_path(self) -> None:
        if self._composition is not None and self.path.currentData() != self._composition.path:
            self.changed.emit(on_path(self._composition, self.path.currentData()), "")

    @Slot(float)
    def _on_seconds(self, seconds: float) -> None:
        if self._composition is not None:
            self.changed.emit(lasting(self._composition, seconds), "loop length")

    @Slot(bool)
    def _on_beat(self, has_beat: bool) -> None:
        if self._composition is not None:
            bpm = self.bpm.value() if has_beat else 0.0
            changed = replace(self._composition, bpm=bpm)
            if has_beat:  # whole beats
                changed = lasting(changed, max(1, round(changed.seconds * bpm / 60)) * 60 / bpm)
            self.changed.emit(changed, "")

    @Slot(float)
    def _on_bpm(self, bpm: float) -> None:
        if self._composition is not None:
            beats = self.beats.value()
            self.changed.emit(
                replace(lasting(self._composition, beats * 60 / bpm), bpm=bpm), "loop bpm"
            )

    @Slot(float)
    def _on_beats(self, beats: float) -> None:
        if self._composition is not None:
            seconds = beats * 60 / self._composition.bpm
            self.changed.emit(lasting(self._composition, seconds), "loop beats")

    @Slot(bool)
    def _on_back(self, comes_back: bool) -> None:
        if self._composition is not None:
            self.changed.emit(coming_back(self._composition, comes_back), "")

    @Slot()
    def _on_circle(self) -> None:
        if self._composition is not None:
            circle = replace(
                self._composition,
                radius=self.radius.value(),
                laps=self.laps.value(),
                seed=min(SEED_MAX, self.seed.seed()),
            )
            self.changed.emit(circle, "loop circle")


def _number(low: float, high: float, suffix: str, name: str, decimals: int) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setDecimals(decimals)
    box.setRange(low, high)
    box.setSuffix(suffix)
    box.setAccessibleName(name)
    box.setKeyboardTracking(False)
    return box
