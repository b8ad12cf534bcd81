"""Linked data: from an IRI to its description in any form, or to what became of it."""
