"""Builds the application: style, language, troubleshooting, session and window."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

import ganart
from ganart.errors import StudioError
from ganart.resources import resource
from ganart.settings.paths import log_folder
from ganart.start import add_window_options
from ganart.ui.collector import Collector
from ganart.ui.doorkeeper import Doorkeeper, hand_over
from ganart.ui.faults import EndedUnexpectedly, Faults, start_log
from ganart.ui.first_words import heed_first_words
from ganart.ui.icons import app_icon
from ganart.ui.main_window import MainWindow
from ganart.ui.theme import Theme
from ganart.workers.pack import sweep_job
from ganart.workers.run import ErrorReport
from ganart.workers.session import Session

APP_ID = "org.ganart.Studio"
_WARM_UP_MS = 1000
"""Torch is loaded so long after the window was shown."""
_UPDATES_MS = 8000
"""Whoever wants to hear of newer versions hears of them when the start is over."""
_SHUTDOWN_S = 10.0

_log = logging.getLogger("ganart")


def main(arguments: Sequence[str] | None = None, notice: StudioError | None = None) -> int:
    """Open the studio, telling a `notice` of how it was started; returns the exit code."""
    wish = _parse(arguments)
    start_log(log_folder())
    _log.info("ganart %s starts", ganart.__version__)
    _name_for_taskbar()
    heed_first_words()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("ganart")
    app.setDesktopFileName("ganart")
    app.setWindowIcon(app_icon())
    paths = [path.absolute() for path in wish.paths]
    if not wish.new_window and hand_over(paths):
        _log.info("a window is open already")
        return 0
    collector = Collector(app)
    session = Session()
    load_language(app, str(session.settings.get("language")))
    theme = Theme(app)
    theme.apply(str(session.settings.get("theme")))
    session.setting_changed.connect(
        lambda key: theme.apply(str(session.settings.get(key))) if key == "theme" else None
    )
    faults = Faults(log_folder())
    crash = faults.install()
    window = MainWindow(session)
    faults.caught.connect(window.errors.show)
    window.show()
    if crash:
        error = EndedUnexpectedly()
        window.errors.show(ErrorReport(error, str(error), crash))
    for each in (session.settings.notice, session.recent.notice, notice):
        if each is not None:
            window.show_warning(each)
    window.take_when_free(paths)
    doorkeeper = None if wish.new_window else Doorkeeper(app)
    if doorkeeper is not None:
        doorkeeper.came.connect(window.welcome_back)
        session.begin_apart(sweep_job, "sweep packs")  # this is the only window
    session.device_described.connect(collector.spare_what_is_loaded)
    QTimer.singleShot(_WARM_UP_MS, session.describe_device)
    QTimer.singleShot(_UPDATES_MS, window.updates.look)
    code = app.exec()
    ended = session.shutdown(_SHUTDOWN_S)
    faults.remove()
    collector.stop()
    if not ended:
        # A job that hangs, such as on a drive that was unplugged, must not keep the process alive;
        # Qt would abort on a thread that still runs. Files are whole: they are written atomically.
        _log.error("a job did not end in time")
        os._exit(code)
    return code


def load_language(app: QApplication, language: str) -> None:
    """Translate the window, Qt's own buttons included, and set the direction of reading.

    Where the studio is not translated it stays English throughout, read from left to right.
    """
    locale = QLocale() if language == "system" else QLocale(language)
    QLocale.setDefault(locale)
    if _translate(app, locale, "ganart", str(resource("translations"))):
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        _translate(app, locale, "qtbase", qt_folder)
        app.setLayoutDirection(locale.textDirection())


def _translate(app: QApplication, locale: QLocale, name: str, folder: str) -> bool:
    translator = QTranslator(app)
    return translator.load(locale, name, "_", folder) and app.installTranslator(translator)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ganart", description=ganart.__doc__)
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="a .ganart project to open, or pictures and folders to add",
    )
    add_window_options(parser)
    parser.add_argument("--version", action="version", version=ganart.__version__)
    wish = parser.parse_args(arguments)
    if wish.self_test:
        parser.error("--self-test stands alone")
    return wish


def _name_for_taskbar() -> None:
    """Tell Windows who we are, or the taskbar shows the icon of Python."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APP_ID)
