import dataclasses
import json
import os

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file

from ganart.engine.style import transfer
from ganart.engine.style.brush import BrushNetwork
from ganart.engine.style.brush_file import (
    HEADER_KEY,
    BadBrush,
    BrushInfo,
    load_brush,
    read_brush_info,
    save_brush,
)
from ganart.errors import DiskFull

CPU = torch.device("cpu")
INFO = BrushInfo(
    name="Wheat field",
    style_name="wheat.jpg",
    style_hash="0" * 16,
    width=4,
    step=7,
    elapsed_s=1.5,
    photos=3,
    app_version="1.0",
    created="2026-01-02T03:04:05+00:00",
)


def network():
    with torch.random.fork_rng():
        torch.manual_seed(0)
        return BrushNetwork(4).eval().requires_grad_(False)


def weights():
    return {name: each.numpy() for name, each in network().state_dict().items()}


@pytest.fixture
def brush(tmp_path):
    path = tmp_path / "brush.safetensors"
    save_brush(path, weights(), INFO)
    return path


def rewritten(path, change):
    """Write the brush again with other values in its header."""
    values = json.loads(header(path)) | change
    save_file(load_file(path), path, metadata={HEADER_KEY: json.dumps(values)})


def header(path):
    size = int.from_bytes(path.read_bytes()[:8], "little")
    return json.loads(path.read_bytes()[8 : 8 + size])["__metadata__"][HEADER_KEY]


def test_what_was_saved_is_loaded(brush):
    info, loaded = load_brush(brush, CPU)
    assert dataclasses.replace(info, brush_hash="") == INFO == read_same(brush)
    photo = torch.rand(1, 3, 24, 32)
    assert torch.allclose(loaded(photo), network()(photo), atol=1e-6)
    assert not any(each.requires_grad for each in loaded.parameters())


def read_same(path):
    return dataclasses.replace(read_brush_info(path), brush_hash="")


def test_it_paints_the_same_in_the_form_of_the_instant_looks():
    photo = torch.rand(2, 3, 32, 20)
    painted = transfer.stylize(*network().parts(), photo)
    assert torch.allclose(painted, network()(photo), atol=1e-5)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "model"},
        {"format": 2},
        {"format": "1"},
        {"width": 5},
        {"width": 10**9},
        {"width": True},
        {"step": -1},
        {"elapsed_s": "long"},
        {"name": "two\nlines"},
        {"name": "n" * 300},
        {"brush_hash": "0" * 16},
        {"style_name": 5},
    ],
    ids=str,
)
def test_a_description_that_lies_is_refused(brush, change):
    rewritten(brush, change)
    with pytest.raises(BadBrush):
        load_brush(brush, CPU)


def test_other_files_are_refused(tmp_path):
    path = tmp_path / "x.safetensors"
    for content in (b"", b"no brush", bytes(1000), b"\xff" * 100):
        path.write_bytes(content)
        with pytest.raises(BadBrush):
            load_brush(path, CPU)
    with pytest.raises(BadBrush, match="not there"):
        load_brush(tmp_path / "missing.safetensors", CPU)
    with pytest.raises(BadBrush):
        load_brush(tmp_path, CPU)
    os.mkfifo(tmp_path / "pipe.safetensors")
    with pytest.raises(BadBrush):
        load_brush(tmp_path / "pipe.safetensors", CPU)
    save_file(weights(), path)
    with pytest.raises(BadBrush):
        load_brush(path, CPU)


@pytest.mark.parametrize(
    "damage",
    [
        lambda each: each | {"last.bias": np.full(3, np.nan, np.float32)},
        lambda each: each | {"last.bias": np.zeros(4, np.float32)},
        lambda each: each | {"last.bias": np.zeros(3, np.float64)},
        lambda each: each | {"more": np.zeros(3, np.float32)},
        lambda each: {name: each[name] for name in list(each)[1:]},
    ],
    ids=["nan", "shape", "type", "more", "fewer"],
)
def test_weights_of_another_network_are_refused(brush, damage):
    save_brush(brush, damage(weights()), INFO)
    with pytest.raises(BadBrush):
        load_brush(brush, CPU)


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 10**9), value=st.integers(0, 255))
def test_no_changed_byte_is_painted_with(tmp_path_factory, place, value):
    path = tmp_path_factory.mktemp("damaged") / "brush.safetensors"
    save_brush(path, weights(), INFO)
    content = bytearray(path.read_bytes())
    place %= len(content)
    same = content[place] == value
    content[place] = value
    path.write_bytes(content)
    try:
        _, loaded = load_brush(path, CPU)
    except BadBrush:
        assert not same
    else:
        for name, each in loaded.state_dict().items():
            assert np.array_equal(each.numpy(), weights()[name])


def test_a_full_disk_leaves_the_brush_as_it_was(brush, monkeypatch):
    before = brush.read_bytes()

    def full(*_):
        raise DiskFull(folder=brush.parent, needed="1 MB", free="0 B")

    monkeypatch.setattr("ganart.engine.style.brush_file.require_space", full)
    with pytest.raises(DiskFull):
        save_brush(brush, weights(), INFO)
    assert brush.read_bytes() == before
