"""Labels in the few sizes that the pages share."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ganart.errors import StudioError


class _ScaledLabel(QLabel):
    scale = 1.0
    weight = QFont.Weight.Normal

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * self.scale)
        font.setWeight(self.weight)
        self.setFont(font)


class Title(_ScaledLabel):
    """The name of a page."""

    scale = 1.6
    weight = QFont.Weight.DemiBold


class Heading(_ScaledLabel):
    """The name of a part of a page."""

    scale = 1.1
    weight = QFont.Weight.DemiBold


class Caption(QLabel):
    """Explaining text: quieter, wrapped, can be copied."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = self.sizePolicy()  # keeps that its height depends on its width
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        self._soften()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of palette or state."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._soften()

    def _soften(self) -> None:
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)


def give_way(label: QLabel) -> None:
    """Let a text of any length wrap into the width that is left for it, and never ask for more."""
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    label.setWordWrap(True)


def sentences(error: StudioError) -> tuple[str, ...]:
    """Return what an expected trouble says, in the language of the window."""
    return error.sentences(lambda text: QCoreApplication.translate("errors", text))


def told(error: StudioError | None, otherwise: str) -> str:
    """Return the sentences of an error in the language of the window; `otherwise` without one."""
    return otherwise if error is None else " ".join(sentences(error))
