"""The artworks of the open project as the gallery knows them: files, what they say, stars, tags."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ganart.errors import StudioError
from ganart.project.artwork_marks import (
    NO_MARK,
    NO_MARKS,
    Mark,
    Marks,
    follow,
    tidy_tags,
    write_marks,
)
from ganart.project.artworks import Artwork, Facts
from ganart.ui.pages.gallery_filter import Filter, chosen
from ganart.ui.undo import Change
from ganart.workers.artworks import (
    AllRead,
    ArtworksFound,
    FactsRead,
    MarksRead,
    keep_marks,
    read_artworks,
)
from ganart.workers.run import Run
from ganart.workers.session import Session

_SAVE_MS = 500
_Marked = tuple[tuple[Path, Mark], ...]


class Shelf(QObject):
    """Reads the artworks, keeps stars and tags, and says which of them are to be shown."""

    changed = Signal()
    """Other artworks are shown, or in another order: see `shown`."""
    marked = Signal()
    """Stars or tags of some are other ones."""
    known = Signal()
    """Other models or tags can be asked for."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._run: Run | None = None
        self._has_marks = False
        self._marks = NO_MARKS
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(_SAVE_MS)
        self._saving.timeout.connect(self._save)
        self.works: tuple[Artwork, ...] = ()
        self.facts: dict[Path, Facts] = {}
        self.wanted = Filter()
        self.shown: list[Artwork] = []
        session.project_closing.connect(self._save_now)
        session.project_closed.connect(self._forget)

    @Slot()
    def refresh(self) -> None:
        """Read the folder again."""
        project = self._session.project
        if project is not None:
            all_read = self.works if len(self.facts) == len(self.works) else ()
            job = read_artworks(project, with_marks=not self._has_marks, before=all_read)
            self._run = self._session.begin(job, "artworks")
            self._run.reported.connect(self._on_reported)

    def want(self, wanted: Filter) -> None:
        """Show what fits another filter."""
        if wanted != self.wanted:
            self.wanted = wanted
            self._show()

    def mark(self, path: Path) -> Mark:
        """Return the stars and tags of an artwork."""
        return self._marks.by_path.get(path, NO_MARK)

    def tags(self) -> list[str]:
        """Return all tags in use."""
        found = {tag for mark in self._marks.by_path.values() for tag in mark.tags}
        return sorted(found, key=str.casefold)

    def models(self) -> dict[str, str]:
        """Return the presets of the models in use by their hashes, the newest work's first."""
        found = (self.facts.get(work.path) for work in self.works)
        return {each.model: each.preset for each in found if each is not None and each.model}

    # Stars and tags

    def set_stars(self, works: Sequence[Artwork], stars: int) -> None:
        """Give artworks so many stars, with a way back."""
        self._change(works, self.tr("Stars"), lambda mark: replace(mark, stars=stars))

    def change_tags(
        self, works: Sequence[Artwork], add: Sequence[str], remove: Sequence[str]
    ) -> None:
        """Give artworks tags and take others from them, with a way back."""

        def changed(mark: Mark) -> Mark:
            kept = [tag for tag in mark.tags if tag not in remove]
            return replace(mark, tags=tidy_tags([*kept, *add]))

        self._change(works, self.tr("Tags"), changed)

    def _change(self, works: Sequence[Artwork], text: str, change: Callable[[Mark], Mark]) -> None:
        before = tuple((work.path, self.mark(work.path)) for work in works)
        after = tuple((path, change(mark)) for path, mark in before)
        if after != before:
            self._session.undo.push(Change(text, self.put, before, after))

    def put(self, marked: _Marked) -> None:
        """Let artworks have other stars and tags, with no way back."""
        tags = self.tags()
        known = {path: self.facts[path].fingerprint for path, _ in marked if path in self.facts}
        self._marks = Marks(
            {**self._marks.by_path, **dict(marked)}, {**self._marks.fingerprints, **known}
        )
        self._saving.start()
        self.marked.emit()
        if self.tags() != tags:
            self.known.emit()
        if self.wanted.stars or self.wanted.tag or self.wanted.text:
            self._show()

    @Slot()
    def _save(self) -> None:
        if self._session.project is not None:
            self._session.begin(keep_marks(self._session.project, self._marks), "marks")

    @Slot()
    def _save_now(self) -> None:
        if self._saving.isActive() and self._session.project is not None:
            self._saving.stop()
            with suppress(StudioError):  # the disk is full or away; said when it was opened
                write_marks(self._session.project.artworks_folder, self._marks)

    # What the job reports

    @Slot(object)
    def _on_reported(self, records: list[object]) -> None:
        if self.sender() is not self._run:
            return  # an older look at the folder
        for record in records:
            match record:
                case MarksRead():
                    self._marks, self._has_marks = record.marks, True
                    if record.notice is not None:
                        self._session.warned.emit(record.notice)
                case ArtworksFound():
                    self.works = record.works
                    self.facts = dict(record.facts)
                    self._show()
                case FactsRead():
                    self.facts.update(record.facts)
                case AllRead():
                    self._follow()
        self.known.emit()
        asks_for_facts = self.wanted.kind or self.wanted.model or self.wanted.text
        if asks_for_facts and any(isinstance(record, FactsRead) for record in records):
            self._show()

    def _follow(self) -> None:
        """Let stars and tags follow files that were renamed."""
        prints = {path: each.fingerprint for path, each in self.facts.items()}
        followed = follow(self._marks, prints)
        if followed != self._marks:
            self._marks = followed
            self._saving.start()
            self.marked.emit()

    def _show(self) -> None:
        self.shown = chosen(self.works, self.facts, self._marks.by_path, self.wanted)
        self.changed.emit()

    @Slot()
    def _forget(self) -> None:
        self._run = None
        self._has_marks = False
        self._marks = NO_MARKS
        self.works, self.facts, self.shown = (), {}, []
        self.changed.emit()
