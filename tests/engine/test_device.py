import os

import pytest
import torch

from ganart.engine import device as devices
from ganart.engine.errors import BadOption, DeviceLost, OutOfMemory
from tests.engine.toys import CPU


def test_auto_takes_the_processor_where_there_is_no_card(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    assert devices.choose("auto") == (CPU, "no usable graphics card was found")
    assert devices.choose("cpu")[0] == CPU


@pytest.mark.parametrize(("found", "kind"), [("cuda", "cuda"), ("mps", "mps")])
def test_auto_takes_the_card_that_is_there(monkeypatch, found, kind):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: found == "cuda")
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: found == "mps")
    monkeypatch.setattr(devices, "_computes", lambda kind: True)
    device, reason = devices.choose("auto")
    assert device.type == kind
    assert reason
    assert devices.choose("cpu")[0] == CPU


def test_a_card_that_cannot_compute_is_passed_over_with_a_reason(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    devices._computes.cache_clear()
    device, reason = devices.choose("auto")  # the real attempt, on a machine without a card
    devices._computes.cache_clear()
    if torch.version.cuda is None or not torch.cuda.device_count():
        assert device == CPU
        assert "cannot compute" in reason


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        torch.OutOfMemoryError("CUDA out of memory"),
        RuntimeError("MPS backend out of memory (MPS allocated: 8 GB)"),
        RuntimeError("[enforce fail at alloc_cpu.cpp:1] DefaultCPUAllocator: not enough memory"),
    ],
)
def test_every_way_of_running_out_of_memory_is_one_error(error):
    with pytest.raises(OutOfMemory), devices.memory_guard(CPU):
        raise error


def test_other_errors_pass_the_memory_guard():
    with pytest.raises(RuntimeError, match="size mismatch"), devices.memory_guard(CPU):
        raise RuntimeError("size mismatch")


@pytest.mark.parametrize("wish", ["cuda", "mps", "tpu", ""])
def test_a_device_that_is_not_there_is_refused_with_those_that_are(monkeypatch, wish):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    with pytest.raises(BadOption, match="auto, cpu"):
        devices.choose(wish)


def test_the_processor_is_described():
    info = devices.describe("cpu")
    assert info.kind == "cpu"
    assert info.name
    assert 0 <= info.memory_free <= info.memory_total
    assert 1 <= info.threads <= (os.cpu_count() or 1)


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory"),
        RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried"),
        RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate 8 bytes"),
    ],
)
def test_running_out_of_memory_is_told_in_a_sentence(error):
    with (
        pytest.raises(OutOfMemory, match="The memory of cpu is too small"),
        devices.memory_guard(CPU),
    ):
        raise error


def test_torch_itself_runs_out_of_memory():
    with pytest.raises(OutOfMemory), devices.memory_guard(CPU):
        torch.empty(2**55, dtype=torch.uint8)


def test_other_faults_pass_the_guard():
    with pytest.raises(RuntimeError, match="shapes"), devices.memory_guard(CPU):
        raise RuntimeError("shapes do not fit")


def test_the_peak_of_memory_is_known():
    assert devices.peak_memory(CPU) >= 0


@pytest.mark.parametrize(
    "text",
    [
        "CUDA error: unspecified launch failure",
        "CUDA error: device-side assert triggered",
        "HIP error: the GPU has been removed",
        "Internal Error (0000000e:Internal Error) Caused GPU Address Fault Error",
    ],
)
def test_a_card_that_is_gone_is_told_in_a_sentence(text):
    card = torch.device("cuda")
    with pytest.raises(DeviceLost, match="answers no more"), devices.memory_guard(card):
        raise RuntimeError(text)
    with pytest.raises(RuntimeError, match=text[:9]), devices.memory_guard(CPU):
        raise RuntimeError(text)
