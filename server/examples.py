"""Parameters that this release has an answer for: a question's own example, else from the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from kg.errors import QuestionError
from kg.question import Answer, Question, ask, load_question, load_questions
from kg.question.read import bind
from kg.release.read import Release
from server.facts import exists

SHOWN: Final = ("who-held", "disagreements", "quotations")
"""The questions that the first page asks."""

_TYPICAL: Final = {
    "place date": """
        SELECT ?place (MAX(?day) AS ?date) (COUNT(?period) AS ?count) WHERE {
          ?period a wh:ControlPeriod ; wh:place ?place ; wh:lastAttested ?day
        } GROUP BY ?place ORDER BY DESC(?count) ?place LIMIT 1""",
    "actor": """
        SELECT ?actor (COUNT(?voice) AS ?count) WHERE {
          ?voice a wh:DirectQuotation ; wh:speaker ?actor .
          FILTER NOT EXISTS { ?actor wh:inArticle ?article }
        } GROUP BY ?actor ORDER BY DESC(?count) ?actor LIMIT 1""",
    "claim article": """
        SELECT ?claim ?article WHERE {
          ?claim a wh:Claim ; wh:inArticle ?article
        } ORDER BY ?claim LIMIT 1""",
    "event": "SELECT ?event WHERE { ?event a wh:Event } ORDER BY ?event LIMIT 1",
}
"""Something often spoken of, by the kinds of parameters that it can be given for."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with parameters as text."""

    question: Question
    given: dict[str, str]

    @property
    def query(self) -> str:
        """The query string of its address, with the question mark."""
        return f"?{urlencode(self.given)}" if self.given else ""


def examples(release: Release) -> dict[str, Example]:
    """One example of each question, by name; those that this release has none for are left out."""
    typical = _typical(release)
    found = ((name, _example(q, release, typical)) for name, q in load_questions().items())
    return {name: example for name, example in found if example}


def shown(release: Release) -> list[tuple[Example, Answer]]:
    """The examples of the first page that have an answer, with it."""
    known = examples(release)
    asked = ((known[name], answer_to(known[name], release)) for name in SHOWN if name in known)
    return [(example, answer) for example, answer in asked if answer.rows]


def answer_to(example: Example, release: Release) -> Answer:
    """The answer to an example."""
    return ask(release.store, load_question(example.question.name), example.given, release.names)


def _example(question: Question, release: Release, typical: dict[str, str]) -> Example | None:
    own = [dict(word.split("=", 1) for word in line.split()) for line in question.examples]
    for given in own:
        if _fits(example := Example(question, given), release):
            return example
    used = {name for given in own[:1] for name in given}
    wanted = [p for p in question.parameters if p.required or p.name in used]
    if all(p.kind in typical for p in wanted if p.required):
        given = {p.name: typical[p.kind] for p in wanted if p.kind in typical}
        return Example(question, given)
    return None


def _fits(example: Example, release: Release) -> bool:
    """Whether the release knows every thing that the parameters name."""
    try:
        bound = bind(example.question, example.given, release.names)
    except QuestionError:
        return False
    named = (term.value for term in bound.values() if isinstance(term, NamedNode))
    return all(exists(release.store, iri) for iri in named)


def _typical(release: Release) -> dict[str, str]:
    """By kind of parameter, the text of one that is often spoken of."""
    found = dict(pair for query in _TYPICAL.values() for pair in _first_row(query, release))
    if "place" in found:
        found["thing"] = f"place/{found['place']}"
        found["origin"] = found.get("actor", "")
    return {kind: text for kind, text in found.items() if text}


def _first_row(query: str, release: Release) -> Iterator[tuple[str, str]]:
    names = release.names
    solutions: Any = release.store.query(
        query, base_iri=names.base, prefixes=names.prefixes(), use_default_graph_as_union=True
    )
    for row in solutions:
        for variable in solutions.variables:
            if row[variable] is not None and variable.value != "count":
                value = row[variable].value
                yield variable.value, (names.split(value) or ("", value))[1]
