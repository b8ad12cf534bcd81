"""What SPARQL leaves open in a query: results may differ where the data and the query are the same.

LIMIT and OFFSET cut among rows that ORDER BY leaves equal; SAMPLE takes any value, GROUP_CONCAT
joins values in any order, REDUCED leaves out as many rows as it likes. Whoever answers may choose,
and two ways of answering, each of them right, choose differently.

Often nothing comes of it: no rows are equal where a LIMIT cuts, or there is but one value to take.
That is found out by asking for both ends of what is left open, as its probes do: the rows that are
equal in one order and in the other, the least value of each group and the greatest.

https://www.w3.org/TR/sparql11-query/#modResultLimit #modReduced #aggSample #aggGroupConcat
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.sparql.outline import Select, names_of, selects
from kg.sparql.tokens import Token, closing, decode, form_at, head_at, spliced, spoken

SLICES: Final = ("LIMIT", "OFFSET")
_OPENS: Final = frozenset((*SLICES, "SAMPLE", "GROUP_CONCAT", "REDUCED"))
_WAYS: Final = ("ASC", "DESC")
_WORDS: Final = {
    "SAMPLE": ("SAMPLE takes any value of a group. Write MIN or MAX.", "SAMPLE", "MIN", "MAX"),
    "GROUP_CONCAT": (
        "GROUP_CONCAT joins values in any order. Select them in rows of their own.",
        "MIN",
        "MAX",
    ),
    "REDUCED": ("REDUCED may keep or drop equal rows. Write DISTINCT.", "DISTINCT", ""),
}
"""What a word leaves open, and what to ask in its place."""
Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Leeway:
    """One thing that a query leaves open: in a sentence, with what to do, and how to find out.

    The queries of each probe have the same result where nothing comes of it. Without a probe no
    asking tells.
    """

    says: str
    probes: tuple[tuple[str, ...], ...] = ()


def leeways(query: str, rows: int | None = None) -> tuple[Leeway, ...]:
    """What a query that is SPARQL may leave open; with so many rows, where that is known.

    >>> [one.says for one in leeways("SELECT ?s { ?s ?p ?o } ORDER BY ?p LIMIT 3")]
    ['LIMIT cuts where ORDER BY may leave rows equal. Add ?s to ORDER BY.']
    >>> leeways("SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 3")
    ()
    >>> leeways("SELECT ?s { ?s ?p ?o } LIMIT 3", rows=2)
    ()
    """
    text = decode(query)
    found = spoken(text)
    if _OPENS.isdisjoint(token.word for token in found):
        return ()
    return tuple(_Reading(text, found).leeways(rows))


class _Reading:
    """A query, its tokens, and its outermost slice."""

    def __init__(self, text: str, found: list[Token]) -> None:
        self.text, self.found = text, found
        self.form = found[form_at(found)].word
        *self.parts, self.whole = selects(found)
        self.modified = _modified(found, self.whole)

    def leeways(self, rows: int | None) -> Iterator[Leeway]:
        """Those of the query itself, of the sub-SELECTs, then of single words."""
        uncut = rows is not None and self.form == "SELECT" and self.modified.has_all(rows)
        if self.form != "ASK" and not uncut:
            yield from self._of_whole()
        yield from dict.fromkeys(leeway for one in self.parts for leeway in self._of_part(one))
        yield from self._of_words()

    def _of_whole(self) -> Iterator[Leeway]:
        """That of the outermost LIMIT and OFFSET, which asking tells."""
        known, names = self.modified, self._names()
        if not known.cuts or _settles(known.keys, names):
            return
        hidden = known.sorted_by - {*names} if self._is_distinct() else ()
        if hidden:
            yield Leeway(_said_hidden(known, hidden))
        else:
            probes = (tuple(self._cut(cut, names, way) for way in _WAYS) for cut in known.cuts)
            yield Leeway(_said(known, names), tuple(probes))

    def _is_distinct(self) -> bool:
        return self.found[self.whole.begin + 1].word == "DISTINCT"

    def _names(self) -> tuple[str, ...]:
        """The variables that decide what a solution is in the result."""
        where = self.whole.where
        if self.form == "CONSTRUCT":
            begin, end = form_at(self.found), head_at(self.found)
            begin, end = (begin, end) if end > begin else (where.begin, where.end)
            return tuple(sorted(names_of(self.found, range(begin, end))))
        if "*" in self.whole.shown:
            return tuple(sorted(names_of(self.found, range(where.begin, where.end))))
        return self.whole.shown

    def _cut(self, rows: int, names: Iterable[str], way: str) -> str:
        """The query for so many rows from the first on, those that are equal ordered one way."""
        parts = ("STR(?{})", "LANG(?{})", "STR(DATATYPE(?{}))")
        keys = " ".join(f"{way}({part.format(name)})" for name in names for part in parts)
        begin = "" if self.modified.orders else "ORDER BY "
        return spliced(self.text, self._sliced(f"{begin}{keys} LIMIT {rows}"))

    def _sliced(self, instead: str) -> Iterator[Edit]:
        """Puts something in the place of LIMIT and OFFSET."""
        if at := self.modified.slices:
            yield self.found[at[0]].start, self.found[at[-1] + 1].end, instead

    def _of_part(self, part: Select) -> Iterator[Leeway]:
        """That of a sub-SELECT, which cannot be asked for by itself wherever it stands."""
        known = _modified(self.found, part)
        if known.cuts and not _settles(known.keys, part.shown):
            yield Leeway(_said(known, part.shown, " in a sub-SELECT"))

    def _of_words(self) -> Iterator[Leeway]:
        for word, (says, *others) in _WORDS.items():
            if any(token.word == word for token in self.found):
                probe = tuple(self._instead(word, other) for other in others)
                yield Leeway(says, (probe,) if self._shows(word) else ())

    def _shows(self, word: str) -> bool:
        """Whether the result has what a word gives as it is: what comes of it is seen there."""
        head = range(self.whole.begin + 1, self.whole.where.begin)
        at = [i for i, token in enumerate(self.found) if token.word == word]
        if self.form != "SELECT" or not all(i in head for i in at):
            return False
        filters = any(token.word == "HAVING" for token in self.found)
        alone = not (filters or self._is_distinct()) and all(self._is_alone(i) for i in at)
        return alone or word == "REDUCED"

    def _is_alone(self, i: int) -> bool:
        """Whether an aggregate stands alone before AS, or as words: STR(SAMPLE(?x)) AS ?y."""
        end = closing(self.found, i + 1) + 1
        if self.found[i - 2].word == "STR" and self.found[end].text == ")":
            i, end = i - 2, end + 1
        return self.found[i - 1].text == "(" and self.found[end].word == "AS"

    def _instead(self, word: str, other: str) -> str:
        """The query for all rows, with another word in the place of one."""
        edits = list(self._sliced(""))
        for i, token in enumerate(self.found):
            if token.word == word:
                edits.append((token.start, token.end, other))
                edits.extend(_single(self.found, i + 1) if word == "GROUP_CONCAT" else ())
        return spliced(self.text, edits)


def _single(found: list[Token], opening: int) -> Iterator[Edit]:
    """Takes values as words, as joining does, and leaves out what would stand between them."""
    end = closing(found, opening)
    first = opening + 1 + (found[opening + 1].word == "DISTINCT")
    ends = (i for i in range(opening, end) if found[i + 1].word == "SEPARATOR")
    last = next((i for i in ends if found[i].text == ";"), end)
    yield found[first].start, found[first].start, "STR("
    yield found[last].start, found[end].start, ")"


@dataclass(frozen=True, slots=True)
class _Modified:
    """ORDER BY, LIMIT and OFFSET of a query or sub-SELECT."""

    orders: bool
    keys: frozenset[str]
    """The variables that it sorts by, each as it is."""
    sorted_by: frozenset[str]
    """All variables in what it sorts by."""
    slices: tuple[int, ...]
    """Where LIMIT and OFFSET stand, each before its number."""
    limit: int | None
    offset: int

    @property
    def word(self) -> str:
        """What is to be said of where it cuts."""
        return "OFFSET" if self.limit is None else "LIMIT"

    @property
    def cuts(self) -> tuple[int, ...]:
        """How many rows stand before each cut."""
        end = () if self.limit is None else (self.offset + self.limit,)
        return tuple(cut for cut in dict.fromkeys((self.offset, *end)) if cut)

    def has_all(self, rows: int) -> bool:
        """Whether a result of so many rows has all that there are."""
        return not self.offset and (self.limit is None or rows < self.limit)


def _modified(found: list[Token], one: Select) -> _Modified:
    at = list(_outside(found, range(one.where.end, one.end)))
    orders = next((i for i in at if found[i].word == "ORDER"), None)
    slices = tuple(i for i in at if found[i].word in SLICES)
    numbers = {found[i].word: int(found[i + 1].text) for i in slices}
    ends = next((i for i in at if found[i].word in (*SLICES, "VALUES")), one.end)
    sorting = range(orders + 2, ends) if orders else range(0)
    keys, names = frozenset(_keys(found, sorting)), frozenset(names_of(found, sorting))
    limit, offset = numbers.get("LIMIT"), numbers.get("OFFSET", 0)
    return _Modified(bool(orders), keys, names, slices, limit, offset)


def _keys(found: list[Token], stretch: range) -> Iterator[str]:
    """The names of variables that stand there by themselves, or alone in brackets."""
    for i in _outside(found, stretch):
        alone = found[i].text == "(" and found[i + 2].text == ")" and not _is_call(found[i - 1])
        token = found[i + 1] if alone else found[i]
        if token.kind == "variable":
            yield token.text[1:]


def _is_call(before: Token) -> bool:
    """Whether the bracket behind a token of ORDER BY is that of a function."""
    return before.word not in (*_WAYS, "BY") and before.kind not in ("close", "variable")


def _outside(found: list[Token], stretch: range) -> Iterator[int]:
    """The tokens of a stretch, of brackets only those that open them."""
    i = stretch.start
    while i < stretch.stop:
        yield i
        i = closing(found, i) + 1 if found[i].kind == "open" else i + 1


def _settles(keys: frozenset[str], names: Sequence[str]) -> bool:
    """Whether rows that are equal by these keys are the same rows."""
    return bool(names) and "*" not in names and keys.issuperset(names)


def _said(known: _Modified, names: Sequence[str], where: str = "") -> str:
    missing = [f"?{name}" for name in names if name not in known.keys and name != "*"]
    if known.orders:
        listed = ", ".join(missing) or "all that is shown"
        cuts = f"{known.word}{where} cuts where ORDER BY may leave rows equal."
        return f"{cuts} Add {listed} to ORDER BY."
    listed = " ".join(missing) or "all that is shown"
    return f"{known.word}{where} cuts rows that are in no order. Add ORDER BY {listed}."


def _said_hidden(known: _Modified, hidden: Iterable[str]) -> str:
    listed = ", ".join(f"?{name}" for name in sorted(hidden))
    return (
        f"{known.word} cuts rows that are sorted by {listed}, which DISTINCT leaves out. "
        f"Sort by what is shown; or GROUP BY that, and sort by MIN({listed})."
    )
