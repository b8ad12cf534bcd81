"""The end of a review: what was accepted becomes the mapping, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from kg.authority import Judgement
from kg.errors import Finding, InputError, MappingError
from kg.files import write_whole
from kg.lift.article import Context, lift_article
from kg.mapping.anchor import fill, locate
from kg.mapping.check import check
from kg.mapping.document import Mapping
from kg.mapping.ledger import ledger
from kg.mapping.write import write
from kg.review.authorities import enter
from kg.review.desk import Desk
from kg.review.item import Item
from kg.review.proposals import AUTHORITY, PROPOSED
from kg.text import digest
from kg.validate import point, validate

ACCEPTED: Final = ("positive",)
CODEBOOK: Final = "1"


def undecided(desk: Desk) -> Iterator[str]:
    """A sentence on the entries that are neither accepted nor rejected."""
    waiting = [i.path for i in desk.items.values() if i.judgement in (None, "unsure")]
    if waiting:
        shown = ", ".join(waiting[:5]) + (", …" if len(waiting) > 5 else "")
        yield f"entries not decided: {len(waiting)}, {shown}. Accept or reject each."


def silent(desk: Desk) -> Iterator[str]:
    """A sentence on the sentences of the article that say nothing yet."""
    sentences = ledger(desk.text, desk.located(ACCEPTED)).open
    if sentences:
        first = " ".join(desk.text[slice(*sentences[0])].split()[:8])
        yield (
            f"sentences that say nothing yet: {len(sentences)}, the first: {first} … "
            "Add what they say, or mark them as nothing with a reason."
        )


def reviewed_mapping(desk: Desk) -> tuple[Mapping, str]:
    """The mapping of all that was accepted, and its TOML with every position.

    Raises MappingError with all findings.
    """
    found = desk.mapping(ACCEPTED)
    coding = replace(
        found.coding,
        coder=found.coding.coder or desk.who,
        coded=found.coding.coded or desk.today,
        codebook=found.coding.codebook or CODEBOOK,
        reviewer=desk.who,
        reviewed=desk.today,
    )
    article = replace(found.article, digest=digest(desk.content))
    found = replace(found, status="reviewed", coding=coding, article=article)
    mapping = _without_reasons(desk, found)
    filled = fill(write(mapping), locate(mapping, desk.text).spans, None)
    path = desk.workspace.shown(desk.workspace.mapping_path(desk.slug))
    findings = check(mapping, filled, path, desk.knowing(ACCEPTED), desk.content)
    if findings := findings or _of_graph(desk, mapping, path, filled):
        raise MappingError(findings)
    return mapping, filled


def _of_graph(desk: Desk, mapping: Mapping, path: str, source: str) -> list[Finding]:
    places = desk.knowing(ACCEPTED).places
    context = Context(desk.workspace.names, desk.known.vocabulary, places)
    quads = lift_article(desk.slug, mapping, locate(mapping, desk.text), context)
    return point(validate(quads), desk.workspace.names, {desk.slug: (path, source)})


def _without_reasons(desk: Desk, mapping: Mapping) -> Mapping:
    """The mapping without what its proposer said for itself: the journal keeps that."""

    def plain(kind: str, entries: dict[str, Any]) -> dict[str, Any]:
        return {n: _plain(desk.items.get(f"{kind}/{n}"), e) for n, e in entries.items()}

    return replace(
        mapping,
        voices=plain("voice", mapping.voices),
        claims=plain("claim", mapping.claims),
        mentions=plain("mention", mapping.mentions),
    )


def _plain(item: Item | None, entry: Any) -> Any:
    proposed = (item and item.proposed) or {}
    theirs = bool(proposed.get("by")) and entry.because == proposed.get("because")
    return replace(entry, by=None, score=None, because=None if theirs else entry.because)


def finish(desk: Desk, *, anyway: bool = False) -> None:
    """Writes the reviewed mapping and the accepted actors and places.

    A second reviewer's end is only kept, to be compared and settled.
    `anyway` ends it although some sentences say nothing yet: `whoholds ledger` lists them still.
    Raises InputError where something is undecided or unaccounted for, or where the mapping was
    changed by hand since; MappingError where it has findings.
    """
    if left := [*undecided(desk), *(() if anyway else silent(desk))]:
        raise InputError("\n".join(left))
    if not desk.writes:
        desk.finished("")
        return
    path = desk.workspace.mapping_path(desk.slug)
    _expect_untouched(desk, path.read_bytes())
    _, source = reviewed_mapping(desk)
    accepted = {
        i.path: i.table
        for i in desk.items.values()
        if i.kind in AUTHORITY and i.judgement in ACCEPTED
    }
    because = f"proposed for the article {desk.slug} and accepted in its review"
    enter(desk.workspace, accepted, Judgement(desk.who, desk.today, "outside", because))
    write_whole(path, source.encode("utf-8"))
    (path.parent / PROPOSED).unlink(missing_ok=True)
    desk.finished(digest(source.encode("utf-8")))


def _expect_untouched(desk: Desk, content: bytes) -> None:
    """Raises InputError where the mapping is neither the draft nor what a review wrote."""
    written = {r.digest for r in desk.journal.records if r.do == "finish"}
    is_draft = desk.workspace.mapping(desk.slug).status == "draft"
    if not is_draft and digest(content) not in written:
        raise InputError(
            f"{desk.slug}: mapping.toml was changed by hand since its review ended. Go on by hand, "
            "or move it away and put back proposals/mapping.toml."
        )
