"""What can be said of the chosen pictures, for the mouse and for whoever looks for the keys."""

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from ganart.ui.icons import icon
from ganart.ui.pages.dataset.chooser import Chooser
from ganart.ui.pages.dataset.culling import Culling
from ganart.ui.pages.dataset.desk import Desk
from ganart.ui.pages.gallery_marks import StarBar
from ganart.ui.widgets.elided import ElidedLabel
from ganart.ui.widgets.words import count

_FEW = 500
"""Of more chosen pictures the stars in common are not looked up."""


class CullingBar(QWidget):
    """How many pictures are chosen, and buttons for them."""

    def __init__(
        self,
        desk: Desk,
        culling: Culling,
        chooser: Chooser,
        menu: QMenu,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._chooser = chooser
        self._culling = culling
        self._menu = menu
        self.hint = ElidedLabel(Qt.TextElideMode.ElideRight)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.stars = StarBar()
        self.stars.chosen.connect(self._on_stars)
        self.buttons = [
            self._button(culling.pick, has_text=True),
            self._button(culling.reject, has_text=True),
            self._button(culling.clear),
            self._button(culling.tags),
            self._button(culling.advance),
        ]
        self.more = QToolButton()
        self.more.setIcon(icon("more"))
        self.more.setAutoRaise(True)
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.more.clicked.connect(self._show_menu)
        self.more.setAccessibleName(self.tr("All that can be done with pictures"))
        self.more.setToolTip(self.more.accessibleName())
        pick, reject, clear, tags, advance = self.buttons
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.hint, 1)
        for widget in (pick, reject, clear, self.stars, tags, advance, self.more):
            row.addWidget(widget)
        desk.pictures.noted.connect(self._show_stars)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what is chosen now."""
        chosen = self._chooser.count()
        self._culling.set_enabled(chosen > 0)
        self.stars.setEnabled(chosen > 0)
        self.hint.set_line(
            self.tr("Selected: {count}").format(count=count(chosen))
            if chosen
            else self.tr("Select pictures to pick or reject them. Press ? for all keys.")
        )
        self._show_stars()

    @Slot()
    def _show_stars(self) -> None:
        stars = set()
        if self._chooser.count() <= _FEW:
            rows = map(self._desk.pictures.row, self._chooser.chosen())
            stars = {row.stars for row in rows if row is not None}
        self.stars.set_stars(stars.pop() if len(stars) == 1 else 0)

    @Slot()
    def _show_menu(self) -> None:
        above = QPoint(0, -self._menu.sizeHint().height())
        self._menu.popup(self.more.mapToGlobal(above))

    @Slot(int)
    def _on_stars(self, stars: int) -> None:
        self._culling.stars[stars].trigger()

    def _button(self, action: QAction, *, has_text: bool = False) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setAutoRaise(not has_text)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if has_text:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button
