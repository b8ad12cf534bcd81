"""The pages of things: places, actors, events, claims, voices, articles, disagreements."""
