"""Counting in columns: GROUP BY without reading each statement one by one.

Beside the store, a release may have its union as columns of numbers, in one file that DuckDB reads.
They know which terms are the same and nothing else: they join, group and count. What a term means
(a filter, a function, an order) is for the engine to say, over each distinct value once:

query → recognised → relation → columns ⇄ engine → table of groups → engine → result

A query that is not recognised is left to the engine, as if there were no columns.
"""
