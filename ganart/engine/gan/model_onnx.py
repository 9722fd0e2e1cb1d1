"""A generator as ONNX, for programs that know no torch, checked against what torch draws.

Its inputs are `z` (n, latent_size), standard-normal, and `diversity` (n,), 1 for the model as
trained; its output is `pictures` (n, 3, height, width), sRGB with black at -1 and white at 1, which
are to be clamped. Styles are mapped and truncated inside. The packages that write and read ONNX are
an optional extra (docs/adr/0019).
"""

import logging
import multiprocessing
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from tqdm import tqdm

from ganart.engine.errors import OnnxFailed, OnnxMissing
from ganart.engine.gan.networks import progressive
from ganart.engine.gan.networks.interface import Generator
from ganart.engine.latent.points import from_seed
from ganart.engine.latent.render import Model
from ganart.errors import StudioError

TOLERANCE = 1 / 255
"""The largest difference allowed between two drawings, where black is 0 and white is 1."""
_SEEDS = range(6)
_DIVERSITIES = (1.0, 1.0, 1.0, 0.7, 0.3, 0.0)
_NEEDED = ("onnx", "onnxscript")
_LOOK_S = 0.1
"""Between two looks at whether it was stopped."""

Floats = npt.NDArray[np.float32]
_Draw = Callable[[Floats, Floats], Floats]


class _Drawing(nn.Module):
    """What is exported: the pictures that people see."""

    def __init__(self, generator: Generator) -> None:
        super().__init__()
        self.generator = generator

    def forward(self, z: Tensor, diversity: Tensor) -> Tensor:
        return self.generator.draw(z, diversity)


def require_onnx() -> None:
    """Raise `OnnxMissing` unless ONNX can be written on this computer."""
    for package in _NEEDED:
        if find_spec(package) is None:
            raise OnnxMissing(package=package)


def write_onnx(model_path: Path, target: Path, stopped: Callable[[], bool]) -> float | None:
    """Write a model file's generator as ONNX, and return by how much its pictures differ at most;
    None if it was stopped. Raises as `onnx_bytes`.

    A process of its own does it: torch's exporter changes what belongs to all threads, which makes
    a training beside it fail.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=_write, args=(model_path, target, theirs), daemon=True)
    worker.start()
    theirs.close()
    try:
        while not ours.poll(_LOOK_S):
            if stopped():
                return None
        answer = ours.recv()
    except EOFError:
        raise OnnxFailed(reason="the process that writes it has ended") from None
    finally:
        worker.kill()
        worker.join()
        ours.close()
    if isinstance(answer, str):
        raise OnnxFailed(reason=answer)
    return float(answer)


def _write(model_path: Path, target: Path, answers: Connection) -> None:
    """Write the file and send the difference, or why it was not written."""
    try:
        model = Model.load(model_path)
        content, difference = onnx_bytes(model.generator, model.info.config.latent_size)
        target.write_bytes(content)
        answers.send(difference)
    except OnnxFailed as error:
        answers.send(error.details["reason"])
    except (StudioError, OSError) as error:
        answers.send(str(error).rstrip("."))


def onnx_bytes(generator: Generator, latent_size: int) -> tuple[bytes, float]:
    """Return a generator on the CPU, in evaluation mode, as an ONNX file, and by how much its
    pictures differ at most from torch's, as a share of the way from black to white.

    Raises `OnnxMissing`, and `OnnxFailed` where it differs by more than `TOLERANCE`.
    """
    require_onnx()
    for module in generator.modules():
        if isinstance(module, progressive.Growth):
            module.settle()
    try:
        content = _exported(_Drawing(generator), latent_size)
        difference = _difference(generator, _evaluator(content), latent_size)
    except Exception as error:  # the exporter and the evaluators raise nearly anything
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise OnnxFailed(reason=reason.rstrip(".")) from error
    if not difference <= TOLERANCE:  # NaN is refused too
        raise OnnxFailed(reason=f"its pictures would differ by {255 * difference:.1f} of 255")
    return content, difference


def _exported(drawing: _Drawing, latent_size: int) -> bytes:
    example = (torch.zeros(2, latent_size), torch.ones(2))
    count = torch.export.Dim("count")
    tqdm.monitor_interval = 0  # torch counts something with it; its thread would never end
    logger = logging.getLogger("torch.onnx")
    level = logger.level
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of torch's own parts about each other
        logger.setLevel(logging.ERROR)
        try:
            program = torch.onnx.export(
                drawing,
                example,
                dynamo=True,
                verbose=False,
                input_names=["z", "diversity"],
                output_names=["pictures"],
                dynamic_shapes={"z": {0: count}, "diversity": {0: count}},
            )
        finally:
            logger.setLevel(level)
    if program is None:
        raise RuntimeError("torch gave no ONNX")
    return _without_traces(program.model_proto)


def _without_traces(model: Any) -> bytes:  # noqa: ANN401  (onnx is optional, and untyped here)
    """Return the file without what the exporter notes of this computer: where torch and the
    studio are installed.
    """
    del model.metadata_props[:]
    for node in (*model.graph.node, *(each for f in model.functions for each in f.node)):
        del node.metadata_props[:]
        node.doc_string = ""
    for value in (*model.graph.value_info, *model.graph.input, *model.graph.output):
        del value.metadata_props[:]
    del model.graph.metadata_props[:]
    content: bytes = model.SerializeToString()
    return content


def _evaluator(content: bytes) -> _Draw:
    """Return a function that draws with the file: by onnxruntime where it is installed, else by
    onnx's own slow reference.
    """
    if find_spec("onnxruntime") is not None:
        import onnxruntime

        session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    else:
        import onnx
        from onnx.reference import ReferenceEvaluator

        session = ReferenceEvaluator(onnx.load_from_string(content))

    def draw(z: Floats, diversity: Floats) -> Floats:
        pictures: Floats = session.run(None, {"z": z, "diversity": diversity})[0]
        return pictures

    return draw


@torch.inference_mode()
def _difference(generator: Generator, draw: _Draw, latent_size: int) -> float:
    """Return the largest difference over some latents, alone and together, 0 ... 1."""
    z = np.stack([from_seed(seed, latent_size) for seed in _SEEDS])
    diversity = np.array(_DIVERSITIES, np.float32)
    wanted = generator.draw(torch.from_numpy(z), torch.from_numpy(diversity)).numpy()
    drawn = (draw(z, diversity), np.concatenate([draw(z[:1], diversity[:1]), wanted[1:]]))
    return (
        max(float(np.abs(np.clip(each, -1, 1) - np.clip(wanted, -1, 1)).max()) for each in drawn)
        / 2
    )
