"""The list of genes, each with its slider."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ganart.media.point import MAX_GENES
from ganart.ui.pages.explore.exploration import Exploration
from ganart.ui.pages.explore.genes_row import GeneRow
from ganart.ui.pages.explore.genes_shelf import GeneShelf, Shelved


class GeneList(QScrollArea):
    """Shows the genes of a shelf that its filter lets through; changes the point and the shelf."""

    chosen_changed = Signal()
    """Another gene is the chosen one, or none."""
    told = Signal(str)
    """Why something was not done, in words."""

    def __init__(
        self, exploration: Exploration, shelf: GeneShelf, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._exploration = exploration
        self._shelf = shelf
        self._filter = "all"
        self.chosen: Shelved | None = None
        self.shown: list[Shelved] = []
        self.rows: list[GeneRow] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.addLayout(self._rows)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(90)
        self.setWidget(inner)

    def set_filter(self, name: str) -> None:
        """List all genes, the pinned ones, those that are used, or those of one kind."""
        self._filter = name
        self.refill()

    def refill(self) -> None:
        """List the genes of the shelf."""
        genes = self._listed()
        if genes != self.shown:
            self._fill(genes)
        self._show_amounts()

    def follow(self) -> None:
        """Show the amounts of the point, and what it brings along."""
        listed = self._listed()
        # A gene that is dragged to 0 stays in the list that it is dragged in.
        if not set(listed) <= set(self.shown):
            self._fill(listed)
        self._show_amounts()

    def choose(self, shelved: Shelved | None) -> None:
        """Make a gene the chosen one."""
        self.chosen = shelved
        for row in self.rows:
            row.set_chosen(row.shelved is shelved)
        self.chosen_changed.emit()

    def choose_key(self, key: str) -> None:
        """Make the gene of a key the chosen one, if it is listed, and bring it into view."""
        for row in self.rows:
            if row.shelved.key == key:
                self.choose(row.shelved)
                # A new row has no place yet.
                QTimer.singleShot(0, row, partial(self.ensureWidgetVisible, row))

    def set_amount(self, shelved: Shelved, amount: float) -> None:
        """Follow a gene so far."""
        if self.chosen is not shelved:
            self.choose(shelved)
        point = self._exploration.point
        if amount and len(point.genes) >= MAX_GENES and not shelved.amount(point):
            self.told.emit(self.tr("A picture can have no more genes than this one has."))
            self._show_amounts()
            return
        text = self.tr("Change {gene}").format(gene=shelved.name)
        control = f"gene {shelved.key or shelved.name}"
        self._exploration.look_at(shelved.put(point, amount), text, control)

    def _listed(self) -> list[Shelved]:
        point = self._exploration.point
        genes = self._shelf.genes(point)
        if self._filter == "pinned":
            return [each for each in genes if each.note.is_pinned]
        if self._filter == "used":
            return [each for each in genes if each.amount(point)]
        return [each for each in genes if self._filter in ("all", each.kind)]

    def _fill(self, genes: list[Shelved]) -> None:
        left = {row.shelved.direction: row for row in self.rows}
        self.shown = genes
        self.rows = [self._row(each, left.pop(each.direction, None)) for each in genes]
        for place, row in enumerate(self.rows):
            if self._rows.indexOf(row) != place:
                self._rows.insertWidget(place, row)
        for row in left.values():
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        same = [each for each in genes if self.chosen and each.is_of(self.chosen.gene)]
        first = same or genes
        self.choose(first[0] if first else None)

    def _row(self, shelved: Shelved, row: GeneRow | None) -> GeneRow:
        """Return the row of a gene, which may be there already."""
        if row is not None:
            row.set_shelved(shelved)
            return row
        row = GeneRow(shelved)
        row.chosen.connect(partial(self._on_chosen, row))
        row.moved.connect(partial(self._on_moved, row))
        row.renamed.connect(partial(self._on_renamed, row))
        row.pinned.connect(partial(self._on_pinned, row))
        row.locked.connect(partial(self._on_locked, row))
        row.removal_wanted.connect(partial(self._on_removal, row))
        return row

    def _show_amounts(self) -> None:
        for row in self.rows:
            row.set_amount(row.shelved.amount(self._exploration.point))

    def _on_chosen(self, row: GeneRow) -> None:
        self.choose(row.shelved)

    def _on_moved(self, row: GeneRow, amount: float) -> None:
        self.set_amount(row.shelved, amount)

    def _on_renamed(self, row: GeneRow, name: str) -> None:
        text = self.tr("Rename {gene}").format(gene=row.shelved.name)
        self._shelf.note(row.shelved.key, text, name=name)

    def _on_pinned(self, row: GeneRow, on: bool) -> None:
        text = self.tr("Pin {gene}") if on else self.tr("Unpin {gene}")
        self._shelf.note(row.shelved.key, text.format(gene=row.shelved.name), is_pinned=on)

    def _on_locked(self, row: GeneRow, on: bool) -> None:
        text = self.tr("Lock {gene}") if on else self.tr("Unlock {gene}")
        self._shelf.note(row.shelved.key, text.format(gene=row.shelved.name), is_locked=on)

    def _on_removal(self, row: GeneRow) -> None:
        text = self.tr("Delete the gene {gene}").format(gene=row.shelved.name)
        self._shelf.remove_own(row.shelved.key, text)
