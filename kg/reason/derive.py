"""Runs the rules over their premises, in order; what each derives is a graph of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Final, TypeVar

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryTriples,
    Triple,
    Variable,
)

from kg.names import Names
from kg.reason.premises import Premises
from kg.runs import in_order

ORDER: Final = (
    "wholes",
    "chains",
    "asserted",
    "firing",
    "origins",
    "events",
    "states",
    "evidence",
    "rivals",
    "turns",
    "days",
    "moments",
    "members",
    "periods",
    "questions",
    "figures",
    "roles",
    "event-conflicts",
    "hold-conflicts",
    "figure-conflicts",
    "disagreements",
    "disputed",
)
"""Each rule may use what those before it derived."""

SCRATCH: Final = "urn:whoholds:scratch#"
EACH: Final = 200
"""How many things one run of a rule is about: what bounds the memory that it takes."""
CHUNK: Final = 40_000
"""How many derived quads are stored at once."""

_HEAD: Final = re.compile(r"^# (rule|version|into|says): (.+)$", re.MULTILINE)
_EACH: Final = re.compile(r"^# each: (.+)$", re.MULTILINE)
_WHERE: Final = re.compile(r"^WHERE ", re.MULTILINE)

T = TypeVar("T")
Value = NamedNode | BlankNode | Literal | Triple
Keep = Callable[[list[Quad]], None]
"""Is given what a rule derives, some quads at a time."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, its version, what it says in English, and its CONSTRUCT query.

    `each` are patterns with one variable, as `?claim a wh:Claim`. What the rule says of a thing
    that fits one of them does not depend on the other things: it may be run for some at a time.
    """

    name: str
    version: str
    says: str
    query: str
    each: tuple[tuple[str, str, str], ...]
    scratch: bool

    @property
    def variable(self) -> str:
        """The variable of `each`: ?claim"""
        return next(word for word in self.each[0] if word.startswith("?"))

    def iri(self, names: Names) -> str:
        """What prov:wasGeneratedBy of a derived thing names: rule:periods.1"""
        return names.iri("rule", f"{self.name}.{self.version}")


@cache
def load_rules() -> tuple[Rule, ...]:
    """The shipped rules in their order."""
    return tuple(_read_rule(Path(__file__).parent / "rules" / f"{name}.rq") for name in ORDER)


def _read_rule(path: Path) -> Rule:
    text = path.read_text("utf-8")
    head = text[: text.index("CONSTRUCT")]
    found = dict(_HEAD.findall(head))
    says = " ".join(re.sub(r"^#\s*(says:)?", "", line).strip() for line in _says_lines(head))
    each = tuple((s, p, o) for s, p, o in map(str.split, _EACH.findall(head)))
    return Rule(found["rule"], found["version"], says, text, each, found.get("into") == "scratch")


def _says_lines(head: str) -> Iterator[str]:
    lines = head.splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("# says:"))
    yield from lines[first:]


def premises(names: Names, *queries: str, folder: Path | None = None) -> Premises:
    """Room for what the rules read, and further queries: on disk in a folder, else in memory."""
    read = (*(rule.query for rule in load_rules()), *queries)
    return Premises(read, names.prefixes() | {"scratch": SCRATCH}, folder)


def derive(given: Premises, names: Names, keep: Keep) -> Iterator[tuple[str, int]]:
    """Runs every rule over the premises; yields each rule's name and number of quads.

    graph:derived/periods { period:aven-bridge--free-valley--all--aven-bridge-takeover
        a wh:ControlPeriod ; wh:controller actor:free-valley ;
        prov:wasDerivedFrom claim:aven.taken }

    `keep` is given these quads. What only later rules need stays with the premises, which grow.
    """
    for rule in load_rules():
        given.settle()
        graph, count = NamedNode(names.graph(f"derived/{rule.name}")), 0
        for triples in _chunks(_run(given, rule, names), CHUNK):
            found = set(triples)
            given.extend(found)
            if not rule.scratch:
                keep([Quad(t.subject, t.predicate, t.object, graph) for t in found])
                count += len(found)
        if not rule.scratch:
            yield rule.name, count


def _run(given: Premises, rule: Rule, names: Names) -> Iterator[Triple]:
    """What a rule derives: run for some things at a time, so that memory stays small."""
    stated: dict[Variable, Value] = {}
    if "?rule" in rule.query:
        stated[Variable("rule")] = NamedNode(rule.iri(names))
    for things in _chunks(_things(given, rule), EACH):
        found = given.store.query(
            _about(rule, things),
            base_iri=names.base,
            prefixes=given.prefixes,
            substitutions=stated,
        )
        if not isinstance(found, QueryTriples):
            raise TypeError(f"rule {rule.name} is no CONSTRUCT")
        yield from found


def _things(given: Premises, rule: Rule) -> Iterator[str]:
    """What a rule is about, by name: what is near each other there is looked up together."""
    return in_order((str(thing) for thing in _found(given, rule)), given.room)


def _found(given: Premises, rule: Rule) -> Iterator[Value]:
    for pattern in rule.each:
        _, predicate, object_ = (_node(word, given.prefixes) for word in pattern)
        quads = given.store.quads_for_pattern(None, predicate, object_, DefaultGraph())
        role = attrgetter("object" if pattern[2] == rule.variable else "subject")
        yield from map(role, quads)


def _node(word: str, prefixes: dict[str, str]) -> NamedNode | None:
    """The node that a word of a pattern names: none for a variable and for []."""
    prefix, colon, name = ("rdf", ":", "type") if word == "a" else word.partition(":")
    return NamedNode(prefixes[prefix] + name) if colon else None


def _about(rule: Rule, things: list[str]) -> str:
    """A rule's query, run for each of these things by itself.

    LATERAL (https://github.com/w3c/sparql-dev/blob/main/SEP/SEP-0006/sep-0006.md) makes the store
    look up what there is about one thing, then the next, where a join would first collect all.
    """
    lateral = f"WHERE {{ VALUES {rule.variable} {{ {' '.join(things)} }} LATERAL "
    return f"{_WHERE.sub(lateral, rule.query, count=1)}}}"


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    remaining = iter(items)
    while chunk := list(islice(remaining, size)):
        yield chunk
