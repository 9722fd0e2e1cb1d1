"""One window at a time holds a project open."""

from pathlib import Path

import filelock

from ganart.errors import FolderNotWritable
from ganart.project.errors import ProjectInUse

LOCK = ".lock"


def lock_folder(folder: Path) -> filelock.BaseFileLock:
    """Take the folder's lock; the system frees it when the program ends, however it ends.

    Raises `ProjectInUse` where it is taken, `FolderNotWritable` where it cannot be made.
    """
    # Not per thread: the window may close a project that a worker thread opened.
    lock = filelock.FileLock(folder / LOCK, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise ProjectInUse(folder=folder) from None
    except OSError as error:
        raise FolderNotWritable(folder=folder, reason=error.strerror) from error
    return lock
