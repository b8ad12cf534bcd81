"""What a release tells catalogues of itself is true: counts, checksums, licences, versions."""

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.export import CONTENT, FILES
from kg.release.build import build
from kg.release.metadata import ONTOLOGY_LICENCE
from kg.workspace import Workspace, open_workspace

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
DCTERMS = rdflib.DCTERMS
FOAF = rdflib.FOAF
SCHEMA = rdflib.Namespace("https://schema.org/")
OWN_LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"


@pytest.fixture(scope="module")
def described(published):
    return rdflib.Graph().parse(published.folder / "dataset.ttl")


@pytest.fixture(scope="module")
def node(published):
    return rdflib.URIRef(published.names.release(published.digest))


@pytest.fixture(scope="module")
def quads(published):
    return list(parse(path=str(published.folder / "data.nq"), format=RdfFormat.N_QUADS))


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_it_is_a_dataset_of_both_kinds_with_its_version(described, node):
    assert set(described.objects(node, rdflib.RDF.type)) == {DCAT.Dataset, VOID.Dataset}
    assert [str(v) for v in described.objects(node, DCAT.version)] == ["2026.1"]
    assert not list(described.objects(node, DCAT.previousVersion))
    (agent,) = described.objects(node, DCTERMS.publisher)
    assert str(described.value(agent, FOAF.name)) == "The valley's archive"


def test_it_has_no_blank_nodes(described):
    assert not [n for n in described.all_nodes() if isinstance(n, rdflib.BNode)]


def test_every_file_of_content_is_a_distribution_with_its_true_checksum(described, node, published):
    found = {}
    for file in described.objects(node, DCAT.distribution):
        checksum = described.value(file, SPDX.checksum)
        assert described.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
        digest = described.value(checksum, SPDX.checksumValue)
        media = described.value(file, DCAT.mediaType).rpartition("media-types/")[2]
        name = file.rpartition("/")[2]
        found[name] = media, int(described.value(file, DCAT.byteSize)), digest.toPython().hex()
    assert found == {
        file.name: (file.media, (path := published.folder / file.name).stat().st_size, sha256(path))
        for file in CONTENT
    }


def test_the_counts_are_exact(described, node, quads):
    triples = {q.triple for q in quads}
    told = {name: int(described.value(node, VOID[name])) for name in ("triples", "classes")}
    assert told["triples"] == len(triples)
    kinds = {t.object for t in triples if t.predicate == NamedNode(str(rdflib.RDF.type))}
    assert told["classes"] == len(kinds)
    for name, part in (("distinctSubjects", "subject"), ("distinctObjects", "object")):
        exact = len({str(getattr(t, part)) for t in triples})
        assert int(described.value(node, VOID[name])) == exact, name


def test_every_graph_has_its_licence(described, node, quads, published):
    graphs = {q.graph_name.value for q in quads}
    found = {
        str(g): {str(one) for one in described[g : DCTERMS.license]}
        for g in described[node : VOID.subset]
    }
    own = published.names.graph("article/aven-courier")
    usual = published.summary["licence"]
    assert found.keys() == graphs and found[own] == {OWN_LICENCE}
    assert found[published.names.graph("article/aven")] == {usual}


def test_what_is_derived_is_no_freer_than_what_it_is_derived_from(described, node, published):
    closure = published.names.graph("derived/closure")
    derived = [g for g in described[node : VOID.subset] if "/graph/derived/" in g]
    assert len(derived) > 2
    for graph in derived:
        licences = {str(one) for one in described[graph : DCTERMS.license]}
        both = {OWN_LICENCE, published.summary["licence"]}
        assert licences == ({ONTOLOGY_LICENCE} if str(graph) == closure else both)
        says = described.value(graph, DCTERMS.rights)
        assert (says is None) == (len(licences) == 1)


def test_partitions_are_called_by_their_term_and_their_count(described, published):
    part = rdflib.URIRef(f"{published.names.release(published.digest)}/class/Claim")
    count = int(described.value(part, VOID.entities))
    assert str(described.value(part, rdflib.RDFS.label)) == f"Claim: {count:,}"


def test_a_file_of_graphs_under_two_licences_names_both(described, node):
    for file in described[node : DCAT.distribution]:
        assert OWN_LICENCE in {str(x) for x in described[file : DCTERMS.license]}


def test_schema_org_is_read_without_fetching_anything(published, node):
    path = published.folder / "dataset.jsonld"
    graph = rdflib.Graph().parse(path, format="json-ld")  # the tests' network is refused
    assert (node, rdflib.RDF.type, SCHEMA.Dataset) in graph
    assert str(graph.value(node, SCHEMA.version)) == "2026.1"
    assert {str(one) for one in graph[node : SCHEMA.license]} == set(published.summary["licences"])
    assert len(list(graph[node : SCHEMA.distribution])) == len(CONTENT)
    assert isinstance(json.loads(path.read_text("utf-8"))["@context"], dict)


def test_all_that_is_said_of_the_whole_names_every_licence(described, node, published):
    both = {OWN_LICENCE, published.summary["licence"]}
    assert {str(one) for one in described[node : DCTERMS.license]} == both
    assert described.value(node, DCTERMS.rights)
    columns = json.loads((published.folder / "csv-metadata.json").read_text("utf-8"))
    assert {one["@id"] for one in columns["dc:license"]} == both
    cited = (published.folder / "CITATION.cff").read_text("utf-8")
    assert all(one in cited for one in both) and "\nlicense" not in cited


def test_a_second_release_of_the_same_statements_tells_of_its_own_files(published, tmp_path):
    releases = Path(shutil.copytree(published.folder.parent, tmp_path / "r", symlinks=True))
    root = published.folder.parent.parent
    workspace = open_workspace(root)
    settings = replace(workspace.settings, title="The same, called otherwise", version="")
    folder = build(Workspace(root, root, settings), releases, jobs=1)
    assert folder.name == f"{published.folder.name}.2"
    graph = rdflib.Graph().parse(folder / "dataset.ttl")
    for file in graph.objects(None, DCAT.distribution):
        place, name = file.rpartition("/")[0].rpartition("/")[2], file.rpartition("/")[2]
        told = graph.value(graph.value(file, SPDX.checksum), SPDX.checksumValue).toPython().hex()
        assert (place, told) == (folder.name, sha256(folder / name))
    schema = json.loads((folder / "dataset.jsonld").read_text("utf-8"))
    assert all(f"/{folder.name}/" in one["contentUrl"] for one in schema["distribution"])
    again = build(Workspace(root, root, settings), releases, jobs=1)
    assert again == folder, "the same release stays where it is"


def test_the_list_of_files_is_true(published):
    listed = json.loads((published.folder / "files.json").read_text("utf-8"))
    assert listed == [
        {
            "name": file.name,
            "media": file.media,
            "says": file.says,
            "bytes": (published.folder / file.name).stat().st_size,
            "sha256": sha256(published.folder / file.name),
        }
        for file in FILES
        if file.name not in {"files.json", "SHA256SUMS"}
    ]


def test_every_file_of_a_release_is_known(published):
    names = {path.name for path in published.folder.iterdir() if path.is_file()}
    assert {file.name for file in FILES} == names
    assert all(file.says and "/" in file.media for file in FILES)
