"""Finding a workspace, reading its settings, and saying what is wrong with them."""

import json
import re

import pytest

from kg.errors import AuthorityError, MappingError, TextError, WorkspaceError
from kg.limits import Endpoint, Limits
from kg.names import DEFAULT_BASE
from kg.workspace import (
    FILE,
    SHIPPED,
    Settings,
    find_workspace,
    iter_mappings,
    open_workspace,
)


def settings(tmp_path, text: str) -> Settings:
    (tmp_path / FILE).write_text(text, "utf-8")
    return open_workspace(tmp_path).settings


def test_settings_are_read(aven):
    assert aven.settings == Settings(
        base="https://example.org/valley/",
        title="The Aven bridge: three invented articles",
        publisher="The valley's archive",
    )
    assert aven.names.base == "https://example.org/valley/"


def test_an_empty_file_is_a_workspace_with_all_defaults(tmp_path):
    assert settings(tmp_path, "") == Settings(base=DEFAULT_BASE, excerpt="sentence", horizon=30)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("base = ", "not valid TOML: "),
        ('titel = "x"', "unknown setting 'titel'; nearest settings: title."),
        ("horizon = '30'", "horizon is '30'; expected int."),
        ("horizon = true", "horizon is True; expected int."),
        ("horizon = -1", "horizon is -1; expected days, 0 or more."),
        ('excerpt = "all"', "excerpt is 'all'; one of none, anchor, sentence."),
        ('base = "example.org/"', "base is 'example.org/'; expected an http IRI that ends in /."),
        ('base = "http://example.org"', "base is 'http://example.org'; expected an http IRI"),
        ('base = "https://a b/"', "base is 'https://a b/'; expected an http IRI that ends in /."),
        ('base = "https:///"', "base is 'https:///'; expected an http IRI"),
        ('base = "https://example.org/%zz/"', "base is 'https://example.org/%zz/'; expected"),
        ('base = "https://example.org/x#"', "base is 'https://example.org/x#'; expected an http"),
        ('licence = "javascript:alert(1)"', "licence is 'javascript:alert(1)'; expected its http"),
        ('licence = "CC-BY-4.0"', "licence is 'CC-BY-4.0'; expected its http IRI, such as https:"),
        ('title = "a\\u0000b"', "title is 'a\\x00b'; expected no control characters."),
        ("endpoint = 3", "endpoint is 3; expected dict."),
        ("[endpoint]\nsecond = 3", "unknown setting 'endpoint.second'; nearest settings of the"),
        ("[endpoint]\nseconds = 0", "endpoint.seconds is 0; expected a whole number, 1 or more."),
        ("[endpoint]\nqueue = true", "endpoint.queue is True; expected a whole number from 0 to"),
        ("[endpoint]\nworkers = 1001", "endpoint.workers is 1001; expected a whole number from 1"),
        ("[endpoint]\nmemory-bytes = 9", "endpoint.memory-bytes is 9; expected a whole number, 16"),
        ("[endpoint]\nlog-queries = 1", "endpoint.log-queries is 1; expected true or false."),
        (
            "[endpoint]\nlog-querys = true",
            "unknown setting 'endpoint.log-querys'; nearest settings",
        ),
        (
            '[endpoint]\ntrusted-proxies = ["proxy"]',
            "endpoint.trusted-proxies is ['proxy']; expected",
        ),
        ('base = ""', "base is ''; expected an http IRI"),
    ],
)
def test_a_wrong_setting_is_refused(tmp_path, text, said):
    with pytest.raises(WorkspaceError) as caught:
        settings(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path / FILE}: {said}")


def test_the_folder_named_comes_first(aven):
    assert find_workspace(str(aven.root)).root == aven.root


def test_else_the_folder_around_the_current_one(aven, monkeypatch):
    monkeypatch.chdir(aven.root / "articles" / "aven")
    assert find_workspace().root == aven.root


def test_else_the_shipped_one_whose_texts_are_kept_in_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    workspace = find_workspace()
    assert (workspace.root, workspace.home) == (SHIPPED, tmp_path)
    assert workspace.text_path("aven") == tmp_path / "texts" / "aven.txt"


def test_texts_are_kept_where_the_environment_says(aven, tmp_path, monkeypatch):
    monkeypatch.setenv("WHOHOLDS_HOME", str(tmp_path / "private"))
    found = open_workspace(aven.root).text_path("aven")
    assert found == tmp_path / "private" / "texts" / "aven.txt"


def test_a_folder_without_the_file_is_no_workspace(tmp_path):
    advice = re.escape(f"Run `whoholds init {tmp_path}` to make a workspace.")
    with pytest.raises(WorkspaceError, match=advice):
        find_workspace(str(tmp_path))


