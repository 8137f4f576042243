"""Scoring: established facts and marks in, points with their bases out."""

from razpis.engine.scoring.score import (
    ConditionResult,
    CriterionScore,
    Score,
    SectionScore,
    Standing,
    ThresholdResult,
)
from razpis.engine.scoring.scorer import Scorer

__all__ = [
    "ConditionResult",
    "CriterionScore",
    "Score",
    "Scorer",
    "SectionScore",
    "Standing",
    "ThresholdResult",
]
