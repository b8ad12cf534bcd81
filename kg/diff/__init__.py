"""What changed between two releases: as statements, as things in words, and as answers."""
