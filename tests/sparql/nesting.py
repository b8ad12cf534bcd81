"""Groups in groups, drawn from a seed, whose few names stand inside and out; and few statements."""

from __future__ import annotations

import random
from dataclasses import dataclass

from sparql.algebra import MOST, Element, Group, Test, Triples

NODES = ("x:a", "x:b", "x:c")
VERBS = ("x:p", "x:q", "x:r")
NAMES = ("?a", "?b", "?c", "?d")
KINDS = (
    *("triple", "optional", "optional", "minus", "exists", "exists", "filter", "union", "group"),
    *("bind", "values", "select", "graph"),
)


@dataclass
class Drawing:
    """One case in the making."""

    draw: random.Random
    made: int = 0

    def statements(self) -> Triples:
        """Statements, each once."""
        kinds, many = (NODES, VERBS, NODES), self.draw.choice((4, 8, 14))
        drawn = {tuple(map(self.draw.choice, kinds)) for _ in range(many)}
        return sorted(drawn)  # type: ignore[arg-type]

    def whole(self) -> Group:
        """What a query asks for: a group or two between patterns that bind what they name."""
        parts = [self.wide(), self.element(3), self.wide()]
        if self.draw.random() < 0.3:
            parts.insert(self.draw.randrange(3), self.element(3))
        return tuple(parts)

    def group(self, depth: int) -> Group:
        """A group that may have others in it."""
        first = self.wide() if self.draw.random() < 0.85 else self.element(depth)
        more = self.draw.choice((0, 1, 1, 2) if depth else (0, 0, 1))
        return (first, *(self.element(depth) for _ in range(more)))

    def wide(self) -> Element:
        """A pattern with two names or three: the engine takes that one last."""
        subject, thing = self.draw.sample(NAMES, 2)
        verb = "?v" if self.draw.random() < 0.2 else self.draw.choice(VERBS)
        return ("triple", subject, verb, thing)

    def end(self) -> str:
        return self.draw.choice(NAMES if self.draw.random() < 0.88 else NODES)

    def element(self, depth: int) -> Element:
        """A part of a group."""
        kind = self.draw.choice(KINDS) if depth else "triple"
        if kind in ("optional", "minus", "group", "graph", "union"):
            many = 1 + (kind == "union")
            return (kind, *(self.group(depth - 1) for _ in range(many)))
        if kind in ("filter", "exists"):
            return ("filter", self.test(depth, kind))
        if kind == "bind":
            return self.named(depth)
        if kind == "triple":
            return ("triple", self.end(), self.draw.choice(VERBS), self.end())
        names = tuple(sorted({self.draw.choice(NAMES) for _ in range(2)}))
        if kind == "select":
            return (kind, names, self.group(depth - 1), self.draw.choice((MOST, MOST, 1)))
        rows = [self.draw.choices((*NODES, "UNDEF"), k=len(names)) for _ in range(2)]
        return (kind, names, tuple(map(tuple, rows)))

    def named(self, depth: int) -> Element:
        """A BIND."""
        self.made += 1
        term = ("term", self.draw.choice(NAMES))
        what = term if self.draw.random() < 0.6 else self.test(depth, "exists")
        return ("bind", what, f"?n{self.made}")

    def test(self, depth: int, kind: str) -> Test:
        """What a filter asks."""
        name, other = self.draw.choice(NAMES), self.draw.choice((*NAMES, *NODES))
        tests = (("=", name, other), ("bound", name))
        if kind == "filter":
            either = ("or", *tests)
            return self.draw.choice((*tests, either, ("not", tests[0]), ("not", tests[1])))
        exists = ("exists", self.group(depth - 1))
        return self.draw.choice((exists, ("not", exists), ("or", exists, self.draw.choice(tests))))
