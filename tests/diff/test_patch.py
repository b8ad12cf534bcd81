"""A patch makes the other release, to the byte; what does not fit is refused with its line."""

import hashlib
import io

import pytest

from kg.diff.patch import DATA, apply_patch, write_patch
from kg.errors import InputError, ReleaseError


@pytest.fixture
def patch_of(tmp_path):
    def write(old, new):
        path = tmp_path / f"{old.folder.name}-{new.folder.name}.rdfp"
        with path.open("wb") as out:
            write_patch(old, new, out)
        return path

    return write


def data(release):
    return (release.folder / DATA).read_bytes()


@pytest.mark.parametrize("pair", [(0, 1), (1, 2), (0, 2), (2, 0), (3, 0), (1, 1)])
def test_applying_gives_the_other_release_and_undoing_the_first(
    patch_of, first, changed, fewer, anew, pair
):
    old, new = ((first, changed, fewer, anew)[i] for i in pair)
    path = patch_of(old, new)
    there, back = io.BytesIO(), io.BytesIO()
    assert f"sha256:{apply_patch(old, path, there)}" == new.digest
    assert there.getvalue() == data(new)
    assert f"sha256:{apply_patch(new, path, back, reverse=True)}" == old.digest
    assert back.getvalue() == data(old)


def test_it_has_the_form_of_an_rdf_patch(patch_of, first, changed):
    lines = patch_of(first, changed).read_text("utf-8").splitlines()
    assert lines[0] == f"H id <{changed.names.base}release/sha256-{changed.digest[7:]}> ."
    assert lines[1] == f"H prev <{first.names.base}release/sha256-{first.digest[7:]}> ."
    assert (lines[2], lines[-1]) == ("TX .", "TC .")
    assert {line[:2] for line in lines[3:-1]} == {"A ", "D "}
    assert all(line.endswith(" .") for line in lines)


def test_order_blank_lines_and_comments_do_not_matter(patch_of, first, fewer):
    path = patch_of(first, fewer)
    lines = path.read_text("utf-8").splitlines()
    head, body, end = lines[:3], lines[3:-1], lines[-1:]
    path.write_text("\n".join(["# by hand", *head, "", *reversed(body), *end]) + "\n", "utf-8")
    assert apply_patch(first, path, io.BytesIO()) == fewer.digest[7:]


GOOD = '<urn:s> <urn:p> "1" <urn:g> .'


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("TX .\nA <urn:s> <urn:p>\nTC .\n", 2, "no statement of N-Quads"),
        (f"TX .\nA {GOOD} {GOOD}\nTC .\n", 2, "no statement of N-Quads"),
        ("TX .\nA\nTC .\n", 2, "no statement after A"),
        (f"A {GOOD}\n", 1, "outside a transaction"),
        ('TX .\nPA "wh" <urn:x> .\nTC .\n', 2, "'PA' is not read here; expected H, TX, TC, A or D"),
        ("TX .\nTX .\n", 2, "expected TC ."),
        ("TC .\n", 1, "expected TX ."),
        ("TX .\nTC .\nH id <urn:x> .\n", 3, "before the first TX"),
        ("H id\n", 1, "expected H name <iri> ."),
        (f"TX .\nA {GOOD}\nA {GOOD}\nTC .\n", 3, "that the patch has already"),
        (f"TX .\nD {GOOD}\nTC .\n", 2, "deletes what the release has not"),
        ("\x00\n", 1, "is not read here"),
    ],
)
def test_a_bad_patch_is_refused_with_its_line(tmp_path, first, text, line, says):
    path = tmp_path / "bad.rdfp"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as refused:
        apply_patch(first, path, io.BytesIO())
    assert str(refused.value).startswith(f"{path}:{line}: ")
    assert says in str(refused.value)


def test_what_the_release_has_cannot_be_added(tmp_path, first):
    path = tmp_path / "bad.rdfp"
    path.write_bytes(b"TX .\nA " + data(first).splitlines()[7] + b"\nTC .\n")
    with pytest.raises(InputError, match=r":2: adds what the release has\."):
        apply_patch(first, path, io.BytesIO())


@pytest.mark.parametrize("text", ["", "TX .\n", f"TX .\nA {GOOD}\n"])
def test_a_patch_cut_short_is_refused(tmp_path, first, text):
    path = tmp_path / "short.rdfp"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match="cut short"):
        apply_patch(first, path, io.BytesIO())


def test_a_missing_patch_is_refused(tmp_path, first):
    with pytest.raises(InputError, match="cannot be read"):
        apply_patch(first, tmp_path / "none.rdfp", io.BytesIO())


def test_a_patch_for_another_release_is_refused_with_a_hint(patch_of, first, changed, fewer):
    path = patch_of(first, changed)
    with pytest.raises(InputError, match=f"is for release {first.digest[7:23]}"):
        apply_patch(fewer, path, io.BytesIO())
    with pytest.raises(InputError, match="add --reverse"):
        apply_patch(changed, path, io.BytesIO())
    with pytest.raises(InputError, match="drop --reverse"):
        apply_patch(first, path, io.BytesIO(), reverse=True)


def test_a_patch_that_lost_a_line_does_not_make_its_release(patch_of, first, changed):
    path = patch_of(first, changed)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:3] + lines[4:]), "utf-8")
    with pytest.raises(ReleaseError, match="not as it was published"):
        apply_patch(first, path, io.BytesIO())


def test_without_headers_it_is_applied_and_the_digest_told(tmp_path, first):
    path = tmp_path / "plain.rdfp"
    path.write_text(f"TX .\nA {GOOD}\nTC .\n", "utf-8")
    out = io.BytesIO()
    digest = apply_patch(first, path, out)
    assert digest == hashlib.sha256(out.getvalue()).hexdigest()
    assert out.getvalue().splitlines() == sorted([*data(first).splitlines(), GOOD.encode()])
