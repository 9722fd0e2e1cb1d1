"""Proposing tags while several are typed with commas between them."""

from PySide6.QtWidgets import QCompleter, QLineEdit

from ganart.ui.widgets.items import Index


class LastTagCompleter(QCompleter):
    """Completes what stands behind the last comma."""

    def pathFromIndex(self, index: Index) -> str:  # noqa: N802
        """Return the whole text with the completed tag at its end."""
        field = self.widget()
        before = field.text().rpartition(",")[0] if isinstance(field, QLineEdit) else ""
        tag = super().pathFromIndex(index)
        return f"{before}, {tag}" if before else tag

    def splitPath(self, path: str) -> list[str]:  # noqa: N802
        """Return the tag that is being typed."""
        return [path.rpartition(",")[2].strip()]
