"""Looking for a newer version: what is asked, what is believed, and what is never done."""

import json
import logging
import socket
import threading
from collections.abc import Iterator

import pytest

import ganart
from ganart import resources
from ganart.settings.paths import updates_file
from ganart.updates import asking
from ganart.updates.answer import MOST_NOTES, Newer, Newest, may_be_opened, read_answer
from ganart.updates.asking import MOST_BYTES, ask
from ganart.updates.errors import (
    AskedTooOften,
    NoAnswer,
    NothingPublished,
    NotReached,
    NoUpdateNews,
    Refused,
    SentElsewhere,
    StrangeAnswer,
)
from ganart.updates.memory import WEEK_S, UpdateMemory
from ganart.updates.question import Question, is_askable, known_question, releases_document
from ganart.updates.versions import finished, is_newer
from ganart.updates.weekly import look
from tests.unit.releases import ReleaseServer, release_server, send

GITHUB = Question("https://api.github.com/repos/artists/studio/releases/latest")
NOW_S = 1_800_000_000.0


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[ReleaseServer]:
    with release_server() as server:
        yield server


def never() -> bool:
    return False


# Versions


@pytest.mark.parametrize(
    ("tag", "version"),
    [
        ("v1.2.3", "1.2.3"),
        ("0.2", "0.2"),
        ("v0.2.0rc1", None),
        ("1.0.dev3", None),
        ("nightly", None),
        ("", None),
        ("v1.2.3\n", None),
        ("v" + "9" * 5000, None),
        ("v١.٢", None),
    ],
)
def test_only_a_finished_version_counts(tag, version):
    assert finished(tag) == version


@pytest.mark.parametrize(
    ("offered", "own", "newer"),
    [
        ("0.2.0", "0.1.0", True),
        ("0.10.0", "0.9.9", True),
        ("0.9.9", "0.10.0", False),
        ("0.1.0", "0.1.0", False),
        ("0.1", "0.1.0", False),
        ("0.1.1", "0.1", True),
        ("0.0.0", "0.1.0", False),
        ("0.2.0", "0.2.0rc1", True),
        ("0.2.0", "0.2.0.dev3", True),
        ("0.2.0", "0.2.0b2", True),
        ("0.2.0", "0.2.0.post1", False),
        ("0.2.0", "0.2.0+patched", False),
        ("0.1.9", "0.2.0rc1", False),
    ],
)
def test_versions_are_compared_by_their_numbers(offered, own, newer):
    assert is_newer(offered, own) is newer


def test_our_own_version_can_be_compared():
    assert is_newer("9999", ganart.__version__)


# The question


def test_what_is_sent_is_what_is_shown_to_the_letter(server):
    ask(server.question)
    assert server.asked == [server.question.text()]
    assert ganart.__version__ not in server.question.text()


@pytest.mark.parametrize(
    ("url", "askable"),
    [
        (GITHUB.url, True),
        ("http://127.0.0.1:80/latest", True),
        ("http://localhost/latest", True),
        ("http://[::1]:80/latest", True),
        ("http://api.github.com/latest", False),
        ("file:///etc/passwd", False),
        ("ftp://example.org/latest", False),
        ("https:///latest", False),
        ("https://example.org", False),
        ("https://me:secret@example.org/latest", False),
        ("https://example.org/la test", False),
        ("https://example.org/latest\r\nX: y", False),
        ("https://[bad/latest", False),
        ("https://example.org\\@x/latest", False),
        ("https://example.org/latest#part", False),
    ],
)
def test_only_https_is_asked_or_this_computer(url, askable):
    assert is_askable(url) is askable


def test_run_from_the_sources_nobody_is_known_to_ask():
    assert known_question() is None


@pytest.mark.parametrize(
    ("content", "question"),
    [
        (releases_document(GITHUB.url), GITHUB),
        (releases_document("http://example.org/latest"), None),
        (b"{}", None),
        (b"[]", None),
        (b'{"url": 3}', None),
        (b"{", None),
        (b"\xff", None),
    ],
)
def test_a_release_knows_whom_to_ask(content, question, tmp_path, monkeypatch):
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "releases.json").write_bytes(content)
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "ganart")
    assert known_question() == question


# The answer


def test_a_newer_version_is_told_with_its_page_and_what_is_new(server):
    server.answer = server.tell("v99.1.0")
    page = f"{server.address}/artists/studio/releases/tag/v99.1.0"
    assert ask(server.question) == Newer("99.1.0", page, "- New brushes\n- …")


@pytest.mark.parametrize("tag", [f"v{ganart.__version__}", "v0.0.1", "v99.0.0rc1", "nightly"])
def test_what_is_not_newer_is_not_told(server, tag):
    server.answer = server.tell(tag)
    assert ask(server.question) == Newest()


