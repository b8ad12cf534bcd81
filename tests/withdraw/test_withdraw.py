"""A withdrawn thing is in no release any more, all at once, whatever happens at the same moment."""

import datetime as dt
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.cli import main
from kg.errors import InputError, MappingError, NotConforming, ReleaseError
from kg.names import Names
from kg.release.build import build
from kg.release.find import find_release
from kg.release.publish import is_whole, locked
from kg.release.read import open_release
from kg.release.retired import retired_of
from kg.release.versions import order
from kg.release.withdrawals import read_withdrawals
from kg.withdraw import withdraw as module
from kg.withdraw.withdraw import Asked, withdraw
from kg.workspace import Workspace, open_workspace
from paths import FIXTURES, ROOT

BASE = "https://example.org/valley/"
DAY = dt.date(2026, 11, 21)
BECAUSE = "the speaker asked for it"
CLAIM = f"{BASE}claim/aven.bridge-taken"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two releases of the invented workspace, of which the first has a version's name."""
    folder = tmp_path_factory.mktemp("releases")
    root = Path(shutil.copytree(FIXTURES / "aven", tmp_path_factory.mktemp("w") / "aven"))
    first = build(open_workspace(root), folder, jobs=1)
    (folder / "versions").mkdir()
    (folder / "versions" / "2026.1").symlink_to(f"../{first.name}")
    path = root / "articles/aven-courier/mapping.toml"
    source = path.read_text("utf-8")
    path.write_text(source.replace('Bridge changes hands in Tarn"', 'Bridge in Tarn"', 1), "utf-8")
    build(open_workspace(root), folder, jobs=1)
    return folder


@pytest.fixture
def releases(made, tmp_path):
    return Path(shutil.copytree(made, tmp_path / "releases", symlinks=True))


@pytest.fixture(scope="module")
def masked(made, tmp_path_factory):
    """The same after the claim was withdrawn, which no test may change."""
    folder = tmp_path_factory.mktemp("masked") / "releases"
    shutil.copytree(made, folder, symlinks=True)
    withdraw(folder, asked())
    return folder


@pytest.fixture
def changeable(masked, tmp_path):
    """A copy of it."""
    return Path(shutil.copytree(masked, tmp_path / "releases", symlinks=True))


