"""Queries for rows, drawn from a seed, and data that tempts: texts, days, chains and cycles."""

import random
from dataclasses import dataclass, field
from typing import Final

XSD = "http://www.w3.org/2001/XMLSchema#"
TEXTS = (
    *('"a"', '"A"', '"ab"', '"abb"', '"ac"', '"AB"@en', '"a"@en', '"a.b"@en-GB', '"a+b"', '"(a)"'),
    *('"Kelvin \u212a"', '"kelvin k"', '"\u017ftadt"@de', '"Stadt S"@de', '"\u0130stanbul"@tr'),
    *('"i\u0307st"', '"Stra\u00dfe"', '"STRASSE"', '"\u1e9e"', '"\u039f\u0394\u039f\u03a3"@el'),
    *('"\u03bf\u03b4\u03bf\u03c2"@el', '"\u03bf\u03b4\u03bf\u03c3"', '"\u062f\u0645\u0634"@ar'),
    *('"say \\"ab\\" b"', '"back\\\\slash"', '"tab\\tand\\nline"', '"a\u0085b\u2028c"'),
    *('"a\\u007Fb"', '"\u062f\\uFFFE\u0645"', '"\\uFFFF"', '"\U00010d50b"', '""', '" "', '"1"'),
)  # fmt: skip
DAYS = (
    *("2015-05-22", "2015-05-23", "2014-06-10", "2015-05-22Z", "2015-05-22+02:00"),
    "2015-05-22-14:00",
    *("-0044-03-15", "0000-01-01", "12015-01-01", "2015-02-30", "2015-02-28", "2015-5-22", "bad"),
    *("9999-12-31", "0001-01-01", "2016-02-29", "2015-02-29", "2015-13-01", ""),
)  # fmt: skip
TIMES = ("2015-05-22T00:00:00", "2015-05-22T00:00:00Z", "2015-05-22T02:00:00+02:00", "2015-05-22")
DATED = (
    *(f'"{day}"^^<{XSD}date>' for day in DAYS),
    *(f'"{time}"^^<{XSD}dateTime>' for time in TIMES),
    *(f'"2015"^^<{XSD}gYear>', '"2015-05-22"', '"2015-05-22"@en', '"2015-05-22"^^<http://x/date>'),
    f'"2015-05"^^<{XSD}gYearMonth>',
)
NUMBERS = (
    *(f'"{n}"^^<{XSD}integer>' for n in ("1", "01", "2", "-3", "7", "not")),
    *(f'"{n}"^^<{XSD}decimal>' for n in ("1.0", "2.50")),
    *(f'"{n}"^^<{XSD}double>' for n in ("1.0E0", "-0.0", "0", "NaN", "INF")),
    *(f'"{n}"^^<{XSD}boolean>' for n in ("true", "1", "0")),
    *(f'"1"^^<{XSD}int>', f'"1.5"^^<{XSD}float>'),
)
THINGS = tuple(f"<http://x/s{number}>" for number in range(12))
IRIS = ("<http://x/p0>", "<http://x/Stra\u00dfe>", "<http://x/\u0130>", "<http://x/a%20b>")
KINDS = (TEXTS, DATED, (*NUMBERS, *IRIS), (*TEXTS[:4], *DATED[:4], *NUMBERS[:4], *THINGS, *IRIS))
"""What stands behind each predicate: texts, days, numbers, anything."""
NEEDLES = (
    *("'a'", '"A"', "'ab'", "'b'", "'S'", "'s'", "'k'", "'K'", "'\u212a'", "'\u017f'", "'i'"),
    *("'\u0130'", "'\u00df'", "'ss'", "'\u03c3'", "'\u03c2'", "'\u03a3'", "'\u062f'"),
    "'\u0645\u0634'",
    *("'''say \"ab\"'''", r"'\"ab\"'", r"'\\s'", r"'\t'", r"'d\nl'", "'\u0085'", "'\u2028c'", "''"),
    *("'\x7f'", "'\u062f\ufffe'", "'\uffff'", "'\U00010d50'", "'\U00010d70b'", "'a.b'", "'a+'"),
    *("'(a)'", "'tan'", "'STAN'", "'\u0307s'", "'dt s'", '"""\'"""', "'FFE'", "'u00'", "'@en'"),
    *("'2015'", "'-05-22'", "'http'", "'/s1'", "'date'", "'1'", "'.0'", "'%20'", "'TRUE'"),
)  # fmt: skip
SHAPES = (
    *("a+b", "ab+*c", "ab+?*c", "ab??b", "ab*c", "^a", "b$", "a.b", "a\\\\.b", "[ab]", "a|k"),
    "(?i)AB",
    *("s", "K", "k", "\u017f", "\u212a", "stadt", "\u00df", "STRASSE", "\u03c2", "\u03a3", "ab{0}"),
    *("\u062f.\u0645", "a b", "a # b", "\\\\d+", "^$", "a+b+", "abb?", "\\\\(a", '\\"ab', "d.l"),
    *("\U00010d70", "\u0307", "TAN", "^ab", "^and", "^line$", "+", "*a", "(", "\\\\u0061", "x{2}"),
)  # fmt: skip
FLAGS = ("", "", ", 'i'", ", 'i'", ", 's'", ", 'm'", ", 'x'", ", 'im'", ", 'isx'", ", 'q'", ", 'z'")


