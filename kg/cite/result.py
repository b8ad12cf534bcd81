"""Results that are cited: asked of a release, and asked again to see whether they are the same."""

from __future__ import annotations

import io

from kg.cite.digest import GRAPH, TABLE, digest_of
from kg.cite.permalink import Permalink
from kg.errors import CitationError
from kg.release.read import Release
from kg.sparql.dataset import Dataset
from kg.sparql.results import write_result
from kg.sparql.run import Prepared, execute, prepare


def cite_query(release: Release, query: str, dataset: Dataset | None = None) -> Permalink:
    """The permalink of a query's result over a release.

    Raises CitationError, QueryRefused, and SyntaxError for what is no SPARQL.
    """
    asked = dataset or Dataset()
    return Permalink(query, asked, release.digest, _digest(release, query, asked))


def is_same(release: Release, cited: Permalink) -> bool:
    """Whether a release still gives the result that a permalink was made of.

    Raises CitationError where it is another release, or the query is no SPARQL.
    """
    if release.digest != cited.release:
        raise CitationError(
            f"the permalink cites release {cited.release}; this is {release.digest}."
        )
    try:
        return _digest(release, cited.query, cited.dataset) == cited.result
    except SyntaxError as error:
        raise CitationError(f"the query that it cites is not SPARQL ({error}).") from None


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


def _digest(release: Release, query: str, dataset: Dataset) -> str:
    prepared = prepare(query, release.names, dataset)
    found = execute(release.store, prepared, release.names)
    body = io.BytesIO(write_result(found, format_of(prepared), release.names))
    return digest_of(body, graph=prepared.graph)
