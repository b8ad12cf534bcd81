"""Releases and their files, to be downloaded."""
