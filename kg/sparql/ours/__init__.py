"""Functions of ours that the engine calls, where its own say something else or there are none.

They are given terms, and say one or None for an error. Queries come to name them in
kg.sparql.standard; nobody else may.
"""
