"""What the tour tells, and when it can be taken."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMainWindow, QWidget

from ganart.ui.page_stack import PageStack
from ganart.ui.project_desk import ProjectDesk
from ganart.ui.rail import Rail
from ganart.ui.tour import Stop, Tour
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
        self.tour = Tour(window, self._stops(device), pages.show_page)

    @Slot()
    def begin(self) -> None:
        """Take the tour."""
        if self._session.project is None:
            self._desk.open_sample()
        if self._session.project is not None:
            self.tour.begin()

    def _stops(self, device: QWidget) -> tuple[Stop, ...]:
        rail = self._rail
        return (
            Stop(
                self.tr("Your pictures"),
                self.tr(
                    "Drop folders of pictures here. Pick the good ones and reject the bad ones, "
                    "find duplicates, choose what is cropped. Your files are only ever read."
                ),
                "dataset",
                lambda: rail.button("dataset"),
            ),
            Stop(
                self.tr("Train a model"),
                self.tr(
                    "Choose how long you want to wait and press Start. You see the model learn "
                    "live, can pause it at any time, and go back to an earlier moment."
                ),
                "train",
                lambda: rail.button("train"),
            ),
            Stop(
                self.tr("Explore what it learned"),
                self.tr(
                    "Walk from picture to picture on the canvas, mix and breed them, change them "
                    "by sliders, and make loops that close without a seam."
                ),
                "explore",
                lambda: rail.button("explore"),
            ),
            Stop(
                self.tr("Stylize photos"),
                self.tr(
                    "Repaint a photo, a whole folder or a film with the look of a painting. This "
                    "needs no training at all."
                ),
                "stylize",
                lambda: rail.button("stylize"),
            ),
            Stop(
                self.tr("The gallery"),
                self.tr(
                    "All that you save comes here. Every picture remembers how it was made: drop "
                    "it on the window, and it opens again."
                ),
                "gallery",
                lambda: rail.button("gallery"),
            ),
            Stop(
                self.tr("All on this computer"),
                self.tr(
                    "Here you see what computes. Nothing is sent anywhere. The Help menu has the "
                    "lesson about how it all works, and this tour."
                ),
                "dataset",
                lambda: device,
            ),
        )
