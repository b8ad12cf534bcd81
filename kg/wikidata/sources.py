"""What a workspace's settings name, ready to be asked: nothing where they name nothing."""

from __future__ import annotations

from kg.wikidata.cache import Cache
from kg.wikidata.client import Client
from kg.wikidata.entities import Entities
from kg.wikidata.reconcile import Reconciliation
from kg.wikidata.settings import Wikidata


def client_of(settings: Wikidata, contact: str) -> Client:
    """Who asks, as patiently as the settings say."""
    return Client(
        contact, delay=settings.delay, seconds=settings.seconds, failures=settings.failures
    )


def entities_of(settings: Wikidata, client: Client, cache: Cache) -> Entities | None:
    """The source of entities, if the settings name one."""
    return Entities(settings.entities, client, cache) if settings.entities else None


def reconciliation_of(settings: Wikidata, client: Client, cache: Cache) -> Reconciliation | None:
    """The reconciliation service, if the settings name one."""
    if not settings.reconcile:
        return None
    return Reconciliation(settings.reconcile, client, cache, settings.types)
