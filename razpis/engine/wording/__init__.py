"""Wording: the evaluation told in words an NGO understands, in Slovenian or English."""

from razpis.engine.wording.explain import Explainer, explain, explain_lot, lot_numbers
from razpis.engine.wording.speaker import Speaker

__all__ = ["Explainer", "Speaker", "explain", "explain_lot", "lot_numbers"]
