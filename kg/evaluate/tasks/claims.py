"""Claims proposed, against those that people mapped: the five articles of this project, or others.

A proposed claim is right when it is about the same words as one that a person mapped (they overlap)
and equal in type (of an event, or a figure's measure), place, gainer or agent or holder, loser, and
standing: polarity, completion, factuality, certainty. These are the variables by which two coders'
claims count as the same in kg.reliability; a figure must also have the same number. Each claim
counts once on either side, all kinds of claim are wanted, and the places and actors of a claim must
all be there: no half of it is right. Whom or what only the article knows counts as one thing,
whatever its words.

The authority files that proposals refer to are those of the mappings: whether the names of a new
article are known is measured by the task `places`, not here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import TextError, WorkspaceError
from kg.evaluate.counts import Measured
from kg.mapping.anchor import recorded
from kg.mapping.document import Mapping
from kg.reliability.agreement import pair_claims
from kg.reliability.coding import MATCHED, Coded, coded_claims
from kg.suggest.model import Model, load_model
from kg.text import digest
from kg.workspace import SHIPPED, Workspace, iter_mappings, open_workspace


@dataclass(frozen=True, slots=True)
class Compared:
    """A claim of the one side, its like of the other if there is one, and what differs."""

    claim: Coded
    like: Coded | None = None
    differing: tuple[str, ...] = ()
    rule: str = ""

    @property
    def right(self) -> bool:
        """Whether the two are the same claim."""
        return self.like is not None and not self.differing

    def __str__(self) -> str:
        where = f"{self.claim.article}.{self.claim.claim}"
        if self.like is None:
            return f"{where}: {self.claim.type}, no proposal at its words"
        pairs = (
            f"{name} {_shown(self.like, name)} for {_shown(self.claim, name)}"
            for name in self.differing
        )
        return f"{where}: {'; '.join(pairs)}"


def _shown(coded: Coded, variable: str) -> str:
    return (getattr(coded, variable, "") or "nothing") if variable != "number" else "another"


def measure(folder: Path) -> list[Measured]:
    """How many claims of the five articles are proposed right, in all and by kind.

    `folder` is the folder of gold sets; the articles' texts stand beside it, in articles/.
    Raises TextError where they are not, ModelError without a model.
    """
    workspace = open_workspace(SHIPPED)
    return measure_workspace(workspace, texts_of(workspace, folder), load_model())


def missed(workspace: Workspace, texts: dict[str, str]) -> list[str]:
    """Each claim of a workspace that is not proposed right: what differs, or what lacks."""
    model = load_model()
    return [
        str(one)
        for slug, mapping in reviewed(workspace)
        for one in compare(workspace, slug, mapping, texts[slug], model)[1]
        if not one.right
    ]


def texts_of(workspace: Workspace, folder: Path) -> dict[str, str]:
    """The articles' texts, which stand beside the gold sets. Raises TextError."""
    found = {}
    for slug in workspace.slugs:
        path = folder.parent / "articles" / f"{slug}.txt"
        if not path.is_file():
            raise TextError(f"{path}: no such text. The task needs the articles' texts beside it.")
        found[slug] = path.read_bytes().decode("utf-8")
    return found


def attached_texts(workspace: Workspace) -> dict[str, str]:
    """The texts attached to a workspace's reviewed mappings.

    Raises TextError where one is missing or is another than its mapping was made from,
    WorkspaceError where no mapping is reviewed.
    """
    found = {slug: _attached(workspace, slug, mapping) for slug, mapping in reviewed(workspace)}
    if not found:
        raise WorkspaceError(
            f"{workspace.root} has no reviewed mapping, against which proposals could be measured. "
            "Review one first (`whoholds review ARTICLE`)."
        )
    return found


