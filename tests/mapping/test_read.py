"""The format: its description is executed, and every mistake of form is reported with its line."""

import datetime as dt
import re
import tomllib

import pytest

from kg.errors import MappingError
from kg.mapping.check import check
from kg.mapping.codec import Local
from kg.mapping.document import Article, Claim, Coding, key_of
from kg.mapping.read import read
from kg.text import digest
from paths import ROOT

DESCRIPTION = (ROOT / "kg" / "mapping" / "README.md").read_text("utf-8")
EXAMPLE = re.search(r"```toml\n(.*?)```", DESCRIPTION, re.DOTALL)[1]
QUOTED = " ".join(line[2:] for line in DESCRIPTION.splitlines() if line.startswith("> "))


def messages(source: str) -> list[str]:
    with pytest.raises(MappingError) as caught:
        read(source, "articles/a/mapping.toml")
    return [str(finding) for finding in caught.value.findings]


def test_the_description_quotes_a_text_of_the_length_it_says():
    assert len(QUOTED) == int(re.search(r"invented \((\d+) characters\)", DESCRIPTION)[1])


def test_the_descriptions_example_conforms_with_its_text(aven):
    content = QUOTED.encode()
    source = EXAMPLE.replace("sha256:…", digest(content))
    found = check(read(source, "mapping.toml"), source, "mapping.toml", aven.known(), content)
    assert found == []


def test_the_invented_workspace_holds_the_descriptions_text(aven_text):
    assert aven_text == QUOTED


def test_the_example_says_what_it_seems_to_say():
    mapping = read(EXAMPLE, "mapping.toml")
    assert mapping.article.published.on == dt.date(2026, 3, 3)
    assert mapping.voices["doctors"].speaker == Local("unnamed", "local doctors")
    assert mapping.voices["varro"].anchor.phrases == ("Government troops took", "bridge on Sunday")
    assert [c.kind for c in mapping.claims.values()] == [
        *("event", "reply", "control", "quantity", "event", "event")
    ]


@pytest.mark.parametrize("kind", [Article, Coding, Claim])
def test_every_key_is_in_hyphens(kind):
    from dataclasses import fields

    keys = [key_of(f) for f in fields(kind) if "codec" in f.metadata]
    assert all("_" not in key for key in keys)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("format = 1", "format = 2"), "format is 2; expected 1, the only format there is."),
        (('"reviewed"', '"done"'), "status is 'done'; expected one of draft, reviewed."),
        (("publisher", "publsher"), "article has an unknown key 'publsher'; nearest keys: publ"),
        (
            ('"unstated"', '"The Courier"'),
            "article publisher is 'The Courier'; expected an id of",
        ),
        (
            ("2026-03-04", '"2026-03-04"'),
            "coding coded is '2026-03-04'; expected a date without",
        ),
        (("[voice.varro]", "[voice.Varro]"), "voice 'Varro' is no id; use lower-case words"),
        (
            ('"direct"', '"quote"'),
            "voice varro-both-banks form is 'quote'; expected one of direct",
        ),
        (("[[nothing]]", "[nothing]"), "write [[nothing]], with two brackets."),
        (
            ("number  = 12", "number  = true"),
            "claim twelve-dead number is True; expected a number",
        ),
        (
            ('["holm"]', '"holm"'),
            "claim reach-holm destination is 'holm'; expected a list of ids",
        ),
        (('because = "background"', 'because = ""'), "nothing 1 because is ''; expected some"),
    ],
)
def test_a_mistake_of_form_is_reported_with_its_line(change, message):
    assert change[0] in EXAMPLE
    line = EXAMPLE[: EXAMPLE.index(change[0])].count("\n") + 1
    (found,) = messages(EXAMPLE.replace(*change, 1))
    assert found.startswith(f"articles/a/mapping.toml:{line}: {message}")


def test_all_mistakes_are_reported_at_once_in_order():
    source = EXAMPLE.replace("format = 1", "format = 2").replace('["holm"]', '"holm"')
    lines = [int(found.split(":")[1]) for found in messages(source)]
    assert len(lines) == 2 and lines == sorted(lines)


def test_a_section_that_is_no_table_is_reported():
    assert messages('format = 1\nstatus = "draft"\nvoice = 3\n') == [
        "articles/a/mapping.toml:3: voice must be tables like [voice.some-id]."
    ]


def test_an_entry_that_is_no_table_is_reported():
    (found,) = messages('format = 1\nstatus = "draft"\n[voice]\nvarro = "x"\n')
    assert found == "articles/a/mapping.toml:4: voice varro must be a table of its own."


def test_what_is_missing_is_called_missing():
    assert messages("") == [
        "articles/a/mapping.toml:1: format is missing; expected 1, the only format there is.",
        "articles/a/mapping.toml:1: status is missing; expected one of draft, reviewed.",
    ]


def test_the_example_is_toml_1_0():
    assert set(tomllib.loads(EXAMPLE)) >= {"article", "coding", "part", "voice", "claim"}
