"""What the service says of itself, for clients such as OpenRefine.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/#service-manifest
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any, Final

from kg.names import WH
from kg.reconcile.asked import BATCH
from kg.reconcile.extend import SETTINGS
from kg.reconcile.thing import KINDS, Things
from kg.reconcile.written import full_type
from kg.release.read import Release

WIDTH: Final = 420
HEIGHT: Final = 260
"""Pixels of a preview."""


def manifest(release: Release, things: Things, place: str, root: str) -> dict[str, Any]:
    """The manifest of a service at a place, of a site at a root: both whole addresses."""
    known = {thing.kind for thing in things.by_id.values()}
    title = release.summary.get("title") or "WhoHolds"
    return {
        "versions": ["0.2"],
        "name": f"{title}: actors, places and events",
        "identifierSpace": release.names.base,
        "schemaSpace": WH,
        "documentation": f"{root}/about",
        "logo": f"{root}/static/mark.svg",
        "serviceVersion": version("whoholds"),
        "defaultTypes": [full_type(things, things.types[one]) for one in KINDS if one in known],
        "view": {"url": f"{root}/{{{{id}}}}"},
        "feature_view": {"url": f"{place}/feature?id={{{{id}}}}"},
        "preview": {
            "url": f"{place}/preview?id={{{{id}}}}",
            "width": WIDTH,
            "height": HEIGHT,
        },
        "suggest": {
            what: {
                "service_url": place,
                "service_path": f"/suggest/{what}",
                "flyout_service_url": place,
                "flyout_service_path": f"/flyout/{what}?id=${{id}}",
            }
            for what in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": place, "service_path": "/properties"},
            "property_settings": list(SETTINGS),
        },
        "batchSize": BATCH,
    }
