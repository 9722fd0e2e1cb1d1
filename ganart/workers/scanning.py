"""Keeping the dataset of the open project up to date: one scan at a time."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Signal, Slot

from ganart.project.store import Project
from ganart.workers.background import Background
from ganart.workers.jobs import scan_job
from ganart.workers.run import Run


class Scanning(Background):
    """Jobs of one project, of which at most one scans its folders."""

    dataset_changed = Signal()
    """Pictures or folders of the catalogue changed, or what a training is to see of them."""
    scanned = Signal()
    """A scan has ended."""
    scan_changed = Signal(object)
    """The scan's `Run` when one starts, None when it has ended."""
    notice = Signal(str)
    """One sentence for the status bar."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project: Project | None = None
        self.scanning: Run | None = None
        self._folders_waiting: list[Path] = []

    def stop_jobs(self) -> None:
        """Ask every job of the project to stop and to keep what it made; `idle` follows."""
        self._folders_waiting.clear()
        super().stop_jobs()

    def add_folders(self, folders: Sequence[Path]) -> Run | None:
        """Add folders to the dataset and scan; None if a scan runs, then they wait for its end."""
        if self.scanning is not None:
            self._folders_waiting.extend(folders)
            return None
        return self._begin_scan(tuple(folders))

    def remove_folder(self, folder: Path) -> Run | None:
        """Take a folder out of the dataset; its files are left alone. None while a scan runs."""
        if self.scanning is not None:
            return None
        return self._begin_scan(remove=(folder,))

    def scan(self) -> Run | None:
        """Look for new, changed and vanished files in all folders; None while a scan runs."""
        return None if self.scanning is not None else self._begin_scan()

    def cancel_scan(self) -> None:
        """Stop the scan and keep what it found; folders that wait for its end come next."""
        if self.scanning is not None:
            self.scanning.stop()

    def _begin_scan(self, add: Sequence[Path] = (), remove: Sequence[Path] = ()) -> Run:
        path = self._open_project().catalogue_path
        self.scanning = self.begin(scan_job(path, add, remove), "scan")
        self.scanning.done.connect(self._end_scan)
        if not remove:
            self.scanning.reported.connect(self._hear_scan)
        self.scan_changed.emit(self.scanning)
        return self.scanning

    @Slot(object)
    def _hear_scan(self, records: list[object]) -> None:
        from ganart.datasets.scan import Scanned  # brings Pillow, which the scan has loaded

        for record in records:
            if isinstance(record, Scanned):
                text = self.tr("Pictures added: {added}, removed: {removed}.")
                added, removed = (QLocale().toString(n) for n in (record.added, record.removed))
                self.notice.emit(text.format(added=added, removed=removed))

    @Slot()
    def _end_scan(self) -> None:
        self.scanning = None
        self.scan_changed.emit(None)
        self.scanned.emit()
        self.dataset_changed.emit()
        if self._folders_waiting:
            waiting, self._folders_waiting = tuple(self._folders_waiting), []
            self._begin_scan(waiting)

    def _open_project(self) -> Project:
        if self.project is None:
            raise RuntimeError("no project is open")
        return self.project
