"""SHACL shapes read and told in words (https://www.w3.org/TR/shacl/)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.names import VOCABULARIES
from server.show.term import Shown

SHAPES: Final = "https://w3id.org/whoholds/shapes"
SH: Final = "http://www.w3.org/ns/shacl#"
_RDF: Final = VOCABULARIES["rdf"]
_KINDS: Final = {f"{SH}IRI": "an IRI", f"{SH}Literal": "a literal"}
_PLAIN: Final = {
    "class": "of the class",
    "datatype": "written as",
    "hasValue": "among them",
    "equals": "the same as in",
    "lessThan": "less than",
    "lessThanOrEquals": "no more than",
    "minInclusive": "at least",
    "maxInclusive": "at most",
}
"""Constraints with one value, in words before it."""
_LISTS: Final = {"or": "or", "xone": "or else"}

Node = NamedNode | BlankNode | Literal
Words = tuple[Shown, ...]
"""A phrase, some of whose words are links."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape with a name, in words."""

    name: str
    targets: Words
    path: Words
    rules: tuple[Words, ...]
    message: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Some shapes under the heading that their file gives them."""

    anchor: str
    title: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A file of shapes: what it says at its head, its sections."""

    anchor: str
    title: str
    about: str
    sections: tuple[Section, ...]


def read_chapter(path: Path) -> Chapter:
    """The order and headings of a file of shapes, from its lines."""
    lines = path.read_text("utf-8").splitlines()
    about = []
    for line in lines:
        if not line.startswith("# "):
            break
        about.append(line.removeprefix("# "))
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in lines:
        if heading := re.fullmatch(r"#### (.+) ####", line):
            found.append((heading[1], []))
        elif shape := re.match(r"whs:(\w+) a sh:\w+Shape\b", line):
            found[-1][1].append(shape[1])
    stem = path.stem
    sections = (
        Section(f"{stem}-{number}", title, tuple(names))
        for number, (title, names) in enumerate(found)
        if names
    )
    return Chapter(stem, stem.capitalize(), " ".join(about), tuple(sections))


def read_triples(paths: Iterable[Path]) -> Iterator[Triple]:
    """The triples of some files; blank nodes are named in the order in which they come."""
    known: dict[str, BlankNode] = {}

    def named(node: object) -> object:
        if isinstance(node, BlankNode):
            return known.setdefault(node.value, BlankNode(f"b{len(known) + 1}"))
        return node

    for path in paths:
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            yield Triple(named(quad.subject), quad.predicate, named(quad.object))  # type: ignore[arg-type]


class Shapes:
    """The shapes of a graph, told in words; `show` makes a term's words."""

    def __init__(self, triples: Iterable[Triple], show: Callable[[str], Shown]) -> None:
        self._about: dict[object, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        self._show = show
        for triple in triples:
            if not isinstance(triple.object, Triple):
                self._about[triple.subject][triple.predicate.value].append(triple.object)

    def shape(self, name: str) -> Shape:
        """The shape of a name, which may stand for a thing or for a property of it."""
        node = NamedNode(f"{SHAPES}#{name}")
        message = self._all(node, "message")
        return Shape(
            name,
            tuple(self._term(one) for one in self._all(node, "targetClass")),
            self._path(node),
            tuple(self._rules(node)),
            message[0].value if message else "",
            tuple(_local(one) for one in self._all(node, "property") if _is_named(one)),
        )

    def _all(self, node: Node, name: str) -> list[Node]:
        return self._about.get(node, {}).get(SH + name, [])

    def _items(self, node: Node) -> Iterator[Node]:
        """The members of an RDF list."""
        while first := self._about.get(node, {}).get(f"{_RDF}first"):
            yield first[0]
            node = self._about[node][f"{_RDF}rest"][0]

    def _term(self, node: Node) -> Shown:
        return self._show(node.value) if isinstance(node, NamedNode) else Shown(node.value)

    def _path(self, node: Node) -> Words:
        """Whose values a shape holds to something: "voice, then in article"."""
        found = self._all(node, "path")
        return tuple(self._step(found[0])) if found else ()

    def _step(self, node: Node) -> Iterator[Shown]:
        if isinstance(node, NamedNode):
            yield self._term(node)
        elif others := self._all(node, "alternativePath"):
            yield from _joined((self._step(one) for one in self._items(others[0])), " or ")
        elif back := self._all(node, "inversePath"):
            yield Shown("what has it as ")
            yield from self._step(back[0])
        elif on := self._all(node, "zeroOrMorePath"):
            yield from self._step(on[0])
            yield Shown(" any number of times")
        else:
            yield from _joined((self._step(one) for one in self._items(node)), ", then ")

    def _rules(self, node: Node) -> Iterator[Words]:
        """What a shape asks, each thing a phrase."""
        if how_many := self._count(node, "minCount", "maxCount"):
            yield (Shown(how_many),)
        for kind in self._all(node, "nodeKind"):
            yield (Shown(_KINDS.get(kind.value, kind.value)),)
        for name, said in _PLAIN.items():
            for value in self._all(node, name):
                yield Shown(f"{said} "), self._term(value)
        for values in self._all(node, "in"):
            members = ((self._term(one),) for one in self._items(values))
            yield Shown("one of "), *_joined(members, ", ")
        for length in self._all(node, "minLength"):
            yield (Shown(f"{length.value} or more characters"),)
        for pattern in self._all(node, "pattern"):
            yield (Shown(f"matching {pattern.value}"),)
        if self._all(node, "uniqueLang"):
            yield (Shown("no two in one language"),)
        yield from self._compound(node)

    def _compound(self, node: Node) -> Iterator[Words]:
        """What a shape asks by way of others without a name."""
        for other in self._all(node, "qualifiedValueShape"):
            how_many = self._count(node, "qualifiedMinCount", "qualifiedMaxCount")
            yield Shown(f"{how_many} that: "), *self._inner(other)
        for other in self._all(node, "not"):
            yield Shown("not ("), *self._inner(other), Shown(")")
        for name, word in _LISTS.items():
            for choices in self._all(node, name):
                inner = ((Shown("("), *self._inner(c), Shown(")")) for c in self._items(choices))
                yield tuple(_joined(inner, f" {word} "))
        for part in self._all(node, "property"):
            if not _is_named(part):
                yield tuple(self._inner(part))

    def _inner(self, node: Node) -> Iterator[Shown]:
        """A shape without a name, in one phrase: "degree: none; of the class Claim"."""
        if path := self._path(node):
            yield from path
            yield Shown(": ")
        yield from _joined(self._rules(node), "; ")

    def _count(self, node: Node, least: str, most: str) -> str:
        low, high = (self._all(node, name) for name in (least, most))
        return count_in_words(
            int(low[0].value) if low else None, int(high[0].value) if high else None
        )


def count_in_words(least: int | None, most: int | None) -> str:
    """How many values there may be.

    >>> count_in_words(1, 1), count_in_words(None, 0), count_in_words(2, None)
    ('exactly 1', 'none', 'at least 2')
    """
    if most == 0:
        return "none"
    if least == most:
        return "" if least is None else f"exactly {least}"
    parts = (f"at least {least}" if least else "", f"at most {most}" if most else "")
    return ", ".join(part for part in parts if part)


def _joined(phrases: Iterable[Iterable[Shown]], word: str) -> Iterator[Shown]:
    for number, phrase in enumerate(phrases):
        if number:
            yield Shown(word)
        yield from phrase


def _is_named(node: Node) -> bool:
    return isinstance(node, NamedNode)


def _local(node: Node) -> str:
    return node.value.rpartition("#")[2]
