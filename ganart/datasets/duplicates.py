"""Groups of pictures that are one and the same, and which of each group to keep."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from ganart.datasets.catalogue import Catalogue
from ganart.datasets.measures import Measures, unpack
from ganart.datasets.pool import Poll, Stop
from ganart.datasets.records import Mark, PictureRow
from ganart.datasets.similar import similar_pairs


@dataclass(frozen=True, slots=True)
class Comparing:
    """`done` of `total` different pictures are compared with all others."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Group:
    """Pictures that are one and the same, the one to keep first."""

    pictures: tuple[PictureRow, ...]
    exact: bool
    """Whether all have equal pixels."""

    @property
    def best(self) -> PictureRow:
        """The picture to keep."""
        return self.pictures[0]


@dataclass(frozen=True, slots=True)
class Groups:
    """The end of a search; no picture is in two groups."""

    groups: tuple[Group, ...]
    """The largest first."""


def find_groups(
    catalogue: Catalogue, poll: Poll, *, near: bool = True
) -> Iterator[Comparing | Groups]:
    """Find exact copies, and `near` them versions, among the pictures that a scan has measured.

    The last event is `Groups`; asked to stop, it ends without. Every picture of a group was
    compared with the one that has most versions in it, so no chain of small changes leads from a
    picture to quite another one.
    """
    stop = Stop(poll)
    imprints = catalogue.imprints()
    copies: dict[str, list[PictureRow]] = {}
    for row in ranked(catalogue):
        if row.id in imprints:
            copies.setdefault(row.pixel_hash, []).append(row)
    different = list(copies.values())

    def thumbnail(place: int) -> Image.Image:
        return _opened(catalogue.thumbnail(different[place][0].id))

    links: list[set[int]] = [set() for _ in different]
    yield Comparing(0, len(different))
    compared = [imprints[rows[0].id] for rows in different] if near else []
    for done, pairs in similar_pairs(compared, thumbnail, stop):
        for first, second, _ in pairs.tolist():
            links[first].add(second)
            links[second].add(first)
        yield Comparing(done, len(different))
    if stop():
        return
    groups = []
    for places in _stars(links):
        rows = [row for place in sorted(places) for row in different[place]]
        if len(rows) > 1:
            groups.append(Group(tuple(rows), exact=len(places) == 1))
    yield Groups(tuple(sorted(groups, key=lambda group: -len(group.pictures))))


def reject_others(catalogue: Catalogue, groups: Sequence[Group]) -> dict[Path, Mark]:
    """Reject all pictures of groups but the best; return the marks before, to take it back."""
    others = [row.path for group in groups for row in group.pictures[1:]]
    return catalogue.set_marks(dict.fromkeys(others, Mark.REJECTED))


def ranked(catalogue: Catalogue) -> list[PictureRow]:
    """Return the readable pictures, those first that are to be kept before others.

    What the artist picked comes first and what was rejected last; then the largest, of equal ones
    the sharpest, then the least compressed.
    """
    measures = catalogue.measures()
    place = list(Measures.__dataclass_fields__).index("sharpness")
    sharpness = dict(zip(measures, unpack(measures.values())[:, place].tolist(), strict=True))
    order = {Mark.PICKED: 0, Mark.NONE: 1, Mark.REJECTED: 2}
    return sorted(
        catalogue.pictures(),
        key=lambda row: (
            order[row.mark],
            -row.width * row.height,
            -sharpness.get(row.id, 0.0),
            -row.size_bytes,
            row.path,
        ),
    )


def _opened(content: bytes | None) -> Image.Image:
    """Return a thumbnail; a plain one, which is like no other, where it is gone or damaged."""
    try:
        return Image.open(BytesIO(content or b"")).convert("RGB")
    except OSError:
        return Image.new("RGB", (1, 1))


def _stars(links: Sequence[set[int]]) -> Iterator[list[int]]:
    """Yield groups: again and again the place with most links left, and all it is linked to."""
    counts = np.array([len(each) for each in links], np.int64)
    free = set(range(len(links)))
    while free:
        center = int(counts.argmax())
        group = [center, *(links[center] & free)]
        yield group
        free.difference_update(group)
        for place in group:
            counts[place] = -1
            for other in links[place] & free:
                counts[other] -= 1
