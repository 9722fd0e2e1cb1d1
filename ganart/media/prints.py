"""Pages of paper: where pictures stand on them in centimetres, and how that becomes pixels."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from ganart.errors import StudioError
from ganart.media.pictures import Pixels
from ganart.media.sheets import COLOURS, written
from ganart.media.sizing import resized
from ganart.text import QT_TRANSLATE_NOOP

MM_PER_INCH = 25.4
MARK_MM = 5.0
"""Length of a crop mark."""
MARK_GAP_MM = 2.0
"""Between a crop mark and the bleed, so that it is cut off for sure."""
CAPTION_MM = 4.0
"""Height of a caption's line, where the picture is not too small for it."""
_LINE_MM = 0.1
_MOST_CAPTION = 0.25
"""Of a picture's height."""


class NoRoomOnPage(StudioError):
    """Margins, gaps and captions leave nothing of the page."""

    happened = QT_TRANSLATE_NOOP("errors", "There is no room for pictures on the page.")
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was saved.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Choose smaller margins and gaps, fewer rows and columns, or a larger page."
    )


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the sheet of paper, in millimetres from its top left."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page with rows and columns of pictures of one shape."""

    width_mm: float
    height_mm: float
    rows: int = 1
    columns: int = 1
    margin_mm: float = 0.0
    gap_mm: float = 0.0
    bleed_mm: float = 0.0
    crop_marks: bool = False
    captions: bool = False
    aspect: float = 1.0
    """Width of a picture by its height."""

    @property
    def around_mm(self) -> float:
        """Paper on every side that is cut off: the bleed, and beyond it room for crop marks."""
        return self.bleed_mm + (MARK_GAP_MM + MARK_MM if self.crop_marks else 0.0)

    @property
    def sheet_mm(self) -> tuple[float, float]:
        """Width and height of the paper before cutting."""
        return self.width_mm + 2 * self.around_mm, self.height_mm + 2 * self.around_mm

    def cells(self) -> list[Box]:
        """Return the rooms of the pictures without their captions. Raises `NoRoomOnPage`.

        Without a margin they reach into the bleed.
        """
        inset = self.margin_mm or -self.bleed_mm
        begin = self.around_mm + inset
        across = self.width_mm - 2 * inset - (self.columns - 1) * self.gap_mm
        down = self.height_mm - 2 * inset - (self.rows - 1) * self.gap_mm
        width, height = across / self.columns, down / self.rows
        if min(width, height) <= 0.5:
            raise NoRoomOnPage
        shown = height - self.caption_mm(height)
        return [
            Box(begin + column * (width + self.gap_mm), begin + row * (height + self.gap_mm),
                width, shown)
            for row in range(self.rows)
            for column in range(self.columns)
        ]  # fmt: skip

    def caption_mm(self, height: float) -> float:
        """Return how much of a cell of this height its caption takes."""
        return min(CAPTION_MM, _MOST_CAPTION * height) if self.captions else 0.0

    def pictures(self) -> list[Box]:
        """Return where the pictures stand, each as large as its room allows, in its middle.

        One picture that fills a page without a margin is cut to the page's shape instead.
        """
        boxes = []
        for cell in self.cells():
            if self.fills:
                boxes.append(cell)
                continue
            width = min(cell.width, cell.height * self.aspect)
            height = width / self.aspect
            left = cell.left + (cell.width - width) / 2
            boxes.append(Box(left, cell.top + (cell.height - height) / 2, width, height))
        return boxes

    @property
    def fills(self) -> bool:
        """Whether one picture fills the whole page."""
        return not self.margin_mm and self.rows == self.columns == 1 and not self.captions

    def marks(self) -> list[tuple[float, float, float, float]]:
        """Return the crop marks as lines from x, y to x, y in millimetres."""
        if not self.crop_marks:
            return []
        width, height = self.sheet_mm
        around, lines = self.around_mm, []
        for x in (around, width - around):
            lines += [(x, 0, x, MARK_MM), (x, height - MARK_MM, x, height)]
        for y in (around, height - around):
            lines += [(0, y, MARK_MM, y), (width - MARK_MM, y, width, y)]
        return lines


def page_pixels(layout: PageLayout, dpi: int) -> tuple[int, int]:
    """Return width and height of a page in pixels."""
    return tuple(max(1, _dots(side, dpi)) for side in layout.sheet_mm)  # type: ignore[return-value]


def picture_pixels(box: Box, dpi: int) -> tuple[int, int, int, int]:
    """Return left, top, width and height of a picture in pixels."""
    left, top = _dots(box.left, dpi), _dots(box.top, dpi)
    right, bottom = _dots(box.left + box.width, dpi), _dots(box.top + box.height, dpi)
    return left, top, max(1, right - left), max(1, bottom - top)


def laid_out(
    layout: PageLayout,
    pictures: Sequence[Pixels],
    dpi: int,
    background: str = "white",
    captions: Sequence[str] = (),
) -> Pixels:
    """Return one page (height, width, 3) with as many pictures as it has room for, or fewer.

    Each has the size that `picture_pixels` says of its box. Raises `NoRoomOnPage`.
    """
    width, height = page_pixels(layout, dpi)
    page = np.empty((height, width, 3), np.uint8)
    page[:] = (255, 255, 255)
    cut = _dots(layout.around_mm - layout.bleed_mm, dpi)
    page[cut : height - cut, cut : width - cut] = COLOURS[background]
    boxes = layout.pictures()
    for box, picture in zip(boxes, pictures, strict=False):
        left, top, across, down = picture_pixels(box, dpi)
        room = page[top : top + down, left : left + across]
        room[:] = picture[: room.shape[0], : room.shape[1]]  # rounding may lack a row at the edge
    if captions:
        shown = list(zip(boxes, captions, strict=False))
        letters = round(_dots(layout.caption_mm(layout.cells()[0].height), dpi) * 0.6)
        spots = [
            (_dots(box.left + box.width / 2, dpi), _dots(box.top + box.height, dpi) + letters // 4)
            for box, _ in shown
        ]
        most = _dots(boxes[0].width, dpi)
        page = written(page, [text for _, text in shown], spots, letters, most)
    return _with_marks(page, layout, dpi)


def filling(picture: Pixels, width: int, height: int, aspect: float, resampler: str) -> Pixels:
    """Return a picture enlarged to fill a box of another shape, cut evenly where it is too long."""
    across = max(width, round(height * aspect))
    down = max(height, round(width / aspect))
    large = resized(picture, across, down, resampler)
    left, top = (across - width) // 2, (down - height) // 2
    return np.ascontiguousarray(large[top : top + height, left : left + width], np.uint8)


def _with_marks(page: Pixels, layout: PageLayout, dpi: int) -> Pixels:
    if not layout.crop_marks:
        return page
    image = Image.fromarray(page)
    draw = ImageDraw.Draw(image)
    thick = max(1, _dots(_LINE_MM, dpi))
    for line in layout.marks():
        x0, y0, x1, y1 = (_dots(each, dpi) for each in line)
        draw.line((x0, y0, x1, y1), (0, 0, 0), thick)
    return np.array(image)


def _dots(mm: float, dpi: int) -> int:
    return round(mm / MM_PER_INCH * dpi)
