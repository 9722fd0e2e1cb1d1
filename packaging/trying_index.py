"""A package index on this computer that can be lost, or damage what it sends."""

import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self
from urllib.parse import unquote

_BLOCK_BYTES = 2**20


class Index:
    """Serves a folder of wheels while it is entered."""

    def __init__(self, wheels: Path) -> None:
        self.wheels = {path.name: path for path in sorted(wheels.glob("*.whl"))}
        self.served_bytes = 0
        self._limit_bytes: float = float("inf")
        self._damaged = ""
        index = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                index._answer(self)

            def log_message(self, *_: object) -> None:
                """Stay silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/simple"

    def lose_at(self, part: float) -> None:
        """Hang up once this part of all bytes was sent, and from then on, until `damage`."""
        self._limit_bytes = part * sum(path.stat().st_size for path in self.wheels.values())

    def damage(self, start: str) -> None:
        """Answer again, but damage the wheels whose names start so; none where it is empty."""
        self._limit_bytes = float("inf")
        self._damaged = start

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        if self.served_bytes >= self._limit_bytes:
            request.close_connection = True
            request.connection.close()
            return
        name = unquote(request.path).strip("/").rpartition("/")[2]
        if name in self.wheels:
            self._send(request, self.wheels[name])
            return
        links = [
            f'<a href="/files/{file}">{file}</a>'
            for file in self.wheels
            if re.sub(r"[-_.]+", "-", file.partition("-")[0]).lower() == name
        ]
        page = f"<!DOCTYPE html><html><body>{' '.join(links)}</body></html>".encode()
        request.send_response(200 if links else 404)
        request.send_header("Content-Type", "text/html")
        request.send_header("Content-Length", str(len(page)))
        request.end_headers()
        request.wfile.write(page)

    def _send(self, request: BaseHTTPRequestHandler, path: Path) -> None:
        size = path.stat().st_size
        asked = re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range", ""))
        begin = int(asked[1]) if asked else 0
        request.send_response(206 if asked else 200)
        request.send_header("Content-Type", "application/octet-stream")
        request.send_header("Content-Length", str(size - begin))
        request.send_header("Accept-Ranges", "bytes")
        request.send_header("ETag", f'"{path.name}"')
        if asked:
            request.send_header("Content-Range", f"bytes {begin}-{size - 1}/{size}")
        request.end_headers()
        with path.open("rb") as stream:
            stream.seek(begin)
            while block := stream.read(_BLOCK_BYTES):
                if self.served_bytes >= self._limit_bytes:
                    request.close_connection = True
                    request.connection.close()
                    return
                if self._damaged and path.name.startswith(self._damaged):
                    block = bytes(len(block))
                request.wfile.write(block)
                self.served_bytes += len(block)
