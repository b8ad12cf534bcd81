"""Which of a release's actors, places and events a name of somebody's table means, and how sure.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/

No web here: `read_things` reads a release once, `Index` finds names in it, `reconcile` answers.
A candidate says what speaks for it, feature by feature; only one that is certain is a match.
"""