def _attached(workspace: Workspace, slug: str, mapping: Mapping) -> str:
    content = workspace.content(slug)
    if content is None:
        raise TextError(
            f"{workspace.text_path(slug)}: no such text, from which claims could be proposed. "
            "Attach the articles' texts (`whoholds attach DIR`)."
        )
    if digest(content) != mapping.article.digest:
        raise TextError(
            f"{workspace.text_path(slug)}: not the text that its mapping was made from. "
            "Attach that one, or run `whoholds validate --write`."
        )
    return content.decode("utf-8")


def reviewed(workspace: Workspace) -> Iterator[tuple[str, Mapping]]:
    """The mappings that people have finished, with their slugs: a draft is proposed itself."""
    return ((slug, one) for slug, one in iter_mappings(workspace) if one.status == "reviewed")


def measure_workspace(
    workspace: Workspace, texts: dict[str, str], model: Model | None
) -> list[Measured]:
    """The measures of a workspace's reviewed mappings: all claims, each kind, words found."""
    kinds = ("event", "control", "quantity", "reply")
    found = {name: Measured(f"claims: {name}") for name in ("all", *kinds, "words")}
    for slug, mapping in reviewed(workspace):
        proposed, wanted = compare(workspace, slug, mapping, texts[slug], model)
        for name in ("all", *kinds):
            _add(found[name], proposed, wanted, None if name == "all" else name)
        verdicts = [(one.rule, one.like is not None) for one in proposed]
        of = sum(one.like is not None for one in wanted)
        found["words"].add(verdicts, of, len(wanted))
    return [one for one in found.values() if one.total.wanted or one.total.proposed]


def _add(
    measured: Measured, proposed: list[Compared], wanted: list[Compared], kind: str | None
) -> None:
    chosen = [one for one in proposed if kind in (None, one.claim.kind)]
    there = [one for one in wanted if kind in (None, one.claim.kind)]
    verdicts = ((one.rule, one.right) for one in chosen)
    measured.add(verdicts, sum(one.right for one in there), len(there))


def compare(
    workspace: Workspace, slug: str, mapping: Mapping, text: str, model: Model | None
) -> tuple[list[Compared], list[Compared]]:
    """The proposed claims of an article and the mapped ones, each with its like."""
    made = propose_mapping(workspace, mapping, text, model)
    mine = list(coded_claims(slug, made, recorded(made)))
    gold = list(coded_claims(slug, mapping, recorded(mapping)))
    pairs = pair_claims(mine, gold)
    differing = {a.claim: tuple(_differing(a, b, made, mapping)) for a, b in pairs}
    likes = {a.claim: b for a, b in pairs}
    proposed = [
        Compared(a, likes.get(a.claim), differing.get(a.claim, ()), made.claims[a.claim].by or "")
        for a in mine
    ]
    found = {b.claim: Compared(b, a, differing[a.claim]) for a, b in pairs}
    return proposed, [found.get(b.claim, Compared(b)) for b in gold]


def _differing(mine: Coded, gold: Coded, made: Mapping, mapping: Mapping) -> Iterator[str]:
    yield from (name for name in MATCHED if getattr(mine, name) != getattr(gold, name))
    numbers = made.claims[mine.claim].number, mapping.claims[gold.claim].number
    if numbers[0] != numbers[1]:
        yield "number"


def propose_mapping(
    workspace: Workspace, mapping: Mapping, text: str, model: Model | None
) -> Mapping:
    """The draft of an article of which only its head and its parts are known."""
    from kg.gazetteer.lookup import load
    from kg.suggest.draft import draft
    from kg.suggest.names import know
    from kg.suggest.naming import Naming
    from kg.suggest.reading import read_text
    from kg.suggest.suggest import propose

    bounds = mapping.article.published.bounds if mapping.article.published else None
    reading = read_text(text, recorded(mapping).parts(), bounds)
    gazetteer = load()
    found = propose(reading, know(workspace.authorities, gazetteer), model)
    bare = replace(mapping, status="draft", voices={}, claims={}, mentions={}, nothings=())
    naming = Naming(workspace.authorities, gazetteer.record, text)
    return draft(found, bare, reading, naming, {}).mapping