@pytest.fixture(autouse=True, scope="module")
def _soon():
    """Waiting for the disk proves nothing here: no test pulls the plug."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


def names(releases):
    """The folders that are served, and what the pointers lead to."""
    served = {p.name for p in releases.iterdir() if p.is_dir() and not p.is_symlink()}
    links = {p.name: p.readlink().name for p in releases.rglob("*") if p.is_symlink()}
    return served - {".withdrawn", "versions"}, links


def published_bytes(releases):
    """All that is served of all releases, but for the log and the stores."""
    served, _ = names(releases)
    files = (p for name in served for p in (releases / name).iterdir() if p.is_file())
    return b"".join(p.read_bytes() for p in files)


def stated(release):
    """Subject, predicate and object of all that is not said of retired ids."""
    lines = (release.folder / "data.nq").read_text("utf-8").splitlines()
    return [line for line in lines if "/graph/retired>" not in line]


def asked(kind_and_local=CLAIM):
    iri = kind_and_local if kind_and_local.startswith("http") else BASE + kind_and_local
    return Asked(iri, BECAUSE, DAY)


def test_every_release_is_replaced_and_its_names_lead_to_the_successor(releases):
    before, links = names(releases)
    done = withdraw(releases, asked())
    assert {pair.name for pair in done.replaced} == before and len(before) == 2
    assert read_withdrawals(releases) == (done,)
    after = {pair.name: pair.successor for pair in done.replaced}
    served, pointers = names(releases)
    assert served == set(after.values())
    assert pointers == after | {
        "current": after[links["current"]],
        "2026.1": after[links["2026.1"]],
    }
    for old, new in after.items():
        release = open_release(releases, old)
        assert release.folder == (releases / new).resolve() and is_whole(release.folder)
        assert release.summary["successor_of"].removeprefix("sha256:").startswith(old)
    assert open_release(releases, "versions/2026.1").folder.name == after[links["2026.1"]]
    assert {p.name for p in (releases / ".withdrawn").iterdir()} == before


def test_the_notice_and_the_log_say_what_when_and_why_and_no_more(made, masked):
    old = open_release(made).digest
    release = open_release(masked)
    assert release.summary["notice"] == [
        {"withdrawn": CLAIM, "on": "2026-11-21", "because": BECAUSE}
    ]
    assert release.summary["successor_of"] == old
    (done,) = read_withdrawals(masked)
    pair = next(pair for pair in done.replaced if pair.digest == old)
    assert pair.successor_digest == release.digest


def test_nothing_of_the_claim_is_left(made, masked):
    before = stated(open_release(made))
    left = stated(open_release(masked))
    assert not any("valley/claim/aven.bridge-taken" in line for line in left)
    assert not any("claim/aven_bridge-taken--" in line for line in left), "nor what it led to"
    assert b'"took the Aven bridge"@en' not in published_bytes(masked)
    assert 0 < len(left) < len(before)
    ids = [one.id for one in retired_of(open_release(masked).store, Names(BASE))]
    assert ids == ["claim/aven.bridge-denied", "claim/aven.bridge-taken"]


def test_the_digest_is_of_the_lines_that_are_left(masked):
    release = open_release(masked)
    data = (release.folder / "data.nq").read_bytes()
    assert release.digest == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert release.digest[7:23] == release.folder.name
    kept = {str(quad) for quad in parse(data, format=RdfFormat.N_QUADS)}
    assert kept <= {str(quad) for quad in release.store}


def test_without_an_article_it_is_what_the_workspace_without_it_gives(releases, tmp_path):
    """Masking, then deriving anew, is the same as never having had it."""
    withdraw(releases, asked("article/aven-arabic"))
    root = Path(shutil.copytree(FIXTURES / "aven", tmp_path / "aven"))
    shutil.rmtree(root / "articles/aven-arabic")
    (root / "retired.toml").write_text(
        '[[retired]]\nid = "article/aven-arabic"\nstate = "withdrawn"\non = 2026-11-21\n'
        f'because = "{BECAUSE}"\n',
        "utf-8",
    )
    built = build(open_workspace(root), tmp_path / "r", jobs=1)
    versioned = open_release(releases, "versions/2026.1")
    assert versioned.folder.name == built.name
    for name in ("sampling.md", "codebook.html", "data.ttl"):
        assert (versioned.folder / name).read_bytes() == (built / name).read_bytes(), name


@pytest.mark.parametrize(
    ("thing", "gone", "stays"),
    [
        (
            "voice/aven.monitor",
            ["voice/aven.doctors", "claim/aven.twelve-dead"],
            ["voice/aven.varro"],
        ),
        (
            "mention/aven.varro",
            ['"Colonel Ines Varro"@en'],
            ["voice/aven.varro", "actor/ines-varro"],
        ),
        ("actor/radio-tarn", ["mention/aven-arabic.nothing"], ["voice/aven.varro-both-banks"]),
        ("actor/ines-varro", ["voice/aven.varro", "mention/aven.varro"], ["place/holm"]),
        ("place/aven-bridge", ["claim/aven.bridge-taken", "place/aven-bridge."], ["place/holm"]),
        (
            "event/aven-bridge-takeover",
            ["aboutEvent> <" + BASE + "event/aven-bridge-takeover"],
            ["claim/aven.bridge-taken"],
        ),
        ("article/aven", ["/aven.", '"took the Aven bridge"@en'], ["article/aven-courier>"]),
    ],
)
def test_what_stands_only_because_of_it_goes_too(releases, thing, gone, stays):
    withdraw(releases, asked(thing))
    release = open_release(releases)
    text = "\n".join(stated(release))
    assert f"{BASE}{thing}>" not in text
    assert [one for one in gone if one in text] == []
    assert [one for one in stays if one not in text] == []
    assert thing in {one.id for one in retired_of(release.store, release.names)}


def test_two_withdrawals_leave_both_notices_and_lead_on(made, changeable):
    withdraw(changeable, asked("mention/aven.varro"))
    for name in names(made)[0]:
        release = open_release(changeable, name)
        told = [one["withdrawn"] for one in release.summary["notice"]]
        assert told == [CLAIM, f"{BASE}mention/aven.varro"]
    served, links = names(changeable)
    assert all(target in served for target in links.values())


def test_the_day_is_the_newest_of_the_release_where_none_is_given(releases):
    newest = open_release(releases).summary["date"]
    assert withdraw(releases, Asked(CLAIM, BECAUSE)).on == newest


@pytest.mark.parametrize("thing", ["claim/aven.nothing", "claim/a b<c>", "", "rule/events.1"])
def test_what_no_release_has_is_told(releases, thing):
    with pytest.raises(InputError, match=r"no release in .* Check its spelling"):
        withdraw(releases, asked(thing))


def test_what_follows_from_claims_is_not_withdrawn_by_itself(releases):
    before = published_bytes(releases)
    text = "\n".join(stated(open_release(releases)))
    question = text.partition(f"<{BASE}question/")[2].partition(">")[0]
    with pytest.raises(InputError):
        withdraw(releases, asked(f"question/{question}"))
    assert published_bytes(releases) == before


def test_a_place_goes_with_its_point(releases):
    withdraw(releases, asked("place/aven"))
    release = open_release(releases)
    assert "place/aven--geometry" not in "\n".join(stated(release))
    assert b"-24.5)" not in published_bytes(releases), "nor where it is"
    assert [one.id for one in retired_of(release.store, release.names) if "place/" in one.id] == [
        "place/aven"
    ]


def test_no_successor_names_a_masked_release_as_the_version_before_it(tmp_path):
    for turn, (first, second) in enumerate((("2026.2", "2026.10"), ("2026.10", "2026.2"))):
        folder = tmp_path / str(turn)
        folder.mkdir()
        _versions(folder, first, second)
        before = {open_release(folder, v).digest.replace(":", "-") for v in (first, second)}
        withdraw(folder, asked())
        earlier = open_release(folder, "2026.2").digest.replace(":", "-")
        described = (open_release(folder, "2026.10").folder / "dataset.ttl").read_text("utf-8")
        assert f"dcat:previousVersion <{BASE}release/{earlier}>" in described
        assert not [one for one in before if one in described]


def _versions(folder, first, second):
    """Two releases of which each has the claim, built in the order of the numbers."""
    root = Path(shutil.copytree(FIXTURES / "aven", folder / "aven"))
    titles = {first: "Troops take Aven bridge", second: "Troops take the bridge"}
    for version in sorted(titles, key=order):
        workspace = open_workspace(root)
        path = root / "articles/aven/mapping.toml"
        source = path.read_text("utf-8")
        old = next(title for title in titles.values() if title in source)
        path.write_text(source.replace(old, titles[version]), "utf-8")
        settings = replace(workspace.settings, version=version)
        build(Workspace(root, root, settings), folder, jobs=1)
    shutil.rmtree(root)


@pytest.mark.parametrize("because", ["two\nlines", "bad \udcff byte", "\u202eturned", "\x07"])
def test_why_is_one_line_that_can_be_printed(aven, releases, because, capsys):
    before = names(releases)
    words = ["withdraw", CLAIM, "--because", because, "--quiet", "--releases", str(releases)]
    assert main([*words, "-w", str(aven.root)]) != 0
    assert "--because holds what cannot be printed" in capsys.readouterr().err
    assert names(releases) == before


def test_a_comparison_says_in_whose_place_a_release_stands(made, masked, capsys):
    old = open_release(made).folder.name
    assert main(["diff", old, "current", "--releases", str(masked)]) == 0
    said = capsys.readouterr().err
    assert f"stands in the place of {old}: {CLAIM} was withdrawn" in said


def test_the_operator_compares_what_was_with_what_is(made, masked):
    old = open_release(made)
    kept = masked / ".withdrawn" / old.folder.name
    assert find_release(masked, str(kept)).digest == old.digest
    assert find_release(masked, old.folder.name).digest == open_release(masked).digest


def test_an_articles_own_voice_goes_with_the_article(releases):
    with pytest.raises(InputError, match=f"Withdraw {BASE}article/aven\\."):
        withdraw(releases, asked("voice/aven.outlet"))


def test_purged_releases_are_deleted(releases):
    withdraw(releases, asked(), purged=True)
    assert list((releases / ".withdrawn").iterdir()) == []


# --- whatever happens at the same moment -----------------------------------------------


class StopError(BaseException):
    """As good as a killed process: nothing after it runs but the removal of what is aside."""


def stopped(*_args, **_more):
    raise StopError


def test_killed_before_the_log_all_is_as_it_was(releases, monkeypatch):
    before, links = names(releases)
    monkeypatch.setattr(module, "write_withdrawals", stopped)
    with pytest.raises(StopError):
        withdraw(releases, asked())
    assert names(releases)[1] == links
    assert all(open_release(releases, name).folder.name == name for name in before)
    monkeypatch.undo()
    assert {pair.name for pair in withdraw(releases, asked()).replaced} == before


def test_killed_after_the_log_all_is_as_it_shall_be(releases, monkeypatch):
    before, links = names(releases)
    monkeypatch.setattr(module, "settle", stopped)
    with pytest.raises(StopError):
        withdraw(releases, asked())
    for name in (*before, "current", "versions/2026.1"):
        release = open_release(releases, name)
        assert release.folder.name not in before and "notice" in release.summary
    monkeypatch.undo()
    with locked(releases):
        pass
    served, after = names(releases)
    assert not served & before and set(after.values()) <= served
    assert set(after) == before | set(links)


@pytest.mark.parametrize("step", range(8))
def test_killed_while_pointers_are_put_in_order(releases, monkeypatch, step):
    before, _ = names(releases)
    left = iter(range(step))
    for owner, name in ((os, "symlink"), (os, "rename"), (os, "replace")):
        real = getattr(owner, name)

        def counted(*args, real=real, **more):
            if (releases / "withdrawals.json").exists() and next(left, None) is None:
                raise StopError
            return real(*args, **more)

        monkeypatch.setattr(owner, name, counted)
    with suppress(StopError):
        withdraw(releases, asked())
    monkeypatch.undo()
    for name in (*before, "current", "versions/2026.1"):
        assert open_release(releases, name).folder.name not in before
    withdraw(releases, asked())
    served, links = names(releases)
    assert not served & before and set(links.values()) <= served


@pytest.mark.slow
def test_a_killed_process_leaves_the_old_or_the_new(made, tmp_path):
    words = ["withdraw", CLAIM, "--because", BECAUSE, "--quiet", "--releases"]
    code = "import sys; from kg.cli import main; sys.exit(main(sys.argv[1:]))"
    for number, moment in enumerate((0.0, 0.2, 0.5, 0.8)):
        folder = Path(shutil.copytree(made, tmp_path / str(number), symlinks=True))
        before, _ = names(folder)
        process = subprocess.Popen(
            [sys.executable, "-c", code, *words, str(folder), "-w", str(FIXTURES / "aven")][:-2],
            cwd=ROOT,
        )
        until = time.monotonic() + 20
        while process.poll() is None and not list(folder.glob(".building-*")):
            assert time.monotonic() < until
            time.sleep(0.005)
        time.sleep(moment)
        process.kill()
        process.wait()
        masked = {"notice" in open_release(folder, name).summary for name in before}
        assert masked == {(folder / "withdrawals.json").exists()}


def test_a_build_at_the_same_time_is_waited_for(releases):
    with locked(releases), pytest.raises(ReleaseError, match="another build is running"):
        withdraw(releases, asked())


def test_a_broken_log_stops_everything(changeable):
    (changeable / "withdrawals.json").write_text("[{}]", "utf-8")
    with pytest.raises(ReleaseError, match=r"withdrawals\.json is broken"):
        open_release(changeable)


def test_what_would_not_conform_is_not_published(releases, monkeypatch):
    before = published_bytes(releases)
    monkeypatch.setattr("kg.withdraw.reach.CARRYING", frozenset())
    with pytest.raises(NotConforming):
        withdraw(releases, asked("voice/aven.varro"))
    assert published_bytes(releases) == before


# --- and it does not come back ----------------------------------------------------------


def test_a_build_from_the_unchanged_workspace_is_refused(aven, changeable):
    with pytest.raises(MappingError) as told:
        build(aven, changeable, jobs=1)
    (finding,) = told.value.findings
    lines = aven.source("aven").splitlines()
    assert finding.path == "articles/aven/mapping.toml"
    assert lines[finding.line - 1] == "[claim.bridge-taken]"
    assert "was withdrawn from these releases" in finding.message


def test_the_command_enters_it_in_the_workspace(aven, releases, tmp_path, capsys):
    words = ["withdraw", "claim/aven.bridge-taken", "--because", BECAUSE, "--on", "2026-11-21"]
    given = ["--quiet", "--releases", str(releases), "-w", str(aven.root)]
    assert main([*words, *given]) == 0
    assert " -> " in capsys.readouterr().out
    workspace = open_workspace(aven.root)
    ids = [entry.id for entry in workspace.retired]
    assert ids == ["claim/aven.bridge-denied", "claim/aven.bridge-taken"]
    with pytest.raises(MappingError, match=r"mapping\.toml:\d+: 'claim/aven\.bridge-taken' was"):
        build(workspace, tmp_path / "elsewhere", jobs=1)
    assert main([*words, *given]) == 0, "asked again, it has nothing more to do"
    assert open_workspace(aven.root).retired == workspace.retired
    assert len(read_withdrawals(releases)) == 1
    assert json.loads((releases / "withdrawals.json").read_text("utf-8"))[0]["on"] == "2026-11-21"


def test_without_a_workspace_it_tells_what_to_enter(aven, releases, monkeypatch, capsys):
    monkeypatch.chdir(aven.root)
    words = ["withdraw", CLAIM, "--because", BECAUSE, "--quiet", "--releases", str(releases)]
    assert main(words) == 0
    assert 'id = "claim/aven.bridge-taken"' in capsys.readouterr().err
    assert not (aven.root / "retired.toml").exists()
