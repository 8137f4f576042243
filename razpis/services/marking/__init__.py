"""Marking: each member alone, then together, and what an evaluation stands on in the end."""
