"""A folder of pictures of which it is known which are versions of one another.

Every version is of a kind that artists' folders have: another size, another compression, mirrored,
slightly cropped, recoloured, and two of these at once. The other pictures of the same series stay
as they are: different pictures that look alike.
"""

import hashlib
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance, ImageOps

from ganart.datasets.decode import decode
from ganart.datasets.errors import Unreadable
from ganart.resources import resource

Change = Callable[[Image.Image, random.Random], Image.Image]

_SKIN_TONE = re.compile(r"1f3f[b-f]")
"""Emoji of another skin tone are recoloured versions to some and other pictures to others."""

_SAME = 8
"""Two pictures of a series are one where no eighth by eighth of them differs by more, of 255."""

_NEARLY = 24
"""As much for mirror images: it is a matter of taste whether arrows to either side are one."""

_LARGEST = 1600
"""Sides of wallpapers are brought down to that many pixels, to make the set in reasonable time."""


@dataclass(frozen=True, slots=True)
class Series:
    """Pictures that belong together; `changed` of them get versions."""

    name: str
    files: Sequence[Path]
    changed: int


def rescaled(image: Image.Image, dice: random.Random) -> Image.Image:
    """Return it at a third to twice its size, but at least 40 pixels."""
    factor = max(dice.choice([0.35, 0.5, 0.7, 1.5, 2.0]), 40 / min(image.size))
    method = dice.choice([Image.Resampling.LANCZOS, Image.Resampling.BILINEAR])
    return image.resize([max(1, round(side * factor)) for side in image.size], method)


def mirrored(image: Image.Image, _dice: random.Random) -> Image.Image:
    """Return it flipped from left to right."""
    return ImageOps.mirror(image)


def cropped(image: Image.Image, dice: random.Random) -> Image.Image:
    """Return it with up to 6 % cut away at each side."""
    left, top, right, bottom = (dice.uniform(0.0, 0.06) for _ in range(4))
    width, height = image.size
    return image.crop(
        (
            round(left * width),
            round(top * height),
            round((1 - right) * width),
            round((1 - bottom) * height),
        )
    )


def recoloured(image: Image.Image, dice: random.Random) -> Image.Image:
    """Return it with other brightness, contrast, saturation, warmth and slightly other hue."""
    image = ImageEnhance.Brightness(image).enhance(dice.uniform(0.8, 1.2))
    image = ImageEnhance.Contrast(image).enhance(dice.uniform(0.8, 1.2))
    image = ImageEnhance.Color(image).enhance(dice.uniform(0.6, 1.4))
    hue, saturation, value = image.convert("HSV").split()
    turn = dice.randint(-5, 5)
    hue = hue.point(lambda each: (each + turn) % 256)
    image = Image.merge("HSV", (hue, saturation, value)).convert("RGB")
    warmth = dice.uniform(-0.06, 0.06)
    gains = np.array([1 + warmth, 1.0, 1 - warmth])
    return Image.fromarray((np.asarray(image) * gains).clip(0, 255).astype(np.uint8))


KINDS: dict[str, Sequence[Change]] = {
    "rescaled": [rescaled],
    "recompressed": [],
    "mirrored": [mirrored],
    "cropped": [cropped],
    "recoloured": [recoloured],
    "mirrored and rescaled": [mirrored, rescaled],
    "cropped and recoloured": [cropped, recoloured],
}


