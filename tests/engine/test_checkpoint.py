import json
import shutil
import struct
from collections import namedtuple
from contextlib import suppress

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file

from ganart.engine.asks import Ask
from ganart.engine.errors import BadCheckpoint, BadOption, TooFewPictures
from ganart.engine.gan.checkpoint import (
    load_checkpoint,
    model_info,
    save_checkpoint,
    save_model,
)
from ganart.engine.gan.model_file import HEADER_KEY, read_header, read_info, read_model
from ganart.engine.gan.steps import training_step
from ganart.engine.gan.trainer import train
from ganart.errors import DiskFull
from tests.engine.toys import ARCHITECTURES, CPU, Asks, fresh, random_pixels, same, tiny, weights

PIXELS = random_pixels(10)
RECIPES = {
    "r3": {"augment": 0.7, "mirror": True, "penalty_interval": 3, "blocks": 1},
    "dcgan": {"beta1": 0.5},
    "fc": {"ema_pictures": 0},
    "style": {"style_mixing": 0.9, "path_length": 2.0},
    "msg": {"augment_target": 0.6, "augment": 0.2, "turn": True},
}


def save(path, config, state):
    save_checkpoint(path, state, model_info(config, state, "sketch-32", "f00d"))
    return path


def run(config, state, steps=None):
    """Train to the end of the budget, or stop after some steps."""
    poll = Asks(*[None] * (steps - 1), Ask.STOP) if steps else Asks()
    for _ in train(config, state, poll):
        pass


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """Return a config, its state after some steps and a checkpoint of it."""
    config = tiny(mirror=True)
    state = fresh(config)
    run(config, state, 3)
    return config, state, save(tmp_path_factory.mktemp("run") / "3.safetensors", config, state)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_training_goes_on_bit_for_bit(tmp_path, architecture):
    """Twice n steps are n steps, save, load and n more steps, schedules and all."""
    n = 7
    config = tiny(architecture=architecture, pictures=2 * n * 4, **RECIPES.get(architecture, {}))

    whole = fresh(config)
    run(config, whole)

    first = fresh(config)
    run(config, first, n)
    assert (first.step, first.progress) == (n, 0.5)
    second, info = load_checkpoint(save(tmp_path / "a.safetensors", config, first), PIXELS, CPU)
    assert info.config == config
    run(config, second)

    assert (second.step, second.pictures) == (whole.step, whole.pictures) == (2 * n, 8 * n)
    ends = [load_file(save(tmp_path / f"{x.step}.{id(x)}", config, x)) for x in (whole, second)]
    assert ends[0].keys() == ends[1].keys()
    assert [name for name in ends[0] if not torch.equal(ends[0][name], ends[1][name])] == []


def test_a_checkpoint_holds_everything(trained):
    _, state, path = trained
    loaded, info = load_checkpoint(path, PIXELS, CPU)
    assert same(
        weights(loaded.ema, loaded.generator, loaded.discriminator),
        weights(state.ema, state.generator, state.discriminator),
    )
    for name in ("step", "pictures", "elapsed_s", "progress", "skipped_steps", "skipped_in_a_row"):
        assert getattr(loaded, name) == getattr(state, name), name
    assert torch.equal(loaded.random.get_state(), state.random.get_state())
    assert (info.step, info.preset, info.data_hash) == (3, "sketch-32", "f00d")
    assert read_info(path) == info


def test_a_run_can_go_on_with_other_learning_options(trained):
    config, _, path = trained
    longer = tiny(mirror=True, pictures=1000, learning_rate=1e-4, learning_rate_end=1e-5, gamma=9.0)
    loaded, info = load_checkpoint(path, PIXELS, CPU, longer)
    assert info.config == config
    assert training_step(longer, loaded).finite
    assert loaded.optimizer_g.param_groups[0]["lr"] <= 1e-4


def test_other_networks_do_not_fit(trained):
    *_, path = trained
    for config in (tiny(width=16), tiny(architecture="fc"), tiny(side=16)):
        pixels = random_pixels(10, config.side)
        with pytest.raises(BadCheckpoint):
            load_checkpoint(path, pixels, CPU, config)


def test_too_few_pictures_are_told_as_such(trained):
    *_, path = trained
    with pytest.raises(TooFewPictures):
        load_checkpoint(path, PIXELS[:1], CPU)


def test_a_model_file_alone_cannot_be_resumed_but_drawn(tmp_path, trained):
    config, state, checkpoint = trained
    path = tmp_path / "live.safetensors"
    save_model(path, state, model_info(config, state, "sketch-32", "f00d"))
    assert path.stat().st_size < checkpoint.stat().st_size / 3
    with pytest.raises(BadCheckpoint):
        load_checkpoint(path, PIXELS, CPU)
    for source in (path, checkpoint):
        _, loaded = read_model(source)
        assert loaded.keys() == state.ema.state_dict().keys()
        for name, tensor in state.ema.state_dict().items():
            assert np.array_equal(loaded[name], tensor.numpy())


