"""whoholds check-reconciliation"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kg.cli.probing import add_probing, note, report

GROUPS = ("manifest", "queries", "suggest", "preview", "extension", "manners", "errors", "strain")


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("url", metavar="URL", help="the service's address: http://…/reconcile")
    add_probing(parser, GROUPS, "also send what strains; else that is sent to this machine only")
    parser.add_argument(
        "--query",
        action="append",
        default=[],
        metavar="NAME",
        help="a name of something that the service knows; else what it suggests is taken",
    )


def run(args: Namespace) -> int:
    """Prints what came of the probes: 0 where none failed, 2 where one did."""
    from kg.probe.check import Wanted
    from kg.probe.reconciliation.check import check_reconciliation

    wanted = Wanted(args.i_operate_this, None, args.timeout, frozenset(args.without))
    return report(args, check_reconciliation(args.url, wanted, args.query, note))
