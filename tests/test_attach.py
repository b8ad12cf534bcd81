"""Attaching texts: recognised by digest, else by name or words; what moved is reported."""

import pytest

from kg.attach import attach, record_positions
from kg.errors import TextError
from kg.mapping.anchor import recorded


@pytest.fixture
def bare(aven, tmp_path):
    """The invented workspace without its texts, and the folder where these now are."""
    given = tmp_path / "given"
    (aven.root / "texts").rename(given)
    return aven, given


def attached(workspace, folder):
    return [(one.file.name, one.slug, one.how) for one in attach(workspace, folder)]


def test_texts_are_recognised_by_their_digest_whatever_their_name(bare):
    workspace, given = bare
    (given / "aven.txt").rename(given / "download (1).txt")
    assert attached(workspace, given) == [
        ("aven-arabic.txt", "aven-arabic", "digest"),
        ("aven-courier.txt", "aven-courier", "digest"),
        ("download (1).txt", "aven", "digest"),
    ]
    for slug in workspace.slugs:
        assert workspace.checked(slug, workspace.known())


def test_one_file_can_be_attached(bare):
    workspace, given = bare
    assert attached(workspace, given / "aven.txt") == [("aven.txt", "aven", "digest")]


def test_other_files_are_left_alone(bare):
    workspace, given = bare
    (given / ".hidden").write_bytes(b"\xff")
    (given / "other.txt").write_text("Something else entirely.", "utf-8")
    assert ("other.txt", None, "nothing") in attached(workspace, given)
    assert sorted(p.name for p in (workspace.root / "texts").iterdir()) == [
        "aven-arabic.txt",
        "aven-courier.txt",
        "aven.txt",
    ]


def test_a_moved_text_is_recognised_by_its_words_and_the_drift_is_told(bare):
    workspace, given = bare
    text = (given / "aven.txt").read_text("utf-8")
    (given / "aven.txt").write_text("ADVERTISEMENT\n\n" + text, "utf-8")
    (one,) = attach(workspace, given / "aven.txt")
    assert (one.slug, one.how) == ("aven", "words")
    assert one.drift == ("18 phrases stand elsewhere than recorded",)


def test_a_changed_word_is_told(bare):
    workspace, given = bare
    text = (given / "aven.txt").read_text("utf-8")
    (given / "aven.txt").write_text(text.replace("The bridge was", "That bridge was"), "utf-8")
    (one,) = attach(workspace, given / "aven.txt")
    assert one.slug == "aven"
    assert one.drift == (
        (
            "nothing '1': 'The bridge was built by' is not in the article. "
            "Copy the words letter for letter."
        ),
        "1 phrase stands elsewhere than recorded",
    )


def test_in_a_rewrapped_text_every_phrase_stands_where_it_stood(bare):
    workspace, given = bare
    text = (given / "aven.txt").read_text("utf-8")
    words = text.split(" ")
    lines = [" ".join(words[i : i + 8]) for i in range(0, len(words), 8)]
    (given / "aven.txt").write_text("\n".join(lines), "utf-8")
    (one,) = attach(workspace, given / "aven.txt")
    assert (one.slug, one.how, one.drift) == ("aven", "words", ())


def test_a_new_article_is_recognised_by_its_name(bare):
    workspace, given = bare
    path = workspace.mapping_path("aven")
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if not x.startswith(("digest", "at "))), "utf-8")
    (given / "aven.txt").write_text("A text of its own. " * 3, "utf-8")
    assert attached(workspace, given / "aven.txt") == [("aven.txt", "aven", "name")]


def test_what_is_not_utf_8_is_refused(bare):
    workspace, given = bare
    (given / "aven.txt").write_bytes(b"caf\xe9")
    with pytest.raises(TextError, match=r"aven\.txt: byte 3 is not UTF-8"):
        list(attach(workspace, given / "aven.txt"))


def test_positions_are_recorded_once(aven):
    path = aven.mapping_path("aven")
    before = path.read_text("utf-8")
    path.write_text(
        "".join(x for x in before.splitlines(keepends=True) if not x.startswith(("at ", "cue-at"))),
        "utf-8",
    )
    assert recorded(aven.mapping("aven")).spans == {}
    assert record_positions(aven, "aven")
    assert len(recorded(aven.mapping("aven")).spans) == 18
    assert not record_positions(aven, "aven")


def test_positions_need_the_text(bare):
    workspace, _ = bare
    with pytest.raises(
        TextError, match=r"aven: no text is attached \(texts/aven\.txt\)\. Run `who"
    ):
        record_positions(workspace, "aven")
