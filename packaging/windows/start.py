"""What ganart.exe has Python run: says that the program is an installed one, and starts it."""

import sys

sys.frozen = True  # type: ignore[attr-defined]  # as PyInstaller does; multiprocessing asks for it
sys.argv[0] = sys.executable

import multiprocessing

from ganart.__main__ import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a process that another one of ours started goes no further
    sys.exit(main())
