"""Makes the disk image for macOS from the frozen program. NEVER RUN YET: written on Linux.

What each step runs is tested, and that PyInstaller's recipe can be read; no Mac has seen any of it.
The release workflow is the first that runs it.

Two variables sign and notarise; without the first the program is signed by nobody, which macOS
opens only after a person has allowed it in its settings:
  GANART_SIGN_IDENTITY   name of a "Developer ID Application" certificate in the keychain
  GANART_NOTARY_PROFILE  name of a profile that `xcrun notarytool store-credentials` has stored
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from bootstrap import run_or_stop, say

from building.bill import BILL, LICENCES, licence_text
from building.freezing import PIP, RUNTIME
from building.plan import ROOT, Plan

APP = "GanArt Studio.app"
"""As packaging/ganart.spec names it."""
ENTITLEMENTS = ROOT / "packaging/macos/entitlements.plist"
IDENTITY = "GANART_SIGN_IDENTITY"
PROFILE = "GANART_NOTARY_PROFILE"
NOBODY = "-"
"""What codesign calls the identity of nobody. Macs with Apple's processors start nothing that is
not signed at all."""
_MACHINE_CODE = {b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"}
"""How files begin that hold it for one kind of processor, or for several."""
Command = list[str]


def build_image(plan: Plan, environ: Mapping[str, str] = os.environ) -> Path:
    """Pack the program into a disk image; return it. Raises `Trouble`."""
    app = finish_app(plan)
    target = plan.out / f"ganart-{plan.version}-macos-arm64.dmg"
    identity = environ.get(IDENTITY, NOBODY)
    say(f"Signing {APP} as {'nobody' if identity == NOBODY else identity}")
    for command in signing(app, identity):
        run_or_stop(command, plan.environ())
    say(f"Packing {target.name} (a minute or two)")
    image = plan.work / "image"
    image.mkdir()
    app.rename(image / APP)
    (image / "Applications").symlink_to("/Applications")
    for command in packing(image, target, identity, environ.get(PROFILE)):
        run_or_stop(command, plan.environ())
    return target


def finish_app(plan: Plan) -> Path:
    """Move torch and pip into the bundle, where `ganart.runtime` finds them; return the bundle.

    They are resources to macOS: what lies beside the program's file has to be a program.
    """
    app = plan.program.parent / APP
    resources = app / "Contents/Resources"
    for name in (RUNTIME, PIP):
        (plan.program / name).rename(resources / name)
    for name in (BILL, LICENCES):
        shutil.copyfile(plan.work / name, resources / name)
    (resources / "LICENSE.txt").write_text(licence_text(), "utf-8")
    return app


def signing(app: Path, identity: str) -> Iterator[Command]:
    """Yield what signs a bundle: all that it holds first, itself last."""
    options = ["codesign", "--force", "--sign", identity]
    if identity != NOBODY:
        options += ["--options", "runtime", "--timestamp"]
    for path in sorted(app.rglob("*")):
        if _is_code(path):
            yield [*options, str(path)]
    yield [*options, "--entitlements", str(ENTITLEMENTS), str(app)]
    yield ["codesign", "--verify", "--strict", str(app)]


def packing(image: Path, target: Path, identity: str, profile: str | None) -> Iterator[Command]:
    """Yield what makes a disk image of a folder, signs it, and has Apple look at it."""
    yield [*("hdiutil", "create", "-volname", "GanArt Studio", "-srcfolder", str(image)),
           *("-format", "ULMO", "-ov", str(target))]  # fmt: skip
    if identity == NOBODY:
        return
    yield ["codesign", "--sign", identity, "--timestamp", str(target)]
    if profile:
        notarise = ["xcrun", "notarytool", "submit", "--keychain-profile", profile, "--wait"]
        yield [*notarise, str(target)]
        yield ["xcrun", "stapler", "staple", str(target)]


def _is_code(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(4) in _MACHINE_CODE
