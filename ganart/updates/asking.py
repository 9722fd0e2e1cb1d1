"""Asks, with all the manners that a server that may be slow, broken or hostile calls for."""

import ssl
import sys
import threading
import time
from collections.abc import Callable
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from ganart.errors import StudioError
from ganart.updates.answer import Answer, read_answer
from ganart.updates.errors import (
    AskedTooOften,
    NoAnswer,
    NothingPublished,
    NotReached,
    Refused,
    SentElsewhere,
    StrangeAnswer,
)
from ganart.updates.question import Question, split

MOST_BYTES = 2**20
PATIENCE_S = 20.0
"""For the whole of it, looking up the name of the server included."""
SILENCE_S = 10.0
"""Of a server that was reached."""
_LOOK_S = 0.1
_CHUNK = 2**16
_NOT_FOUND = 404
_TOO_OFTEN = (403, 429)
_AUTHORITIES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
)
"""Where Debian, Fedora and macOS keep whom they trust. A frozen program's OpenSSL looks where the
computer that built it keeps them."""


def _never() -> bool:
    return False


def ask(question: Question, is_stopped: Callable[[], bool] = _never) -> Answer | None:
    """Ask; return the answer, or None if it was stopped.

    A stop is heard within a tenth of a second, and it never takes longer than `PATIENCE_S`: what
    waits is a thread that is left to itself, for nothing can wake it from looking up a name.
    Raises `NoUpdateNews` in its several kinds.
    """
    given_up = threading.Event()
    outcome: SimpleQueue[bytes | Exception] = SimpleQueue()

    def fetch() -> None:
        try:
            outcome.put(_fetch(question, given_up))
        except Exception as error:  # raised below, where somebody hears it
            outcome.put(error)

    threading.Thread(target=fetch, name="newer version", daemon=True).start()
    deadline = time.monotonic() + PATIENCE_S
    try:
        while not is_stopped():
            if time.monotonic() > deadline:
                raise NoAnswer(host=question.host)
            try:
                content = outcome.get(timeout=_LOOK_S)
            except Empty:
                continue
            if isinstance(content, Exception):
                raise content
            return read_answer(content, question)
    finally:
        given_up.set()
    return None


def _fetch(question: Question, given_up: threading.Event) -> bytes:
    headers = question.headers()
    del headers["Connection"]  # urllib sends it by itself
    try:
        with _opener().open(Request(question.url, headers=headers), timeout=SILENCE_S) as answer:
            content = b""
            while len(content) <= MOST_BYTES and not given_up.is_set():
                chunk: bytes = answer.read1(_CHUNK)
                if not chunk:
                    return content
                content += chunk
    except HTTPError as error:
        error.close()
        raise _refusal(question, error.code) from error
    except (OSError, HTTPException, ValueError) as error:
        raise _silence(question, error) from error
    raise StrangeAnswer(host=question.host)


def _refusal(question: Question, status: int) -> StudioError:
    if status == _NOT_FOUND:
        return NothingPublished(host=question.host)
    if status in _TOO_OFTEN:
        return AskedTooOften(host=question.host)
    return Refused(host=question.host, status=status)


def _silence(question: Question, error: Exception) -> StudioError:
    """Return what to tell where a connection fails: one that never was, or one that broke off."""
    reason = error.reason if isinstance(error, URLError) else None
    if isinstance(reason, ssl.SSLCertVerificationError):
        return NotReached(host=question.host, reason=reason.verify_message)
    if isinstance(reason, OSError) and not isinstance(reason, TimeoutError):
        return NotReached(host=question.host, reason=reason.strerror or str(reason))
    return NoAnswer(host=question.host)


class _SameServer(HTTPRedirectHandler):
    """Goes on to another address of the same server only: nobody else was shown to the person."""

    max_redirections = 3

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        before, after = split(req.full_url), split(newurl)
        if before and after and (before.scheme, before.netloc) == (after.scheme, after.netloc):
            return super().redirect_request(req, fp, code, msg, headers, newurl)
        fp.close()
        elsewhere = (after.netloc if after else "") or "?"
        raise SentElsewhere(host=req.host, elsewhere=elsewhere)


def _opener() -> OpenerDirector:
    """Return what can do http and https alone, over the person's proxy if there is one."""
    opener = OpenerDirector()
    opener.addheaders = []
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(context=_trust()),
        HTTPDefaultErrorHandler(),
        HTTPErrorProcessor(),
        _SameServer(),
    ):
        opener.add_handler(handler)
    return opener


def _trust() -> ssl.SSLContext:
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if sys.platform != "win32" and not (paths.cafile or paths.capath):
        for path in _AUTHORITIES:
            if Path(path).exists():
                context.load_verify_locations(path)
                break
    return context