@pytest.mark.parametrize("mark", ["draft", "prerelease"])
def test_what_is_not_finished_is_not_told(server, mark):
    server.answer = server.tell("v99.0.0", **{mark: True})
    assert ask(server.question) == Newest()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>Log in to this network</html>",
        b"\xff\xfe",
        b"[" * 200_000,
        b"[]",
        b"null",
        b"7",
        b'"v99.0.0"',
        b"{}",
        b'{"tag_name": "v99.0.0"}',
        b'{"tag_name": 99, "html_url": "", "body": ""}',
        b'{"tag_name": "v99.0.0", "html_url": "x", "body": {"a": 1}}',
        b'{"tag_name": "v99.0.0", "html_url": null, "body": ""}',
    ],
)
def test_nonsense_is_a_sentence(content):
    with pytest.raises(StrangeAnswer, match="does not tell of a version"):
        read_answer(content, GITHUB)


@pytest.mark.parametrize(
    ("page", "may"),
    [
        ("https://github.com/artists/studio/releases/tag/v9", True),
        ("https://api.github.com/x", True),
        ("http://github.com/x", False),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("https://evil.example/github.com", False),
        ("https://github.com.evil.example/", False),
        ("https://github.com@evil.example/", False),
        ("https://github.com\\@evil.example/", False),
        ("https://github.com:8443/", False),
        ("https://GITHUB.com.evil.example/", False),
        ("https://github.com/a\nb", False),
        ("https://github.com/%s" % ("a" * 3000), False),
        ("https://[github.com/", False),
        ("", False),
    ],
)
def test_only_a_page_of_those_who_were_asked_may_be_opened(page, may):
    assert may_be_opened(page, GITHUB) is may
    content = json.dumps({"tag_name": "v99", "html_url": page, "body": None}).encode()
    if may:
        assert read_answer(content, GITHUB) == Newer("99", page, "")
    else:
        with pytest.raises(StrangeAnswer):
            read_answer(content, GITHUB)


def test_notes_cannot_command_a_terminal_and_are_not_endless():
    notes = "\x1b[31mred\x07\ttab\u200c\ud800\r\nend" + "é" * 2 * MOST_NOTES
    document = {"tag_name": "v99", "html_url": "https://github.com/x", "body": notes}
    answer = read_answer(json.dumps(document).encode(), GITHUB)
    assert isinstance(answer, Newer)
    assert answer.notes.startswith("[31mred\ttab\u200c?\nend")
    assert len(answer.notes) == MOST_NOTES


# Servers


@pytest.mark.parametrize(
    ("status", "error"),
    [(403, AskedTooOften), (429, AskedTooOften), (404, NothingPublished), (500, Refused)],
)
def test_a_refusal_is_a_sentence(server, status, error):
    server.answer = lambda handler: send(handler, b"{}", status)
    with pytest.raises(error) as caught:
        ask(server.question)
    assert server.question.host in str(caught.value)
    assert "Nothing was changed." in str(caught.value)


def test_an_answer_that_is_huge_is_not_read_to_its_end(server):
    whole = json.dumps(server.document("v99.0.0")).encode()
    server.answer = lambda handler: send(handler, b" " * MOST_BYTES + whole)
    with pytest.raises(StrangeAnswer):
        ask(server.question)


def test_an_answer_that_is_cut_short_is_a_sentence(server):
    whole = json.dumps(server.document("v99.0.0")).encode()
    length = {"Content-Length": str(len(whole))}
    server.answer = lambda handler: send(handler, whole[:-9], **length)
    with pytest.raises(NoUpdateNews):
        ask(server.question)


@pytest.mark.parametrize("manner", ["hang", "trickle"])
def test_a_server_that_takes_for_ever_is_given_up(server, manner, monkeypatch):
    monkeypatch.setattr(asking, "PATIENCE_S", 0.3)
    server.answer = getattr(server, manner)
    with pytest.raises(NoAnswer):
        ask(server.question)
    server.let_go.set()


def test_a_server_that_is_silent_is_given_up(server, monkeypatch):
    monkeypatch.setattr(asking, "SILENCE_S", 0.2)
    server.answer = server.hang
    with pytest.raises(NoAnswer):
        ask(server.question)


def test_a_stop_is_heard_while_nobody_answers(server):
    server.answer = server.hang
    assert ask(server.question, lambda: bool(server.asked)) is None
    server.let_go.set()


def test_a_server_that_is_not_there_was_not_asked():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        question = Question(f"http://127.0.0.1:{taken.getsockname()[1]}/latest")
        with pytest.raises(NotReached, match="connection"):
            ask(question)


def test_a_server_that_cannot_prove_who_it_is_is_not_asked(server):
    question = Question(server.question.url.replace("http:", "https:"))
    with pytest.raises(NotReached):
        ask(question)
    assert server.asked == []


def test_what_is_no_http_is_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"220 mail.example.org ESMTP\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(NoAnswer):
            ask(Question(f"http://127.0.0.1:{listening.getsockname()[1]}/latest"))
        thread.join()


