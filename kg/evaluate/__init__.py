"""Measuring proposals against texts that people annotated: what is found, by which rule, how well.

`counts` holds what is counted and its intervals; each module of tasks/ is one task: it reads a gold
set, asks one layer of kg.suggest, and says which proposals are right.
"""
