"""whoholds ask"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kg.cli.options import add_releases, add_workspace, releases_of
from kg.errors import QuestionError
from kg.workspace import find_workspace


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    from kg.question.show import FORMATS

    parser.add_argument("question", nargs="?", help="the question's name (none: list them all)")
    parser.add_argument("parameters", nargs="*", metavar="NAME=VALUE", help="place=palmyra date=…")
    parser.add_argument("--format", choices=FORMATS, default="table")
    parser.add_argument("--evidence", action="store_true", help="show the words behind each row")
    add_workspace(parser)
    add_releases(parser)


def run(args: Namespace) -> int:
    """Prints the answer; without a question, what can be asked."""
    from kg.question import ask, load_question, load_questions
    from kg.question.evidence import show_evidence
    from kg.question.show import show
    from kg.release.read import open_release

    if args.question is None:
        for question in load_questions().values():
            parameters = " ".join(f"{p.name}=…" for p in question.parameters if p.required)
            print(f"{question.name:<20} {question.title} {parameters}".rstrip())
        return 0
    workspace = find_workspace(args.workspace)
    question, given = load_question(args.question), _given(args.parameters)
    release = open_release(releases_of(args, workspace))
    answer = ask(release.store, question, given, release.names)
    print(show(answer, args.format, release.names), end="")
    if args.evidence:
        print(show_evidence(release.store, answer, release.names, workspace.content), end="")
    return 0


def _given(words: list[str]) -> dict[str, str]:
    found = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not value:
            raise QuestionError(
                f"'{word}' is no parameter; write NAME=VALUE, like date=2015-05-22."
            )
        found[name] = value
    return found
