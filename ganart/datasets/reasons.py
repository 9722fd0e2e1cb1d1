"""Why a file is refused: told from what the system or Pillow raised, and from its first bytes."""

import errno
from io import BytesIO
from pathlib import Path

from PIL import TiffImagePlugin

from ganart.datasets.errors import Reason
from ganart.datasets.kinds import (
    SHORT_SIGNATURES,
    SIGNATURE_BYTES,
    TIFF_SIGNATURES,
    looks_like_picture,
    looks_unsupported,
)


def reason_of(error: OSError, path: Path) -> Reason:
    """Return what the system's or Pillow's `error` about `path` means."""
    if error.errno is None:
        return Reason.UNSUPPORTED if str(error).startswith("Unsupported") else Reason.DAMAGED
    if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}:
        return Reason.BROKEN_LINK if path.is_symlink() else Reason.MISSING
    if error.errno in {errno.EACCES, errno.EPERM}:
        return Reason.FORBIDDEN
    if error.errno == errno.EINVAL:  # Damaged data had Pillow look before the beginning of a file.
        return Reason.DAMAGED
    return Reason.DISK


def why_unidentified(path: Path, content: bytes | None = None) -> Reason:
    """Return why no decoder takes the file in `path`, or `content`, which `path` then only names.

    What is sound but of a kind that cannot be read is told from what is damaged.
    """
    try:
        head = _head(path) if content is None else content[:SIGNATURE_BYTES]
    except OSError as error:
        return reason_of(error, path)
    if looks_unsupported(head):
        return Reason.UNSUPPORTED
    if head.startswith(TIFF_SIGNATURES) and _is_of_unknown_mode(path, content):
        return Reason.UNSUPPORTED
    short = SHORT_SIGNATURES.get(path.suffix.lower(), ())
    known = looks_like_picture(head) or head.startswith(short)
    return Reason.DAMAGED if known else Reason.NOT_A_PICTURE


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(SIGNATURE_BYTES)


def _is_of_unknown_mode(path: Path, content: bytes | None) -> bool:
    """Tell whether a TIFF has pixels that Pillow cannot read, such as colours of 32-bit floats."""
    try:
        TiffImagePlugin.TiffImageFile(path if content is None else BytesIO(content)).close()
    except SyntaxError as error:  # `Image.open` hides it.
        return str(error) == "unknown pixel mode"
    except Exception:  # Damaged data raises nearly anything.
        return False
    return False
