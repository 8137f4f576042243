"""Allocation: a lot's money divided among its applications, each award with the limit that bound it."""

from razpis.engine.allocation.allocate import allocate
from razpis.engine.allocation.award import Award, Bound, LotAllocation, Wish

__all__ = ["Award", "Bound", "LotAllocation", "Wish", "allocate"]
