"""What a request asks for, as the protocol has it: a query, its graphs.

https://www.w3.org/TR/sparql11-protocol/#query-operation

The form of the result is chosen by Accept or by a suffix (/sparql.csv). Parameters such as format=
or output=, which some clients send beside Accept, choose nothing.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from flask import Request
from werkzeug.exceptions import BadRequest

from kg.sparql.dataset import Dataset
from kg.sparql.tokens import decode, spoken
from server.negotiate import HTML, TABLES, choose
from server.problem import unsupported

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
PARAMETERS: Final = 1_000
"""Parameters of a request at most."""
_OF_UPDATES: Final = ("update", "using-graph-uri", "using-named-graph-uri")
_UPDATES: Final = frozenset(
    ("INSERT", "DELETE", "WITH", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
)
"""How updates begin; LOAD is refused wherever it stands."""
_CHARSETS: Final = ("utf-8", "utf8", "us-ascii")
Given = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it was sent, and the graphs that the request names for it."""

    query: str
    dataset: Dataset

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The same as parameters of an address or a form."""
        default, named = self.dataset.default, self.dataset.named
        return [
            ("query", self.query),
            *(("default-graph-uri", graph) for graph in default),
            *(("named-graph-uri", graph) for graph in named),
        ]


def asked(request: Request) -> Asked | None:
    """What the request asks; None where it asks nothing. Raises the status that is due.

    The address may carry parameters beside a body: what both say holds together.
    """
    given = read_parameters(request.query_string)
    if request.method != "POST":
        asks_nothing = "query" not in given and (not given or _for_a_browser(request))
        return None if asks_nothing else one_query(given)
    _refuse_charset(request)
    if request.mimetype == QUERY:
        return one_query(_joined(given, {"query": [_body(request)]}))
    if request.mimetype == FORM:
        return one_query(_joined(given, read_parameters(sent_body(request))))
    raise unsupported(_what_to_send(request.mimetype), FORM, QUERY)


def read_parameters(encoded: bytes) -> Given:
    """The values of each parameter, as they were sent. Raises BadRequest for other than UTF-8.

    To put a sign of replacement in its place would answer another question.

    >>> read_parameters(b"query=ASK+%7B%7D&default")
    {'query': ['ASK {}'], 'default': ['']}
    """
    given: Given = {}
    try:
        pairs = [pair.partition("=") for pair in encoded.decode("utf-8").split("&") if pair]
        if len(pairs) > PARAMETERS:
            raise BadRequest(f"There are more than {PARAMETERS:,} parameters.")
        for name, _, value in pairs:
            given.setdefault(_unquoted(name), []).append(_unquoted(value))
    except UnicodeDecodeError as error:
        raise BadRequest(f"The parameters are not UTF-8: {error.reason}.") from None
    return given


def _unquoted(encoded: str) -> str:
    """What a name or value of a form stands for. Raises UnicodeDecodeError for other than UTF-8.

    It is read as Python reads the escapes of its strings, at once: `unquote` takes a query's
    hundreds one by one. What has other signs, or is wrong, is left to it.
    """
    text = encoded.replace("+", " ")
    if text.isascii() and "\\" not in text:
        with suppress(UnicodeDecodeError):
            escaped = text.replace("%", r"\x").encode()
            return escaped.decode("unicode_escape").encode("latin-1").decode("utf-8")
    return unquote(text, errors="strict")


def no_query() -> BadRequest:
    """What is said where a query is missing."""
    return BadRequest(f"There is no query. Send query=… by GET or POST, or POST it as {QUERY}.")


def is_update(query: str) -> bool:
    """Whether a text is an update by its first word after the prologue.

    >>> is_update("PREFIX x: <http://x/> INSERT DATA { x:a x:b x:c }"), is_update("ASK {}")
    (True, False)
    """
    words = (token.word for token in spoken(decode(query)))
    return next((word for word in words if word not in ("", "PREFIX", "BASE")), "") in _UPDATES


def _joined(address: Given, body: Given) -> Given:
    names = dict.fromkeys((*address, *body))
    return {name: [*address.get(name, ()), *body.get(name, ())] for name in names}


def sent_body(request: Request) -> bytes:
    """The body as it was sent. Raises UnsupportedMediaType where it is packed: none is unpacked.

    https://www.rfc-editor.org/rfc/rfc9110#section-8.4
    """
    named = request.headers.get("Content-Encoding", "")
    packed = [one for one in named.split(",") if one.strip().lower() not in ("", "identity")]
    if packed:
        said = f"The body is declared as packed ({named.strip()}). Send it as it is."
        raise unsupported(said, "identity", header="Accept-Encoding")
    return request.get_data()


def _body(request: Request) -> str:
    try:
        return sent_body(request).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"Byte {error.start} of the query is not UTF-8.") from None


def one_query(given: Given) -> Asked:
    """The one query and its graphs; what would change is refused, not ignored."""
    for name in _OF_UPDATES:
        if name in given:
            raise BadRequest(f"{name} is given: this endpoint only reads. Send a query.")
    queries = given.get("query", [])
    if len(queries) > 1:
        raise BadRequest(f"The query is given {len(queries)} times. Send one.")
    if not queries:
        raise no_query()
    default, named = (tuple(given.get(f"{name}-graph-uri", ())) for name in ("default", "named"))
    return Asked(queries[0], Dataset(default, named))


def _for_a_browser(request: Request) -> bool:
    return choose(request.headers.get("Accept"), TABLES) == HTML


def _refuse_charset(request: Request) -> None:
    """Raises UnsupportedMediaType where the body is declared to be other than UTF-8."""
    declared = request.mimetype_params.get("charset", "utf-8")
    if declared.strip("\"'").lower() not in _CHARSETS:
        raise unsupported(
            f"The request is declared as {declared}; queries are read as UTF-8.", FORM, QUERY
        )


def _what_to_send(mimetype: str) -> str:
    if mimetype == UPDATE:
        return f"The request is an update: this endpoint only reads. Send {FORM} or {QUERY}."
    return f"The request is sent as '{mimetype or 'nothing'}'. Send {FORM} or {QUERY}."
