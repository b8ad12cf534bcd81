"""Queries that count, drawn from a seed, and the dirty data that they are asked of."""

import random
from dataclasses import dataclass

XSD = "http://www.w3.org/2001/XMLSchema#"
TERMS = (
    "<http://x/a>",
    "<http://x/b>",
    "_:b1",
    '"a"',
    '"A"',
    '"a"@en',
    '"a"@en-GB',
    '"line\\nbreak\\ttab \\"quoted\\""',
    '"1"',
    *(f'"{n}"^^<{XSD}integer>' for n in ("1", "01", "2", "-3", "7", "not")),
    *(f'"{n}"^^<{XSD}decimal>' for n in ("1.0", "2.50", "-0.25")),
    *(f'"{n}"^^<{XSD}double>' for n in ("1.0E0", "2.5", "NaN", "INF")),
    f'"1.5"^^<{XSD}float>',
    f'"true"^^<{XSD}boolean>',
    *(f'"{d}"^^<{XSD}date>' for d in ("2015-05-22", "2014-06-10", "bad")),
    f'"2015-05-22T10:00:00Z"^^<{XSD}dateTime>',
    '"x"^^<http://x/own>',
)
NUMBERS = tuple(term for term in TERMS if "integer" in term or "decimal" in term)
CONSTANTS = ("1", "2.50", "x:a", "'a'")
KINDS = (TERMS, NUMBERS[:-4], NUMBERS, TERMS[:9])
"""What stands behind each predicate: anything, integers, exact numbers, words."""


def dirty(seed: int) -> str:
    """N-Quads: some statements stand in two graphs."""
    draw, lines = random.Random(seed), set()
    for number in range(60):
        for p, terms in enumerate(KINDS):
            for _ in range(draw.choice((0, 1, 1, 2))):
                graph = f"<http://x/g{draw.randrange(2)}>"
                lines.add(f"<http://x/s{number}> <http://x/p{p}> {draw.choice(terms)} {graph} .")
                if draw.random() < 0.2:
                    lines.add(
                        f"<http://x/s{number}> <http://x/p{p}> {draw.choice(terms)} <http://x/g> ."
                    )
        lines.add(
            f"<http://x/s{number}> <http://x/to> <http://x/s{draw.randrange(60)}> <http://x/g> ."
        )
    return "\n".join(sorted(lines)) + "\n"


