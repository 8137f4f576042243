"""Changes of the tables from version to version, numbered 001, 002 … (Alembic)."""
