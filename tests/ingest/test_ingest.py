"""Taking articles in: the private text, the draft, what is done twice, and what goes wrong."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from kg.cli import main
from kg.errors import WorkspaceError
from kg.ingest.ingest import ingest
from kg.ingest.near import runs, shared
from kg.ingest.slugs import choose_slug
from kg.ingest.web import Web
from kg.text import digest
from kg.workspace import SHIPPED, open_workspace
from paths import FIXTURES, ROOT

DAY = dt.date(2026, 3, 9)
STORY = """\
River guard abandons Orrin mill

Published: 4 May 1911

The river guard has left the Orrin mill after eleven days of siege, the valley herald said.
Scouts of the hill league entered the yard at dawn and found the kitchens cold and the keys there.
About forty families who fled in April have begun to return, and carts stood on the chapel road.
"""
OTHER = """\
Lancers take the ford at Selm

Lancers of the eastern council rode into Selm on Thursday evening and met nobody at the ford.
The garrison had rowed across the lake during the night, three witnesses told this newspaper.
"""


def take(workspace, *names, web=None):
    return list(ingest(open_workspace(workspace.root), map(str, names), web or Web(), DAY))


def written(folder, **files):
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")
    return folder


def test_a_text_becomes_a_private_text_and_a_draft(empty, tmp_path, capsys):
    folder = written(tmp_path / "in", mill_txt=STORY)
    (outcome,) = take(empty, folder)
    assert (outcome.state, outcome.slug) == ("done", "river-guard-abandons-orrin-mill")
    workspace = open_workspace(empty.root)
    assert workspace.text_path(outcome.slug).read_text("utf-8") == STORY
    mapping = workspace.mapping(outcome.slug)
    assert (mapping.status, mapping.coding.coder) == ("draft", "whoholds-ingest")
    assert mapping.article.digest == digest(STORY.encode())
    assert mapping.article.published.on == dt.date(1911, 5, 4)
    assert mapping.article.published.words == "Published: 4 May 1911"
    assert not (mapping.voices or mapping.claims or mapping.mentions or mapping.nothings)
    assert str(tmp_path) not in workspace.source(outcome.slug)
    assert (workspace.home / "texts" / ".gitignore").read_text("utf-8") == "*\n"
    assert main(["validate", "-w", str(empty.root)]) == 0
    assert "draft" in capsys.readouterr().out


def test_a_draft_whose_day_is_not_known_is_valid_and_not_released(empty, tmp_path, capsys):
    folder = written(tmp_path / "in", ford_txt=OTHER)
    take(empty, folder)
    assert main(["validate", "-w", str(empty.root)]) == 0
    mapping = open_workspace(empty.root).mapping("lancers-take-the-ford-at-selm")
    assert mapping.article.published is None
    path = empty.root / "articles" / "lancers-take-the-ford-at-selm" / "mapping.toml"
    reviewed = path.read_text("utf-8").replace('"draft"', '"reviewed"')
    path.write_text(reviewed.replace("coded ", 'reviewer = "reviewer-1"\ncoded '), "utf-8")
    assert main(["validate", "-w", str(empty.root)]) == 1
    assert "no published" in capsys.readouterr().err


def test_a_file_without_a_story_is_said_to_have_none(empty, tmp_path):
    path = tmp_path / "short.txt"
    path.write_text("Mill\n", "utf-8")
    (outcome,) = take(empty, path)
    assert outcome.state == "failed" and "no story was found in it" in outcome.why


def test_what_is_done_is_not_done_again_and_the_same_text_is_one_article(empty, tmp_path):
    folder = written(tmp_path / "in", mill_txt=STORY)
    take(empty, folder)
    (folder / "copy.html").write_text("no page", "utf-8")
    (folder / "again.txt").write_text(STORY, "utf-8")
    assert [o.state for o in take(empty, folder)] == ["before", "failed", "before"]
    lines = json.dumps({"text": STORY})
    (folder / "lines.jsonl").write_text(lines, "utf-8")
    assert [o.state for o in take(empty, folder / "lines.jsonl")] == ["same"]
    assert len(open_workspace(empty.root).slugs) == 1


def test_the_same_articles_give_the_same_bytes(tmp_path):
    from kg.init import init_workspace

    folder, found = written(tmp_path / "in", a_txt=STORY, b_txt=OTHER), []
    for name in ("one", "two"):
        init_workspace(tmp_path / name, base=None, title="T")
        take(open_workspace(tmp_path / name), folder)
        files = sorted((tmp_path / name / "articles").rglob("*.toml"))
        found.append([f.read_bytes() for f in files])
    assert found[0] == found[1] and len(found[0]) == 2


def test_json_lines_say_what_they_are_and_a_bad_one_is_skipped(empty, tmp_path):
    lines = [
        {
            "title": "A ford",
            "text": OTHER.split("\n\n", 1)[1],
            "published": "1911-05-04",
            "mood": 1,
        },
        {"title": "No text"},
        {"text": STORY, "published": "someday"},
    ]
    text = "\n".join([*map(json.dumps, lines), "{broken"])
    folder = written(tmp_path / "in", a_jsonl=text)
    outcomes = take(empty, folder)
    assert [o.state for o in outcomes] == ["note", "done", "failed", "failed", "failed"]
    assert "mood" in outcomes[0].why and "a.jsonl:2: neither text nor html" in outcomes[2].why
    article = open_workspace(empty.root).mapping("a-ford").article
    assert article.published.on == dt.date(1911, 5, 4)


def test_agency_copy_is_recognised_and_said(empty, tmp_path):
    body = STORY.split("\n\n", 2)[2]
    copy = "Mill left by its guard\n\nPublished: 6 May 1911\n\nBy telegraph from our agency.\n"
    folder = written(tmp_path / "in", a_txt=STORY, b_txt=copy + body, c_txt=OTHER)
    outcomes = take(empty, folder)
    assert [[a.article for a in o.alike] for o in outcomes] == [
        [],
        ["river-guard-abandons-orrin-mill"],
        [],
    ]
    article = open_workspace(empty.root).mapping("mill-left-by-its-guard").article
    assert article.probably_derived_from == ("river-guard-abandons-orrin-mill",)
    assert "appeared before it" in article.because
    assert main(["validate", "-w", str(empty.root)]) == 0


def test_runs_of_words_do_not_see_capitals_and_signs():
    some = runs("The guard has left the mill at Orrin — for ever, they say.")
    assert shared(some, runs("THE GUARD has left the mill at Orrin, for ever they say")) == 1
    assert shared(some, runs("Nobody knows who holds the ford at Selm this week or the next")) == 0


def test_an_id_is_free_and_readable():
    taken = {"a-mill", "a-mill-1911-05-04"}
    assert choose_slug("A mill!", None, "sha256:5d9a0c11f", taken.__contains__) == "a-mill-5d9a0c11"
    day = dt.date(1911, 5, 5)
    assert choose_slug("A mill", day, "sha256:5d9a", taken.__contains__) == "a-mill-1911-05-05"
    assert choose_slug("قلعة", day, "sha256:5d9a", set().__contains__) == "qlaa"
    assert choose_slug("Крепость", day, "sha256:5d9a", set().__contains__) == "article-1911-05-05"


def test_a_site_is_taken_in_by_its_feed(empty, site):
    pytest.importorskip("trafilatura")
    site.page("/a", (FIXTURES / "pages" / "pay-wall.html").read_bytes())
    site.page("/b", "<html><title>x</title>")
    site.page(
        "/feed",
        f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Courier</title>
        <item><title>Lancers</title><link>{site.url}/a</link>
        <pubDate>Fri, 05 May 1911 06:00:00 GMT</pubDate></item>
        <item><title>Bad</title><link>{site.url}/b</link></item>
        <item><title>Nothing</title></item></channel></rss>""",
        "application/rss+xml",
    )
    outcomes = take(empty, f"{site.url}/feed", web=Web((site.url,), 0))
    assert [o.state for o in outcomes] == ["done", "failed", "skipped"]
    workspace = open_workspace(empty.root)
    article = workspace.mapping(outcomes[0].slug).article
    assert (article.published.on, article.accessed) == (dt.date(1911, 5, 5), DAY)
    kept = workspace.home / "texts" / "ingest" / "pages" / f"{outcomes[0].slug}.html"
    assert kept.read_bytes() == site.pages["/a"][2]
    before = len(site.asked)
    assert take(empty, f"{site.url}/feed", web=Web((site.url,), 0))[0].state == "before"
    assert "/a" not in site.asked[before:]


