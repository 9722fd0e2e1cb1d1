"""Points that are dragged from one part of the Explore page to another."""

import json

from PySide6.QtCore import QMimeData

from ganart.media.point import Point, Vectors, read_point, write_point
from ganart.media.recipe_checks import BadRecipe, read_object

MIME = "application/x-ganart-point"


def mime_of(point: Point) -> QMimeData:
    """Return a point to be dragged."""
    vectors = Vectors()
    values = {"point": write_point(point, vectors), "vectors": vectors.texts}
    data = QMimeData()
    data.setData(MIME, json.dumps(values).encode("ascii"))
    return data


def point_in(data: QMimeData) -> Point | None:
    """Return the point that is dragged, None where it is something else."""
    if not data.hasFormat(MIME):
        return None
    try:
        values = read_object(bytes(data.data(MIME).data()))
        texts = values.get("vectors")
        return read_point(values.get("point"), Vectors(texts if isinstance(texts, list) else ()))
    except BadRecipe:
        return None
