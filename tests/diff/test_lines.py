"""Two sorted graphs side by side: set differences, without either in memory."""

from hypothesis import given
from hypothesis import strategies as st

from kg.diff.lines import altered, changes

LINES = st.sets(
    st.builds(
        lambda s, o: f'<urn:{s}> <urn:p> "{o}" <urn:g> .\n'.encode(),
        st.sampled_from(["a", "ab", "a-b", "a/b", "b", "é"]),
        st.text("ab .\\-", max_size=4).filter(lambda t: not t.endswith("\\")),
    )
)


@given(LINES, LINES)
def test_changes_are_the_two_set_differences_in_order(old, new):
    found = list(changes(sorted(old), sorted(new)))
    assert {c.line for c in found if c.added} == new - old
    assert {c.line for c in found if not c.added} == old - new
    assert [c.line for c in found] == sorted(c.line for c in found)


@given(LINES, LINES)
def test_altered_are_the_subjects_with_all_that_is_said_of_them(old, new):
    def about(lines, subject):
        return tuple(sorted(line for line in lines if line.startswith(subject)))

    found = list(altered(sorted(old), sorted(new)))
    subjects = {line.partition(b" ")[0] + b" " for line in old | new}
    wanted = sorted(s for s in subjects if about(old, s) != about(new, s))
    assert [one.subject for one in found] == wanted
    assert all((o.old, o.new) == (about(old, o.subject), about(new, o.subject)) for o in found)


def test_nothing_is_read_ahead():
    def endless():
        number = 0
        while True:
            number += 1
            yield b"<urn:%09d> <urn:p> <urn:o> <urn:g> .\n" % number

    assert next(changes(iter([]), endless())).added
    assert next(altered(iter([]), endless())).subject == b"<urn:000000001> "
