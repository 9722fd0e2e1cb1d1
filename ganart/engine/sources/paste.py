"""Keeps pasted pictures in a folder of the project."""

from hashlib import sha256
from pathlib import Path

from ganart.datasets.decode import loaded
from ganart.files import make_folder, write_new

FOLDER = "pasted"
_NAME = Path("pasted.png")


def keep_pasted(content: bytes, sources: Path) -> Path:
    """Write a pasted PNG into the one folder of all that was pasted; return the file.

    That folder is to be added as a source. The same picture pasted again is the same file. Raises
    `Unreadable` for what is no sound picture, `DiskFull` and `FolderNotWritable`.
    """
    with loaded(_NAME, content):
        pass  # It is sound.
    folder = make_folder(sources / FOLDER)
    digest = sha256(content).hexdigest()[:16]
    target = folder / f"pasted-{digest}.png"
    if not target.exists():
        write_new(target, content, digest, replace=True)
    return target
