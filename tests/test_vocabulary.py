"""What the schemes allow, as mappings need it."""

from kg.names import SCHEME_NAMES, SCHEMES, VOCABULARIES
from kg.vocabulary import Unit, build_vocabulary, load_vocabulary, resource

SKOS = VOCABULARIES["skos"]
QUDT = "http://qudt.org/schema/qudt/conversionMultiplier"


def test_schemes_and_units_are_read_from_triples():
    mile = f"{SCHEMES}unit/Mile"
    vocabulary = build_vocabulary(
        [
            (mile, f"{SKOS}inScheme", f"{SCHEMES}unit"),
            (mile, f"{SKOS}broader", f"{SCHEMES}unit/Kilometre"),
            (mile, f"{SKOS}altLabel", "Miles"),
            (mile, QUDT, "1.609344"),
            (f"{SCHEMES}event-type/AirStrike", f"{SKOS}inScheme", f"{SCHEMES}event-type"),
            (f"{SCHEMES}event-type/Opening", f"{SKOS}prefLabel", "no concept"),
        ]
    )
    assert vocabulary.values == {"unit": {"mile"}, "event-type": {"air-strike"}}
    assert (
        vocabulary.unit(" miles ") == vocabulary.unit("mile") == Unit("Mile", "Kilometre", 1.609344)
    )
    assert vocabulary.unit("leagues") is None


def test_every_scheme_has_values():
    assert set(SCHEME_NAMES) <= set(load_vocabulary().values)


def test_every_unit_is_normalised_to_one_that_is_its_own_base():
    units = {unit.name: unit for unit in load_vocabulary().units.values()}
    assert all(units[unit.base].base == unit.base for unit in units.values())
    assert all(unit.factor == 1 for unit in units.values() if unit.base == unit.name)
    assert units["Mile"].base_iri == f"{SCHEMES}unit/Kilometre"


def test_the_shipped_folders_are_found():
    assert (resource("ontology") / "schemes.ttl").is_file()
