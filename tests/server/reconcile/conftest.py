"""Asking the service of the invented release."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kg.release.read import Release
from server import create_app

Send = Callable[..., TestResponse]


@pytest.fixture(scope="session")
def service(release: Release) -> FlaskClient:
    return create_app(release).test_client()


@pytest.fixture(scope="session")
def send(service: FlaskClient) -> Send:
    """Sends something as a form: send(queries={"q0": {"query": "Aven"}})"""

    def post(**given: object) -> TestResponse:
        fields = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in given.items()
        }
        return service.post("/reconcile", data=fields)

    return post
