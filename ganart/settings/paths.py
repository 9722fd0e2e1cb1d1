"""Where the studio keeps its own files.

GANART_HOME moves all of them into one folder, and so does a folder named `portable` beside the
installed program, such as on a stick.
"""

import os
import sys
from pathlib import Path

import platformdirs

_APP = "ganart"
HOME_VARIABLE = "GANART_HOME"
PORTABLE = "portable"


def settings_file() -> Path:
    """Return the file of the person's settings."""
    return _config_folder() / "settings.json"


def recent_file() -> Path:
    """Return the file that lists the projects opened lately."""
    return _config_folder() / "recent.json"


def updates_file() -> Path:
    """Return the file that remembers when a newer version was last looked for."""
    return _config_folder() / "updates.json"


def window_file() -> Path:
    """Return the file for QSettings: sizes and places of windows."""
    return _config_folder() / "window.ini"


def log_folder() -> Path:
    """Return the folder for log files."""
    home = _home()
    return home / "logs" if home else platformdirs.user_log_path(_APP, appauthor=False)


def cache_folder() -> Path:
    """Return the folder for what can be made again at any time."""
    home = _home()
    return home / "cache" if home else platformdirs.user_cache_path(_APP, appauthor=False)


def data_folder() -> Path:
    """Return the folder for what a person had downloaded."""
    home = _home()
    return home / "data" if home else platformdirs.user_data_path(_APP, appauthor=False)


def models_folder() -> Path:
    """Return the folder for networks that a person had downloaded."""
    return data_folder() / "models"


def projects_folder() -> Path:
    """Return the folder that is offered for new projects."""
    home = _home()
    return (home or platformdirs.user_documents_path()) / "GanArt"


def _config_folder() -> Path:
    home = _home()
    return home / "config" if home else platformdirs.user_config_path(_APP, appauthor=False)


def program_folder() -> Path | None:
    """Return the folder that the program was installed into; None where Python runs its sources."""
    return Path(sys.executable).resolve().parent if getattr(sys, "frozen", False) else None


def _home() -> Path | None:
    home = os.environ.get(HOME_VARIABLE)
    if home:
        return Path(os.path.expanduser(home)).absolute()  # noqa: PTH111  (never raises)
    program = program_folder()
    portable = program / PORTABLE if program else None
    return portable if portable and portable.is_dir() else None
