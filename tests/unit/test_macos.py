"""What is run on a Mac to make a disk image, as far as other systems can look at it."""

import plistlib
import re
import sys
from pathlib import Path

import pytest

from ganart import runtime
from ganart.app import APP_ID

ROOT = Path(__file__).parents[2]
SPEC = (ROOT / "packaging/ganart.spec").read_text("utf-8")
MACHINE_CODE = b"\xcf\xfa\xed\xfe"


@pytest.fixture
def plan(building, tmp_path):
    """Return a plan with a program and a bundle of a real one's shape."""
    plan = building["plan"].Plan(tmp_path / "dist", None, "1.2.3", 1_700_000_000)
    contents = plan.program.parent / building["macos"].APP / "Contents"
    for name in ("MacOS", "Resources", "Frameworks"):
        (contents / name).mkdir(parents=True)
    (contents / "MacOS/ganart").write_bytes(MACHINE_CODE)
    (contents / "Frameworks/Python").write_bytes(MACHINE_CODE)
    (contents / "Frameworks/libz.dylib").symlink_to("Python")
    for name in ("runtime/torch/lib", "pip/pip"):
        (plan.program / name).mkdir(parents=True)
    (plan.program / "runtime/torch/lib/libtorch.dylib").write_bytes(MACHINE_CODE)
    (plan.program / "runtime/torch/__init__.py").write_text("")
    for name in ("bill.json", "licences.tsv"):
        (plan.work / name).write_text("{}")
    return plan


@pytest.fixture
def run(building, monkeypatch):
    """Note the commands instead of running them."""
    commands: list[list[str]] = []
    monkeypatch.setattr(building["macos"], "run_or_stop", lambda each, _: commands.append(each))
    return commands


def test_torch_and_pip_move_to_where_the_program_looks_for_them(building, plan, monkeypatch):
    app = building["macos"].finish_app(plan)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(app / "Contents/MacOS/ganart"))
    shipped = runtime.shipped_folder(runtime.SHIPPED)
    assert (shipped / "torch/lib/libtorch.dylib").is_file()
    assert (runtime.shipped_folder(runtime.PIP_FOLDER) / "pip").is_dir()
    assert (app / "Contents/Resources/licences.tsv").is_file()
    assert "GPL 3" in (app / "Contents/Resources/LICENSE.txt").read_text("utf-8")


def test_without_an_identity_all_code_is_signed_by_nobody_and_nothing_is_sent(building, plan, run):
    target = building["macos"].build_image(plan, {})
    assert target.name == "ganart-1.2.3-macos-arm64.dmg"
    signed = [Path(command[-1]).name for command in run if command[:2] == ["codesign", "--force"]]
    assert sorted(signed[:-1]) == ["Python", "ganart", "libtorch.dylib"]
    assert signed[-1] == building["macos"].APP
    assert all(command[3] == "-" for command in run if command[:2] == ["codesign", "--force"])
    assert run[-1][:2] == ["hdiutil", "create"]
    assert run[-1][-1] == str(target)
    assert not [command for command in run if command[0] == "xcrun"]
    image = Path(run[-1][run[-1].index("-srcfolder") + 1])
    assert {path.name for path in image.iterdir()} == {building["macos"].APP, "Applications"}


def test_with_an_identity_the_image_is_signed_and_apple_looks_at_it(building, plan, run):
    told = {"GANART_SIGN_IDENTITY": "Developer ID", "GANART_NOTARY_PROFILE": "studio"}
    target = str(building["macos"].build_image(plan, told))
    for command in run:
        if command[:2] == ["codesign", "--force"]:
            assert command[2:7] == ["--sign", "Developer ID", "--options", "runtime", "--timestamp"]
    assert run[-3] == ["codesign", "--sign", "Developer ID", "--timestamp", target]
    assert run[-2][:3] == ["xcrun", "notarytool", "submit"]
    assert run[-2][run[-2].index("--keychain-profile") + 1] == "studio"
    assert "--wait" in run[-2]
    assert run[-1] == ["xcrun", "stapler", "staple", target]


def test_the_recipe_and_the_building_mean_the_same_bundle(building):
    assert f'name="{building["macos"].APP}"' in SPEC
    assert f'bundle_identifier="{APP_ID}"' in SPEC
    icon = re.search(r'BUNDLE\(.*?icon=str\(ROOT / "([^"]+)"', SPEC, re.DOTALL)
    assert (ROOT / icon[1]).exists()


def test_the_entitlements_can_be_read(building):
    told = plistlib.loads(building["macos"].ENTITLEMENTS.read_bytes())
    assert told
    assert all(name.startswith("com.apple.security.cs.") for name in told)
