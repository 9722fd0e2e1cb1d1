"""What Qt says before there is a window, and in a program that only tries itself out."""

import logging
import os
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from ganart.no_window import why_no_window

_PLATFORMS = "qt.qpa."
"""Begins the categories of what Qt says about displays."""
_IDLE_WORDS = "This plugin does not support propagateSizeHints()"
"""Of each window without a display; it means nothing to anybody."""
_log = logging.getLogger("ganart")


def heed_first_words() -> None:
    """Print Qt's messages as it does itself, but for what is in vain; and end the program with a
    sentence and the code 1 where it finds no display, in place of Qt's own end by a crash.
    """
    told: list[str] = []

    def hear(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind is QtMsgType.QtFatalMsg:
            error = why_no_window(told or [text])
            _log.error("%s Qt: %s", error, " ".join((*told, text)))
            sys.stderr.write(f"{error}\n")
            sys.stderr.flush()
            os._exit(1)  # Qt would abort on return
        if (context.category or "").startswith(_PLATFORMS):
            told.append(text)
        elif text != _IDLE_WORDS:
            sys.stderr.write(f"{text}\n")

    qInstallMessageHandler(hear)
