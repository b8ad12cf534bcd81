"""Runs the rules over a store, in order, and keeps what each derives in its own graph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Quad, QueryTriples, Store, Variable

from kg.names import Names

ORDER: Final = (
    "wholes",
    "chains",
    "firing",
    "origins",
    "events",
    "evidence",
    "rivals",
    "moments",
    "endings",
    "members",
    "periods",
    "questions",
    "disagreements",
    "disputed",
)
"""Each rule may use what those before it derived."""

SCRATCH: Final = "urn:whoholds:scratch#"
_HEAD: Final = re.compile(r"^# (rule|version|into|says): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, its version, what it says in English, and its CONSTRUCT query."""

    name: str
    version: str
    says: str
    query: str
    scratch: bool

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
    return Rule(found["rule"], found["version"], says, text, found.get("into") == "scratch")


def _says_lines(head: str) -> Iterator[str]:
    lines = head.splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("# says:"))
    yield from lines[first:]


def derive(store: Store, names: Names) -> Iterator[tuple[str, int]]:
    """Adds what every rule derives to a store, and yields each rule's name and number of quads.

        graph:derived/periods { period:aven-bridge--free-valley--rule.all-sources--aven-bridge-takeover
            a wh:ControlPeriod ; wh:controller actor:free-valley ; prov:wasDerivedFrom claim:aven.taken }
    """
    scratch = NamedNode(f"{SCRATCH}graph")
    for rule in load_rules():
        graph = scratch if rule.scratch else NamedNode(names.graph(f"derived/{rule.name}"))
        quads = [Quad(*triple, graph) for triple in _run(store, rule, names)]
        store.bulk_extend(quads)
        if not rule.scratch:
            yield rule.name, len(set(quads))
    store.remove_graph(scratch)


def _run(store: Store, rule: Rule, names: Names) -> QueryTriples:
    stated = {Variable("rule"): NamedNode(rule.iri(names))} if "?rule" in rule.query else {}
    found = store.query(
        rule.query,
        base_iri=names.base,
        prefixes=names.prefixes() | {"scratch": SCRATCH},
        use_default_graph_as_union=True,
        substitutions=stated,
    )
    if not isinstance(found, QueryTriples):
        raise TypeError(f"rule {rule.name} is no CONSTRUCT")
    return found
