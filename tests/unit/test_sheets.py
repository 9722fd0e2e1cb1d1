import numpy as np
import pytest

from ganart.media.sheets import contact_sheet

TILES = [np.full((16, 20, 3), level, np.uint8) for level in (10, 60, 110, 160, 210)]


def test_tiles_lie_row_by_row_with_gaps():
    sheet = contact_sheet(TILES, columns=3, gap_px=2, background=(1, 2, 3))
    assert sheet.shape == (2 + 2 * 18, 2 + 3 * 22, 3)
    for number, tile in enumerate(TILES):
        top, left = 2 + number // 3 * 18, 2 + number % 3 * 22
        assert np.array_equal(sheet[top : top + 16, left : left + 20], tile)
    assert (sheet[:2] == (1, 2, 3)).all()
    assert (sheet[20:, 46:] == (1, 2, 3)).all()  # the place left empty


def test_a_sheet_is_no_wider_than_its_tiles():
    assert contact_sheet(TILES[:2], columns=9, gap_px=0).shape == (16, 40, 3)


@pytest.mark.parametrize("background", [(255, 255, 255), (20, 20, 20)])
def test_captions_stand_below_their_tiles_and_leave_them_alone(background):
    captions = ["1", "a caption far too long to fit", "", "2\n3", "فارسی"]
    sheet = contact_sheet(TILES, 5, 4, background, captions)
    plain = contact_sheet(TILES, 5, 4, background)
    assert np.array_equal(sheet[: 4 + 16], plain[: 4 + 16])
    below = sheet[4 + 16 :]
    written = [(below[:, 4 + n * 24 : 24 + n * 24] != background).any() for n in range(5)]
    assert written == [True, True, False, True, True]
    assert (below[:, 24:28] == background).all()  # shortened to its tile


def test_what_is_no_sheet_is_refused():
    for wrong in (
        {"tiles": [], "columns": 1},
        {"tiles": TILES, "columns": 0},
        {"tiles": [*TILES, TILES[0][1:]], "columns": 2},
        {"tiles": TILES, "columns": 2, "captions": ["one"]},
    ):
        with pytest.raises(ValueError):
            contact_sheet(**wrong)
