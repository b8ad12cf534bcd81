"""What people do with mappings before they are published: measuring how far two coders agree."""
