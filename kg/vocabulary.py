"""What the ontology's schemes allow: the values a mapping may use and the units it may print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from kg.names import SCHEMES, VOCABULARIES, WH, concept_key

_SKOS: Final = VOCABULARIES["skos"]
_SEE_ALSO: Final = f"{VOCABULARIES['rdfs']}seeAlso"
_MULTIPLIER: Final = "http://qudt.org/schema/qudt/conversionMultiplier"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, the unit that its quantities are normalised to, and the factor between them."""

    name: str
    base: str
    factor: float

    @property
    def base_iri(self) -> str:
        """The IRI of the base unit's concept."""
        return f"{SCHEMES}unit/{self.base}"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The schemes: kebab-case values by scheme, and units by printed form."""

    values: dict[str, frozenset[str]]
    units: dict[str, Unit]
    classes: dict[str, str]
    """The class that a type of actor implies, as a curie: armed-group is a wh:ArmedActor."""

    def unit(self, printed: str) -> Unit | None:
        """The unit that a printed form, or a unit's own value, names."""
        return self.units.get(printed.strip().casefold())


def resource(name: str) -> Path:
    """Where a shipped folder (ontology, shapes) is: in the wheel, or beside kg/ in a checkout."""
    packaged = Path(__file__).parent / name
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / name


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """The vocabulary of the shipped schemes."""
    from pyoxigraph import RdfFormat, parse

    triples = parse(path=str(resource("ontology") / "schemes.ttl"), format=RdfFormat.TURTLE)
    return build_vocabulary((t.subject.value, t.predicate.value, t.object.value) for t in triples)


def build_vocabulary(triples: Iterable[tuple[str, str, str]]) -> Vocabulary:
    """The vocabulary that the schemes' triples (as plain strings) describe."""
    values: dict[str, set[str]] = {}
    about: dict[str, dict[str, list[str]]] = {}
    for subject, predicate, value in triples:
        about.setdefault(subject, {}).setdefault(predicate, []).append(value)
    for subject, found in about.items():
        if f"{_SKOS}inScheme" in found:
            scheme, _, name = subject.removeprefix(SCHEMES).partition("/")
            values.setdefault(scheme, set()).add(concept_key(name))
    classes = {
        concept_key(subject.rpartition("/")[2]): found[_SEE_ALSO][0].replace(WH, "wh:")
        for subject, found in about.items()
        if _SEE_ALSO in found
    }
    return Vocabulary({s: frozenset(v) for s, v in values.items()}, _units(about), classes)


def _units(about: dict[str, dict[str, list[str]]]) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    prefix = f"{SCHEMES}unit/"
    for subject, found in about.items():
        if not subject.startswith(prefix) or f"{_SKOS}inScheme" not in found:
            continue
        name = subject.removeprefix(prefix)
        base = found.get(f"{_SKOS}broader", [subject])[0].removeprefix(prefix)
        unit = Unit(name, base, float(found.get(_MULTIPLIER, ["1"])[0]))
        for printed in (*found.get(f"{_SKOS}altLabel", []), *found.get(f"{_SKOS}prefLabel", [])):
            units[printed.casefold()] = unit
        units[concept_key(name)] = unit
    return units
