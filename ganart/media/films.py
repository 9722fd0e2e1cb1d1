"""Moving pictures with frames at their own times and the sound of another film."""

import math
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ganart.errors import StudioError
from ganart.files import atomic_new_path
from ganart.media.animations import FORMATS, Encoder, add_recipe
from ganart.media.metadata import AnyRecipe
from ganart.media.names import free_name
from ganart.media.pictures import Pixels
from ganart.media.sound import Sound, open_sound
from ganart.text import QT_TRANSLATE_NOOP

SUFFIXES = (".gif", ".webp", ".mp4")
"""The formats that films are written in."""
SOUND_SUFFIX = ".mp4"
"""The one of the formats that can have sound."""
_TICKS_PER_SECOND = 12_800
"""Of frames' times where the format has no resolution of its own; MP4's usual one."""


class FilmTooLarge(StudioError):
    """Details: `width`, `height`, `format`, `longest`."""

    happened = QT_TRANSLATE_NOOP(
        "errors", "Pictures of {width} × {height} pixels do not fit into a {format} film."
    )
    safe = QT_TRANSLATE_NOOP("errors", "Nothing was written.")
    remedy = QT_TRANSLATE_NOOP(
        "errors", "Make the film smaller: its longer side may have {longest} pixels."
    )


class FilmWriter:
    """Takes the frames of a film in the order of time."""

    def __init__(self, target: Path, encoder: Encoder, sound: Sound | None) -> None:
        self.path = target
        """Where the film lies, once it is finished."""
        self._encoder = encoder
        self._sound = sound
        self._end_s = math.inf

    def add(self, pixels: Pixels, at_s: float) -> None:
        """Write a frame (height, width, 3), all of one size, shown from `at_s` on.

        Raises `FilmTooLarge`.
        """
        longest = FORMATS[self.path.suffix.lower()].max_side
        height, width = pixels.shape[:2]
        if max(height, width) > longest:
            raise FilmTooLarge(width=width, height=height, format=self.path.suffix, longest=longest)
        self._encoder.add(pixels, at_s)
        if self._sound is not None:
            # As it goes along: players want both side by side in the file.
            self._sound.write_until(at_s)

    def cut(self, end_s: float) -> None:
        """Let the film end early; without this it ends when its sound does."""
        self._end_s = end_s

    def finish(self) -> None:
        """Write what is left. Raises `ValueError` for a film without frames."""
        self._encoder.finish()
        if self._sound is not None:
            self._sound.write_until(self._end_s)
            self._sound.finish()


@contextmanager
def film(
    target: Path, fps: float, recipe: AnyRecipe | None = None, sound_of: Path | None = None
) -> Iterator[FilmWriter]:
    """Give a writer of a .gif, .webp or .mp4 file, which gets its name when the block ends.

    Nothing is replaced: where `target` is taken by then, a number is added. Whatever the block
    raises leaves no file behind. `fps` is the rate on average; `sound_of` is a video whose sound an
    MP4 gets. Raises `DiskFull`, `FolderNotWritable` and, for the other film, `BadFilm`.
    """

    def choose() -> Path:
        writer.path = free_name(target.parent, target.stem, target.suffix)
        return writer.path

    with atomic_new_path(target.parent, target.suffix, choose) as temporary:
        form = FORMATS[target.suffix.lower()]
        encoder = Encoder(temporary, form, fps, recipe, _TICKS_PER_SECOND)
        with ExitStack() as opened:
            opened.enter_context(encoder.container)
            sound = None
            if sound_of is not None and target.suffix.lower() == SOUND_SUFFIX:
                sound = opened.enter_context(open_sound(sound_of, encoder.container))
            writer = FilmWriter(target, encoder, sound)
            yield writer
            writer.finish()
        if recipe is not None:
            add_recipe(temporary, recipe)
