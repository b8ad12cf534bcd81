"""Options that several verbs share."""

from argparse import ArgumentTypeError

import pytest

from kg.cli.options import port


def test_a_port_is_a_number_that_there_is():
    assert [port(words) for words in ("0", "8000", "65535")] == [0, 8000, 65535]


@pytest.mark.parametrize("words", ["65536", "99999", "-1", "²", "http", ""])
def test_what_is_none_is_refused(words):
    with pytest.raises(ArgumentTypeError, match="is no port: expected a number from 0 to 65535"):
        port(words)
