"""Releases: directories that never change once written, and all that is served or downloaded."""