def tempting(seed: int) -> str:
    """N-Quads: some statements stand in two graphs; what leads to another leads on, or back."""
    draw, lines = random.Random(seed), set()
    for thing in (*THINGS, "_:b1") if seed % 2 else THINGS:
        for number, terms in enumerate(KINDS):
            for term in draw.sample(terms, min(len(terms), draw.choice((0, 2, 4, 6)))):
                graph = f"<http://x/g{draw.randrange(2)}>"
                lines.add(f"{thing} <http://x/p{number}> {term} {graph} .")
                if draw.random() < 0.1:
                    lines.add(f"{thing} <http://x/p{number}> {term} <http://x/g> .")
        for _ in range(draw.choice((0, 1, 1, 2))):
            other = draw.choice(THINGS)
            lines.add(f"{thing} <http://x/to> {other} <http://x/g> .")
        lines.add(f"{thing} <http://x/p0> {draw.choice(TEXTS)} <http://x/g> .")
    for line in (
        "<http://x/c0> <http://x/to> <http://x/c1>",
        "<http://x/c1> <http://x/to> <http://x/c2>",
        "<http://x/c2> <http://x/to> <http://x/c3>",
        "<http://x/c3> <http://x/to> <http://x/c1>",
        "<http://x/c3> <http://x/to> <http://x/c3>",
        "<http://x/c2> <http://x/to> <http://x/s0>",
        "<http://x/p0> <http://x/p3> <http://x/to>",
        "<http://x/p1> <http://x/p1> <http://x/p1>",
        "<http://x/p1> <http://x/p1> <http://x/s1>",
        "<http://x/p2> <http://x/to> <http://x/p2>",
        "<http://x/only> <http://x/seldom> <http://x/only>",
    ):
        lines.add(f"{line} <http://x/g> .")
    return "\n".join(sorted(lines)) + "\n"


