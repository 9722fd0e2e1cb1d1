"""The genes that can be used on the explored model, and what the artist made of them."""

import uuid
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from ganart.errors import StudioError
from ganart.media.genes import (
    MAX_OWN,
    FoundGene,
    FoundGenes,
    GeneBook,
    Note,
    OwnGene,
    bands,
    note_key,
)
from ganart.media.point import Gene, Point
from ganart.ui.pages.explore.exploration import Exploration
from ganart.ui.undo import Change
from ganart.ui.widgets.text import told
from ganart.workers.genes import Finding, book_path, find_genes, keep_book, open_book
from ganart.workers.run import ErrorReport, Run

_KEEP_AFTER_MS = 500


@dataclass(frozen=True, slots=True)
class Shelved:
    """A gene with what the artist made of it."""

    key: str
    """In the notes; empty for one that only the point has."""
    kind: str
    """main, structure, own or other."""
    gene: Gene
    """With an amount of 0."""
    note: Note

    @property
    def name(self) -> str:
        """What it is called."""
        return self.note.name or self.gene.name

    def amount(self, point: Point) -> float:
        """Return how far a point follows it."""
        return sum(each.amount for each in point.genes if self.is_of(each))

    @property
    def direction(self) -> tuple[bytes, int, int]:
        """What it does, under whatever name."""
        return _direction(self.gene)

    def is_of(self, gene: Gene) -> bool:
        """Whether a gene of a point is this one, under whatever name."""
        return _direction(gene) == self.direction

    def put(self, point: Point, amount: float) -> Point:
        """Return the point that follows it so far."""
        others = tuple(each for each in point.genes if not self.is_of(each))
        more = (replace(self.gene, name=self.name, amount=amount),) if amount else ()
        return replace(point, genes=others + more)


def _direction(gene: Gene) -> tuple[bytes, int, int]:
    return gene.vector, gene.first, gene.last


