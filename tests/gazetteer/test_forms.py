"""Every named place of the five mappings, looked up as articles name it; `pytest -s` shows all."""

import csv
import tomllib
from functools import cache
from pathlib import Path

import pytest

from kg.gazetteer.choose import choose, choose_together
from kg.gazetteer.lookup import load
from paths import ROOT

FORMS = tomllib.loads((Path(__file__).parent / "forms.toml").read_text("utf-8"))
RIGHT = 0.95
"""How much of all forms has to have the right record, or rightly none, in the first place."""


@cache
def results():
    return [
        (article, form, choice)
        for article, asked in FORMS.items()
        for form, choice in zip(
            asked["forms"],
            choose_together(load(), [(form["form"], form.get("hint")) for form in asked["forms"]]),
            strict=True,
        )
    ]


def is_right(form, choice):
    return (choice.chosen and choice.chosen.id) == form.get("record")


def test_the_right_record_comes_first():
    for article, form, choice in results():
        verdict = "right" if is_right(form, choice) else "WRONG"
        found = f"{choice.chosen.id} {choice.chosen.label['en']}" if choice.chosen else "none"
        sure = "certain" if choice.certain else ""
        print(f"{verdict}  {article[:12]}  {form['form']:32}  {found:40}  {sure}")
    right = sum(is_right(form, choice) for _, form, choice in results())
    print(f"{right} of {len(results())} right")
    assert len(results()) >= 90
    assert right / len(results()) >= RIGHT


def test_none_is_wrong_and_certain():
    wrong = [
        f"{form['form']}: {c.because}"
        for _, form, c in results()
        if not is_right(form, c) and c.certain
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "name",
    [
        "Husseiba",
        "Hasakah",
        "Nimrud",
        "al-Tanf",
        "al-Tanaf",
        "al-Waleed",
        "Baghdad",
        "Raqqa",
        "London",
        "Nineveh",
        "Anbar",
        "Diyala",
        "Saladin",
        "Babylon",
    ],
)
def test_a_trap_alone_is_never_certain(name):
    assert not choose(load(), name).certain


@pytest.mark.parametrize(
    ("name", "kind"), [("Sinjar district", "district"), ("Nineveh province", "governorate")]
)
def test_what_is_wide_is_certain_where_its_kind_is_said(name, kind):
    choice = choose(load(), name)
    assert choice.certain and choice.chosen.type == kind


def test_the_forms_are_those_that_the_links_judge():
    with (ROOT / "kg/corpus/links/wof.sssom.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader((line for line in file if line[0] != "#"), delimiter="\t"))
    judged = {}
    for row in rows:
        if row["predicate_modifier"] != "Not":
            judged.setdefault(row["subject_id"], set()).add(row["object_id"])
    forms = [form for asked in FORMS.values() for form in asked["forms"] if "record" in form]
    assert all(form["record"] in judged[f"place:{form['place']}"] for form in forms)
    rejected = {(r["subject_id"], r["object_id"]) for r in rows if r["predicate_modifier"] == "Not"}
    chosen = {(f"place:{form['place']}", c.chosen.id) for _, form, c in results() if c.chosen}
    assert not chosen & rejected
