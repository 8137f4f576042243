"""Tables, and only tables."""
