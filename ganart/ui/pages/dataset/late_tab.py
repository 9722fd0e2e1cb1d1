"""A tab whose content is made when it is first looked at."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

Content = TypeVar("Content", bound=QWidget)


class LateTab(QWidget, Generic[Content]):
    """Empty until it is shown, or until its content is asked for."""

    def __init__(self, make: Callable[[], Content], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._content: Content | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def content(self) -> Content:
        """Return the content, made now if it was not there."""
        if self._content is None:
            self._content = self._make()
            self._layout.addWidget(self._content)
            self._content.show()  # now, and not with the next event
        return self._content

    def showEvent(self, event: QShowEvent) -> None:
        """Make the content."""
        super().showEvent(event)
        self.content()
