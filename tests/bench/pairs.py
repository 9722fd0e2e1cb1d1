"""Ten photos painted in ten styles, by pastiche and by the studio in the same processor time.

Run: pip install pastiche==1.6.0, then python -m tests.bench.pairs SHEET.jpg [SIDE STEPS THREADS]
Each row of the sheet: photo, style, the picture of pastiche after STEPS steps, ours after as many
seconds of processor time, with the weights of the preset Standard. Both include their start.
"""

import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageOps

from ganart.datasets.decode import decode
from ganart.media.sheets import contact_sheet

SAMPLE = Path(__file__).parents[2] / "resources" / "sample"
PHOTOS = sorted((SAMPLE / "photos").glob("*.jpg"))[:10]
STYLES = sorted((SAMPLE / "styles").glob("*.jpg"))
Pair = tuple[Path, Path]


def theirs(pair: Pair, side: int, steps: int) -> tuple[Image.Image, float]:
    """Return pastiche's picture with its defaults, and the processor seconds it took."""
    from pastiche.pastiche import PasticheArtist, save_image

    begun = time.process_time()
    artist = PasticheArtist(str(pair[0]), [str(pair[1])], size=side, device="cpu")
    for _ in range(steps):
        artist.draw()
    seconds = time.process_time() - begun
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "picture.png")
        save_image(artist.pastiche, str(target))
        return Image.open(target).convert("RGB"), seconds


def ours(pair: Pair, side: int, seconds: float) -> Image.Image:
    """Return our picture after `seconds` of processor time."""
    from ganart.engine.asks import Ask
    from ganart.engine.style.config import StyleSource
    from ganart.engine.style.events import PaintFinished
    from ganart.engine.style.painting_run import start
    from ganart.engine.style.presets import paint_preset

    begun = time.process_time()
    # As many steps as the time may need: half of the default's at the smaller size.
    config = replace(
        paint_preset("standard").config,
        long_side=side,
        iterations=10_000,
        coarsest=side * 2 // 3,
        coarse_iterations=40,
        device="cpu",
        threads=torch.get_num_threads(),
    )

    def poll() -> Ask | None:
        return Ask.STOP if time.process_time() - begun > seconds else None

    with tempfile.TemporaryDirectory() as folder:
        for event in start(pair[0], [StyleSource(pair[1])], config, Path(folder), poll):
            if isinstance(event, PaintFinished):
                return Image.open(event.picture).convert("RGB")
    raise RuntimeError("the painting did not end")


def tile(picture: Image.Image, side: int) -> np.ndarray:
    """Return a picture as a tile of the sheet, on white."""
    return np.asarray(ImageOps.pad(picture, (side, side * 3 // 4), color="white"))


def main() -> None:
    """Paint all pairs and write the sheet."""
    target, side, steps, threads = [*sys.argv[1:], *("288", "100", "2")[len(sys.argv) - 2 :]]
    torch.set_num_threads(int(threads))
    tiles, captions = [], []
    for number, photo in enumerate(PHOTOS):
        pair = (photo, STYLES[number % len(STYLES)])
        reference, seconds = theirs(pair, int(side), int(steps))
        picture = ours(pair, int(side), seconds)
        print(f"{photo.stem} x {pair[1].stem}: {seconds:.0f} s of processor time each", flush=True)
        for each, caption in (
            (decode(pair[0]), "photo"),
            (decode(pair[1]), "style"),
            (reference, f"pastiche, {seconds:.0f} s"),
            (picture, f"GanArt Studio, {seconds:.0f} s"),
        ):
            tiles.append(tile(each, int(side)))
            captions.append(caption)
        sheet = contact_sheet(tiles, 4, 6, captions=captions, caption_px=14)
        Image.fromarray(sheet).save(target, quality=88)


if __name__ == "__main__":
    main()
