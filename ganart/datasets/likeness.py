"""How alike pictures look to one of them, at a glance: by where light and colours lie."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ganart.datasets.imprint import read_imprints

Distances = npt.NDArray[np.float32]
"""(N,), 0 for the picture itself."""

_CELLS = 8
"""Fields each way whose mean light and colours are compared."""
_COLOUR = 3.0
"""Colours span less than light does, but tell motifs apart as well."""
_CHUNK = 1024


def distances(imprints: Sequence[bytes], one: bytes) -> Distances:
    """Return how far pictures are from one, by their imprints; a mirror image is as near."""
    wanted = _glance([one])[0]
    mirrored = wanted[:, ::-1]
    found = np.empty(len(imprints), np.float32)
    for start in range(0, len(imprints), _CHUNK):
        glances = _glance(imprints[start : start + _CHUNK])
        both = [np.square(glances - each).mean(axis=(1, 2, 3)) for each in (wanted, mirrored)]
        found[start : start + _CHUNK] = np.sqrt(np.minimum(*both))
    return found


def _glance(imprints: Sequence[bytes]) -> npt.NDArray[np.float32]:
    """Return (N, _CELLS, _CELLS, 3): light and two colours of each field."""
    grey, colour = read_imprints(imprints)
    light, hues = _fields(grey), _fields(colour) * _COLOUR
    glance: npt.NDArray[np.float32] = np.stack([light.real, hues.real, hues.imag], axis=-1)
    return glance


def _fields(
    planes: npt.NDArray[np.complex64] | npt.NDArray[np.float32],
) -> npt.NDArray[np.complex64]:
    count, side, _ = planes.shape
    step = side // _CELLS
    fields: npt.NDArray[np.complex64] = planes.reshape(count, _CELLS, step, _CELLS, step).mean(
        axis=(2, 4)
    )
    return fields
