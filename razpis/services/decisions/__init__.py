"""Decisions and what follows them: documents, their release, inspection of a file."""
