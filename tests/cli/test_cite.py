"""`whoholds cite` and `whoholds verify`: what one says of a result, the other finds true or not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.cite.permalink import Permalink, code_in, read_code
from kg.cli import main
from kg.release.read import Release, open_release
from kg.sparql.dataset import Dataset
from kg.workspace import SHIPPED
from paths import FIXTURES
from server import create_app
from server.site import KEY
from tests.probe.served import JSON, YES, served

QUERY = "SELECT ?claim WHERE { ?claim a wh:EventClaim ; wh:place ?place }"
OTHER = f"{QUERY} ORDER BY ?claim LIMIT 1"
OPEN = f"{QUERY} LIMIT 1"
NO = YES.replace(b"true", b"false")
ELSEWHERE = f"sha256:{'0' * 64}"


@pytest.fixture(scope="module")
def release(aven_releases: Path) -> Release:
    return open_release(aven_releases)


@pytest.fixture(scope="module")
def origin(release: Release) -> Iterator[str]:
    """Where the release is served."""
    app = create_app(release)
    with served(app) as endpoint:
        yield endpoint.removesuffix("/sparql")
    app.extensions[KEY].pool.close()


@pytest.fixture
def run(aven_releases: Path, capsys: pytest.CaptureFixture[str]) -> Callable:
    """Runs a verb over the release; its exit code, output and messages."""

    def command(*words: str) -> tuple[int, str, str]:
        where = ["-w", str(FIXTURES / "aven"), "--releases", str(aven_releases)]
        code = main([words[0], *where, *words[1:]])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


@pytest.fixture
def cited(run) -> Callable:
    """The address under which a query's result is cited."""

    def cite(query: str, at: str = "https://example.org") -> str:
        code, out, err = run("cite", query, "--at", at)
        assert (code, err) == (0, "")
        return out.split()[-1]

    return cite


def forged(address: str, **other: object) -> str:
    """The address, where what it holds is another."""
    code = code_in(address)
    return address.replace(code, replace(read_code(code), **other).code)


def test_a_citation_has_the_query_the_release_and_the_digest_of_the_result(run, release):
    code, out, err = run("cite", QUERY)
    assert (code, err) == (0, "")
    address = out.split()[-1]
    assert address.startswith(f"{release.names.base}q/")
    link = read_code(code_in(address))
    assert (link.query, link.dataset, link.release) == (QUERY, Dataset(), release.digest)
    for digest in (link.release, link.result):
        assert digest[:23] in out and re.fullmatch("sha256:[0-9a-f]{64}", digest)
    assert "The Aven bridge" in out and f"result {link.result}" not in out


def test_bibtex_has_the_whole_digests_and_the_address_where_it_is_published(run, cited):
    address = cited(QUERY, "http://127.0.0.1:8000/")
    assert address.startswith("http://127.0.0.1:8000/q/")
    link = read_code(code_in(address))
    code, out, _ = run("cite", QUERY, "--bibtex", "--at", "http://127.0.0.1:8000")
    assert code == 0 and out.startswith("@misc{whoholds-")
    assert f"{{{link.release}, result {link.result}}}" in out and f"{{{address}}}" in out


@pytest.mark.parametrize(
    "at", ["data.example.org", "ftp://data.example.org", "http://e/a?b", "http://e/#a"]
)
def test_no_address_is_cited_that_cannot_be_one(run, at):
    code, out, err = run("cite", QUERY, "--at", at)
    assert (code, out) == (1, "") and f"'{at}' is no address" in err


def test_results_that_differ_are_cited_by_other_digests(cited):
    queries = (QUERY, f"{QUERY} ORDER BY ?claim LIMIT 1", "ASK { ?s a wh:Claim }")
    links = [read_code(code_in(cited(query))) for query in queries]
    assert len({link.result for link in links}) == 3 and len({link.release for link in links}) == 1


def test_what_was_cited_is_found_true_by_address_code_and_file(run, cited, tmp_path):
    address = cited(QUERY)
    file = tmp_path / "cited.txt"
    file.write_text(f"{address}\n")
    link = read_code(code_in(address))
    for given in (address, f"{address}.csv", code_in(address), str(file)):
        said = f"the same result: release {link.release}\n  cited {link.result}\n"
        assert run("verify", given) == (0, said, "")


@pytest.mark.parametrize("query", ["ASK { ?s a wh:Claim }", "DESCRIBE ?s { ?s a wh:EventClaim }"])
def test_other_forms_are_found_true(run, cited, query):
    assert run("verify", cited(query))[0] == 0


@pytest.mark.parametrize("other", [{"result": ELSEWHERE}, {"query": OTHER}])
def test_a_forged_digest_or_another_query_is_another_result(run, cited, release, other):
    address = forged(cited(QUERY), **other)
    code, out, err = run("verify", address)
    assert (code, err) == (2, "")
    result = read_code(code_in(address)).result
    assert out == f"ANOTHER RESULT: release {release.digest}\n  cited {result}\n"


def test_what_the_query_leaves_open_is_said_where_it_is_cited(run):
    code, out, err = run("cite", OPEN)
    assert code == 0 and "The Aven bridge" in out
    assert (
        "leaves its result open: LIMIT cuts rows that are in no order. Add ORDER BY ?claim." in err
    )


def test_another_result_of_a_query_that_leaves_it_open_may_differ(run, release):
    link = Permalink(OPEN, Dataset(), release.digest, ELSEWHERE)
    code, out, err = run("verify", link.code)
    assert (code, err) == (2, "")
    assert out.startswith("MAY DIFFER") and "Add ORDER BY ?claim." in out


