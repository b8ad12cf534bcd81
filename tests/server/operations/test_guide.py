"""docs/running.md tells of every address, every count and every word of the environment."""

from __future__ import annotations

import re

from paths import ROOT
from server import create_app

GUIDE = (ROOT / "docs" / "running.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")


def test_every_address_is_in_the_guide(release):
    rules = {rule.rule for rule in create_app(release).url_map.iter_rules()}
    first = {
        re.split(r"[/.<]", rule.removeprefix("/."))[0 if "/." in rule[:2] else 1] for rule in rules
    }
    first.discard("")
    assert {"sparql", "healthz", "well-known"} <= first
    assert [name for name in sorted(first) if not re.search(rf"`/\.?{name}`", GUIDE)] == []


def test_every_word_of_the_environment_is_documented():
    found = {
        name
        for folder in ("kg", "server")
        for path in (ROOT / folder).rglob("*.py")
        for name in re.findall(r"WHOHOLDS_[A-Z]+", path.read_text("utf-8"))
    }
    assert found and [name for name in sorted(found) if name not in GUIDE + README] == []
