"""Aligning a proposer's answer to the article: every word must stand there, or it is dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from kg.suggest.found import By, Filled, Named, Proposals, Statement
from kg.suggest.proposer.schema import ROLES, STANDING
from kg.suggest.reading import Reading
from kg.text import Span, fold, occurrences, overlaps
from kg.vocabulary import load_vocabulary

_MOST: Final = 500
"""Claims of one answer at most."""


def align(
    answer: dict[str, Any], reading: Reading, found: Proposals, by: By
) -> tuple[list[Statement], Counter[str]]:
    """The statements of an answer whose words stand in the article, and how many were dropped."""
    dropped: Counter[str] = Counter()
    statements = [
        statement
        for claim in answer["claims"][:_MOST]
        if (statement := _statement(claim, reading, found, by, dropped)) is not None
    ]
    dropped["claims beyond the first 500"] += max(0, len(answer["claims"]) - _MOST)
    return sorted(set(statements), key=lambda one: (one.span, one.type or "")), +dropped


def _statement(
    claim: Any, reading: Reading, found: Proposals, by: By, dropped: Counter[str]
) -> Statement | None:
    if not isinstance(claim, dict) or not _has_values(claim):
        dropped["claims that do not keep to the schema"] += 1
        return None
    sentence = _stands(claim.get("sentence"), reading, None)
    around = reading.sentence(sentence) if sentence else None
    span = _stands(claim["words"], reading, around)
    if span is None:
        dropped["claims whose words do not stand in the article"] += 1
        return None
    return Statement(
        span=span,
        by=by,
        type=claim.get("type"),
        degree=None if claim.get("type") else claim.get("degree"),
        roles=tuple(_filled(claim.get("roles"), reading, span, found, dropped)),
        **{key: claim[key] for key in STANDING},
    )


def _has_values(claim: dict[str, Any]) -> bool:
    """Whether a claim has words, a type or degree, and a standing that the schemes know."""
    values = load_vocabulary().values
    stated = {"event-type": claim.get("type"), "degree": claim.get("degree")}
    known = all(v is None or (isinstance(v, str) and v in values[s]) for s, v in stated.items())
    standing = all(
        isinstance(claim.get(key), str) and claim[key] in values[scheme]
        for key, scheme in STANDING.items()
    )
    return known and standing and any(stated.values()) and isinstance(claim.get("words"), str)


def _filled(
    roles: Any, reading: Reading, span: Span, found: Proposals, dropped: Counter[str]
) -> Iterator[Filled]:
    """The roles whose words stand in the article, nearest to the claim's own."""
    for role in ROLES:
        phrases = roles.get(role) if isinstance(roles, dict) else None
        for phrase in phrases if isinstance(phrases, list) else []:
            at = _stands(phrase, reading, reading.sentence(span), near=span)
            if at is None:
                dropped["roles whose words do not stand in the article"] += 1
            else:
                yield Filled(role, at, _named(at, found))


def _stands(
    phrase: Any, reading: Reading, around: Span | None, near: Span | None = None
) -> Span | None:
    """Where a phrase stands, quotation marks and dashes apart: in a sentence, else in the parts."""
    if not isinstance(phrase, str) or not phrase.strip():
        return None
    text, words = fold(reading.text), fold(phrase.strip())
    for ranges in ([around] if around else [], list(reading.parts)):
        starts = occurrences(text, words, ranges)
        if starts:
            wanted = near[0] if near else starts[0]
            start = min(starts, key=lambda at: (abs(at - wanted), at))
            return start, start + len(words)
    return None


def _named(span: Span, found: Proposals) -> Named | None:
    """What the rules take a wording for: the longest name that it has."""
    inside = [named for named in found.names if overlaps(named.span, [span])]
    return max(inside, key=lambda one: one.span[1] - one.span[0], default=None)
