"""sampling.md: which articles were read, how they were chosen, and how far two coders agreed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Store

from kg.export.file import File
from kg.lift.terms import term
from kg.names import Names
from kg.reliability.agreement import Agreement, agreement
from kg.reliability.coding import VARIABLES, Coded, read_coding
from kg.workspace import Workspace

FILES: Final = (
    File(
        "sampling.md",
        "text/markdown",
        "Which articles were read, how they were chosen, and how far independent coders agreed.",
    ),
)
STATEMENT: Final = "sampling.md"
"""The workspace's own words on how its articles were chosen."""
PASSES: Final = ("reliability/pass-1.csv", "reliability/pass-2.csv")

_UNSTATED: Final = "The workspace does not say how its articles were chosen."
_READ: Final = """
## Articles read

All articles of this release, also those without claims. "Set aside" counts the passages of which
the mapping records that they carry no statement, and why.

| article | title | published | claims | quotations | set aside |
|---|---|---|--:|--:|--:|
"""
_AGREED: Final = """
## Agreement between two independent passes

Claims found by either pass, the F1 of finding the same claim, and the F1 of coding it alike.

| article | claims | found by both (F1) | equal (F1) |
|---|---|--:|--:|
"""


@dataclass(frozen=True, slots=True)
class Sampling:
    """What only the workspace knows of how its articles were chosen and read."""

    statement: str = ""
    passes: tuple[tuple[Coded, ...], ...] = ()
    apart: dict[str, int] = field(default_factory=dict)
    """How many passages of each released article carry no statement."""
    drafts: int = 0
    agreed: str = ""
    """The section on agreement as another release has it; with it, no passes are needed."""


def read_sampling(workspace: Workspace, apart: dict[str, int], drafts: int) -> Sampling:
    """What a workspace says of its sample. Raises InputError where a coding is no such table."""
    sources = [(workspace.optional(name), name) for name in PASSES]
    passes = tuple(tuple(read_coding(s, name)) for s, name in sources) if _all(sources) else ()
    return Sampling(workspace.optional(STATEMENT), passes, apart, drafts)


def kept_sampling(folder: Path, gone: Collection[str]) -> Sampling:
    """What the sampling.md of a release says, without some articles."""
    text = (folder / "sampling.md").read_text("utf-8")
    before, _, rest = text.partition(_READ)
    listed, heading, agreed = rest.partition("\n## Agreement")
    rows = re.findall(r"^\| ([a-z0-9-]+) \|.*\| (\d+) \|$", listed, re.MULTILINE)
    drafts = re.search(r"not in this release: (\d+) ", listed)
    stated = before.partition("\n\n")[2].strip()
    lines = (heading + agreed).splitlines(keepends=True)
    left = (line for line in lines if not line.startswith(tuple(f"| {slug} |" for slug in gone)))
    return Sampling(
        "" if stated == _UNSTATED else stated,
        apart={slug: int(count) for slug, count in rows if slug not in gone},
        drafts=int(drafts[1]) if drafts else 0,
        agreed="".join(left),
    )


def _all(sources: list[tuple[str, str]]) -> bool:
    return all(source for source, _ in sources)


def write(store: Store, names: Names, folder: Path, sampling: Sampling) -> None:
    """Writes sampling.md, article by article."""
    with (folder / "sampling.md").open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(_statement(sampling))
        out.writelines(_articles(store, names, sampling))
        out.writelines([sampling.agreed] if sampling.agreed else _agreement(sampling.passes))


def _statement(sampling: Sampling) -> Iterator[str]:
    yield f"# How the articles were chosen\n\n{sampling.statement.strip() or _UNSTATED}\n"
    yield _READ


def _articles(store: Store, names: Names, sampling: Sampling) -> Iterator[str]:
    for slug, apart in sampling.apart.items():
        graph = NamedNode(names.graph(f"article/{slug}"))
        article = NamedNode(names.iri("article", slug))
        title, *_ = [*_said(store, article, "schema:headline", graph), ""]
        dates = {
            day
            for name in ("wh:publishedEarliest", "wh:publishedLatest")
            for day in _said(store, article, name, graph)
        }
        claims, quotations = (_count(store, kind, graph) for kind in ("wh:Claim", "wh:Quotation"))
        published = " to ".join(sorted(dates))
        yield f"| {slug} | {_cell(title)} | {published} | {claims} | {quotations} | {apart} |\n"
    if sampling.drafts:
        yield f"\nRead in part, and not in this release: {sampling.drafts} (drafts).\n"


def _said(store: Store, thing: NamedNode, curie: str, graph: NamedNode) -> list[str]:
    quads = store.quads_for_pattern(thing, term(curie), None, graph)
    return sorted(quad.object.value for quad in quads if isinstance(quad.object, Literal))


def _count(store: Store, kind: str, graph: NamedNode) -> int:
    return sum(1 for _ in store.quads_for_pattern(None, term("rdf:type"), term(kind), graph))


def _cell(text: str) -> str:
    """Words as a cell of a table shows them, whatever signs they hold."""
    return re.sub(r"([\\`*_{}\[\]<>|#~&!])", r"\\\1", " ".join(text.split()))


def _agreement(passes: tuple[tuple[Coded, ...], ...]) -> Iterator[str]:
    if not passes:
        yield "\n## Agreement\n\nNo two independent codings are recorded: agreement is unknown.\n"
        return
    first, second = passes
    yield _AGREED
    for article in sorted({coded.article for coded in (*first, *second)}):
        mine = [coded for coded in first if coded.article == article]
        yours = [coded for coded in second if coded.article == article]
        yield _agreed(article, agreement(mine, yours))
    overall = agreement(first, second)
    yield _agreed("all", overall)
    alphas = ((name, overall.alpha[name]) for name in VARIABLES)
    listed = ", ".join(f"{n} {'–' if a is None else f'{a:.2f}'}" for n, a in alphas)
    yield f"\nKrippendorff's α over the claims that both found (– did not vary): {listed}.\n"


def _agreed(article: str, found: Agreement) -> str:
    counts = f"{found.first}/{found.second}"
    return f"| {article} | {counts} | {found.found:.2f} | {found.matched:.2f} |\n"
