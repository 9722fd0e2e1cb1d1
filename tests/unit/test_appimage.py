"""The AppImage: what it consists of, packed behind a runtime that stands in for the real one."""

import shutil
import struct
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="made on Linux")
ELF_HEAD = 64


def make_runtime() -> bytes:
    """Return what looks like a runtime: an ELF file that ends where its head says, and its kind."""
    head = bytearray(ELF_HEAD + 36)
    head[:11] = b"\x7fELF\x02\x01\x01\x00AI\x02"
    struct.pack_into("<Q", head, 40, ELF_HEAD)  # where the table of sections lies
    struct.pack_into("<HH", head, 58, 36, 1)  # how large one of them is, and how many
    return bytes(head)


def payload_begin(file: bytes) -> int:
    """Return where the mounted picture begins, as a runtime finds it: behind its own end."""
    table = struct.unpack_from("<Q", file, 40)[0]
    size, count = struct.unpack_from("<HH", file, 58)
    return table + size * count


@pytest.fixture
def plan(building, tmp_path, monkeypatch):
    plan = building["plan"].Plan(tmp_path / "dist", None, "1.2.3", 1_700_000_000)
    internal = plan.program / "_internal"
    internal.mkdir(parents=True)
    (plan.program / "ganart").write_text("#!/bin/sh\necho started $0\n")
    (plan.program / "ganart").chmod(0o755)
    for name in ("bill.json", "licences.tsv"):
        (plan.work / name).touch()
    lent = tmp_path / "lent"
    lent.mkdir()
    (lent / "libxcb-cursor.so.0").write_bytes(b"a library")
    appimage = building["appimage"]
    monkeypatch.setattr(appimage, "libraries", lambda: list(lent.iterdir()))
    monkeypatch.setattr(appimage, "dependencies", lambda _: [])
    return plan


def test_it_is_a_runtime_and_behind_it_all_that_is_mounted(building, plan, tmp_path):
    if shutil.which("mksquashfs") is None:
        pytest.skip("mksquashfs is not on this computer")
    runtime = tmp_path / "runtime"
    runtime.write_bytes(make_runtime())
    target = building["appimage"].build_appimage(plan, runtime)
    assert target.name == "ganart-1.2.3-linux-x86_64.AppImage"
    assert target.stat().st_mode & 0o111 == 0o111
    content = target.read_bytes()
    begin = payload_begin(content)
    assert content[:begin] == make_runtime()
    assert content[begin : begin + 4] == b"hsqs"

    opened = tmp_path / "opened"
    unpack = ["unsquashfs", "-q", "-n", "-o", str(begin), "-d", str(opened), str(target)]
    subprocess.run(unpack, check=True, stdout=subprocess.DEVNULL)
    started = subprocess.run([opened / "AppRun"], capture_output=True, text=True, check=True).stdout
    assert started.startswith("started ")
    assert (opened / "AppRun").resolve() == opened / "usr/lib/ganart/ganart"
    assert (opened / "usr/lib/ganart/_internal/libxcb-cursor.so.0").read_bytes() == b"a library"
    entry = (opened / "ganart.desktop").read_text("utf-8")
    assert "Exec=ganart %F" in entry
    assert "Icon=ganart" in entry
    assert (opened / ".DirIcon").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert (opened / "ganart.png").exists()
    assert (opened / "usr/share/metainfo/org.ganart.Studio.metainfo.xml").exists()
    assert "usr/lib/ganart/_internal" in (opened / "usr/share/doc/ganart/copyright").read_text()


def test_the_same_inputs_give_the_same_file(building, plan, tmp_path):
    if shutil.which("mksquashfs") is None:
        pytest.skip("mksquashfs is not on this computer")
    runtime = tmp_path / "runtime"
    runtime.write_bytes(make_runtime())
    copy = tmp_path / "copy"
    shutil.copytree(plan.work, copy)
    first = building["appimage"].build_appimage(plan, runtime).read_bytes()
    shutil.rmtree(plan.work)
    copy.rename(plan.work)
    assert building["appimage"].build_appimage(plan, runtime).read_bytes() == first


def test_another_file_is_not_taken_for_a_runtime(building, plan, tmp_path, monkeypatch):
    monkeypatch.setitem(building["build"].TOOLS, "appimage", {})
    other = tmp_path / "other"
    other.write_bytes(bytes(100))
    for path in (other, tmp_path / "nothing"):
        with pytest.raises(sys.modules["bootstrap"].Trouble, match="not the runtime"):
            building["build"].build("appimage", plan, path)
    assert plan.program.exists()


def test_a_library_that_the_building_computer_lacks_is_told_by_its_package(
    building, monkeypatch, tmp_path
):
    appimage = building["appimage"]
    assert set(appimage.TAKEN_ALONG) <= building["debian"].SYSTEM_LIBRARIES.keys()
    monkeypatch.setattr(appimage, "TAKEN_ALONG", ("libxcb-cursor.so.9",))
    monkeypatch.setattr(appimage, "SYSTEM_LIBRARIES", {"libxcb-cursor.so.9": "libxcb-cursor9"})
    runtime = tmp_path / "runtime"
    runtime.write_bytes(make_runtime())
    with pytest.raises(sys.modules["bootstrap"].Trouble, match="libxcb-cursor9"):
        appimage.check_needs(runtime)


@pytest.mark.parametrize(
    "words", [["appimage"], ["deb", "--appimage-runtime", "x"]], ids=["without", "needlessly"]
)
def test_a_runtime_is_named_for_an_appimage_alone(building, capsys, words):
    with pytest.raises(SystemExit):
        building["build"].parse(words)
    assert "--appimage-runtime" in capsys.readouterr().err
