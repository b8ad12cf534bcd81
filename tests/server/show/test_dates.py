"""Days in text stay on one line, and the text is escaped."""

import pytest

from server.show.dates import timed


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("on 2026-03-01", "on <time>2026-03-01</time>"),
        ("2026-03-01 to 2026-03-04", "<time>2026-03-01</time> to <time>2026-03-04</time>"),
        ("<b>2026-03-01", "&lt;b&gt;<time>2026-03-01</time>"),
        ("aven-2026-03-01", "aven-2026-03-01"),
        ("12026-03-011", "12026-03-011"),
    ],
)
def test_days_are_marked(text, html):
    assert timed(text) == html