def lengths():
    """Return byte counts around everything that a reader looks at."""
    return [0, 1, 7, 8, 9, 100, *(0.1 * part for part in range(1, 10)), -8, -1]


@pytest.mark.parametrize("length", lengths())
def test_a_cut_file_is_never_used(tmp_path, trained, length):
    *_, path = trained
    content = path.read_bytes()
    cut = tmp_path / "cut.safetensors"
    cut.write_bytes(content[: length if isinstance(length, int) else int(length * len(content))])
    assert cut.stat().st_size < len(content)
    refuse(cut)


def refuse(path):
    """Assert that every reader refuses the file with the sentence for it."""
    readers = (
        read_header,
        read_info,
        lambda file: load_checkpoint(file, PIXELS, CPU),
    )
    for read in readers:
        with pytest.raises(BadCheckpoint) as caught:
            read(path)
        assert str(path) in str(caught.value)
        assert "The file was left as it is." in str(caught.value)


def test_files_that_are_no_models_are_refused(tmp_path):
    missing = tmp_path / "missing.safetensors"
    foreign = tmp_path / "foreign.safetensors"
    save_file({"weight": torch.zeros(3)}, foreign, metadata={"format": "pt"})
    bare = tmp_path / "bare.safetensors"
    save_file({"weight": torch.zeros(3)}, bare)
    text = tmp_path / "text.safetensors"
    text.write_text("It is not a model at all, just some text." * 9)
    huge = tmp_path / "huge.safetensors"
    huge.write_bytes(struct.pack("<Q", 2**62) + b"{}")
    for path in (missing, foreign, bare, text, huge, tmp_path):
        refuse(path)


HOSTILE_HEADERS = {
    "not json": "{",
    "deep": "[" * 100_000,
    "a list": "[]",
    "null": "null",
    "no format": {"format": None},
    "format is text": {"format": "1"},
    "newer": {"format": 2},
    "no config": {"config": None},
    "config is a list": {"config": []},
    "width out of range": {"config": {"width": 10**9}},
    "side of text": {"config": {"side": "8"}},
    "side is a list": {"config": {"side": [8]}},
    "nan": {"config": {"gamma": float("nan")}},
    "step is text": {"step": "3"},
    "step is negative": {"step": -3},
    "step is none": {"step": None},
    "step is a list": {"step": []},
    "step is no number": {"step": float("nan")},
    "pictures are true": {"pictures": True},
    "elapsed is text": {"elapsed_s": "1"},
    "likeness is text": {"likeness": "0"},
    "likeness is no number": {"likeness": float("nan")},
    "hash is a number": {"model_hash": 12},
    "hash is a path": {"model_hash": "../../art"},
    "preset is an object": {"preset": {}},
    "data hash is none": {"data_hash": None},
}


@pytest.mark.parametrize("name", HOSTILE_HEADERS)
def test_a_hostile_description_is_refused(tmp_path, trained, name):
    *_, path = trained
    values = HOSTILE_HEADERS[name]
    text = values if isinstance(values, str) else json.dumps(read_header(path) | values)
    other = tmp_path / "hostile.safetensors"
    save_file(load_file(path), other, metadata={HEADER_KEY: text})
    with pytest.raises(BadCheckpoint):
        read_info(other)
    with pytest.raises(BadCheckpoint):
        load_checkpoint(other, PIXELS, CPU)


def test_a_newer_format_is_named_as_the_reason(tmp_path, trained):
    *_, path = trained
    newer = tmp_path / "newer.safetensors"
    header = json.dumps(read_header(path) | {"format": 99})
    save_file(load_file(path), newer, metadata={HEADER_KEY: header})
    with pytest.raises(BadCheckpoint, match="by a newer version of the studio"):
        read_info(newer)


@pytest.mark.parametrize(
    "counters",
    [
        None,
        [],
        {},
        {"step": 1},
        {"step": "3"},
        {"step": -1},
        {"elapsed_s": float("nan")},
        {"progress": None},
        {"skipped_steps": []},
    ],
    ids=str,
)
def test_hostile_counters_are_refused(tmp_path, trained, counters):
    *_, path = trained
    header = read_header(path)
    whole = header["counters"]
    if isinstance(counters, dict) and counters and counters != {"step": 1}:
        counters = whole | counters
    other = tmp_path / "hostile.safetensors"
    text = json.dumps(header | {"counters": counters})
    save_file(load_file(path), other, metadata={HEADER_KEY: text})
    with pytest.raises(BadCheckpoint):
        load_checkpoint(other, PIXELS, CPU)


