"""A person at the keyboard: keys go to whatever has the focus, and nothing else is touched."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
_TABS = 120
"""More than a window has stops."""


class Keyboard:
    """Types into the active window."""

    def focus(self) -> QWidget:
        """Return what has the focus, or else the window that is active."""
        found = QApplication.focusWidget() or QApplication.activeWindow()
        assert found is not None, "no window is active"
        return found

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        """Press a key."""
        for _ in range(times):
            QTest.keyClick(self.focus(), key, modifier)

    def type(self, text: str) -> None:
        """Write text in place of what stands in the field."""
        self.press(Key.Key_A, CTRL)
        QTest.keyClicks(self.focus(), text)

    def tab_to(self, wanted: QWidget) -> None:
        """Go on with Tab until `wanted` has the focus. Fails where no key leads there."""
        passed = []
        for _ in range(_TABS):
            here = self.focus()
            if here is wanted or wanted.focusProxy() is here:
                return
            passed.append(here.accessibleName() or type(here).__name__)
            self.press(Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {wanted.accessibleName()!r}, only to {passed}")

    def choose(self, box: QComboBox, data: object) -> None:
        """Go to a list of choices and choose."""
        self.tab_to(box)
        self.press(Key.Key_Home)
        self.press(Key.Key_Down, times=box.findData(data))
        assert box.currentData() == data
