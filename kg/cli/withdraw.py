"""whoholds withdraw"""

from __future__ import annotations

import datetime as dt
import sys
import unicodedata
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING, Final

from kg.cli.options import add_releases, add_workspace, releases_of
from kg.workspace import find_workspace

if TYPE_CHECKING:
    from kg.retired import Retired


FEW: Final = 50
"""Things that still hold a name, and are listed."""
_UNPRINTED: Final = ("Cc", "Cs", "Zl", "Zp")
_TURNING: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""What turns the direction of all that follows."""


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("thing", metavar="IRI", help="the thing's IRI, or claim/article.id")
    parser.add_argument("--because", required=True, help="why, as the public log says it")
    parser.add_argument(
        "--on", type=_day, metavar="DATE", help="the day (default: the releases' newest date)"
    )
    parser.add_argument(
        "--purge", action="store_true", help="delete the releases that had it, instead of moving"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress")
    add_workspace(parser)
    add_releases(parser)


def run(args: Namespace) -> int:
    """Withdraws a thing from all releases; prints what now answers for each that had it.

    With --workspace it is also entered in that workspace's retired.toml; else that is left to the
    reader, who is told what to enter.
    """
    from kg.errors import InputError
    from kg.withdraw.named import names_of, still_named
    from kg.withdraw.retire import retire, unentered
    from kg.withdraw.withdraw import Asked, withdraw

    workspace = find_workspace(args.workspace)
    releases, base = releases_of(args, workspace), workspace.names.base
    iri = args.thing if args.thing.startswith(("http://", "https://")) else base + args.thing
    if not args.because.strip():
        raise InputError("--because is empty. Say why: the public log tells it.")
    if any(unicodedata.category(one) in _UNPRINTED or one in _TURNING for one in args.because):
        raise InputError("--because holds what cannot be printed. Write it as one line of UTF-8.")
    names = names_of(releases, iri)
    done = withdraw(
        releases,
        Asked(iri, args.because, args.on),
        purged=args.purge,
        progress=(lambda _: None) if args.quiet else (lambda line: print(line, file=sys.stderr)),
    )
    for pair in done.replaced:
        print(f"{releases / pair.name} -> {pair.successor}")
    _warn(still_named(releases, done, names))
    if args.workspace is not None:
        retire(workspace, unentered(workspace, releases, done))
    else:
        _tell(unentered(workspace, releases, done))
    return 0


def _warn(named: list[str]) -> None:
    """Tells which things still hold a name of what was withdrawn."""
    if named:
        print(
            "A name of it still stands in words of others, which this does not reach. Where it "
            "must not be read there, withdraw these too:",
            file=sys.stderr,
        )
        print("\n".join(f"  {iri}" for iri in named[:FEW]), file=sys.stderr)
    if len(named) > FEW:
        print(f"  … and {len(named) - FEW:,} more", file=sys.stderr)


def _tell(entries: list[Retired]) -> None:
    from kg.retired import FILE, written

    if entries:
        print(f"Enter this in the workspace's {FILE}, and remove it there:", file=sys.stderr)
        print(written(entries), file=sys.stderr)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"'{text}' is no date like 2026-11-21") from None
