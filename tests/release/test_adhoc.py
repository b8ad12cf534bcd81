"""Files of RDF become a release: whatever the syntax, its statements, graphs and blank nodes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import InputError
from kg.names import Names
from kg.release.adhoc import Source, lines, publish_files
from kg.release.kept import Kept
from kg.release.read import Release, open_release
from kg.sparql.prepare import prepare
from kg.sparql.run import execute
from kg.store import UNION
from kg.workspace import Settings
from paths import ROOT
from server.sparql.counts import count

BASE = "https://example.org/valley/"
SETTINGS = Settings(base=BASE, title="Valley", licence="")
GRAPH = "https://example.org/graph"
EX = "@prefix ex: <https://example.org/> .\n"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

ONE = '<https://example.org/aven> <https://example.org/name> "آفن"@ar'
FILES = {
    "a.ttl": f'{EX} ex:aven ex:name "آفن"@ar .',
    "a.nt": f"{ONE} .\n",
    "a.rdf": f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:e="https://example.org/"><rdf:Description '
    'rdf:about="https://example.org/aven"><e:name xml:lang="ar">آفن</e:name></rdf:Description>'
    "</rdf:RDF>",
    "a.jsonld": json.dumps(
        {
            "@id": "https://example.org/aven",
            "https://example.org/name": {"@value": "آفن", "@language": "ar"},
        }
    ),
}
IN_GRAPHS = {
    "a.trig": f'{EX} ex:aven ex:name "آفن"@ar . ex:own {{ ex:a ex:b 1 }}',
    "a.nq": f"{ONE} .\n<https://example.org/a> <https://example.org/b> "
    f'"1"^^<{XSD}integer> <https://example.org/own> .\n',
}


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def published(folder: Path, **files: str) -> Release:
    """A release of files whose names are given with _ for the last full stop."""
    sources = []
    for given, text in files.items():
        name = ".".join(given.rsplit("_", 1))
        sources.append(Source(written(folder, name, text), f"{GRAPH}/{name}"))
    publish_files(sources, folder / "releases", SETTINGS)
    return open_release(folder / "releases")


def asked(release: Release, query: str) -> list[tuple]:
    names = Names(BASE)
    found = execute(release.store, prepare(query, names), names)
    return [tuple(row) for row in found]


def lines_of(source: Source) -> list[bytes]:
    return list(lines(source, 1, Kept()))


@pytest.mark.parametrize("name", FILES)
def test_every_syntax_gives_the_same_line_in_the_graph_given(tmp_path, name):
    source = Source(written(tmp_path, name, FILES[name]), GRAPH)
    assert lines_of(source) == [f"{ONE} <{GRAPH}> .\n".encode()]


@pytest.mark.parametrize("name", IN_GRAPHS)
def test_what_is_in_a_graph_stays_there(tmp_path, name):
    found = sorted(lines_of(Source(written(tmp_path, name, IN_GRAPHS[name]), GRAPH)))
    assert found[1] == f"{ONE} <{GRAPH}> .\n".encode()
    assert found[0].endswith(b'"1"^^<http://www.w3.org/2001/XMLSchema#integer> '
                             b"<https://example.org/own> .\n")  # fmt: skip


def test_relative_names_begin_with_the_graph(tmp_path):
    (line,) = lines_of(Source(written(tmp_path, "a.ttl", "<x> <#p> <> ."), f"{GRAPH}/g"))
    assert line.decode().split()[:3] == [f"<{GRAPH}/x>", f"<{GRAPH}/g#p>", f"<{GRAPH}/g>"]


def test_a_blank_node_is_one_in_its_graph_and_in_the_union(tmp_path):
    text = f"{EX} _:x ex:b ex:c . ex:a ex:p [ ex:q _:x ] . ex:g {{ _:x ex:d ex:e }}"
    release = published(tmp_path, a_trig=text)
    store = release.store
    nodes = {
        graph: {q.subject for q in store.quads_for_pattern(None, None, None, graph)}
        for graph in (UNION, NamedNode(f"{GRAPH}/a.trig"), NamedNode("https://example.org/g"))
    }
    assert [len({n for n in found if isinstance(n, BlankNode)}) for found in nodes.values()] == [
        2,
        2,
        1,
    ]
    chain = "SELECT ?e { ?a ex:p/ex:q ?x . GRAPH ex:g { ?x ex:d ?e } }"
    found = asked(release, f"PREFIX ex: <https://example.org/> {chain}")
    assert found == [(NamedNode("https://example.org/e"),)]


def test_blank_nodes_are_each_files_own(tmp_path):
    text = f'{EX} _:x ex:name "x" . [] ex:name "y" .'
    release = published(tmp_path, a_ttl=text, b_ttl=text)
    query = "SELECT (COUNT(DISTINCT ?n) AS ?c) { ?n <https://example.org/name> ?name }"
    assert asked(release, query) == [(Literal(4),)]


def test_the_same_files_give_the_same_release(tmp_path):
    text = f"{EX} ex:a ex:b {'[ ex:c (1 2 [ ex:d _:x ]) ], ' * 50} ex:d . _:x ex:e ex:f ."
    first, second = published(tmp_path / "1", a_ttl=text), published(tmp_path / "2", a_ttl=text)
    assert first.digest == second.digest


def test_the_summary_and_the_metadata_count_what_there_is(tmp_path):
    text = f"{EX} ex:a a ex:T ; ex:b ex:c . ex:g {{ ex:a ex:b ex:c, ex:d }}"
    release = published(tmp_path, a_trig=text, b_ttl=f"{EX} ex:a ex:b ex:c .")
    assert release.summary["quads"] == 5
    assert (release.folder / "data.nq").read_bytes().count(b"\n") == 5
    node = NamedNode(release.names.release(release.digest))
    counts = asked(
        release, f"SELECT ?graph ?n {{ {node} void:subset ?graph . ?graph void:triples ?n }}"
    )
    assert {(graph.value, n.value) for graph, n in counts} == {
        (f"{GRAPH}/a.trig", "2"),
        ("https://example.org/g", "2"),
        (f"{GRAPH}/b.ttl", "1"),
    }
    whole = asked(release, f"SELECT ?n ?s {{ {node} void:triples ?n ; void:distinctSubjects ?s }}")
    assert whole == [(Literal(3), Literal(1))]
    assert not asked(release, "SELECT ?licence { ?s dcterms:license ?licence }")


def test_numbers_and_days_are_kept_and_counted_as_queries_find_them(tmp_path):
    same = '12, "012"^^xsd:integer, 1.5, 1.50, 1e0, 1.0e0, "1"^^xsd:boolean, true'
    days = '"2014-06-10Z"^^xsd:date, "2014-06-10+00:00"^^xsd:date, "2014-06-31"^^xsd:date'
    text = f"{EX} @prefix xsd: <{XSD}> . ex:a ex:n {same}, {days}, 'x'^^xsd:integer, '012' ."
    release = published(tmp_path, a_ttl=text)
    lines = (release.folder / "data.nq").read_text("utf-8").splitlines()
    kept = asked(release, f"SELECT ?o {{ GRAPH <{GRAPH}/a.ttl> {{ ?s ?p ?o }} }}")
    assert {line.split(" ", 2)[2].rpartition(" <")[0] for line in lines} == {
        f"{row[0]}" for row in kept
    }
    assert release.summary["quads"] == len(lines) == len(kept) == 8
    ((total,),) = asked(release, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert count(release).default == int(total.value)


def test_what_is_respelt_is_said_file_by_file(tmp_path):
    years = '"-03"^^xsd:negativeInteger, "-4"^^xsd:negativeInteger, -5'
    text = f"{EX} @prefix xsd: <{XSD}> . ex:a ex:n {years}, 1.0E6, 1.5, '012', 'x'^^xsd:integer, "
    text += "1234567890123456789.1234567890123456789, 1234567890.123456789, '1'^^xsd:decimal ."
    sources = [
        Source(written(tmp_path, name, content), f"{GRAPH}/{name}")
        for name, content in (("a.ttl", text), ("b.ttl", f"{EX} ex:a ex:n 12, 'twelve'@en ."))
    ]
    said = []
    publish_files(sources, tmp_path / "releases", SETTINGS, said.append)
    integer = '"-03"^^<negativeInteger> is served as "-3"^^<integer>, and 1 more of its datatype'
    double = '"1.0E6"^^<double> is served as "1000000"^^<double>'
    long = (
        '"1234567890123456789.1234567890123456789"^^<decimal> has more digits than any query here'
    )
    assert [line.replace(XSD, "") for line in said if "^^" in line] == [
        f"{sources[0].path}: {line}" for line in (integer, double, f"{long} computes with")
    ]


@pytest.mark.parametrize(
    "statements",
    [
        'ex:a dcterms:date "2014", "2014-02-31"^^xsd:date, ex:long-ago',
        "ex:a a [ ex:b ex:c ], _:x",
        "ex:a a ex:a-b . ex:b a <https://example.org/a/b> ; ex:p-q 1 ; <https://example.org/p/q> 2",
        "ex:a ex:says <<( ex:b ex:c _:x )>>",
        r'ex:a ex:b "line\nreturn\r tab\t \u0001 \u2028 quote\" . <http://x> _:b"',
    ],
)
def test_odd_statements_are_published_all_the_same(tmp_path, statements):
    prefixes = f"{EX}@prefix xsd: <{XSD}> .\n@prefix dcterms: <http://purl.org/dc/terms/> .\n"
    release = published(tmp_path, a_ttl=f"{prefixes}{statements} .")
    graph = NamedNode(f"{GRAPH}/a.ttl")
    held = len(list(release.store.quads_for_pattern(None, None, None, graph)))
    assert held == release.summary["quads"] > 0
    parts = "?part void:triples ?n ; void:property ?property"
    assert not asked(release, f"SELECT ?part {{ {parts} }} GROUP BY ?part HAVING (COUNT(*) > 1)")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.ttl", f"{EX}\nex:a ex:b\n", "a.ttl:4: "),
        ("a.nq", "<https://example.org/a> nonsense .\n", "a.nq:1: "),
        ("a.rdf", "<rdf:RDF", "a.rdf"),
        ("a.jsonld", '{"@context": "https://schema.org/", "name": "Aven"}', "remote contexts"),
        ("a.txt", "", "expected one of .ttl, "),
        ("a.trig", "_:g { <https://example.org/a> a _:b }", "named by the blank node"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_what(tmp_path, name, text, says):
    source = Source(written(tmp_path, name, text), GRAPH)
    with pytest.raises(InputError) as caught:
        publish_files([source], tmp_path / "releases", SETTINGS)
    assert says in str(caught.value)
    assert not (tmp_path / "releases" / "current").exists()


def test_bytes_that_are_no_text_are_refused(tmp_path):
    path = tmp_path / "a.nt"
    path.write_bytes(ONE.encode("utf-16") + b" .\n")
    with pytest.raises(InputError, match=r"a\.nt"):
        publish_files([Source(path, GRAPH)], tmp_path / "releases", SETTINGS)


def test_a_file_that_is_missing_is_told(tmp_path):
    with pytest.raises(InputError, match=r"none\.ttl: cannot be read"):
        publish_files([Source(tmp_path / "none.ttl", GRAPH)], tmp_path / "releases", SETTINGS)


def test_two_files_do_not_share_a_graph(tmp_path):
    paths = [written(tmp_path, name, FILES["a.ttl"]) for name in ("a.ttl", "b.ttl")]
    with pytest.raises(InputError, match=r"b\.ttl: its graph .* is .*a\.ttl's already"):
        publish_files([Source(p, GRAPH) for p in paths], tmp_path / "releases", SETTINGS)


def test_a_graph_is_named_by_an_iri(tmp_path):
    path = written(tmp_path, "a.ttl", FILES["a.ttl"])
    with pytest.raises(InputError, match="is no IRI"):
        publish_files([Source(path, "no graph")], tmp_path / "releases", SETTINGS)


PEAK = """
import resource, sys
from pathlib import Path
from kg.release.adhoc import Source, publish_files
from kg.workspace import Settings
path = Path(sys.argv[1])
publish_files([Source(path, "https://example.org/g")], path.parent / "releases", Settings())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(folder: Path, number: int) -> int:
    folder.mkdir()
    with (folder / "a.nq").open("w") as data:
        for n in range(number):
            data.write(
                f'<https://example.org/thing/{n * 7919 % number}> <https://example.org/p> "{n}" .\n'
            )
    words = [sys.executable, "-c", PEAK, str(folder / "a.nq")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_files(tmp_path):
    """But for what sorting columns takes, up to its own limit."""
    small, large = peak(tmp_path / "small", 60_000), peak(tmp_path / "large", 240_000)
    assert large < small + 96_000, f"{small} and {large} KiB"
