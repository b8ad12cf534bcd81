"""Reading what stands between braces: patterns of three, and what groups may hold beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, TypeAlias

from kg.sparql.columns.conjuncts import conjuncts
from kg.sparql.columns.exists import is_joined
from kg.sparql.columns.reader import Reader
from kg.sparql.columns.tree import (
    PRIVATE,
    Bind,
    Constant,
    Element,
    Exists,
    Filter,
    Graph,
    Group,
    Minus,
    Node,
    Optional,
    Subquery,
    Triple,
    Union,
    Unrecognised,
    Values,
    Variable,
)

_TYPE: Final = Constant("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>")


def read_group(reader: Reader) -> Group:
    """A group with its braces. Raises Unrecognised for what columns do not answer."""
    reader.expect("{")
    if reader.next.word == "SELECT":
        selected = Subquery(reader.subquery())
        reader.expect("}")
        return Group((selected,))
    found, ended = list[Element](), True
    while not reader.accept("}"):
        if reader.next.text == "{":
            found.append(_union(reader))
        elif reader.accept("FILTER"):
            found += _filter(reader)
        elif read := _ELEMENTS.get(reader.next.word):
            reader.take()
            found.append(read(reader))
        elif ended:
            found += _triples(reader)
            ended = reader.accept(".")
            continue
        else:
            raise Unrecognised
        ended = True
        reader.accept(".")
    return Group(tuple(found))


def _optional(reader: Reader) -> Optional:
    return Optional(read_group(reader))


def _graph(reader: Reader) -> Graph:
    reader.sure = False
    node = _node(reader)
    if isinstance(node, Constant) and not node.text.startswith("<"):
        raise Unrecognised
    return Graph(node, read_group(reader))


def _minus(reader: Reader) -> Minus:
    return Minus(read_group(reader))


def _filter(reader: Reader) -> list[Filter | Exists]:
    """What a FILTER demands: one test, or several joined by && if EXISTS is among them.

    Where EXISTS stands in anything else, it is computed for each solution, as an expression is.
    """
    if reader.exists_is_next:
        return [read_exists(reader)]
    begin = reader.at
    for read in (_test, _conditions):
        try:
            return read(reader)
        except Unrecognised:
            reader.at, reader.sure = begin, False
    return [Filter(reader.constraint(counts=False, asks=True))]


def _test(reader: Reader) -> list[Filter | Exists]:
    test = reader.constraint(counts=False)
    reader.sure = reader.sure and None not in conjuncts(test.text)
    return [Filter(test)]


def _conditions(reader: Reader) -> list[Filter | Exists]:
    reader.expect("(")
    found = [_condition(reader)]
    while reader.accept("&&"):
        found.append(_condition(reader))
    reader.expect(")")
    return found


def _condition(reader: Reader) -> Filter | Exists:
    if reader.exists_is_next:
        return read_exists(reader)
    return Filter(reader.expression("&&", "||", ")", counts=False))


def read_exists(reader: Reader) -> Exists:
    """EXISTS, or NOT EXISTS. Raises Unrecognised where to ask it is not to join."""
    negated = reader.accept("NOT")
    reader.expect("EXISTS")
    group = read_group(reader)
    if not is_joined(group):
        raise Unrecognised
    return Exists(group, negated)


def _union(reader: Reader) -> Union:
    branches = [read_group(reader)]
    while reader.accept("UNION"):
        branches.append(read_group(reader))
    return Union(tuple(branches))


def _bind(reader: Reader) -> Bind:
    reader.sure = False
    reader.expect("(")
    expression = reader.expression("AS", counts=False, asks=True)
    reader.expect("AS")
    name = reader.variable()
    reader.expect(")")
    return Bind(expression, name)


def read_values(reader: Reader) -> Values:
    """VALUES, behind its word. Raises Unrecognised."""
    reader.sure = False
    if reader.next.kind == "variable":
        name = reader.variable()
        reader.expect("{")
        return Values((name,), tuple((term,) for term in _terms(reader, "}")))
    reader.expect("(")
    names = tuple(_variables(reader, ")"))
    reader.expect("{")
    several = list[tuple[Constant | None, ...]]()
    while not reader.accept("}"):
        reader.expect("(")
        several.append(tuple(_terms(reader, ")")))
    if not names or any(len(row) != len(names) for row in several):
        raise Unrecognised
    return Values(names, tuple(several))


_ELEMENTS: Final[Mapping[str, Callable[[Reader], Element]]] = {
    "OPTIONAL": _optional,
    "MINUS": _minus,
    "GRAPH": _graph,
    "BIND": _bind,
    "VALUES": read_values,
}
"""What reads the rest of each, by its word."""


def _variables(reader: Reader, end: str) -> Iterator[str]:
    """The names of variables up to a bracket."""
    while not reader.accept(end):
        yield reader.variable()


def _terms(reader: Reader, end: str) -> Iterator[Constant | None]:
    while not reader.accept(end):
        if reader.accept("UNDEF"):
            yield None
        elif isinstance(node := _node(reader), Constant):
            yield node
        else:
            raise Unrecognised


def _triples(reader: Reader) -> Iterator[Element]:
    """A subject with its predicates and objects."""
    subject = _node(reader)
    while True:
        path = _path(reader)
        while True:
            yield from path.elements(reader, subject, _node(reader))
            if not reader.accept(","):
                break
        if not reader.accept(";"):
            return
        while reader.accept(";"):
            pass
        if reader.next.text in (".", "}"):
            return


def _node(reader: Reader) -> Node:
    token = reader.take()
    if token.text.startswith("+"):  # may be a path's plus sign
        raise Unrecognised
    if token.kind == "variable":
        return Variable(token.text[1:])
    if token.kind == "blank":
        reader.sure = False  # its label stands in one group alone
        return Variable(f"{PRIVATE}b{token.text}")
    if token.kind in ("iri", "name", "number") or token.text in ("true", "false"):
        return Constant(token.text)
    if token.kind != "string":
        raise Unrecognised
    if reader.next.kind == "language":
        return Constant(token.text + reader.take().text)
    if reader.accept("^^"):
        datatype = reader.take()
        if datatype.kind != "iri":
            raise Unrecognised
        return Constant(f"{token.text}^^{datatype.text}")
    return Constant(token.text)


@dataclass(frozen=True, slots=True)
class Step:
    """A predicate, forwards or backwards, once or repeated."""

    predicate: Node
    backwards: bool
    repeated: str
    also: tuple[tuple[Constant, bool], ...] = ()
    """What it may take, too, where it is repeated; and whether the other way round."""

    def elements(self, _: Reader, subject: Node, end: Node) -> list[Element]:
        """The pattern that leads from a node to another."""
        ends = (end, subject) if self.backwards else (subject, end)
        return [Triple(ends[0], self.predicate, ends[1], self.repeated, self.also)]


@dataclass(frozen=True, slots=True)
class Other:
    """Any predicate but some, forwards or backwards."""

    but: tuple[Constant, ...]
    backwards: bool

    def elements(self, reader: Reader, subject: Node, end: Node) -> list[Element]:
        """The pattern that leads from a node to another."""
        ends = (end, subject) if self.backwards else (subject, end)
        return [Triple(ends[0], Variable(reader.unnamed()), ends[1], but=self.but)]


@dataclass(frozen=True, slots=True)
class Path:
    """Ways from which one may choose, each of steps one after the other."""

    ways: tuple[tuple[Part, ...], ...]

    def elements(self, reader: Reader, subject: Node, end: Node) -> list[Element]:
        """The patterns that lead from a node to another, with variables of ours between."""
        groups = [_led(reader, way, subject, end) for way in self.ways]
        if len(groups) == 1:
            return groups[0]
        return [Union(tuple(Group(tuple(elements)) for elements in groups))]


Part: TypeAlias = Step | Other | Path


def _led(reader: Reader, way: tuple[Part, ...], subject: Node, end: Node) -> list[Element]:
    found = list[Element]()
    for step in way[:-1]:
        there = Variable(reader.unnamed())
        found += step.elements(reader, subject, there)
        subject = there
    return found + way[-1].elements(reader, subject, end)


def _path(reader: Reader) -> Path:
    """Predicates joined by `/` and `|`, each of which may be repeated.

    Raises Unrecognised for any other path.
    """
    ways = [_way(reader)]
    while reader.accept("|"):
        ways.append(_way(reader))
    if len(ways) > 1 or len(ways[0]) > 1:
        _refuse_variables(ways)
    return Path(tuple(ways))


def _way(reader: Reader) -> tuple[Part, ...]:
    steps = [_step(reader)]
    while reader.accept("/"):
        steps.append(_step(reader))
    return tuple(steps)


def _step(reader: Reader) -> Part:
    if not reader.accept("^"):
        return _element(reader)
    part = _element(reader)
    _refuse_variables(((part,),))
    return _back(part)


def _element(reader: Reader) -> Part:
    if reader.accept("("):
        path = _path(reader)
        _refuse_variables(path.ways)
        reader.expect(")")
        return _repeated(path, reader.take().text) if _repeats(reader) else path
    if reader.accept("!"):
        return _negated(reader)
    node = _predicate(reader)
    repeated = reader.take().text if _repeats(reader) else ""
    if isinstance(node, Variable) and repeated:
        raise Unrecognised
    return Step(node, backwards=False, repeated=repeated)


def _back(part: Part) -> Part:
    """A part of a path, the other way round."""
    if isinstance(part, Path):
        return Path(tuple(tuple(map(_back, reversed(way))) for way in part.ways))
    return replace(part, backwards=not part.backwards)


def _repeats(reader: Reader) -> bool:
    return reader.next.text in ("+", "*", "?")


def _predicate(reader: Reader) -> Node:
    if reader.next.text == "a":
        reader.take()
        return _TYPE
    node = _node(reader)
    if isinstance(node, Constant) and not node.text.startswith("<"):
        raise Unrecognised
    return node


def _repeated(path: Path, sign: str) -> Step:
    """A choice of properties that is repeated. Raises Unrecognised for anything else."""
    first, *others = _choices(path)
    also = ((step.predicate, step.backwards != first.backwards) for step in others)
    return replace(first, repeated=sign, also=tuple(also))  # type: ignore[arg-type]


def _choices(path: Path) -> Iterator[Step]:
    """The single properties that a path is a choice of."""
    for way in path.ways:
        if len(way) == 1 and isinstance(way[0], Path):
            yield from _choices(way[0])
        elif len(way) == 1 and isinstance(way[0], Step) and not way[0].repeated:
            yield way[0]
        else:
            raise Unrecognised


def _negated(reader: Reader) -> Path:
    """Any properties but some, behind the sign: those that lead on, those that lead back, or both.

    https://www.w3.org/TR/sparql11-query/#propertypaths
    """
    reader.sure = False
    but: dict[bool, list[Constant]] = {False: [], True: []}
    several = reader.accept("(")
    while not (several and reader.accept(")")):
        backwards = reader.accept("^")
        if isinstance(node := _predicate(reader), Variable):
            raise Unrecognised
        but[backwards].append(node)
        if not several:
            break
        reader.accept("|")
    kinds = [back for back, names in but.items() if names] or [False]
    return Path(tuple((Other(tuple(but[back]), back),) for back in kinds))


def _refuse_variables(ways: Iterable[tuple[Part, ...]]) -> None:
    """A variable is a predicate alone, and no part of a path."""
    for step in chain.from_iterable(ways):
        if isinstance(step, Step) and isinstance(step.predicate, Variable):
            raise Unrecognised
