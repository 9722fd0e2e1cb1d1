"""The size of a dialog."""

from PySide6.QtWidgets import QDialog


def fit(dialog: QDialog, width_px: int) -> None:
    """Give a dialog this width, or more if it needs more, and the height that its texts need.

    Left alone, Qt would take the height that wrapped texts have at their narrowest.
    """
    dialog.setMinimumWidth(width_px)
    layout = dialog.layout()
    if layout is None:
        return
    width = max(width_px, layout.totalMinimumSize().width())
    dialog.resize(width, max(layout.totalHeightForWidth(width), 0))
