"""Releases: directories that never change once they are written, and all that is served or downloaded."""
