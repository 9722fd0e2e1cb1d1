"""`ganart updates`."""

import json
from collections.abc import Iterator

import pytest

import ganart as package
from ganart.updates.question import releases_document
from tests.unit.releases import ReleaseServer, release_server, send


@pytest.fixture
def server(tmp_path, monkeypatch) -> Iterator[ReleaseServer]:
    """Return a server that this studio knows."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr("ganart.updates.question.resource", lambda name: tmp_path / name)
    with release_server() as server:
        (tmp_path / "releases.json").write_bytes(releases_document(server.question.url))
        yield server


def test_it_shows_what_it_would_ask_and_asks_nothing(ganart, server):
    shown = ganart("updates")
    assert shown.code == 0
    assert server.question.text() in shown.out
    assert server.question.url in shown.out
    told = ganart("updates", "--json").json
    assert told["headers"] == server.question.headers()
    assert server.asked == []


def test_it_asks_when_told_to(ganart, server):
    server.answer = server.tell("v99.0.0", body="- Brushes")
    result = ganart("updates", "--ask")
    assert result.code == 0
    assert "99.0.0" in result.out
    assert result.out.endswith("- Brushes\n")
    told = ganart("updates", "--ask", "--json").json
    assert (told["version"], told["newer"]) == (package.__version__, "99.0.0")
    assert told["page"].endswith("/v99.0.0")


def test_the_newest_version_is_told(ganart, server):
    server.answer = server.tell("v0.0.1")
    assert "newest" in ganart("updates", "--ask").out
    assert json.loads(ganart("updates", "--ask", "--json").out)["newer"] is None


def test_a_refusal_is_a_sentence(ganart, server):
    server.answer = lambda handler: send(handler, b"", 403)
    result = ganart("updates", "--ask")
    assert result.code == 1
    assert "no more questions" in result.err


@pytest.mark.parametrize("arguments", [[], ["--ask"]])
def test_without_an_address_it_says_so(ganart, arguments):
    result = ganart("updates", *arguments)
    assert result.code == 1
    assert "This copy of the studio does not know" in result.err
