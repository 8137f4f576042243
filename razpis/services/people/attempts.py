"""A brake on guessing: how often something was tried, counted by what was given and by where it came from."""

from __future__ import annotations

import datetime
import hashlib
import ipaddress
import math
from collections.abc import Iterable, Mapping

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from razpis.models.accounts import Attempt
from razpis.models.base import READS_ONLY, db

WINDOW = datetime.timedelta(minutes=15)
"""How long an attempt counts, and how long it is kept."""


def network(address: str) -> str:
    """What an address on the internet counts as: itself, of IPv6 its /64, which one subscriber has for themselves."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address[:60]
    if known.version == 4:
        return str(known)
    return str(ipaddress.ip_network((known, 64), strict=False))


def guess(email: str, network: str = "") -> str:
    """What guessing the password of this address of mail is counted under, from one network or from everywhere."""
    return f"guess:{hashlib.sha256(email.encode()).hexdigest()}:{network}"


def forgive(email: str) -> None:
    """Forget all guesses at the password of this address, within the running transaction."""
    db.session.execute(delete(Attempt).where(Attempt.what.startswith(guess(email))))


def too_many(limits: Mapping[str, int], now: datetime.datetime) -> bool:
    """Whether as many of one of these as may be count already."""
    return any(counted(what, now) >= most for what, most in limits.items())


def counted(what: str, now: datetime.datetime) -> int:
    """How many attempts count now."""
    query = select(func.count()).select_from(Attempt).where(Attempt.what == what, Attempt.at > now - WINDOW)
    return db.session.scalars(query).one()


def seconds_to_wait(what: str, most: int, now: datetime.datetime) -> int:
    """Whole seconds until fewer than ``most`` attempts count; 0 where so few do."""
    query = select(Attempt.at).where(Attempt.what == what, Attempt.at > now - WINDOW)
    last = db.session.scalar(query.order_by(Attempt.at.desc()).offset(most - 1).limit(1))
    return 0 if last is None else math.ceil((last + WINDOW - now).total_seconds())


def note(what: Iterable[str], now: datetime.datetime) -> None:
    """Write attempts down and forget old ones, at once: with what the running command has changed, or, where a page
    only reads, in a transaction of its own."""
    rows = [Attempt(what=one[:300], at=now) for one in what]
    if not READS_ONLY.get():
        _write(db.session(), rows, now)
        return
    reads_only = READS_ONLY.set(False)
    try:
        with Session(db.engine) as session:
            _write(session, rows, now)
    finally:
        READS_ONLY.reset(reads_only)


def _write(session: Session, rows: Iterable[Attempt], now: datetime.datetime) -> None:
    session.add_all(rows)
    session.execute(delete(Attempt).where(Attempt.at < now - WINDOW))
    session.commit()
