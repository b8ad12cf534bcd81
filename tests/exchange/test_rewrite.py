"""What changed is written anew; comments and all other lines stay as their author left them."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kg.exchange.rewrite import rewrite
from kg.mapping.document import Nothing, Part, Voice
from kg.mapping.read import read
from kg.workspace import open_workspace
from paths import FIXTURES

AVEN = open_workspace(FIXTURES / "aven")
SOURCE, MAPPING = AVEN.source("aven"), AVEN.mapping("aven")


@given(st.sets(st.sampled_from([*MAPPING.claims, *MAPPING.voices])), st.sampled_from(["x", "y-1"]))
def test_whatever_goes_comes_or_changes_the_comments_stay(touched, event):
    claims = {n: replace(c, event=event) for n, c in MAPPING.claims.items() if n not in touched}
    voices = {n: v for n, v in MAPPING.voices.items() if n not in touched} | {"new": Voice()}
    after = replace(MAPPING, claims=claims, voices=voices)
    text = rewrite(SOURCE, MAPPING, after)
    assert read(text, "mapping.toml") == after
    comments = [line for line in SOURCE.splitlines() if line.startswith("#")]
    assert [line for line in text.splitlines() if line.startswith("#")] == comments


def test_the_same_mapping_is_the_same_text(aven):
    for slug in aven.slugs:
        assert rewrite(aven.source(slug), aven.mapping(slug), aven.mapping(slug)) == aven.source(
            slug
        )


def test_only_the_lines_of_the_changed_entry_differ(gate):
    source, mapping = gate.source("gate"), gate.mapping("gate")
    left = replace(mapping.claims["guard-left"], type="loss-of-control")
    after = replace(mapping, claims=mapping.claims | {"guard-left": left})
    before, behind, rest = source.partition("[claim.guard-left]")
    text = rewrite(source, mapping, after)
    assert text.startswith(before + behind) and text != source
    assert "# over a line break" in before and "withdrawal" in rest
    assert read(text, "mapping.toml") == after


def with_bridge(mapping, **changed):
    """The mapping with other keys of one claim."""
    claim = replace(mapping.claims["bridge-taken"], **changed)
    return replace(mapping, claims=mapping.claims | {"bridge-taken": claim})


def test_in_a_changed_entry_the_lines_of_its_other_keys_stay():
    text = rewrite(SOURCE, MAPPING, with_bridge(MAPPING, type="clash"))
    assert text == SOURCE.replace('"capture"', '"clash"', 1)
    text = rewrite(SOURCE, MAPPING, with_bridge(MAPPING, gained_by=None, degree="partial"))
    lines = [line for line in SOURCE.splitlines() if "# no lost-by" not in line]
    assert [line for line in text.splitlines() if line != 'degree    = "partial"'] == lines


def test_a_key_that_is_spread_over_several_lines_is_written_anew():
    inline = (
        'when      = { on = 2026-03-01, basis = "relative-to-publication", words = "on Sunday" }'
    )
    spread = (
        'when.on = 2026-03-01\nwhen.basis = "relative-to-publication"\nwhen.words = "on Sunday"'
    )
    assert inline in SOURCE
    source = SOURCE.replace(inline, spread)
    assert read(source, "mapping.toml") == MAPPING
    after = with_bridge(MAPPING, when=None)
    assert read(rewrite(source, MAPPING, after), "mapping.toml") == after


def test_entries_come_and_go_where_their_section_is(gate):
    source, mapping = gate.source("gate"), gate.mapping("gate")
    claims = {name: c for name, c in mapping.claims.items() if name != "cafe-burned"}
    after = replace(
        mapping,
        claims=claims,
        parts=(Part("headline"), *mapping.parts),
        nothings=(Nothing("background"),),
    )
    text = rewrite(source, mapping, after)
    assert read(text, "mapping.toml") == after
    assert "cafe-burned" not in text and "# over a line break" in text
    assert text.index('"headline"') < text.index("# --- who speaks") < text.index("[[nothing]]")
    assert "\n\n\n" not in text