def test_online_another_result_of_such_a_query_may_differ(run, origin, release):
    link = Permalink(OPEN, Dataset(), release.digest, ELSEWHERE)
    code, out, err = run("verify", "--online", f"{origin}/q/{link.code}")
    assert code == 2 and "others, who answer it rightly" in err
    assert out.startswith("MAY DIFFER") and "Add ORDER BY ?claim." in out


def test_online_what_is_no_sparql_leaves_nothing_open(run):
    def answers(_, start):
        start("200 OK", [JSON])
        return [YES]

    link = Permalink("LIMIT", Dataset(), ELSEWHERE, ELSEWHERE)
    with served(answers) as endpoint:
        place = endpoint.removesuffix("/sparql")
        code, out, _ = run("verify", "--online", f"{place}/q/{link.code}")
    assert code == 2 and out.startswith("ANOTHER RESULT")


GROUPED = "{ ?c wh:eventType ?t } GROUP BY ?t"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT ?t (COUNT(*) AS ?n) {GROUPED} ORDER BY DESC(?n) LIMIT 3",
        f"SELECT ?t (SAMPLE(?c) AS ?x) {GROUPED}",
        f"SELECT ?t (GROUP_CONCAT(STR(?c)) AS ?x) {GROUPED}",
        f"SELECT ?t (COUNT(*) AS ?n) {GROUPED} LIMIT 3",
        "SELECT ?c ?t { ?c wh:eventType ?t } ORDER BY STRLEN(STR(?t)) LIMIT 5",
    ],
)
def test_what_a_server_cites_is_found_true_though_left_open(shipped_releases, capsys, query):
    app = create_app(open_release(shipped_releases))
    link = app.test_client().get("/cite", query_string={"query": query}).headers["Location"]
    app.extensions[KEY].pool.close()
    code = main(["verify", "-w", str(SHIPPED), "--releases", str(shipped_releases), link])
    printed = capsys.readouterr()
    assert (code, printed.err) == (0, "") and printed.out.startswith("the same result")


def test_another_release_is_told(run, cited):
    code, out, err = run("verify", forged(cited(QUERY), release=ELSEWHERE))
    assert (code, out) == (1, "") and f"there is no release '{ELSEWHERE}'" in err


@pytest.mark.parametrize("cut", [1, 40])
@pytest.mark.parametrize("where", [(), ("--online",)])
def test_an_address_that_was_cut_off_is_told(run, cited, cut, where):
    code, out, err = run("verify", cited(QUERY)[:-cut], *where)
    assert (code, out) == (1, "") and "no whole permalink" in err


def test_a_file_that_holds_no_address_is_told(run, tmp_path):
    file = tmp_path / "cited.bin"
    file.write_bytes(b"\xff\xfe")
    code, _, err = run("verify", str(file))
    assert code == 1 and "no whole permalink" in err


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT", "SPARQL"),
        ("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is not run here"),
        ("ASK FROM <urn:x:none> {}", "is no graph of this release"),
        ("SELECT (NOW() AS ?now) {}", "may be another each time"),
        ("ASK { FILTER(RAND() < 2) }", "may be another each time"),
        ("SELECT (BNODE() AS ?x) {}", "blank nodes"),
    ],
)
def test_what_cannot_be_cited_is_neither_cited_nor_found_true(run, release, query, says):
    link = Permalink(query, Dataset(), release.digest, ELSEWHERE)
    for words in (("cite", query), ("verify", link.code)):
        code, out, err = run(*words)
        assert (code, out) == (1, "") and says in err


@pytest.mark.parametrize("ending", ["", ".csv", "/"])
def test_online_the_server_of_the_address_is_asked(run, cited, origin, tmp_path, ending):
    address = cited(QUERY, origin)
    link = read_code(code_in(address))
    said = f"the same result: release {link.release}\n  cited {link.result}\n"
    nothing_here = ("--releases", str(tmp_path))
    assert run("verify", "--online", address + ending, *nothing_here) == (0, said, "")


def test_online_a_graph_is_found_true(run, cited, origin):
    address = cited("DESCRIBE ?s { ?s a wh:EventClaim }", origin)
    assert run("verify", "--online", address)[0] == 0


@pytest.mark.parametrize("other", [{"result": ELSEWHERE}, {"query": OTHER}])
def test_online_a_server_that_finds_another_result_is_believed(run, cited, origin, other):
    code, out, err = run("verify", "--online", forged(cited(QUERY, origin), **other))
    assert code == 2 and out.startswith("ANOTHER RESULT")
    assert "answers 409" in err and "asked again, it is sha256:" in err


@pytest.mark.parametrize(("body", "ends"), [(YES, 0), (NO, 2)])
def test_online_what_a_server_sends_is_compared_not_believed(run, cited, body, ends):
    def answers(_, start):
        start("200 OK", [JSON])
        return [body]

    with served(answers) as endpoint:
        address = cited("ASK { ?s a wh:Claim }", endpoint.removesuffix("/sparql"))
        code, out, err = run("verify", "--online", address)
    assert (code, err) == (ends, "")
    assert out.startswith("ANOTHER RESULT" if ends else "the same result")


def test_online_a_release_that_is_not_served_is_told(run, cited, origin):
    code, out, err = run("verify", "--online", forged(cited(QUERY, origin), release=ELSEWHERE))
    assert (code, out) == (1, "") and "answers 404" in err and "is not here" in err


def test_online_needs_an_address_and_a_server(run, cited):
    with served(lambda *_: []) as endpoint:
        gone = endpoint.removesuffix("/sparql")
    address = cited(QUERY, gone)
    for given, says in ((code_in(address), "is no address"), (address, "cannot be reached")):
        code, out, err = run("verify", "--online", given)
        assert (code, out) == (1, "") and says in err
