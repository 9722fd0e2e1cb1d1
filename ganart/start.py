"""What must be set before torch or Qt are loaded."""

import os
import sys


def prepare_process() -> None:
    """Set what the libraries read once, when they are loaded."""
    # Waiting threads sleep instead of spinning: ten times faster on busy cores.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    # Operations that Apple's GPU lacks are computed on the processor.
    os.environ.setdefault("PYTORCH_ENABLE_MPS_FALLBACK", "1")
    if sys.platform == "win32":
        # Loaded after Qt, torch's c10.dll fails to start (pytorch issue 166628).
        import torch  # noqa: F401
