"""Carries the sound of one video into another."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet

from ganart.media.video import BROKEN, open_container, sound_stream

_COPIED = frozenset({"aac", "mp3", "ac3", "eac3", "alac", "flac", "opus"})
"""Codecs that players expect inside MP4; the others are coded anew."""
_CODED_ANEW = "aac"
_BITS_PER_SECOND = 192_000


class Sound:
    """A sound track of a video on its way into an MP4 file."""

    def __init__(self, source: InputContainer, track: AudioStream, target: OutputContainer) -> None:
        """Declare the track in `target`, before its first frame is written."""
        self._from = track
        self._target = target
        self._packets = self._read(source)
        self._next = next(self._packets, None)
        self._start_s = (source.start_time or 0) / av.time_base
        self._sample = 0
        """Of the sound coded anew, the number of the next one."""
        self._is_copied = self._from.codec.canonical_name in _COPIED
        if self._is_copied:
            self._to: AudioStream = target.add_stream_from_template(self._from)
        else:
            rate = self._from.codec_context.sample_rate
            self._to = cast("AudioStream", target.add_stream(_CODED_ANEW, rate=rate))
            self._to.bit_rate = _BITS_PER_SECOND

    def write_until(self, until_s: float) -> None:
        """Write what is heard before that time, which only grows from call to call."""
        while self._next is not None and self._time_of(self._next) < until_s:
            self._write(self._next)
            self._next = next(self._packets, None)

    def finish(self) -> None:
        """Write what the codec still holds back."""
        if not self._is_copied:
            self._target.mux(self._to.encode(None))

    def _write(self, packet: "Packet[AudioStream]") -> None:
        if not self._is_copied:
            self._code_anew(packet)
            return
        shift = round(self._start_s / packet.time_base)
        if packet.pts is not None:
            packet.pts -= shift
        if packet.dts is not None:
            packet.dts -= shift
        packet.stream = self._to
        try:
            self._target.mux(packet)
        except av.FFmpegError as error:
            if isinstance(error, OSError):  # of the disk
                raise
            # What is damaged, or goes back in time, is a gap in the sound; the rest goes on.

    def _code_anew(self, packet: "Packet[AudioStream]") -> None:
        try:
            frames = packet.decode()
        except BROKEN:  # a gap in the sound; the rest goes on
            return
        rate = self._from.codec_context.sample_rate
        # From its own time on: a gap stays a gap, and times never go back.
        self._sample = max(self._sample, round(self._time_of(packet) * rate))
        for frame in frames:
            frame.pts, frame.time_base = self._sample, Fraction(1, rate)
            self._sample += frame.samples
            self._target.mux(self._to.encode(frame))

    def _read(self, source: InputContainer) -> Iterator["Packet[AudioStream]"]:
        """Yield the packets of the track, up to where the file can be followed."""
        packets = source.demux(self._from)
        while True:
            try:
                packet = next(packets, None)
            except BROKEN:
                return
            if packet is None:
                return
            if packet.size and packet.dts is not None:
                yield packet

    def _time_of(self, packet: "Packet[AudioStream]") -> float:
        assert packet.dts is not None  # the others were left out
        return float(packet.dts * packet.time_base) - self._start_s


@contextmanager
def open_sound(path: Path, target: OutputContainer) -> Iterator[Sound | None]:
    """Give the sound of the video `path` for `target`; None where it has none."""
    with path.open("rb") as stream, open_container(path, stream) as container:
        track = sound_stream(container)
        yield None if track is None else Sound(container, track, target)
