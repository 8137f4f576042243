"""Values in, bytes out: tables and documents for people's own tools and for anyone's replay."""
