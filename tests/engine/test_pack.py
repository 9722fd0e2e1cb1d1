"""The GPU pack: which card it is for, fetching and installing it, and all that can go wrong."""

import shutil
import subprocess
import sys
from collections import namedtuple
from dataclasses import replace
from pathlib import Path

import pytest

from ganart import runtime
from ganart.engine.asks import Ask
from ganart.engine.pack.card import Card, find_card, read_answer
from ganart.engine.pack.contents import Contents, contents, is_whole
from ganart.engine.pack.errors import DoesNotRun, NotFetched, NoWheels, WheelDamaged
from ganart.engine.pack.fetch import Fetched, Fetching, fetch
from ganart.engine.pack.install import Installed, Installing, install, wheels_in
from ganart.engine.pack.pip import PipFailed, run_pip
from ganart.errors import DiskFull, FolderNotWritable
from ganart.resources import resource
from tests.engine.wheels import make_contents, make_wheel

CARD = Card("NVIDIA GeForce RTX 4070", 12 * 2**30, (8, 9), "595.40")


def go_on() -> None:
    """Ask nothing."""


@pytest.fixture
def index(tmp_path, monkeypatch):
    """Return a folder that pip takes for its index."""
    folder = tmp_path / "index"
    folder.mkdir()
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    return folder


# The card


def test_the_first_card_is_read_from_what_nvidias_program_says():
    answer = "NVIDIA RTX A4000, Max-Q, 595.40, 16376, 8.6\nTesla T4, 595.40, 15360, 7.5\n"
    card = read_answer(answer)
    assert card == Card("NVIDIA RTX A4000, Max-Q", 16376 * 2**20, (8, 6), "595.40")


@pytest.mark.parametrize(
    "trouble",
    [
        FileNotFoundError(),
        subprocess.CalledProcessError(9, "nvidia-smi"),
        subprocess.TimeoutExpired("nvidia-smi", 1),
    ],
)
def test_without_nvidias_program_the_drivers_library_is_asked(trouble):
    def fail() -> str:
        raise trouble

    assert find_card(fail, lambda: CARD) == CARD
    assert find_card(fail, lambda: None) is None


@pytest.mark.parametrize("answer", ["", "No devices were found\n", "a, b, c, d\n", "a,b,1,[N/A]"])
def test_what_is_no_card_is_none(answer):
    assert find_card(lambda: answer, lambda: None) is None


def test_a_computer_without_a_driver_has_no_card(monkeypatch):
    monkeypatch.setattr("ganart.engine.pack.card._LIBRARY", "libnosuchdriver.so.1")
    monkeypatch.setattr("ganart.engine.pack.card._QUERY", ("nosuchprogram",))
    assert find_card() is None


# What the pack consists of


def test_the_lists_that_come_with_the_studio_can_be_read():
    lists = sorted(resource("gpu-pack").glob("*.json"))
    assert lists
    for path in lists:
        listed = Contents.from_json(path.read_text("utf-8"))
        names = {wheel.name for wheel in listed.wheels}
        assert "torch" in names
        assert not names & {"numpy", "pillow", "torchvision"}
        assert all(len(wheel.sha256) == 64 for wheel in listed.wheels)
        assert 1e9 < listed.download_bytes < listed.installed_bytes < 1e10
        assert listed.why_not(CARD) == ""


def test_a_system_without_a_list_is_offered_none(monkeypatch):
    monkeypatch.setattr("ganart.engine.pack.contents.list_name", lambda: "plan9-vax-cp311.json")
    assert contents() is None


@pytest.mark.parametrize(
    ("card", "reason"),
    [
        (CARD, ""),
        (replace(CARD, capability=(6, 1)), "the card is too old"),
        (replace(CARD, driver="535.183.01"), "the driver 535.183.01 is too old"),
        (replace(CARD, driver="580.65.06"), ""),
        (replace(CARD, driver="", cuda=(12, 8)), "the driver is too old"),
        (replace(CARD, driver="", cuda=(13, 0)), ""),
        (replace(CARD, driver=""), ""),
    ],
)
def test_what_a_card_lacks_is_said_before_anything_is_fetched(tmp_path, card, reason):
    assert make_contents(tmp_path).why_not(card).startswith(reason)
    assert bool(make_contents(tmp_path).why_not(card)) == bool(reason)


# Fetching


