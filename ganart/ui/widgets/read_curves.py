"""Curves with what they mean at one moment, in words below them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ganart.ui.widgets import words
from ganart.ui.widgets.curve_buffer import Floats
from ganart.ui.widgets.curve_plot import CurvePlot, Panel, Series
from ganart.ui.widgets.text import Caption

X = "pictures"


class ReadCurves(QWidget):
    """Panels over the pictures shown, a line of switches above, the values under the crosshair.

    `more` are columns that are told with the values but not drawn.
    """

    def __init__(
        self,
        panels: Sequence[Panel],
        more: Sequence[Series] = (),
        parent: QWidget | None = None,
        *,
        with_points: bool = False,
    ) -> None:
        super().__init__(parent)
        drawn = [series for panel in panels for series in panel.series]
        self._labels = {series.column: series.label for series in (*drawn, *more)}
        self.plot = CurvePlot(
            panels,
            X,
            self.tr("Pictures shown"),
            more_columns=[series.column for series in more],
            with_points=with_points,
        )
        self.plot.pointed.connect(self._on_pointed)
        self.values = Caption()
        # Room for two lines, so that pointing at the curves does not make them jump.
        self.values.setMinimumHeight(2 * self.values.fontMetrics().lineSpacing())
        self.values.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.switches = QHBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self.switches)
        layout.addWidget(self.plot, 1)
        layout.addWidget(self.values)
        self.clear()

    def clear(self) -> None:
        """Forget a run."""
        self.load({})

    def load(self, columns: Mapping[str, Floats]) -> None:
        """Show the stored curves of a run."""
        self.plot.load(columns)

    def append(self, record: object) -> None:
        """Add the newest record, which has a field for each column."""
        self.plot.append({name: getattr(record, name) for name in self.plot.buffer.names})

    @Slot(int)
    def _on_pointed(self, row: int) -> None:
        if row < 0:
            self.values.setText(
                self.tr("Point at the curves, or use the arrow keys, to read their values.")
            )
            return
        values = self.plot.buffer.values_at(row)
        parts = [mark.text for mark in self.plot.marks_at(row)]
        parts += [self.tr("At {count} pictures").format(count=words.count(values[X]))]
        parts += [
            f"{label} {words.decimal(values[column])}" for column, label in self._labels.items()
        ]
        text = "   ·   ".join(parts)
        self.values.setText(text)
        self.plot.setAccessibleDescription(text)
