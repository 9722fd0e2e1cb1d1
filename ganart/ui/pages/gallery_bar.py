"""What of the gallery is shown: a search field, filters, the order."""

from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QSignalBlocker, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QLabel, QLineEdit, QWidget

from ganart.engine.gan.presets import PRESETS
from ganart.project.artwork_marks import STARS_MAX
from ganart.ui.pages.gallery_filter import EXPLORE, PLAIN, STYLIZE, Filter, Order
from ganart.ui.pages.gallery_shelf import Shelf
from ganart.ui.widgets.buttons import tool_button

_TYPING_MS = 150
_RANGE = "range"
_SHORT_HASH = 6
_CHARACTERS = 8


class FilterBar(QWidget):
    """One line of controls; `changed` follows at once, or a moment after the last letter."""

    changed = Signal()

    def __init__(self, shelf: Shelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._tell)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Name, seed, style, preset, tag"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_typed)
        label = QLabel(self.tr("Sea&rch"))
        label.setBuddy(self.search)
        self.kind = self._box(self.tr("Kind"), self._kinds())
        self.model = self._box(self.tr("Model"), [(self.tr("Any model"), "")])
        self.stars = self._box(self.tr("Stars"), self._amounts())
        self.tag = self._box(self.tr("Tag"), [(self.tr("Any tag"), "")])
        self.when = self._box(self.tr("When"), self._times())
        self.since, self.until = QDateEdit(), QDateEdit()
        self.order = self._box(self.tr("Order"), self._orders())
        self.clear_button = tool_button("close", self.tr("Show everything again"))
        self.clear_button.clicked.connect(self.clear)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label)
        line.addWidget(self.search, 1)
        for box in (self.kind, self.model, self.stars, self.tag, self.when):
            line.addWidget(box)
        for field, name in ((self.since, self.tr("First day")), (self.until, self.tr("Last day"))):
            field.setAccessibleName(name)
            field.setToolTip(name)
            field.setCalendarPopup(True)
            field.setDate(QDate.currentDate())
            field.dateChanged.connect(self._tell)
            line.addWidget(field)
        line.addWidget(self.order)
        line.addWidget(self.clear_button)
        self.model.hide()
        self.tag.hide()
        shelf.known.connect(self._list_known)
        self._tell()
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self.search.setFocus)

    def wanted(self) -> Filter:
        """Return what is asked for."""
        since, until = self._days()
        return Filter(
            text=self.search.text(),
            kind=self.kind.currentData(),
            model=self.model.currentData(),
            stars=self.stars.currentData(),
            tag=self.tag.currentData(),
            since=since,
            until=until,
            order=Order(self.order.currentData()),
        )

    @Slot()
    def clear(self) -> None:
        """Ask for everything."""
        for box in (self.kind, self.model, self.stars, self.tag, self.when):
            with QSignalBlocker(box):
                box.setCurrentIndex(0)
        self.search.clear()
        self._typing.stop()
        self._tell()

    @Slot()
    def _on_typed(self) -> None:
        self._typing.start()

    @Slot()
    def _tell(self) -> None:
        is_range = self.when.currentData() == _RANGE
        self.since.setVisible(is_range)
        self.until.setVisible(is_range)
        wanted = self.wanted()
        self.clear_button.setEnabled(wanted != Filter(order=wanted.order))
        self._shelf.want(wanted)
        self.changed.emit()

    def _days(self) -> tuple[date | None, date | None]:
        when = self.when.currentData()
        if when == _RANGE:
            first, last = (_date(each.date()) for each in (self.since, self.until))
            return min(first, last), max(first, last)
        return (date.today() - timedelta(days=when) if when >= 0 else None), None

    @Slot()
    def _list_known(self) -> None:
        """Offer the models and tags that are there; what is asked for stays."""
        labels = {each.key: each.label for each in PRESETS}
        models = self._shelf.models()
        presets = list(models.values())
        entries = []
        for model_hash, preset in models.items():
            label = QCoreApplication.translate("presets", labels.get(preset, preset))
            # Only where two are of one preset does the hash help.
            more = f" ({model_hash[:_SHORT_HASH]})" if presets.count(preset) > 1 else ""
            entries.append((label + more, model_hash))
        _fill(self.model, [(self.tr("Any model"), ""), *entries])
        _fill(self.tag, [(self.tr("Any tag"), ""), *((tag, tag) for tag in self._shelf.tags())])

    def _kinds(self) -> list[tuple[str, object]]:
        return [
            (self.tr("Every kind"), ""),
            (self.tr("Made in Explore"), EXPLORE),
            (self.tr("Pictures"), "picture"),
            (self.tr("Sheets"), "sheet"),
            (self.tr("Loops"), "loop"),
            (self.tr("Made in Stylize"), STYLIZE),
            (self.tr("Paintings"), "painting"),
            (self.tr("Stylized"), "stylized"),
            (self.tr("Without a recipe"), PLAIN),
        ]

    def _amounts(self) -> list[tuple[str, object]]:
        some: list[tuple[str, object]] = [
            ("★" * count + ("" if count == STARS_MAX else " +"), count)
            for count in range(1, STARS_MAX + 1)
        ]
        return [(self.tr("Any stars"), 0), *some, (self.tr("No stars"), -1)]

    def _times(self) -> list[tuple[str, object]]:
        return [
            (self.tr("Any time"), -1),
            (self.tr("Today"), 0),
            (self.tr("Last 7 days"), 6),
            (self.tr("Last 30 days"), 29),
            (self.tr("Last 365 days"), 364),
            (self.tr("From … to …"), _RANGE),
        ]

    def _orders(self) -> list[tuple[str, object]]:
        return [
            (self.tr("Newest first"), Order.NEWEST.value),
            (self.tr("Oldest first"), Order.OLDEST.value),
            (self.tr("By name"), Order.NAME.value),
            (self.tr("Most stars first"), Order.STARS.value),
        ]

    def _box(self, name: str, entries: list[tuple[str, object]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_CHARACTERS)
        for text, value in entries:
            box.addItem(text, value)
        box.currentIndexChanged.connect(self._tell)
        return box


def _fill(box: QComboBox, entries: list[tuple[str, str]]) -> None:
    """Offer other entries; the chosen one stays. A box with nothing to choose is hidden."""
    if [box.itemData(row) for row in range(box.count())] == [value for _, value in entries]:
        return
    chosen = box.currentData()
    with QSignalBlocker(box):
        box.clear()
        for text, value in entries:
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
    box.setVisible(len(entries) > 1)
    if box.currentData() != chosen:
        box.currentIndexChanged.emit(box.currentIndex())


def _date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
