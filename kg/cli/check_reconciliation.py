"""whoholds check-reconciliation"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from kg.cli.check_endpoint import note, seconds

GROUPS = ("manifest", "queries", "suggest", "preview", "extension", "manners", "errors", "strain")


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("url", metavar="URL", help="the service's address: http://…/reconcile")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--earl", metavar="FILE", help="write a report in EARL (Turtle), too")
    parser.add_argument(
        "--query",
        action="append",
        default=[],
        metavar="NAME",
        help="a name of something that the service knows; else what it suggests is taken",
    )
    parser.add_argument(
        "--timeout", type=seconds, default=60, metavar="S", help="seconds for each request"
    )
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        choices=GROUPS,
        metavar="GROUP",
        help=f"leave a group of probes out: {', '.join(GROUPS)}",
    )
    parser.add_argument(
        "--i-operate-this",
        action="store_true",
        help="also send what strains; else that is sent to this machine only",
    )


def run(args: Namespace) -> int:
    """Prints what came of the probes: 0 where none failed, 2 where one did."""
    from kg.cli.check_endpoint import report
    from kg.probe.check import Wanted
    from kg.probe.reconciliation.check import check_reconciliation

    wanted = Wanted(args.i_operate_this, None, args.timeout, frozenset(args.without))
    said = note if sys.stderr.isatty() else lambda _: None
    return report(args, check_reconciliation(args.url, wanted, args.query, said))