def test_an_unknown_article_is_answered_with_the_nearest(aven):
    with pytest.raises(WorkspaceError, match=r"no article 'aven-curier' in .*; nearest articles: "):
        aven.mapping("aven-curier")


def test_a_folder_with_a_bad_name_is_refused(aven):
    (aven.root / "articles" / "aven").rename(aven.root / "articles" / "Aven Bridge")
    with pytest.raises(
        WorkspaceError, match=r"articles/Aven Bridge: 'Aven Bridge' is no id\. Rename"
    ):
        _ = aven.slugs


def test_findings_name_the_file_from_the_workspaces_root(aven):
    path = aven.mapping_path("aven")
    path.write_text("format = 2\n", "utf-8")
    with pytest.raises(MappingError, match=r"^articles/aven/mapping\.toml:1: format is 2"):
        aven.mapping("aven")


def test_a_mapping_that_is_not_utf_8_is_refused(aven):
    aven.mapping_path("aven").write_bytes(b"format = 1\n# caf\xe9\n")
    with pytest.raises(TextError, match=r"mapping\.toml: byte 16 is not UTF-8\. Save the file as"):
        aven.mapping("aven")


def test_a_mapping_that_cannot_be_read_is_refused(aven):
    path = aven.mapping_path("aven")
    path.unlink()
    path.mkdir()
    assert aven.slugs == ("aven", "aven-arabic", "aven-courier")
    with pytest.raises(WorkspaceError, match="no article 'aven'"):
        aven.mapping("aven")


def test_checked_gives_the_mapping_or_all_findings(aven):
    assert aven.checked("aven", aven.known()) == aven.mapping("aven")
    path = aven.mapping_path("aven")
    path.write_text(path.read_text("utf-8").replace("aven-bridge", "avon"), "utf-8")
    with pytest.raises(MappingError) as caught:
        aven.checked("aven", aven.known())
    assert len(caught.value.findings) == 2


def test_an_article_without_a_text_has_no_content(aven):
    aven.text_path("aven").unlink()
    assert aven.content("aven") is None


def test_mappings_come_in_order(aven):
    assert [slug for slug, _ in iter_mappings(aven)] == ["aven", "aven-arabic", "aven-courier"]


def test_all_mappings_together_know_each_others_claims_and_voices(aven):
    known = aven.known(dict(iter_mappings(aven)))
    assert "aven.bridge-taken" in known.claims and "aven.varro-both-banks" in known.voices
    assert known.articles == {"aven", "aven-arabic", "aven-courier"}


def test_what_a_query_may_cost_is_set_in_a_table(tmp_path):
    found = settings(tmp_path, "[endpoint]\ncpu-seconds = 5\nqueue = 0\n").endpoint.limits
    assert found == Limits(cpu_seconds=5, queue=0) and found.seconds == Limits().seconds


def test_other_endpoints_are_listed_in_it(tmp_path):
    listed = ("https://query.example/sparql", "http://127.0.0.1:7878/query?a=b", "http://[::1]:1/")
    text = f"[endpoint]\nservices = {json.dumps(listed)}\n"
    assert settings(tmp_path, text).endpoint.limits.services == listed
    assert Limits().services == ()


@pytest.mark.parametrize(
    "wrong",
    [
        '"https://query.example/sparql"',
        "[1]",
        '["query.example"]',
        '["file:///etc/passwd"]',
        '["ftp://query.example/"]',
        '["https://me:secret@query.example/"]',
        '["https://query.example/#x"]',
        '["https://query.example:99999/"]',
        '["https://query.example:0/"]',
        '["https://quéry.example/"]',
        '["https://query.example/ x"]',
        '["https://query.example/\\r\\nX: y"]',
    ],
)
def test_what_is_no_endpoint_is_not_listed(wrong, tmp_path):
    with pytest.raises(WorkspaceError, match=r"endpoint\.services"):
        settings(tmp_path, f"[endpoint]\nservices = {wrong}\n")


def test_what_is_logged_and_who_is_believed_is_set_there_too(tmp_path):
    text = '[endpoint]\nlog-queries = true\ntrusted-proxies = ["127.0.0.1", "10.0.0.0/8"]\n'
    found = settings(tmp_path, text).endpoint
    assert found == Endpoint(
        Limits(), log_queries=True, trusted_proxies=("127.0.0.1", "10.0.0.0/8")
    )
    assert settings(tmp_path, "").endpoint == Endpoint()


def test_links_under_another_licence_are_refused(aven):
    path = aven.root / "links" / "almanac.sssom.tsv"
    path.write_text(path.read_text("utf-8").replace("/by/4.0/", "/by-nc/4.0/"), "utf-8")
    said = "links/almanac.sssom.tsv:6: has the licence .*by-nc.* under the workspace's, .*by/4"
    with pytest.raises(AuthorityError, match=said):
        _ = open_workspace(aven.root).links
