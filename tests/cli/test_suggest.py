"""whoholds suggest and eval: what is written, what is refused."""

from __future__ import annotations

import json
import shutil

import pytest

from kg.cli import main
from kg.mapping.read import read
from kg.mapping.write import write
from kg.workspace import open_workspace

pytest.importorskip("spacy")


@pytest.fixture
def bare(aven):
    """The workspace with its first article as a draft of which only head and parts are known."""
    mapping = aven.mapping("aven")
    head = mapping.__class__(1, "draft", mapping.article, mapping.coding, mapping.parts)
    aven.mapping_path("aven").write_text(write(head), "utf-8")
    return aven


def suggest(workspace, *words):
    return main(["suggest", *words, "-w", str(workspace.root)])


def test_a_draft_conforms_and_is_the_same_when_proposed_again(bare, capsys):
    assert suggest(bare, "aven") == 0
    first = bare.mapping_path("aven").read_bytes()
    mapping = bare.mapping("aven")
    assert mapping.status == "draft" and mapping.voices and mapping.claims and mapping.mentions
    assert "en_core_web_sm" in mapping.coding.proposer
    assert all(entry.by for entry in mapping.claims.values())
    assert main(["validate", "aven", "-w", str(bare.root)]) == 0, capsys.readouterr().err
    assert suggest(bare, "aven", "--replace") == 0
    assert bare.mapping_path("aven").read_bytes() == first


def test_the_comment_that_heads_a_draft_outlives_what_is_proposed(bare):
    path = bare.mapping_path("aven")
    path.write_text("# from aven.txt\n# title: its first line\n" + path.read_text("utf-8"), "utf-8")
    assert suggest(bare, "aven", "--no-model") == 0
    assert suggest(bare, "aven", "--no-model", "--replace") == 0
    head = path.read_text("utf-8").splitlines()[:3]
    assert head == ["# from aven.txt", "# title: its first line", "format = 1"]


def test_without_a_model_quotations_and_names_are_left(bare):
    assert suggest(bare, "aven", "--no-model") == 0
    mapping = bare.mapping("aven")
    assert mapping.voices and mapping.mentions and "no model" in mapping.coding.proposer
    assert main(["validate", "aven", "-w", str(bare.root)]) == 0


def test_a_draft_with_entries_is_replaced_only_when_told_and_what_a_person_wrote_stays(
    bare, capsys
):
    suggest(bare, "aven")
    path = bare.mapping_path("aven")
    own = '\n[claim.mine]\ntype = "capture"\nplace = ["holm"]\nwords = "reaches Holm"\n'
    path.write_text(path.read_text("utf-8") + own, "utf-8")
    before = path.read_bytes()
    assert suggest(bare, "aven") == 1 and "--replace" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert suggest(bare, "aven", "--replace") == 0
    assert open_workspace(bare.root).mapping("aven").claims["mine"].place == ("holm",)


def test_a_reviewed_mapping_and_a_review_that_has_begun_are_left_alone(aven, bare, capsys):
    assert suggest(aven, "aven-courier") == 1
    assert "is reviewed" in capsys.readouterr().err
    (aven.mapping_path("aven").parent / "judgements.jsonl").touch()
    assert suggest(bare, "aven", "--replace") == 1
    assert "review has begun" in capsys.readouterr().err


def test_an_article_without_its_text_is_an_error(bare, capsys):
    bare.text_path("aven").unlink()
    assert suggest(bare, "aven") == 1
    assert "whoholds attach" in capsys.readouterr().err


def test_a_text_file_becomes_a_draft_where_it_is_told(aven, tmp_path, capsys):
    file, out = tmp_path / "bridge.txt", tmp_path / "new" / "mapping.toml"
    shutil.copy(aven.text_path("aven"), file)
    words = [str(file), "-o", str(out), "--published", "2026-03-03"]
    assert suggest(aven, *words) == 0
    mapping = read(out.read_text("utf-8"), "mapping.toml")
    assert mapping.article.title == "bridge" and mapping.claims
    assert suggest(aven, str(file)) == 0
    assert 'status = "draft"' in capsys.readouterr().out
    assert suggest(aven, str(file), "--published", "Monday") == 1
    assert "expected a day" in capsys.readouterr().err


