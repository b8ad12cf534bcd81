"""Terms as pages show them: by a label instead of an IRI, with a link where there is one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from kg.names import VOCABULARIES, Names
from kg.store import UNION
from server.link import href_of, path_of
from server.show.facts import LABELS, property_of

NAMELESS: Final = {
    "period": ("wh:controller", "wh:place", "wh:accordingTo"),
    "evidence": ("wh:controller", "wh:place", "wh:effect"),
    "disagreement": ("wh:disagreementType",),
    "question": ("wh:measure", "wh:controller", "wh:place"),
    "voice": ("wh:speaker",),
}
"""What the label of a thing without one is made of, by its kind."""
_CALLED: Final = {"prefLabel": "name", "altLabel": "other name"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A term for a page: text in a language, with a link if it has one."""

    text: str
    href: str | None = None
    language: str | None = None
    iri: str | None = None


@dataclass(slots=True)
class Terms:
    """Shows terms of one release below one root; looks each label up once."""

    store: Store
    names: Names
    root: str = ""
    _labels: dict[str, Shown] = field(default_factory=dict)

    def show(self, term: NamedNode | Literal | BlankNode | Triple | None) -> Shown:
        """A term of an answer or a statement."""
        if isinstance(term, NamedNode):
            return self.thing(term.value)
        if isinstance(term, Literal):
            return Shown(_literal(term), language=term.language)
        return Shown("" if term is None else str(term))

    def thing(self, iri: str) -> Shown:
        """An IRI by its label, linked."""
        if iri not in self._labels:
            label = self._label(iri)
            self._labels[iri] = Shown(label.text, self.href(iri), label.language, iri)
        return self._labels[iri]

    def account(self, iri: str) -> Shown:
        """Whose account it is: an actor by name; an article, whose outlet is unnamed, as a title.

        Without its quotation marks a headline that begins with a name reads like the name.
        """
        shown = self.thing(iri)
        kind, _ = self.names.split(iri) or ("", "")
        return replace(shown, text=f"“{shown.text}”") if kind == "article" else shown

    def href(self, iri: str) -> str | None:
        """Where a link to an IRI leads."""
        return href_of(iri, self.names, self.root)

    def _label(self, iri: str) -> Shown:
        for curie in LABELS:
            found = self._literals(iri, curie)
            if found:
                best = min(found, key=_preference)
                return Shown(best.value, language=best.language)
        kind, local = self.names.split(iri) or ("", "")
        made = [
            self.account(one).text
            for c in NAMELESS.get(kind, ())
            for one in self._links(iri, c)[:1]
        ]
        between = ": " if kind == "question" else ", "
        return Shown(between.join(made) or (spoken(local) if kind else self._short(iri)))

    def _literals(self, iri: str, curie: str) -> list[Literal]:
        quads = self.store.quads_for_pattern(NamedNode(iri), property_of(curie), None, UNION)
        return [q.object for q in quads if isinstance(q.object, Literal)]

    def _links(self, iri: str, curie: str) -> list[str]:
        quads = self.store.quads_for_pattern(NamedNode(iri), property_of(curie), None, UNION)
        return sorted(q.object.value for q in quads if isinstance(q.object, NamedNode))

    def _short(self, iri: str) -> str:
        """An IRI without a label: its path here, the name of a known term, or the whole."""
        path = path_of(iri, self.names)
        if path is not None:
            return path
        for start in VOCABULARIES.values():
            if iri.startswith(start) and len(iri) > len(start):
                name = iri.removeprefix(start)
                return _CALLED.get(name) or words_in(name)
        return iri


def _preference(label: Literal) -> tuple[int, str, str]:
    """English first, then what has no language, then by tag."""
    tag = label.language or ""
    return (0 if tag.startswith("en") else 1 if not tag else 2), tag, label.value


def _literal(term: Literal) -> str:
    if term.datatype.value.endswith("#boolean"):
        return {"true": "yes", "false": "no"}.get(term.value, term.value)
    return term.value


def words_in(name: str) -> str:
    """A name in camel case as words.

    >>> words_in("wasDerivedFrom")
    'was derived from'
    """
    return re.sub(r"(?<=[a-z])[A-Z]", lambda capital: f" {capital[0].lower()}", name)


def spoken(local: str) -> str:
    """A local name as words: "aven.bridge-taken" is "Bridge taken"; spans keep their numbers.

    >>> spoken("aven-bridge-takeover")
    'Aven bridge takeover'
    """
    own = (local.partition(".")[2] or local).replace("--", ", ")
    return own if re.match(r"[\d_-]+", own) else own.replace("-", " ").capitalize()
