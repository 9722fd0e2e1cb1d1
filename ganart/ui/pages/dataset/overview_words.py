"""What the dataset is like, in words."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ganart.ui.widgets.words import count

if TYPE_CHECKING:
    from ganart.datasets.statistics import Description

_translate = QCoreApplication.translate
_FEW = 100
_SOFT_SIDE = 64
_SOFT_SHARE = 0.25
_ONE_SHAPE = 0.8
_STRANGE = 2.0


def side_names(edges: Sequence[float]) -> list[str]:
    """Return the names of classes of the shorter side, in pixels."""
    below = _translate("DatasetOverview", "below {pixels} px").format(pixels=count(edges[1]))
    above = _translate("DatasetOverview", "{pixels} px or more").format(pixels=count(edges[-1]))
    pairs = pairwise(edges[1:])
    return [below, *(f"{count(low)} – {count(high - 1)} px" for low, high in pairs), above]


def aspect_names(edges: Sequence[float]) -> list[str]:
    """Return the names of classes of width to height, of which there must be nine."""
    names = [
        _translate("DatasetOverview", "very tall"),
        _translate("DatasetOverview", "tall"),
        _translate("DatasetOverview", "portrait, 2 : 3"),
        _translate("DatasetOverview", "portrait, 4 : 5"),
        _translate("DatasetOverview", "square"),
        _translate("DatasetOverview", "landscape, 5 : 4"),
        _translate("DatasetOverview", "landscape, 3 : 2"),
        _translate("DatasetOverview", "wide"),
        _translate("DatasetOverview", "very wide"),
    ]
    if len(names) != len(edges):
        raise ValueError(f"{len(edges)} shapes have {len(names)} names")
    return names


def advice(described: "Description") -> list[str]:
    """Return sentences about what may matter for a training; none where all is well."""
    total = len(described.rows)
    sentences = []
    if total < _FEW:
        sentences.append(
            _translate(
                "DatasetOverview",
                "These are few pictures. A model learns more from a hundred, and best from many "
                "hundreds.",
            )
        )
    small = sum(
        number
        for edge, number in zip(described.sides.edges, described.sides.counts, strict=True)
        if edge < _SOFT_SIDE
    )
    if small > _SOFT_SHARE * total:
        text = _translate(
            "DatasetOverview",
            "{count} pictures are smaller than 64 px: they are enlarged and look soft or blocky "
            "in a training of that size.",
        )
        sentences.append(text.format(count=count(small)))
    if max(described.aspects.counts, default=0) < _ONE_SHAPE * total:
        sentences.append(
            _translate(
                "DatasetOverview",
                "The pictures have several shapes, so that some lose much by cropping. The "
                "Framing tab shows what is cut.",
            )
        )
    return sentences


def strange(described: "Description") -> list[int]:
    """Return the ids of pictures that are unlike all others, the most unlike first."""
    numbers = described.variety.strangeness
    order = sorted(range(len(numbers)), key=lambda place: -numbers[place])
    return [described.rows[place].id for place in order if numbers[place] > _STRANGE]