@dataclass
class Drawing:
    """One query in the making."""

    draw: random.Random
    names: list[str] = field(default_factory=lambda: ["s"])
    made: int = 0
    blank: int = 0

    def __post_init__(self):
        self.narrow = self.chance(0.25)
        """Whether few variables stand in all places."""

    def some(self, *ways):
        """One of some ways to write it."""
        return self.draw.choice(ways)

    def chance(self, share):
        """Whether something comes to pass."""
        return self.draw.random() < share

    def named(self, name):
        """A variable that patterns bind from here on."""
        if name not in self.names:
            self.names.append(name)
        return f"?{name}"

    def any(self, letter=""):
        """A variable, one of a kind if there is one; seldom one that is nowhere else."""
        kind = [name for name in self.names if name[0] == letter and not self.chance(0.15)]
        return "?nowhere" if self.chance(0.03) else f"?{self.draw.choice(kind or self.names)}"

    def thing(self):
        """What a pattern may begin with."""
        kind = self.draw.random()
        if kind < 0.06:
            return self.some("x:s1", "x:c1", "x:c3", "x:p0", "x:p1", "<s2>", "x:only", "x:s3")
        if kind < 0.09:
            return f"_:b{self.blank}"
        if kind < 0.14:
            return self.any()
        known = [name for name in self.names if name[0] in "stu"]
        if kind < 0.9 and known:
            return f"?{self.draw.choice(known)}"
        return self.named(self.some("s", "t", "u", self.fresh("t")))

    def end(self, number):
        """What a pattern may end with."""
        kind = self.draw.random()
        if kind < 0.07:
            return self.draw.choice((
                *KINDS[number], "1", "01", "true", "1.0", "'a'@EN", "x:s1", "x:c1", "x:none", "'a'",
            ))  # fmt: skip
        if kind < 0.11:
            return self.any()
        if kind < 0.14:
            return f"_:b{self.blank}"
        if kind < 0.35:
            return self.named(f"{self.draw.choice('vw')}{number}")
        return self.named(self.fresh("xdno"[number]))

    def fresh(self, letter):
        """The name of a variable that nothing else has."""
        if self.narrow and letter != "m":
            return self.some("s", "t", "v0", "x0", "d0")
        self.made += 1
        return f"{letter}{self.made}"

    def pattern(self):
        kind, number = self.draw.random(), self.draw.randrange(len(KINDS))
        if kind < 0.5:
            more = f" ; x:p{self.draw.randrange(4)} {self.end(number)}" if self.chance(0.1) else ""
            return f"{self.thing()} x:p{number} {self.end(number)}{more} ."
        if kind < 0.62:
            return f"{self.thing()} x:to {self.thing()} ."
        if kind < 0.72:
            verb = self.some("?p", "?p", "?q", self.any())
            if verb[1:] in ("p", "q"):
                self.named(verb[1:])
            return f"{self.thing()} {verb} {self.end(3)} ."
        path = self.some(
            *("x:to/x:to", "^x:to", "x:to+", "x:to*", "^x:to+", "^x:to*", "x:to*/x:p0"),
            *("x:to+/^x:p3", "x:p3/x:to*", "x:to*/^x:to*", "x:p1*", "x:none*", "x:none+"),
            *("x:p3*", "x:to/x:to+", "^x:p3/x:p1", "x:seldom*", "x:to/^x:to"),
        )
        if path.endswith(("x:p0", "x:p1")):
            return f"{self.thing()} {path} {self.end(0)} ."
        return f"{self.thing()} {path} {self.thing()} ."

    def day(self):
        day = self.draw.choice(DAYS[:6] * 2 + DAYS)
        kind = "xsd:date" if not self.chance(0.1) else self.some("xsd:dateTime", "x:date")
        return f"{self.some('', '')}{self.some(repr(day), chr(34) + day + chr(34))}^^{kind}"

    def sought(self):
        """A piece of text, looked for."""
        of = self.some(
            "{}", "{}", "STR({})", "LCASE({})", "UCASE({})", "LCASE(STR({}))", "STR( {} )"
        )
        of = of.format(self.any(self.some("x", "x", "x", "x", "s", "n", "o")))
        if self.chance(0.5):
            call = self.some("CONTAINS", "contains", "STRSTARTS", "STRENDS")
            return f"{call}({of}, {self.draw.choice(NEEDLES)})"
        return (
            f"{self.some('REGEX', 'regex')}({of}, '{self.draw.choice(SHAPES)}'{self.some(*FLAGS)})"
        )

    def compared(self):
        sign, x = self.some("<", "<=", ">", ">=", "=", "!="), self.any("d")
        return f"{x} {sign} {self.day()}" if self.chance(0.7) else f"{self.day()} {sign} {x}"

    def test(self, depth=2):
        kind = self.draw.random()
        if depth and kind < 0.37:
            form = self.some("({}) && {}", "{} && {}", "({} || {})", "{} || {}", "!({})", "(({}))")
            return form.format(self.test(depth - 1), self.test(depth - 1))
        if kind < 0.58:
            return self.compared()
        if kind < 0.84:
            return self.sought()
        x, y = self.any(), self.any()
        return self.some(
            *(f"{x} = {y}", f"{x} != {y}", f"BOUND({x})", f"!BOUND({x})", f"{x} IN (1, 'a', x:s1)"),
            *(
                f"sameTerm({x}, {y})",
                f"LANG({x}) = 'en'",
                f"{x} > 1",
                f"{x} = 1.0",
                f"{x}",
                "1 = 1",
            ),
            *(f"isLiteral({x})", f"{x} = x:s1", f"{x} NOT IN ({y})", f"{x} < {y}", f"isIRI({x})"),
            *(f"COALESCE({x}, 1) = 1", f"IF(BOUND({x}), {y}, true)", "false", f"{x}={y}&&{y}<3"),
        )

    def filter(self):
        test = self.test()
        bare = test.upper().startswith(("CONTAINS", "REGEX", "STR")) and "&&" not in test
        return f"FILTER {test}" if bare and "|" not in test else f"FILTER({test})"

    def expression(self):
        x, y = self.any(), self.any()
        return self.some(
            *(
                "STRLANG('a', 'EN')",
                "STRDT('01', xsd:integer)",
                f"STRDT(STR({x}), xsd:date)",
                "-0e0",
            ),
            *(f"xsd:double({x})", f"xsd:integer({x})", f"xsd:string({x})", f"SUBSTR({x}, 1, 1)"),
            *(f"STR({x})", f"{x} + 1", f"COALESCE({x}, {y})", f"LCASE(STR({x}))", f"UCASE({x})"),
            *(f"IF(BOUND({x}), {y}, 'no')", f"IRI(STR({x}))", f"YEAR({x})", "1", "x:s1", "'a'@en"),
            *(
                f"xsd:date(STR({x}))",
                f"{x} = {y}",
                f"CONCAT(STR({x}), 'b')",
                "'2015-05-22'^^xsd:date",
            ),
        )

    def group(self, depth, *, own):
        """A group's elements; `own`: its names are unknown outside, where they may be bound."""
        self.blank += 1
        before = list(self.names)
        parts = [self.pattern() for _ in range(self.some(1, 1, 2))]
        parts += [self.element(depth) for _ in range(self.some(0, 0, 1, 2))]
        if self.chance(0.3):
            parts.insert(self.draw.randrange(len(parts) + 1), self.filter())
        if self.chance(0.05):
            parts = parts[1:]
        if own and self.chance(0.2):
            self.names = before
        self.blank += 1
        return f"{{ {' '.join(parts)} }}"

    def without(self, word, depth):
        """What asks for a group that binds nothing outside; its names may be bound there yet."""
        before, self.names = self.names, self.some(["s"], list(self.names))
        group = self.group(depth, own=False) if self.chance(0.5) else f"{{ {self.pattern()} }}"
        inside, self.names = self.names, before
        if self.chance(0.1):
            self.named(self.some(*inside))
        return f"{word} {group}"

    def element(self, depth):
        self.blank += 1
        kind = self.draw.random()
        if not depth or kind < 0.35:
            return self.pattern()
        if self.chance(0.25):
            word = self.some("MINUS", "FILTER EXISTS", "FILTER NOT EXISTS")
            found = self.without(word, self.some(0, 0, 0, depth - 1))
            self.blank += 1
            return found
        if kind < 0.55:
            found = f"OPTIONAL {self.group(depth - 1, own=True)}"
        elif kind < 0.68:
            count = self.some(2, 2, 3)
            found = " UNION ".join(self.group(depth - 1, own=True) for _ in range(count))
        elif kind < 0.76:
            found = self.group(depth - 1, own=True)
        elif kind < 0.86:
            text = self.expression()
            found = f"BIND({text} AS {self.named(self.fresh('m'))})"
        elif kind < 0.93:
            name = self.named(self.some("s", "t", "v0", "u"))
            terms = self.some(
                *["x:s1 x:c1 x:c1 x:none x:p0 x:to"] * 3, "'a' x:s2", "", "x:s3 UNDEF"
            )
            found = f"VALUES {name} {{ {terms} }}"
        else:
            names = f"{self.named('s')} {self.named('z')}"
            found = f"VALUES ({names}) {{ (x:s1 1) (x:c2 UNDEF) (UNDEF 'a'@en) (x:s5 01) }}"
        self.blank += 1
        return found


