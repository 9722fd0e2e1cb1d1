"""Pictures that are zoomed and panned together: the same part of each is seen."""

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from ganart.ui.widgets.picture_view import PictureView


class Link:
    """Views of which all follow the one that is moved, while `is_on`."""

    def __init__(self) -> None:
        self.views: list[LinkedView] = []
        self.is_on = True

    def follow(self, leader: "LinkedView") -> None:
        """Move the other views as one was moved."""
        if self.is_on:
            closeness, centre = leader.closeness()
            for view in self.views:
                if view is not leader:
                    view.set_closeness(closeness, centre)


class LinkedView(PictureView):
    """A picture that moves together with those of its link."""

    def __init__(self, link: Link, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        self._link = link
        link.views.append(self)

    def closeness(self) -> tuple[float, QPointF]:
        """Return the zoom as a multiple of fitting (0: it fits), and the middle, 0 ... 1 of both
        sides.
        """
        return (self._zoom / self._fitting_zoom() if self._zoom else 0.0), self._centre

    def set_closeness(self, closeness: float, centre: QPointF) -> None:
        """Zoom and pan as another view does, without telling it."""
        self._zoom = closeness * self._fitting_zoom()
        self._centre = QPointF(centre)
        self.update()

    def _set_zoom(self, zoom: float) -> None:
        super()._set_zoom(zoom)
        self._link.follow(self)

    def _pan(self, x_px: float, y_px: float) -> None:
        super()._pan(x_px, y_px)
        self._link.follow(self)
