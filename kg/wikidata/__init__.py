"""Wikidata from outside: reconciliation and the data of entities. Off unless a workspace names it.

A look-up that fails is one thing (LookUpFailed: go on with the next), a source that is down another
(SourceDown: stop, and say how to go on later). What came once is kept on disk.
"""
