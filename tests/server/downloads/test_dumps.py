"""The files of the releases: all that is listed can be fetched, whole or in part; nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil

import pytest

from kg.release.read import open_release
from markup import Page
from server import create_app
from server.downloads.dumps import size_in_words


@pytest.fixture
def shelf(releases, tmp_path):
    """A folder of releases of its own, with its one release."""
    folder = tmp_path / "releases"
    shutil.copytree(releases, folder, symlinks=True)
    return folder


def visit(folder):
    return create_app(open_release(folder)).test_client()


@pytest.fixture
def data(release):
    return (release.folder / "data.nq").read_bytes()


def test_the_list_says_of_every_file_what_it_is(client, release):
    page = Page(client.get("/dumps/", headers={"Accept": "text/html"}).text)
    listed = client.get("/dumps/", headers={"Accept": "application/json"}).json
    sums = dict(
        reversed(line.split("  "))
        for line in (release.folder / "SHA256SUMS").read_text().splitlines()
    )
    assert {one["name"] for one in listed["files"]} == {*sums, "SHA256SUMS"}
    assert listed["release"]["digest"] == release.digest
    for one in listed["files"]:
        answer = client.get(one["href"])
        assert one["href"] in page.links
        assert answer.status_code == 200 and answer.mimetype == one["media"]
        assert len(answer.data) == one["bytes"] == answer.content_length
        assert one["sha256"] == sums.get(one["name"])
        digest = hashlib.sha256(answer.data)
        assert one["sha256"] in (None, digest.hexdigest())
        sent = base64.b64encode(digest.digest()).decode()
        assert answer.headers["Repr-Digest"] == f"sha-256=:{sent}:"
        assert f"filename={one['name']}" in answer.headers["Content-Disposition"]
    assert page.says("SHA-256") and page.says("All statements with their graphs")


def test_the_list_is_negotiated(client):
    answer = client.get("/dumps/")
    assert answer.mimetype == "text/html" and "Accept" in answer.headers["Vary"]
    assert client.get("/dumps/", headers={"Accept": "image/png"}).status_code == 406
    redirect = client.get("/dumps")
    assert redirect.status_code in (301, 308) and redirect.headers["Location"].endswith("/dumps/")


def test_a_release_says_itself_what_its_files_are(shelf):
    folder = open_release(shelf).folder
    said = [{"name": "data.nq", "media": "text/x-special", "says": "Said by itself.", "bytes": 1}]
    (folder / "files.json").write_text(json.dumps([*said, {"name": 5}, "x"]), "utf-8")
    client = visit(shelf)
    listed = client.get("/dumps/", headers={"Accept": "application/json"}).json["files"]
    assert (listed[0]["media"], listed[0]["says"]) == ("text/x-special", "Said by itself.")
    assert client.get("/dumps/current/data.nq").mimetype == "text/x-special"


RANGES = [
    ("bytes=0-9", slice(0, 10), "0-9"),
    ("bytes=10-", slice(10, None), None),
    ("bytes=-7", slice(-7, None), None),
    ("bytes=5-99999999", slice(5, None), None),
    ("bytes=-999999999999", slice(0, None), None),
]


@pytest.mark.parametrize(("asked", "part", "said"), RANGES)
def test_a_part_is_sent_alone(client, data, asked, part, said):
    answer = client.get("/dumps/current/data.nq", headers={"Range": asked})
    assert (answer.status_code, answer.data) == (206, data[part])
    start = data.index(data[part]) if said is None else 0
    first, _, total = answer.headers["Content-Range"].removeprefix("bytes ").partition("/")
    assert int(total) == len(data) and (said is None or first == said)
    assert int(first.partition("-")[2]) - int(first.partition("-")[0]) + 1 == len(data[part])
    assert start >= 0 and answer.headers["ETag"]


def test_a_part_beyond_the_end_is_an_error_that_says_how_long_it_is(client, data):
    answer = client.get("/dumps/current/data.nq", headers={"Range": f"bytes={len(data)}-"})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(data)}"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,4-5", "bytes=9-2", "lines=1-2", "bytes=", "x", f"bytes=0-{'9' * 5000}"]
)
def test_what_is_no_single_range_gets_the_whole(client, data, asked):
    answer = client.get("/dumps/current/data.nq", headers={"Range": asked})
    assert (answer.status_code, answer.data) == (200, data)
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_a_part_of_what_has_changed_is_the_whole(client, data):
    address = "/dumps/current/data.nq"
    headers = client.head(address).headers
    for same in (headers["ETag"], headers["Last-Modified"]):
        answer = client.get(address, headers={"Range": "bytes=0-4", "If-Range": same})
        assert (answer.status_code, answer.data) == (206, data[:5])
    for other in ('"other"', "Mon, 01 Jan 2001 00:00:00 GMT"):
        answer = client.get(address, headers={"Range": "bytes=0-4", "If-Range": other})
        assert (answer.status_code, answer.data) == (200, data)


def test_a_file_that_the_client_has_is_not_sent_again(client):
    address = "/dumps/current/data.nq"
    head = client.head(address)
    assert head.status_code == 200 and head.content_length > 0 and not head.data
    for name, value in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        again = client.get(address, headers={name: head.headers[value]})
        assert (again.status_code, again.data) == (304, b"")
    part = {"Range": "bytes=0-4", "If-None-Match": head.headers["ETag"]}
    assert client.get(address, headers=part).status_code == 304
    assert client.head(address, headers={"Range": "bytes=0-1"}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/dumps/current/store/CURRENT",
        "/dumps/current/store",
        "/dumps/current/../../release.json",
        "/dumps/current/%2e%2e/current/release.json",
        "/dumps/current/..%2frelease.json",
        "/dumps/current/%2fetc%2fpasswd",
        "/dumps/current/..",
        "/dumps/../dumps/..",
        "/dumps/%2e%2e/",
        "/dumps/./",
        "/dumps/versions/",
        "/dumps/.lock",
        "/dumps/.lock/",
        "/dumps/current/release.json%00.txt",
        "/dumps/current/RELEASE.JSON",
        "/dumps/nowhere/",
    ],
)
def test_nothing_else_can_be_reached(client, address):
    assert client.get(address, follow_redirects=True).status_code in (404, 400)


def test_links_and_unlisted_files_are_not_served(shelf, tmp_path):
    folder = open_release(shelf).folder
    (tmp_path / "secret").write_text("secret", "utf-8")
    for name in ("listed-link", "link", "report.txt"):
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(tmp_path / "secret")
    (folder / "unlisted").write_text("x", "utf-8")
    sums = folder / "SHA256SUMS"
    listed = sums.read_text("utf-8")
    sums.chmod(0o644)
    added = f"{'0' * 64}  listed-link\n{'0' * 64}  ../../secret\n{'0' * 64}  store\n"
    sums.write_text(listed + added, "utf-8")
    (shelf / "0123456789abcdef").symlink_to(tmp_path)
    client = visit(shelf)
    for name in ("listed-link", "link", "report.txt", "unlisted", "store", "../../secret"):
        assert client.get(f"/dumps/current/{name}").status_code == 404, name
    assert client.get("/dumps/0123456789abcdef/secret").status_code == 404
    names = [f["name"] for f in client.get("/dumps/", headers={"Accept": "*/json"}).json or {}]
    assert not {"listed-link", "report.txt"} & set(names)


@pytest.fixture
def two(shelf, release):
    """Two releases, each with a version; the second is the current one."""
    older = shelf / ("a" * 16)
    shutil.copytree(release.folder, older)
    summary = release.summary | {"digest": f"sha256:{'a' * 64}", "date": "2001-01-01"}
    (older / "release.json").chmod(0o644)
    (older / "release.json").write_text(json.dumps(summary), "utf-8")
    versions = shelf / "versions"
    versions.mkdir()
    (versions / "2001.1").symlink_to(f"../{older.name}")
    (versions / "2026.1").symlink_to(f"../{release.folder.name}")
    (versions / "wild").symlink_to("../../..")
    return shelf


def test_every_release_and_version_has_its_files(two, release):
    client = visit(two)
    page = Page(client.get("/dumps/").text)
    assert page.says("2001.1") and page.says("2026.1") and not page.says("wild")
    assert f"/dumps/{'a' * 16}/" in page.links
    for name in ("a" * 16, "2001.1"):
        assert client.get(f"/dumps/{name}/release.json").json["date"] == "2001-01-01"
        assert "not the" in Page(client.get(f"/dumps/{name}/").text).text
    for name in (release.folder.name, "2026.1", "current"):
        assert client.get(f"/dumps/{name}/release.json").json["digest"] == release.digest
    assert client.get("/dumps/wild/").status_code == 404


def test_a_masked_release_answers_at_the_old_address_and_says_what_is_gone(two):
    older = two / ("a" * 16)
    summary = json.loads((older / "release.json").read_text("utf-8"))
    gone = {"withdrawn": "urn:x:<b>", "on": "2026-01-02", "because": "A reason."}
    (older / "release.json").write_text(json.dumps(summary | {"notice": [gone]}), "utf-8")
    (two / ("b" * 16)).symlink_to(older.name)
    (two / ".withdrawn").mkdir()
    shutil.copytree(older, two / ".withdrawn" / ("c" * 16))
    client = visit(two)
    page = Page(client.get(f"/dumps/{'b' * 16}/").text)
    assert page.says("urn:x:<b>") and page.says("A reason.") and page.says("b" * 16)
    assert client.get(f"/dumps/{'b' * 16}/release.json").json["notice"] == [gone]
    assert client.get(f"/dumps/{'c' * 16}/").status_code == 404
    assert client.get(f"/dumps/.withdrawn/{'c' * 16}").status_code == 404


def test_a_release_that_is_broken_is_not_listed(two):
    (two / ("a" * 16) / "release.json").write_text("{", "utf-8")
    client = visit(two)
    assert client.get("/dumps/").status_code == 200
    assert client.get("/dumps/2001.1/").status_code == 404


def test_the_well_known_address_leads_to_the_dataset_s_description(client):
    answer = client.get("/.well-known/void", headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/release.ttl")
    assert "Accept" in answer.headers["Vary"]
    assert "void:Dataset" in client.get(answer.headers["Location"]).text
    assert client.get("/.well-known/void").headers["Location"].endswith(".html")


def test_how_long_in_words():
    assert [size_in_words(n) for n in (0, 999, 1000, 999_949, 999_950, 5_000_000_000)] == [
        "0 bytes",
        "999 bytes",
        "1.0 kB",
        "999.9 kB",
        "1.0 MB",
        "5.0 GB",
    ]
