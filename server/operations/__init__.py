"""What whoever runs the server needs: is it well, what was asked, whose query it is, how it stops.

Nothing here waits for a query, a place in the queue, or a client's budget.
"""
