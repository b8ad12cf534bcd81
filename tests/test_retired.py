"""retired.toml: what it says, and that what is wrong in it is told by line."""

import datetime as dt

import pytest

from kg.errors import AuthorityError
from kg.lift.retired import entry_of, lift_retired
from kg.names import Names
from kg.retired import KINDS, Retired, is_id, read_retired, written

NAMES = Names("https://example.org/valley/")
MERGED = Retired(
    "event/old", "merged", dt.date(2026, 11, 21), 'coded "twice"', ("event/new",), line=2
)
TAIL = 'on = 2026-11-21\nbecause = "x"\n'


@pytest.fixture(scope="module")
def shipped_ids(aven_releases):
    """The ids of all things that people name, of the invented workspace."""
    lines = (aven_releases / "current" / "data.nq").read_text("utf-8").splitlines()
    subjects = {line.partition(">")[0][1:].removeprefix(NAMES.base) for line in lines}
    return [one for one in subjects if one.partition("/")[0] in KINDS]


def entry(body: str) -> str:
    return f"[[retired]]\n{body}\n{TAIL}"


def test_what_is_written_is_read():
    assert read_retired(written([MERGED]), "retired.toml") == (MERGED,)


@pytest.mark.parametrize(
    "one",
    [
        MERGED,
        Retired("claim/aven.x", "withdrawn", dt.date(2026, 1, 2), "asked for"),
        Retired("place/a", "split", dt.date(2026, 1, 2), "two towns", ("place/b", "place/c")),
    ],
)
def test_quads_say_it_all(one):
    found = entry_of(NAMES.base + one.id, lift_retired([one], NAMES), NAMES)
    assert found is not None
    assert (found.id, found.state, found.into) == (one.id, one.state, one.into)
    assert (found.on, found.because) == (one.on, one.because)


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("[[retired]", 1, "TOML"),
        ("retred = 1", 1, "unknown key 'retred'"),
        ("retired = 1", 1, "must be tables"),
        (entry('id = "event/a"'), 1, "has no state"),
        (entry('id = "event/a"\nstate = "gone"'), 3, "one of merged, split, withdrawn"),
        (entry('id = "period/a"\nstate = "withdrawn"'), 2, "expected kind/id"),
        (entry('id = "event/A b"\nstate = "withdrawn"'), 2, "expected kind/id"),
        (entry('id = "event/a"\nstate = "withdrawn"\nwhy = "x"'), 4, "unknown key 'why'"),
        (entry('id = "event/a"\nstate = "merged"'), 1, "into 0; expected one id"),
        (entry('id = "event/a"\nstate = "split"\ninto = ["event/b"]'), 4, "two or more"),
        (entry('id = "event/a"\nstate = "merged"\ninto = "event/b"'), 4, "a list of ids"),
        (entry('id = "event/a"\nstate = "merged"\ninto = ["event/a"]'), 1, "by itself"),
        (entry('id = "event/a"\nstate = "withdrawn"') * 2, 6, "stands twice"),
    ],
)
def test_what_is_wrong_is_told_by_line(source, line, message):
    with pytest.raises(AuthorityError) as told:
        read_retired(source, "retired.toml")
    finding = told.value.findings[0]
    assert finding.path == "retired.toml"
    assert message in finding.message
    assert finding.line == line


def test_a_circle_is_told_of_each_id_in_it():
    source = "".join(
        entry(f'id = "event/{a}"\nstate = "merged"\ninto = ["event/{b}"]')
        for a, b in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"))
    )
    with pytest.raises(AuthorityError) as told:
        read_retired(source, "retired.toml")
    assert [f.message[:9] for f in told.value.findings] == ["'event/a'", "'event/b'", "'event/c'"]


def test_every_id_that_people_give_is_one(shipped_ids):
    assert shipped_ids and [one for one in shipped_ids if not is_id(one)] == []


@pytest.mark.parametrize(
    "text", ["", "event", "event/", "event/A", "event/a b", "period/a", "claim/a."]
)
def test_what_is_no_id(text):
    assert not is_id(text)
