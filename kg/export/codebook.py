"""codebook.html: every scheme and value of a release, with the rule by which it is coded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Store

from kg.export.file import File
from kg.files import write_whole
from kg.lift.terms import term
from kg.names import SCHEME_NAMES, SCHEMES, Names, concept_key

FILES: Final = (
    File(
        "codebook.html",
        "text/html",
        "The codebook: every coded value with its rule, an example, a borderline case and a "
        "counter-example.",
    ),
)
PARTS: Final = (
    ("", "skos:definition"),
    ("Rule", "skos:scopeNote"),
    ("Example", "skos:example"),
    ("Borderline", "skos:editorialNote"),
    ("Not", "skos:note"),
)
"""What is said of a value: its heading, which the words may begin with, and its property."""

_TOP: Final = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
"""


@dataclass(frozen=True, slots=True)
class _Book:
    """The ontology's graph of a release, asked for one thing at a time."""

    store: Store
    graph: NamedNode

    def texts(self, thing: NamedNode, curie: str) -> list[str]:
        """What a property says, sorted."""
        quads = self.store.quads_for_pattern(thing, term(curie), None, self.graph)
        return sorted(q.object.value for q in quads if isinstance(q.object, Literal))

    def label(self, thing: NamedNode) -> str:
        """The label, else the last part of the IRI."""
        return next(iter(self.texts(thing, "skos:prefLabel")), thing.value.rpartition("/")[2])

    def values(self, scheme: NamedNode) -> list[NamedNode]:
        """The concepts of a scheme, by label."""
        found = self.store.quads_for_pattern(None, term("skos:inScheme"), scheme, self.graph)
        concepts = {q.subject for q in found if isinstance(q.subject, NamedNode)}
        return sorted(concepts, key=lambda c: (self.label(c), c.value))


def write(store: Store, names: Names, summary: dict[str, Any], folder: Path) -> None:
    """Writes codebook.html from the release's ontology."""
    book = _Book(store, NamedNode(names.graph("ontology")))
    content = "\n".join(_page(book, summary)) + "\n"
    write_whole(folder / "codebook.html", content.encode())


def _page(book: _Book, summary: dict[str, Any]) -> Iterator[str]:
    title = f"Codebook of {summary['title']}"
    schemes = [(name, NamedNode(f"{SCHEMES}{name}")) for name in SCHEME_NAMES]
    yield f"{_TOP}<title>{escape(title)}</title>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>"
    yield f"<p>Release {escape(summary['digest'])}, {summary['date']}. All examples are invented."
    yield "Terms in brackets are what a mapping writes.</p>\n<nav>\n<ul>"
    for name, scheme in schemes:
        yield f'<li><a href="#{name}">{escape(book.label(scheme))}</a></li>'
    yield "</ul>\n</nav>"
    for name, scheme in schemes:
        yield from _scheme(book, name, scheme)
    yield "</main>\n</body>\n</html>"


def _scheme(book: _Book, name: str, scheme: NamedNode) -> Iterator[str]:
    yield f'<section id="{name}">\n<h2>{escape(book.label(scheme))} [{name}]</h2>'
    yield from _paragraphs(book.texts(scheme, "skos:definition"))
    for concept in book.values(scheme):
        key = concept_key(concept.value.rpartition("/")[2])
        yield f'<h3 id="{name}.{key}">{escape(book.label(concept))} [{key}]</h3>'
        yield from _concept(book, concept)
    yield "</section>"


def _concept(book: _Book, concept: NamedNode) -> Iterator[str]:
    yield from _paragraphs(book.texts(concept, PARTS[0][1]))
    yield "<dl>"
    for heading, curie in PARTS[1:]:
        for text in book.texts(concept, curie):
            said = text.removeprefix(f"{heading}: ")
            yield f"<dt>{heading}</dt><dd>{escape(said)}</dd>"
    if printed := book.texts(concept, "skos:altLabel"):
        yield f"<dt>Printed as</dt><dd>{escape(', '.join(printed))}</dd>"
    yield f"<dt>IRI</dt><dd>{escape(concept.value)}</dd>\n</dl>"


def _paragraphs(texts: Iterable[str]) -> Iterator[str]:
    yield from (f"<p>{escape(text)}</p>" for text in texts)
