"""whoholds cite"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from kg.address import is_address
from kg.cli.options import add_query, add_releases, add_workspace, query_of, releases_of
from kg.errors import InputError, QuestionError
from kg.workspace import find_workspace


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    add_query(parser)
    parser.add_argument(
        "--release", default="current", help="current, a version, or a digest's begin"
    )
    parser.add_argument(
        "--at", metavar="URL", help="where it is published (default: the data's base IRI)"
    )
    parser.add_argument("--bibtex", action="store_true", help="print BibTeX instead")
    add_workspace(parser)
    add_releases(parser)


def run(args: Namespace) -> int:
    """Prints how to cite the result of a query, with an address that others can check."""
    from kg.cite.citation import cite_result
    from kg.cite.permalink import PATH
    from kg.cite.result import cite_query
    from kg.release.find import find_release
    from kg.sparql.prepare import prepare
    from kg.sparql.wrong import where_wrong

    release = find_release(releases_of(args, find_workspace(args.workspace)), args.release)
    text = read = query_of(args)
    try:
        read = prepare(text, release.names).text
        cited, leaves = cite_query(release, text)
    except SyntaxError as error:
        raise QuestionError(f"the query is not SPARQL: {where_wrong(error, text, read)}.") from None
    where = _where(args.at or release.names.base)
    found = cite_result(release.summary, cited.result, f"{where}/{PATH}/{cited.code}")
    print(found.bibtex if args.bibtex else found.text)
    for one in leaves:
        print(f"The query leaves its result open: {one}", file=sys.stderr)
    if leaves:
        print("Others, who answer it rightly, may find another result.", file=sys.stderr)
    return 0


def _where(address: str) -> str:
    """The address without its last slash. Raises InputError where nothing can stand below it."""
    if not is_address(address) or "?" in address or "#" in address:
        raise InputError(
            f"'{address}' is no address below which results could be published. "
            "Give --at one such as https://data.example.org"
        )
    return address.rstrip("/")
