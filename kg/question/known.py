"""What a parameter can name: the things of a release, and the concepts of the schemes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, Store

from kg.errors import QuestionError, suggest
from kg.names import SCHEME_NAMES, SCHEMES, VOCABULARIES, Names, concept_key
from kg.store import UNION

_CLASSES: Final = {"place": "Place", "actor": "Actor", "article": "Article"}


def instances(kind: str, store: Store) -> Iterator[str]:
    """The things of a kind that belong to no single article; the concepts of a scheme."""
    if kind in SCHEME_NAMES:
        property_, class_ = f"{VOCABULARIES['skos']}inScheme", f"{SCHEMES}{kind}"
    elif kind in _CLASSES:
        property_, class_ = f"{VOCABULARIES['rdf']}type", f"{VOCABULARIES['wh']}{_CLASSES[kind]}"
    else:
        return
    for quad in store.quads_for_pattern(None, NamedNode(property_), NamedNode(class_), UNION):
        thing = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
        if thing and "." not in thing.rpartition("/")[2]:
            yield thing


def value_of(thing: str, kind: str, names: Names) -> str:
    """What one types to name a thing as a parameter of a kind: palmyra, unopposed-takeover."""
    local = thing.rpartition("/")[2]
    return concept_key(local) if kind in SCHEME_NAMES else (names.split(thing) or ("", local))[1]


def check_known(thing: NamedNode, kind: str, found: str, store: Store, names: Names) -> None:
    """Raises QuestionError for what a release does not know.

    Without that, a misspelt place would be answered with "nobody knows".
    """
    if next(store.quads_for_pattern(thing, None, None, UNION), None) is None:
        known = {value_of(other, kind, names) for other in instances(kind, store)}
        near = f"; {suggest(found.rpartition('/')[2], known, 'known')}" if known else ""
        raise QuestionError(f"{kind} '{found}' is not known to this release{near}.")
