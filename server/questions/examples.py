"""Parameters that this release has an answer for: a question's own example, else from the data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from kg.errors import QuestionError
from kg.question import Answer, Parameter, Question, ask, load_questions
from kg.question.read import bind
from kg.release.read import Release
from server.show.facts import exists

SHOWN: Final = {
    "who-held": ("origin", "holder", "degree", "state"),
    "disagreements": ("kind", "about", "leftOrigin", "rightOrigin"),
    "quotations": ("words", "article"),
}
"""The questions that the first page asks, each with the columns that it shows."""
FORTNIGHT: Final = dt.timedelta(days=13)

_TYPICAL: Final = (
    """SELECT ?place (MAX(?day) AS ?date) (COUNT(?period) AS ?count) WHERE {
         ?period a wh:ControlPeriod ; wh:place ?place ; wh:lastAttested ?day
       } GROUP BY ?place ORDER BY DESC(?count) ?place LIMIT 1""",
    """SELECT (MIN(?begun) AS ?first) (MAX(?seen) AS ?last) WHERE {
         ?period a wh:ControlPeriod ; wh:beginLatest ?begun ; wh:lastAttested ?seen
       }""",
    """SELECT ?actor (COUNT(?voice) AS ?count) WHERE {
         ?voice a wh:DirectQuotation ; wh:speaker ?actor .
         FILTER NOT EXISTS { ?actor wh:inArticle ?article }
       } GROUP BY ?actor ORDER BY DESC(?count) ?actor LIMIT 1""",
    "SELECT ?claim ?article { ?claim a wh:Claim ; wh:inArticle ?article } ORDER BY ?claim LIMIT 1",
    "SELECT ?event { ?event a wh:Event } ORDER BY ?event LIMIT 1",
)
"""By kind of parameter, something often spoken of; and the first and last day of all periods."""


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
    typical = dict(pair for query in _TYPICAL for pair in _first_row(query, release))
    if "place" in typical:
        typical["thing"] = f"place/{typical['place']}"
    found = ((name, _example(q, release, typical)) for name, q in load_questions().items())
    return {name: example for name, example in found if example}


def shown(release: Release) -> list[tuple[Example, Answer]]:
    """The examples of the first page that have an answer, with it."""
    known = examples(release)
    asked = ((known[name], answer_to(known[name], release)) for name in SHOWN if name in known)
    return [(example, answer) for example, answer in asked if answer.rows]


def answer_to(example: Example, release: Release) -> Answer:
    """The answer to an example."""
    return ask(release.store, example.question, example.given, release.names)


def _example(question: Question, release: Release, typical: dict[str, str]) -> Example | None:
    own = [dict(word.split("=", 1) for word in line.split()) for line in question.examples]
    for given in own:
        if _fits(example := Example(question, given), release, typical):
            return example
    used = {name for given in own[:1] for name in given}
    wanted = [p for p in question.parameters if p.required or p.name in used]
    given = {p.name: text for p in wanted if (text := _drawn(p, typical))}
    return Example(question, given) if all(p.name in given for p in wanted if p.required) else None


def _drawn(parameter: Parameter, typical: dict[str, str]) -> str | None:
    """A value from the data; of two days, the first is a fortnight before the last."""
    text = typical.get(parameter.kind)
    if text and parameter.kind == "date" and parameter.name == "from":
        return (dt.date.fromisoformat(text) - FORTNIGHT).isoformat()
    return text


def _fits(example: Example, release: Release, typical: dict[str, str]) -> bool:
    """Whether the release knows all that the parameters name, and has periods about then."""
    try:
        bound = bind(example.question, example.given, release.names)
    except QuestionError:
        return False
    named = (term.value for term in bound.values() if isinstance(term, NamedNode))
    dated = (p.name for p in example.question.parameters if p.kind == "date")
    days = [bound[name].value for name in dated if name in bound]
    then = not days or (min(days) <= typical.get("last", "") and max(days) >= typical["first"])
    return then and all(exists(release.store, iri) for iri in named)


def _first_row(query: str, release: Release) -> Iterator[tuple[str, str]]:
    names = release.names
    solutions: Any = release.store.query(query, base_iri=names.base, prefixes=names.prefixes())
    for row in solutions:
        for variable in solutions.variables:
            if row[variable] is not None and variable.value != "count":
                value = row[variable].value
                yield variable.value, (names.split(value) or ("", value))[1]
