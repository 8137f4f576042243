"""What a call still lacks before it may be sent to review or published: all of it at once, each with its place."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook
from razpis.engine.rulebook.call import Decisions
from razpis.models.calls import Call
from razpis.procedure import parameters as law
from razpis.procedure.deadlines import closed_deadline_warnings, deadline_problems, latest_publication, local_time
from razpis.procedure.parameter_kinds import KINDS, Key
from razpis.procedure.problems import Problem
from razpis.services.calls import call_rules, carried, commission, office_days, parameters
from razpis.services.rules import rule_check

MOST_SHOWN = 10


class Where(StrEnum):
    """The page on which a gap is mended."""

    RULES = "rules"
    TERMS = "terms"
    PARAMETERS = "parameters"
    COMMISSION = "commission"
    CARRIED = "carried"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing or wrong. ``at_publication``: it does not stop the way to the signatory."""

    where: Where
    text: Text
    at_publication: bool = False


def missing(call: Call, now: datetime.datetime) -> tuple[Gap, ...]:
    """Everything that stops the publication of ``call`` at ``now`` (``law.md`` §8.1)."""
    return (
        *_rules(call),
        *_money(call),
        *_parameters(call),
        *_carried(call),
        *_contract(call),
        *_days(call, now),
        *_contact(call),
        *(Gap(Where.COMMISSION, text, at_publication=True) for text in commission.problems(call)),
    )


def missing_for_review(call: Call, now: datetime.datetime, examples_seen: bool = False) -> tuple[Gap, ...]:
    """What stops the way to the signatory: rules, money and parameters; days and commission may still come.

    Examples that come out otherwise than they expect stop it too, until the officer says that this is meant: a
    changed number or deadline changes them rightly.
    """
    gaps = tuple(gap for gap in missing(call, now) if not gap.at_publication)
    return gaps if examples_seen else (*gaps, *examples(call))


def publishable_until(call: Call) -> datetime.datetime | None:
    """Until when the call can be published so that it stays open as long as it must; nothing without a deadline."""
    if call.deadline is None:
        return None
    return latest_publication(call.deadline, law.number(parameters.of_call(call), Key.MIN_OPEN_DAYS))


def warnings(call: Call) -> tuple[Text, ...]:
    """What to think of before or while the call is open, though it stops nothing: a deadline on a closed day.

    The deadline itself stays where it is (ZUP, 99. člen). One query.
    """
    if call.deadline is None:
        return ()
    return tuple(_text(one) for one in closed_deadline_warnings(call.deadline, office_days.closed()))


def examples(call: Call) -> tuple[Gap, ...]:
    """The examples of the rules that come out otherwise than they expect."""
    look = rule_check.look(call.rulebook)
    found = () if look.examples is None else look.examples.problems
    return tuple(
        Gap(
            Where.RULES,
            Text(
                f"Zgled, vrstica {one.place.line}: {one.text.sl.rstrip('.')}.",
                f"Example, line {one.place.line}: {one.text.en.rstrip('.')}.",
            ),
        )
        for one in found[:MOST_SHOWN]
    )


def _rules(call: Call) -> Iterator[Gap]:
    look = rule_check.look(call.rulebook)
    for one in look.errors[:MOST_SHOWN]:
        line = one.place.line
        yield Gap(
            Where.RULES,
            Text(f"Pravila, vrstica {line}: {one.text.sl}.", f"The rules, line {line}: {one.text.en}."),
        )
    rulebook = look.rulebook
    if rulebook is None:
        return
    if rulebook.file.call.decisions is None:
        yield Gap(
            Where.RULES,
            Text(
                "V pravilih manjka »call.decisions«: organ, pravne podlage in pravno sredstvo.",
                "The rules lack 'call.decisions': the body, the legal basis and the remedy.",
            ),
        )
    else:
        yield from _agreeing(call, rulebook.file.call.decisions)
    yield from _same_deadline(call, rulebook)


