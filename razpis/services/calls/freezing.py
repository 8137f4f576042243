"""The versions of a call: all that it says, frozen at a publication under one hash that anyone can compute again."""

from __future__ import annotations

import datetime
import hashlib

from razpis.models.base import canonical
from razpis.models.calls import Call, CallVersion
from razpis.services.actor import Actor
from razpis.services.calls import parameters


def freeze(actor: Actor, call: Call, reason: str, act: str, now: datetime.datetime) -> CallVersion:
    """The next version of ``call`` as it stands, within the running transaction."""
    frozen = {**frozen_parts(call), "number": len(call.versions) + 1, "reason": reason.strip(), "act": act.strip()}
    version = CallVersion(
        number=len(call.versions) + 1,
        rulebook=call.rulebook,
        frozen=frozen,
        sha256=hashlib.sha256(canonical(frozen).encode()).hexdigest(),
        reason=reason.strip(),
        published_at=now,
        published_by=actor.person,
    )
    call.versions.append(version)
    return version


def frozen_parts(call: Call) -> dict[str, object]:
    """All that a call says, its rulebook by its SHA-256; moments in UTC."""
    names = ("title_sl", "title_en", "reference", "summary_sl", "summary_en", "contact", "profile", "budget_cents")
    more = ("budget_line", "quorum", "per_organisation")
    moments = ("opens_at", "deadline", "questions_until")
    return {
        **{name: getattr(call, name) for name in (*names, *more)},
        **{name: _moment(getattr(call, name)) for name in moments},
        "parameters": parameters.stored(parameters.of_call(call)),
        "contract": _contract(call),
        "rulebook_sha256": hashlib.sha256(call.rulebook.encode()).hexdigest(),
    }


def same(call: Call, version: CallVersion) -> bool:
    """Whether the call says nothing else than ``version`` does."""
    return all(version.frozen.get(key) == value for key, value in frozen_parts(call).items())


def _contract(call: Call) -> dict[str, object] | None:
    """The model contract by its hash."""
    file = call.contract
    return None if file is None else {"name": file.name, "size": file.size, "sha256": file.sha256}


def _moment(value: datetime.datetime | None) -> str | None:
    return None if value is None else value.astimezone(datetime.UTC).isoformat()
