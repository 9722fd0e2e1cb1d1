"""Small wheels that stand in for those of the GPU pack, and an index of them."""

import base64
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

from ganart.engine.pack.contents import Contents, Wheel

TAG = f"cp{sys.version_info.major}{sys.version_info.minor}"


def make_wheel(folder: Path, name: str, version: str = "1.0", *, ballast: int = 1000) -> Wheel:
    """Write a wheel with one module, and `ballast` bytes that cannot be compressed."""
    tags = f"{TAG}-none-any" if name == "torch" else "py3-none-any"
    path = folder / f"{name}-{version}-{tags}.whl"
    info = f"{name}-{version}.dist-info"
    noise = b"".join(sha256(bytes([i % 256, i // 256])).digest() for i in range(ballast // 32 + 1))
    files = {
        f"{name}/__init__.py": b"",
        f"{name}/ballast.bin": noise,
        f"{name}/include/{name}.h": b"not needed",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tags}\n".encode(),
    }
    digests = {
        each: base64.urlsafe_b64encode(sha256(content).digest()).rstrip(b"=").decode()
        for each, content in files.items()
    }
    lines = [f"{each},sha256={digests[each]},{len(files[each])}" for each in files]
    record = "\n".join([*lines, f"{info}/RECORD,,"])
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for each, content in files.items():
            archive.writestr(each, content)
        archive.writestr(f"{info}/RECORD", record)
    content = path.read_bytes()
    return Wheel(name, version, path.name, sha256(content).hexdigest(), len(content))


def make_contents(folder: Path) -> Contents:
    """Return a pack of three wheels, which lie in `folder`."""
    wheels = tuple(make_wheel(folder, name) for name in ("torch", "curand", "filelock"))
    return Contents(
        torch="1.0+cu132",
        least_driver="580.65.06",
        cuda=(13, 2),
        least_capability=(7, 5),
        installed_bytes=10_000,
        wheels=wheels,
    )
