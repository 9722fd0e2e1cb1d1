"""Groups of pictures that are one and the same, and which of each group to keep."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from ganart.datasets.align import Floats
from ganart.datasets.apart import ToldApart
from ganart.datasets.catalogue import Catalogue
from ganart.datasets.measures import Measures, unpack
from ganart.datasets.pool import Poll, Stop
from ganart.datasets.records import Mark, PictureRow
from ganart.datasets.similar import Pairs, similar_pairs


class Likeness(StrEnum):
    """How alike pictures must be to be in one group."""

    EXACT = "exact"
    """Equal pixels."""
    NEAR = "near"
    """Versions too, in another size, compression, colour, or slightly cropped."""
    MIRRORED = "mirrored"
    """Versions that are mirrored as well."""


class Keep(StrEnum):
    """Which picture of a group is kept, after what was picked and before what was rejected."""

    LARGEST = "largest"
    """The most pixels; of equal ones the sharpest, then the least compressed."""
    SHARPEST = "sharpest"
    OLDEST = "oldest"
    """The file that was changed the longest ago."""


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
    turned: frozenset[int] = frozenset()
    """Numbers of the pictures that are mirror images of the first."""
    difference: float = 0.0
    """The largest of a picture from the one that all were compared with; see `similar_pairs`."""

    @property
    def ids(self) -> tuple[int, ...]:
        """The numbers of the pictures."""
        return tuple(row.id for row in self.pictures)

    @property
    def best(self) -> PictureRow:
        """The picture to keep."""
        return self.pictures[0]


@dataclass(frozen=True, slots=True)
class Groups:
    """The end of a search; no picture is in two groups."""

    groups: tuple[Group, ...]
    """The largest first, without those whose pictures the artist has told apart."""


@dataclass(frozen=True, slots=True)
class _Link:
    """Two pictures are versions of one another."""

    turned: bool
    difference: float


@dataclass(frozen=True, slots=True, eq=False)
class Kin:
    """Which pictures of a dataset are one and the same."""

    different: Sequence[Sequence[PictureRow]]
    """All pictures; those of equal pixels together, all in the order in which they are kept."""
    pairs: Pairs
    """Versions among the `different`."""
    differences: Floats
    """How much each of these pairs differs."""
    sharpness: Mapping[int, float]
    """0 to 1, by the number of a picture."""

    def groups(self, likeness: Likeness = Likeness.MIRRORED) -> tuple[Group, ...]:
        """Return the groups of pictures so much alike, the largest first.

        Every picture of a group was compared with the one that has most versions in it, so no chain
        of small changes leads from a picture to quite another one.
        """
        links: list[dict[int, _Link]] = [{} for _ in self.different]
        if likeness != Likeness.EXACT:
            self._link(links, likeness)
        found = (self._group(places, links) for places in _stars(links))
        groups = [group for group in found if len(group.pictures) > 1]
        return tuple(sorted(groups, key=lambda group: -len(group.pictures)))

    def _link(self, links: Sequence[dict[int, _Link]], likeness: Likeness) -> None:
        pairs = zip(self.pairs.tolist(), self.differences.tolist(), strict=True)
        for (first, second, turned), difference in pairs:
            if turned and likeness == Likeness.NEAR:
                continue
            link = _Link(bool(turned), difference)
            known = links[first].get(second)
            # A picture that is its own mirror image is linked both ways, and counts as not turned.
            if known is None or known.turned:
                links[first][second] = links[second][first] = link

    def _group(self, places: list[int], links: Sequence[Mapping[int, _Link]]) -> Group:
        center, first = places[0], min(places)
        own = [links[center][place] for place in places[1:]]
        turned = {place for place, link in zip(places[1:], own, strict=True) if link.turned}
        if first in turned:
            turned = set(places) - turned
        return Group(
            tuple(row for place in sorted(places) for row in self.different[place]),
            exact=len(places) == 1,
            turned=frozenset(row.id for place in turned for row in self.different[place]),
            difference=max((link.difference for link in own), default=0.0),
        )


def find_groups(
    catalogue: Catalogue, poll: Poll, *, near: bool = True, keep: Keep = Keep.LARGEST
) -> Iterator[Comparing | Groups]:
    """Find exact copies, and `near` them versions, among the pictures that a scan has measured.

    The last event is `Groups`; asked to stop, it ends without.
    """
    for event in find_kin(catalogue, poll, near=near, keep=keep):
        if isinstance(event, Kin):
            apart = ToldApart(catalogue.told_apart())
            yield Groups(tuple(each for each in event.groups() if not apart.covers(each.ids)))
        else:
            yield event


def find_kin(
    catalogue: Catalogue, poll: Poll, *, near: bool = True, keep: Keep = Keep.LARGEST
) -> Iterator[Comparing | Kin]:
    """Compare the pictures that a scan has measured; the last event, unless stopped, is `Kin`."""
    stop = Stop(poll)
    imprints = catalogue.imprints()
    sharpness = _sharpness(catalogue)
    rows = catalogue.pictures()
    rows.sort(key=lambda row: rank(row, keep, sharpness.get(row.id, 0.0)))
    copies: dict[str, list[PictureRow]] = {}
    for row in rows:
        if row.id in imprints:
            copies.setdefault(row.pixel_hash, []).append(row)
    different = list(copies.values())

    def thumbnail(place: int) -> Image.Image:
        return _opened(catalogue.thumbnail(different[place][0].id))

    yield Comparing(0, len(different))
    compared = [imprints[rows[0].id] for rows in different] if near else []
    found = [np.zeros((0, 3), np.int32)]
    differences = [np.zeros(0, np.float32)]
    for done, pairs, apart in similar_pairs(compared, thumbnail, stop):
        found.append(pairs)
        differences.append(apart)
        yield Comparing(done, len(different))
    if not stop():
        yield Kin(different, np.concatenate(found), np.concatenate(differences), sharpness)


def reject_others(catalogue: Catalogue, groups: Sequence[Group]) -> dict[Path, Mark]:
    """Reject all pictures of groups but the best; return the marks before, to take it back."""
    others = [row.path for group in groups for row in group.pictures[1:]]
    return catalogue.set_marks(dict.fromkeys(others, Mark.REJECTED))


_WORTH = {Mark.PICKED: 0, Mark.NONE: 1, Mark.REJECTED: 2}
_RULES: dict[Keep, Callable[[PictureRow, float], tuple[float, ...]]] = {
    Keep.LARGEST: lambda row, sharpness: (-row.width * row.height, -sharpness, -row.size_bytes),
    Keep.SHARPEST: lambda row, sharpness: (-sharpness, -row.width * row.height, -row.size_bytes),
    Keep.OLDEST: lambda row, _: (row.mtime_ns, -row.width * row.height, -row.size_bytes),
}


def rank(row: PictureRow, keep: Keep, sharpness: float) -> tuple[object, ...]:
    """Return what sorts pictures, those first that are to be kept before others.

    What the artist picked comes first and what was rejected last, whatever the rule.
    """
    return (_WORTH[row.mark], *_RULES[keep](row, sharpness), row.path)


def _sharpness(catalogue: Catalogue) -> dict[int, float]:
    measures = catalogue.measures()
    place = list(Measures.__dataclass_fields__).index("sharpness")
    return dict(zip(measures, unpack(measures.values())[:, place].tolist(), strict=True))


def _opened(content: bytes | None) -> Image.Image:
    """Return a thumbnail; a plain one, which is like no other, where it is gone or damaged."""
    try:
        return Image.open(BytesIO(content or b"")).convert("RGB")
    except OSError:
        return Image.new("RGB", (1, 1))


def _stars(links: Sequence[Mapping[int, _Link]]) -> Iterator[list[int]]:
    """Yield groups: again and again the place with most links left, and all it is linked to.

    The place comes first in its group.
    """
    counts = np.array([len(each) for each in links], np.int64)
    free = set(range(len(links)))
    while free and counts.max() > 0:
        center = int(counts.argmax())
        group = [center, *(links[center].keys() & free)]
        yield group
        free.difference_update(group)
        for place in group:
            counts[place] = -1
            for other in links[place].keys() & free:
                counts[other] -= 1
    yield from ([place] for place in free)
