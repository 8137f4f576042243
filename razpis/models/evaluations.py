"""Evaluations of a call: the seed and draws, runs of the engine, proposals with signatures and dissents."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from razpis.models.accounts import User
from razpis.models.base import Base, Instant, Json, Word
from razpis.models.calls import Call
from razpis.models.sittings import Sitting


class RunKind(StrEnum):
    """What an evaluation is for: the result, or a question asked of the rules."""

    RESULT = "result"
    SIMULATION = "simulation"


class ProposalState(StrEnum):
    """Where a proposal is: being signed, before the head, accepted, returned, or replaced by a newer one."""

    SIGNING = "signing"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REPLACED = "replaced"


class DrawSeed(Base):
    """The seed of a call's draws, fixed once, before anyone can know of a tie; ``source`` says where it is from."""

    __tablename__ = "draw_seed"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), unique=True)
    seed: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(Text)
    fixed_at: Mapped[datetime.datetime] = mapped_column(Instant)
    fixed_by: Mapped[int] = mapped_column(ForeignKey("user.id"))


class RecordedDraw(Base):
    """A draw: of which tie, among which applications (sorted ids), in what order the seed put them."""

    __tablename__ = "recorded_draw"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    tie: Mapped[str] = mapped_column(String(120))
    ids: Mapped[list[str]] = mapped_column(Json)
    order: Mapped[list[str]] = mapped_column(Json)
    seed: Mapped[str] = mapped_column(String(120))
    drawn_at: Mapped[datetime.datetime] = mapped_column(Instant)
    drawn_by: Mapped[int] = mapped_column(ForeignKey("user.id"))


class EvaluationRun(Base):
    """One evaluation by the engine, kept whole and never changed.

    ``inputs``: SHA-256 of rulebook, applications, marks and draws by role, ``inputs_sha256`` over all of them;
    ``changes`` make a simulation. ``document`` is ``evaluation.json`` as text, ``sha256`` its hash;
    ``certified``: every check of the certificate holds; ``open``: names of what is not settled yet (ties, and
    applications without points).
    """

    __tablename__ = "evaluation_run"
    __table_args__ = (UniqueConstraint("call_id", "kind", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    kind: Mapped[RunKind] = mapped_column(Word(RunKind))
    number: Mapped[int]
    engine: Mapped[str] = mapped_column(String(40))
    inputs: Mapped[dict[str, str]] = mapped_column(Json)
    inputs_sha256: Mapped[str] = mapped_column(String(64))
    changes: Mapped[list[str]] = mapped_column(Json, default=list)
    certified: Mapped[bool]
    open: Mapped[list[str]] = mapped_column(Json, default=list)
    awarded_cents: Mapped[int]
    document: Mapped[str] = mapped_column(Text, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime.datetime] = mapped_column(Instant)
    by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    call: Mapped[Call] = relationship()
    person: Mapped[User] = relationship()


class Proposal(Base):
    """The commission's report and proposal on one run, adopted at one sitting. Every version stays. ``report`` holds
    its facts as JSON.

    ``returned_at`` and ``returned_by`` are set where an accepted one went back before anything was issued on it.
    """

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("call_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    number: Mapped[int]
    run_id: Mapped[int] = mapped_column(ForeignKey("evaluation_run.id"))
    sitting_id: Mapped[int] = mapped_column(ForeignKey("sitting.id"))
    state: Mapped[ProposalState] = mapped_column(Word(ProposalState))
    report: Mapped[dict[str, Any]] = mapped_column(Json)
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime.datetime] = mapped_column(Instant)
    made_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    submitted_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    decided_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    returned_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    returned_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    call: Mapped[Call] = relationship()
    run: Mapped[EvaluationRun] = relationship()
    sitting: Mapped[Sitting] = relationship()
    signatures: Mapped[list[ProposalSignature]] = relationship(
        back_populates="proposal", order_by="ProposalSignature.id"
    )


class ProposalSignature(Base):
    """A member signed the report; ``dissent`` is their dissenting opinion, blank where they agree."""

    __tablename__ = "proposal_signature"
    __table_args__ = (UniqueConstraint("proposal_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    dissent: Mapped[str] = mapped_column(Text, default="")
    signed_at: Mapped[datetime.datetime] = mapped_column(Instant)
    proposal: Mapped[Proposal] = relationship(back_populates="signatures")
    user: Mapped[User] = relationship()
