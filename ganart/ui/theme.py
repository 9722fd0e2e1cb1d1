"""Light and dark colours of the window.

The palette is our own: on a bare X server, offscreen and on small desktops Qt has no dark colours
to offer. All pairs of text and ground have a contrast of at least 4.5, frames of at least 3.
"""

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

_Role = QPalette.ColorRole

_DARK = {
    _Role.Window: "#1e1f22",
    _Role.WindowText: "#e8e6e3",
    _Role.Base: "#17181a",
    _Role.AlternateBase: "#222427",
    _Role.Text: "#e8e6e3",
    _Role.Button: "#2a2c30",
    _Role.ButtonText: "#e8e6e3",
    _Role.BrightText: "#ff8a75",
    _Role.ToolTipBase: "#2f3136",
    _Role.ToolTipText: "#e8e6e3",
    _Role.PlaceholderText: "#a3a5aa",
    _Role.Highlight: "#d9a441",
    _Role.HighlightedText: "#17181a",
    _Role.Accent: "#d9a441",
    _Role.Link: "#e0b35f",
    _Role.LinkVisited: "#c9a36a",
    _Role.Light: "#3c3f44",
    _Role.Midlight: "#33363b",
    _Role.Mid: "#6f7379",
    _Role.Dark: "#131416",
    _Role.Shadow: "#0c0d0e",
}
_LIGHT = {
    _Role.Window: "#f4f3f1",
    _Role.WindowText: "#1f2023",
    _Role.Base: "#ffffff",
    _Role.AlternateBase: "#f0eeeb",
    _Role.Text: "#1f2023",
    _Role.Button: "#e6e4e0",
    _Role.ButtonText: "#1f2023",
    _Role.BrightText: "#a3271b",
    _Role.ToolTipBase: "#ffffff",
    _Role.ToolTipText: "#1f2023",
    _Role.PlaceholderText: "#5c5e63",
    _Role.Highlight: "#8a5a00",
    _Role.HighlightedText: "#ffffff",
    _Role.Accent: "#8a5a00",
    _Role.Link: "#7a4f00",
    _Role.LinkVisited: "#6b4a14",
    _Role.Light: "#ffffff",
    _Role.Midlight: "#efedea",
    _Role.Mid: "#85888d",
    _Role.Dark: "#b8b5b0",
    _Role.Shadow: "#8f8c87",
}
_TEXTS = (_Role.WindowText, _Role.Text, _Role.ButtonText)
_DISABLED_TEXT = {True: "#8a8d93", False: "#6b6e73"}
_FUSION_DARKER = 127
"""In percent, how much darker than the window Fusion draws the outline of a box or a field."""
_OUTLINED = (
    *("QCheckBox", "QRadioButton"),
    *("QLineEdit", "QAbstractSpinBox", "QComboBox", "QPlainTextEdit"),
)
_DISABLED_HIGHLIGHT = {True: "#3c3f44", False: "#cfccc7"}


def palette(dark: bool) -> QPalette:
    """Return all colours of one scheme."""
    result = QPalette()
    for role, colour in (_DARK if dark else _LIGHT).items():
        result.setColor(QPalette.ColorGroup.All, role, QColor(colour))
    for role in (*_TEXTS, _Role.HighlightedText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(_DISABLED_TEXT[dark]))
    for role in (_Role.Highlight, _Role.Accent):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(_DISABLED_HIGHLIGHT[dark]))
    return result


def outlined_palette(dark: bool) -> QPalette:
    """Return the colours of boxes to tick and of fields to write in.

    Fusion takes the colour of their outlines from the window's, much darkened, which on a dark
    window leaves a box that is not ticked, or an empty field, invisible.
    """
    result = palette(dark)
    outline = QColor((_DARK if dark else _LIGHT)[_Role.Mid])
    result.setColor(QPalette.ColorGroup.All, _Role.Window, outline.lighter(_FUSION_DARKER))
    return result


class Theme(QObject):
    """Gives the application its style and keeps its colours as the person, or the system, wants."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice = "system"
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._refresh)

    def apply(self, choice: str) -> None:
        """Use "light", "dark" or "system" colours, at once."""
        self._choice = choice
        scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        # Title bars and native dialogs follow this where the system knows how.
        self._app.styleHints().setColorScheme(scheme.get(choice, Qt.ColorScheme.Unknown))
        self._refresh()

    def is_dark(self) -> bool:
        """Whether the colours in use are the dark ones."""
        if self._choice == "system":
            return self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._choice == "dark"

    @Slot()
    def _refresh(self) -> None:
        self._app.setPalette(palette(self.is_dark()))
        for name in _OUTLINED:
            # The stubs ask for bytes, which PySide itself refuses.
            self._app.setPalette(outlined_palette(self.is_dark()), name)  # type: ignore[arg-type]
