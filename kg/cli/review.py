"""whoholds review"""

from __future__ import annotations

import secrets
import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from kg.cli.options import add_workspace, port
from kg.errors import InputError
from kg.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from kg.review.desk import Desk


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("article", metavar="ARTICLE", help="the article's id")
    add_workspace(parser)
    parser.add_argument(
        "--reviewer", metavar="ROLE", help="who judges: a role, never a name (default: reviewer-1)"
    )
    parser.add_argument("--terminal", action="store_true", help="review here, without a page")
    parser.add_argument("--port", type=port, default=0, help="the page's port (default: any free)")
    whose = parser.add_mutually_exclusive_group()
    whose.add_argument(
        "--second", action="store_true", help="review as a second reviewer, who sees no judgements"
    )
    whose.add_argument(
        "--agreement",
        action="store_true",
        help="print how far the two reviewers agree, and keep it",
    )
    whose.add_argument(
        "--adjudicate", action="store_true", help="settle what the two reviewers judged differently"
    )


def run(args: Namespace) -> int:
    """Opens the desk, as page or in the terminal, until the reviewer leaves it."""
    workspace = find_workspace(args.workspace)
    if args.agreement:
        return _agreement(workspace, args.article)
    desk = _desk(workspace, args)
    try:
        if args.terminal:
            from kg.review.terminal import converse

            converse(desk, sys.stdin, sys.stdout)
        else:
            _serve(desk, args.port)
    finally:
        desk.journal.close()
    return 0


def _desk(workspace: Workspace, args: Namespace) -> Desk:
    from kg.review.session import adjudicate, sit_down

    if args.adjudicate:
        return adjudicate(workspace, args.article, args.reviewer or "adjudicator-1")
    number = 2 if args.second else 1
    return sit_down(workspace, args.article, args.reviewer or f"reviewer-{number}", number=number)


def _agreement(workspace: Workspace, slug: str) -> int:
    from kg.review.compare import keep_agreement
    from kg.review.session import both

    with both(workspace, slug) as desks:
        print("\n".join(keep_agreement(*desks)))
    return 0


def _serve(desk: Desk, port: int) -> None:
    from kg.review.app import create_app

    token = secrets.token_urlsafe(32)
    server = _listen(create_app(desk, token), port)
    print(f"{desk.slug}: {len(desk.items)} entries to judge as {desk.who}. Open")
    print(f"  http://127.0.0.1:{server.effective_port}/#{token}", flush=True)
    print("Every judgement is kept as it is made; Ctrl-C ends.", flush=True)
    try:
        server.run()
    finally:
        server.close()


def _listen(app: Any, port: int) -> Any:
    """A server on this machine's own address only. Raises InputError where the port is taken."""
    from waitress import create_server

    try:
        return create_server(app, host="127.0.0.1", port=port, ident="whoholds", threads=4)
    except (OSError, ValueError) as error:
        raise InputError(
            f"cannot listen on port {port} ({error}). Choose another with --port."
        ) from None
