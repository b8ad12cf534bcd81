"""What is written can be read again, and says the same."""

from hypothesis import HealthCheck, given, settings

from kg.mapping.read import read
from kg.mapping.write import write
from mapping.strategies import mappings


@given(mappings)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_reading_undoes_writing(mapping):
    assert read(write(mapping), "mapping.toml") == mapping


@given(mappings)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_same_mapping_gives_the_same_bytes(mapping):
    once = write(mapping)
    assert write(read(once, "mapping.toml")) == once


def test_a_real_mapping_survives(aven):
    for slug in aven.slugs:
        mapping = aven.mapping(slug)
        assert read(write(mapping), "mapping.toml") == mapping


def test_what_is_written_is_aligned_and_quoted(aven_mapping):
    lines = write(aven_mapping).splitlines()
    start = lines.index("[voice.doctors]")
    assert lines[start : start + 7] == [
        "[voice.doctors]",
        'form       = "indirect"',
        'speaker    = { unnamed = "local doctors" }',
        'relayed-by = "monitor"',
        'cue        = "quoting local doctors"',
        "cue-at     = [245, 266]",
        'words      = "Twelve people died"',
    ]
