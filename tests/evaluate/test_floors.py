"""A floor holds, and is not lowered in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.evaluate.counts import Counts
from kg.evaluate.floors import Floor, Reached, material_of, problems, read_floors, seal_of
from kg.evaluate.tasks.claims import attached_texts, measure_workspace, texts_of
from kg.workspace import SHIPPED, open_workspace
from paths import FIXTURES, MEASURED, TESTS

FLOORS = TESTS / "evaluate" / "floors.toml"
REACHED = Counts(right=8, proposed=10, found=8, wanted=16)


def floor(*history, **changed):
    made = replace(Floor("a measure", "sha256:1", "", history), **changed)
    return made if "seal" in changed else replace(made, seal=seal_of(made))


def test_a_floor_that_is_reached_has_no_problems():
    assert problems(floor(Reached(0.8, 0.5, "first")), REACHED, "sha256:1") == []


@pytest.mark.parametrize(
    ("pinned", "material", "said"),
    [
        (floor(Reached(0.81, 0.5, "first")), "sha256:1", "precision is 0.8000, under its floor"),
        (floor(Reached(0.8, 0.51, "first")), "sha256:1", "recall is 0.5000, under its floor"),
        (floor(Reached(0.8, 0.5, "first")), "sha256:2", "Measure again"),
        (floor(Reached(0.9, 0.5, "a"), Reached(0.8, 0.5, " ")), "sha256:1", "without a reason"),
        (floor(Reached(0.8, 0.5, "a"), seal="sha256:0"), "sha256:1", "not the sealed one"),
    ],
)
def test_what_is_wrong_is_said(pinned, material, said):
    (found,) = problems(pinned, REACHED, material)
    assert said in found


def test_an_edited_history_breaks_the_seal():
    first = floor(Reached(0.9, 0.5, "first"))
    edited = replace(first, history=(Reached(0.7, 0.5, "first"),))
    assert seal_of(edited) != first.seal


def test_claims_of_the_invented_valley_are_proposed_as_often_as_before():
    model = _model()
    workspace = open_workspace(FIXTURES / "aven")
    slugs = ("aven", "aven-courier")
    texts = {slug: workspace.content(slug).decode("utf-8") for slug in workspace.slugs}
    files = [workspace.mapping_path(slug) for slug in slugs] + _authorities(workspace)
    reached = measure_workspace(workspace, texts, model)[0].total
    _hold("claims-aven", reached, [*files, *(workspace.text_path(slug) for slug in slugs)])


@pytest.mark.parametrize("name", MEASURED)
def test_claims_of_articles_of_our_own_are_proposed_as_often_as_before(name):
    model = _model()
    workspace = open_workspace(FIXTURES / name)
    texts = attached_texts(workspace)
    files = [workspace.mapping_path(slug) for slug in workspace.slugs] + _authorities(workspace)
    reached = measure_workspace(workspace, texts, model)[0].total
    _hold(f"claims-{name}", reached, [*files, *map(workspace.text_path, workspace.slugs)])


def test_claims_of_the_five_articles_are_proposed_as_often_as_before(shared):
    model = _model()
    workspace = open_workspace(SHIPPED)
    texts = texts_of(workspace, shared / "gold")
    files = [workspace.mapping_path(slug) for slug in workspace.slugs] + _authorities(workspace)
    reached = measure_workspace(workspace, texts, model)[0].total
    _hold("claims-corpus", reached, [*files, *(shared / "articles").glob("*.txt")])


def _model():
    pytest.importorskip("spacy")
    from kg.suggest.model import load_model

    return load_model()


def _authorities(workspace):
    return list((workspace.root / "authorities").glob("*.toml"))


def _hold(name, reached, files):
    pinned = read_floors(FLOORS.read_text("utf-8"))[name]
    assert problems(pinned, reached, material_of(files)) == []
