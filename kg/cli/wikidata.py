"""whoholds wikidata"""

from __future__ import annotations

import csv
import json
import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from kg.cli.options import add_workspace
from kg.errors import InputError
from kg.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from kg.wikidata.cache import Cache
    from kg.wikidata.client import Client
    from kg.wikidata.record import Record

COLUMNS: Final = (
    *("id", "label_en", "label_ar", "description_en"),
    *("instance_of", "country", "point", "geonames"),
)
_LINKED: Final = re.compile(r"\twikidata:(Q[0-9]+)\t")


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    parser.add_argument(
        "ids", nargs="*", metavar="ID", help="items (default: all that links/ judges about)"
    )
    parser.add_argument(
        "--search", nargs="+", metavar="NAME", help="look names up instead, by reconciliation"
    )
    parser.add_argument(
        "--type", metavar="TYPE", help="a type of actors or places that [wikidata] types names"
    )
    parser.add_argument(
        "--classes", action="store_true", help="look up what the items are instances of, too"
    )
    parser.add_argument("--again", action="store_true", help="ask for what is kept on disk, too")
    parser.add_argument("--json", action="store_true", help="print lines of JSON instead of TSV")
    add_workspace(parser)


def run(args: Namespace) -> int:
    """Prints items or candidates; 1 where some could not be had, 3 where the source is down."""
    from kg.wikidata.cache import Cache
    from kg.wikidata.sources import client_of

    workspace = find_workspace(args.workspace)
    client = client_of(workspace.settings.wikidata, workspace.settings.contact)
    cache = Cache(workspace.home / "wikidata")
    return (_search if args.search else _fetch)(args, workspace, client, cache)


def _fetch(args: Namespace, workspace: Workspace, client: Client, cache: Cache) -> int:
    from kg.wikidata.sources import entities_of

    source = entities_of(workspace.settings.wikidata, client, cache)
    if source is None:
        raise _unset("entities")
    linked = _LINKED.findall(workspace.optional("links/wikidata.sssom.tsv"))
    wanted = list(args.ids or sorted(set(linked)))
    found = source.fetch(wanted, again=args.again)
    if args.classes:
        wanted += (one for record in found.records.values() for one in record.classes)
        found = source.fetch(wanted)
    rows = ((r, _row(asked, r)) for asked, r in found.records.items())
    _print(COLUMNS, rows, as_json=args.json)
    for asked, new in found.merged.items():
        print(f"{asked} is {new} now: they were merged.", file=sys.stderr)
    for asked in found.missing:
        print(f"{asked}: there is no such item, or no longer.", file=sys.stderr)
    return _told(found.failed)


def _search(args: Namespace, workspace: Workspace, client: Client, cache: Cache) -> int:
    from kg.wikidata.reconcile import Query
    from kg.wikidata.sources import reconciliation_of

    settings = workspace.settings.wikidata
    service = reconciliation_of(settings, client, cache)
    if service is None:
        raise _unset("reconcile")
    if args.type and args.type not in settings.types:
        raise InputError(f"[wikidata] types names no class for '{args.type}'. Add one.")
    queries = [Query(name, settings.types.get(args.type or "")) for name in args.search]
    found, failed = service.search_all(queries, again=args.again)
    rows = (
        (each, (q.name, each.id, each.name, each.description, f"{each.score:g}"))
        for q in queries
        for each in found.get(q, ())
    )
    _print(("query", "id", "name", "description", "score"), rows, as_json=args.json)
    return _told({query.name: why for query, why in failed.items()})


def _unset(key: str) -> InputError:
    return InputError(
        f"nobody is asked: the workspace names no source. Set {key} in the table [wikidata] of "
        "whoholds.toml, and contact."
    )


def _row(asked: str, record: Record) -> tuple[str, ...]:
    return (
        asked,
        *(record.labels.get(language, "") for language in ("en", "ar")),
        record.descriptions.get("en", ""),
        " ".join(record.classes),
        " ".join(record.countries),
        " ".join(f"{latitude:g},{longitude:g}" for latitude, longitude in record.points),
        " ".join(record.geonames),
    )


def _print(
    columns: Iterable[str], rows: Iterable[tuple[Any, tuple[str, ...]]], *, as_json: bool
) -> None:
    table = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    if not as_json:
        table.writerow(columns)
    for value, row in rows:
        if as_json:
            print(json.dumps(asdict(value), ensure_ascii=False))
        else:
            table.writerow(row)


def _told(failed: Mapping[str, str]) -> int:
    for name, why in failed.items():
        print(f"{name}: {why}", file=sys.stderr)
    return 1 if failed else 0
