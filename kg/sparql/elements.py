"""Which properties RDF/XML can write: each becomes an element, whose name XML restricts.

https://www.w3.org/TR/rdf-syntax-grammar/#section-Namespace
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from pyoxigraph import Triple

from kg.errors import QueryRefused
from kg.names import VOCABULARIES

_FIRST: Final = (
    "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME: Final = re.compile(rf"[{_FIRST}][{_FIRST}0-9.\-\u00b7\u0300-\u036f\u203f-\u2040]*\Z")
"""https://www.w3.org/TR/xml-names/#NT-NCName"""
_WORDS: Final = """
    RDF ID about bagID parseType resource nodeID datatype Description li aboutEach aboutEachPrefix
"""
_RESERVED: Final = frozenset(VOCABULARIES["rdf"] + word for word in _WORDS.split())
"""https://www.w3.org/TR/rdf-syntax-grammar/#coreSyntaxTerms and what stands beside them"""


def writable(triples: Iterable[Triple]) -> Iterator[Triple]:
    """The same triples. Raises QueryRefused at a property that RDF/XML has no name for."""
    for triple in triples:
        if not _is_writable(triple.predicate.value):
            raise QueryRefused(
                f"<{triple.predicate.value}> cannot be written as RDF/XML, in which a property "
                "ends in a name. Ask for Turtle, or another form."
            )
        yield triple


@lru_cache(maxsize=4096)
def _is_writable(iri: str) -> bool:
    return _NAME.search(iri) is not None and iri not in _RESERVED
