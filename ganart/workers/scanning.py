"""Keeping the dataset of the open project up to date: one scan at a time."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Signal, Slot

from ganart.project.store import Project
from ganart.workers.background import Background
from ganart.workers.errands import Addition, Errand, Left, NotAdded, Stopped, errand_job
from ganart.workers.run import Run


class Scanning(Background):
    """Jobs of one project, of which at most one changes its sources and scans them."""

    dataset_changed = Signal()
    """Pictures or folders of the catalogue changed, or what a training is to see of them."""
    scanned = Signal()
    """A scan has ended."""
    scan_changed = Signal(object)
    """The scan's `Run` when one starts, None when it has ended."""
    left_behind = Signal(object)
    """A list of `Left`: what inside of files was not taken."""
    notice = Signal(str)
    """One sentence for the status bar."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project: Project | None = None
        self.scanning: Run | None = None
        self._waiting: list[Addition] = []
        self._is_quiet = False
        self._is_cancelled = False
        self._stopped: list[Path] = []
        """Sources that pictures were being put into when the scan was cancelled."""

    def stop_jobs(self) -> None:
        """Ask every job of the project to stop and to keep what it made; `idle` follows."""
        self._waiting.clear()
        self._is_cancelled = False
        super().stop_jobs()

    def add_folders(self, folders: Sequence[Path]) -> Run | None:
        """Add folders to the dataset and scan; None if a scan runs, then they wait for its end."""
        return self.add_sources(folders)

    def add_sources(self, additions: Sequence[Addition]) -> Run | None:
        """Add what may also be taken out of files or was pasted; else as `add_folders`."""
        if self.scanning is not None:
            self._waiting.extend(additions)
            return None
        return self._begin_scan(Errand(add=tuple(additions)))

    def remove_sources(self, sources: Sequence[Path]) -> Run | None:
        """Take sources out of the dataset; None while a scan runs.

        Their files are left alone, except copies that the project itself has made.
        """
        return self._try_scan(Errand(remove=tuple(sources)))

    def move_source(self, old: Path, new: Path) -> Run | None:
        """Say that a source lies elsewhere now, and scan it there; None while a scan runs."""
        return self._try_scan(Errand(move=(old, new)))

    def scan(self) -> Run | None:
        """Look for new, changed and vanished files in all folders; None while a scan runs."""
        return self._try_scan(Errand(everything=True))

    def scan_only(self, sources: Sequence[Path]) -> Run | None:
        """Look into some sources, and tell only of changes; None while a scan runs."""
        return self._try_scan(Errand(only=tuple(sources)))

    def cancel_scan(self) -> None:
        """Stop the scan and keep what it found; what waits for its end comes next.

        Pictures that were taken out of a file until then are scanned, which can be cancelled too.
        """
        if self.scanning is not None:
            self._is_cancelled = True
            self.scanning.stop()

    def _try_scan(self, errand: Errand) -> Run | None:
        return None if self.scanning is not None else self._begin_scan(errand)

    def _begin_scan(self, errand: Errand) -> Run:
        path = self._open_project().catalogue_path
        self._is_quiet = bool(errand.only)
        self._is_cancelled = False
        self._stopped.clear()
        self.scanning = self.begin(errand_job(path, errand), "scan")
        self.scanning.done.connect(self._end_scan)
        if not errand.remove:
            self.scanning.reported.connect(self._hear_scan)
        self.scan_changed.emit(self.scanning)
        return self.scanning

    @Slot(object)
    def _hear_scan(self, records: list[object]) -> None:
        from ganart.datasets.scan import Scanned  # brings Pillow, which the scan has loaded

        left = [record for record in records if isinstance(record, Left)]
        if left:
            self.left_behind.emit(left)
        for record in records:
            if isinstance(record, Stopped):
                self._stopped.append(record.source)
            elif isinstance(record, NotAdded):
                self.failed.emit(record.report)
            elif isinstance(record, Scanned) and (
                record.added or record.removed or not self._is_quiet
            ):
                text = self.tr("Pictures added: {added}, removed: {removed}.")
                added, removed = (QLocale().toString(n) for n in (record.added, record.removed))
                self.notice.emit(text.format(added=added, removed=removed))

    @Slot()
    def _end_scan(self) -> None:
        self.scanning = None
        self.scan_changed.emit(None)
        self.scanned.emit()
        self.dataset_changed.emit()
        if self._is_cancelled and self._stopped and self.scanning is None:
            self._begin_scan(Errand(only=tuple(self._stopped)))
        if self._waiting and self.scanning is None:
            waiting, self._waiting = self._waiting, []
            self._begin_scan(Errand(add=tuple(waiting)))

    def _open_project(self) -> Project:
        if self.project is None:
            raise RuntimeError("no project is open")
        return self.project
