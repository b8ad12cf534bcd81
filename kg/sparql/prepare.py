"""A query prepared: as the engine reads it rightly, which takes no store to find out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import Any, Final

from kg.errors import QueryRefused
from kg.names import Names
from kg.sparql.columns.constants import constants
from kg.sparql.columns.recognise import is_plain, recognise
from kg.sparql.columns.tree import Plan, Query
from kg.sparql.dataset import EVERYTHING, Dataset, dataset_of
from kg.sparql.engine import refuse_ours
from kg.sparql.refuse import refuse, refuse_length
from kg.sparql.services.call import Call, cut_out
from kg.sparql.spell import Prologue, known_prefixes, normal, respell
from kg.sparql.standard.aliases import unfold
from kg.sparql.standard.expressions import has_expressions, say_expressions
from kg.sparql.standard.graphs import check_variables
from kg.sparql.standard.lacking import refuse_incomputable
from kg.sparql.template import hollow, pieces_of, rejoined
from kg.sparql.tokens import FORMS, Token, decode, head_of, spoken_of
from kg.sparql.words import check_words

_VARYING = frozenset(("NOW", "RAND", "UUID", "STRUUID"))
_EVERYTHING = f"{EVERYTHING}"
KEPT: Final = 200
"""Tokens that a query keeps, at most: of more it is quick enough to find them again."""
TEMPLATES: Final = 512
"""Queries with holes that are kept."""
MET: Final = 2_048
"""Queries with holes that are remembered to have been met."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A query that may be run: its form (SELECT …), its text as the engine gets it, its graphs."""

    form: str
    text: str
    dataset: Dataset
    calls: tuple[Call, ...] = ()
    """What stands in the holes of its text: what other endpoints are asked."""
    varies: bool = False
    """Whether it may have another result each time: by the clock, by chance, or by others."""
    digest: str = ""
    """What stands for all that decides on its result beside the release, and whom it calls."""
    tokens: tuple[Token, ...] = field(default=(), compare=False, repr=False)
    """Those of its text where they are known: whoever needs them need not look for them again."""
    plan: Plan | None = field(default=None, compare=False, repr=False)
    """The query taken apart, in place of tokens, where one like it was read before. No other
    process is sent it."""

    @property
    def graph(self) -> bool:
        """Whether its result is a graph."""
        return self.form in ("CONSTRUCT", "DESCRIBE")

    def __reduce__(self) -> tuple[Any, ...]:
        known = (self.dataset, self.calls, self.varies, self.digest, self.tokens)
        return Prepared, (self.form, self.text, *known)


def prepare(
    query: str, names: Names, asked: Dataset | None = None, services: Sequence[str] = ()
) -> Prepared:
    """The query, over the graphs that were asked for beside it, as the engine reads it rightly.

    It has a hole for each SERVICE, which may ask the `services` and nobody else:
    kg.sparql.services.ask fills them.
    Raises QueryRefused for what is not run here, SyntaxError for what is no SPARQL.
    """
    refuse_length(query)
    like = hollow(query)
    if like and next(_meetings(hash(like.text))):
        template = _template(like.text, like.holes, names, asked, tuple(services))
        if template:
            return template.prepared(like.terms)
    return _read(query, names, asked, services)[0]


@lru_cache(maxsize=MET)
def _meetings(_: int) -> Iterator[int]:
    """What says, each time it is asked, how often a query with holes was met before.

    So one that nobody asks again is read but once. Of which query it is, a hash is enough to know.
    """
    return count()


def _read(
    query: str, names: Names, asked: Dataset | None, services: Sequence[str]
) -> tuple[Prepared, str]:
    """The query prepared, and what its digest is made of. Raises as `prepare` does."""
    text = decode(query)
    head = head_of(text)
    found = spoken_of(text, len(head))
    words = frozenset([token.word for token in found])
    refuse(found, words, asks=bool(services))
    check_words(text, found)
    if "GRAPH" in words:
        check_variables(found)
    prologue = Prologue(found, known_prefixes(names, head), names.base)
    dataset = asked or (dataset_of(text, found, prologue) if "FROM" in words else EVERYTHING)
    respelt, spoken = respell(text, found, prologue)
    refuse_incomputable(spoken)
    whole, calls = cut_out(unfold(respelt, spoken, words), services)
    refuse_ours(whole)
    whole = say_expressions(whole) if has_expressions(spoken) else whole
    said = f"{dataset or _EVERYTHING}\n{normal(spoken)}"
    known = tuple(spoken) if whole == respelt and len(spoken) <= KEPT else ()
    varies = bool(calls) or not words.isdisjoint(_VARYING)
    form = next((token.word for token in found if token.word in FORMS), "")
    return Prepared(form, whole, dataset, calls, varies, _digest(said), known), said


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode(errors="surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class _Template:
    """What is known of all queries that differ alone in what stands in the holes."""

    form: str
    dataset: Dataset
    text: Sequence[str]
    """What stands around the holes of the text; and of what digests are made of."""
    said: Sequence[str]
    query: Query
    holes: Sequence[str]

    def prepared(self, terms: Sequence[str]) -> Prepared:
        """The query with terms in its holes."""
        text, digest = rejoined(self.text, terms), _digest(rejoined(self.said, terms))
        plan = Plan(self.query, dict(zip(self.holes, terms, strict=True)))
        return Prepared(self.form, text, self.dataset, digest=digest, plan=plan)


@lru_cache(maxsize=TEMPLATES)
def _template(
    text: str,
    holes: tuple[str, ...],
    names: Names,
    asked: Dataset | None,
    services: tuple[str, ...],
) -> _Template | None:
    """A query with holes, read, if that is to read it whatever stands in them.

    So it is where it is plain, and each stands once, as a term of a pattern or what is compared.
    """
    try:
        read, said = _read(text, names, asked, services)
    except (QueryRefused, SyntaxError):
        return None
    query = recognise(read.text, read.tokens)
    around, told = pieces_of(read.text, holes), pieces_of(said, holes)
    if query is None or around is None or told is None or read.varies:
        return None
    if not (query.sure and is_plain(query) and _terms(query).issuperset(holes)):
        return None
    return _Template(read.form, read.dataset, around, told, query, holes)


def _terms(query: Query) -> set[str]:
    """What a query's patterns and comparisons name, without datatypes."""
    return {constant.partition("^^")[0] for constant in constants(query)}
