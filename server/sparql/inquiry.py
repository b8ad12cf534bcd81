"""A query on its way from a request to its result, whoever has received the request."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Final

from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.wsgi import wrap_file

from kg.errors import QueryRefused
from kg.release.read import Release
from kg.sparql.dataset import Dataset
from kg.sparql.prepare import Prepared, prepare
from kg.sparql.refuse import refuse_length
from kg.sparql.wrong import where_wrong
from server.operations.seen import Seen
from server.site import Site
from server.sparql.cache import Key
from server.sparql.protocol import is_update
from server.workers.client import client_of, gone_of
from server.workers.job import Done, Job
from server.workers.plain import answered
from server.workers.steps import ALONE, INLINE, Steps, finish

_prepare: Final = lru_cache(maxsize=256)(prepare)
"""Kept: whoever asks again need not be read again."""

TRIED: Final = "whoholds.tried"
"""In a request's environment, where no client can put it: what has come to nothing already."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is asked, of which release, in which request."""

    here: Site
    release: Release
    environ: dict[str, Any]
    seen: Seen

    def prepared(self, dataset: Dataset) -> Prepared:
        """The query over the graphs that its request names. Raises what its client did wrong."""
        try:
            refuse_length(self.seen.text)
        except QueryRefused as error:
            raise RequestEntityTooLarge(f"Refused: {error}") from None
        services = self.here.pool.limits.services
        with _told(self.seen.text, self.seen.text):
            query = _prepare(self.seen.text, self.release.names, dataset, services)
        self._known(query)
        return query

    def _known(self, query: Prepared) -> None:
        self.seen.form, self.seen.digest = query.form, query.digest

    def key(self, query: Prepared, form: str) -> Key:
        """By what its result is kept, and nothing else's."""
        return self.release.folder.name, query.digest, form

    def result(self, query: Prepared, form: str, cited: str = "") -> Done:
        """The complete result, in one of kg.sparql.results.FORMATS, or as DIGEST.

        Raises QueryRefused, BadRequest for what is no SPARQL, and OtherResult where it has not the
        digest that was `cited`.
        """
        return finish(self.steps(query, form, cited))

    def steps(self, query: Prepared, form: str, cited: str = "") -> Steps[Done]:
        """The same in steps."""
        known = self.seen
        known.wanted = form
        self._known(query)
        job = Job(self.release.folder, query, form, cited)
        client, gone = client_of(self.environ.get("REMOTE_ADDR")), gone_of(self.environ)

        def fresh() -> Steps[Done]:
            known.cached = False
            alone = self.environ.get(ALONE, True)
            largest = self.here.pool.limits.result_bytes
            plain = partial(answered, self.release, job, alone=alone, largest=largest)
            return self.here.pool.steps(job, client, gone, plain)

        known.cached = not query.varies
        kept = self.here.results.result(self.key(query, form + cited), fresh, gone)
        with _told(known.text, query.text):
            done = yield from fresh() if query.varies else kept
        known.ran(done)
        return done


@dataclass(frozen=True, slots=True)
class Tried:
    """An inquiry, and why it has no result."""

    inquiry: Inquiry
    error: Exception


def body_of(done: Done, environ: dict[str, Any]) -> tuple[Iterable[bytes], str]:
    """A result as it is sent, at once or in pieces, and the tag that stands for its bytes."""
    if done.size <= INLINE:
        body = done.body.read()
        return [body], done.tag or hashlib.sha256(body).hexdigest()
    tag = done.tag or hashlib.file_digest(done.body, "sha256").hexdigest()  # type: ignore[arg-type]
    done.body.seek(0)
    return wrap_file(environ, done.body, 2**16), tag


@contextmanager
def _told(text: str, read: str) -> Iterator[None]:
    """Whoever sent a text that is no SPARQL, as the engine read it, is told where."""
    try:
        yield
    except SyntaxError as error:
        if is_update(text):
            said = "Refused: this is an update; this endpoint only reads. Send a query."
        else:
            said = f"The query is not SPARQL: {where_wrong(error, text, read)}."
        raise BadRequest(said) from None