HOSTILE_TENSORS = {
    "a weight is missing": {"ema.start.weight": None},
    "a weight has another shape": {"generator.start.weight": torch.zeros(2, 2)},
    "no random state": {"random": None},
    "a random state of numbers": {"random": torch.zeros(8)},
    "a short random state": {"random": torch.zeros(3, dtype=torch.uint8)},
    "no order": {"batches.order": None},
    "an order outside the pictures": {"batches.order": torch.arange(10) + 5},
    "a position for ever": {"batches.position": torch.tensor(99)},
    "momenta of no parameter": {"optimizer_g.x.exp_avg": torch.zeros(1)},
    "momenta of too many parameters": {"optimizer_g.999.exp_avg": torch.zeros(1)},
    "momenta of another shape": {"optimizer_g.0.exp_avg": torch.zeros(1)},
    "half of the momenta": {"optimizer_d.0.exp_avg_sq": None},
}


@pytest.mark.parametrize("name", HOSTILE_TENSORS)
def test_tensors_that_do_not_fit_are_refused(tmp_path, trained, name):
    *_, path = trained
    tensors = load_file(path) | HOSTILE_TENSORS[name]
    tensors = {key: each for key, each in tensors.items() if each is not None}
    other = tmp_path / "hostile.safetensors"
    header = read_header(path)
    del header["checksum"]  # of the tensors as they were
    save_file(tensors, other, metadata={HEADER_KEY: json.dumps(header)})
    with pytest.raises(BadCheckpoint):
        load_checkpoint(other, PIXELS, CPU)


def test_a_checkpoint_of_an_earlier_version_has_no_checksum(tmp_path, trained):
    _, state, path = trained
    header = read_header(path)
    del header["checksum"]
    earlier = tmp_path / "earlier.safetensors"
    save_file(load_file(path), earlier, metadata={HEADER_KEY: json.dumps(header)})
    assert load_checkpoint(earlier, PIXELS, CPU)[0].step == state.step


@pytest.mark.parametrize("part", ["ema", "generator", "optimizer_d", "random"])
def test_one_wrong_bit_is_found(tmp_path, trained, part):
    """In weights or momenta it would change no shape and make nothing infinite."""
    *_, path = trained
    content = bytearray(path.read_bytes())
    length = struct.unpack("<Q", content[:8])[0]
    places = json.loads(content[8 : 8 + length])
    name = next(each for each in sorted(places) if each.startswith(part))
    content[8 + length + places[name]["data_offsets"][0]] ^= 1
    damaged = tmp_path / "damaged.safetensors"
    damaged.write_bytes(content)
    with pytest.raises(BadCheckpoint, match="damaged"):
        load_checkpoint(damaged, PIXELS, CPU)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_damage_of_the_header_escapes(tmp_path, trained, data):
    """Whatever bytes change there: it is refused, or it is a file that can be read."""
    *_, path = trained
    content = bytearray(path.read_bytes())
    end = 8 + struct.unpack("<Q", content[:8])[0]
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, end - 1))] = data.draw(st.integers(0, 255))
    damaged = tmp_path / "damaged.safetensors"
    damaged.write_bytes(content)
    with suppress(BadCheckpoint):
        load_checkpoint(damaged, PIXELS, CPU)


@pytest.mark.parametrize("writer", ["checkpoint", "model"])
def test_a_full_disk_leaves_the_older_file(tmp_path, trained, monkeypatch, writer):
    config, state, _ = trained
    info = model_info(config, state, "sketch-32", "f00d")
    path = tmp_path / "a.safetensors"
    path.write_bytes(b"older")
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9, 0))
    with pytest.raises(DiskFull):
        (save_checkpoint if writer == "checkpoint" else save_model)(path, state, info)
    assert [each.name for each in tmp_path.iterdir()] == ["a.safetensors"]
    assert path.read_bytes() == b"older"


def test_the_hash_names_the_weights(trained):
    config, state, path = trained
    info = model_info(config, state, "a", "b")
    assert info.model_hash == read_info(path).model_hash
    assert len(info.model_hash) == 16
    assert model_info(config, state, "other", "data").model_hash == info.model_hash
    other = fresh(tiny(seed=5))
    assert model_info(config, other, "a", "b").model_hash != info.model_hash


def test_options_of_a_newer_studio_are_passed_over(tmp_path, trained):
    *_, path = trained
    header = read_header(path)
    text = json.dumps(header | {"config": header["config"] | {"sparkle": 3}, "mood": "good"})
    other = tmp_path / "other.safetensors"
    save_file(load_file(path), other, metadata={HEADER_KEY: text})
    assert read_info(other) == read_info(path)


def test_bad_options_in_code_are_no_damage():
    with pytest.raises(BadOption):
        tiny(width=np.inf)
