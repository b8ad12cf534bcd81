"""Results that are cited: asked of a release, and asked again to see whether they are the same.

They are asked as the server asks them, from columns where there are any, so that what SPARQL leaves
open is chosen alike. Where something comes of it (kg.sparql.leeway) that is said: another server,
or the next version of this one, may choose otherwise, and be right, too.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kg.cite.digest import GRAPH, TABLE, digest_of
from kg.cite.permalink import Permalink
from kg.errors import CitationError, QueryRefused
from kg.names import Names
from kg.release.read import Release
from kg.sparql.dataset import Dataset
from kg.sparql.engine import check_syntax
from kg.sparql.leeway import Leeway, leeways
from kg.sparql.prepare import Prepared, prepare
from kg.sparql.results import write_result_to
from kg.sparql.run import execute


@dataclass(frozen=True, slots=True)
class Again:
    """What a cited query gives now: the digest of its result.

    `open` is what the query leaves open, in sentences, where the result is another.
    """

    digest: str
    open: tuple[str, ...] = ()


def cite_query(
    release: Release, query: str, dataset: Dataset | None = None
) -> tuple[Permalink, tuple[str, ...]]:
    """The permalink of a query's result over a release, and what the query leaves open.

    Raises CitationError, QueryRefused, and SyntaxError for what is no SPARQL.
    """
    asked = dataset or Dataset()
    prepared = prepare(query, release.names, asked)
    digest, rows = _digest(release, prepared)
    link = Permalink(query, asked, release.digest, digest, release.edition)
    return link, _left_open(release, prepared, rows)


def ask_again(editions: Sequence[Release], cited: Permalink) -> Again:
    """What is cited, where a release of the data that it cites gives that; else what the first has.

    Raises CitationError where it is another release, or the query is no SPARQL.
    """
    try:
        for release in editions:
            if _digest(release, _prepared(release, cited))[0] == cited.result:
                return Again(cited.result)
        query = _prepared(editions[0], cited)
        digest, rows = _digest(editions[0], query)
        return Again(digest, _left_open(editions[0], query, rows))
    except SyntaxError as error:
        raise CitationError(f"the query that it cites is not SPARQL ({error}).") from None


def may_leave_open(query: str) -> tuple[str, ...]:
    """What a query may leave open, by its text alone; nothing where it is no SPARQL."""
    try:
        prepared = prepare(query, Names("https://example.org/"))
        check_syntax(prepared.text)
    except (QueryRefused, SyntaxError):
        return ()
    return tuple(one.says for one in leeways(prepared.text))


def format_of(query: Prepared) -> str:
    """The format that the digest of a query's result is taken from.

    Raises CitationError for a query that does not have the same result each time.
    """
    if query.varies:
        raise CitationError(
            "its result may be another each time, by the clock, by chance (NOW, RAND, UUID, "
            "STRUUID) or by what another endpoint answers (SERVICE). Write the values in."
        )
    return GRAPH if query.graph else TABLE


def left_open(found: Sequence[Leeway], ask: Callable[[str], str]) -> tuple[str, ...]:
    """What a query leaves open, where asking for digests does not show that nothing comes of it."""
    return tuple(one.says for one in found if not _is_nothing(one, ask))


def _is_nothing(one: Leeway, ask: Callable[[str], str]) -> bool:
    """Whether both ends of it are the same."""
    try:
        return bool(one.probes) and all(len({*map(ask, probe)}) == 1 for probe in one.probes)
    except (CitationError, QueryRefused, SyntaxError):
        return False


def _prepared(release: Release, cited: Permalink) -> Prepared:
    """The query that is cited, for a release of the data that it cites. Raises CitationError."""
    if release.digest != cited.release:
        raise CitationError(
            f"the permalink cites release {cited.release}; this is {release.digest}."
        )
    return prepare(cited.query, release.names, cited.dataset)


def _left_open(release: Release, query: Prepared, rows: int) -> tuple[str, ...]:
    def ask(text: str) -> str:
        return _digest(release, replace(query, text=text, tokens=()))[0]

    return left_open(leeways(query.text, rows), ask)


def _digest(release: Release, query: Prepared) -> tuple[str, int]:
    """The digest of a result, and how many rows it has."""
    found = execute(release.store, query, release.names, release.columns)
    body = io.BytesIO()
    rows = write_result_to(found, format_of(query), release.names, body)
    body.seek(0)
    return digest_of(body, graph=query.graph), rows
