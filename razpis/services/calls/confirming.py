"""Saying of texts from an earlier call that they may stay as they are."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from razpis.engine.problems import Text
from razpis.models.base import db
from razpis.procedure.roles import Role
from razpis.services.actor import Actor
from razpis.services.calls import calls, carried
from razpis.services.errors import Invalid
from razpis.services.records import journal


def confirm(actor: Actor, call_id: int, revision: int, names: Collection[str], now: datetime.datetime) -> int:
    """Confirm the texts ``names`` of a copied draft; how many. A text changed later is asked about anew.

    Raises :class:`Invalid` where nothing is chosen, and as :func:`razpis.services.calls.calls.draft` does.
    """
    actor.needs(Role.OFFICER)
    call = calls.draft(call_id, revision)
    found = carried.stamp(carried.unconfirmed(call), names)
    if not found:
        raise Invalid({"names": Text("Označite besedila, ki lahko ostanejo.", "Mark the texts that may stay.")})
    call.carried = {**call.carried, "confirmed": {**call.carried["confirmed"], **found}}
    call.revision += 1
    journal.record(actor, now, "call.carried", calls.subject(call), after={"confirmed": sorted(found)})
    db.session.commit()
    return len(found)
