"""A server on this computer that tells of releases, well or badly, and what it was asked."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ganart.updates.question import Question


class ReleaseServer:
    """Answers each request as `answer` does, which is one of the methods or another function."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answer: Callable[[BaseHTTPRequestHandler], None] = self.tell("v0.0.1")
        self.let_go = threading.Event()
        """Set when those that hang are to end."""
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                lines = [f"{name}: {value}" for name, value in self.headers.items()]
                server.asked.append("\n".join([self.requestline, *lines]))
                server.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.http.server_port}"

    @property
    def question(self) -> Question:
        return Question(f"{self.address}/repos/artists/studio/releases/latest")

    def document(self, tag: str, **others: object) -> dict[str, object]:
        page = f"{self.address}/artists/studio/releases/tag/{tag}"
        return {"tag_name": tag, "html_url": page, "body": "- New brushes\r\n- …", **others}

    def tell(self, tag: str, **others: object) -> Callable[[BaseHTTPRequestHandler], None]:
        return lambda handler: send(handler, json.dumps(self.document(tag, **others)).encode())

    def hang(self, handler: BaseHTTPRequestHandler) -> None:
        self.let_go.wait()

    def trickle(self, handler: BaseHTTPRequestHandler) -> None:
        """Send a byte now and then, for ever."""
        handler.send_response(200)
        handler.end_headers()
        with suppress(OSError):  # until the other side has given up
            while not self.let_go.wait(0.02):
                handler.wfile.write(b" ")


def send(
    handler: BaseHTTPRequestHandler, content: bytes, status: int = 200, **headers: str
) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    with suppress(OSError):  # more than the other side wanted
        handler.wfile.write(content)


@contextmanager
def release_server() -> Iterator[ReleaseServer]:
    server = ReleaseServer()
    thread = threading.Thread(target=lambda: server.http.serve_forever(0.01))
    thread.start()
    try:
        yield server
    finally:
        server.let_go.set()
        server.http.shutdown()
        thread.join()
        server.http.server_close()
