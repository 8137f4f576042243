"""Pages for everyone: results, their reasons, and how to verify them."""