@dataclass(frozen=True, slots=True)
class Labels:
    """What is known of a set, by file name."""

    numbers: Mapping[str, int]
    """Files of one number show one picture."""
    kinds: Mapping[str, str]
    """How each was changed, or "original"."""
    unclear: frozenset[tuple[int, int]]
    """Numbers of different originals that are nearly each other's mirror image, in order."""

    def answer(self, first: str, second: str) -> bool | None:
        """Tell whether two files are versions of one picture, None where both answers are right."""
        low, high = sorted((self.numbers[first], self.numbers[second]))
        return None if (low, high) in self.unclear else low == high

    def together(self) -> list[list[str]]:
        """Return the names of each picture's files."""
        names: dict[int, list[str]] = {}
        for name, number in self.numbers.items():
            names.setdefault(number, []).append(name)
        return list(names.values())

    def pairs(self) -> int:
        """Return the number of pairs of versions."""
        return sum(len(names) * (len(names) - 1) // 2 for names in self.together())

    def faces_one_way(self, first: str, second: str) -> bool:
        """Tell whether neither of two files or both are mirrored."""
        return len({"mirrored" in self.kinds[name] for name in (first, second)}) == 1

    def facing_pairs(self) -> int:
        """Return the number of pairs of versions that face one way."""
        pairs = (pair for names in self.together() for pair in combinations(names, 2))
        return sum(self.faces_one_way(*pair) for pair in pairs)

    def original(self, name: str) -> str:
        """Return the name of the original of a file."""
        return min(
            other
            for other, number in self.numbers.items()
            if number == self.numbers[name] and self.kinds[other] == "original"
        )


def make(series: Sequence[Series], folder: Path, seed: int = 0) -> Labels:
    """Fill `folder`, unless it has been, and return the labels."""
    numbers: dict[str, int] = {}
    kinds: dict[str, str] = {}
    unclear: set[tuple[int, int]] = set()
    fresh = not folder.exists()
    folder.mkdir(exist_ok=True)
    dice = random.Random(seed)
    for each in series:
        files = list(each.files)
        dice.shuffle(files)
        known = _Known(unclear)
        for place, path in enumerate(files):
            try:
                image = decode(path)
            except Unreadable:
                continue
            if max(image.size) > _LARGEST:
                image.thumbnail((_LARGEST, _LARGEST))
            number = known.number(image, max(numbers.values(), default=-1) + 1)
            stem = f"{each.name}-{place:04}"
            versions = {"original": f"{stem}.png"}
            if fresh:
                image.save(folder / f"{stem}.png")
            if place < each.changed:
                for kind, changes in KINDS.items():
                    own = random.Random(f"{seed} {stem} {kind}")
                    name = _version_name(f"{stem} {kind}", changes, own)
                    versions[kind] = name
                    if fresh:
                        _save_version(image, changes, folder / name, own)
            for kind, name in versions.items():
                numbers[name], kinds[name] = number, kind
    return Labels(numbers, kinds, frozenset(unclear))


class _Known:
    """Knows pictures of a series again: some hold one twice, or nearly its mirror image."""

    def __init__(self, unclear: set[tuple[int, int]]) -> None:
        self._looks: list[np.ndarray] = []
        self._numbers: list[int] = []
        self._unclear = unclear

    def number(self, image: Image.Image, new: int) -> int:
        """Return the number of the picture that looks just so, or `new`."""
        look = np.asarray(image.resize((8, 8), Image.Resampling.BOX), dtype=np.int16)
        if self._looks:
            known = np.stack(self._looks)
            plain = np.abs(known - look).max((1, 2, 3))
            mirrored = np.abs(known - look[:, ::-1]).max((1, 2, 3))
            apart = np.minimum(plain, mirrored)
            if apart.min() <= _SAME:
                new = self._numbers[int(apart.argmin())]
            for place in np.flatnonzero(mirrored <= _NEARLY):
                if self._numbers[place] != new:
                    low, high = sorted((self._numbers[place], new))
                    self._unclear.add((low, high))
        self._looks.append(look)
        self._numbers.append(new)
        return new


def _version_name(title: str, changes: Sequence[Change], dice: random.Random) -> str:
    """Return a name that tells nothing to those who look for duplicates."""
    lossless = len(changes) == 1 and dice.random() < 0.5
    suffix = ".png" if lossless else dice.choice([".jpg", ".webp"])
    return hashlib.sha256(title.encode()).hexdigest()[:16] + suffix


def _save_version(
    image: Image.Image, changes: Sequence[Change], path: Path, dice: random.Random
) -> None:
    for change in changes:
        image = change(image, dice)
    image.save(path, quality=dice.randint(50, 90))


def usual_series(data: Path | None) -> list[Series]:
    """Return the bundled pictures, and from `data` the folders of emoji, matcaps and others.

    `data` holds one folder for each series; some get versions, all are among the look-alikes.
    """
    series = [
        Series("avatar", sorted(resource("sample/pixel-avatars").glob("*.png")), 60),
        Series("photo", sorted(resource("sample/photos").glob("*.jpg")), 13),
        Series("painting", sorted(resource("sample/styles").glob("*.jpg")), 8),
    ]
    for folder in sorted(data.iterdir()) if data else []:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        files = [path for path in files if not _SKIN_TONE.search(path.name)]
        series.append(Series(folder.name, files, min(100, len(files) // 2)))
    return series
