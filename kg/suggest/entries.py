"""Proposed actors and places as an authority file, which a person then takes over or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.authority import Entry, Judgement
from kg.mapping.codec import inline, listed, quote


def write_entries(
    entries: Iterable[Entry], judgement: Judgement, because: dict[str, str] | None = None
) -> str:
    """The TOML text of entries, by kind and id; `because` gives some a comment above them."""
    ordered = sorted(entries, key=lambda entry: (entry.kind, entry.slug))
    lines = [
        "# Proposed, not judged: what the draft beside this file refers to and no authority has.",
        "",
        "[judgement]",
        f"by = {quote(judgement.by)}",
        f"on = {judgement.on}",
        f"basis = {quote(judgement.basis)}",
        f"because = {quote(judgement.because)}",
    ]
    for entry in ordered:
        why = (because or {}).get(entry.slug)
        lines += ["", *([f"# {' '.join(why.split())}"] if why else [])]
        lines += [f"[{entry.kind}.{entry.slug}]", *(f"{k} = {v}" for k, v in _pairs(entry))]
    return "\n".join(lines) + "\n"


def _pairs(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "type", quote(entry.type)
    yield "label", inline({tag: quote(words) for tag, words in entry.label.items()})
    if entry.alt:
        names = {tag: listed([quote(one) for one in alt]) for tag, alt in entry.alt.items()}
        yield "alt", inline(names)
    if entry.part_of:
        yield "part-of", quote(entry.part_of)
    if entry.alignment:
        yield "alignment", quote(entry.alignment)
    if entry.publication_basis:
        yield "publication-basis", quote(entry.publication_basis)
    if entry.point:
        yield "point", listed([str(degrees) for degrees in entry.point])
    if entry.point_from:
        yield "point-from", quote(entry.point_from)
    if entry.members:
        yield "members", listed([quote(one) for one in entry.members])
    if entry.note:
        yield "note", quote(entry.note)