def test_an_unknown_article_is_an_error(aven, capsys):
    assert suggest(aven, "avon") == 1
    assert "aven" in capsys.readouterr().err


def test_eval_prints_a_task_as_json_and_names_what_is_missing(shared, tmp_path, capsys):
    assert main(["eval", "--gold", str(shared / "gold"), "--task", "claims", "--json"]) == 0
    (first, *_) = json.loads(capsys.readouterr().out)["claims"]
    assert first["measure"] == "claims: all" and first["wanted"] > 100
    assert main(["eval", "--gold", str(tmp_path / "none")]) == 1
    assert main(["eval", "--gold", str(tmp_path), "--task", "claims"]) == 1
    assert "needs the articles' texts" in capsys.readouterr().err


def test_eval_measures_a_workspace_against_its_own_reviewed_mappings(aven, capsys):
    root = str(aven.root)
    assert main(["eval", "-w", root, "--json"]) == 0
    (first, *_) = json.loads(capsys.readouterr().out)[f"claims of {aven.root.name}"]
    assert first["texts"] == 3 and first["wanted"] > 15
    path = aven.mapping_path("aven")
    path.write_text(path.read_text("utf-8").replace('"reviewed"', '"draft"', 1), "utf-8")
    assert main(["eval", "--workspace", root, "--missed"]) == 0
    shown = capsys.readouterr().out
    assert "claims: all" in shown and "\naven-courier." in shown
    assert "aven.bridge-taken: " not in shown


def test_eval_measures_texts_and_workspaces_together(aven, tmp_path, capsys):
    """A rule's score is then of all: also of texts for which no rule was written."""
    snippets = tmp_path / "gold" / "case2021" / "snippets_dev.tsv"
    snippets.parent.mkdir(parents=True)
    snippets.write_text("id\tEventSnippet\tSubType\n1\tRebels captured Holm.\tOTHER\n", "utf-8")
    gold = ["--gold", str(tmp_path / "gold"), "--task", "transfer"]
    assert main(["eval", *gold, "--workspace", str(aven.root), "--json"]) == 0
    assert list(json.loads(capsys.readouterr().out)) == ["transfer", f"claims of {aven.root.name}"]
    assert main(["eval"]) == 1
    assert "Give --gold DIR, --workspace DIR, or both" in capsys.readouterr().err


def test_eval_of_a_workspace_says_which_text_is_missing_or_another(aven, capsys):
    text = aven.text_path("aven-courier")
    kept = text.read_bytes()
    text.write_bytes(kept + b"!")
    assert main(["eval", "-w", str(aven.root)]) == 1
    assert "not the text that its mapping was made from" in capsys.readouterr().err
    text.unlink()
    assert main(["eval", "-w", str(aven.root)]) == 1
    said = capsys.readouterr().err
    assert "aven-courier.txt: no such text" in said and "whoholds attach" in said


@pytest.mark.parametrize("more", [["--write"], ["--task", "claims"]])
def test_eval_of_a_workspace_records_no_scores_and_has_one_task(aven, capsys, more):
    assert main(["eval", "-w", str(aven.root), *more]) == 1
    assert "need --gold" in capsys.readouterr().err


def test_eval_of_a_workspace_without_reviewed_mappings_is_refused(aven, capsys):
    for slug in aven.slugs:
        path = aven.mapping_path(slug)
        path.write_text(path.read_text("utf-8").replace('"reviewed"', '"draft"', 1), "utf-8")
    assert main(["eval", "-w", str(aven.root)]) == 1
    assert "no reviewed mapping" in capsys.readouterr().err
