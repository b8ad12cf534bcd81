"""The reconciliation service: tables of others, matched with a release's actors, places, events."""
