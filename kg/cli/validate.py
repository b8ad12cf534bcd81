"""whoholds validate"""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import add_articles, add_workspace
from kg.errors import MappingError, NotConforming
from kg.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from kg.release.lifting import Lifted


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    add_articles(parser)
    add_workspace(parser)
    parser.add_argument(
        "--write", action="store_true", help="record positions and digest in the file"
    )
    parser.add_argument(
        "--reference", action="store_true", help="ask pyshacl, the slower reference"
    )
    parser.add_argument(
        "--report",
        choices=("text", "json", "ttl"),
        help="print the SHACL report instead of findings",
    )


def run(args: Namespace) -> int:
    """Checks mappings and the graphs they lift to; prints findings by file and line.

    What one article refers to in another is checked when the whole workspace is.
    """
    from kg.attach import record_positions
    from kg.release.lifting import make_lifter
    from kg.validate import Report

    workspace = find_workspace(args.workspace)
    slugs = args.articles or workspace.slugs
    if args.write:
        for slug in slugs:
            record_positions(workspace, slug)
    with tempfile.TemporaryDirectory() as aside:
        lifter = make_lifter(workspace, Path(aside), fast=not args.reference, drafts=True)
        lifted = [lifter.lift(slug) for slug in slugs]
        if not args.articles and not any(one.findings for one in lifted):
            _check_across(lifted, workspace, fast=not args.reference)
    report = Report(tuple(result for one in lifted for result in one.results))
    if args.report:
        forms = {"text": report.to_text, "json": report.to_json, "ttl": report.to_rdf}
        print(forms[args.report](), end="")
        return 0 if report.conforms else 2
    findings = [finding for one in lifted for finding in one.findings]
    if findings:
        raise (MappingError if report.conforms else NotConforming)(findings)
    for one in lifted:
        print(f"{one.slug}: conforms ({one.claims} claims{', draft' if one.draft else ''})")
    return 0


def _check_across(lifted: list[Lifted], workspace: Workspace, *, fast: bool) -> None:
    """Raises MappingError where an article refers to what no other has.

    Raises NotConforming for actors, places and links that the shapes refuse.
    """
    from kg.release.checks import check_references
    from kg.release.retired import check_retired
    from kg.release.shared import check_shared
    from kg.store import Store, load

    store = Store()
    for one in lifted:
        if one.part:
            load(store, one.part)
    check_references(store, workspace)
    check_retired(store, workspace)
    check_shared(workspace, fast=fast)
