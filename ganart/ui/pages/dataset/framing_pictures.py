"""Keeps what is shown of the picture at hand in step with its framing."""

from dataclasses import replace

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QImage

from ganart.datasets.framing import Fill, Framing
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.framing_canvas import CropCanvas
from ganart.ui.pages.dataset.framing_crop import framed, shown
from ganart.ui.pages.dataset.framing_edits import FramingEdits
from ganart.ui.pages.dataset.framing_panel import FramingPanel
from ganart.workers.framer import LOOK_PX, Drawn, Framer, Wish

_LOOK = "look"
_PREVIEW = "preview"


class FramingPictures(QObject):
    """Draws, away from the window, the whole picture, what training sees, and each way to fill.

    Nothing is drawn between `stop` and the next `begin`.
    """

    def __init__(
        self,
        desk: Desk,
        edits: FramingEdits,
        canvas: CropCanvas,
        panel: FramingPanel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._edits = edits
        self._canvas = canvas
        self._panel = panel
        self._framer = Framer(self)
        self._look: tuple[object, ...] = ()
        self._is_seen = False
        self._cards_soon = QTimer(self, singleShot=True, interval=0)
        self._cards_soon.timeout.connect(self._draw_cards)
        self._framer.drawn.connect(self._on_drawn)
        edits.turned.connect(self.turn)
        edits.changed.connect(self.show)
        desk.session.shown_as.changed.connect(self.show)
        desk.session.project_closed.connect(self._let_go)

    def begin(self) -> None:
        """Let things be drawn from now on, for they are looked at; `follow` is next."""
        self._is_seen = True

    def stop(self) -> None:
        """Draw no more."""
        self._is_seen = False
        self._let_go()

    @Slot()
    def _let_go(self) -> None:
        """Hold no picture, for the project is closed or nothing is seen."""
        self._look = ()
        self._cards_soon.stop()
        self._framer.stop()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of what training sees."""
        return self._desk.session.shown_as.showing.size

    def follow(self) -> None:
        """Show what holds now, and another picture only if it is another one, or its file is."""
        row = self._edits.row
        if row is not None and self._look[:2] == (row.id, row.pixel_hash):
            self.show()
        else:
            self.turn()

    @Slot()
    def turn(self) -> None:
        """Show another picture, or its file anew; first what its thumbnail tells."""
        row, self._look = self._edits.row, ()
        self._canvas.let_go()
        wait = self.tr("It is being drawn …")
        nothing = self.tr("There is no picture to be framed yet.")
        for view in (self._canvas, self._panel.preview):
            view.set_placeholder(nothing if row is None else wait)
        self._panel.preview.set_image(QImage())
        thumbnail = None if row is None else self._desk.thumbs.pixmap(row)
        if row is None or thumbnail is None or thumbnail.isNull():
            self._canvas.set_image(QImage())
        else:
            size = QSize(row.width, row.height)
            if max(row.width, row.height) > LOOK_PX:
                size.scale(LOOK_PX, LOOK_PX, Qt.AspectRatioMode.KeepAspectRatio)
            self._canvas.set_image(thumbnail.toImage().scaled(size.expandedTo(QSize(1, 1))))
        self.show()

    @Slot()
    def show(self) -> None:
        """Show the framing that holds."""
        row, framing = self._edits.row, self._edits.framing
        self._panel.fills.choose(framing.fill)
        self._panel.ground.show_colour(framing.background)
        if row is None or not self._is_seen:
            return
        picture = QSize(row.width, row.height)
        focus = framing.focus
        self._canvas.show_crop(
            picture,
            self.size,
            shown(framing, picture, self.size),
            None if focus is None else QPointF(focus[0] * row.width, focus[1] * row.height),
            has_aspect=framing.fill is Fill.CROP,
        )
        self._framer.draw(Wish(_PREVIEW, row, framing, self.size))
        look = (row.id, row.pixel_hash, framing.background)
        if look != self._look:
            self._look = look
            self._framer.draw(Wish(_LOOK, row, framing, None))
        self._cards_soon.start()

    @Slot(QRectF)
    def show_live(self, rect: QRectF) -> None:
        """Show what training would see of a crop that is being dragged."""
        row = self._edits.row
        if row is not None:
            picture = QSize(row.width, row.height)
            framing = framed(rect, self._edits.framing, picture, self.size)
            self._framer.draw(Wish(_PREVIEW, row, framing, self.size))

    @Slot()
    def _draw_cards(self) -> None:
        """Show on each card what it would do."""
        row, framing = self._edits.row, self._edits.framing
        if row is not None and self._is_seen:
            for fill in Fill:
                wish = Wish(fill.value, row, filled(framing, fill), self.size)
                self._framer.draw(wish)

    @Slot(object)
    def _on_drawn(self, drawn: Drawn) -> None:
        wish, row = drawn.wish, self._edits.row
        if row is None or wish.row.id != row.id:
            return
        if wish.tag not in {_LOOK, _PREVIEW}:
            self._panel.fills.cards[Fill(wish.tag)].show_picture(drawn.image)
            return
        view = self._canvas if wish.tag == _LOOK else self._panel.preview
        view.set_image(drawn.image)
        if drawn.image.isNull():
            view.set_placeholder(self.tr("This picture cannot be read at the moment."))


def filled(framing: Framing, fill: Fill) -> Framing:
    """Return a framing with another way to fill, which begins with the whole picture."""
    if fill is framing.fill:
        return framing
    if Fill.CROP in {fill, framing.fill}:
        return replace(framing, fill=fill, crop=None, focus=None)
    return replace(framing, fill=fill)
