"""PDF files of pictures, pixel for pixel: every page is one picture of an exact size.

Pillow's own PDF compresses as JPEG does. What is needed here is a small part of PDF 1.4 (Adobe PDF
Reference, third edition, chapters 3 and 4): pages are written as they come, one in memory at most.
"""

import zlib
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import numpy as np
import numpy.typing as npt

from ganart.media.metadata import PDF_KEY, AnyRecipe
from ganart.media.stills import srgb_profile

POINTS_PER_MM = 72 / 25.4
_CATALOG, _PAGES, _PROFILE, _ABOUT = 1, 2, 3, 4
_UP = 2
"""The PNG filter of a row that stores how it differs from the one above."""


class PdfWriter:
    """Writes pages into a file; to be used as a context, whose end finishes the file."""

    def __init__(self, path: Path, recipe: AnyRecipe | None = None) -> None:
        self._stream: BinaryIO = path.open("wb")
        self._places: dict[int, int] = {}
        self._pages: list[int] = []
        self._recipe = recipe
        self._next = _ABOUT + 1
        self._stream.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
        self._add(_PROFILE, b"/N 3 /Alternate /DeviceRGB", zlib.compress(srgb_profile()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._stream.close()

    def add_page(
        self,
        pixels: npt.NDArray[np.uint8],
        width_mm: float,
        height_mm: float,
        around_mm: float = 0.0,
        bleed_mm: float = 0.0,
    ) -> None:
        """Add a page of this size that the picture (height, width, 3), sRGB, fills.

        What is left after cutting `around_mm` off on every side is named as the finished page, and
        with `bleed_mm` more on every side as what is printed of it.
        """
        width, height = width_mm * POINTS_PER_MM, height_mm * POINTS_PER_MM
        page, content, picture = range(self._next, self._next + 3)
        self._next += 3
        rows, columns, _ = pixels.shape
        flat = pixels.reshape(rows, columns * 3)
        filtered = np.empty((rows, 1 + columns * 3), np.uint8)
        filtered[:, 0] = _UP
        filtered[0, 1:] = flat[0]
        np.subtract(flat[1:], flat[:-1], out=filtered[1:, 1:])
        self._add(
            picture,
            b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 "
            b"/ColorSpace [/ICCBased %d 0 R] /DecodeParms << /Predictor 15 /Colors 3 /Columns %d >>"
            % (columns, rows, _PROFILE, columns),
            zlib.compress(filtered.tobytes(), 6),
        )
        placing = f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /P Do Q".encode()
        self._add(content, b"", zlib.compress(placing))
        trim, bleed = (
            f"[{cut:.4f} {cut:.4f} {width - cut:.4f} {height - cut:.4f}]"
            for cut in (around_mm * POINTS_PER_MM, (around_mm - bleed_mm) * POINTS_PER_MM)
        )
        self._add(
            page,
            (
                f"/Type /Page /Parent {_PAGES} 0 R /MediaBox [0 0 {width:.4f} {height:.4f}] "
                f"/BleedBox {bleed} /TrimBox {trim} /Contents {content} 0 R "
                f"/Resources << /XObject << /P {picture} 0 R >> >>"
            ).encode(),
        )
        self._pages.append(page)

    def _add(self, number: int, entries: bytes, stream: bytes | None = None) -> None:
        self._places[number] = self._stream.tell()
        if stream is not None:
            entries += b" /Filter /FlateDecode /Length %d" % len(stream)
        self._stream.write(b"%d 0 obj\n<< %s >>\n" % (number, entries))
        if stream is not None:
            self._stream.write(b"stream\n" + stream + b"\nendstream\n")
        self._stream.write(b"endobj\n")

    def _finish(self) -> None:
        kids = " ".join(f"{page} 0 R" for page in self._pages)
        self._add(_PAGES, f"/Type /Pages /Count {len(self._pages)} /Kids [{kids}]".encode())
        self._add(_CATALOG, f"/Type /Catalog /Pages {_PAGES} 0 R".encode())
        about = "/Producer (GanArt Studio)"
        if self._recipe is not None:
            about += f" {PDF_KEY} <{self._recipe.to_json().encode('ascii').hex()}>"
        self._add(_ABOUT, about.encode())
        start = self._stream.tell()
        lines = [b"xref\n0 %d\n0000000000 65535 f \n" % self._next]
        lines += [b"%010d 00000 n \n" % self._places[each] for each in range(1, self._next)]
        lines.append(
            b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
            % (self._next, _CATALOG, _ABOUT, start)
        )
        self._stream.write(b"".join(lines))
