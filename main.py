"""Starts GanArt Studio: the window, or a command such as `python main.py train --help`."""

import multiprocessing
import sys

from ganart.__main__ import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
