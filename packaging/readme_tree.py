"""Writes the README's tree of files, one line each, from the first lines of their docstrings.

Run it after adding, moving or renaming a module:  python packaging/readme_tree.py
With `--check` it changes nothing and exits 1 if the README is out of date.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BEGIN = "<!-- tree: written by packaging/readme_tree.py -->\n```\n"
END = "```\n<!-- end of tree -->"
WIDTH = 34


def tree() -> str:
    """Return the lines of the tree."""
    return "".join(f"{line}\n" for line in _lines())


def updated(readme: str) -> str:
    """Return the README's text with the tree of today."""
    head, _, rest = readme.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return head + BEGIN + tree() + END + tail


def main() -> int:
    """Write or check the README; return the exit code."""
    before = README.read_text("utf-8")
    after = updated(before)
    if "--check" in sys.argv[1:]:
        return int(before != after)
    README.write_text(after, "utf-8")
    return 0


def _lines() -> Iterator[str]:
    for top in ("main.py", "ganart", "packaging"):
        yield from _entries(ROOT / top, 0)


def _entries(path: Path, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if path.is_dir():
        init = path / "__init__.py"
        yield _line(f"{indent}{path.name}/", _summary(init) if init.exists() else "")
        for child in sorted(path.iterdir(), key=lambda each: (each.is_dir(), each.name)):
            if child.name != "__pycache__":
                yield from _entries(child, depth + 1)
    elif path.suffix == ".py" and path.name != "__init__.py":
        yield _line(f"{indent}{path.name}", _summary(path))


def _line(name: str, summary: str) -> str:
    return f"{name:<{WIDTH}} {summary}".rstrip()


def _summary(path: Path) -> str:
    """Return the first line of a module's docstring, without its full stop."""
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return docstring.partition("\n")[0].removesuffix(".")


if __name__ == "__main__":
    sys.exit(main())
