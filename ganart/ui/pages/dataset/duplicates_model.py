"""Groups of duplicates as a table: a row for each, its pictures side by side."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QDir, QModelIndex, QObject, Qt, Signal, Slot

from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.widgets.items import Index
from ganart.ui.widgets.words import count, data_size, decimal

if TYPE_CHECKING:
    from ganart.datasets.duplicates import Group, Keep
    from ganart.datasets.records import PictureRow

_Role = Qt.ItemDataRole

PICTURE = _Role.UserRole + 1
"""The `PictureRow`, None where a group has fewer pictures."""
IS_KEEPER = _Role.UserRole + 2
REASON = _Role.UserRole + 3
"""In a word or two how a picture differs from the one to keep."""
FACTS = _Role.UserRole + 4
"""Size in pixels and bytes."""

IS_DECIDED = _Role.UserRole + 5
"""Of a group, as the header of its row."""


class GroupsModel(QAbstractTableModel):
    """Knows of each group which picture is to be kept, and whether the artist has decided.

    A group is decided when one picture at most is not rejected, or all that are not are picked.
    """

    decided = Signal()
    """How many groups are decided may have changed."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        from ganart.datasets.duplicates import Keep

        self._desk = desk
        self._keep = Keep.LARGEST
        self._groups: Sequence[Group] = ()
        self._columns = 0
        self._sharpness: Mapping[int, float] = {}
        self._rows: dict[int, int] = {}
        self._preferred: dict[frozenset[int], int] = {}
        """What the artist said is to be kept, by the ids of a group, where that is not the rule."""
        self._keepers: dict[int, int] = {}
        """By row, of the groups that were asked for."""
        self._decided: list[bool] = []
        desk.pictures.noted.connect(self._on_noted)
        desk.thumbs.came.connect(self._on_thumbnails)

    # Groups

    def show_groups(self, groups: "Sequence[Group]", sharpness: Mapping[int, float]) -> None:
        """Replace the groups; `sharpness` by the ids of their pictures."""
        self.beginResetModel()
        self._groups = groups
        self._columns = max((len(group.pictures) for group in groups), default=0)
        self._sharpness = sharpness
        self._rows = {
            picture.id: row for row, group in enumerate(groups) for picture in group.pictures
        }
        self._keepers.clear()
        self._decided = [self._is_settled(group) for group in groups]
        self.endResetModel()
        self.decided.emit()

    def set_keep(self, keep: "Keep") -> None:
        """Prefer other pictures in all groups; what the artist preferred in one is forgotten."""
        self._keep = keep
        self._preferred.clear()
        self._keepers.clear()
        self._tell(range(len(self._groups)))

    def prefer(self, picture_id: int) -> None:
        """Have this picture be the one to keep of its group."""
        row = self._rows[picture_id]
        self._preferred[frozenset(self._groups[row].ids)] = picture_id
        self._keepers[row] = picture_id
        self._tell([row])

    def ids(self, row: int) -> Sequence[int]:
        """Return the ids of a group's pictures."""
        return self._groups[row].ids

    def keeper(self, row: int) -> int:
        """Return the id of the picture to keep of a group."""
        if row not in self._keepers:
            self._keepers[row] = self._best(self._groups[row])
        return self._keepers[row]

    def keeper_index(self, row: int) -> QModelIndex:
        """Return where the picture to keep is."""
        return self.index_of(self.keeper(row))

    def index_of(self, picture_id: int) -> QModelIndex:
        """Return where a picture is; an invalid index where it is in no group."""
        row = self._rows.get(picture_id)
        if row is None:
            return QModelIndex()
        return self.index(row, self.ids(row).index(picture_id))

    def is_decided(self, row: int) -> bool:
        """Whether nothing is left to decide in a group."""
        return self._decided[row]

    def decided_count(self) -> int:
        """Return how many groups are decided."""
        return sum(self._decided)

    def next_open(self, row: int) -> int | None:
        """Return the first undecided group after `row`, else the first of all; None without one."""
        rows = [*range(row + 1, len(self._groups)), *range(row + 1)]
        return next((each for each in rows if not self._decided[each]), None)

    def others(self, rows: Iterable[int]) -> "list[PictureRow]":
        """Return the pictures of undecided groups that are neither to be kept nor picked."""
        found = []
        for row in rows:
            if not self._decided[row]:
                live = map(self._live, self._groups[row].pictures)
                keeper = self.keeper(row)
                found += [each for each in live if each.id != keeper and each.mark == "none"]
        return found

    def _live(self, picture: "PictureRow") -> "PictureRow":
        return self._desk.pictures.row(picture.id) or picture

    def _best(self, group: "Group") -> int:
        from ganart.datasets.duplicates import rank

        preferred = self._preferred.get(frozenset(group.ids)) if self._preferred else None
        if preferred is not None:
            return preferred
        rows = map(self._live, group.pictures)
        best = min(rows, key=lambda row: rank(row, self._keep, self._sharpness.get(row.id, 0.0)))
        return best.id

    def _is_settled(self, group: "Group") -> bool:
        kept = [row.mark for row in map(self._live, group.pictures) if row.mark != "rejected"]
        return len(kept) <= 1 or all(mark == "picked" for mark in kept)

    # What Qt asks for

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Return the count of groups."""
        return 0 if parent.isValid() else len(self._groups)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Return the count of pictures of the largest group."""
        return 0 if parent.isValid() else self._columns

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Leave out the places that no picture fills."""
        filled = index.column() < len(self._groups[index.row()].pictures)
        return super().flags(index) if filled else Qt.ItemFlag.NoItemFlags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """Return in words what a group is."""
        # While groups are replaced, the header asks for those that it had before.
        if orientation is not Qt.Orientation.Vertical or section >= len(self._groups):
            return None
        if role == IS_DECIDED:
            return self._decided[section]
        if role != _Role.DisplayRole:
            return None
        group = self._groups[section]
        lines = [
            self.tr("{count} pictures").format(count=count(len(group.pictures))),
            self.tr("same pixels") if group.exact else self._difference(group),
        ]
        if self._decided[section]:
            lines.append(self.tr("✓ decided"))
        return "\n".join(lines)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Return what is shown and said of one picture."""
        group = self._groups[index.row()]
        if index.column() >= len(group.pictures):
            return None
        picture = self._live(group.pictures[index.column()])
        if role == PICTURE:
            return picture
        if role == _Role.DecorationRole:
            return self._desk.thumbs.pixmap(picture)
        if role == IS_KEEPER:
            return picture.id == self.keeper(index.row())
        if role == REASON:
            return self._reason(index.row(), picture)
        if role == FACTS:
            return f"{count(picture.width)} × {count(picture.height)} · " + data_size(
                picture.size_bytes
            )
        if role in (_Role.AccessibleTextRole, _Role.ToolTipRole):
            name = picture.path.name
            if role == _Role.ToolTipRole:
                name = QDir.toNativeSeparators(str(picture.path))
            facts = [name, self._reason(index.row(), picture), self.data(index, FACTS)]
            if picture.mark == "rejected":
                facts.append(self.tr("rejected"))
            return (", " if role == _Role.AccessibleTextRole else "\n").join(map(str, facts))
        return None

    def _reason(self, row: int, picture: "PictureRow") -> str:
        group, keeper = self._groups[row], self.keeper(row)
        if picture.id == keeper:
            return self.tr("kept") if self._decided[row] else self.tr("keep this one")
        best = next(row for row in group.pictures if row.id == keeper)
        if picture.pixel_hash == best.pixel_hash:
            return self.tr("same pixels")
        words = []
        if (picture.id in group.turned) != (keeper in group.turned):
            words.append(self.tr("mirrored"))
        size, best_size = picture.width * picture.height, best.width * best.height
        if size != best_size:
            words.append(self.tr("smaller") if size < best_size else self.tr("larger"))
        return " · ".join(words) or self.tr("another version")

    def _difference(self, group: "Group") -> str:
        text = self.tr("differ by up to {share} %")
        return text.format(share=decimal(100 * group.difference, 2))

    def _tell(self, rows: Sequence[int]) -> None:
        if rows:
            first, last = min(rows), max(rows)
            self.dataChanged.emit(self.index(first, 0), self.index(last, self._columns - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, first, last)

    @Slot(object)
    def _on_noted(self, ids: set[int]) -> None:
        rows = sorted({self._rows[each] for each in ids if each in self._rows})
        for row in rows:
            self._keepers.pop(row, None)
            self._decided[row] = self._is_settled(self._groups[row])
        self._tell(rows)
        if rows:
            self.decided.emit()

    @Slot(object)
    def _on_thumbnails(self, ids: set[int]) -> None:
        for picture_id in ids:
            index = self.index_of(picture_id)
            if index.isValid():
                self.dataChanged.emit(index, index, [_Role.DecorationRole])
