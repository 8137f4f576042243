"""Organisations, who represents them, who may act for them, and the business register they are filled from."""

from __future__ import annotations

import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from razpis.models.accounts import User
from razpis.models.base import Base, Instant, Word
from razpis.models.files import StoredFile
from razpis.procedure.organisations import LegalForm, MandateKind, StatusKind


class Organisation(Base):
    """A legal person that may apply. Numbers are kept without spaces, the IBAN in capitals."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_number: Mapped[str] = mapped_column(String(10), unique=True)
    tax_number: Mapped[str | None] = mapped_column(String(8))
    vat_payer: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(String(300))
    address: Mapped[str] = mapped_column(String(300))
    legal_form: Mapped[LegalForm] = mapped_column(Word(LegalForm))
    iban: Mapped[str | None] = mapped_column(String(34))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(40))
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime.datetime] = mapped_column(Instant)
    statuses: Mapped[list[Status]] = relationship(back_populates="organisation", order_by="Status.id")
    representatives: Mapped[list[Representative]] = relationship(
        back_populates="organisation", order_by="Representative.id"
    )
    mandates: Mapped[list[Mandate]] = relationship(back_populates="organisation", order_by="Mandate.id")


class Status(Base):
    """A status an organisation holds by decision of an authority (ZHO, ZInvO, ZNOrg, ZProst)."""

    __tablename__ = "status"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[StatusKind] = mapped_column(Word(StatusKind))
    field: Mapped[str | None] = mapped_column(String(200))
    decision_number: Mapped[str] = mapped_column(String(60))
    decided_on: Mapped[datetime.date]
    valid_to: Mapped[datetime.date | None]
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    ended_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    organisation: Mapped[Organisation] = relationship(back_populates="statuses")
    evidence: Mapped[StoredFile | None] = relationship()


class Representative(Base):
    """A person the register names as representing the organisation."""

    __tablename__ = "representative"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    function: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[datetime.date]
    valid_to: Mapped[datetime.date | None]
    organisation: Mapped[Organisation] = relationship(back_populates="representatives")


class Mandate(Base):
    """The right of a person to act for an organisation, from its evidence, while it is valid (ZUP 53–57)."""

    __tablename__ = "mandate"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    kind: Mapped[MandateKind] = mapped_column(Word(MandateKind))
    valid_from: Mapped[datetime.date]
    valid_to: Mapped[datetime.date | None]
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    created_at: Mapped[datetime.datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    organisation: Mapped[Organisation] = relationship(back_populates="mandates")
    user: Mapped[User] = relationship()
    evidence: Mapped[StoredFile | None] = relationship()


class MandateOffer(Base):
    """A mandate that its holder offers to a person by e-mail; it is given when that person accepts it.

    Whether the address has an account stays unknown to the one who offers.
    """

    __tablename__ = "mandate_offer"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    valid_from: Mapped[datetime.date]
    valid_to: Mapped[datetime.date | None]
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    offered_at: Mapped[datetime.datetime] = mapped_column(Instant)
    offered_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    settled_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    accepted: Mapped[bool | None]
    organisation: Mapped[Organisation] = relationship()
    offerer: Mapped[User] = relationship()
    evidence: Mapped[StoredFile | None] = relationship()


class MandateClaim(Base):
    """A person says, with evidence, that they may act for an organisation already entered; an official decides."""

    __tablename__ = "mandate_claim"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    kind: Mapped[MandateKind] = mapped_column(Word(MandateKind))
    valid_from: Mapped[datetime.date]
    valid_to: Mapped[datetime.date | None]
    evidence_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    claimed_at: Mapped[datetime.datetime] = mapped_column(Instant)
    settled_at: Mapped[datetime.datetime | None] = mapped_column(Instant)
    confirmed: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    organisation: Mapped[Organisation] = relationship()
    user: Mapped[User] = relationship()
    evidence: Mapped[StoredFile] = relationship()


class RegisterEntry(Base):
    """A line of the imported business register, for filling in by registration number."""

    __tablename__ = "register_entry"

    registration_number: Mapped[str] = mapped_column(String(10), primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    address: Mapped[str] = mapped_column(String(300))
    legal_form: Mapped[str] = mapped_column(String(200))
    tax_number: Mapped[str | None] = mapped_column(String(8))
    imported_at: Mapped[datetime.datetime] = mapped_column(Instant)


class Functionary(Base):
    """A municipal functionary and the organisation they reported (ZIntPK 35), for hints of conflicts."""

    __tablename__ = "functionary"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    function: Mapped[str] = mapped_column(String(200))
    registration_number: Mapped[str | None] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text, default="")
