"""The filters that are asked for less often: seen, tags, issues, folders, shapes and sizes."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QWidget

from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.dataset.filter_boxes import choice_box, choose, refill
from ganart.ui.pages.dataset.filter_words import SHAPES, FilterWords, issue_name
from ganart.ui.pages.dataset.shown import Shown
from ganart.ui.widgets.flow import FlowLayout
from ganart.ui.widgets.words import count

_OWN = "own"
_MOST_SIDE_PX = 100_000
_MOST_ASPECT = 20.0


class FilterPanel(QWidget):
    """Boxes that go on in the next line where the width ends."""

    def __init__(self, desk: Desk, shown: Shown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown = shown
        self._words = FilterWords(self)
        self._shape_is_own = False
        any_seen = [(self.tr("Seen or not"), None)]
        self.seen = choice_box(
            self.tr("Whether you have looked at them"),
            [*any_seen, (self.tr("Not seen yet"), False), (self.tr("Seen"), True)],
        )
        self.tag = choice_box(self.tr("Tag"))
        self.issue = choice_box(self.tr("What may be wrong"))
        self.source = choice_box(self.tr("Folder of the dataset"))
        self.shape = choice_box(
            self.tr("Shape"),
            [
                (self.tr("Any shape"), ""),
                *((self._words.shape(each), each) for each in SHAPES),
                (self.tr("Own…"), _OWN),
            ],
        )
        self.least_aspect = self._ratio(self.tr("Least width to height"), self.tr("Ratio from …"))
        self.least_aspect.setPrefix(self.tr("from "))
        self.most_aspect = self._ratio(self.tr("Most width to height"), self.tr("Ratio to …"))
        self.most_aspect.setPrefix(self.tr("to "))
        self.least_side = self._pixels(self.tr("Least shorter side"), self.tr("Side from …"))
        self.least_side.setPrefix(self.tr("from "))
        self.most_side = self._pixels(self.tr("Most shorter side"), self.tr("Side to …"))
        self.most_side.setPrefix(self.tr("to "))
        self._lay_out()
        shown.wished.connect(self._show_wish)
        shown.scores.changed.connect(self._list_issues)
        desk.tally.changed.connect(self._list_tags)
        desk.pictures.listed.connect(self._list_sources)
        self._list_sources()
        self._list_issues()
        self._show_wish()

    def _lay_out(self) -> None:
        layout = FlowLayout(self)
        for box in (self.seen, self.tag, self.issue, self.source, self.shape):
            layout.addWidget(box)
        for field in (self.least_aspect, self.most_aspect, self.least_side, self.most_side):
            layout.addWidget(field)
        self.seen.currentIndexChanged.connect(self._on_seen)
        self.tag.activated.connect(self._on_tag)
        self.issue.currentIndexChanged.connect(self._on_issue)
        self.source.currentIndexChanged.connect(self._on_source)
        self.shape.currentIndexChanged.connect(self._on_shape)
        for ratio in (self.least_aspect, self.most_aspect):
            ratio.valueChanged.connect(self._on_ratio)
        for side in (self.least_side, self.most_side):
            side.valueChanged.connect(self._on_side)

    def showEvent(self, event: QShowEvent) -> None:
        """Count issues only for whoever looks here."""
        super().showEvent(event)
        self._shown.scores.want()
        self._list_issues()
        self._list_tags()

    # What is asked for

    @Slot()
    def _show_wish(self) -> None:
        wish, asked = self._shown.wish, self._shown.wish.filter
        choose(self.seen, asked.seen)
        choose(self.source, wish.source)
        choose(self.issue, wish.issue)
        bounds = (asked.least_aspect, asked.most_aspect)
        named = [name for name, its in SHAPES.items() if its == bounds]
        is_any = bounds == (0.0, None)
        self._shape_is_own = not named and (not is_any or self._shape_is_own)
        choose(self.shape, _OWN if self._shape_is_own else (named[0] if named else ""))
        for ratio, value in ((self.least_aspect, bounds[0]), (self.most_aspect, bounds[1])):
            with QSignalBlocker(ratio):
                ratio.setValue(value or 0.0)
            ratio.setVisible(self._shape_is_own)
        for side, least in ((self.least_side, asked.least_side), (self.most_side, asked.most_side)):
            with QSignalBlocker(side):
                side.setValue(least or 0)
        self._list_tags()

    @Slot()
    def _on_seen(self) -> None:
        self._shown.narrow(seen=self.seen.currentData())

    @Slot()
    def _on_tag(self) -> None:
        if tag := self.tag.currentData():
            self._shown.narrow(tags=self._shown.wish.filter.tags | {tag})

    @Slot()
    def _on_issue(self) -> None:
        self._shown.want(replace(self._shown.wish, issue=self.issue.currentData()))

    @Slot()
    def _on_source(self) -> None:
        self._shown.want(replace(self._shown.wish, source=self.source.currentData()))

    @Slot()
    def _on_shape(self) -> None:
        shape = self.shape.currentData()
        self._shape_is_own = shape == _OWN
        least, most = SHAPES.get(shape, (0.0, None))
        if self._shape_is_own:
            for ratio in (self.least_aspect, self.most_aspect):
                ratio.show()
            self.least_aspect.setFocus()
        else:
            self._shown.narrow(least_aspect=least, most_aspect=most)
            self._show_wish()

    @Slot()
    def _on_ratio(self) -> None:
        most = self.most_aspect.value() or None
        self._shown.narrow(least_aspect=self.least_aspect.value(), most_aspect=most)

    @Slot()
    def _on_side(self) -> None:
        most = self.most_side.value() or None
        self._shown.narrow(least_side=self.least_side.value(), most_side=most)

    # What can be asked for

    @Slot()
    def _list_tags(self) -> None:
        if not self.isVisible():
            return
        asked, tally = self._shown.wish.filter.tags, self._desk.tally
        first = self.tr("And the tag…") if asked else self.tr("Any tag")
        tags = [tag for tag in tally.tags_by_name() if tag not in asked]
        refill(
            self.tag, [(first, ""), *((f"{tag} ({count(tally.tags[tag])})", tag) for tag in tags)]
        )
        choose(self.tag, "")
        self.tag.setEnabled(bool(tags))

    @Slot()
    def _list_issues(self) -> None:
        scores, asked = self._shown.scores, self._shown.wish.issue
        flawed = {} if scores.latest is None else scores.latest.flawed
        is_first = scores.latest is None and scores.is_looking()
        first = self.tr("Looking…") if is_first else self.tr("Any issue")
        names = [key for key, ids in flawed.items() if ids or key == asked]
        entries = [(f"{issue_name(key)} ({count(len(flawed[key]))})", key) for key in names]
        if asked and asked not in names:
            entries.append((issue_name(asked), asked))
        refill(self.issue, [(first, ""), *entries])
        choose(self.issue, asked)

    @Slot()
    def _list_sources(self) -> None:
        sources = self._desk.pictures.sources
        entries = [(source.name or str(source), source) for source in sources]
        refill(self.source, [(self.tr("Any folder"), None), *entries])
        choose(self.source, self._shown.wish.source)
        self.source.setVisible(len(sources) > 1)

    def _ratio(self, name: str, nothing: str) -> QDoubleSpinBox:
        field = QDoubleSpinBox()
        field.setRange(0.0, _MOST_ASPECT)
        field.setSingleStep(0.1)
        field.setSpecialValueText(nothing)
        field.setKeyboardTracking(False)
        field.setAccessibleName(name)
        field.setToolTip(name)
        return field

    def _pixels(self, name: str, nothing: str) -> QSpinBox:
        field = QSpinBox()
        field.setRange(0, _MOST_SIDE_PX)
        field.setSingleStep(64)
        field.setSuffix(self.tr(" px"))
        field.setSpecialValueText(nothing)
        field.setKeyboardTracking(False)
        field.setAccessibleName(name)
        field.setToolTip(name)
        return field
