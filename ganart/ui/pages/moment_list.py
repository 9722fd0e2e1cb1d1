"""The kept moments of a run as a list: a picture, when it was, how good, and a star."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QGuiApplication,
    QIcon,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyleOptionViewItem, QWidget

from ganart.ui.icons import icon
from ganart.ui.widgets import words
from ganart.ui.widgets.fitting import fitted
from ganart.ui.widgets.items import Index
from ganart.ui.widgets.two_lines import SECOND_LINE, TwoLineDelegate
from ganart.workers.moments import KeptMoment

_MOMENT = Qt.ItemDataRole.UserRole + 21
_MARK = Qt.ItemDataRole.UserRole + 22
_SIDE_PX = 44
_STAR_PX = 20
_EDGE_PX = 6


def when(moment: KeptMoment) -> str:
    """Return how far the run had come."""
    text = QCoreApplication.translate("moments", "after {count} pictures")
    return text.format(count=words.count(moment.pictures))


def facts(moment: KeptMoment) -> str:
    """Return what else is known of a moment."""
    parts = [words.duration(moment.elapsed_s)]
    if moment.likeness is not None:
        text = QCoreApplication.translate("moments", "distance {number}")
        parts.append(text.format(number=words.decimal(moment.likeness, 2)))
    if moment.is_best:
        parts.append(QCoreApplication.translate("moments", "closest"))
    return "   ·   ".join(parts)


class _Delegate(TwoLineDelegate):
    """Puts a picture before the two lines and a star behind them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._stars = (QPixmap(), QPixmap())
        self._stars_key: tuple[int, float] | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a row."""
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(hint.height(), _SIDE_PX + 2 * _EDGE_PX))

    def _paint_texts(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        moment: KeptMoment = index.data(_MOMENT)
        whole: QRect = option.rect
        self._paint_picture(painter, picture_rect(option), index)
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(star_rect(option), self._star(moment.is_starred, ratio))
        inner = whole.adjusted(_SIDE_PX + _EDGE_PX, 0, -_STAR_PX - _EDGE_PX, 0)
        option.rect = QStyle.visualRect(option.direction, whole, inner)
        super()._paint_texts(painter, option, index)
        option.rect = whole

    def _star(self, is_starred: bool, ratio: float) -> QPixmap:
        # Drawn once for all rows, and anew with other colours or on another screen.
        key = (QGuiApplication.palette().cacheKey(), ratio)
        if key != self._stars_key:
            size = QSize(_STAR_PX, _STAR_PX)
            self._stars_key = key
            self._stars = (
                icon("star").pixmap(size, ratio, QIcon.Mode.Disabled),
                icon("star-set").pixmap(size, ratio),
            )
        return self._stars[is_starred]

    def _paint_picture(self, painter: QPainter, box: QRect, index: Index) -> None:
        palette = QPalette()
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(picture, QPixmap) and not picture.isNull():
            ratio = painter.device().devicePixelRatioF()
            shrunk = picture.width() > box.width() * ratio
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shrunk)
            painter.drawPixmap(fitted(picture.size(), box), picture, QRectF(picture.rect()))
        else:
            painter.fillRect(box, palette.color(QPalette.ColorRole.AlternateBase))
        if mark := str(index.data(_MARK) or ""):
            badge = painter.fontMetrics().boundingRect(mark).adjusted(-5, -1, 5, 1)
            badge.moveTopLeft(box.topLeft())
            painter.fillRect(badge, palette.color(QPalette.ColorRole.Highlight))
            painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, mark)


def picture_rect(option: QStyleOptionViewItem) -> QRect:
    """Return where the picture of a row lies."""
    rect: QRect = option.rect
    box = QRect(rect.left() + _EDGE_PX, 0, _SIDE_PX, _SIDE_PX)
    box.moveTop(rect.center().y() - _SIDE_PX // 2)
    return QStyle.visualRect(option.direction, rect, box)


def star_rect(option: QStyleOptionViewItem) -> QRect:
    """Return where the star of a row lies."""
    rect: QRect = option.rect
    box = QRect(rect.right() - _EDGE_PX - _STAR_PX, 0, _STAR_PX, _STAR_PX)
    box.moveTop(rect.center().y() - _STAR_PX // 2)
    return QStyle.visualRect(option.direction, rect, box)


class MomentList(QListWidget):
    """The newest moment comes first. A click or the arrow keys choose A; Shift+click or B choose B;
    a click on the star, or Space, keeps a moment for good.
    """

    chosen = Signal(int)
    second_chosen = Signal(int)
    star_wanted = Signal(int)
    """Each carries the number of a moment, the oldest being 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Kept moments"))
        self.setAccessibleDescription(
            self.tr("Arrows choose a moment, B the one to compare it with, Space stars it.")
        )
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.currentRowChanged.connect(self._on_row)

    def show_moments(
        self, moments: Sequence[KeptMoment], chosen: int, thumb: Callable[[str], QImage]
    ) -> None:
        """Show moments, the oldest given first, and mark one as chosen without telling of it."""
        self.blockSignals(True)
        self.clear()
        for moment in reversed(moments):
            item = QListWidgetItem(when(moment))
            item.setData(_MOMENT, moment)
            item.setData(SECOND_LINE, facts(moment))
            picture = QPixmap.fromImage(thumb(moment.model_hash))
            item.setData(Qt.ItemDataRole.DecorationRole, picture)
            item.setToolTip(self._tip(moment))
            self.addItem(item)
        self.blockSignals(False)
        self.choose(chosen)

    def choose(self, number: int) -> None:
        """Mark a moment as chosen without telling of it."""
        self.blockSignals(True)
        self.setCurrentRow(self.count() - 1 - number)
        self.blockSignals(False)

    def set_marks(self, marks: dict[int, str]) -> None:
        """Put a letter on the pictures of some moments, by their numbers."""
        for row in range(self.count()):
            item = self.item(row)
            mark = marks.get(self.count() - 1 - row, "")
            item.setData(_MARK, mark)
            moment: KeptMoment = item.data(_MOMENT)
            starred = self.tr("starred") if moment.is_starred else ""
            spoken = [mark, item.text(), facts(moment).replace("   ·   ", ", "), starred]
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, spoken)))

    def set_thumb(self, model_hash: str, image: QImage) -> None:
        """Show the picture of a model."""
        for row in range(self.count()):
            item = self.item(row)
            if item.data(_MOMENT).model_hash == model_hash:
                item.setData(Qt.ItemDataRole.DecorationRole, QPixmap.fromImage(image))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful size: two rows."""
        return QSize(200, 2 * (_SIDE_PX + 2 * _EDGE_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen moment in sight."""
        super().resizeEvent(event)
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Star, or choose as the class says."""
        row = self.indexAt(event.position().toPoint()).row()
        number = self.count() - 1 - row
        if row < 0 or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        elif self._star_rect(row).contains(event.position().toPoint()):
            self.star_wanted.emit(number)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.second_chosen.emit(number)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys that the class names."""
        number = self.count() - 1 - self.currentRow()
        if self.currentRow() >= 0 and event.key() == Qt.Key.Key_Space:
            self.star_wanted.emit(number)
        elif self.currentRow() >= 0 and event.key() == Qt.Key.Key_B:
            self.second_chosen.emit(number)
        else:
            super().keyPressEvent(event)

    def _star_rect(self, row: int) -> QRect:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.visualItemRect(self.item(row))
        return star_rect(option).adjusted(-_EDGE_PX, -_EDGE_PX, _EDGE_PX, _EDGE_PX)

    def _tip(self, moment: KeptMoment) -> str:
        lines = [self.tr("Step {step}").format(step=words.count(moment.step))]
        if moment.is_best:
            lines.append(self.tr("The closest to your pictures; it is kept"))
        lines.append(
            self.tr("Starred: it is kept for good")
            if moment.is_starred
            else self.tr("Click the star to keep it for good; others are thinned out in time")
        )
        return "\n".join(lines)

    @Slot(int)
    def _on_row(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(self.count() - 1 - row)