def test_the_shipped_workspace_takes_nothing_in(tmp_path):
    with pytest.raises(WorkspaceError, match="whoholds init"):
        take(open_workspace(SHIPPED), written(tmp_path / "in", a_txt=STORY))


def test_a_torn_journal_is_read_as_far_as_it_goes(empty, tmp_path):
    folder = written(tmp_path / "in", a_txt=STORY)
    take(empty, folder)
    journal = empty.home / "texts" / "ingest" / "journal.jsonl"
    with journal.open("ab") as file:
        file.write(b'{"key": "sha2')
    assert [o.state for o in take(empty, folder)] == ["before"]


def test_whoever_is_killed_goes_on_and_no_article_is_half_there(empty, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(300):
        (folder / f"{n:03}.txt").write_text(STORY.replace("Orrin", f"Orrin {n}"), "utf-8")
    run = [sys.executable, "-c", "import sys; from kg.cli import main; sys.exit(main())"]
    run += ["ingest", "-w", str(empty.root), str(folder)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(run, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as it:
        deadline = time.monotonic() + 30
        while len(list(empty.root.glob("articles/*"))) < 5 and time.monotonic() < deadline:
            time.sleep(0.01)
        it.send_signal(signal.SIGKILL)
    done = list(empty.root.glob("articles/*/mapping.toml"))
    assert len(done) + 1 >= 5 and len(done) < 300
    workspace = open_workspace(empty.root)
    for slug in workspace.slugs:
        assert digest(workspace.content(slug)) == workspace.mapping(slug).article.digest
    states = {o.state for o in take(empty, folder)}
    assert states <= {"before", "done", "same"}
    slugs = open_workspace(empty.root).slugs
    assert len(slugs) == 300 and not any(s.endswith("-2") for s in slugs)
