"""Options that several verbs share."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from kg.workspace import Workspace


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
