"""The process that runs queries for a server: it has one link to it, and ends when that does.

Whatever a query does to it, the server lives: it starts another (server.workers).
"""
