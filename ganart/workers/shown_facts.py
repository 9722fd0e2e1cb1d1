"""What becomes of the pictures on their way to the size of a training, counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ganart.engine.asks import Ask, Poll
from ganart.workers.run import Job

if TYPE_CHECKING:
    from ganart.datasets.framing import Framing
    from ganart.datasets.records import PictureRow

MUCH = 0.4
"""A picture that loses more than this share is worth a look."""
_AT_ONCE = 1000
"""Pictures between two looks whether the job is still wanted."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Of the pictures that are trained on, which rejected ones are not."""

    shown: int
    rejected: int
    own: int
    """Framed by hand."""
    enlarged: tuple[int, ...]
    """The ids of those that have fewer pixels than training wants."""
    much_cut: tuple[int, ...]
    """The ids of those that lose more than `MUCH`."""
    cut: float
    """Share of a picture that is cut off, on average, 0 to 1."""


def facts_job(rows: "Sequence[PictureRow]", usual: str, size: tuple[int, int]) -> Job:
    """Count what becomes of pictures at `size`; yields one `Facts` unless stopped.

    Those without a framing have the `usual` one, as JSON.
    """

    def job(poll: Poll) -> Iterator[object]:
        from ganart.datasets.framing import Framing
        from ganart.datasets.whole import framing_of

        otherwise = Framing.from_json(usual)
        shown = [row for row in rows if row.weight]
        enlarged, much_cut, cut_off = [], [], 0.0
        for number, row in enumerate(shown):
            if number % _AT_ONCE == 0 and poll() is Ask.STOP:
                return
            is_enlarged, cut = _loss(row, size, framing_of(row, otherwise))
            cut_off += cut
            if is_enlarged:
                enlarged.append(row.id)
            if cut > MUCH:
                much_cut.append(row.id)
        yield Facts(
            shown=len(shown),
            rejected=len(rows) - len(shown),
            own=sum(row.framing is not None for row in shown),
            enlarged=tuple(enlarged),
            much_cut=tuple(much_cut),
            cut=cut_off / len(shown) if shown else 0.0,
        )

    return job


def _loss(row: "PictureRow", size: tuple[int, int], framing: "Framing") -> tuple[bool, float]:
    """Return whether a picture is enlarged, and which share of it is cut off."""
    from ganart.datasets.framing import WHOLE, Fill, window

    if framing.fill is Fill.CROP:
        left, top, right, bottom = window(row.width, row.height, size, framing)
    else:
        left, top, right, bottom = (framing.crop or WHOLE).pixels(row.width, row.height)
    width, height = right - left, bottom - top
    scales = (size[0] / width, size[1] / height)
    # A picture that is kept whole beside some ground fills the size one way only.
    is_enlarged = (max if framing.fill in {Fill.CROP, Fill.STRETCH} else min)(scales) > 1
    return is_enlarged, 1 - width * height / (row.width * row.height)