def test_all_is_fetched_once_and_checked(index, tmp_path):
    pack, folder = make_contents(index), tmp_path / "fetched"
    events = list(fetch(pack, folder, go_on))
    assert events[0] == Fetching(0, pack.download_bytes)
    assert isinstance(events[-1], Fetched)
    assert [path.name for path in events[-1].wheels] == [wheel.file for wheel in pack.wheels]
    done = [event.done for event in events if isinstance(event, Fetching)]
    assert done == sorted(done)
    assert done[-1] == pack.download_bytes
    shutil.rmtree(index)  # what is there is not fetched again
    again = list(fetch(pack, folder, go_on))
    assert again[0] == Fetching(pack.download_bytes, pack.download_bytes)
    assert isinstance(again[-1], Fetched)


def test_a_wheel_that_only_another_index_has_is_asked_of_that_one(index, tmp_path, monkeypatch):
    pack = make_contents(index)
    other = tmp_path / "other"
    torch = make_wheel(other / "torch", "torch", "1.0+cu132")
    (other / "torch/index.html").write_text(f'<a href="{torch.file}">{torch.file}</a>')
    pack = replace(pack, wheels=(replace(torch, index=other.as_uri()), *pack.wheels[1:]))
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", (tmp_path / "usual").as_uri())
    assert isinstance(list(fetch(pack, tmp_path / "fetched", go_on))[-1], Fetched)


def test_what_was_damaged_is_fetched_again(index, tmp_path):
    pack, folder = make_contents(index), tmp_path / "fetched"
    list(fetch(pack, folder, go_on))
    spoilt = folder / pack.wheels[1].file
    spoilt.write_bytes(spoilt.read_bytes()[:-1] + b"?")
    assert isinstance(list(fetch(pack, folder, go_on))[-1], Fetched)
    assert is_whole(spoilt, pack.wheels[1])


def test_a_stop_keeps_what_was_fetched_and_it_goes_on_from_there(index, tmp_path):
    pack, folder = make_contents(index), tmp_path / "fetched"
    events = fetch(pack, folder, lambda: Ask.STOP if list(folder.glob("torch*")) else None)
    assert not any(isinstance(event, Fetched) for event in events)
    assert is_whole(folder / pack.wheels[0].file, pack.wheels[0])
    assert [path.name for path in folder.iterdir()] == [pack.wheels[0].file]
    rest = list(fetch(pack, folder, go_on))
    assert rest[0] == Fetching(pack.wheels[0].size_bytes, pack.download_bytes)
    assert isinstance(rest[-1], Fetched)


def test_another_file_of_that_name_is_refused(index, tmp_path):
    pack = make_contents(index)
    make_wheel(index, "curand", ballast=2000)
    with pytest.raises(WheelDamaged, match="curand"):
        list(fetch(pack, tmp_path / "fetched", go_on))
    assert not list((tmp_path / "fetched").glob("curand*"))


def test_a_network_that_is_lost_midway_is_told_and_what_came_is_kept(index, tmp_path):
    pack, folder = make_contents(index), tmp_path / "fetched"
    (index / pack.wheels[2].file).unlink()
    with pytest.raises(NotFetched, match="goes on where it ended") as told:
        list(fetch(pack, folder, go_on))
    assert "filelock" in str(told.value)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        wheel.file for wheel in pack.wheels[:2]
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("WARNING: slow\nERROR: HTTP error 403\nhint: ask", "HTTP error 403"),
        (
            "ERROR: Exception:\nTraceback …\nOSError: [Errno 5] I/O error",
            "OSError: [Errno 5] I/O error",
        ),
        ("error: incomplete\n\n× Not enough came.\n╰─> URL: x\nhint: retry", "Not enough came"),
        ("Segmentation fault", "Segmentation fault"),
        ("", "it said nothing"),
    ],
)
def test_of_what_pip_says_the_error_is_told_and_not_the_advice(tmp_path, monkeypatch, said, told):
    (tmp_path / "pip.py").write_text(
        f"import sys; sys.stdout.reconfigure(encoding='utf-8'); sys.exit(print({said!r}) or 1)",
        "utf-8",
    )
    monkeypatch.setattr(runtime, "pip_command", lambda: [sys.executable, str(tmp_path / "pip.py")])
    with pytest.raises(PipFailed) as failed:
        list(run_pip(["download"], tmp_path, go_on))
    assert str(failed.value) == told


def test_no_space_is_said_before_anything_is_fetched(index, tmp_path, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(10**6, 10**6, 1000))
    monkeypatch.setattr(
        "ganart.files.disk_usage", lambda _: usage(10**6, 10**6, 1000), raising=False
    )
    with pytest.raises(DiskFull):
        list(fetch(make_contents(index), tmp_path / "fetched", go_on))


