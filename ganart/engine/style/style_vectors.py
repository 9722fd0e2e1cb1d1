"""Style vectors of pictures: what the network that looks has seen, kept between runs."""

import hashlib
import stat
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from ganart.datasets.decode import decode
from ganart.datasets.errors import Reason, Unreadable
from ganart.datasets.reasons import reason_of
from ganart.engine.style.arbitrary import STYLE_NUMBERS, STYLE_SIDE, StylePredictor
from ganart.errors import DiskFull, FolderNotWritable
from ganart.files import make_folder, write_atomic
from ganart.settings.paths import cache_folder

VERSION = 1
"""Raised when the network or the way of cutting pictures changes, so that old vectors are left."""


def style_vector(path: Path, predictor: StylePredictor, device: torch.device) -> Tensor:
    """Return the style vector (100,) of the picture at `path`, from the cache where it is.

    Raises `Unreadable`.
    """
    kept = cache_folder() / "style-vectors" / f"{_hash(path)}-{VERSION}.bin"
    vector = _read(kept)
    if vector is None:
        picture = decode(path, shortest=STYLE_SIDE)
        vector = predictor(_square(picture).to(device))[0].cpu().numpy()
        try:
            make_folder(kept.parent)
            write_atomic(kept, vector.astype("<f4").tobytes())
        except (DiskFull, FolderNotWritable):
            pass  # the cache only saves time
    return torch.from_numpy(vector).to(device)


def vector_of(photo: Tensor, predictor: StylePredictor) -> Tensor:
    """Return the style vector (100,) of a photo (1, 3, H, W) in 0..1."""
    height, width = photo.shape[-2:]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    square = photo[..., top : top + side, left : left + side]
    size = (STYLE_SIDE, STYLE_SIDE)
    seen = F.interpolate(square, size, mode="bicubic", antialias=True).clamp(0.0, 1.0)
    return predictor(seen)[0]


def _square(picture: Image.Image) -> Tensor:
    """Return the middle of a picture as the network sees it, (1, 3, 256, 256)."""
    side = min(picture.size)
    left, top = (picture.width - side) // 2, (picture.height - side) // 2
    seen = picture.resize(
        (STYLE_SIDE, STYLE_SIDE),
        Image.Resampling.LANCZOS,
        box=(left, top, left + side, top + side),
    )
    pixels = np.asarray(seen, dtype=np.float32) / 255.0
    return torch.from_numpy(pixels).permute(2, 0, 1).unsqueeze(0)


def _hash(path: Path) -> str:
    """Return the SHA-256 of a file. Raises `Unreadable`."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a FIFO would block for ever
            raise Unreadable(path, Reason.NOT_A_FILE)
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise Unreadable(path, reason_of(error, path)) from error


def _read(kept: Path) -> npt.NDArray[np.float32] | None:
    """Return a vector from the cache, None where it is not there or not sound."""
    try:
        vector = np.frombuffer(kept.read_bytes(), dtype="<f4").astype(np.float32)
    except (OSError, ValueError):
        return None
    return vector if vector.shape == (STYLE_NUMBERS,) and np.isfinite(vector).all() else None
