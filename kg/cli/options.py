"""Options that several verbs share."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import Final

from kg.workspace import Workspace

LAST_PORT: Final = 65535
"""A higher one is taken for what is left of it, without a word."""


def port(words: str) -> int:
    """The port that somebody asks for, 0 for any that is free."""
    if not words.isascii() or not words.isdecimal() or int(words) > LAST_PORT:
        raise ArgumentTypeError(f"{words!r} is no port: expected a number from 0 to {LAST_PORT}")
    return int(words)


def add_workspace(parser: ArgumentParser) -> None:
    """--workspace"""
    parser.add_argument(
        "-w",
        "--workspace",
        metavar="DIR",
        help="the workspace's folder (default: the one around this folder, else the shipped one)",
    )


def add_articles(parser: ArgumentParser) -> None:
    """ARTICLE…"""
    parser.add_argument(
        "articles", nargs="*", metavar="ARTICLE", help="articles by id (default: all)"
    )


def add_query(parser: ArgumentParser) -> None:
    """QUERY"""
    parser.add_argument("query", help="SPARQL text, a file, or - for standard input")


def query_of(args: Namespace) -> str:
    """The text of the query that the options name."""
    if args.query == "-":
        return sys.stdin.read()
    path = Path(args.query) if len(args.query) < 256 and "\n" not in args.query else None
    return path.read_text("utf-8") if path and path.is_file() else str(args.query)


def add_releases(parser: ArgumentParser) -> None:
    """--releases"""
    parser.add_argument(
        "--releases",
        metavar="DIR",
        help="the folder of releases (default: the workspace's releases/)",
    )


def releases_of(args: Namespace, workspace: Workspace) -> Path:
    """The folder of releases that the options name."""
    return Path(args.releases) if args.releases else workspace.home / "releases"