def queries(seed: int, many: int):
    """Queries, and whether their rows stand in an order that is whole."""
    for number in range(many):
        yield _query(Drawing(random.Random(f"{seed}-{number}")))


def _query(drawing):
    number = drawing.draw.randrange(len(KINDS))
    parts = [f"?s x:p{number} {drawing.named(drawing.fresh('xdno'[number]))} ."]
    parts += [drawing.pattern() for _ in range(drawing.some(0, 0, 1, 1, 2))]
    parts += [drawing.element(2) for _ in range(drawing.some(0, 0, 1, 2, 3))]
    for _ in range(drawing.some(0, 1, 1, 2)):
        parts.insert(drawing.draw.randrange(len(parts) + 1), drawing.filter())
    where = f"{{ {' '.join(parts)} }}"
    shown, names = _shown(drawing)
    distinct = "DISTINCT " if drawing.chance(0.2) else ""
    text = f"SELECT {distinct}{shown} {drawing.some('WHERE ', '')}{where}"
    if drawing.chance(0.7):
        return text, False
    if not names or drawing.chance(0.2):
        return f"{text} ORDER BY {drawing.some('', 'DESC')}(STR({drawing.any()}))", False
    turn = drawing.some("", "DESC")
    order = " ".join(f"{turn}(STR({n})) STR(DATATYPE({n})) LANG({n}) BOUND({n})" for n in names)
    limit = drawing.some("", " LIMIT 3", " LIMIT 0", " OFFSET 2", " LIMIT 5 OFFSET 1", " LIMIT 90")
    return f"{text} ORDER BY {order}{limit}", True


