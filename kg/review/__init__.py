"""What people do with mappings before they are published: here, measuring how far two coders agree."""
