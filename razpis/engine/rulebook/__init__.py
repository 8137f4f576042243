"""The rulebook: one YAML file read, checked and compiled, or every problem with its place."""

from razpis.engine.rulebook.compiled import CriterionRule, Rulebook, ThresholdRule
from razpis.engine.rulebook.reading import load, read

__all__ = ["CriterionRule", "Rulebook", "ThresholdRule", "load", "read"]