def _shown(drawing):
    """What a query shows, and the variables of it in whose order all rows stand."""
    if drawing.chance(0.25):
        return "*", []
    names = [f"?{name}" for name in drawing.names]
    names = drawing.draw.sample(names, min(len(names), drawing.some(1, 1, 2, 2, 3, 9)))
    if drawing.chance(0.1):
        names.append("?nowhere")
    shown = list(names)
    if drawing.chance(0.2):
        shown.append(f"({drawing.expression()} AS ?made)")
        names.append("?made")
    return " ".join(shown), names


def choosing(seed: int, many: int):
    """Queries whose filters choose among objects, wherever they stand: most of them have rows."""
    for number in range(many):
        yield _choosing(Choosing(random.Random(f"{seed}-choosing-{number}")))


@dataclass
class Choosing(Drawing):
    """A query whose filters say more than one thing of few variables."""

    def __post_init__(self):
        self.narrow = False
        self.shared = self.some("v", "v", "d", "x")

    def stated(self):
        """A pattern that leads to what filters speak of."""
        name = self.named(self.some("d", "d", "x", "x", "o", self.shared, self.shared))
        kinds = {"d": "1113", "x": "0003", "o": "0123"}.get(name[1], "0113")
        path = f"x:p{self.draw.choice(kinds)}"
        if self.chance(0.3):
            other = f"x:p{self.draw.choice(kinds)}"
            path = self.some(
                *(f"{path}|{other}", f"({path}|{other})", f"({path}|{path})", f"({path})"),
                *(f"x:to/({path}|{other})", f"(x:to|^x:to)/{path}", f"(x:to|x:p3)/{other}"),
                *(f"(x:to/{path}|{other})", f"{path}|x:to/{path}", f"x:to*/({path}|{other})"),
                *(f"x:to+/{path}", f"^x:to/{path}", f"^x:p3|{path}", f"?q{self.made}"),
            )
        one = self.some("?s", "?s", "?s", "?s", "?s", "?t", name)
        self.named(one[1:])
        end = "" if self.chance(0.85) else f", {self.named(self.some('d', 'x', 'o'))}"
        return f"{one} {path} {name}{end} ."

    def spoken(self):
        """The name of a variable that a filter may speak of."""
        known = [name for name in self.names if name[0] in "dxov"]
        return f"?{self.draw.choice(known)}" if known and self.chance(0.95) else "?s"

    def demand(self):
        """What may choose beforehand."""
        x = self.spoken()
        if self.chance(0.45 + 0.4 * (x == "?d")):
            day, sign = self.day(), self.some("<", "<=", ">", ">=", "=", ">", "<", "!=")
            if self.chance(0.6):
                day = f"'{self.some(*DAYS[:3], '2015-03-01')}'^^xsd:date"
            return self.some(f"{x} {sign} {day}", f"{day} {sign} {x}", f"({x} {sign} {day})")
        of = self.some("{}", "STR({})", "STR({})", "LCASE({})", "LCASE(STR({}))", "STR(LCASE({}))")
        piece = self.draw.choice(NEEDLES) if self.chance(0.4) else self.some(*_PIECES)
        call = self.some("CONTAINS", "STRSTARTS", "STRSTARTS", "STRENDS", *["REGEX"] * 3)
        if call != "REGEX":
            return f"{call}({of.format(x)}, {piece})"
        shape = self.draw.choice(SHAPES) if self.chance(0.25) else self.some(*_SHAPES)
        return f"REGEX({of.format(x)}, '{shape}'{self.some(*FLAGS)})"

    def filter(self):
        """Some demands at once."""
        form = self.some(
            *("{}", "{}", "{}", "{}", "{} && {}", "{} && {}", "({} && {})", "{} && ({} && {})"),
            *(
                "{} || {}",
                "{} || {}",
                "!({})",
                "{} && ({} || {})",
                "({} || {} || {})",
                "!({}) && {}",
            ),
        )
        return f"FILTER({form.format(*(self.demand() for _ in range(3)))})"

    def part(self, depth):
        """A group's element."""
        kind = self.draw.random()
        if not depth or kind < 0.35:
            return self.stated()
        if kind < 0.45:
            word = self.some("MINUS", "FILTER EXISTS", "FILTER NOT EXISTS")
            return f"{word} {self.parts(self.some(0, depth - 1))}"
        if kind < 0.65:
            return f"OPTIONAL {self.parts(depth - 1)}"
        if kind < 0.85:
            return " UNION ".join(self.parts(depth - 1) for _ in range(self.some(2, 2, 3)))
        if kind < 0.95:
            return self.parts(depth - 1)
        return f"VALUES {self.named(self.some('d', 'x', 's'))} {{ {DATED[0]} 'ab' x:s1 x:s2 x:s3 }}"

    def parts(self, depth):
        """A group with filters of its own."""
        parts = [self.stated(), *(self.part(depth) for _ in range(self.some(0, 0, 1)))]
        for _ in range(self.some(0, 1, 1, 2)):
            parts.insert(self.draw.randrange(len(parts) + 1), self.filter())
        return f"{{ {' '.join(parts)} }}"


