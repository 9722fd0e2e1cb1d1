"""`ganart updates`: whether there is a newer version."""

import argparse
from typing import Any

import ganart
from ganart.cli.output import DONE, Output
from ganart.updates.answer import Newer
from ganart.updates.errors import NoAddress
from ganart.updates.question import Question, known_question


def add(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401  (argparse's private type)
    """Declare the command."""
    parser = commands.add_parser(
        "updates",
        parents=[common],
        help="show how a newer version would be asked for, or ask",
        description="Show, word for word, what would be asked of whom to learn whether there is a "
        "newer version; nothing is sent without --ask, and nothing is ever fetched or installed.",
    )
    parser.add_argument("--ask", action="store_true", help="ask it")
    parser.set_defaults(run=updates)


def updates(arguments: argparse.Namespace, output: Output) -> int:
    """Run the command. Raises `NoAddress`, `NoUpdateNews`."""
    question = known_question()
    if question is None:
        raise NoAddress
    if arguments.ask:
        _ask(question, output)
    else:
        text = f"With --ask this is asked of {question.host}, at {question.url}:"
        values = {"version": ganart.__version__, "url": question.url, "headers": question.headers()}
        output.result(f"{text}\n{question.text()}", values)
    return DONE


def _ask(question: Question, output: Output) -> None:
    from ganart.updates.asking import ask

    answer = ask(question)
    values: dict[str, object] = {"version": ganart.__version__, "newer": None}
    text = f"You have the newest version, {ganart.__version__}"
    if isinstance(answer, Newer):
        values |= {"newer": answer.version, "page": answer.page, "notes": answer.notes}
        text = f"Version {answer.version} is there, you have {ganart.__version__}: {answer.page}"
        text += f"\n\n{answer.notes}" if answer.notes else ""
    output.result(text, values)
