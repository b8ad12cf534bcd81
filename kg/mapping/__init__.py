"""The mapping document: how it is read, checked, anchored in its text and written. No I/O here."""
