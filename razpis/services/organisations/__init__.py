"""Organisations: what the register and authorities say of them, and who may act for them."""
