"""The rectangle of a crop in a picture: moved, resized, and told as a framing. No widgets."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize

from ganart.datasets.framing import WHOLE, Box, Fill, Framing, window

LEAST_PX = 4.0
"""No side of a crop gets shorter, in pixels of the picture, unless the picture is."""
_SAME_PX = 0.75
"""What differs by less is taken for equal: a framing says whole pixels."""
Handle = tuple[int, int]
"""Which sides a handle moves: -1 for left or top, 1 for right or bottom, 0 for neither."""
CORNERS: tuple[Handle, ...] = ((-1, -1), (1, -1), (-1, 1), (1, 1))
SIDES: tuple[Handle, ...] = ((0, -1), (-1, 0), (1, 0), (0, 1))


def shown(framing: Framing, picture: QSize, size: tuple[int, int]) -> QRectF:
    """Return which part of a picture, in its pixels, a framing shows at `size`."""
    if framing.fill is Fill.CROP:
        left, top, right, bottom = window(picture.width(), picture.height(), size, framing)
    else:
        left, top, right, bottom = (framing.crop or WHOLE).pixels(picture.width(), picture.height())
    return QRectF(left, top, right - left, bottom - top)


def largest(picture: QSize, aspect: float) -> tuple[float, float]:
    """Return width and height of the largest part of an aspect, width to height."""
    return (
        min(picture.width(), picture.height() * aspect),
        min(picture.height(), picture.width() / aspect),
    )


def framed(rect: QRectF, framing: Framing, picture: QSize, size: tuple[int, int]) -> Framing:
    """Return the framing that shows `rect`, and is as `framing` in all else.

    A crop as large as it can be is told by its middle alone, so that it serves other sizes too.
    """
    width, height = picture.width(), picture.height()
    if framing.fill is not Fill.CROP:
        whole = _same(rect.width(), width) and _same(rect.height(), height)
        return replace(framing, crop=None if whole else box(rect, picture))
    most_width, most_height = largest(picture, size[0] / size[1])
    if not (_same(rect.width(), most_width) and _same(rect.height(), most_height)):
        return replace(framing, crop=box(rect, picture), focus=None)
    middle = rect.center()
    if _same(middle.x(), width / 2) and _same(middle.y(), height / 2):
        return replace(framing, crop=None, focus=None)
    return replace(framing, crop=None, focus=(middle.x() / width, middle.y() / height))


def box(rect: QRectF, picture: QSize) -> Box:
    """Return a part of a picture in shares of its sides."""
    width, height = picture.width(), picture.height()
    return Box(
        max(0.0, rect.left() / width),
        max(0.0, rect.top() / height),
        min(1.0, rect.right() / width),
        min(1.0, rect.bottom() / height),
    )


def _same(first: float, second: float) -> bool:
    return abs(first - second) < _SAME_PX


def moved(rect: QRectF, x_px: float, y_px: float, picture: QSize) -> QRectF:
    """Return `rect` moved as far as the picture reaches."""
    left = min(max(0.0, rect.left() + x_px), picture.width() - rect.width())
    top = min(max(0.0, rect.top() + y_px), picture.height() - rect.height())
    return QRectF(left, top, rect.width(), rect.height())


def centred(rect: QRectF, middle: QPointF, picture: QSize) -> QRectF:
    """Return `rect` with `middle` in its midst, as far as the picture allows."""
    step = middle - rect.center()
    return moved(rect, step.x(), step.y(), picture)


def resized(
    rect: QRectF, handle: Handle, to: QPointF, picture: QSize, aspect: float | None
) -> QRectF:
    """Return `rect` with a handle pulled to a place; the opposite side or corner stays.

    With an `aspect` only corners can be pulled, and the width stays as many times the height.
    """
    across = _pulled(rect.left(), rect.right(), handle[0], to.x(), picture.width())
    down = _pulled(rect.top(), rect.bottom(), handle[1], to.y(), picture.height())
    if aspect is None:
        return QRectF(QPointF(across[0], down[0]), QPointF(across[1], down[1]))
    room_x = rect.right() if handle[0] < 0 else picture.width() - rect.left()
    room_y = rect.bottom() if handle[1] < 0 else picture.height() - rect.top()
    wanted = max(across[1] - across[0], (down[1] - down[0]) * aspect)
    width = min(wanted, room_x, room_y * aspect)
    height = width / aspect
    left = rect.right() - width if handle[0] < 0 else rect.left()
    top = rect.bottom() - height if handle[1] < 0 else rect.top()
    return QRectF(left, top, width, height)


def _pulled(low: float, high: float, side: int, to: float, length: int) -> tuple[float, float]:
    least = min(LEAST_PX, length)
    if side < 0:
        return min(max(0.0, to), high - least), high
    if side > 0:
        return low, max(min(float(length), to), low + least)
    return low, high


def grown(rect: QRectF, x_px: float, y_px: float, picture: QSize, aspect: float | None) -> QRectF:
    """Return `rect` about its middle, larger or smaller by so much, as the picture allows."""
    if aspect is not None:
        x_px = x_px or y_px * aspect
        most = largest(picture, aspect)
        width = min(max(rect.width() + x_px, _least(aspect)), most[0])
        size = width, width / aspect
    else:
        size = (
            min(max(rect.width() + x_px, LEAST_PX), picture.width()),
            min(max(rect.height() + y_px, LEAST_PX), picture.height()),
        )
    grown = QRectF(0, 0, *size)
    return centred(grown, rect.center(), picture)


def _least(aspect: float) -> float:
    return LEAST_PX * max(1.0, aspect)


def nudge_px(rect: QRectF, size: tuple[int, int]) -> float:
    """Return by how much a key moves `rect`: a pixel of training, a picture's pixel at least."""
    return max(1.0, rect.width() / size[0])
