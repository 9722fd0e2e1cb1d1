"""Choosing a brush: one that was trained in the project, or a file."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ganart.ui.widgets.buttons import push_button
from ganart.ui.widgets.text import Caption


class BrushChooser(QWidget):
    """A list of brushes and a way to a file."""

    changed = Signal(object)
    """The `Path` of a brush."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: list[Path] = []
        self.box = QComboBox()
        self.box.setAccessibleName(self.tr("Brush"))
        self.file_button = push_button("folder", self.tr("From a file…"))
        self.file_button.clicked.connect(self._on_file)
        self.hint = Caption(
            self.tr(
                "A brush is a small network for one style, trained on your own photos in the "
                "mode Brush. It paints a photo at once."
            )
        )
        line = QHBoxLayout()
        line.addWidget(self.box, 1)
        line.addWidget(self.file_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self.hint)
        self.box.activated.connect(self._on_activated)
        self.set_brushes(())

    def set_brushes(self, paths: Sequence[Path]) -> None:
        """Offer brushes; the chosen one stays."""
        self._offered = list(paths)
        self._fill(self.brush())

    def brush(self) -> Path | None:
        """Return the chosen brush."""
        path = self.box.currentData()
        return path if isinstance(path, Path) else None

    def show_brush(self, path: Path | None) -> None:
        """Show which brush is chosen."""
        if path != self.brush():
            self._fill(path)

    def _fill(self, chosen: Path | None) -> None:
        self.box.clear()
        self.box.addItem(self.tr("No brush chosen"), None)
        others = [chosen] if chosen is not None and chosen not in self._offered else []
        for path in (*self._offered, *others):
            # The brushes of a project lie in a folder each, which has the name.
            name = path.parent.name if path in self._offered else path.stem
            self.box.addItem(name, path)
        self.box.setCurrentIndex(max(0, self.box.findData(chosen)) if chosen else 0)

    @Slot()
    def _on_activated(self) -> None:
        self.changed.emit(self.brush())

    @Slot()
    def _on_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose a brush"),
            str(Path.home()),
            self.tr("Brushes (*.safetensors)"),
        )
        if name:
            self._fill(Path(name))
            self.changed.emit(Path(name))