class GeneShelf(QObject):
    """Finds the genes of the explored model when asked to, and keeps the book of the project."""

    changed = Signal()
    """Other genes, or other notes on them."""
    finding = Signal(object)
    """The share, 0 ... 1, of the search that is done; None when no search goes on."""
    told = Signal(str)
    """A trouble in words."""

    def __init__(self, exploration: Exploration, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._exploration = exploration
        self._session = exploration.session
        self.book = GeneBook()
        self.found: FoundGenes | None = None
        self._path: Path | None = None
        self._search: Run | None = None
        self._writing: Run | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_AFTER_MS)
        self._timer.timeout.connect(self._keep)
        self._session.project_opened.connect(self._on_opened)
        self._session.project_closing.connect(self._on_closing)
        exploration.model_changed.connect(self._on_model)
        if exploration.project is not None:
            self._on_opened()

    def genes(self, point: Point) -> list[Shelved]:
        """Return all genes that fit the model, the pinned first, then those of the artist; last
        those that only `point` has.
        """
        if self.found is None:
            return []
        own = [each for each in self.book.own if len(each.vector) == 4 * self.found.latent_size]
        shelved = [self._shelved_own(each) for each in own]
        shelved += [self._shelved_found(each) for each in self.found.genes]
        shelved.sort(key=lambda each: not each.note.is_pinned)
        others = [each for each in point.genes if not any(one.is_of(each) for one in shelved)]
        shelved += [Shelved("", "other", replace(each, amount=0.0), Note()) for each in others]
        return shelved

    def is_older(self) -> bool:
        """Whether the model has learned on since its genes were found."""
        info = self._exploration.info
        return (
            self.found is not None and info is not None and info.model_hash != self.found.model_hash
        )

    # The search

    def find(self, *, again: bool = False) -> None:
        """Find the genes of the explored model, unless they are known."""
        project, path = self._exploration.project, self._exploration.path
        if project is None or path is None or (path == self._path and not again):
            return
        self._stop_search()
        self._path = path
        self._search = self._session.begin(find_genes(project, path), "genes", announce=False)
        self._search.reported.connect(self._on_found)
        self._search.failed.connect(self._on_failed)
        self._search.done.connect(self._on_done)
        self.finding.emit(0.0)

    def _stop_search(self) -> None:
        if self._search is not None:
            self._search.disconnect(self)
            self._search.stop()
            self._search = None
            self.finding.emit(None)

    @Slot()
    def _on_model(self) -> None:
        if self._exploration.path != self._path:
            self._stop_search()
            self._path = None
            self.found = None
        self.changed.emit()

    @Slot(object)
    def _on_found(self, records: list[object]) -> None:
        for record in records:
            if isinstance(record, FoundGenes):
                self.found = record
                self.changed.emit()
            elif isinstance(record, Finding):
                self.finding.emit(record.share)

    @Slot(object)
    def _on_failed(self, report: ErrorReport) -> None:
        self.told.emit(told(report.error, report.text))

    @Slot()
    def _on_done(self) -> None:
        self._search = None
        self.finding.emit(None)

    # The book

    def note(self, key: str, text: str, **changes: object) -> None:
        """Change the note on a gene, with a way back that says `text`."""
        self._change(self.book.with_note(key, **changes), text)

    def add_own(self, name: str, vector: bytes) -> Shelved | None:
        """Put a gene on the shelf; None if it is full."""
        if len(self.book.own) >= MAX_OWN:
            self.told.emit(self.tr("There are too many own genes. Delete some first."))
            return None
        own = OwnGene(uuid.uuid4().hex, name, vector)
        text = self.tr("Make the gene {name}").format(name=name)
        self._change(replace(self.book, own=(own, *self.book.own)), text)
        return self._shelved_own(own)

    def remove_own(self, key: str, text: str) -> None:
        """Take one of the artist's own genes off the shelf."""
        own = tuple(each for each in self.book.own if each.key != key)
        self._change(replace(self.book, own=own), text)

    def _change(self, book: GeneBook, text: str) -> None:
        if book != self.book:
            self._session.undo.push(Change(text, self.put, self.book, book))

    def put(self, book: GeneBook) -> None:
        """Take over a book, with no way back."""
        self.book = book
        self._timer.start()
        self.changed.emit()

    @Slot()
    def _keep(self) -> None:
        project = self._exploration.project
        if project is None:
            return
        if self._writing is not None and self._writing.is_running():
            self._timer.start()  # of two writers the older could be the last
            return
        self._writing = self._session.begin(keep_book(book_path(project), self.book), "gene book")

    @Slot()
    def _on_opened(self) -> None:
        self.book, self.found, self._path = GeneBook(), None, None
        project = self._exploration.project
        if project is not None:
            try:
                self.book = open_book(book_path(project))
            except StudioError as error:
                self._session.warned.emit(error)
        self.changed.emit()

    @Slot()
    def _on_closing(self) -> None:
        self._stop_search()
        project = self._exploration.project
        if project is not None and self._timer.isActive():
            self._timer.stop()
            if self._writing is not None:
                self._writing.wait(5.0)
            self._writing = self._session.begin(
                keep_book(book_path(project), self.book), "gene book"
            )
            self._writing.wait(5.0)

    # Names

    def _shelved_own(self, own: OwnGene) -> Shelved:
        return Shelved(own.key, "own", own.gene(0.0), self.book.note(own.key))

    def _shelved_found(self, found: FoundGene) -> Shelved:
        whole = self.found
        key = note_key(whole.model_hash, found.key) if whole is not None else ""
        layers = whole.layers if whole is not None else 0
        gene = found.gene(found_name(found, layers), 0.0)
        return Shelved(key, found.kind, gene, self.book.note(key))


def found_name(found: FoundGene, layers: int) -> str:
    """Return what a gene is called before the artist names it, in a model of so many layers."""
    places = bands(layers)
    if found.kind == "main":
        text = QCoreApplication.translate("genes", "Main change {number}")
    elif (found.first, found.last) in places:
        texts = (
            QCoreApplication.translate("genes", "Layout {number}"),
            QCoreApplication.translate("genes", "Shapes {number}"),
            QCoreApplication.translate("genes", "Colours {number}"),
        )
        text = texts[places.index((found.first, found.last))]
    else:
        text = QCoreApplication.translate("genes", "Structure {number}")
    return text.format(number=found.number)
