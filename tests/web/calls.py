"""Calls evaluated for the tests of the pages: real rulebooks, cases and marks through the real engine and writer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from razpis.engine.cases import Case, Finding, Mark
from razpis.engine.evaluation import Evaluation, evaluate
from razpis.engine.expressions.build import Value
from razpis.engine.problems import Place
from razpis.engine.rulebook import read
from razpis.engine.rulebook.values import ZONE
from razpis.services.rules.evaluating import Evaluated, write

HERE = Path(__file__).parent
HOSTILE = "<script>alert('Zavod & \"sin\"')</script>"
PDF = b"%PDF-1.7\n% sklep\n"


def case(id_: str, line: int, lot: str = "", findings: tuple[Finding, ...] = (), day: int = 1, **claims: Value) -> Case:
    """An application on line ``line``, submitted at ten on a day in March 2026."""
    return Case(
        id=id_,
        line=line,
        place=Place("applications.csv", line + 1),
        lot=lot,
        applicant=None,
        submitted_at=datetime(2026, 3, day, 10, tzinfo=ZONE),
        claims=claims,
        findings=findings,
    )


def _programme(
    id_: str,
    line: int,
    lot: str,
    name: str,
    requested: int,
    members: int,
    day: int = 1,
    seat: str = "here",
    findings: tuple[Finding, ...] = (),
) -> Case:
    claims = {"name": name, "programme": f"Program {line}", "requested": requested, "seat": seat, "members": members}
    return case(id_, line, lot, findings, day, **claims)


def marked(*points: int | None) -> tuple[Mark, ...]:
    """A mark of each member in turn, ``None`` for a recusal."""
    members = ("Ana Novak", "Bor Kranjc", "Cilka Zupan")
    reasons = ("Cilji so jasni.", "Načrt je izvedljiv.", "")
    return tuple(Mark(*one) for one in zip(members, points, reasons, strict=False))


def rank(changes: Sequence[str] = ()) -> Evaluation:
    """Two lots filled in rank order, with every outcome the engine knows but ``ranked``."""
    corrected = (Finding("members", 40, "V seznamu članov jih je 40."),)
    cases = [
        _programme("V1", 1, "young", "Društvo Žarek", 3500, 80),
        _programme("V2", 2, "young", HOSTILE, 5000, 60, findings=corrected),
        _programme("430-12/2026", 3, "young", "Zavod Čebelica", 3000, 12),
        _programme("V4", 4, "young", "Društvo Oreh", 2000, 8),
        _programme("V5 #1?", 5, "young", "Društvo Cvet", 2000, 5),
        _programme("V6", 6, "young", "Društvo Dren", 1000, 30, seat="there"),
        _programme("V7", 7, "young", "Društvo Šipek", 1000, 30, day=3),
        _programme("V8", 8, "young", "Društvo Lan", 1000, 30),
        _programme("S1", 9, "old", "Ustanova Zimzelen", 2400, 70),
        _programme("S2", 10, "old", "Društvo Sreča", 900, 20),
        _programme("S3", 11, "old", "Društvo Upanje", 800, 20),
    ]
    marks = {
        "V1": marked(28, 29, None),
        "V2": marked(26, 27, 25),
        "430-12/2026": marked(25, 20, 21),
        "V4": marked(20, 21, 22),
        "V5 #1?": marked(5, 6, 7),
        "V8": marked(20),
        "S1": marked(25, 25, 25),
        "S2": marked(20, 22, 21),
        "S3": marked(21, 21, 21),
    }
    judged = {(id_, "quality"): given for id_, given in marks.items()}
    return evaluate(read(HERE / "rank.yaml", changes), cases, judged, {})


def proportional() -> Evaluation:
    """One lot shared by points: one application is bound by its request, two by the value of a point."""
    wishes = (("P1", 900, 50), ("P2", 100, 40), ("P3", 800, 30))
    cases = [case(id_, at, requested=asked, visits=count) for at, (id_, asked, count) in enumerate(wishes, 1)]
    return evaluate(read(HERE / "proportional.yaml"), cases, {}, {})


def order() -> Evaluation:
    """An order without money; two share a place, points are thirds."""
    cases = [case(f"N{at}", at, hours=hours) for at, hours in enumerate((10, 25, 10), 1)]
    return evaluate(read(HERE / "order.yaml"), cases, {}, {})


def written(folder: Path, evaluation: Evaluation, decisions: Iterable[str] = (), changes: tuple[str, ...] = ()) -> Path:
    """The results folder of an evaluation, with a decision for each of the ids."""
    hashes = {"applications": hashlib.sha256(b"vloge").hexdigest(), "marks": hashlib.sha256(b"ocene").hexdigest()}
    write(Evaluated(evaluation, (), hashes, changes), folder, [(id_, PDF) for id_ in decisions])
    return folder
