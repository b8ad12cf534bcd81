"""whoholds check-endpoint"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from kg.cli.probing import add_probing, note, report

GROUPS = (
    "protocol",
    "isolation",
    "privacy",
    "update",
    "honesty",
    "manners",
    "description",
    "W3C",
    "strain",
)


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument("url", metavar="URL", help="the endpoint's address: http://…/sparql")
    add_probing(
        parser,
        GROUPS,
        "also run what writes, erases, reads files, calls addresses or strains; else these run on "
        "this machine only",
    )
    parser.add_argument(
        "--manifest",
        metavar="FILE",
        help="the W3C's protocol/manifest.ttl, whose tests are run, too; else the one in "
        "$WHOHOLDS_SHARED/standards or ../shared/standards, if it is there",
    )


def run(args: Namespace) -> int:
    """Prints what came of the probes: 0 where none failed, 2 where one did."""
    from kg.probe.check import Wanted, check
    from kg.probe.manifest import usual_manifest

    manifest = Path(args.manifest) if args.manifest else usual_manifest()
    if "W3C" in args.without:
        manifest = None
    wanted = Wanted(args.i_operate_this, manifest, args.timeout, frozenset(args.without))
    return report(args, check(args.url, wanted, note), _said(manifest, args.without))


def _said(manifest: Path | None, without: Sequence[str]) -> str:
    """Which tests of the W3C were run."""
    if "W3C" in without:
        return "left out (--without W3C)"
    return f"{manifest}" if manifest else "not found; name their manifest (--manifest FILE)"
