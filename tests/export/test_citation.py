"""CITATION.cff names the release by what is known of it, and by nothing else."""

import json

from kg.export.citation import citation


def fields(text):
    """The keys and values of the file; quoted ones are JSON strings, as YAML reads them, too."""
    lines = [line.strip().removeprefix("- ").partition(":") for line in text.splitlines()]
    values = ((key, value.strip()) for key, _, value in lines)
    return {key: json.loads(v) if v.startswith('"') else v for key, v in values}


def test_a_release_is_cited_by_its_digest_and_version(published):
    found = fields(citation(published.summary | {"licences": [published.summary["licence"]]}))
    assert found == {
        "cff-version": "1.2.0",
        "message": "If you use this release, please cite it with its digest.",
        "title": "The Aven bridge: three invented articles",
        "type": "other",  # of the identifier; of the work it is "dataset"
        "authors": "",
        "name": "The valley's archive",
        "version": "2026.1",
        "date-released": published.summary["date"],
        "license": "CC-BY-4.0",
        "license-url": "https://creativecommons.org/licenses/by/4.0/",
        "identifiers": "",
        "value": published.digest,
        "description": "SHA-256 of data.nq",
    }


def test_several_licences_are_told_in_words_and_leave_no_choice(published):
    found = fields((published.folder / "CITATION.cff").read_text("utf-8"))
    assert not {"license", "license-url"} & found.keys()
    assert all(one in found["abstract"] for one in published.summary["licences"])


def test_what_is_unknown_is_left_out(published):
    odd = {"version": None, "licences": ["https://example.org/terms"], "title": 'a: "b" # c\n- d'}
    found = fields(citation(published.summary | odd))
    assert "version" not in found and "license" not in found
    assert found["license-url"] == "https://example.org/terms"
    assert found["title"] == odd["title"]
