"""A result with something in it changed, and what the certificate says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from razpis.engine.cases import Draw
from razpis.engine.certificate import AwardClaim, Certificate, Claims, certify
from razpis.engine.evaluation import Evaluation, claims
from razpis.engine.problems import Language


def said(evaluation: Evaluation) -> Claims:
    """What a result claims."""
    return claims(evaluation.rankings, evaluation.lots)


def certified(evaluation: Evaluation, changed: Claims, draws: Mapping[str, Draw] | None = None) -> Certificate:
    """The certificate of a result with other claims."""
    scored = {line.case.id: (line.case, line.score) for line in evaluation.lines}
    return certify(evaluation.rulebook, scored, draws or {}, changed)


def with_awards(found: Claims, *awards: AwardClaim) -> Claims:
    """The claims with other awards."""
    other = {award.id: award for award in awards}
    return replace(found, awards=tuple(other.get(award.id, award) for award in found.awards))


def award(evaluation: Evaluation, id_: str, **changes: Any) -> Claims:
    """The result with one award changed."""
    (one,) = (award for award in said(evaluation).awards if award.id == id_)
    return with_awards(said(evaluation), replace(one, **changes))


def lot(evaluation: Evaluation, name: str, **changes: Any) -> Claims:
    """The result with one lot changed."""
    found = said(evaluation)
    lots = tuple(replace(one, **changes) if one.lot == name else one for one in found.lots)
    return replace(found, lots=lots)


def refusals(certificate: Certificate, language: Language = "sl") -> dict[str, str]:
    """By check, the counterexample."""
    return {check.name: check.counterexample[language] for check in certificate.failing if check.counterexample}
