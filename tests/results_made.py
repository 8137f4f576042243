"""A call whose decisions are issued, as rows: the accepted proposal, an act for each application, files."""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

from flask import Flask

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.documents import Act
from razpis.procedure.acts import ActState, Kind
from razpis.procedure.states import ApplicationState
from razpis.services import files
from razpis.services.files import Store
from razpis.services.proposing import proposals, runs
from tests import commission_made
from tests import marking_made as made
from tests.commission_made import DEADLINE, Made
from tests.databases import Clock
from tests.marking_made import person

RULES_NAMING_ALL = commission_made.RULES.replace("  example: true\n", "  example: true\n  names_published: all\n")
ADDRESS = "https://razpisi.zgled.si/preverjanje/{key}"


class Issued(NamedTuple):
    """An application whose database holds a call with its decisions issued, the call, and the clock."""

    app: Flask
    call: Made
    clock: Clock


FILE = b"%PDF-1.7\n% odlocitev\n"


def accepted(clock: Clock, rules: str = commission_made.RULES) -> Made:
    """A call of three applications (granted, granted, below the threshold) whose proposal is accepted."""
    call = made.scoring(clock, rules=rules)
    made.locked(clock, call, made.GOOD)
    president = person(clock, call.president)
    made.meeting(clock, call)
    number = proposals.prepare(president, call.call, runs.compute(president, call.call, clock()), clock())
    for who in call.voters:
        proposals.sign(person(clock, who), call.call, number, "", clock())
    made.risen(clock, call)
    proposals.submit(president, call.call, number, clock())
    proposals.accept(person(clock, call.signatory), call.call, number, clock())
    return call


def issued(clock: Clock, rules: str = commission_made.RULES, store: Store | None = None) -> Made:
    """The same with every decision issued; their files are kept in ``store``."""
    call = accepted(clock, rules)
    for at, number in enumerate(call.applications):
        act(clock, call, f"odlocitev-{at}", application_id=number, number=f"41001-7/2026-{at + 10}", store=store)
    db.session.commit()
    return call


def dismissed(call: Made, at: int = 7) -> Application:
    """One more application, which came too late and was dismissed."""
    found = db.session.get_one(Call, call.call)
    one = commission_made.application(found, at, ApplicationState.DISMISSED_LATE)
    db.session.commit()
    return one


def act(clock: Clock, call: Made, key: str, store: Store | None = None, **columns: Any) -> Act:
    """An issued decision of this call, or whatever ``columns`` say."""
    content = FILE + key.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    if store is not None:
        files.put(store, content)
    row = Act(
        **{
            "key": key,
            "call_id": call.call,
            "kind": Kind.DECISION,
            "state": ActState.ISSUED,
            "number": None,
            "facts": {},
            "facts_sha256": "0" * 64,
            "drafted_at": DEADLINE,
            "drafted_by": call.officer,
            "rendered_at": clock(),
            "sha256": sha256,
            "unsealed_sha256": hashlib.sha256(content + b"?").hexdigest(),
            "sealed": True,
            "issued_at": clock(),
            **columns,
        }
    )
    db.session.add(row)
    db.session.flush()
    return row


def content(key: str) -> bytes:
    """The file of the act with this key."""
    return FILE + key.encode()
