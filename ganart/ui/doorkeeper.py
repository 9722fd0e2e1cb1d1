"""One window a person: a second start hands over what it was to open, and ends."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from ganart.settings.paths import settings_file

_ANSWER = b"taken\n"
_WAIT_MS = 2000
"""Much longer than a window that is well needs; one that hangs is left alone."""
_MOST_BYTES = 2**20


def server_name() -> str:
    """Return a name that differs for each person, and for each folder of settings."""
    return (
        f"ganart-{sha256(str(settings_file()).encode(errors='surrogateescape')).hexdigest()[:16]}"
    )


def hand_over(paths: Sequence[Path]) -> bool:
    """Ask a studio that runs already to open `paths` and to come to the front; whether it does."""
    socket = QLocalSocket()
    socket.connectToServer(server_name())
    if not socket.waitForConnected(_WAIT_MS):
        return False
    # A name that is no Unicode survives as escaped surrogates.
    socket.write(json.dumps([str(path) for path in paths]).encode("ascii") + b"\n")
    answer = b""
    while b"\n" not in answer and socket.waitForReadyRead(_WAIT_MS):
        answer += socket.readAll().data()
    socket.disconnectFromServer()
    return answer == _ANSWER


class Doorkeeper(QObject):
    """Takes what later starts hand over; without a door each start has a window of its own."""

    came = Signal(object)
    """A list of `Path`s to open, maybe empty: the window is to come to the front."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        if not self._server.listen(server_name()):
            # What a crash left behind: `hand_over` found nobody who answers.
            QLocalServer.removeServer(server_name())
            self._server.listen(server_name())

    @Slot()
    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._on_message)
            socket.disconnected.connect(socket.deleteLater)

    @Slot()
    def _on_message(self) -> None:
        socket = self.sender()
        if not isinstance(socket, QLocalSocket):
            return
        if socket.bytesAvailable() > _MOST_BYTES:
            socket.abort()
        elif socket.canReadLine():
            paths = _paths(bytes(socket.readLine().data()))
            if paths is None:
                socket.abort()
                return
            socket.write(_ANSWER)
            socket.flush()
            # Later: a dialog that follows would let the socket be deleted while it calls us.
            QTimer.singleShot(0, self, lambda: self.came.emit(paths))


def _paths(line: bytes) -> list[Path] | None:
    """Return what was asked for; None for anything that no start of the studio would write."""
    try:
        names = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return None
    return [Path(name) for name in names]
