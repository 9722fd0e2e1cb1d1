"""Starts GanArt Studio: the window, or a command such as `python main.py train --help`."""

import multiprocessing
import sys

from ganart.__main__ import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a process that another one of ours started goes no further
    sys.exit(main())
