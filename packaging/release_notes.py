"""Print what CHANGELOG.md says of a version: the notes of its release.

python3 packaging/release_notes.py v0.1.0
"""

import argparse
import re
import sys
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parents[1] / "CHANGELOG.md"


def notes(changelog: str, tag: str) -> str:
    """Return a version's section without its heading; raises `ValueError` where there is none."""
    version = re.escape(tag.removeprefix("v"))
    section = re.search(rf"^## \[{version}\].*?$\n(.*?)(?=^## |^\[|\Z)", changelog, re.M | re.S)
    if section is None or not section[1].strip():
        raise ValueError(f"CHANGELOG.md says nothing of {tag.removeprefix('v')}")
    return f"{section[1].strip()}\n"


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tag", help="such as v0.1.0")
    try:
        sys.stdout.write(notes(CHANGELOG.read_text("utf-8"), parser.parse_args().tag))
    except ValueError as error:
        sys.exit(f"{error}; name a version that is released.")


if __name__ == "__main__":
    main()
