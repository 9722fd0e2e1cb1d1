"""Loops as animated GIF, animated WebP or MP4 files, frame by frame, with their recipe inside."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from PIL import Image

from ganart.files import atomic_path
from ganart.media.metadata import MP4_KEY, AnyRecipe, add_gif_comment, add_webp_exif
from ganart.media.pictures import Pixels, enlarged

_PALETTE_SIDE = 64
"""A palette is found from at most this many pixels each way; more costs time and changes little."""

_UNSETTLED_PIXELS = 100
"""A palette is good once so few pixels still change their colour; fewer take twice the time."""


@dataclass(frozen=True)
class Format:
    """How libav writes one kind of file."""

    container: str
    codec: str
    pixel_format: str
    encode: Callable[[Pixels, int], VideoFrame]
    """From a frame and its scale."""
    container_options: Mapping[str, str]
    codec_options: Mapping[str, str]
    max_side: int
    """Longest side in pixels that the codec takes."""
    max_fps: float = 120.0
    ticks_per_second: int | None = None
    """Resolution of the frames' times where the format has its own."""


def save_animation(
    frames: Iterable[Pixels],
    target: Path,
    fps: float,
    recipe: AnyRecipe | None = None,
    scale: int = 1,
) -> Path:
    """Write a loop of `frames` as `animation` does, taking one at a time, and return its path."""
    with animation(target, fps, recipe, scale) as add:
        for pixels in frames:
            add(pixels)
    return target


@contextmanager
def animation(
    target: Path, fps: float, recipe: AnyRecipe | None = None, scale: int = 1
) -> Iterator[Callable[[Pixels], None]]:
    """Give a function that appends a frame to a .gif, .webp or .mp4 file.

    Frames are (height, width, 3) uint8 of one size and are not kept in memory. The file gets its
    name when the block ends, whole or not at all: whatever the block raises leaves no file behind.
    WebP is lossless; GIF has 256 colours a frame and at most 50 frames a second; MP4 is H.264 with
    even sides, for which an odd one grows by a pixel. Neighbouring WebP frames that are equal
    become one that lasts longer. Raises `DiskFull` and `FolderNotWritable`, and `ValueError` for
    another suffix, no or uneven frames.
    """
    suffix = target.suffix.lower()
    if suffix not in FORMATS:
        raise ValueError(f"{target.suffix!r} is none of {', '.join(FORMATS)}")
    if fps <= 0 or scale < 1:
        raise ValueError(f"fps {fps} and scale {scale} must be above 0")
    with atomic_path(target) as temporary:
        encoder = Encoder(temporary, FORMATS[suffix], fps, scale, recipe)
        with encoder.container:
            yield encoder.add
            encoder.finish()
        if recipe is not None:
            add_recipe(temporary, recipe)


def add_recipe(path: Path, recipe: AnyRecipe) -> None:
    """Put the recipe into a finished file, unless its format took it at the beginning."""
    if path.suffix.lower() == ".gif":
        add_gif_comment(path, recipe)
    elif path.suffix.lower() == ".webp":
        add_webp_exif(path, recipe)


