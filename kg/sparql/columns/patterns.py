"""Reading what stands between braces: patterns of three, and what groups may hold beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.sparql.columns.reader import Reader
from kg.sparql.columns.tree import (
    PRIVATE,
    Bind,
    Constant,
    Element,
    Filter,
    Group,
    Node,
    Optional,
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
    found = list[Element]()
    while not reader.accept("}"):
        found += _element(reader)
        reader.accept(".")
    return Group(tuple(found))


def _element(reader: Reader) -> list[Element]:
    if reader.next.text == "{":
        return [_union(reader)]
    if reader.accept("OPTIONAL"):
        return [Optional(read_group(reader))]
    if reader.accept("FILTER"):
        return [Filter(reader.constraint(counts=False))]
    if reader.accept("BIND"):
        return [_bind(reader)]
    if reader.accept("VALUES"):
        return [_values(reader)]
    return list(_triples(reader))


def _union(reader: Reader) -> Union:
    if reader.second.word == "SELECT":
        raise Unrecognised
    branches = [read_group(reader)]
    while reader.accept("UNION"):
        branches.append(read_group(reader))
    return Union(tuple(branches))


def _bind(reader: Reader) -> Bind:
    reader.expect("(")
    expression = reader.expression("AS", counts=False)
    reader.expect("AS")
    name = reader.variable()
    reader.expect(")")
    return Bind(expression, name)


def _values(reader: Reader) -> Values:
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
            yield from path.triples(reader, subject, _node(reader))
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
        return Variable(f"{PRIVATE}b{token.text}")
    if token.kind in ("iri", "name", "number") or token.text in ("true", "false"):
        return Constant(token.text)
    if token.kind != "string":
        raise Unrecognised
    if reader.next.kind == "language":
        return Constant(token.text + reader.take().text)
    if reader.accept("^^"):
        return Constant(f"{token.text}^^{reader.take().text}")
    return Constant(token.text)


@dataclass(frozen=True, slots=True)
class Step:
    """A predicate, forwards or backwards."""

    predicate: Node
    backwards: bool
    repeated: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """Predicates one after the other."""

    steps: tuple[Step, ...]

    def triples(self, reader: Reader, subject: Node, end: Node) -> Iterator[Triple]:
        """The patterns that lead from a node to another, with variables of ours between."""
        for number, step in enumerate(self.steps, 1):
            last = number == len(self.steps)
            there = end if last else Variable(f"{PRIVATE}p{reader.at}_{number}")
            ends = (there, subject) if step.backwards else (subject, there)
            yield Triple(ends[0], step.predicate, ends[1], step.repeated)
            subject = there


def _path(reader: Reader) -> Path:
    """A predicate, or predicates joined by `/`, each of which may be repeated.

    Raises Unrecognised for any other path.
    """
    steps = [_step(reader)]
    while reader.accept("/"):
        steps.append(_step(reader))
    if any(isinstance(step.predicate, Variable) for step in steps) and (
        len(steps) > 1 or steps[0].backwards or steps[0].repeated
    ):
        raise Unrecognised
    return Path(tuple(steps))


def _step(reader: Reader) -> Step:
    backwards = reader.accept("^")
    if reader.next.text == "a":
        reader.take()
        node: Node = _TYPE
    else:
        node = _node(reader)
    if isinstance(node, Constant) and node.text[:1] in "\"'0123456789+-.":
        raise Unrecognised
    repeated = reader.take().text if reader.next.text in ("+", "*") else ""
    return Step(node, backwards, repeated)
