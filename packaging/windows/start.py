"""What ganart.exe has Python run: says that the program is an installed one, and starts it."""

import sys

sys.frozen = True  # type: ignore[attr-defined]  # as PyInstaller does; multiprocessing asks for it
sys.argv[0] = sys.executable


def main() -> int:
    """Start the program; return its exit code."""
    import multiprocessing

    from ganart.__main__ import main as start

    multiprocessing.freeze_support()  # a process that another one of ours started goes no further
    return start()


if __name__ == "__main__":
    sys.exit(main())