def _agreeing(call: Call, decisions: Decisions) -> Iterator[Gap]:
    """Periods that decisions tell must be those of the parameters."""
    holds = {one.key: one for one in parameters.of_call(call)}
    remedy = Key.APPEAL_DAYS if decisions.remedy.kind == "appeal" else Key.COURT_DAYS
    for key, said in ((remedy, decisions.remedy.days), (Key.CONTRACT_SIGN_DAYS, decisions.grant.contract_days)):
        if holds[key].value != said:
            kind = KINDS[key].name
            yield Gap(
                Where.PARAMETERS,
                Text(
                    f"{kind.sl}: besedilo sklepov pravi {said}, parameter {holds[key].value}. Uskladite ju.",
                    f"{kind.en}: the decisions say {said}, the parameter {holds[key].value}. Make them agree.",
                ),
            )


def _same_deadline(call: Call, rulebook: Rulebook) -> Iterator[Gap]:
    if call.deadline is not None and not call_rules.same_wall_time(rulebook, call.deadline):
        yield Gap(
            Where.TERMS,
            Text(
                "Rok v pravilih ni enak roku razpisa. Shranite rok še enkrat.",
                "The deadline in the rules is not that of the call. Save the deadline again.",
            ),
        )


def _money(call: Call) -> Iterator[Gap]:
    if not call.budget_cents:
        yield Gap(
            Where.RULES,
            Text(
                "Ni zneska razpisanih sredstev. Vpišite ga v pravila (sklopi ali proračun).",
                "The amount of the call is missing. Write it into the rules (lots or budget).",
            ),
        )
    if not call.budget_line.strip():
        yield Gap(Where.TERMS, Text("Manjka proračunska postavka.", "The budget line is missing."))


def _parameters(call: Call) -> Iterator[Gap]:
    if not call.profile_confirmed:
        yield Gap(
            Where.PARAMETERS,
            Text(
                "Različica zakona (ZUP) ni potrjena. Preverite jo in jo potrdite.",
                "The version of the procedure act is not confirmed. Check and confirm it.",
            ),
        )
    for problem in law.publication_problems(parameters.of_call(call)):
        yield Gap(Where.PARAMETERS, _text(problem))


def _days(call: Call, now: datetime.datetime) -> Iterator[Gap]:
    if call.deadline is None:
        yield Gap(Where.TERMS, Text("Rok za prijavo ni določen.", "The deadline is not set."), at_publication=True)
        return
    least = law.number(parameters.of_call(call), Key.MIN_OPEN_DAYS)
    for problem in deadline_problems(call.deadline, local_time(now).date(), least):
        yield Gap(Where.TERMS, _text(problem), at_publication=True)
    if call.opens_at is not None and call.opens_at >= call.deadline:
        yield Gap(
            Where.TERMS,
            Text("Odprtje razpisa mora biti pred rokom.", "The opening must come before the deadline."),
            at_publication=True,
        )


def _carried(call: Call) -> Iterator[Gap]:
    left = len(carried.unconfirmed(call))
    if left:
        yield Gap(
            Where.CARRIED,
            Text(
                f"Besedil, v katerih je še leto ali dan prejšnjega razpisa: {left}. Vsako spremenite ali potrdite.",
                f"Texts in which the year or a day of the earlier call still stands: {left}. Change or confirm each.",
            ),
        )


def _contract(call: Call) -> Iterator[Gap]:
    if call.contract is None:
        yield Gap(Where.CONTRACT, Text("Manjka vzorec pogodbe.", "The model contract is missing."))


def _contact(call: Call) -> Iterator[Gap]:
    if not call.contact.strip():
        yield Gap(
            Where.TERMS,
            Text("Manjka kontakt: kdo in kje odgovarja na vprašanja.", "The contact is missing."),
            at_publication=True,
        )


def _text(problem: Problem) -> Text:
    return Text(problem.sl, problem.en)
