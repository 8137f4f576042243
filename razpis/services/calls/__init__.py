"""Calls: drafted from a rulebook, published under one hash, amended, suspended, closed; its commission appointed."""