def test_another_address_of_the_same_server_is_asked(server):
    tell = server.tell("v99.0.0")

    def answer(handler) -> None:
        if handler.path.startswith("/repos/"):
            send(handler, b"", 301, Location="/repositories/7/releases/latest")
        else:
            tell(handler)

    server.answer = answer
    assert isinstance(ask(server.question), Newer)
    assert [each.split()[1] for each in server.asked][1] == "/repositories/7/releases/latest"


@pytest.mark.parametrize(
    "elsewhere",
    ["http://localhost:{port}/x", "https://127.0.0.1:{port}/x", "//evil.example/x", "ftp://a/x"],
)
def test_nobody_else_is_asked(server, elsewhere):
    location = elsewhere.format(port=server.http.server_port)
    server.answer = lambda handler: send(handler, b"", 302, Location=location)
    with pytest.raises(SentElsewhere):
        ask(server.question)
    assert len(server.asked) == 1


@pytest.mark.parametrize("location", ["file:///etc/passwd", "/again"])
def test_redirections_to_files_or_without_end_are_refused(server, location):
    server.answer = lambda handler: send(handler, b"", 302, Location=location)
    with pytest.raises(Refused, match="302"):
        ask(server.question)
    assert len(server.asked) < 6


@pytest.mark.parametrize("error", NoUpdateNews.__subclasses__())
def test_every_trouble_says_what_happened_what_is_safe_and_what_to_do(error):
    details = {"host": "api.example.org", "reason": "no", "status": 500, "elsewhere": "b.org"}
    text = str(error(**details))
    assert "api.example.org" in text
    assert "…" not in text
    assert len(error(**details).sentences()) == 3


# Once a week


def test_it_is_asked_once_a_week(server):
    server.answer = server.tell("v99.0.0")
    assert isinstance(look(server.question, NOW_S, never), Newer)
    assert look(server.question, NOW_S + WEEK_S - 1, never) is None
    assert len(server.asked) == 1
    assert isinstance(look(server.question, NOW_S + WEEK_S, never), Newer)
    assert len(server.asked) == 2


def test_a_clock_that_was_wrong_does_not_silence_it_for_ever(server):
    server.answer = server.tell("v99.0.0")
    assert look(server.question, NOW_S + 1000 * WEEK_S, never)
    assert look(server.question, NOW_S, never)


def test_a_version_that_was_passed_over_is_not_told_again_but_the_next_one_is(server):
    server.answer = server.tell("v99.0.0")
    UpdateMemory().pass_over("99.0.0")
    assert look(server.question, NOW_S, never) is None
    server.answer = server.tell("v99.0.1")
    assert look(server.question, NOW_S + WEEK_S, never).version == "99.0.1"
    assert UpdateMemory().passed_over() == "99.0.0"


def test_troubles_go_to_the_log_alone_and_count_as_asked(server, caplog):
    server.answer = lambda handler: send(handler, b"{}", 403)
    with caplog.at_level(logging.INFO):
        assert look(server.question, NOW_S, never) is None
    assert "no more questions" in caplog.text
    assert look(server.question, NOW_S + 60, never) is None
    assert len(server.asked) == 1


def test_without_a_network_nothing_was_asked_so_the_next_start_does(server):
    nowhere = Question(server.question.url.replace("http:", "https:"))
    assert look(nowhere, NOW_S, never) is None
    look(server.question, NOW_S + 60, never)
    assert len(server.asked) == 1


def test_who_cannot_remember_does_not_ask(server, read_only_folder, monkeypatch):
    monkeypatch.setenv("GANART_HOME", str(read_only_folder))
    assert look(server.question, NOW_S, never) is None
    assert server.asked == []


@pytest.mark.parametrize(
    "stored",
    [
        b"{",
        b'{"asked_s": "monday", "passed_over": 7}',
        b'{"asked_s": NaN}',
        b'{"asked_s": 1%s}' % (400 * b"0"),
    ],
)
def test_a_damaged_memory_is_none(server, stored):
    updates_file().parent.mkdir(parents=True)
    updates_file().write_bytes(stored)
    server.answer = server.tell("v99.0.0")
    assert look(server.question, NOW_S, never)


# Certificates


def test_who_is_trusted_is_found_where_this_system_keeps_it(tmp_path, monkeypatch):
    paths = asking.ssl.get_default_verify_paths()
    monkeypatch.setattr(
        asking.ssl, "get_default_verify_paths", lambda: paths._replace(cafile=None, capath=None)
    )
    for variable in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.setenv(variable, str(tmp_path / "none"))
    assert not asking.ssl.create_default_context().get_ca_certs()
    found = [path for path in asking._AUTHORITIES if asking.Path(path).exists()]
    if not found:
        pytest.skip("this system keeps them elsewhere")
    assert asking._trust().get_ca_certs()
