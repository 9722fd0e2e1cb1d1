"""Removes what a folder with torch never needs while the studio runs."""

import shutil
from pathlib import Path

NOT_NEEDED = (
    "bin",
    "share",
    "setuptools",
    "setuptools-*.dist-info",
    "_distutils_hack",
    "distutils-precedence.pth",
    "torch/include",
    "torch/share",
    "torch/test",
    "torch/testing/_internal/py3*.py",
    "torch/utils/benchmark",
    "torch/bin/[!t]*",
    "torch/bin/test*",
    "**/*.pyi",
    "**/*.h",
    "**/*.cuh",
    "**/*.cmake",
    "**/*.a",
    "**/*.lib",
    "nvidia/**/libcusolverMg*",
    "nvidia/**/libnvperf*",
    "nvidia/**/*cufile_rdma*",
    "nvidia/**/nvshmem_transport*",
    "nvidia/**/*.bc",
    "*.dist-info/RECORD",
    "*.dist-info/INSTALLER",
    "*.dist-info/REQUESTED",
    "*.dist-info/direct_url.json",
    "mpmath/tests",
    "networkx/**/tests",
    "sympy/**/tests",
    "sympy/**/benchmarks",
)
"""Patterns below the folder. torch.testing, torchgen and what one card computes with are needed.
What an installer notes of its work names folders of the computer that built."""


def prune(folder: Path) -> None:
    """Remove it all."""
    for pattern in NOT_NEEDED:
        for path in sorted(folder.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
