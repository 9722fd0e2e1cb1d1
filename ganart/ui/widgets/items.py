"""What views of items share: how a picture, the ground and frames of an item are painted."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex
_CARD_RADIUS_PX = 4


def lay_as_cards(view: QListView) -> None:
    """Have a view show its items as equal cards that fill the width, on the window's own ground."""
    view.setViewMode(QListView.ViewMode.IconMode)
    view.setMovement(QListView.Movement.Static)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setUniformItemSizes(True)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setMouseTracking(True)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.viewport().setBackgroundRole(QPalette.ColorRole.Window)


def paint_frames(
    painter: QPainter, option: QStyleOptionViewItem, frame: QRectF, inset_px: float = 2
) -> None:
    """Paint what says that a card is selected or under the mouse, and inside it that it is current.

    The frames would look rough without the painter's hint `Antialiasing`.
    """
    palette: QPalette = option.palette
    is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
        role = QPalette.ColorRole.Accent if is_chosen else QPalette.ColorRole.Mid
        painter.setPen(QPen(palette.color(role), 2 if is_chosen else 1))
        painter.drawRoundedRect(frame, _CARD_RADIUS_PX, _CARD_RADIUS_PX)
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1, Qt.PenStyle.DotLine))
        inner = frame.adjusted(inset_px, inset_px, -inset_px, -inset_px)
        painter.drawRoundedRect(inner, _CARD_RADIUS_PX, _CARD_RADIUS_PX)


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, radius_px: float) -> None:
    """Paint the ground of a row that is selected or under the mouse, and the frame of the current.

    They would look rough without the painter's hint `Antialiasing`.
    """
    palette: QPalette = option.palette
    is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    box = QRectF(option.rect).adjusted(1, 1, -1, -1)
    if is_chosen or option.state & QStyle.StateFlag.State_MouseOver:
        role = QPalette.ColorRole.Button if is_chosen else QPalette.ColorRole.AlternateBase
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(role))
        painter.drawRoundedRect(box, radius_px, radius_px)
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, radius_px, radius_px)


def paint_picture(
    painter: QPainter, box: QRectF, pixmap: QPixmap | None, palette: QPalette
) -> QRectF:
    """Paint a whole picture in the middle of a box and return where; a quiet tile for none."""
    if pixmap is None or pixmap.isNull():
        painter.fillRect(box, palette.color(QPalette.ColorRole.AlternateBase))
        return box
    size = pixmap.size().scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRectF(0, 0, size.width(), size.height())
    target.moveCenter(box.center())
    # Small pictures, such as pixel art, keep their hard pixels.
    is_enlarged = size.width() > pixmap.width()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not is_enlarged)
    painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
    return target
