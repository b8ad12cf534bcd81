"""whoholds ingest"""

from __future__ import annotations

import datetime as dt
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections import Counter
from typing import TYPE_CHECKING

from kg.cli.options import add_workspace
from kg.workspace import find_workspace

if TYPE_CHECKING:
    from kg.ingest.ingest import Outcome


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument(
        "sources",
        nargs="+",
        metavar="FILE|URL|FEED|DIR",
        help="texts, pages, RSS or Atom feeds, JSON lines, folders of them, or addresses",
    )
    add_workspace(parser)
    parser.add_argument(
        "--delay",
        type=_seconds,
        default=2.0,
        metavar="S",
        help="seconds between two requests to one host (default 2; robots.txt may ask for more)",
    )


def run(args: Namespace) -> int:
    """Takes articles in; a bad one is reported and skipped, and done ones are not done again."""
    from kg.ingest.ingest import ingest
    from kg.ingest.web import Web

    addresses = tuple(name for name in args.sources if name.startswith(("http://", "https://")))
    web = Web(addresses, args.delay)
    today = dt.datetime.now(tz=dt.UTC).date()
    counts: Counter[str] = Counter()
    latest = "ARTICLE"
    for outcome in ingest(find_workspace(args.workspace), args.sources, web, today):
        counts[outcome.state] += 1
        latest = outcome.slug or latest
        _tell(outcome, named=outcome.where in args.sources)
        if sys.stderr.isatty():
            print(f"\r{_summary(counts)}", end="", file=sys.stderr, flush=True)
    print(("\r" if sys.stderr.isatty() else "") + _summary(counts), file=sys.stderr)
    if counts["done"]:
        which = latest if counts["done"] == 1 else "ARTICLE"
        print(f"Next: `whoholds suggest {which}`, then `whoholds review {which}`.", file=sys.stderr)
    return (
        1 if counts["failed"] and not (counts["done"] or counts["before"] or counts["same"]) else 0
    )


def _tell(outcome: Outcome, *, named: bool) -> None:
    """What became of a source: articles on standard output, what is amiss on standard error.

    What was done before is said only of a source that was named itself, not of a folder's files.
    """
    if outcome.state == "done":
        print(f"{outcome.slug}: {outcome.where}")
        for other in outcome.alike:
            print(f"  repeats {other.article}, or is repeated by it ({other.share:.0%})")
    elif outcome.state == "same":
        print(f"{outcome.slug}: {outcome.where} is the same text")
    elif outcome.state == "before":
        if named:
            print(f"{outcome.slug}: {outcome.where} was taken in before")
    else:
        why = outcome.why.removeprefix(f"{outcome.where}: ")
        print(f"{outcome.state}: {outcome.where}: {why}", file=sys.stderr)


def _summary(counts: Counter[str]) -> str:
    words = {
        "done": "taken in",
        "same": "the same text",
        "before": "done before",
        "skipped": "skipped",
        "failed": "failed",
    }
    return (
        ", ".join(f"{counts[state]} {said}" for state, said in words.items() if counts[state])
        or "nothing found"
    )


def _seconds(words: str) -> float:
    try:
        seconds = float(words)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= 3600:
        raise ArgumentTypeError(f"{words!r} is no number of seconds from 0 to 3600")
    return seconds
