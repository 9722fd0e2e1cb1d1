"""Showing a file in the computer's own file manager, with the file selected."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ganart.engine.asks import Poll
from ganart.workers.run import Job

_ANSWER_S = 3.0


@dataclass(frozen=True, slots=True)
class NotRevealed:
    """No file manager here selects files; the folder is to be opened."""

    folder: Path


def reveal_job(path: Path) -> Job:
    """Return a job that selects a file in its folder; yields `NotRevealed` where that fails."""

    def job(_poll: Poll) -> Iterator[NotRevealed]:
        command = reveal_command(path, sys.platform)
        if not (_started(command) if command else _shown_over_dbus(path)):
            yield NotRevealed(path.parent)

    return job


def reveal_command(path: Path, platform: str) -> str | list[str]:
    """Return what shows a file on Windows or macOS; empty elsewhere."""
    if platform == "win32":
        # One string: the Explorer reads quotes in a way of its own. Names hold none there.
        return f'explorer.exe /select,"{path}"'
    return ["open", "-R", str(path)] if platform == "darwin" else []


def _started(command: str | list[str]) -> bool:
    try:
        # The Explorer gives 1 also where all went well, so nobody waits for its answer.
        subprocess.Popen(command)
    except OSError:
        return False
    return True


def _shown_over_dbus(path: Path) -> bool:
    """Ask the desktop's file manager; whether it answered (org.freedesktop.FileManager1)."""
    try:
        from jeepney import DBusAddress, MessageType, new_method_call
        from jeepney.io.blocking import open_dbus_connection
    except ImportError:  # wakepy brings it on Linux only
        return False
    address = DBusAddress(
        "/org/freedesktop/FileManager1",
        bus_name="org.freedesktop.FileManager1",
        interface="org.freedesktop.FileManager1",
    )
    message = new_method_call(address, "ShowItems", "ass", ([path.resolve().as_uri()], ""))
    try:
        with open_dbus_connection("SESSION") as connection:
            reply = connection.send_and_get_reply(message, timeout=_ANSWER_S)
    except Exception:  # no bus, no file manager, no answer: jeepney raises several kinds
        return False
    return bool(reply.header.message_type is MessageType.method_return)