_PIECES: Final = (
    *("'a'", "'a'", "'b'", "'ab'", "'A'", "'ab'", "'b'", "'1'", "'20'", "'2015-05'", "''", "'s'"),
    *("'http'", "'http://x'"),
)  # fmt: skip
_SHAPES: Final = (
    *("^a", "^ab", "^A", "^a.*b", "^a+b", "^a?b", "^a*b", "^ab?", "^ab?", "^ab?c?", "^ab*c?", "^"),
    *("^[a]", "^a|b", "a", "^2015", "^20.*2$", "^.b", "^^a", "^http", "^x", "a^b", "^s", "^k"),
    *("^K", "^\u017f", "^i", "^a$", "^ab+?", "^St", "^str", "^(a)", "^\\\\(a", "^ a", "^a b"),
    *("a#b", "b$", "^2015-05-22", "^and", "^line"),
)  # fmt: skip


def _choosing(drawing):
    parts = [drawing.stated()]
    parts += [drawing.part(2) for _ in range(drawing.some(0, 0, 1, 1, 2))]
    for _ in range(drawing.some(0, 1, 1, 2)):
        parts.insert(drawing.draw.randrange(len(parts) + 1), drawing.filter())
    shown = drawing.some("*", "*", "?d ?x ?v", "?s ?o", "DISTINCT ?s ?d")
    return f"SELECT {shown} {{ {' '.join(parts)} }}"
