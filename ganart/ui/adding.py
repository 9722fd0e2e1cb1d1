"""Adding to the dataset: what was dropped, chosen in a dialog of files, or copied elsewhere."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ganart.datasets.kinds import PICTURE_SUFFIXES
from ganart.engine.sources.frame_choice import SOME, FrameChoice
from ganart.media.suffixes import FILM_SUFFIXES
from ganart.ui.dialogs.frames import FramesDialog
from ganart.ui.drops import local_paths
from ganart.workers.errands import Addition, NotAdded, Pasted, Taking
from ganart.workers.probing import FilmFound, StillFound, is_archive, may_be_film, probe_job
from ganart.workers.session import Session

_PNG = "image/png"


class Adding(QObject):
    """Takes folders, pictures, ZIP files and films of any mixture into the open project."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window

    def take(self, paths: Sequence[Path]) -> None:
        """Add folders and files. Which frames of films are wanted is asked."""
        films = [path for path in paths if may_be_film(path)]
        others = [path for path in paths if path not in films]
        additions: list[Addition] = [Taking(path) if is_archive(path) else path for path in others]
        if additions:
            self._session.add_sources(additions)
        if films:
            FilmQuestion(self._session, films, self._window)

    def take_again(self, origin: Path, choice: FrameChoice | None, source: Path) -> None:
        """Take pictures out of a file anew; the notes at `source` pass over to equal pictures.

        `choice` is None for a ZIP file; of a film it is asked again.
        """
        if choice is None:
            self._session.add_sources([Taking(origin, instead_of=source)])
        else:
            FilmQuestion(self._session, [origin], self._window, choice, source)

    @Slot()
    def choose_folder(self) -> None:
        """Ask for a folder and add it."""
        chosen = QFileDialog.getExistingDirectory(
            self._window, self.tr("Choose a folder of pictures"), str(Path.home())
        )
        if chosen:
            self.take([Path(chosen)])

    @Slot()
    def choose_pictures(self) -> None:
        """Ask for single pictures and add them."""
        self._choose(self.tr("Choose pictures"), self.tr("Pictures"), PICTURE_SUFFIXES)

    @Slot()
    def choose_archive(self) -> None:
        """Ask for ZIP files and add what is in them."""
        self._choose(self.tr("Choose a ZIP file of pictures"), self.tr("ZIP files"), {".zip"})

    @Slot()
    def choose_film(self) -> None:
        """Ask for films and animations and add frames of them."""
        films = FILM_SUFFIXES - {".png"}
        self._choose(self.tr("Choose a film or an animation"), self.tr("Films"), films)

    @Slot()
    def paste(self) -> None:
        """Add what was copied: files, or a picture that is none."""
        data = QGuiApplication.clipboard().mimeData()
        if paths := local_paths(data):
            self.take(paths)
        elif data.hasFormat(_PNG):
            self._session.add_sources([Pasted(bytes(data.data(_PNG).data()))])
        elif data.hasImage():
            self._session.add_sources([Pasted(QGuiApplication.clipboard().image())])
        else:
            self._session.notice.emit(self.tr("No picture and no file was copied."))

    def _choose(self, title: str, kind: str, suffixes: set[str] | frozenset[str]) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in sorted(suffixes))
        every = self.tr("All files")
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window, title, str(Path.home()), f"{kind} ({patterns});;{every} (*)"
        )
        if chosen:
            self.take([Path(path) for path in chosen])


class FilmQuestion(QObject):
    """Looks into films, asks which frames are wanted, has them taken, and is gone."""

    def __init__(
        self,
        session: Session,
        paths: Sequence[Path],
        window: QWidget,
        choice: FrameChoice = SOME,
        instead_of: Path | None = None,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._choice = choice
        self._instead_of = instead_of
        self._films: list[FilmFound] = []
        self.dialog: FramesDialog | None = None
        session.project_closed.connect(self._give_up)
        self._run = session.begin(probe_job(paths), "films")
        self._run.reported.connect(self._on_reported)
        self._run.done.connect(self._ask)

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        stills: list[Addition] = []
        for record in records:
            if isinstance(record, FilmFound):
                self._films.append(record)
            elif isinstance(record, StillFound):
                stills.append(record.path)
            elif isinstance(record, NotAdded):
                self._session.failed.emit(record.report)
        if stills:
            self._session.add_sources(stills)

    @Slot()
    def _ask(self) -> None:
        if not self._films or self._session.project is None:
            self.deleteLater()
            return
        self.dialog = FramesDialog(
            self._films,
            self._session,
            self._choice,
            self._window,
            may_be_one=self._instead_of is None,
        )
        self.dialog.finished.connect(self._on_answered)
        self.dialog.open()

    @Slot(int)
    def _on_answered(self, answer: int) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        if answer == FramesDialog.DialogCode.Accepted and self._session.project is not None:
            choice = dialog.choice()
            paths = [film.path for film in self._films]
            additions: list[Addition] = [
                path if choice is None else Taking(path, choice, self._instead_of) for path in paths
            ]
            self._session.add_sources(additions)
        dialog.deleteLater()
        self.deleteLater()

    @Slot()
    def _give_up(self) -> None:
        if self.dialog is not None:
            self.dialog.reject()