class Encoder:
    """One libav container with a stream of pictures, opened at the first frame."""

    def __init__(
        self,
        path: Path,
        form: Format,
        fps: float,
        scale: int = 1,
        recipe: AnyRecipe | None = None,
        ticks_per_second: int | None = None,
    ) -> None:
        """`ticks_per_second` is the resolution of the times at which frames are added, if any."""
        self._form = form
        self._scale = scale
        self._rate = Fraction(min(fps, form.max_fps)).limit_denominator(1001)
        ticks = form.ticks_per_second or ticks_per_second
        self._tick = Fraction(1, ticks) if ticks else 1 / self._rate
        self._shortest = math.floor(1 / (self._tick * Fraction(form.max_fps)))
        self._newest = -self._shortest
        self._shape: tuple[int, ...] = ()
        self._count = 0
        self.container = av.open(
            path, "w", format=form.container, options=dict(form.container_options)
        )
        if recipe is not None and form.container == "mp4":
            self.container.metadata[MP4_KEY] = recipe.to_json()
        self._stream = cast(
            "av.VideoStream",
            self.container.add_stream(
                form.codec, rate=self._rate, options=dict(form.codec_options)
            ),
        )

    def add(self, pixels: Pixels, at_s: float | None = None) -> None:
        """Encode the next frame, shown from `at_s` on, or a frame's length after the one before.

        Frames that follow sooner than the format can show them are left out.
        """
        at = Fraction(self._count) / self._rate if at_s is None else Fraction(at_s)
        ticks = round(at / self._tick)
        if self._count and ticks - self._newest < max(1, self._shortest):
            return
        frame = self._form.encode(pixels, self._scale)
        if not self._count:
            self._shape = pixels.shape
            self._begin(frame)
        elif pixels.shape != self._shape:
            raise ValueError(f"frame {self._count} is {pixels.shape}, the first {self._shape}")
        frame.pts = self._newest = ticks
        frame.time_base = self._tick
        self._count += 1
        self.container.mux(self._stream.encode(frame))

    def finish(self) -> None:
        """Write what the codec still holds back."""
        if not self._count:
            raise ValueError("a loop needs at least one frame")
        self.container.mux(self._stream.encode())

    def _begin(self, sample: VideoFrame) -> None:
        stream = self._stream
        stream.width, stream.height = sample.width, sample.height
        stream.pix_fmt = self._form.pixel_format
        stream.codec_context.time_base = self._tick
        if self._form.container == "mp4":
            _tag_colours(stream.codec_context)


def _gif_frame(pixels: Pixels, scale: int) -> VideoFrame:
    """Choose 256 colours for this frame alone and dither at the final size."""
    image = Image.fromarray(pixels)
    if image.getcolors(256):
        palette = image.quantize(256)  # few colours: these exactly
    else:
        step = -(-max(image.size) // _PALETTE_SIDE)
        sample = Image.fromarray(pixels[::step, ::step])
        palette = sample.quantize(256, kmeans=_UNSETTLED_PIXELS)
    indexed = Image.fromarray(enlarged(pixels, scale)).quantize(palette=palette)
    colours = np.full((256, 4), 255, np.uint8)  # alpha, red, green, blue
    chosen = np.array(indexed.getpalette("RGB"), np.uint8).reshape(-1, 3)
    colours[: len(chosen), 1:] = chosen
    # The types of `from_ndarray` leave out that pal8 takes the indices and their palette.
    both: Any = (np.asarray(indexed), colours)
    return VideoFrame.from_ndarray(both, format="pal8")


def _webp_frame(pixels: Pixels, scale: int) -> VideoFrame:
    return VideoFrame.from_ndarray(enlarged(pixels, scale), format="rgb24").reformat(format="bgra")


def _mp4_frame(pixels: Pixels, scale: int) -> VideoFrame:
    large = enlarged(pixels, scale)
    height, width = large.shape[:2]
    even = np.pad(large, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    return VideoFrame.from_ndarray(even, format="rgb24").reformat(
        format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG
    )


def _tag_colours(codec: av.VideoCodecContext) -> None:
    """Say how the colours were coded, for players guess differently by the size of the picture."""
    codec.colorspace = Colorspace.ITU709
    codec.color_primaries = ColorPrimaries.BT709
    codec.color_trc = ColorTrc.BT709
    codec.color_range = ColorRange.MPEG


FORMATS: Mapping[str, Format] = {
    ".gif": Format(
        container="gif",
        codec="gif",
        pixel_format="pal8",
        encode=_gif_frame,
        container_options={"loop": "0"},  # for ever
        codec_options={},
        max_side=65_535,
        max_fps=50.0,  # browsers slow down what asks for less than 2 hundredths a frame
        ticks_per_second=100,
    ),
    ".webp": Format(
        container="webp",
        codec="libwebp_anim",
        pixel_format="bgra",
        encode=_webp_frame,
        container_options={"loop": "0"},
        codec_options={"lossless": "1"},
        max_side=16_383,
    ),
    ".mp4": Format(
        container="mp4",
        codec="libx264",
        pixel_format="yuv420p",
        encode=_mp4_frame,
        container_options={"movflags": "+faststart"},
        codec_options={"crf": "14", "preset": "medium"},  # crf 14: no loss that people see
        max_side=16_384,
    ),
}
"""The formats of loops by file suffix."""