def test_a_folder_that_cannot_be_written_to_is_told(index, tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(FolderNotWritable):
        list(fetch(make_contents(index), tmp_path / "taken", go_on))


# Installing


@pytest.fixture
def runs(monkeypatch):
    """Have what is installed run, without loading it."""
    monkeypatch.setattr(runtime, "trial", lambda _pack: runtime.Trial("", "cuda"))


def packs() -> list[Path]:
    folder = runtime.packs_folder()
    return [path for path in folder.iterdir() if path.is_dir()] if folder.exists() else []


def test_a_pack_is_installed_pruned_tried_and_used_from_the_next_start_on(tmp_path, runs):
    pack = make_contents(tmp_path / "wheels")
    wheels = wheels_in(tmp_path / "wheels", pack)
    events = list(install(wheels, go_on))
    assert events[-1] == Installed("cuda")
    trying = [event for event in events if isinstance(event, Installing)][-1]
    assert trying.done == trying.total
    used = runtime.pack_folder()
    assert used is not None
    assert (used / "torch" / "__init__.py").is_file()
    assert (used / "curand" / "ballast.bin").is_file()
    assert not list(used.rglob("*.h"))
    assert packs() == [used]


def test_a_second_pack_takes_the_place_of_the_first(tmp_path, runs):
    make_contents(tmp_path / "wheels")
    first_and_second = []
    for _ in range(2):
        list(install(wheels_in(tmp_path / "wheels", None), go_on))
        first_and_second.append(runtime.pack_folder())
    assert first_and_second[0] != first_and_second[1]


def test_what_the_program_brings_itself_is_left_out(tmp_path, runs):
    folder = tmp_path / "wheels"
    make_contents(folder)
    make_wheel(folder, "numpy")
    make_wheel(folder, "Pillow")
    names = [path.name for path in wheels_in(folder, None)]
    assert not any(name.lower().startswith(("numpy", "pillow")) for name in names)
    assert len(names) == 3


def test_of_several_versions_the_one_that_was_tried_out_is_taken(tmp_path):
    folder = tmp_path / "wheels"
    pack = make_contents(folder)
    make_wheel(folder, "curand", "0.9")
    make_wheel(folder, "curand", "2.0")
    assert folder / pack.wheels[1].file in wheels_in(folder, pack)
    assert len(wheels_in(folder, pack)) == 3


@pytest.mark.parametrize("name", ["torch-2.0-cp38-cp38-linux_x86_64.whl", "torch.whl", "a.txt"])
def test_a_folder_without_our_torch_is_told(tmp_path, name):
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(NoWheels):
        wheels_in(tmp_path, None)
    with pytest.raises(NoWheels):
        wheels_in(tmp_path / "nowhere", None)


def test_a_damaged_wheel_is_named_and_nothing_of_it_stays(tmp_path, runs):
    folder = tmp_path / "wheels"
    pack = make_contents(folder)
    spoilt = folder / pack.wheels[1].file
    spoilt.write_bytes(spoilt.read_bytes()[:300])
    with pytest.raises(WheelDamaged, match="curand"):
        wheels_in(folder, pack)
    with pytest.raises(WheelDamaged, match="curand"):
        list(install(wheels_in(folder, None), go_on))
    assert packs() == []
    assert runtime.pack_folder() is None


def test_a_pack_that_does_not_run_is_removed_again(tmp_path, monkeypatch):
    make_contents(tmp_path / "wheels")
    reason = "the driver is too old"
    monkeypatch.setattr(runtime, "trial", lambda _pack: runtime.Trial(reason))
    with pytest.raises(DoesNotRun, match=reason):
        list(install(wheels_in(tmp_path / "wheels", None), go_on))
    assert packs() == []
    assert runtime.pack_folder() is None


def test_a_stop_leaves_nothing(tmp_path, runs):
    make_contents(tmp_path / "wheels")
    assert list(install(wheels_in(tmp_path / "wheels", None), lambda: Ask.STOP)) == []
    assert packs() == []


def test_what_is_being_installed_is_not_swept_away(tmp_path, runs):
    make_contents(tmp_path / "wheels")
    for _ in install(wheels_in(tmp_path / "wheels", None), go_on):
        runtime.sweep_packs()
    assert runtime.pack_folder() in packs()
