"""Scoring: established facts and marks in, points with their bases out."""

from razpis.engine.scoring.relations import relations
from razpis.engine.scoring.score import (
    AnyOfResult,
    ConditionResult,
    CriterionScore,
    Score,
    SectionScore,
    Standing,
    ThresholdResult,
)
from razpis.engine.scoring.scorer import Checked, Scorer

__all__ = [
    "AnyOfResult",
    "Checked",
    "ConditionResult",
    "CriterionScore",
    "Score",
    "Scorer",
    "SectionScore",
    "Standing",
    "ThresholdResult",
    "relations",
]