@dataclass
class Drawing:
    """One query in the making."""

    draw: random.Random

    def __post_init__(self):
        self.names = ["s"]
        self.bound = {}

    def pattern(self, *, subject="s"):
        p = self.draw.randrange(len(KINDS))
        kind = self.draw.random()
        name = self.draw.choice("vwVW") + str(p)
        if kind < 0.08:
            return f"?{subject} x:to/x:p{p} ?{self.named(name)} ."
        if kind < 0.14:
            return f"?{subject} ^x:to/x:p{p} ?{self.named(name)} ."
        if kind < 0.2:
            return f"?{subject} x:p{p} {self.draw.choice(CONSTANTS)} ."
        if kind < 0.25:
            return f"?{subject} ?{self.named('p')} ?{self.named(name)} ."
        return f"?{subject} x:p{p} ?{self.named(name)} ."

    def named(self, name):
        if name not in self.names:
            self.names.append(name)
        return name

    def any(self):
        return f"?{self.draw.choice(self.names)}"

    def test(self):
        x, y = self.any(), self.any()
        return self.draw.choice((
            f"{x} > 1", f"{x} = {y}", f"{x} != 1.0", f"isLiteral({x}) || {y} < 3", f"BOUND({x})",
            f"regex(STR({x}), 'a', 'i')", f"{x} IN (1, 'a', x:a)", f"LANG({x}) = 'en'",
            f"{x} >= '2015-01-01'^^xsd:date", f"!({x} < {y})", f"sameTerm({x}, {y})", "1 = 1",
        ))  # fmt: skip

    def expression(self):
        x, y = self.any(), self.any()
        return self.draw.choice((
            f"STR({x})", f"{x} + 1", f"{x} * {y}", f"COALESCE({x}, {y})", f"DATATYPE({x})",
            f"IF(BOUND({x}), {y}, 'no')", f"STRLEN(STR({x}))", f"xsd:integer({x})", f"YEAR({x})",
        ))  # fmt: skip

    def element(self):
        before = list(self.names)
        kind = self.draw.random()
        if kind < 0.5:
            return self.pattern() if kind < 0.4 else self.without()
        if kind < 0.68:
            inner = self.pattern() + (f" FILTER({self.test()})" if self.draw.random() < 0.3 else "")
            return f"OPTIONAL {{ {inner} }}"
        if kind < 0.78:
            return f"{{ {self.pattern()} }} UNION {{ {self.pattern()} }}"
        if kind < 0.86:
            self.named(name := f"n{len(before)}")
            self.names, after = before, self.names
            text = f"BIND({self.expression()} AS ?{name})"
            self.names = after
            return text
        if kind < 0.93:
            return f"VALUES ?{self.named('s')} {{ x:s1 x:s2 x:s2 x:s3 x:none }}"
        return f"VALUES (?s ?{self.named('z')}) {{ (x:s1 1) (x:s5 UNDEF) (x:s5 'a'@en) }}"

    def without(self):
        """What asks for a group that binds nothing outside."""
        word = self.draw.choice(("MINUS", "FILTER EXISTS", "FILTER NOT EXISTS"))
        before, self.names = self.names, ["s"]
        parts = [self.pattern() for _ in range(self.draw.choice((1, 1, 2)))]
        if self.draw.random() < 0.3:
            parts.append(f"FILTER({self.test()})")
        self.names = before
        return f"{word} {{ {' '.join(parts)} }}"

    def aggregate(self):
        distinct = self.draw.choice(("", "", "DISTINCT "))
        function = self.draw.choice(
            ("COUNT",) * 5 + ("SUM", "SUM", "AVG", "MIN", "MAX", "GROUP_CONCAT")
        )
        of = self.expression() if self.draw.random() < 0.2 else self.any()
        if function == "COUNT" and self.draw.random() < 0.4:
            return "COUNT(*)"
        if function == "COUNT" and of[1:] not in self.names:
            self.bound[f"COUNT({distinct}{of})"] = f"e{len(self.bound)}", of, distinct
        return f"{function}({distinct}{of})"

    def meant(self, text, where):
        """The query as the engine counts rightly.

        Where an expression is in error for some solution, the engine gives no count at all; of a
        variable that BIND sets it counts what is bound, as the standard has it of both.
        """
        binds = []
        for call, (name, of, distinct) in self.bound.items():
            text = text.replace(call, f"COUNT({distinct}?{name})")
            binds.append(f"BIND({of} AS ?{name})")
        return text.replace(where, f"{{ {where} {' '.join(binds)} }}") if binds else text


NAMED = {"SUM": "sum", "AVG": "sum", "MIN": "end", "MAX": "end", "GROUP_CONCAT": "words"}


def queries(seed: int, many: int):
    """Queries as text, and as the engine answers them rightly."""
    for number in range(many):
        drawing = Drawing(random.Random(f"{seed}-{number}"))
        yield _query(drawing, drawing.draw)


def _query(drawing, draw):
    elements = [drawing.pattern()] + [drawing.element() for _ in range(draw.randrange(4))]
    if draw.random() < 0.5:
        elements.append(f"FILTER({drawing.test()})")
    names = draw.sample(drawing.names, min(len(drawing.names), draw.choice((0, 1, 1, 2))))
    keys = [f"?{name}" for name in names]
    conditions = list(keys)
    if draw.random() < 0.15:
        conditions.append(f"({drawing.expression()} AS ?k)")
        keys.append("?k")
    shown = list[str]()
    for number in range(draw.choice((1, 1, 2, 3))):
        call = drawing.aggregate()
        shown.append(f"({call} AS ?{NAMED.get(call.partition('(')[0], 'count')}{number})")
    where = f"{{ {' '.join(elements)} }}"
    text = f"SELECT {' '.join(keys + shown)} {where}"
    if conditions:
        text += f" GROUP BY {' '.join(conditions)}"
    if draw.random() < 0.25:
        text += f" HAVING({draw.choice(('COUNT(*) > 1', f'COUNT(DISTINCT {drawing.any()}) < 4'))})"
    if draw.random() < 0.25:
        order = " ".join(f"STR({k}) STR(DATATYPE({k})) LANG({k})" for k in keys)
        text += f" ORDER BY DESC(COUNT(*)) {order}"
        if "_:" not in text and draw.random() < 0.5:
            text += f" LIMIT {draw.randrange(1, 9)}"
    return text, drawing.meant(text, where)
