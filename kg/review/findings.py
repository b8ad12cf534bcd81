"""What is wrong with an entry, at the key where it is wrong: by form, by `check`, by the shapes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from kg.authority import Judgement, read_authorities
from kg.errors import AuthorityError, Finding
from kg.lift.article import Context, lift_article
from kg.lift.authorities import lift_authorities
from kg.mapping.anchor import locate
from kg.mapping.check import check
from kg.mapping.document import OUTLET, Mapping
from kg.mapping.write import write
from kg.names import concept_key
from kg.review.authorities import authority_source
from kg.review.compose import Places, compose, places_in
from kg.review.entry import Table, entry_of
from kg.review.item import OPEN
from kg.review.proposals import AUTHORITY
from kg.text import digest
from kg.validate import point, validate

if TYPE_CHECKING:
    from kg.review.desk import Desk
    from kg.review.item import Item

Findings = dict[str, list[str]]
"""Messages by key; "" for what concerns the whole entry."""
_BESIDE: Final = "proposed.toml"
"""Read after the workspace's own authority files: of two with one id it is the one too many."""


def find(desk: Desk, item: Item) -> Findings:
    """The findings of an entry as it would stand among all that is not rejected."""
    if item.kind in AUTHORITY:
        return _of_authority(desk, item)
    _, mistakes = entry_of(item.kind, item.table)
    if mistakes:
        return {key: [f"{key}: {expected}."] for key, expected in mistakes.items()}
    others = {p: i.table for p, i in desk.items.items() if i.judgement in OPEN}
    tables = others | {item.path: item.table}
    mapping = compose(desk.proposals.draft, tables)[0]
    article = replace(mapping.article, digest=digest(desk.content))
    mapping = replace(mapping, status="reviewed", article=article)
    sound = {p: t for p, t in tables.items() if not _is_broken(p, t)}
    source = write(mapping)
    known = desk.knowing(OPEN)
    found = check(mapping, source, "", known, desk.content)
    mine = _sorted_in(places_in(source, sound), item.path, found)
    return mine or _of_graph(desk, item, mapping)


def _is_broken(path: str, table: Table) -> bool:
    kind = path.partition("/")[0]
    return kind in AUTHORITY or bool(entry_of(kind, table)[1])


def _sorted_in(places: Places, path: str, found: Iterable[Finding]) -> Findings:
    """The findings that are about one entry, by key."""
    sorted_in: Findings = {}
    for finding in found:
        of, key = places.of(finding.line)
        if of == path:
            sorted_in.setdefault(key, []).append(finding.message)
    return sorted_in


def _of_graph(desk: Desk, item: Item, mapping: Mapping) -> Findings:
    """What the shapes say of the entry, lifted with only what it needs."""
    if item.kind not in ("article", "voice", "claim", "mention"):
        return {}
    small = _around(mapping, item.kind, item.name)
    located = locate(small, desk.text)
    if located.problems or small.article.published is None:
        return {}
    source = write(small)
    context = Context(desk.workspace.names, desk.known.vocabulary, desk.knowing(OPEN).places)
    report = validate(lift_article(desk.slug, small, located, context))
    found = point(report, desk.workspace.names, {desk.slug: ("", source)})
    return _sorted_in(places_in(source, {}), item.path, found)


def _around(mapping: Mapping, kind: str, name: str) -> Mapping:
    """The mapping with one entry, the voices that relay it and the claims that it refers to."""
    claims: dict[str, Any] = {}
    waiting = [name] if kind == "claim" else []
    while waiting:
        claim = mapping.claims.get(one := waiting.pop())
        if claim is None or one in claims:
            continue
        claims[one] = claim
        anchor = claim.when.anchor if claim.when else None
        waiting += [c for c in (claim.denies, claim.corrects, claim.on_condition, anchor) if c]
    voices: dict[str, Any] = {}
    told = [name] if kind == "voice" else [c.voice or OUTLET for c in claims.values()]
    while told:
        voice = mapping.voices.get(one := told.pop())
        if voice is not None and one not in voices:
            voices[one] = voice
            told.append(voice.relayed_by or OUTLET)
    mentions = {n: m for n, m in mapping.mentions.items() if (kind, name) == ("mention", n)}
    return replace(mapping, voices=voices, claims=claims, mentions=mentions, nothings=())


def _of_authority(desk: Desk, item: Item) -> Findings:
    """What is wrong with a proposed actor or place, beside the workspace's own."""
    others = (i for i in desk.items.values() if i.kind in AUTHORITY and i.judgement in OPEN)
    tables = {i.path: i.table for i in others} | {item.path: item.table}
    source = authority_source(tables, Judgement(desk.who, desk.today, "outside", "proposed"))
    files = sorted((desk.workspace.root / "authorities").glob("*.toml"))
    sources = {desk.workspace.shown(f): f.read_text("utf-8") for f in files}
    try:
        read_authorities(sources | {_BESIDE: source}, desk.known.vocabulary)
    except AuthorityError as error:
        mine = (finding for finding in error.findings if finding.path == _BESIDE)
        if found := _sorted_in(places_in(source, {}), item.path, mine):
            return found
    return _of_entry(desk, item)


def _of_entry(desk: Desk, item: Item) -> Findings:
    """What the shapes say of an actor or a place, apart from all that it belongs to."""
    alone = {k: v for k, v in item.table.items() if k not in ("part-of", "members")}
    judgement = Judgement(desk.who, desk.today, "outside", "proposed")
    source = authority_source({item.path: alone}, judgement)
    entry = read_authorities({"": source}, desk.known.vocabulary)
    quads = lift_authorities(entry, desk.workspace.names, desk.known.vocabulary)
    found: Findings = {}
    for result in validate(quads).results:
        key = concept_key((result.path or "").rpartition("#")[2])
        found.setdefault(key, []).append(f"{item.kind} '{item.name}': {result.message}")
    return found
