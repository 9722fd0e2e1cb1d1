"""The Loop tab: pictures on a timeline, the way between them, and what it looks like."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent, QImage, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ganart.media.composition import Composition
from ganart.media.point import Point
from ganart.ui.icons import icon
from ganart.ui.pages.explore.exploration import Exploration
from ganart.ui.pages.explore.loop_actions import LoopActions
from ganart.ui.pages.explore.loop_board import LoopBoard
from ganart.ui.pages.explore.loop_keeper import LoopKeeper
from ganart.ui.pages.explore.loop_lines import KeyframeLine, LoopLine
from ganart.ui.pages.explore.loop_player import LoopPlayer
from ganart.ui.pages.explore.loop_sound import SoundLine
from ganart.ui.pages.explore.loop_timeline import Timeline
from ganart.ui.widgets import words
from ganart.ui.widgets.buttons import push_button, tool_button
from ganart.ui.widgets.picture_view import PictureView
from ganart.ui.widgets.text import Caption


class LoopTab(QWidget):
    """Composes a loop. The timeline tells which keyframe is chosen; the board makes the edits."""

    export_wanted = Signal(object)
    """A `Composition` that is to be saved."""

    def __init__(self, exploration: Exploration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exploration = exploration
        self.board = LoopBoard(exploration, self)
        self.player = LoopPlayer(exploration, self)
        self.keeper = LoopKeeper(exploration, self)
        self.view = PictureView()
        self.view.setAccessibleName(self.tr("Frame of the loop"))
        self.timeline = Timeline(self.player)
        self.commands = LoopActions(self.timeline)
        self.keyframe = KeyframeLine()
        self.line = LoopLine()
        self.sound = SoundLine(exploration.session)
        self.notice = Caption()
        self.play_button = tool_button("play", self.tr("Play the loop"))
        self.place = QLabel()
        self.add_button = push_button("plus", self.tr("&Add this picture"))
        self.add_button.setToolTip(self.tr("Add the picture on the right at the end of the loop"))
        self.clear_button = push_button("close", self.tr("Clea&r"))
        self.save_button = push_button("film", self.tr("Save &loop…"))
        self._lay_out()
        self._connect()
        self._show()
        self.keeper.open()

    def _lay_out(self) -> None:
        transport = QHBoxLayout()
        transport.addWidget(self.play_button)
        transport.addWidget(self.place)
        transport.addStretch(1)
        transport.addLayout(self.line.make_length_line())
        buttons = QHBoxLayout()
        for button in (self.add_button, self.commands.edit_button, self.clear_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.save_button)
        self.view.setMinimumHeight(96)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.view, 1)
        column.addWidget(self.notice)
        column.addLayout(transport)
        column.addWidget(self.timeline)
        column.addWidget(self.keyframe)
        column.addWidget(self.line)
        column.addWidget(self.sound)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.add)
        self.clear_button.clicked.connect(self.board.clear)
        self.save_button.clicked.connect(self._on_save)
        self.play_button.clicked.connect(self.toggle_play)
        self.commands.insert.triggered.connect(self.insert)
        self.commands.replace.triggered.connect(self.board.replace)
        self.commands.look.triggered.connect(self._on_look)
        self.commands.double.triggered.connect(self.board.duplicate)
        self.commands.earlier.triggered.connect(self.board.exchange_earlier)
        self.commands.later.triggered.connect(self.board.exchange_later)
        self.commands.spread.triggered.connect(self.board.spread)
        self.commands.remove.triggered.connect(self.board.remove)
        self.board.changed.connect(self._show)
        self.board.edited.connect(self._on_edited)
        self.board.choice_wanted.connect(self.timeline.choose)
        timeline = self.timeline
        timeline.chosen.connect(self._on_chosen)
        timeline.moved.connect(self._on_moved)
        timeline.sought.connect(self.player.seek)
        timeline.play_wanted.connect(self.toggle_play)
        timeline.insert_wanted.connect(self.insert)
        timeline.remove_wanted.connect(self.board.remove)
        self.keyframe.changed.connect(self._on_keyframe)
        self.line.changed.connect(self._on_line)
        self.sound.changed.connect(self._on_line)
        self.sound.troubled.connect(self._tell)
        self.player.shown.connect(self._on_frame)
        self.player.moved.connect(self._show_place)
        self.player.playing_changed.connect(self._on_playing)
        self.player.troubled.connect(self._tell)
        self.keeper.troubled.connect(self._tell)
        self.keeper.opened.connect(self.board.put)

    # The loop

    def composition(self) -> Composition | None:
        """Return the loop; None where there is nothing that moves yet."""
        return self.board.composition if self.board.moves() else None

    def set_composition(self, composition: Composition) -> None:
        """Show the loop of a recipe."""
        self.board.change(composition, self.tr("Open a loop"))

    def add_points(self, points: Sequence[Point], text: str) -> None:
        """Add points at the end, as one step that is called `text`."""
        self.board.append(points, text)

    @Slot()
    def add(self) -> None:
        """Add the point that is looked at."""
        self.board.append([self._exploration.point], self.tr("Add to the loop"))

    @Slot()
    def insert(self) -> None:
        """Add the point that is looked at under the playhead."""
        text = self.tr("Add to the loop")
        self.board.insert(self._exploration.point, self.player.at, text)

    @Slot()
    def _on_edited(self) -> None:
        self.keeper.keep(self.board.composition)

    @Slot()
    def _show(self) -> None:
        composition = self.board.composition
        self.player.set_composition(composition)
        self.timeline.set_composition(composition)
        self.line.show_composition(composition)
        self.sound.show_composition(composition)
        moves = self.board.moves()
        self.clear_button.setEnabled(composition is not None)
        for widget in (self.save_button, self.play_button):
            widget.setEnabled(moves)
        for action in (self.commands.spread, self.commands.look):
            action.setEnabled(moves)
        if composition is None:
            self.view.set_image(QImage())
            self.view.set_placeholder(self.tr("The loop is shown here."))
        self._show_chosen()
        self._show_place()

    # The timeline

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        self.board.row = row
        self._show_chosen()

    def _show_chosen(self) -> None:
        row, composition = self.board.row, self.board.composition
        chosen = composition.keyframes[row] if composition is not None and row >= 0 else None
        self.keyframe.show_keyframe(chosen, composition.seconds if composition else 1.0)
        for action in self.commands.of_chosen:
            action.setEnabled(chosen is not None)
        self.commands.earlier.setEnabled(row > 0)
        self.commands.later.setEnabled(0 <= row < self.board.last)

    @Slot(int, float)
    def _on_moved(self, row: int, at: float) -> None:
        self.board.retime(row, at)
        if self.board.composition is not None:
            self.player.seek(self.board.composition.keyframes[row].at)

    @Slot(str, object)
    def _on_keyframe(self, name: str, value: object) -> None:
        row = self.board.row
        if name == "at" and isinstance(value, float):
            self._on_moved(row, value)
            self._show_chosen()  # it may not go as far as was typed
            return
        self.board.edit(self.tr("Change the loop"), f"loop {name} {row}", **{name: value})

    @Slot(object, str)
    def _on_line(self, composition: Composition, control: str) -> None:
        self.board.change(composition, self.tr("Change the loop"), control)

    # What it looks like

    @Slot()
    def toggle_play(self) -> None:
        """Play, or pause."""
        if self.player.is_playing():
            self.player.pause()
        else:
            self.player.play()

    @Slot(bool)
    def _on_playing(self, is_playing: bool) -> None:
        name = self.tr("Pause the loop") if is_playing else self.tr("Play the loop")
        self.play_button.setIcon(icon("pause" if is_playing else "play"))
        self.play_button.setAccessibleName(name)
        self.play_button.setToolTip(name)

    @Slot(QImage)
    def _on_frame(self, image: QImage) -> None:
        if self.board.composition is not None:
            self.view.set_image(image)

    @Slot()
    def _show_place(self) -> None:
        composition = self.board.composition
        seconds = composition.seconds if composition is not None else 0.0
        text = self.tr("{now} of {length} s").format(
            now=words.decimal(round(self.player.at * seconds, 1)), length=words.decimal(seconds)
        )
        self.place.setText(text if composition is not None else "")

    @Slot(str)
    def _tell(self, text: str) -> None:
        self.notice.setText(text)
        self.notice.setVisible(bool(text))

    @Slot()
    def _on_look(self) -> None:
        point = self.player.point()
        if point is not None:
            self._exploration.look_at(point, self.tr("Look at a frame of the loop"))

    @Slot()
    def _on_save(self) -> None:
        composition = self.composition()
        if composition is not None:
            self.export_wanted.emit(composition)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to draw."""
        super().showEvent(event)
        self.player.set_watched(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the computer to others."""
        super().hideEvent(event)
        self.player.set_watched(False)
