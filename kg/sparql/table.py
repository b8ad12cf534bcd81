"""Solutions as a table of terms, each as N-Triples spells it: what columns give.

Their JSON is written from what is there; the other formats are the engine's, which reads them as
VALUES, or that JSON. https://www.w3.org/TR/sparql11-results-json/
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from pyoxigraph import QueryResultsFormat, QuerySolutions, Store, parse_query_results

Term: TypeAlias = str | None
"""A term as N-Triples spells it; None where there is none."""
_LONG: Final = re.compile(r"\\(?:U([0-9A-F]{8})|.)")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of terms, column by column."""

    names: Sequence[str]
    columns: Sequence[Sequence[Term]]
    rows: int
    shown: Sequence[str] | None = None
    """The variables of its head, where they are not these: some may have no term in any row."""

    @property
    def head(self) -> Sequence[str]:
        """The variables of its head."""
        return self.names if self.shown is None else self.shown

    def values(self) -> str:
        """VALUES (?name) { (<http://x/iri>) ("word"@en) (UNDEF) }"""
        head = " ".join(f"?{name}" for name in self.names)
        columns = [("UNDEF" if term is None else term for term in c) for c in self.columns]
        rows = map(" ".join, zip(*columns, strict=True)) if columns else [""] * self.rows
        return f"VALUES ({head}) {{ {' '.join(f'({row})' for row in rows)} }}"

    def solutions(self) -> QuerySolutions:
        """The same from the engine."""
        if any(
            term is not None and term.startswith("_:") for column in self.columns for term in column
        ):
            return self._read()
        head = " ".join(f"?{name}" for name in self.head) or "*"
        found = Store().query(f"SELECT {head} {{ {self.values()} }}")
        if not isinstance(found, QuerySolutions):
            raise TypeError(head)
        return found

    def _read(self) -> QuerySolutions:
        """The same where there are nodes without a name, which VALUES cannot have."""
        found = parse_query_results(self.json().encode(), QueryResultsFormat.JSON)
        if not isinstance(found, QuerySolutions):
            raise TypeError(self.head)
        return found

    def json(self) -> str:
        """{"head":{"vars":["name"]},"results":{"bindings":[{"name":{"type":"uri","value":"…"}}]}}"""
        head = ",".join(f'"{name}"' for name in self.head)
        named = zip(self.names, self.columns, strict=True)
        cells = [[_cell(name, term) for term in column] for name, column in named]
        rows: Iterable[str] = (
            (",".join(filter(None, row)) for row in zip(*cells, strict=True))
            if cells
            else [""] * self.rows
        )
        bindings = ",".join(f"{{{row}}}" for row in rows)
        return f'{{"head":{{"vars":[{head}]}},"results":{{"bindings":[{bindings}]}}}}'


def _cell(name: str, term: Term) -> str:
    """A variable and what it is: nothing where it is not bound."""
    if term is None:
        return ""
    if term.startswith("<"):
        return f'"{name}":{{"type":"uri","value":"{term[1:-1]}"}}'
    if term.startswith("_:"):
        return f'"{name}":{{"type":"bnode","value":"{term[2:]}"}}'
    end = term.rindex('"')
    text, kind = _of_json(term[1:end]), _kind(term[end + 1 :])
    return f'"{name}":{{"type":"literal","value":"{text}"{kind}}}'


def words_of(text: str) -> str:
    """What stands between the quotation marks of N-Triples, without escapes."""
    return str(json.loads(f'"{_of_json(text)}"', strict=False)) if "\\" in text else text


def _of_json(text: str) -> str:
    """The same as JSON has it: its escapes are those of N-Triples, but for the long one.

    https://www.w3.org/TR/n-triples/#grammar-production-ECHAR
    """
    if "\\U" not in text:
        return text
    return _LONG.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[0], text)


def _kind(behind: str) -> str:
    """The datatype or language of a literal, by what stands behind its words."""
    if behind.startswith("^^"):
        return f',"datatype":"{behind[3:-1]}"'
    language, _, direction = behind[1:].partition("--")
    toward = f',"its:dir":"{direction}"' if direction else ""
    return f',"xml:lang":"{language}"{toward}' if language else ""
