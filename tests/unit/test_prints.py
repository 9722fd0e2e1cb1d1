import re
import shutil
import subprocess

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ganart.media.pdf import PdfWriter
from ganart.media.prints import NoRoomOnPage, PageLayout, filling, laid_out, picture_pixels

A4 = (210.0, 297.0)


@given(
    st.floats(20, 1500), st.floats(20, 1500), st.integers(1, 6), st.integers(1, 6),
    st.floats(0, 60), st.floats(0, 20), st.floats(0, 10), st.booleans(), st.booleans(),
    st.sampled_from([1.0, 1.5, 0.5]),
)  # fmt: skip
def test_pictures_stand_apart_and_on_the_page(
    width, height, rows, columns, margin, gap, bleed, marks, captions, aspect
):
    layout = PageLayout(
        width, height, rows, columns, margin, gap, bleed, marks, captions, aspect
    )  # fmt: skip
    try:
        boxes = layout.pictures()
    except NoRoomOnPage:
        return
    assert len(boxes) == rows * columns
    around = layout.around_mm
    least = around + margin if margin else around - bleed
    for box in boxes:
        assert box.left >= least - 1e-6
        assert box.top >= least - 1e-6
        assert box.left + box.width <= layout.sheet_mm[0] - least + 1e-6
        assert box.top + box.height <= layout.sheet_mm[1] - least + 1e-6
        if not layout.fills:
            assert box.width / box.height == pytest.approx(aspect)
    for one in boxes:
        for other in boxes:
            if one is not other:
                beside = abs(one.left - other.left) >= one.width - 1e-6
                above = abs(one.top - other.top) >= one.height - 1e-6
                assert beside or above


def test_a_page_without_a_margin_is_filled_into_the_bleed():
    layout = PageLayout(100, 50, bleed_mm=3, crop_marks=True)
    (box,) = layout.pictures()
    assert (box.width, box.height) == (106, 56)
    picture = np.zeros((8, 8, 3), np.uint8)
    picture[:, :4] = 200
    _, _, width, height = picture_pixels(box, 100)
    page = laid_out(layout, [filling(picture, width, height, 1.0, "nearest")], 100)
    assert page.shape == (round(70 / 25.4 * 100), round(120 / 25.4 * 100), 3)
    middle = page[page.shape[0] // 2]
    printed = np.flatnonzero(middle[:, 0] != 255)
    # 7 mm of paper for the crop marks, then the picture.
    assert abs(printed[0] - 7 / 25.4 * 100) <= 1
    assert abs(printed[-1] - 113 / 25.4 * 100) <= 1
    # Crop marks point at where the page begins.
    assert (page[3, round(10 / 25.4 * 100)] == 0).all()


def pages_of(tmp_path, path):
    """Render a PDF by another program, at its own resolution."""
    subprocess.run(["pdfimages", "-png", str(path), str(tmp_path / "page")], check=True)
    return [np.asarray(Image.open(each)) for each in sorted(tmp_path.glob("page*.png"))]


@pytest.mark.skipif(not shutil.which("pdfimages"), reason="needs poppler's tools")
def test_a_pdf_keeps_every_pixel_and_its_size(tmp_path):
    random = np.random.default_rng(0)
    pages = [random.integers(0, 256, (60, 40, 3), np.uint8) for _ in range(3)]
    with PdfWriter(tmp_path / "a.pdf") as pdf:
        for each in pages:
            pdf.add_page(each, *A4, 10, 3)
    for page, original in zip(pages_of(tmp_path, tmp_path / "a.pdf"), pages, strict=True):
        np.testing.assert_array_equal(page, original)
    told = subprocess.run(
        ["pdfinfo", "-box", str(tmp_path / "a.pdf")], check=True, capture_output=True, text=True
    ).stdout
    assert not re.search("error", told, re.IGNORECASE)
    width, height = re.search(r"Page size: +([\d.]+) x ([\d.]+)", told).groups()
    assert float(width) / 72 * 25.4 == pytest.approx(A4[0], abs=0.1)
    assert float(height) / 72 * 25.4 == pytest.approx(A4[1], abs=0.1)
    left, _, right, _ = map(float, re.search(r"TrimBox: +(.*)", told)[1].split())
    assert (right - left) / 72 * 25.4 == pytest.approx(190, abs=0.1)


def test_the_table_of_a_pdf_points_at_its_objects(tmp_path):
    with PdfWriter(tmp_path / "a.pdf") as pdf:
        pdf.add_page(np.zeros((2, 3, 3), np.uint8), *A4)
    content = (tmp_path / "a.pdf").read_bytes()
    start = int(re.search(rb"startxref\n(\d+)", content)[1])
    assert content[start:].startswith(b"xref")
    for number, place in enumerate(re.findall(rb"(\d{10}) 00000 n", content[start:]), 1):
        assert content[int(place) :].startswith(b"%d 0 obj" % number)
    assert b"/MediaBox [0 0 595.2756 841.8898]" in content
