"""What the tour tells, and when it can be taken."""

from PySide6.QtCore import QObject, QRect, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenuBar, QTabBar, QWidget

from ganart.ui.page_stack import PageStack
from ganart.ui.project_desk import ProjectDesk
from ganart.ui.rail import Rail
from ganart.ui.tour import Area, Stop, Tour
from ganart.workers.session import Session


class TourDesk(QObject):
    """Leads through the open project, or through the sample project if none is open."""

    def __init__(
        self,
        session: Session,
        window: QMainWindow,
        rail: Rail,
        pages: PageStack,
        desk: ProjectDesk,
        device: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._rail = rail
        self._pages = pages
        self._desk = desk
        self._bar = window.menuBar()
        self._help = self._bar.actions()[-1]  # the last of the menus, as everywhere
        self.tour = Tour(window, rail, self._stops(device), pages.show_page)

    @Slot()
    def begin(self) -> None:
        """Take the tour."""
        if self._session.project is None:
            self._desk.open_sample()
        if self._session.project is not None:
            self.tour.begin()

    def _stops(self, device: QWidget) -> tuple[Stop, ...]:
        bar = self._bar
        return (
            Stop(
                self.tr("Your pictures"),
                self.tr(
                    "Drop folders of pictures here. Pick the good ones and reject the bad ones, "
                    "find duplicates, choose what is cropped. Your files are only ever read."
                ),
                "dataset",
                lambda: self._of_page("dataset", "add", "tabs"),
            ),
            Stop(
                self.tr("Train a model"),
                self.tr(
                    "Choose how long you want to wait and press Start. You see the model learn "
                    "live, can pause it at any time, and go back to an earlier moment."
                ),
                "train",
                lambda: self._of_page("train", "time", "start"),
            ),
            Stop(
                self.tr("Explore what it learned"),
                self.tr(
                    "Walk from picture to picture on the canvas, mix and breed them, change them "
                    "by sliders, and make loops that close without a seam."
                ),
                "explore",
                lambda: self._of_page("explore", "tabs"),
            ),
            Stop(
                self.tr("Stylize photos"),
                self.tr(
                    "Repaint a photo, a whole folder or a film with the look of a painting. This "
                    "needs no training at all."
                ),
                "stylize",
                lambda: self._of_page("stylize", "modes"),
            ),
            Stop(
                self.tr("The gallery"),
                self.tr(
                    "All that you save comes here. Every picture remembers how it was made: drop "
                    "it on the window, and it opens again."
                ),
                "gallery",
                lambda: self._of_page("gallery"),
            ),
            Stop(
                self.tr("All on this computer"),
                self.tr(
                    "Here you see what computes. Nothing is sent anywhere. The Help menu has the "
                    "lesson about how it all works, and this tour."
                ),
                "dataset",
                lambda: [_whole(device), _menu(bar, self._help)],
            ),
        )

    def _of_page(self, key: str, *names: str) -> list[Area]:
        """Return the button that leads to the page that is shown, and widgets of it by name."""
        found = [self._pages.findChild(QWidget, f"{key}-{name}") for name in names]
        return [_whole(self._rail.button(key)), *(_whole(each) for each in found if each)]


def _whole(widget: QWidget) -> Area:
    """Return a widget; of a bar of tabs its tabs without the empty rest."""
    if not isinstance(widget, QTabBar):
        return widget, widget.rect()
    tabs = QRect()
    for place in range(widget.count()):
        tabs |= widget.tabRect(place)
    return widget, tabs


def _menu(bar: QMenuBar, menu: QAction) -> Area:
    return bar, bar.actionGeometry(menu)
