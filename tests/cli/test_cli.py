"""The command line: every verb explains itself, is quick, and says plainly what went wrong."""

import resource
import subprocess
import sys

import pytest

from kg.cli import VERBS, main
from kg.errors import NotConforming
from paths import FIXTURES, MEASURED


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Runs a command in an empty folder; its exit code, output and messages."""
    monkeypatch.chdir(tmp_path)

    def command(*words: str):
        try:
            code = main(words)
        except SystemExit as end:
            code = end.code
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


def python(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, check=True, timeout=60
    )


def cpu_seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cost(*words: str) -> float:
    before = cpu_seconds_of_children()
    python(*words)
    return cpu_seconds_of_children() - before


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(run, verb):
    code, out, err = run(verb, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"usage: whoholds {verb}")
    assert VERBS[verb].lower() in " ".join(out.split()).lower()


def test_help_lists_every_verb_with_its_summary(run):
    code, out, _ = run("--help")
    assert code == 0
    for verb, summary in VERBS.items():
        assert verb in out and summary in " ".join(out.split())


def test_help_is_quick():
    """Under 0.3 s of processor time: a verb imports its libraries, the command line none."""
    assert min(cost("-c", "from kg.cli import main; main(['--help'])") for _ in range(3)) < 0.3


def test_help_imports_no_library():
    heavy = "{'rdflib', 'pyoxigraph', 'pyshacl', 'shacl', 'owlrl', 'flask', 'waitress'}"
    found = python("-c", f"import sys, kg.cli; print({heavy} & set(sys.modules))")
    assert found.stdout.strip() == "set()"


def test_an_unknown_verb_is_refused_with_the_known_ones(run):
    code, _, err = run("valdate")
    assert code == 2
    assert "valdate" in err and "validate" in err


def test_validate_says_that_everything_conforms(run, aven):
    code, out, err = run("validate", "-w", str(aven.root))
    assert (code, err) == (0, "")
    assert [line.split(":")[0] for line in out.splitlines()] == list(aven.slugs)


def test_validate_looks_at_the_articles_named(run, aven):
    code, out, _ = run("validate", "-w", str(aven.root), "aven")
    assert code == 0 and len(out.splitlines()) == 1


def test_validate_write_records_positions(run, aven):
    path = aven.mapping_path("aven")
    before = path.read_text("utf-8")
    lines = before.splitlines(keepends=True)
    path.write_text("".join(x for x in lines if not x.startswith(("at ", "cue-at"))), "utf-8")
    assert run("validate", "-w", str(aven.root), "aven", "--write")[0] == 0
    assert sorted(path.read_text("utf-8").splitlines()) == sorted(before.splitlines())


def test_validate_says_what_the_shapes_say_of_an_actor(run, aven):
    path = aven.root / "authorities" / "actors.toml"
    basis = 'publication-basis = "public-office"\n'
    path.write_text(path.read_text("utf-8").replace(basis, "", 1), "utf-8")
    code, _, err = run("validate", "-w", str(aven.root))
    assert code == 2 and "actor/ines-varro" in err and "named only on a ground" in err


def test_a_mistake_in_a_mapping_is_one_line_and_exit_code_1(run, aven):
    path = aven.mapping_path("aven")
    path.write_text(path.read_text("utf-8").replace('["holm"]', '["home"]'), "utf-8")
    code, out, err = run("validate", "-w", str(aven.root))
    assert (code, out) == (1, "")
    assert err.startswith("articles/aven/mapping.toml:") and err.count("\n") == 1


def test_findings_of_validation_end_with_2(run, aven, monkeypatch):
    def refuse(_):
        raise NotConforming("articles/aven/mapping.toml:1: no.")

    monkeypatch.setattr("kg.cli.ledger.run", refuse)
    assert run("ledger", "-w", str(aven.root)) == (2, "", "articles/aven/mapping.toml:1: no.\n")


def test_a_bug_keeps_its_traceback(run, aven, monkeypatch):
    def fail(_):
        raise KeyError("a bug")

    monkeypatch.setattr("kg.cli.ledger.run", fail)
    with pytest.raises(KeyError, match="a bug"):
        run("ledger", "-w", str(aven.root))


@pytest.mark.parametrize("invented", MEASURED)
def test_the_mappings_that_proposals_are_measured_by_are_in_order(run, invented):
    workspace = str(FIXTURES / invented)
    assert run("validate", "-w", workspace)[::2] == (0, "")
    assert run("ledger", "-w", workspace)[0] == 0


def test_ledger_lists_what_is_open(run, aven):
    assert run("ledger", "-w", str(aven.root), "aven") == (
        0,
        "aven: 6 sentences, 0 not accounted for\n",
        "",
    )
    path = aven.mapping_path("aven")
    path.write_text(path.read_text("utf-8").partition("[[nothing]]")[0], "utf-8")
    assert run("ledger", "-w", str(aven.root), "aven")[:2] == (
        2,
        (
            "aven: 6 sentences, 1 not accounted for\n"
            "  [320, 361] The bridge was built by a miller's guild.\n"
        ),
    )


def test_ledger_needs_the_text(run, aven):
    aven.text_path("aven").unlink()
    code, out, _ = run("ledger", "-w", str(aven.root), "aven")
    assert code == 0
    assert out == "aven: no text attached; the ledger needs it (whoholds attach DIR)\n"


def test_attach_says_how_each_text_was_recognised(run, aven, tmp_path):
    given = tmp_path / "given"
    (aven.root / "texts").rename(given)
    (given / "note.txt").write_text("Milk, bread.", "utf-8")
    code, out, _ = run("attach", "-w", str(aven.root), str(given))
    assert code == 0
    assert out.splitlines() == [
        "aven-arabic.txt: aven-arabic (the very text)",
        "aven-courier.txt: aven-courier (the very text)",
        "aven.txt: aven (the very text)",
        "note.txt: of no mapped article; left alone",
    ]


def test_attach_refuses_what_is_not_there(run, aven):
    code, _, err = run("attach", "-w", str(aven.root), "nowhere")
    assert (code, err) == (1, "nowhere: there is no such file or folder.\n")


def test_a_folder_that_is_no_workspace_is_refused(run, tmp_path):
    code, _, err = run("validate", "-w", str(tmp_path))
    assert code == 1
    assert err == (
        f"{tmp_path} has no whoholds.toml. Run `whoholds init {tmp_path}` to make a workspace.\n"
    )


def test_alone_it_lists_its_verbs(capsys):
    assert main([]) == 2
    assert "check-endpoint" in capsys.readouterr().err
