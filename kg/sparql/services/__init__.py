"""SERVICE: what a query asks of other endpoints, which the workspace's list must name.

The engine never sees it. Each group is cut out of the query (call), told what the query knows
before it (known), asked by itself (fetch) of an address that was looked at first (address), and
what comes back stands in its place as VALUES (values): the standard joins both alike.
https://www.w3.org/TR/sparql11-federated-query/#algebra_service
"""
