"""What the verbs that probe a server share: options, the report, and what is shown meanwhile."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.probe.found import Checked


def add_probing(parser: ArgumentParser, groups: Sequence[str], operated: str) -> None:
    """--json, --earl, --timeout, --without, --i-operate-this; `operated` says what that allows."""
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--earl", metavar="FILE", help="write a report in EARL (Turtle), too")
    parser.add_argument(
        "--timeout", type=_seconds, default=60, metavar="S", help="seconds for each request"
    )
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        choices=groups,
        metavar="GROUP",
        help=f"leave a group of probes out: {', '.join(groups)}",
    )
    parser.add_argument(
        "--i-operate-this",
        action="store_true",
        help=operated,
    )


def report(args: Namespace, checked: Sequence[Checked], tests: str = "") -> int:
    """Prints what came of probes, and writes it as EARL if asked: 0 where none failed, else 2.

    `tests` says where other people's tests were read from, if there are any.
    """
    from kg.probe.address import find_endpoint
    from kg.probe.found import Outcome
    from kg.probe.report import as_json, text

    endpoint = find_endpoint(args.url)
    if args.earl:
        from datetime import UTC, datetime

        from kg.files import write_output
        from kg.probe.earl import earl

        write_output(Path(args.earl), earl(checked, endpoint, datetime.now(UTC)).encode())
    print(as_json(checked, endpoint, tests) if args.json else text(checked, endpoint, tests))
    return 2 if any(one.found.outcome is Outcome.FAILED for one in checked) else 0


def note(name: str) -> None:
    """Shows which probe is being run, to somebody at a terminal."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{name}", end="", file=sys.stderr, flush=True)


def _seconds(given: str) -> float:
    """The number of seconds that a word says. Raises ArgumentTypeError."""
    try:
        found = float(given)
    except ValueError:
        found = 0
    if not 0 < found <= 3600:
        raise ArgumentTypeError(f"'{given}' is no number of seconds from 0 to 3600")
    return found
