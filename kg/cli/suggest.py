"""whoholds suggest"""

from __future__ import annotations

import datetime as dt
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import add_workspace
from kg.errors import InputError
from kg.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from kg.mapping.document import Published
    from kg.suggest.article import Drafted
    from kg.suggest.draft import Draft
    from kg.suggest.model import Model
    from kg.suggest.proposer import Proposer


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument(
        "articles",
        nargs="+",
        metavar="ARTICLE",
        help="articles of the workspace by id, or text files",
    )
    add_workspace(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="write the draft here; - prints it")
    parser.add_argument(
        "--no-model", action="store_true", help="without a language model: no events and states"
    )
    parser.add_argument(
        "--no-proposer", action="store_true", help="do not ask the server that [suggest] names"
    )
    parser.add_argument(
        "--replace",
        action="store_true",
        help="propose anew in a draft that has entries; what a person wrote (without `by`) stays",
    )
    parser.add_argument(
        "--published",
        metavar="DAY",
        help="when a text file was published: 2026-03-03, or 2026-03-01/2026-03-03",
    )


def run(args: Namespace) -> int:
    """Writes a draft of each article and says what it holds; a reviewed mapping is refused."""
    from kg.suggest.model import load_model
    from kg.suggest.proposer import proposer_of

    workspace = find_workspace(args.workspace)
    if args.output and len(args.articles) > 1:
        raise InputError("-o names one file. Give one article, or leave it out.")
    articles = [_article(workspace, one, args) for one in args.articles]
    model = None if args.no_model else load_model()
    proposer = None if args.no_proposer else proposer_of(workspace.settings.suggest)
    if proposer:
        print(proposer.announcement([article.reading for article in articles]), file=sys.stderr)
    for article, draft in _drafts(workspace, articles, model, proposer):
        _put(article, draft, args.output)
        _say(article, draft)
        if article.path is not None and not args.output:
            print(f"Next: `whoholds review {article.name}`.", file=sys.stderr)
    for what, count in sorted(proposer.dropped.items()) if proposer else []:
        print(f"dropped of what the proposer answered: {count} {what}", file=sys.stderr)
    return 0


def _article(workspace: Workspace, given: str, args: Namespace) -> Drafted:
    from kg.suggest.article import drafted_article, text_article

    if Path(given).is_file():
        return text_article(Path(given), _published(args.published))
    return drafted_article(workspace, given, replacing=args.replace)


def _published(given: str | None) -> Published | None:
    """The day, or the first and last day, that --published names. Raises InputError."""
    from kg.mapping.document import Published

    if given is None:
        return None
    try:
        days = [dt.date.fromisoformat(day) for day in given.split("/", 1)]
    except ValueError:
        raise InputError(
            f"--published is '{given}'; expected a day, 2026-03-03, or two, 2026-03-01/2026-03-03."
        ) from None
    because = "given with the text on the command line"
    if len(days) == 1:
        return Published(on=days[0], basis="outside", because=because)
    return Published(within=(min(days), max(days)), basis="outside", because=because)


def _drafts(
    workspace: Workspace, articles: list[Drafted], model: Model | None, proposer: Proposer | None
) -> Iterator[tuple[Drafted, Draft]]:
    """Each article with its draft, one after the other: memory does not grow with their number."""
    from kg.gazetteer.lookup import load
    from kg.suggest.article import coding
    from kg.suggest.draft import draft
    from kg.suggest.names import know
    from kg.suggest.naming import Naming
    from kg.suggest.scores import load_scores
    from kg.suggest.suggest import propose_each, stand_ready

    gazetteer = load()
    known = know(workspace.authorities, gazetteer)
    stand_ready()
    today = dt.datetime.now(dt.UTC).date()
    readings = (article.reading for article in articles)
    each = propose_each(readings, known, model, proposer)
    for article, found in zip(articles, each, strict=True):
        signed = coding(article.mapping.coding, model, str(proposer) if proposer else None, today)
        mapping = replace(article.mapping, coding=signed)
        naming = Naming(workspace.authorities, gazetteer.record, article.reading.text)
        yield article, draft(found, mapping, article.reading, naming, load_scores())


def _put(article: Drafted, made: Draft, output: str | None) -> None:
    """Writes a draft where it belongs, or prints it."""
    from kg.mapping.write import write
    from kg.suggest.article import store

    path = Path(output) if output and output != "-" else article.path
    if output == "-" or path is None:
        print(write(made.mapping), end="")
    else:
        store(made, path)


def _say(article: Drafted, made: Draft) -> None:
    """One line of what a draft holds, and what was left out of it."""
    found, new = made.mapping, len(made.naming.proposed)
    held = f"{len(found.voices)} voices, {len(found.claims)} claims, {len(found.mentions)} mentions"
    print(f"{article.name}: {held}; {new} new actors and places", file=sys.stderr)
    for what, count in sorted(made.left_out.items()):
        print(f"  left out: {count} {what}", file=sys.stderr)
