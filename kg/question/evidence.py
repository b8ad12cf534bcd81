"""From a statement back to its words: claims, spans, articles, and the chain of voices of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import NamedNode, Store, Variable

from kg.names import VOCABULARIES, WH, Names
from kg.question.ask import Answer, Cell
from kg.store import UNION
from kg.text import Span, overlaps, sentences

Content = Callable[[str], bytes | None]
"""The attached text of an article by its id, or None."""


@dataclass(frozen=True, slots=True)
class Words:
    """One span: where it stands, and what may be shown of it."""

    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Trace:
    """What a claim rests on: its words, its article, its voices from the innermost outwards."""

    claim: str
    article: str
    title: str
    words: tuple[Words, ...]
    chain: tuple[str, ...]


_TYPE: Final = NamedNode(f"{VOCABULARIES['rdf']}type")
_FROM: Final = (NamedNode(f"{VOCABULARIES['prov']}wasDerivedFrom"), NamedNode(f"{WH}compares"))
_TO: Final = (NamedNode(f"{WH}voice"), NamedNode(f"{WH}answers"))
"""How a thing leads to its claims, and how claims lead to it."""

_TRACE = """
SELECT ?claim ?article ?title ?start ?end ?exact ?first ?last WHERE {
  ?claim wh:inArticle ?article ; wh:span ?span .
  ?article schema:headline ?title .
  ?span oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end .
  OPTIONAL { ?span oa:hasSelector ?quote . ?quote oa:exact ?exact }
  OPTIONAL {
    ?span oa:hasSelector ?range .
    ?range oa:hasStartSelector/oa:exact ?first ; oa:hasEndSelector/oa:exact ?last
  }
} ORDER BY ?start
"""
_CHAIN = """
SELECT ?claim ?voice ?speaker (COUNT(?outer) AS ?depth) WHERE {
  ?claim wh:voice/wh:relayedBy* ?voice .
  ?voice wh:relayedBy* ?outer .
  OPTIONAL {
    SELECT ?voice (MIN(?named) AS ?label)
    WHERE { ?voice wh:speaker/skos:prefLabel ?named . FILTER(LANG(?named) != "ar") }
    GROUP BY ?voice
  }
  OPTIONAL { ?voice a wh:OutletVoice ; wh:inArticle ?article }
  BIND(COALESCE(?label, IF(BOUND(?article), "the outlet (unstated)", "unstated")) AS ?speaker)
} GROUP BY ?claim ?voice ?speaker ORDER BY DESC(?depth)
"""


def claims_behind(store: Store, thing: str) -> list[str]:
    """The claims behind a thing: a period, event, disagreement, question, voice or claim."""
    node = NamedNode(thing)
    leading = (q.object for p in _FROM for q in store.quads_for_pattern(node, p, None, UNION))
    pointing = (q.subject for p in _TO for q in store.quads_for_pattern(None, p, node, UNION))
    found = {one for one in (node, *leading, *pointing) if isinstance(one, NamedNode)}
    return sorted(one.value for one in found if _is_claim(store, one))


def _is_claim(store: Store, node: NamedNode) -> bool:
    return any(store.quads_for_pattern(node, _TYPE, NamedNode(f"{WH}Claim"), UNION))


def trace(store: Store, claim: str, names: Names) -> Trace:
    """A claim's words, article and chain of voices."""
    rows = list(_select(store, _TRACE, names, claim=claim))
    words = tuple(dict.fromkeys(_words(row) for row in rows))
    chain = tuple(row["speaker"].value for row in _select(store, _CHAIN, names, claim=claim))
    article = (names.split(rows[0]["article"].value) or ("", ""))[1]
    return Trace(claim, article, rows[0]["title"].value, words, chain)


def _words(row: Any) -> Words:
    exact = row["exact"].value if row["exact"] else f"{row['first'].value} … {row['last'].value}"
    return Words(int(row["start"].value), int(row["end"].value), exact)


def _select(store: Store, query: str, names: Names, **given: str) -> Iterable[Any]:
    found: Any = store.query(
        query,
        base_iri=names.base,
        prefixes=names.prefixes(),
        substitutions={Variable(name): NamedNode(iri) for name, iri in given.items()},
    )
    return found  # type: ignore[no-any-return]


def show_evidence(store: Store, answer: Answer, names: Names, content: Content) -> str:
    """The words behind each row of an answer, as text."""
    lines: list[str] = []
    for number, row in enumerate(answer.rows, 1):
        lines.append(f"\nrow {number}")
        for claim in _claims_of_row(store, row, names):
            lines += _trace_lines(trace(store, claim, names), content)
    return "".join(f"{line}\n" for line in lines)


def _claims_of_row(store: Store, row: Iterable[Cell], names: Names) -> list[str]:
    """The claims behind the last thing of the row that rests on any."""
    for cell in reversed(list(row)):
        split = names.split(cell.value) if isinstance(cell, NamedNode) else None
        if split and split[0] not in ("actor", "place", "article"):
            found = claims_behind(store, cell.value)  # type: ignore[union-attr]
            if found:
                return found
    return []


def _trace_lines(found: Trace, content: Content) -> Iterator[str]:
    text = content(found.article)
    for words in found.words:
        yield f"  “{shown_words(words, text.decode('utf-8') if text else None)}”"
    where = ", ".join(f"{w.start}–{w.end}" for w in found.words)
    yield f"    {' ← '.join(found.chain)} · {found.title} [{where}]"


def shown_words(words: Words, text: str | None) -> str:
    """The words of a span; with the text at hand, the whole sentence with the span in brackets."""
    if text is None:
        return words.exact
    start, end = sentence_around(text, (words.start, words.end))
    marked = f"{text[start : words.start]}⟦{text[words.start : words.end]}⟧{text[words.end : end]}"
    return " ".join(marked.split())


def sentence_around(text: str, span: Span) -> Span:
    """From the begin of the sentence in which a span begins to the end of that in which it ends."""
    around = [s for s in sentences(text, [(0, len(text))]) if overlaps(s, [span])]
    return min([span[0], *(s for s, _ in around)]), max([span[1], *(e for _, e in around)])
