"""Reading project.json so that a damaged or an old one costs nothing."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ganart.errors import FolderNotWritable, StudioError
from ganart.files import write_atomic
from ganart.project.documents import Damaged, backups, read_document
from ganart.project.errors import NotAProject, ProjectRebuilt, ProjectRestored, ProjectTooNew
from ganart.project.migrations import PROJECT_STEPS, Document, current_version, migrate


@dataclass(frozen=True)
class Stored:
    """A project document as it was found."""

    document: Document
    """At the current version."""
    changed: bool
    """It differs from the file and wants saving."""
    notices: tuple[StudioError, ...] = ()


def recover(path: Path, make_new: Callable[[], Document]) -> Stored:
    """Read the document in `path`.

    An old format is migrated, after a copy was put beside the backups. In place of a damaged or
    missing file the newest good backup is taken, or a new document where there is none; the
    damaged file is renamed, never overwritten. Raises `ProjectTooNew`, `MigrationFailed`,
    `NotAProject`, `FolderNotWritable`.
    """
    try:
        document, version = _read(path)
        if version == document["schema"]:
            return Stored(document, changed=False)
        _keep_old_format(path, version)
        return Stored(document, changed=True)
    except (Damaged, FileNotFoundError):
        pass
    except OSError as error:
        raise FolderNotWritable(folder=path.parent, reason=error.strerror) from error
    return _from_backup(path) or _anew(path, make_new)


def _from_backup(path: Path) -> Stored | None:
    for backup in backups(path):
        with suppress(Damaged, OSError):
            document, _ = _read(backup)
            _set_aside(path)
            notice = ProjectRestored(path=path, source=backup.name)
            return Stored(document, changed=True, notices=(notice,))
    return None


def _anew(path: Path, make_new: Callable[[], Document]) -> Stored:
    folder = path.parent
    # Other programs have files of this name too: theirs are not ours to replace.
    if folder.suffix != ".ganart" and not (folder / "catalogue.sqlite").exists():
        raise NotAProject(folder=folder)
    _set_aside(path)
    return Stored(make_new(), changed=True, notices=(ProjectRebuilt(path=path),))


def _read(path: Path) -> tuple[Document, int]:
    """Return the document at the current version, and the version that it had in the file."""
    document = read_document(path)
    known, version = current_version(PROJECT_STEPS), document["schema"]
    if version > known:
        raise ProjectTooNew(folder=path.parent, version=version, known=known)
    document = migrate(document, PROJECT_STEPS, path)
    created, choices = document.get("created"), document.get("choices")
    if not isinstance(created, str) or not isinstance(choices, dict):
        raise Damaged("parts of it are missing")
    return document, version


def _keep_old_format(path: Path, version: int) -> None:
    """Keep a copy for good, should the person go back to an older studio."""
    copy = path.parent / "backups" / f"{path.stem}-format-{version}{path.suffix}"
    copy.parent.mkdir(exist_ok=True)
    write_atomic(copy, path.read_bytes())


def _set_aside(path: Path) -> None:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    with suppress(FileNotFoundError):
        path.replace(path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}"))
