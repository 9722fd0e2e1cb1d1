"""Lends an installed program what Wine 8 lacks, so that its self-test runs there: only for trials.

Three gaps keep it from starting. Qt asks Windows' ICU for converters of text, which it then does
without; safetensors asks for random bytes; numpy asks for the parts of complex numbers.
"""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from building import pe
from building.embedding import COMPILER
from building.freezing import INTERNAL

ENVIRON = {
    "KMP_AFFINITY": "disabled",
    "WINEDEBUG": "-all",
    "WINEDLLOVERRIDES": "mscoree,mshtml,winedbg.exe=",
}
"""Which processors there are cannot be asked, what fails is no news, and neither .NET is needed nor
a debugger that waits for somebody."""
_MATHS = "api-ms-win-crt-math-l1-1-0.dll"
_LENT_MATHS = "lnt-ms-win-crt-math-l1-1-0.dll"
"""As long as the name whose place it takes inside numpy."""
_COMPLEX = {
    "creal": "double creal(struct d z) { return z.re; }",
    "creall": "double creall(struct d z) { return z.re; }",
    "crealf": "float crealf(struct f z) { return z.re; }",
    "cimag": "double cimag(struct d z) { return z.im; }",
    "cimagl": "double cimagl(struct d z) { return z.im; }",
    "cimagf": "float cimagf(struct f z) { return z.im; }",
}
_PARTS = "struct d { double re, im; }; struct f { float re, im; };"
_RANDOM = (
    "unsigned char SystemFunction036(void *, unsigned long);"
    "int ProcessPrng(void *at, unsigned long long size) { return SystemFunction036(at, size); }"
)


def lend(program: Path) -> None:
    """Put the missing libraries beside those of an installed program."""
    internal = program / INTERNAL
    converters = pe.names(internal / "PySide6/Qt6Core.dll", "icuuc.dll")
    nothing = {name: f"void *{name}(void) {{ return 0; }}" for name in converters}
    _make(internal / "icuuc.dll", "\n".join(nothing.values()), dict.fromkeys(nothing, ""))
    _make(internal / "bcryptprimitives.dll", _RANDOM, {"ProcessPrng": ""})
    core = internal / "numpy/_core"
    (library,) = core.glob("_multiarray_umath.*.pyd")
    maths = {name: f" = ucrtbase.{name}" for name in pe.names(library, _MATHS)}
    maths |= dict.fromkeys(_COMPLEX, "")
    _make(core / _LENT_MATHS, _PARTS + "\n".join(_COMPLEX.values()), maths)
    library.write_bytes(library.read_bytes().replace(_MATHS.encode(), _LENT_MATHS.encode()))


def _make(target: Path, source: str, exports: Mapping[str, str]) -> None:
    """Compile a library; each of its names is followed by where it is forwarded to, if it is."""
    code, names = target.with_suffix(".c"), target.with_suffix(".def")
    code.write_text(source, "ascii")
    lines = [
        f'LIBRARY "{target.name}"',
        "EXPORTS",
        *(f"{name}{to}" for name, to in exports.items()),
    ]
    names.write_text("\n".join(lines), "ascii")
    command = [COMPILER, "-shared", "-w", "-nostdlib", "-fno-builtin", "-Wl,-e,0"]
    command += [str(code), str(names), "-ladvapi32", "-o", str(target)]
    subprocess.run(command, check=True)
    code.unlink()
    names.unlink()
