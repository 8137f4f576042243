"""Razpis: a public call for co-financing, from applications to decisions that can be tested."""

__version__ = "0.1.0"
