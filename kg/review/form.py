"""The form for each kind of entry, as the shapes say it: values, and who may stand where.

A field of a mapping becomes a property (`kg.lift.article.PROPERTIES`); what the shapes demand of
the property is what its form offers and says beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from kg.lift.article import PROPERTIES
from kg.lift.terms import term
from kg.mapping.document import PLACE_ROLES, ROLES, SPREAD, key_of
from kg.names import SCHEMES, concept_key, concept_name
from kg.review.entry import KINDS
from kg.review.proposals import AUTHORITY
from kg.suggest.roles import role_table
from kg.validate.shapes import SHACL, SHAPES, shapes_text
from kg.vocabulary import load_vocabulary, resource

_LISTS: Final = (*ROLES, "authors", "same_utterance_as", "probably_derived_from")
_REFERENCES: Final = {
    **dict.fromkeys(ROLES, "actors"),
    **dict.fromkeys(PLACE_ROLES, "places"),
    "affected": "anything",
    "speaker": "actors",
    "affiliation": "actors",
    "said_to": "actors",
    "refers_to": "anything",
    "publisher": "actors",
    "authors": "actors",
    "voice": "voices",
    "relayed_by": "voices",
    "denies": "claims",
    "corrects": "claims",
    "on_condition": "claims",
}
_LOCAL: Final = ("speaker", "said_to", *ROLES)
"""What may be worded as in the article instead of naming an id."""
_TYPED: Final = {
    "number": "number",
    "when": "toml",
    "published": "toml",
    "basis": "toml",
    "words": "words",
    "cue": "words",
    "nth": "toml",
    "to_nth": "toml",
    "unit": "toml-or-text",
    "accessed": "day",
}
_PARTS: Final = ("headline", "standfirst", "caption", "body")
_FORMS: Final = ("direct", "mixed", "indirect")
_UNASKED: Final = ("at", "by", "score", "digest")
_REQUIRED: Final = {
    "article": ("title", "publisher", "language", "published"),
    "voice": ("form", "speaker"),
    "mention": ("refers_to",),
    "part": ("kind",),
    "nothing": ("because",),
}
"""What has no default and applies to every entry of a kind."""
_DEFAULTED: Final = ("voice", "polarity", "completion", "factuality", "certainty", "mode")
_SHAPES: Final = {
    "claim": ("Claim", "EventClaim", "ControlClaim", "QuantityClaim"),
    "voice": ("Voice", "Quotation"),
    "mention": ("Mention",),
}
_ZERO: Final = Literal(0)
_CLAIM_KINDS: Final = {
    "event": "EventClaim",
    "control": "ControlClaim",
    "quantity": "QuantityClaim",
}
_EXAMPLES: Final = {"published": '{ on = 2026-03-01, basis = "outside", because = "…" }'}
"""What a field looks like that no shape speaks of, nor a form fills."""
_REASONS: Final = ("background", "opinion", "description", "procedure", "no-territory")
"""Why a sentence carries no statement (kg/mapping/README.md, The ledger)."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a field can have, and what the codebook says of it."""

    value: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form."""

    key: str
    widget: str
    """choice, reference, references, text, words, number, day, toml or toml-or-text."""
    of: str = ""
    """What a reference names: actors, places, anything, voices or claims."""
    local: bool = False
    required: bool = False
    options: tuple[Option, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class Roles:
    """What the role table says of a type of event: one of each group is needed, others never."""

    needs: tuple[tuple[str, ...], ...]
    never: tuple[str, ...]
    help: str


@cache
def form_of(kind: str) -> tuple[Field, ...]:
    """The fields of an entry's form, in the order of the file."""
    if kind in AUTHORITY:
        return _authority(kind)
    return tuple(_field(kind, name, key) for name, key in _names(KINDS[kind]))


@cache
def role_tables() -> dict[str, Roles]:
    """What each kind of claim, and each type of event, needs and never has."""
    found = {kind: _of_kind(_named(shape)) for kind, shape in _CLAIM_KINDS.items()}
    for value, roles in role_table().items():
        needs = sorted(tuple(sorted(group)) for group in roles.needed)
        help_ = _message(_named(f"{concept_name(value)}Roles"))
        found[value] = Roles(tuple(needs), tuple(sorted(roles.forbidden)), help_)
    return found


def _of_kind(shape: NamedNode) -> Roles:
    """What the shape of a kind of claim needs (what has a default apart) and never has."""
    inner = _objects(shape, "property")
    needs = [tuple(_keys(one)) for one in inner if _number(one, "minCount")]
    never = [key for one in inner if _objects(one, "maxCount") == [_ZERO] for key in _keys(one)]
    wanted = (group for group in needs if group and group[0] not in _DEFAULTED)
    return Roles(tuple(sorted(wanted)), tuple(never), "")


def _names(kind: type) -> Iterator[tuple[str, str]]:
    for item in fields(kind):
        if SPREAD in item.metadata:
            yield from _names(item.metadata[SPREAD])
        elif key_of(item) not in _UNASKED and not key_of(item).endswith("-at"):
            yield item.name, key_of(item)


