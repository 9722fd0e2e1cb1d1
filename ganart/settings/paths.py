"""Where the studio keeps its own files. GANART_HOME moves all of them into one folder."""

import os
from pathlib import Path

import platformdirs

_APP = "ganart"
HOME_VARIABLE = "GANART_HOME"


def settings_file() -> Path:
    """Return the file of the person's settings."""
    return _config_folder() / "settings.json"


def recent_file() -> Path:
    """Return the file that lists the projects opened lately."""
    return _config_folder() / "recent.json"


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


def models_folder() -> Path:
    """Return the folder for networks that a person had downloaded."""
    home = _home()
    data = home / "data" if home else platformdirs.user_data_path(_APP, appauthor=False)
    return data / "models"


def projects_folder() -> Path:
    """Return the folder that is offered for new projects."""
    home = _home()
    return (home if home else platformdirs.user_documents_path()) / "GanArt"


def _config_folder() -> Path:
    home = _home()
    return home / "config" if home else platformdirs.user_config_path(_APP, appauthor=False)


def _home() -> Path | None:
    home = os.environ.get(HOME_VARIABLE)
    return Path(home) if home else None
