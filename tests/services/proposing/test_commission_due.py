"""What waits for one person while a commission works: each thing appears in its time and goes when it is done."""

from __future__ import annotations

from flask import Flask

from razpis.models.base import db
from razpis.models.sittings import Minutes
from razpis.services.examination import minutes
from razpis.services.marking import agreeing, draws, mark_locks
from razpis.services.proposing import proposals, runs
from razpis.services.sitting import exclusions, sittings
from razpis.services.todo import tasks
from tests import commission_made
from tests import marking_made as made
from tests.databases import Clock
from tests.marking_made import key, person

APART = ({"quality": ("20", "20", "20"), "reach": ("5", "18", "20")},)


def waiting(clock: Clock, who: int) -> list[tuple[str, str]]:
    """Kinds of the person's tasks, each with the first word of what it says."""
    return [(task.kind, task.text.sl.split()[0]) for task in tasks(person(clock, who), clock())]


def test_minutes_wait_for_whoever_was_there_until_signed(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = commission_made.checking(clock, 1)
        president = person(clock, call.president)
        assert ("sittings", "1.") in waiting(clock, call.president)
        sitting = sittings.end(president, call.call, clock())
        assert ("sittings", "Sestavite") in waiting(clock, call.president)
        assert ("sittings", "Sestavite") not in waiting(clock, call.members[0])
        drafted = minutes.draft(president, sitting, "", clock()).id
        assert ("sittings", "Sestavite") not in waiting(clock, call.president)
        assert ("sittings", "Podpišite") in waiting(clock, call.members[0])
        assert ("sittings", "Podpišite") not in waiting(clock, call.secretary)
        sha256 = db.session.get_one(Minutes, drafted).sha256
        minutes.sign(person(clock, call.members[0]), drafted, sha256, clock())
        assert ("sittings", "Podpišite") not in waiting(clock, call.members[0])
        assert ("sittings", "Podpišite") in waiting(clock, call.president)


def test_declared_conflicts_wait_for_the_head(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock, 1)
        made.conflict(call, call.members[0], 0, decided=False)
        assert waiting(clock, call.signatory) == [("exclusions", "Odločite")]
        head = person(clock, call.signatory)
        found = exclusions.declared(head, call.call)[0].declaration.id
        exclusions.decide(head, found, True, "Sklep 2026-9", "", None, clock())
        assert waiting(clock, call.signatory) == []


def test_from_the_seed_to_the_signatures(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock, 1)
        president, member = person(clock, call.president), person(clock, call.members[0])
        assert ("seed", "Določite") in waiting(clock, call.president)
        assert ("seed", "Določite") not in waiting(clock, call.members[0])
        draws.fix(president, call.call, made.SEED, "Loterija Slovenije, žrebanje 7. 3. 2026", clock())
        assert ("seed", "Določite") not in waiting(clock, call.president)
        made.filled(clock, call, APART)
        mark_locks.lock_round(president, call.call, clock())
        asked = [one.criterion for one in agreeing.questions(president, call.call, clock())]
        assert asked == ["reach"]
        assert ("agreeing", "Uskladite") in waiting(clock, call.president)
        reason = "Po razpravi so člani soglašali."
        made.meeting(clock, call)
        agreeing.agree(president, call.call, key(0), "reach", "18", reason, clock())
        run = runs.compute(president, call.call, clock())
        number = proposals.prepare(president, call.call, run, clock())
        assert ("proposing", "Preberite") in waiting(clock, call.members[0])
        assert ("proposing", "Preberite") not in waiting(clock, call.secretary)
        proposals.sign(member, call.call, number, "", clock())
        assert ("proposing", "Preberite") not in waiting(clock, call.members[0])
        assert ("proposing", "Preberite") in waiting(clock, call.president)
