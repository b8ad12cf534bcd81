"""Generated corpora: the same for a seed, whole, and as dense as the articles that are mapped."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import median

import pytest

from kg.mapping.anchor import locate, recorded
from kg.mapping.document import Mapping
from kg.mapping.ledger import ledger
from kg.release.build import build
from kg.release.lifting import make_lifter
from kg.release.read import Release, open_release
from kg.synth import write_corpus
from kg.workspace import SHIPPED, Workspace, open_workspace

COUNT = 40


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("synth") / "corpus"
    write_corpus(COUNT, folder)
    return open_workspace(folder)


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_one_seed_writes_the_same_bytes_and_another_others(corpus, tmp_path):
    write_corpus(COUNT, tmp_path / "again")
    write_corpus(COUNT, tmp_path / "other", seed=2)
    assert files(tmp_path / "again") == files(corpus.root)
    assert files(tmp_path / "other") != files(corpus.root)


def test_every_article_conforms_and_accounts_for_every_sentence(corpus, tmp_path):
    lifter = make_lifter(corpus, tmp_path)
    for slug in corpus.slugs:
        assert lifter.lift(slug).findings == ()
        text = (corpus.content(slug) or b"").decode("utf-8")
        mapping = corpus.mapping(slug)
        assert locate(mapping, text).spans == recorded(mapping).spans
        assert ledger(text, recorded(mapping)).open == ()


def test_towns_have_points_of_their_own(corpus):
    places = corpus.authorities.places.values()
    towns = [place for place in places if place.slug.startswith("place")]
    assert len({place.point for place in towns}) == len(towns) == COUNT // 10 * 8


def depth(mapping: Mapping) -> int:
    """The most voices through which a claim of a mapping reached the page, the outlet included."""
    deepest = 1
    for name in mapping.voices:
        steps, voice = 2, mapping.voices[name]
        while voice.relayed_by in mapping.voices:
            steps, voice = steps + 1, mapping.voices[str(voice.relayed_by)]
        deepest = max(deepest, steps)
    return deepest


KINDS = """
SELECT ?article ?kind WHERE {
  ?disagreement a wh:Disagreement ; wh:compares/wh:inArticle ?article ; wh:disagreementType ?kind
}"""


def disagreements(release: Release) -> list[tuple[str, str]]:
    """Article and kind, one of each disagreement that an article takes part in."""
    found = release.store.query(KINDS, prefixes=release.names.prefixes())
    return [tuple(term.value.rpartition("/")[2] for term in row) for row in found]


def histogram(workspace: Workspace, release: Release, folder: Path) -> list[Counter[str]]:
    """Claims, voices, mentions, depth, quads and disagreements of each article."""
    folder.mkdir()
    lifter = make_lifter(workspace, folder)
    disputes = Counter(article for article, _ in disagreements(release))
    found = []
    for slug in workspace.slugs:
        mapping, part = workspace.mapping(slug), lifter.lift(slug).part
        counts = {
            "claims": len(mapping.claims),
            "voices": len(mapping.voices),
            "mentions": len(mapping.mentions),
            "depth": depth(mapping),
            "disagreements": disputes[slug],
            "quads": part.read_bytes().count(b"\n") if part else 0,
        }
        found.append(Counter(counts))
    return found


def test_generated_articles_are_as_dense_as_real_ones(corpus, shipped_releases, tmp_path):
    real = histogram(open_workspace(SHIPPED), open_release(shipped_releases), tmp_path / "real")
    build(corpus, tmp_path / "releases")
    release = open_release(tmp_path / "releases")
    made = histogram(corpus, release, tmp_path / "made")
    print(f"\n{'':<13} {'real: least, median, most':>28} {'generated':>24}")
    for name in made[0]:
        ours, theirs = [c[name] for c in real], [c[name] for c in made]
        spread = (
            f"{min(ours)} {median(ours)} {max(ours)}",
            f"{min(theirs)} {median(theirs)} {max(theirs)}",
        )
        print(f"{name:<13} {spread[0]:>28} {spread[1]:>24}")
        assert 0.5 * min(ours) <= median(theirs) <= 2 * max(ours), name
    assert min(c["quads"] for c in made) >= 800
    kinds = {kind for _, kind in disagreements(release)}
    assert kinds >= {"Time", "Actor", "Quantity", "Occurrence", "Degree"}


def test_reports_of_one_happening_share_its_event_and_contradict_each_other(corpus):
    tellers: Counter[str] = Counter()
    days: dict[str, set[object]] = {}
    for slug in corpus.slugs:
        claims = corpus.mapping(slug).claims.values()
        tellers.update({claim.event for claim in claims if claim.event})
        for claim in claims:
            if claim.event and claim.when:
                days.setdefault(claim.event, set()).add(claim.when.on)
    assert median(n for event, n in tellers.items() if event.count("-") == 4) >= 3, "coreference"
    assert any(len(told) > 1 for told in days.values()), "disagreement about the day"
