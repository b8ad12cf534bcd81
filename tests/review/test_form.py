"""The forms offer what the shapes and the codebook have, and nothing of their own."""

import pytest

from kg.review.entry import KINDS, entry_of, table_of
from kg.review.form import form_of, role_tables
from kg.vocabulary import load_vocabulary
from kg.workspace import SHIPPED, open_workspace

SCHEMES = {
    "type": "event-type",
    "degree": "degree",
    "measure": "measure",
    "bound": "bound",
    "mode": "mode",
    "situation": "situation",
    "hold": "hold-kind",
    "polarity": "polarity",
    "completion": "completion",
    "factuality": "factuality",
    "certainty": "voice-certainty",
}


@pytest.mark.parametrize(("key", "scheme"), SCHEMES.items())
def test_the_values_of_a_scheme_are_offered_with_label_and_definition(key, scheme):
    (field,) = [field for field in form_of("claim") if field.key == key]
    assert field.widget == "choice"
    assert {option.value for option in field.options} == load_vocabulary().values[scheme]
    assert all(option.label and option.help for option in field.options)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_form_is_a_key_of_the_mapping(kind):
    for field in form_of(kind):
        _, wrong = entry_of(kind, {field.key: "x"})
        assert wrong.get(field.key) != "no such key", field.key


def test_every_type_of_event_has_its_roles_and_says_them():
    tables = role_tables()
    assert set(tables) == load_vocabulary().values["event-type"] | {"event", "control", "quantity"}
    assert tables["withdrawal"].needs == (("lost-by",),)
    assert "gained-by" in tables["withdrawal"].never
    assert tables["control"].needs == (("controller",), ("place",))
    assert all(
        roles.help for name, roles in tables.items() if name not in ("event", "control", "quantity")
    )


@pytest.mark.parametrize("slug", open_workspace(SHIPPED).slugs)
def test_an_entry_survives_its_form_but_for_its_positions(slug):
    mapping = open_workspace(SHIPPED).mapping(slug)
    for kind, entries in (("claim", mapping.claims), ("voice", mapping.voices)):
        for entry in entries.values():
            again, wrong = entry_of(kind, table_of(entry))
            assert wrong == {}
            assert table_of(again) == table_of(entry)
            assert again.basis == entry.basis and again.because == entry.because
