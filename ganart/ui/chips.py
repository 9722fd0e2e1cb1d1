"""The status bar's chips: which device computes and why, and what is going on."""

from typing import Protocol

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QMessageBox, QToolButton, QWidget

from ganart.ui.widgets.buttons import take_icons_off
from ganart.ui.widgets.words import count, memory_size


class DeviceFacts(Protocol):
    """What the chip shows of the engine's `DeviceInfo`."""

    @property
    def kind(self) -> str:
        """Return "cpu", "cuda" or "mps"."""

    @property
    def name(self) -> str:
        """Return the maker's name of the device."""

    @property
    def reason(self) -> str:
        """Return why it was chosen, marked in context "device"."""

    @property
    def memory_total(self) -> int:
        """Return bytes; 0 where unknown."""

    @property
    def memory_free(self) -> int:
        """Return bytes."""

    @property
    def threads(self) -> int:
        """Return the threads that a processor computes with."""


class Chip(QToolButton):
    """A short text in the status bar, with more behind it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.hide()

    def tell(self, text: str, tip: str = "") -> None:
        """Show `text`; an empty one hides the chip."""
        self.setText(text)
        self.setToolTip(tip)
        self.setAccessibleName(f"{self._name}: {text}" if text else self._name)
        self.setAccessibleDescription(tip)
        self.setVisible(bool(text))


class DeviceChip(Chip):
    """Names the device that trains and renders."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Computes on"), parent)
        self.clicked.connect(self._show_details)

    def show_device(self, device: DeviceFacts) -> None:
        """Show the device's kind and memory, and its full name and the reason as the tip."""
        reason = QCoreApplication.translate("device", device.reason)
        lines = [self.tr("{name}, {reason}").format(name=device.name, reason=reason)]
        if device.kind == "cpu":
            text = self.tr("Processor, {count} threads").format(count=count(device.threads))
        else:
            text = device.name
        if device.memory_total:
            free, total = memory_size(device.memory_free), memory_size(device.memory_total)
            lines.append(self.tr("{free} of {total} memory free").format(free=free, total=total))
        self.tell(text, "\n".join(lines))

    @Slot()
    def _show_details(self) -> None:
        box = QMessageBox(self.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle(self.text())
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.toolTip())
        box.addButton(QMessageBox.StandardButton.Ok)
        take_icons_off(box)
        box.open()
