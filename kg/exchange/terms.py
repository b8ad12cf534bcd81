"""The terms of a mapping in Web Annotation bodies: properties of the ontology, values as IRIs.

Keys that the ontology has no property for stay as they are: JSON-LD passes over them, and they come
back with the rest. https://www.w3.org/TR/json-ld11/#syntax-tokens-and-keywords
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from kg.names import SCHEMES, VOCABULARIES, WH, Names, concept, concept_key, owned

_ACTOR: Final = ("speaker", "said-to", "affiliation", "gained-by", "lost-by", "agent")
_ACTOR_TOO: Final = ("supported-by", "controller")
_PLACE: Final = ("place", "departure", "destination")
_SCHEMES: Final = {
    "type": "event-type",
    "hold": "hold-kind",
    "certainty": "voice-certainty",
    **{
        key: key
        for key in (
            "mode",
            "degree",
            "situation",
            "measure",
            "bound",
            "polarity",
            "completion",
            "factuality",
        )
    },
}
_SORTS: Final = {
    **dict.fromkeys((*_ACTOR, *_ACTOR_TOO), "actor"),
    **dict.fromkeys(_PLACE, "place"),
    **dict.fromkeys(("affected", "refers-to"), "either"),
    **dict.fromkeys(("voice", "relayed-by", "same-utterance-as"), "voice"),
    **dict.fromkeys(("denies", "corrects", "on-condition"), "claim"),
    "event": "event",
    "probably-derived-from": "own",
}
_LITERALS: Final = ("value", "number", "unit", "scope", "extent", "role", "because")
_NAMED_OTHERWISE: Final = {
    "event": "aboutEvent",
    "type": "eventType",
    "hold": "holdKind",
    "certainty": "voiceCertainty",
    "role": "speakerRole",
    "affiliation": "speakerAffiliation",
}


def _property(key: str) -> str:
    first, *rest = key.split("-")
    return f"wh:{_NAMED_OTHERWISE.get(key) or first + ''.join(map(str.capitalize, rest))}"


PROPERTIES: Final = {key: _property(key) for key in (*_SORTS, *_SCHEMES, *_LITERALS)}
_KEYS: Final = {name: key for key, name in PROPERTIES.items()}


def context(names: Names) -> dict[str, Any]:
    """What our keys mean, for a reader of JSON-LD."""
    return {
        "@base": names.base,
        "wh": WH,
        "scheme": SCHEMES,
        "unnamed": f"{VOCABULARIES['rdfs']}label",
        "described": f"{VOCABULARIES['rdfs']}label",
        **{PROPERTIES[key]: {"@type": "@id"} for key in (*_SORTS, *_SCHEMES)},
    }


@dataclass(frozen=True, slots=True)
class Terms:
    """How the keys and values of one article's entries are spelt."""

    names: Names
    article: str
    places: Collection[str] = ()

    def spelt(self, section: str, keys: dict[str, Any]) -> dict[str, Any]:
        """The keys of an entry as a body has them."""
        return {
            PROPERTIES.get(key, key): _each(value, lambda v, k=key: self._out(section, k, v))
            for key, value in keys.items()
        }

    def read(self, body: dict[str, Any]) -> dict[str, Any]:
        """The keys of an entry that a body has."""
        found = {_KEYS.get(key.replace(WH, "wh:"), key): value for key, value in body.items()}
        return {
            key: _each(value, self._back) if key in _SORTS or key in _SCHEMES else value
            for key, value in found.items()
        }

    def _out(self, section: str, key: str, value: str) -> str:
        iri = self._iri(section, key, value)
        # A value that no IRI stands for without loss stays what it is: `validate` will tell of it.
        return iri if self._back(iri) == value else value

    def _iri(self, section: str, key: str, value: str) -> str:
        if key in _SCHEMES:
            return concept(_SCHEMES[key], value).replace(SCHEMES, "scheme:", 1)
        sort = _SORTS.get(key)
        if sort in ("voice", "claim", "own"):
            kind = section if sort == "own" else sort
            return f"{kind}/{value if '.' in value else owned(self.article, value)}"
        if sort == "either":
            sort = "place" if value in self.places else "actor"
        return f"{sort}/{value}" if sort else value

    def _back(self, value: str) -> str:
        kind, slash, local = value.removeprefix(self.names.base).rpartition("/")
        if not slash:
            return value
        if kind.removeprefix("scheme:").removeprefix(SCHEMES) in _SCHEMES.values():
            return concept_key(local)
        return local.removeprefix(f"{self.article}.")


def _each(value: Any, change: Any) -> Any:
    """A value, or each value of a list, changed where it is text; the rest as it is."""
    if isinstance(value, list):
        return [_each(one, change) for one in value]
    return change(value) if isinstance(value, str) else value
