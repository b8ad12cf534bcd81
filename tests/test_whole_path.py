"""From a text file to a published statement, by the commands and the review's own interface."""

from __future__ import annotations

import pytest

from kg.cli import main
from kg.review.app import create_app
from kg.review.session import sit_down
from kg.workspace import open_workspace

TOKEN = "a-token-of-this-test"  # noqa: S105
ARTICLE = """\
Hill riders take Sarn lock
By Ilse Brandt

Published: 9 June 1874

Riders of the Hill Union captured the town of Sarn on Monday after
a night of rain, a clerk of the canal office said.

"We left by the eastern road, and nobody was hurt," Captain Otto
Renn told the Canal Gazette. The river guard denied that the upper
lock had fallen.

At least 12 people were killed in the market quarter, the canal
office said on Tuesday.

Related stories
Bread is dear in Sarn
"""


@pytest.fixture
def workspace(tmp_path):
    assert main(["init", str(tmp_path / "canal"), "--title", "The canal war"]) == 0
    return tmp_path / "canal"


@pytest.fixture
def slug(workspace, tmp_path):
    """The article's id after it was taken in and a draft was proposed without a model."""
    (tmp_path / "sarn.txt").write_text(ARTICLE, "utf-8")
    assert main(["ingest", str(tmp_path / "sarn.txt"), "-w", str(workspace)]) == 0
    (slug,) = open_workspace(workspace).slugs
    assert main(["suggest", slug, "--no-model", "-w", str(workspace)]) == 0
    return slug


def asked(client, verb, **words):
    """The desk after a verb of the review's interface was asked."""
    answer = client.post(
        f"/api/{verb}", json=words, headers={"Authorization": f"Bearer {TOKEN}"}
    ).get_json()
    assert "state" in answer, answer
    return answer["state"]


def review(client, state):
    """Accepts what was proposed, and adds the one event that no rule without a model finds."""
    start = state["text"].index("captured the town of Sarn")
    span = [start, start + len("captured the town of Sarn")]
    claim = {
        "type": "capture",
        "gained-by": [{"unnamed": "Riders of the Hill Union"}],
        "place": ["sarn"],
        "when": {"on": "1874-06-08", "basis": "relative-to-publication", "words": "Monday"},
    }
    known = {item["path"] for item in state["items"]}
    if "place/sarn" not in known:
        table = {"type": "town", "label": {"en": "Sarn"}}
        asked(client, "add", kind="place", called="Sarn", table=table)
    asked(client, "add", kind="claim", called="Sarn taken", span=span, table=claim)
    state = asked(client, "judge", path="claim/sarn-taken", judgement="positive", along=True)
    for item in state["items"]:
        now = asked(client, "judge", path=item["path"], judgement="positive")
    assert now["undecided"] == 0
    assert asked(client, "finish", anyway=True)["finished"]


def test_from_a_text_file_to_an_answer_that_shows_its_words(workspace, slug, capsys):
    desk = sit_down(open_workspace(workspace), slug, "reviewer-1")
    client = create_app(desk, TOKEN).test_client()
    headers = {"Authorization": f"Bearer {TOKEN}"}
    state = client.get("/api/state", headers=headers).get_json()
    assert {item["kind"] for item in state["items"]} >= {"article", "voice", "claim"}
    review(client, state)
    desk.journal.close()
    mapping = open_workspace(workspace).mapping(slug)
    assert (mapping.status, mapping.article.title) == ("reviewed", "Hill riders take Sarn lock")
    assert main(["validate", "-w", str(workspace)]) == 0
    assert main(["build", "--quiet", "-w", str(workspace)]) == 0
    capsys.readouterr()
    who = ["ask", "who-held", "place=sarn", "date=1874-06-08", "--evidence", "-w", str(workspace)]
    assert main(who) == 0
    answer = capsys.readouterr().out
    assert "⟦captured the town of Sarn⟧" in answer and "attested" in answer
