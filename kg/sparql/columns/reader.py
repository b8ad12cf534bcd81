"""A cursor over a query's tokens, and the expressions that are left to the engine as they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from kg.sparql.columns.tree import (
    PRIVATE,
    Aggregate,
    Bind,
    Exists,
    Expression,
    Query,
    Unrecognised,
)
from kg.sparql.tokens import Token

AGGREGATES: Final = frozenset(("COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT"))
NOT_PURE: Final = frozenset(("EXISTS", "RAND", "UUID", "STRUUID", "BNODE", "NOW"))
"""What says something else at each call, or asks the statements again."""
_END: Final = Token("end", "", -1, -1)
"""What stands behind the last token."""


@dataclass(slots=True)
class Reader:
    """Where the reading of a query is, and the aggregates that it has met."""

    text: str
    tokens: list[Token]
    """Those of its text."""
    read_select: Callable[[Reader], Query]
    """What reads a query within it."""
    read_exists: Callable[[Reader], Exists]
    """What reads EXISTS, or NOT EXISTS, with its group."""
    at: int = 0
    aggregates: dict[str, Aggregate] = field(default_factory=dict)
    computed: list[Bind] = field(default_factory=list)
    """What aggregates are taken of, where it is no variable."""
    named: int = 0
    """How many variables are ours, beside those."""
    sure: bool = True
    """Whether all that was read is as the grammar has it."""

    def __post_init__(self) -> None:
        for token in self.tokens:
            if token.kind == "variable":
                if token.text[1:].startswith(PRIVATE):
                    raise Unrecognised
                self.sure = self.sure and token.text.isascii()  # the engine knows not all others
        self.tokens += (_END, _END)

    @property
    def next(self) -> Token:
        """The token that is read next."""
        return self.tokens[self.at]

    @property
    def second(self) -> Token:
        """The token after the next."""
        return self.tokens[self.at + 1]

    def take(self) -> Token:
        """That token, read."""
        token = self.tokens[self.at]
        self.at += token is not _END
        return token

    def accept(self, *texts: str) -> bool:
        """Whether the next token is one of these, which is then read."""
        token = self.tokens[self.at]
        if (token.word or token.text) not in texts:
            return False
        self.at += token is not _END
        return True

    def expect(self, text: str) -> None:
        """Reads this token. Raises Unrecognised for another."""
        if not self.accept(text):
            raise Unrecognised

    def variable(self) -> str:
        """The name of the variable that is read. Raises Unrecognised for anything else."""
        token = self.take()
        if token.kind != "variable":
            raise Unrecognised
        return token.text[1:]

    def skip_sources(self) -> None:
        """Reads FROM and FROM NAMED: which graphs are asked is known beside the query."""
        while self.accept("FROM"):
            self.sure = False
            self.accept("NAMED")
            if self.take().kind not in ("iri", "name"):
                raise Unrecognised

    def subquery(self) -> Query:
        """A query within it, whose aggregates are its own."""
        outer, self.sure = (self.aggregates, self.computed), False
        self.aggregates, self.computed = {}, []
        found = self.read_select(self)
        self.aggregates, self.computed = outer
        return found

    def unnamed(self) -> str:
        """The name of a new variable of ours."""
        self.named += 1
        return f"{PRIVATE}p{self.named}"

    @property
    def exists_is_next(self) -> bool:
        """Whether EXISTS, or NOT EXISTS, is read next."""
        return "EXISTS" in (self.next.word, self.next.word == "NOT" and self.second.word)

    def constraint(self, *, counts: bool, asks: bool = False) -> Expression:
        """What stands in brackets, or a call; `counts`: it may hold aggregates; `asks`: EXISTS."""
        if self.next.text != "(" and self.next.word not in AGGREGATES:
            _refuse(self.next)
            name = self.take().text
            call = self.expression(counts=counts, asks=asks, stop_after_brackets=True)
            return replace(call, text=name + call.text)
        return self.expression(counts=counts, asks=asks, stop_after_brackets=True)

    def expression(
        self, *ends: str, counts: bool, asks: bool = False, stop_after_brackets: bool = False
    ) -> Expression:
        """Everything up to one of some tokens outside brackets, which is not read itself.

        An aggregate in it is replaced by a variable of ours; and if it `asks`, each EXISTS.
        """
        parts, names, depth, asked = list[str](), set[str](), 0, list[Exists]()
        while depth or (self.next.word or self.next.text) not in ends:
            token = self.next
            if asks and self.exists_is_next:
                asked.append(replace(self.read_exists(self), name=self.unnamed()))
                names.add(asked[-1].name)
                parts.append(f"?{asked[-1].name} ")
                continue
            _refuse(token)
            if token.word in AGGREGATES and self.second.text == "(":
                names.add(name := self._aggregate(counts=counts))
                parts.append(f"?{name}")
            else:
                parts.append(self.take().text)
                names |= {token.text[1:]} if token.kind == "variable" else set()
                depth += (token.text == "(") - (token.text == ")")
            if depth < 0:
                raise Unrecognised
            parts.append(" " * (self.next.start > self.tokens[self.at - 1].end))
            if stop_after_brackets and not depth:
                break
        self.sure = self.sure and not asked
        return Expression("".join(parts).strip(), frozenset(names), tuple(asked))

    def _aggregate(self, *, counts: bool) -> str:
        """Reads a call of an aggregate; the name of the variable that stands for it."""
        if not counts:
            raise Unrecognised
        function = self.take().word
        self.expect("(")
        distinct = self.accept("DISTINCT")
        name = None if self.accept("*") else self._of()
        separator = "' '"
        if self.accept(";"):
            self.expect("SEPARATOR")
            self.expect("=")
            separator = self.take().text
        self.expect(")")
        if name is None and (function != "COUNT" or distinct):
            raise Unrecognised
        return self._known(Aggregate(function, distinct, name, separator))

    def _known(self, found: Aggregate) -> str:
        for name, aggregate in self.aggregates.items():
            if aggregate == found:
                return name
        self.aggregates[name := f"{PRIVATE}a{len(self.aggregates)}"] = found
        return name

    def _of(self) -> str:
        """What an aggregate is taken of: a variable, or one that stands for an expression."""
        found = self.expression(")", ";", counts=False)
        return found.named or self.compute(found)

    def compute(self, expression: Expression) -> str:
        """The name of the variable that stands for an expression over each solution."""
        name = next((b.name for b in self.computed if b.expression == expression), "")
        if not name:
            name = f"{PRIVATE}e{len(self.computed)}"
            self.computed.append(Bind(expression, name))
        return name


def _refuse(token: Token) -> None:
    """Raises Unrecognised for what no expression of ours may hold."""
    brace = token.kind in ("open", "close") and token.text not in "()"
    hidden = token.kind == "iri" and ("?" in token.text or "$" in token.text)
    if token.kind == "end" or brace or hidden or token.word in NOT_PURE:
        raise Unrecognised
