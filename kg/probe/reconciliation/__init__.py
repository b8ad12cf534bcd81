"""Questions to any reconciliation service that show whether it keeps to version 0.2 of its API.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/

What an answer has to look like stands in forms.py, in our own words; nobody's schema is copied.
"""
