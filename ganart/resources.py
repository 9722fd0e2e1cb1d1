"""Finds the files that come with the program: icons, sample pictures, translations."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Return the path of the file or folder `name` (such as 'icons/play.svg') in `resources`.

    The folder lies beside the package in a checkout and in a frozen program, and inside it as
    `_resources` where pip installed it. Raises `FileNotFoundError` when there is no such file.
    """
    for folder in (PACKAGE.parent / "resources", PACKAGE / "_resources"):
        if (folder / name).exists():
            return folder / name
    raise FileNotFoundError(f"the program's file {name} is missing; install the program again")
