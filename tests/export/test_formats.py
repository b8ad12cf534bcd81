"""Every syntax of a release reloads elsewhere to the statements of data.nq."""

import re
import subprocess
import sys

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg.export import formats
from kg.names import Names
from kg.store import nquads
from paths import ROOT

OXIGRAPH = {
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "nq": RdfFormat.N_QUADS,
    "ttl": RdfFormat.TURTLE,
}
RDFLIB = {"trig": "trig", "jsonld": "json-ld", "nq": "nquads", "ttl": "turtle"}
QUADS = ["data.trig", "data.jsonld"]
TRIPLES = ["data.ttl", "asserted.ttl", "derived.ttl"]
NAMES = Names("https://example.org/valley/")
XSD = "http://www.w3.org/2001/XMLSchema#"


def typed(text, name):
    return Literal(text, datatype=NamedNode(f"{XSD}{name}"))


HOSTILE = [
    Literal(""),
    Literal("a"),
    Literal("a", language="en"),
    Literal('quote " apostrophe \' backslash \\ <http://x> . "@en'),
    Literal("line\nreturn\rtab\tnull-like \u0001 end"),
    Literal("rtl \u202e\u2066 عربي 𝄞", language="ar"),
    Literal("<script>alert(1)</script> {{7*7}} ]]>"),
    Literal("n" * 10_000),
    *(typed(text, "integer") for text in ("1", "01", "-5", "+5")),
    *(typed(text, "decimal") for text in ("1.0", "1.", ".5")),
    *(typed(text, "boolean") for text in ("true", "1")),
    typed("1e0", "double"),
    typed("2026-03-03", "date"),
    NamedNode("https://example.org/valley/claim/aven.bridge-taken"),
    NamedNode("https://example.org/valley/place/x/y#z(1),~!$&'*+;=@%20"),
    NamedNode("javascript:alert(1)"),
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A folder with the files of a graph whose terms are as odd as can be."""
    folder = tmp_path_factory.mktemp("hostile") / "release"
    folder.mkdir()
    graphs = [NamedNode(NAMES.graph(name)) for name in ("article/aven", "derived/events")]
    subjects = [NamedNode(NAMES.iri("claim", f"aven.c{n}")) for n in range(3)]
    says = NamedNode("https://w3id.org/whoholds/ns#value")
    quads = [Quad(s, says, o, g) for s in subjects for o in HOSTILE for g in graphs]
    (folder / "data.nq").write_bytes(nquads(quads))
    formats.write(NAMES, folder)
    return folder


@pytest.fixture(params=["hostile", "published"])
def folder(request):
    found = request.getfixturevalue(request.param)
    return found if request.param == "hostile" else found.folder


def oxigraph(path):
    return list(parse(path=str(path), format=OXIGRAPH[path.suffix[1:]]))


def loaded(path):
    dataset = rdflib.Dataset()
    return dataset.parse(path, format=RDFLIB[path.suffix[1:]]) and dataset


def source(folder, name):
    """The N-Quads that hold what a file must hold."""
    return folder / f"{name.partition('.')[0]}.nq"


@pytest.mark.parametrize("name", QUADS)
def test_quads_reload_in_oxigraph(folder, name):
    assert set(oxigraph(folder / name)) == set(oxigraph(folder / "data.nq"))


@pytest.mark.parametrize("name", TRIPLES)
def test_triples_reload_in_oxigraph_each_once(folder, name):
    found = [quad.triple for quad in oxigraph(folder / name)]
    assert len(found) == len(set(found))
    assert set(found) == {quad.triple for quad in oxigraph(source(folder, name))}


@pytest.mark.parametrize("name", QUADS)
def test_quads_reload_in_a_store(folder, name):
    """A store spells numbers its own way: the same way whatever they were read from."""
    first, second = Store(), Store()
    first.bulk_load(path=str(folder / "data.nq"), format=RdfFormat.N_QUADS)
    second.bulk_load(path=str(folder / name), format=OXIGRAPH[name.partition(".")[2]])
    assert set(first) == set(second)


@pytest.mark.parametrize("name", QUADS)
def test_quads_reload_in_rdflib(folder, name):
    assert set(loaded(folder / name).quads()) == set(loaded(folder / "data.nq").quads())


@pytest.mark.parametrize("name", TRIPLES)
def test_triples_reload_in_rdflib(folder, name):
    found = {quad[:3] for quad in loaded(folder / name).quads()}
    assert found == {quad[:3] for quad in loaded(source(folder, name)).quads()}


def test_asserted_and_derived_make_the_whole(folder):
    parts = [(folder / f"{name}.nq").read_bytes() for name in ("asserted", "derived")]
    lines = [part.splitlines(keepends=True) for part in parts]
    assert all(part == sorted(part) for part in lines)
    assert b"".join(sorted([*lines[0], *lines[1]])) == (folder / "data.nq").read_bytes()
    assert all(b"/graph/derived/" not in line.rsplit(b" <")[-1] for line in lines[0])
    assert all(b"/graph/derived/" in line.rsplit(b" <")[-1] for line in lines[1])


def test_turtle_tells_all_of_a_thing_at_once(published):
    text = (published.folder / "data.ttl").read_text("utf-8")
    subjects = re.findall(r"^(\S+) ", text, re.MULTILINE)
    told = [subject for subject in subjects if subject != "@prefix"]
    assert "claim:aven.bridge-taken" in told
    assert len(told) == len(set(told))


def test_graphs_stand_whole_in_trig(published):
    text = (published.folder / "data.trig").read_text("utf-8")
    graphs = re.findall(r"^(\S+) \{$", text, re.MULTILINE)
    assert len(graphs) == len(set(graphs)) > 3


def test_objects_are_counted(hostile, tmp_path):
    assert formats.count_objects(hostile / "data.nq", tmp_path) == len(HOSTILE)


PEAK = """
import resource, sys
from pathlib import Path
from kg.export import formats
from kg.names import Names
folder = Path(sys.argv[1])
formats.write(Names(), folder)
formats.count_objects(folder / "data.nq", folder)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(folder, subjects):
    folder.mkdir()
    with (folder / "data.nq").open("w") as data:
        for number in range(subjects):
            thing = f"<https://w3id.org/whoholds/claim/a{number:07}"
            graph = f"<https://w3id.org/whoholds/graph/article/a{number % 500:03}>"
            data.writelines(f'{thing}> <{XSD}p{n}> "{number} {n}" {graph} .\n' for n in range(10))
    words = [sys.executable, "-c", PEAK, str(folder)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_graph(tmp_path):
    small, large = peak(tmp_path / "small", 6_000), peak(tmp_path / "large", 30_000)
    assert large < small * 1.15, f"{small} and {large} KiB"
