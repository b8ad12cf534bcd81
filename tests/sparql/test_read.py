"""What columns read is SPARQL, and read as the engine would: where they are sure, nobody looks."""

from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

import pytest
from pyoxigraph import Store

from kg.errors import QueryRefused
from kg.names import Names
from kg.sparql.columns.constants import constants
from kg.sparql.columns.meaning import Engine
from kg.sparql.columns.recognise import recognise
from kg.sparql.columns.session import Session
from kg.sparql.prepare import prepare
from kg.sparql.tokens import spoken
from sparql import counting
from sparql.joining import choosing, queries

NAMES = Names("http://x/")
PREFIXES = "PREFIX x: <http://x/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
DATE = "http://www.w3.org/2001/XMLSchema#date"
MANY = 150
MUTATIONS = 12
WORDS = """
    . . ; , { } ( ) ? ?v $w a true 5 -5 +5 _:b [] | / ^ + * ! < = && || ^^ @en CONTAINS REGEX
    STR OPTIONAL UNION FILTER BIND VALUES GRAPH MINUS SELECT DISTINCT WHERE ORDER BY DESC ASC
    EXISTS NOT LIMIT OFFSET LCASE AS BASE FROM x:p0 <http://x/p1> 'b' "b"@en '2014-06-10'
    COUNT SUM GROUP ?many ()
    '2014-06-10'^^xsd:date <http://[> <%zz> <x:y#z#> ?𐐀 ?é HAVING deſc oﬀset ﬁlter
"""
SIGNS = WORDS.split()


def mutated(text: str, random: Random) -> str:
    """A query with a token or two more, fewer, changed or exchanged."""
    words = [token.text for token in spoken(text)]
    for _ in range(random.randint(1, 2)):
        one, other = (random.randrange(len(words)) for _ in range(2))
        change = random.randrange(4)
        if change == 0:
            words.insert(one, random.choice(SIGNS))
        elif change == 1:
            words[one : one + 1] = []
        elif change == 2:
            words[one] = random.choice(SIGNS)
        else:
            words[one], words[other] = words[other], words[one]
    return " ".join(words)


def prepared(seed: int):
    """Queries that are answered from columns, and what is nearly one, as the engine gets them."""
    random = Random(seed)
    plain = list(choosing(seed, MANY))
    texts = [*(text for text, _ in queries(seed, MANY)), *plain, *map(sorted_by, plain)]
    texts += [*(text for text, _ in counting.queries(seed, MANY)), *map(counted, plain)]
    for text in texts:
        for changed in (text, *(mutated(text, random) for _ in range(MUTATIONS))):
            try:
                yield prepare(PREFIXES + changed, NAMES)
            except (QueryRefused, SyntaxError):
                continue


def sorted_by(text: str) -> str:
    return f"{text} ORDER BY ?s DESC(?v) LIMIT 7 OFFSET 2"


def counted(text: str) -> str:
    where = text[text.index("{") :]
    return f"SELECT ?s (COUNT(?v) AS ?many) {where} GROUP BY ?s ORDER BY DESC(?many) MIN(?v) ?s"


def is_sparql(text: str) -> bool:
    try:
        Store().query(text, base_iri=NAMES.base)
    except SyntaxError:
        return False
    except RuntimeError:  # it calls a function that nobody has
        return True
    return True


@dataclass
class Empty:
    """Columns that hold nothing."""

    known: dict[str, int] = field(default_factory=dict)
    size: int = 0


class Never(Engine):
    """An engine that knows no constant."""

    def spelt(self, constants):
        return [None] * len(constants)


def spelt(found: list[str], engine: Engine) -> dict[str, str] | None:
    """How constants are spelt; None where the engine says that one is none."""
    session = Session(Empty(), engine)
    try:
        session.learn(found)
    except SyntaxError:
        return None
    return session.constants


def test_what_is_surely_sparql_is_for_the_engine_too():
    sure = 0
    for query in prepared(5):
        read = recognise(query.text, query.tokens)
        if not (read and read.sure):
            continue
        engine = Engine(read.prologue, {"base_iri": NAMES.base})
        if spelt(list(constants(read)), engine) is not None:
            assert is_sparql(query.text), query.text
            sure += 1
    assert sure > MANY // 2, f"{sure} were read for sure"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s { ?s x:p ?o } HAVING ORDER BY ?s",
        "SELECT ?s { ?s x:p ?o } HAVING",
        "SELECT ?s { ?s x:p ?o } ORDER BY deſc(?s)",
        "SELECT ?s { ?s x:p ?o } ORDER BY ?s oﬀset 3",
        "SELECT ?s { ?s x:p ?o ﬁLTER(?o < 3) }",
        "ſELECT ?s { ?s x:p ?o }",
    ],
)
def test_what_is_nearly_sparql_is_not_sure(text):
    with suppress(SyntaxError):
        query = prepare(PREFIXES + text, NAMES)
        assert not is_sparql(query.text) and recognise(query.text) is None


def test_tokens_that_are_known_are_those_of_the_text():
    for query in prepared(6):
        assert list(query.tokens) in ([], spoken(query.text)), query.text


@pytest.mark.parametrize(
    ("least", "most"),
    [
        ("<http://", ">"),
        ("<urn:", ">"),
        ("<x", ">"),
        ('"2014-06-1', f'5"^^<{DATE}>'),
        ("'2014-0", f"1'^^<{DATE}>"),
        ('"2014-0', f"1'^^<{DATE}>"),
    ],
)
def test_what_needs_no_engine_is_spelt_as_the_engine_has_it(least, most):
    random, same = Random(7), 0
    engine = Engine("", {"base_iri": NAMES.base})
    for _ in range(6_000):
        middle = "".join(random.choices("ab12-1:/?#.-%4[]@!'\"^|\\~é_+&;(0", k=random.randrange(8)))
        constant = f"{least}{middle}{most}"
        if (found := (spelt([constant], Never("", {})) or {})[constant]) != "None":
            assert found == str(engine.spelt([constant])[0])
            same += 1
    assert same or least[0] != most[-1 - len(f"^^<{DATE}>")]
