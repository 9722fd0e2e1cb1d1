"""Which pictures the artist says are no duplicates of one another, however alike they look."""

from collections.abc import Collection, Iterable

from ganart.datasets.catalogue_file import CatalogueFile


class Apart(CatalogueFile):
    """Reads and writes sets of pictures of which each is another one than all the others."""

    def told_apart(self) -> list[frozenset[int]]:
        """Return the sets, as numbers of pictures; a picture may be in several."""
        sets: dict[int, set[int]] = {}
        for number, picture_id in self._rows("SELECT number, picture_id FROM apart"):
            sets.setdefault(number, set()).add(picture_id)
        return [frozenset(each) for each in sets.values()]

    def tell_apart(self, picture_ids: Collection[int], are_apart: bool) -> None:
        """Note that these pictures, if the catalogue has them, are different, or take it back.

        To take it back forgets every set in which all of them are.
        """
        with self._changing():
            if are_apart:
                number = self._database.execute(
                    "SELECT coalesce(max(number), 0) + 1 FROM apart"
                ).fetchone()[0]
                self._database.executemany(
                    "INSERT INTO apart SELECT ?, id FROM pictures WHERE id = ?",
                    [(number, picture_id) for picture_id in set(picture_ids)],
                )
                return
            wanted = set(picture_ids)
            self._database.executemany(
                "DELETE FROM apart WHERE number = ?",
                [(number,) for number in self._numbers_with(wanted)],
            )

    def _numbers_with(self, picture_ids: set[int]) -> set[int]:
        numbers: set[int] | None = None
        for picture_id in picture_ids:
            rows = self._database.execute(
                "SELECT number FROM apart WHERE picture_id = ?", (picture_id,)
            )
            found = {row[0] for row in rows}
            numbers = found if numbers is None else numbers & found
        return numbers or set()


class ToldApart:
    """The same in memory, quick to ask for thousands of groups."""

    def __init__(self, sets: Iterable[frozenset[int]] = ()) -> None:
        self._by_id: dict[int, list[frozenset[int]]] = {}
        for each in sets:
            self.put(each, True)

    def covers(self, picture_ids: Collection[int]) -> bool:
        """Tell whether all these pictures, at least one, are told apart from one another."""
        first = next(iter(picture_ids))
        return any(each.issuperset(picture_ids) for each in self._by_id.get(first, ()))

    def put(self, picture_ids: Collection[int], are_apart: bool) -> None:
        """Do as `Apart.tell_apart`."""
        ids = frozenset(picture_ids)
        if are_apart:
            for picture_id in ids:
                self._by_id.setdefault(picture_id, []).append(ids)
            return
        for each in [known for known in self._by_id.get(next(iter(ids)), ()) if known >= ids]:
            for picture_id in each:
                self._by_id[picture_id].remove(each)
