"""Marking: alone, with reasons, never where there is a conflict; nothing typed is lost and nothing mixed."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from sqlalchemy import select

from razpis.models.base import db
from razpis.models.journal import Event
from razpis.models.marking import EarlierMark, MarkSheet, MemberMark
from razpis.procedure.states import CallState
from razpis.services.errors import Forbidden, Invalid, Missing, Refused
from razpis.services.marking import mark_locks, marking
from razpis.services.marking.marking import Saved, Typed
from tests import marking_made as made
from tests.databases import Clock
from tests.marking_made import key, mark, person, typed


def stand() -> list[tuple[str, str, str, int]]:
    """Every mark: whose (by name), of which criterion, points, revision."""
    query = select(MemberMark).join(MemberMark.sheet).order_by(MarkSheet.id, MemberMark.id)
    return [(one.sheet.user.name, one.criterion, one.points, one.revision) for one in db.session.scalars(query)]


def test_a_mark_is_kept_with_its_reason_and_changes_leave_their_history(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        saved = mark(clock, call, call.president, {0: {"quality": typed(" 17,5 "), "reach": typed("0")}})
        assert (saved.faults, saved.conflicts) == ({}, {})
        assert saved.revisions == {(key(0), "quality"): 1, (key(0), "reach"): 1}
        again = mark(clock, call, call.president, {0: {"quality": typed("18", "Načrt je prepričljiv.", 1)}})
        assert again.revisions == {(key(0), "quality"): 2}
        assert stand() == [("Petra Predsednica", "quality", "18", 2), ("Petra Predsednica", "reach", "0", 1)]
        earlier = db.session.scalars(select(EarlierMark)).one()
        assert (earlier.points, earlier.reason, earlier.revision) == ("17.5", made.REASON, 1)


def test_the_journal_says_that_marks_were_saved_but_not_which(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        mark(clock, call, call.president, {0: {"quality": typed("17")}})
        event = db.session.scalars(select(Event).where(Event.action == "marks.save")).one()
        assert (event.before, event.after) == ({}, {"marks": ["kljuc000/quality"]})


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        (Typed("12", "", 0), {"reason": "Napišite razlog: ocena brez razloga ne velja."}),
        (Typed("12", "   \r\n ", 0), {"reason": "Napišite razlog: ocena brez razloga ne velja."}),
        (Typed("12", "dobro", 0), {"reason": "Razlog naj pove, kaj v vlogi utemeljuje oceno."}),
        (Typed("", made.REASON, 0), {"points": "Vpišite točke."}),
        (Typed("31", made.REASON, 0), {"points": "31 je preveč; dovoljeno je največ 30"}),
        (Typed("12,3", made.REASON, 0), {"points": "12,3 ni na lestvici: koraki so po 0,5 od 0"}),
        (Typed("-1", "x" * 4001, 0), None),
        (
            Typed("12", "Načrt je odličen 👍 in jasen.", 0),
            {
                "reason": "Teh znakov ni mogoče natisniti v dokumentih: »👍« (U+1F44D). Zamenjajte jih s črkami latinice "
                "ali jih izpustite. Prvi je 18. znak."
            },
        ),
    ],
)
def test_what_the_rules_do_not_allow_is_told_and_not_kept(
    app: Flask, clock: Clock, sent: Typed, wrong: dict[str, str] | None
) -> None:
    with app.app_context():
        call = made.scoring(clock)
        saved = mark(clock, call, call.president, {0: {"quality": sent, "reach": typed("11")}})
        told = {name: text.sl for name, text in saved.faults[key(0), "quality"].items()}
        assert set(told) == {"points", "reason"} if wrong is None else told == wrong
        assert saved.changed == [(key(0), "reach")]
        assert stand() == [("Petra Predsednica", "reach", "11", 1)]


def test_a_second_window_overwrites_nothing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        mark(clock, call, call.president, {0: {"quality": typed("10")}})
        saved = mark(clock, call, call.president, {0: {"quality": typed("20", "Iz drugega okna vpisano.")}})
        assert saved.conflicts[key(0), "quality"].points == "10"
        assert stand() == [("Petra Predsednica", "quality", "10", 1)]
        same = mark(clock, call, call.president, {0: {"quality": typed("10")}})
        assert (same.conflicts, same.changed) == ({}, [])


def test_a_mark_taken_away_goes_on_counting(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        mark(clock, call, call.president, {0: {"quality": typed("10")}})
        assert mark(clock, call, call.president, {0: {"quality": Typed("", "", 1)}}).changed == [(key(0), "quality")]
        assert stand() == [("Petra Predsednica", "quality", "", 2)]
        late = mark(clock, call, call.president, {0: {"quality": typed("12", seen=1)}})
        assert list(late.conflicts) == [(key(0), "quality")]


def test_without_a_declaration_there_is_no_marking_not_even_in_bulk(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.undeclare(call, call.members[0], 1)
        for entries in ({1: {"quality": typed("10")}}, {at: {"quality": typed("10")} for at in range(3)}):
            with pytest.raises(Forbidden, match="Najprej izjavite"):
                mark(clock, call, call.members[0], entries)
            db.session.rollback()
        assert stand() == []


def test_a_conflict_blocks_marking_and_locking_also_in_bulk(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.conflict(call, call.members[0], 1, decided=False)
        with pytest.raises(Forbidden, match="nasprotje interesov"):
            mark(clock, call, call.members[0], {at: {"quality": typed("10")} for at in range(3)})
        db.session.rollback()
        with pytest.raises(Forbidden, match="nasprotje interesov"):
            mark_locks.lock_own(person(clock, call.members[0]), call.call, [key(0), key(1)], clock())
        db.session.rollback()
        assert stand() == []


@pytest.mark.parametrize("who", ["deputy", "secretary"])
def test_whoever_does_not_vote_does_not_mark(app: Flask, clock: Clock, who: str) -> None:
    with app.app_context():
        call = made.scoring(clock)
        with pytest.raises(Forbidden):
            mark(clock, call, getattr(call, who), {0: {"quality": typed("10")}})


def test_a_substitute_marks_in_place_of_the_excluded(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.conflict(call, call.members[0], 1, substitute=call.deputy)
        assert mark(clock, call, call.deputy, {1: {"quality": typed("10")}}).changed == [(key(1), "quality")]
        with pytest.raises(Forbidden):
            mark(clock, call, call.deputy, {0: {"quality": typed("10")}})


def test_officials_and_strangers_do_not_mark(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        for who in (call.officer, call.signatory, call.applicants[0]):
            with pytest.raises(Forbidden):
                mark(clock, call, who, {0: {"quality": typed("10")}})
            db.session.rollback()


def test_unknown_applications_and_criteria_are_missing(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        president = person(clock, call.president)
        for entries in (
            {"ni": {"quality": typed("1")}},
            {key(0): {"members": typed("1")}},
            {key(0): {"ni": typed("1")}},
        ):
            with pytest.raises(Missing):
                marking.save(president, call.call, entries, clock())
            db.session.rollback()
        with pytest.raises(Missing):
            marking.save(president, call.call + 1, {}, clock())


def test_marks_are_taken_only_while_the_call_is_marked(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.call(call).state = CallState.CHECKING
        db.session.commit()
        with pytest.raises(Refused, match="ne poteka"):
            mark(clock, call, call.president, {0: {"quality": typed("10")}})


def test_a_sheet_is_locked_only_when_full_and_then_stands(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        mark(clock, call, call.president, {0: {"quality": typed("10")}})
        president = person(clock, call.president)
        with pytest.raises(Refused, match="manjka ocen ali razlogov: 1"):
            mark_locks.lock_own(president, call.call, [key(0)], clock())
        db.session.rollback()
        with pytest.raises(Refused, match="manjka ocen"):
            mark_locks.lock_own(president, call.call, [key(1)], clock())
        db.session.rollback()
        mark(clock, call, call.president, {0: {"reach": typed("10")}})
        assert mark_locks.lock_own(president, call.call, [key(0)], clock()) == 1
        with pytest.raises(Refused, match="zaklenjene"):
            mark(clock, call, call.president, {0: {"quality": typed("11", seen=1)}})
        db.session.rollback()
        with pytest.raises(Refused, match="zaklenjene"):
            mark_locks.lock_own(president, call.call, [key(0)], clock())
        db.session.rollback()
        assert made.states(call)[0] == "in_scoring"


def test_an_application_is_scored_when_the_last_sheet_is_locked(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.filled(clock, call, made.GOOD)
        for who in call.voters:
            mark_locks.lock_own(person(clock, who), call.call, [key(0), key(2)], clock())
        assert made.states(call) == ["scored", "in_scoring", "scored"]


def test_the_president_locks_the_round_only_when_all_is_marked(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        president = person(clock, call.president)
        with pytest.raises(Refused, match=r"vlogi št\. 1, 2, 3 manjka ocen ali razlogov: 18"):
            mark_locks.lock_round(president, call.call, clock())
        db.session.rollback()
        made.filled(clock, call, made.GOOD)
        with pytest.raises(Refused, match="seme žreba"):
            mark_locks.lock_round(president, call.call, clock())
        db.session.rollback()
        made.seeded(clock, call)
        with pytest.raises(Forbidden):
            mark_locks.lock_round(person(clock, call.members[0]), call.call, clock())
        db.session.rollback()
        mark_locks.lock_round(president, call.call, clock())
        assert (made.call(call).state.value, made.states(call)) == ("agreeing", ["scored"] * 3)


def test_the_round_stays_open_without_a_quorum_or_with_an_undecided_conflict(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock, quorum=3)
        made.filled(clock, call, made.GOOD)
        made.seeded(clock, call)
        made.conflict(call, call.members[0], 1, decided=False)
        with pytest.raises(Refused, match="še ni odločeno"):
            mark_locks.lock_round(person(clock, call.president), call.call, clock())
        db.session.rollback()
        made.conflict(call, call.members[1], 2)
        for one in db.session.scalars(select(marking.MarkSheet)):
            assert one.locked_at is None


def test_too_few_left_after_exclusions(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock, quorum=3)
        made.filled(clock, call, made.GOOD)
        made.seeded(clock, call)
        made.conflict(call, call.members[1], 2)
        with pytest.raises(Refused, match=r"Pri vlogi št\. 3 po izločitvah ni sklepčnosti"):
            mark_locks.lock_round(person(clock, call.president), call.call, clock())


def test_two_members_at_the_same_second_get_in_nobodys_way(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        people = [person(clock, who) for who in call.voters]
        db.session.remove()
    start, told = threading.Barrier(6), list[Saved]()

    def work(at: int) -> None:
        with app.app_context():
            start.wait()
            entries = {key(0): {"quality": typed(str(10 + at // 2)), "reach": typed("5")}}
            told.append(marking.save(people[at // 2], call.call, entries, clock()))
            db.session.remove()

    threads = [threading.Thread(target=work, args=(at,)) for at in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with app.app_context():
        assert [(len(one.faults), len(one.conflicts)) for one in told] == [(0, 0)] * 6
        assert sorted(stand()) == sorted(
            (name, criterion, points, 1)
            for name, mine in (("Petra Predsednica", "10"), ("Marko Prvi", "11"), ("Mojca Druga", "12"))
            for criterion, points in (("quality", mine), ("reach", "5"))
        )


def test_the_president_locks_while_a_member_types(app: Flask, clock: Clock) -> None:
    """Whoever comes first wins whole; the other is told, and the marks are those of one moment."""
    with app.app_context():
        call = made.scoring(clock)
        made.filled(clock, call, made.GOOD)
        made.seeded(clock, call)
        president, member = person(clock, call.president), person(clock, call.members[0])
        db.session.remove()
    start, refused = threading.Barrier(2), list[Refused]()

    def lock() -> None:
        with app.app_context():
            start.wait()
            mark_locks.lock_round(president, call.call, clock())
            db.session.remove()

    def change() -> None:
        with app.app_context():
            start.wait()
            entries = {key(at): {"quality": typed("1", "Spremenjeno v zadnjem hipu.", 1)} for at in range(3)}
            try:
                marking.save(member, call.call, entries, clock())
            except Refused as error:
                refused.append(error)
            db.session.remove()

    threads = [threading.Thread(target=one) for one in (lock, change)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with app.app_context():
        found = [points for name, criterion, points, _ in stand() if (name, criterion) == ("Marko Prvi", "quality")]
        assert found == (["26", "15.5", "6"] if refused else ["1", "1", "1"])
        assert made.states(call) == ["scored"] * 3
        assert all(one.locked_at is not None for one in db.session.scalars(select(MarkSheet)))


def test_a_locked_sheet_opens_only_for_its_member_by_the_president_with_a_reason(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.scoring(clock)
        made.locked(clock, call, made.GOOD)
        president, member = person(clock, call.president), call.members[0]
        for actor, reason, error in (
            (person(clock, member), "Člen je bil napačno prebran.", Forbidden),
            (president, "", Invalid),
            (president, "  kratko ", Invalid),
        ):
            with pytest.raises(error):
                mark_locks.reopen(actor, call.call, key(0), member, reason, clock())
            db.session.rollback()
        mark_locks.reopen(president, call.call, key(0), member, "Člen je bil napačno prebran.", clock())
        with pytest.raises(Missing):
            mark_locks.reopen(president, call.call, key(0), member, "Člen je bil napačno prebran.", clock())
        db.session.rollback()
        assert made.states(call) == ["in_scoring", "scored", "scored"]
        with pytest.raises(Refused, match="zaklenjene"):
            mark(clock, call, call.members[1], {0: {"quality": typed("30", seen=1)}})
        db.session.rollback()
        mark(clock, call, member, {0: {"quality": typed("27", "Popravljeno po členu 8.", 1)}})
        mark_locks.lock_own(person(clock, member), call.call, [key(0)], clock())
        assert made.states(call) == ["scored"] * 3
        sheet = db.session.scalars(select(MarkSheet).where(MarkSheet.user_id == member).order_by(MarkSheet.id)).first()
        assert sheet is not None
        assert [(one.reason, one.by) for one in sheet.reopenings] == [("Člen je bil napačno prebran.", call.president)]
        assert [one.points for one in db.session.scalars(select(EarlierMark))] == ["26"]
