"""Authority files: entries, the judgement behind each, and every mistake with its line."""

import datetime as dt

import pytest

from kg.authority import Judgement, read_authorities
from kg.errors import AuthorityError
from kg.vocabulary import load_vocabulary

HEAD = '[judgement]\nby = "e"\non = 2026-01-01\nbasis = "outside"\nbecause = "known"\n'


def read(*sources: str):
    texts = {f"authorities/{n}.toml": source for n, source in enumerate(sources, 1)}
    return read_authorities(texts, load_vocabulary())


def findings(*sources: str) -> list[str]:
    with pytest.raises(AuthorityError) as caught:
        read(*sources)
    return [str(finding) for finding in caught.value.findings]


def entry(extra: str = "", name: str = "place.aven", kind: str = "town") -> str:
    return f'{HEAD}[{name}]\ntype = "{kind}"\nlabel = {{ en = "Aven" }}\n{extra}'


def test_an_entry_is_read_whole(aven):
    bridge = aven.authorities.places["aven-bridge"]
    assert bridge.label == {"en": "Aven bridge", "ar": "جسر آفن"}
    assert bridge.alt == {"en": ("the bridge",)}
    assert (bridge.type, bridge.part_of, bridge.point) == ("facility", "aven", (-48.25, -24.5125))
    assert aven.authorities.places["bridges-of-the-valley"].members == ("aven-bridge", "holm")


def test_entries_are_actors_then_places_sorted(aven):
    found = [(e.kind, e.slug) for e in aven.authorities.entries()]
    assert found == sorted(found) and len(found) == 15


def test_a_judgement_comes_from_the_file_or_from_the_entry(aven):
    actors = aven.authorities.actors
    default = Judgement(
        "editor-1", dt.date(2026, 3, 6), "outside", "as the valley's almanac lists them"
    )
    assert actors["government-troops"].judged["type"] == default
    own = actors["government-troops"].judged["part-of"]
    assert (own.by, own.basis) == ("editor-1", "stated")
    assert actors["tarn-courier"].judged["alignment"].by == "editor-2"
    assert set(actors["radio-tarn"].judged) == {"type", "alignment"}, "only what the entry says"


CASES = [
    (
        entry(kind="twon"),
        "7: place 'aven' has type 'twon'; nearest values of place-type: town. Use one of them.",
    ),
    (
        entry('colour = "red"\n'),
        "9: place 'aven' has an unknown key 'colour'; keys: alt, judged, label, members,",
    ),
    (entry(name="place.Aven"), "6: place 'Aven' is no id; use lower-case words and hyphens."),
    (
        f'{HEAD}[place.aven]\ntype = "town"\n',
        "6: place 'aven' has no label. Add label = { en = \"…\" }.",
    ),
    (
        f'{HEAD}[place.aven]\nlabel = {{ en = "Aven" }}\n',
        "6: place 'aven' has no type. Add one of the place-type scheme.",
    ),
    (
        entry("point = [124.0, 33.0]\n"),
        "9: place 'aven' has point [124.0, 33.0]; expected [latitude, longitude].",
    ),
    (
        entry('part-of = "tran"\n') + '[place.tarn]\ntype = "country"\nlabel = { en = "Tarn" }\n',
        "9: place 'aven' has part-of 'tran', which nothing bears; nearest places: tarn.",
    ),
    (
        entry('members = ["holm"]\n', kind="place-set"),
        "9: place 'aven' has members 'holm', which nothing bears; places: aven.",
    ),
    (entry('part-of = "aven"\n'), "9: place 'aven' is part of itself. Break the circle."),
    (
        entry().replace(HEAD, ""),
        "1: place 'aven' has no judgement behind it. Add [judgement] to the file, or judged.",
    ),
    (
        entry().replace('by = "e"\n', ""),
        "1: the judgement lacks by. Add it.",
    ),
]


@pytest.mark.parametrize(("source", "message"), CASES)
def test_a_mistake_is_reported_with_its_line(source, message):
    assert any(found.startswith(f"authorities/1.toml:{message}"[:60]) for found in findings(source))


def test_broken_toml_is_reported_with_its_line():
    (found,) = findings(HEAD + "[place.aven]\ntype = town\n")
    assert found.startswith("authorities/1.toml:7: not valid TOML: ")


def test_actors_and_places_share_their_ids():
    actor = f'{HEAD}[actor.aven]\ntype = "militia"\nlabel = {{ en = "Aven" }}\n'
    assert findings(actor, entry()) == [
        "authorities/2.toml:6: 'aven' stands twice: actors and places share their ids. Rename one."
    ]


def test_a_circle_of_parts_is_found():
    source = HEAD + "".join(
        f'[actor.{a}]\ntype = "militia"\nlabel = {{ en = "{a}" }}\npart-of = "{b}"\n'
        for a, b in (("a", "b"), ("b", "c"), ("c", "a"))
    )
    assert [f.split(": ")[1] for f in findings(source)] == [
        f"actor '{name}' is part of itself. Break the circle." for name in "abc"
    ]


@pytest.mark.parametrize(
    "source",
    [
        "place = 3\n",
        "[place]\naven = 3\n",
        entry("point = 3\n"),
        entry('point = ["a", "b"]\n'),
        entry('alt = "Aven"\n'),
        entry("members = 3\n", kind="place-set"),
        entry("label.en = 3\n").replace('label = { en = "Aven" }\n', ""),
        entry("part-of = 3\n"),
        entry("judged = 3\n"),
        entry('judged = { type = "x" }\n'),
        entry(kind="town").replace('type = "town"', "type = 3"),
        entry(kind="town").replace('type = "town"', 'type = ["town"]'),
        entry().replace('by = "e"', "by = 3"),
        entry().replace("on = 2026-01-01", 'on = "2026-01-01"'),
        entry().replace('basis = "outside"', 'basis = "guess"'),
        'judgement = "me"\n' + entry().replace(HEAD, ""),
        'colour = "red"\n' + entry(),
    ],
)
def test_whatever_the_form_it_is_reported_and_nothing_crashes(source):
    assert all(found.startswith("authorities/1.toml:") for found in findings(source))
