"""The sector's pages of a call, all of them on the one blueprint."""

from __future__ import annotations

from razpis.web.sector import (
    call_amendment,
    call_carried,
    call_contract,
    call_editor,
    call_steps,
    call_terms,
    commission,
    questions,
)
from razpis.web.sector.calls import calls

PAGES = (call_amendment, call_carried, call_contract, call_editor, call_steps, call_terms, commission, questions)
"""Modules that put their pages on the blueprint when they are read."""

__all__ = ["PAGES", "calls"]