def _field(kind: str, name: str, key: str) -> Field:
    name = "cue" if key == "cue" else name
    path = _property(kind, name)
    shapes = list(_shapes_of(kind, path)) if path else []
    options = _options(shapes)
    if (kind, name) == ("voice", "form"):
        options = tuple(Option(v, v) for v in _FORMS)
    if (kind, name) == ("part", "kind"):
        options = tuple(Option(v, v) for v in _PARTS)
    if (kind, name) == ("nothing", "because"):
        options = tuple(Option(v, v) for v in _REASONS)
    of = _REFERENCES.get(name, "")
    many = name in _LISTS
    plain = "toml" if many else "text"
    widget = ("references" if many else "reference") if of else _TYPED.get(name, plain)
    if options:
        widget = "choice" if kind != "nothing" else "suggested"
    help_ = _message(shapes[0]) if shapes else _EXAMPLES.get(name, "")
    required = name in _REQUIRED.get(kind, ())
    return Field(key, widget, of, name in _LOCAL, required, options, help_)


def _property(kind: str, name: str) -> NamedNode | None:
    """The property that a field becomes, where it becomes one."""
    if kind in ("voice", "claim", "mention") and name in PROPERTIES and name != "when":
        return term(PROPERTIES[name])
    return None


def _authority(kind: str) -> tuple[Field, ...]:
    types = tuple(_option(f"{kind}-type", v) for v in _values(f"{kind}-type"))
    fields_ = [
        Field("label", "toml", required=True, help='Names by language: { en = "Aven" }.'),
        Field("type", "choice", required=True, options=types),
        Field("part-of", "reference", of=f"{kind}s"),
        Field("alt", "toml", help='Other names by language: { en = ["Aven town"] }.'),
    ]
    if kind == "place":
        fields_ += [
            Field("point", "toml", help="[latitude, longitude]"),
            Field("point-from", "text", help="The record that the point is from."),
        ]
    else:
        alignments = tuple(_option("source-alignment", v) for v in _values("source-alignment"))
        fields_.append(Field("alignment", "choice", options=alignments))
        bases = tuple(_option("publication-basis", v) for v in _values("publication-basis"))
        fields_.append(Field("publication-basis", "choice", options=bases))
    return (*fields_, Field("note", "text"))


# --- the shapes, read ------------------------------------------------------------------


@cache
def _shapes() -> Store:
    store = Store()
    store.bulk_extend(parse(shapes_text().encode("utf-8"), format=RdfFormat.TURTLE))
    return store


def _shapes_of(kind: str, path: NamedNode) -> Iterator[Any]:
    """The shapes of an entry's kind that are about a property."""
    for name in _SHAPES.get(kind, ()):
        for shape in _objects(_named(name), "property"):
            if _objects(shape, "path") == [path]:
                yield shape


def _named(name: str) -> NamedNode:
    return NamedNode(SHAPES + name)


def _message(shape: Any) -> str:
    return " ".join(o.value for o in _objects(shape, "message"))


def _objects(subject: Any, name: str) -> list[Any]:
    found = _shapes().quads_for_pattern(subject, NamedNode(f"{SHACL}{name}"), None)
    return [quad.object for quad in found]


def _number(subject: Any, name: str) -> int:
    return max((int(o.value) for o in _objects(subject, name)), default=0)


def _options(shapes: list[Any]) -> tuple[Option, ...]:
    """The values of sh:in, in its order."""
    for shape in shapes:
        for head in _objects(shape, "in"):
            concepts = [str(c.value) for c in _listed(head)]
            return tuple(_option(*_split(iri)) for iri in concepts)
    return ()


def _split(iri: str) -> tuple[str, str]:
    scheme, _, name = iri.removeprefix(SCHEMES).partition("/")
    return scheme, concept_key(name)


def _listed(head: Any) -> Iterator[Any]:
    while head != term("rdf:nil"):
        first = next(_shapes().quads_for_pattern(head, term("rdf:first"), None))
        yield first.object
        head = next(_shapes().quads_for_pattern(head, term("rdf:rest"), None)).object


def _keys(inner: Any) -> Iterator[str]:
    """The keys of the properties on a path: one, or several alternatives."""
    names = {term(curie): field.replace("_", "-") for field, curie in PROPERTIES.items()}
    for path in _objects(inner, "path"):
        several = _objects(path, "alternativePath")
        paths = _listed(several[0]) if several else [path]
        yield from (names[p] for p in paths if p in names)


# --- the codebook ----------------------------------------------------------------------


def _values(scheme: str) -> list[str]:
    return sorted(load_vocabulary().values.get(scheme, ()))


def _option(scheme: str, value: str) -> Option:
    said = _codebook().get((scheme, value), {})
    return Option(value, said.get("prefLabel", value), said.get("definition", ""))


@cache
def _codebook() -> dict[tuple[str, str], dict[str, str]]:
    """Label and definition of each concept."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    path = resource("ontology") / "schemes.ttl"
    for triple in parse(path=str(path), format=RdfFormat.TURTLE):
        name = triple.predicate.value.rpartition("#")[2]
        subject = getattr(triple.subject, "value", "")
        if name in ("prefLabel", "definition") and subject.startswith(SCHEMES):
            found.setdefault(_split(subject), {})[name] = triple.object.value
    return found
