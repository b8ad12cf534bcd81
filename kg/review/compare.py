"""Two reviewers of one article: how far they agree, and what is left to settle between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from kg.errors import InputError
from kg.files import write_whole
from kg.mapping.anchor import Located
from kg.reliability.agreement import agreement
from kg.reliability.coding import VARIABLES, Coded, coded_claims, read_coding, write_coding
from kg.review.desk import Desk
from kg.review.finish import ACCEPTED, undecided
from kg.review.item import Item
from kg.review.proposals import Proposals, View
from kg.text import Span, digest, overlaps
from kg.workspace import Workspace

PASSES: Final = ("reliability/pass-1.csv", "reliability/pass-2.csv")
"""What each reviewer coded, without words; releases quote the agreement (kg/export/sampling.py)."""
_KINDS: Final = ("claim", "voice", "mention")


def keep_agreement(first: Desk, second: Desk) -> list[str]:
    """The lines that say how far two reviewers agree; what each coded is kept for the release.

    Raises InputError where one has not decided all.
    """
    for desk in (first, second):
        if left := [*undecided(desk)]:
            raise InputError(f"{desk.journal.path}: {left[0]} Agreement is of whole reviews.")
    codings = [_coded(desk) for desk in (first, second)]
    for name, coded in zip(PASSES, codings, strict=True):
        _keep(first.workspace, name, first.slug, coded)
    return [*_overlap_lines(first, second), *_alpha_lines(*codings)]


def _coded(desk: Desk) -> list[Coded]:
    return list(coded_claims(desk.slug, desk.mapping(ACCEPTED), desk.located(ACCEPTED)))


def _keep(workspace: Workspace, name: str, slug: str, coded: list[Coded]) -> None:
    """Puts an article's rows into a coding, in the place of those that it had."""
    path = workspace.root / name
    before = read_coding(path.read_text("utf-8"), name) if path.is_file() else []
    others = [one for one in before if one.article != slug]
    rows = sorted([*others, *coded], key=lambda one: one.article)
    write_whole(path, write_coding(rows).encode("utf-8"))


def _overlap_lines(first: Desk, second: Desk) -> list[str]:
    here, there = first.located(ACCEPTED), second.located(ACCEPTED)
    lines = ["entries     first  second  span overlap (F1)"]
    for kind in _KINDS:
        mine, yours = _spans(here, kind), _spans(there, kind)
        found = overlap_f1(mine, yours)
        lines.append(f"{kind + 's':<10} {len(mine):>6} {len(yours):>7}  {found:17.2f}")
    return lines


def _spans(located: Located, kind: str) -> list[tuple[Span, ...]]:
    return [at for path, at in located.spans.items() if path[0] == kind and len(path) == 2]


def overlap_f1(first: Sequence[tuple[Span, ...]], second: Sequence[tuple[Span, ...]]) -> float:
    """F1 of finding the same words: an entry is found where one of the other's overlaps it."""
    if not first and not second:
        return 1.0
    found = sum(_meets(one, second) for one in first) + sum(_meets(one, first) for one in second)
    return found / (len(first) + len(second))


def _meets(spans: tuple[Span, ...], others: Iterable[tuple[Span, ...]]) -> bool:
    return any(overlaps(span, other) for other in others for span in spans)


def _alpha_lines(first: list[Coded], second: list[Coded]) -> list[str]:
    found = agreement(first, second)
    lines = [
        f"claims found by both (F1) {found.found:.2f}, coded alike (F1) {found.matched:.2f}",
        "Krippendorff's α of each variable, over the claims that both found",
    ]
    for name in VARIABLES:
        alpha = found.alpha[name]
        lines.append(f"  {name:<12} {'–' if alpha is None else f'{alpha:.2f}'}")
    return lines


# --- what is left to settle --------------------------------------------------------------


def to_settle(first: Desk, second: Desk) -> Proposals:
    """Proposals for whoever settles: what both judged alike is decided, the rest shows both views.

    They are bound to the two journals as these are now.
    """
    shared = first.proposals
    tables, bound = dict(shared.tables), _bound(first, second)
    merged = Proposals(shared.draft, tables, bound, shared.reasons)
    theirs = {_free(first, item): item for item in second.items.values()}
    for path in dict.fromkeys([*first.items, *theirs]):
        mine, yours = first.items.get(path), theirs.get(path)
        item = _preferred(mine, yours)
        merged.tables[path] = item.table
        if mine and yours and _alike(mine, yours):
            if mine.judgement is not None:
                merged.judged[path] = mine.judgement
        else:
            merged.views[path] = (_view(first.who, mine), _view(second.who, yours))
    return merged


def _bound(first: Desk, second: Desk) -> str:
    paths: tuple[Path, ...] = (first.journal.path, second.journal.path)
    return digest(b"\0".join(path.read_bytes() for path in paths))


def _free(first: Desk, item: Item) -> str:
    """The path of an item of the second's: another where the first gave it to something else."""
    mine = first.items.get(item.path)
    if mine is None or item.proposed is not None or mine.table == item.table:
        return item.path
    number = 2
    while f"{item.path}-{number}" in first.items:
        number += 1
    return f"{item.path}-{number}"


def _preferred(mine: Item | None, yours: Item | None) -> Item:
    """The one that was accepted, the first's where both or neither were."""
    present = [item for item in (mine, yours) if item is not None]
    accepted = [item for item in present if item.judgement in ACCEPTED]
    return (accepted or present)[0]


def _alike(mine: Item, yours: Item) -> bool:
    same = mine.judgement == yours.judgement
    return same and (mine.judgement == "negative" or mine.table == yours.table)


def _view(who: str, item: Item | None) -> View:
    return View(who, item.judgement, item.table) if item else View(who, None, {})
