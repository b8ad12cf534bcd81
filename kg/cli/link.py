"""whoholds link"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cli.options import add_workspace
from kg.errors import InputError, LookUpFailed, suggest
from kg.workspace import Workspace, find_workspace, iter_mappings

if TYPE_CHECKING:
    from kg.links.assess import Records
    from kg.links.candidate import Subject
    from kg.links.source import Source
    from kg.links.suggest import Suggestion
    from kg.links.table import Table
    from kg.validate.links import Audit


def configure(parser: ArgumentParser) -> None:
    """Options of the verb."""
    parts = parser.add_subparsers(dest="part", metavar="PART", required=True)
    one = parts.add_parser("suggest", help="show the candidates of actors and places")
    _add_target(one)
    one.add_argument("ids", nargs="*", metavar="ID", help="actors and places (default: all open)")
    one.add_argument("--all", action="store_true", help="those that are linked already, too")
    one.add_argument("--format", choices=("text", "json"), default="text")
    two = parts.add_parser("review", help="judge candidates in the terminal, one by one")
    _add_target(two)
    two.add_argument(
        "--reviewer",
        metavar="ROLE",
        default="reviewer-1",
        help="who judges: a role, never a name (default: reviewer-1)",
    )
    two.add_argument("--ids-begin", metavar="IRI", help="what a new target's ids begin with")
    three = parts.add_parser("audit", help="find the links that cannot be trusted")
    three.add_argument("targets", nargs="*", metavar="TARGET", help="(default: all)")
    _add_files(three)
    three.add_argument("--reference", action="store_true", help="ask pyshacl, the slower one")
    three.add_argument("--report", choices=("text", "json", "ttl"), help="the SHACL report instead")
    four = parts.add_parser("export", help="write SSSOM with full metadata, and linksets")
    four.add_argument("targets", nargs="*", metavar="TARGET", help="(default: all)")
    four.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    add_workspace(four)
    for part in (one, two):
        part.add_argument(
            "--ask", action="store_true", help="ask the services that [wikidata] names, too"
        )
    for part in (one, two, three):
        part.add_argument("--gazetteer", type=Path, metavar="FILE", help="not the one shipped")
        add_workspace(part)


def _add_target(parser: ArgumentParser) -> None:
    parser.add_argument("target", metavar="TARGET", help="wof, geonames, wikidata, …")
    _add_files(parser)


def _add_files(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--from",
        dest="files",
        nargs="+",
        type=Path,
        default=[],
        metavar="FILE",
        help="entities of Wikidata, or of the target as Wikidata's JSON: files, folders, .tar.gz",
    )


def run(args: Namespace) -> int:
    """Shows candidates, has them judged, audits and publishes links."""
    parts = {"suggest": _suggest, "review": _review, "audit": _audit, "export": _export}
    return parts[args.part](args, find_workspace(args.workspace))


def _suggest(args: Namespace, workspace: Workspace) -> int:
    from kg.links.suggest import open_subjects
    from kg.links.suggest import suggest as candidates_of

    table, sources = _table(args, workspace), _sources(args, workspace)
    everyone = _subjects(table, workspace)
    asked = _asked(args.ids, everyone) if args.ids else everyone
    if not args.ids and not args.all:
        asked = open_subjects(table.rows, asked)
    found, failed = [], 0
    for subject in asked:
        try:
            found.append(candidates_of(subject, sources))
        except LookUpFailed as error:
            print(f"{subject.id}: {error}", file=sys.stderr)
            failed = 1
    if args.format == "json":
        print(json.dumps([_as_json(one) for one in found], ensure_ascii=False, indent=1))
        return failed
    for one in found:
        _print(one)
    proposed = sum(one.chosen is not None for one in found)
    print(f"{table.target}: {len(found)} asked, {proposed} with a proposal")
    return failed


def _print(found: Suggestion) -> None:
    subject = found.subject
    print(f"{subject.id}  {subject.label} ({subject.type})")
    chosen = f"{found.chosen.id}" if found.chosen else "none"
    print(f"  → {chosen}: {found.because}")
    for one in found.scored:
        print(f"  {one.score:.2f}  {one.candidate.id}  {one.candidate.label}")
        for feature in one.features:
            print(f"        {feature.name:9} {feature.value:.2f}  {feature.because}")


def _as_json(found: Suggestion) -> dict[str, Any]:
    return {
        "subject": found.subject.id,
        "label": found.subject.label,
        "chosen": found.chosen.id if found.chosen else None,
        "because": found.because,
        "candidates": [
            {
                "id": one.candidate.id,
                "label": one.candidate.label,
                "score": round(one.score, 4),
                "features": [asdict(feature) for feature in one.features],
            }
            for one in found.scored
        ],
    }


def _review(args: Namespace, workspace: Workspace) -> int:
    from kg.links.desk import Desk
    from kg.links.table import ENDING
    from kg.links.terminal import converse

    table = _table(args, workspace)
    path = workspace.root / "links" / f"{table.target}{ENDING}"
    desk = Desk(table, path, args.reviewer)
    try:
        converse(
            desk, _subjects(table, workspace), _sources(args, workspace), sys.stdin, sys.stdout
        )
    finally:
        desk.close()
    return 0


def _audit(args: Namespace, workspace: Workspace) -> int:
    from kg.errors import NotConforming
    from kg.validate.links import audit

    wanted = _targets(args.targets, workspace)
    records = _records(args, workspace)
    found = audit(
        workspace.links,
        workspace.authorities,
        records,
        workspace.names,
        fast=not args.reference,
    )
    if args.report:
        report = found.report
        forms = {"text": report.to_text, "json": report.to_json, "ttl": report.to_rdf}
        print(forms[args.report](), end="")
        return 0 if report.conforms else 2
    paths = {table.path for table in wanted}
    findings = [one for one in found.findings if one.path in paths or one.line == 0]
    if findings:
        raise NotConforming(findings)
    for table in wanted:
        print(_summary(table, found))
    return 0


def _summary(table: Table, found: Audit) -> str:
    """What a table says and how much of it could be checked."""
    covered = [one for one in found.coverage if one.table is table]
    linked = [one for one in covered if any(row.verdict == "positive" for row in one.settled)]
    checked = [one for one in found.assessments if one.table is table]
    typed = sum(one.type is not None for one in checked)
    measured = sum(one.kilometres is not None for one in checked)
    ruled_out = sum(row.verdict == "negative" for row in table.rows)
    return (
        f"{table.target}: conforms ({len(linked)} of {len(covered)} linked, "
        f"{len(covered) - len(linked)} without a record to be trusted; {len(checked)} links, "
        f"type checked of {typed}, distance of {measured}; {ruled_out} ruled out)"
    )


def _export(args: Namespace, workspace: Workspace) -> int:
    from importlib.metadata import version

    from kg.files import write_output
    from kg.lift.linksets import linkset
    from kg.links.publish import Publication, published
    from kg.links.table import ENDING
    from kg.links.writing import write_table
    from kg.sparql.results import write_graph

    settings = workspace.settings
    publication = Publication(
        settings.title, settings.base, settings.licence, settings.version, version("whoholds")
    )
    known = workspace.names.prefixes()
    prefixes = {name: known[name] for name in ("actor", "dcterms", "place", "skos", "void")}
    for table in _targets(args.targets, workspace):
        path = args.output / f"{table.target}{ENDING}"
        write_output(path, write_table(published(table, publication)).encode("utf-8"))
        triples = list(linkset(table, workspace.names, settings.licence))
        turtle = args.output / f"{table.target}.ttl"
        write_output(turtle, write_graph(triples, "ttl", prefixes))
        print(f"{path}: {len(table.rows)} judgements; {turtle}: {_links(table)} links")
    return 0


def _links(table: Table) -> int:
    return sum(row.verdict == "positive" for row in table.rows)


def _targets(asked: list[str], workspace: Workspace) -> list[Table]:
    """The tables asked for, else all."""
    known = {table.target: table for table in workspace.links}
    for target in asked:
        if target not in known:
            raise InputError(f"no links to '{target}'; {suggest(target, known, 'targets')}.")
    return [known[target] for target in dict.fromkeys(asked or known)]


def _records(args: Namespace, workspace: Workspace) -> Records:
    """What the gazetteer and the files given say of the records that are linked."""
    from kg.gazetteer.lookup import load
    from kg.links.assess import linked_ids
    from kg.links.entities import read_entities
    from kg.links.gazetteer import CALLED, SPACES, find_records

    linked = linked_ids(workspace.links)
    known = {table.target for table in workspace.links} & set(SPACES)
    found = find_records(load(args.gazetteer), linked) if known else {}
    if args.files:
        entities = read_entities(args.files, "wikidata", CALLED["wikidata"]).find(linked)
        for identifier, records in entities.items():
            found[identifier] = found.get(identifier, ()) + records
    return found


def _table(args: Namespace, workspace: Workspace) -> Table:
    """The table of the target; a new one where its ids are known."""
    from kg.links.gazetteer import SPACES
    from kg.links.table import ENDING, new_table

    known = {table.target: table for table in workspace.links}
    if args.target in known:
        return known[args.target]
    begin = getattr(args, "ids_begin", None) or SPACES.get(args.target)
    if begin is None:
        near = suggest(args.target, {*known, *SPACES}, "targets")
        raise InputError(
            f"no target '{args.target}'; {near}. A new one: `whoholds link review {args.target} "
            "--ids-begin https://…/`."
        )
    path = f"links/{args.target}{ENDING}"
    settings = workspace.settings
    return new_table(args.target, path, begin, workspace.names, settings.licence)


def _subjects(table: Table, workspace: Workspace) -> list[Subject]:
    from kg.links.beside import beside
    from kg.links.candidate import subjects, subjects_of

    together = beside(mapping for _, mapping in iter_mappings(workspace))
    return subjects_of(table, subjects(workspace.authorities, workspace.links, together))


def _asked(ids: list[str], everyone: list[Subject]) -> list[Subject]:
    known = {name: one for one in everyone for name in (one.slug, one.id)}
    for asked in ids:
        if asked not in known:
            raise InputError(f"no actor or place '{asked}'; {suggest(asked, known, 'ids')}.")
    return [known[asked] for asked in ids]


def _sources(args: Namespace, workspace: Workspace) -> list[Source]:
    """What has candidates: the gazetteer where it has such ids, files, and who is asked."""
    from kg.gazetteer.lookup import load
    from kg.links.entities import read_entities
    from kg.links.gazetteer import CALLED, Places

    called = CALLED.get(args.target, args.target)
    found: list[Source] = []
    if args.target in CALLED:
        found.append(Places(load(args.gazetteer), args.target))
    if args.files:
        found.append(read_entities(args.files, args.target, called))
    if args.ask:
        found.append(_service(args.target, workspace))
    if not found:
        raise InputError(f"nothing knows {args.target}: name files of its entities with --from.")
    return found


def _service(target: str, workspace: Workspace) -> Source:
    """The services that the workspace names for Wikidata. Raises InputError where it names none."""
    from kg.links.entities import Looked
    from kg.links.gazetteer import CALLED
    from kg.links.source import Searched
    from kg.wikidata.cache import Cache
    from kg.wikidata.sources import client_of, entities_of, reconciliation_of

    settings = workspace.settings.wikidata
    client = client_of(settings, workspace.settings.contact)
    cache = Cache(workspace.home / "wikidata")
    service = reconciliation_of(settings, client, cache)
    if target != "wikidata" or service is None:
        raise InputError(
            "nobody is asked: --ask is for wikidata, and the workspace has to name a service. Set "
            "reconcile in the table [wikidata] of whoholds.toml, and contact."
        )
    searched = Searched(service, target, CALLED[target])
    items = entities_of(settings, client, cache)
    return Looked(searched, items) if items else searched
