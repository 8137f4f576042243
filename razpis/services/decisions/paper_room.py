"""Where papers of a call are made: the call with its settings, and the list of what a paper still lacks."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from razpis.documents import act as document
from razpis.documents.decision import Decision, LegalRemedy, RemedyKind, Signer
from razpis.documents.fonts import MissingGlyphError, drawable
from razpis.engine.problems import Text
from razpis.engine.rulebook import Rulebook
from razpis.models.calls import Call
from razpis.procedure.acts import Kind
from razpis.procedure.deadlines import local_time
from razpis.procedure.parameter_kinds import Key, Unit
from razpis.procedure.parameters import Parameter, find
from razpis.services.calls import call_rules, parameters
from razpis.services.decisions import terms
from razpis.services.decisions.terms import REQUIRED, Terms

HEADING = ("authority", "address", "place", "legal_basis", "issued_name", "issued_title")
REMEDY = ("remedy_days", "lodged_with")


class Lacking(Exception):
    """The paper cannot be made; ``problems`` is everything it lacks."""

    def __init__(self, problems: tuple[Text, ...]) -> None:
        super().__init__("; ".join(one.sl for one in problems))
        self.problems = problems


@dataclass(slots=True)
class Gaps:
    """What a paper lacks, gathered while it is filled."""

    found: list[Text] = field(default_factory=list)

    def text(self, value: str | None, sl: str, en: str) -> str:
        """The value; where it is blank, ``sl`` is what is missing."""
        if not value or not value.strip():
            self.add(f"manjka {sl}", f"missing: {en}")
            return ""
        return value.strip()

    def add(self, sl: str, en: str) -> None:
        """Something is missing or wrong."""
        self.found.append(Text(sl, en))


@dataclass(frozen=True, slots=True)
class Room:
    """A call with what its papers need: rules (none where they have faults), settings, parameters, the day."""

    call: Call
    rulebook: Rulebook | None
    terms: Terms | None
    own: tuple[Parameter, ...]
    now: datetime.datetime

    @property
    def today(self) -> datetime.date:
        """The day in Slovenia."""
        return local_time(self.now).date()

    def act(
        self, gaps: Gaps, subject: str, body: document.Body, number: str, day: datetime.date, **more: Any
    ) -> document.Act:
        """The act with its heading and signers. Raises :class:`Lacking` with everything that is missing."""
        used, frame = self._settings(gaps)
        if gaps.found:
            raise Lacking(tuple(gaps.found))
        heading = document.Heading(frame["authority"], frame["call"], used.case or self.call.reference, number, day)
        signed = {"led_by": frame["led_by"], "issued_by": frame["issued_by"]} | more
        made = document.Act(heading, subject, body, **signed)
        try:
            drawable(made, str)
        except MissingGlyphError as error:
            raise Lacking(glyphs(error)) from None
        return made

    def remedy(self, gaps: Gaps) -> LegalRemedy:
        """The legal remedy of the call, as decisions word it."""
        used = self.terms or Terms()
        for key in REMEDY:
            if not getattr(used, key):
                gaps.add("manjka " + REQUIRED[key].sl, "missing: " + REQUIRED[key].en)
        if used.remedy == "appeal" and not used.addressed_to:
            gaps.add("manjka, komu je naslovljena pritožba", "missing: to whom the appeal is addressed")
        kind = RemedyKind(used.remedy)
        return LegalRemedy(kind, used.remedy_days, used.lodged_with, used.addressed_to, used.fee)

    def parameter(self, key: Key) -> Parameter:
        """A legal parameter of the call."""
        return find(self.own, key)

    def within(self, key: Key) -> str:
        """A period after »v«: ``8 delovnih dneh``."""
        one = self.parameter(key)
        return in_days(int(one.value), one.unit)

    def _settings(self, gaps: Gaps) -> tuple[Terms, Mapping[str, Any]]:
        if self.rulebook is None or self.terms is None:
            gaps.add("pravila razpisa imajo napake", "the rules of the call have faults")
            return Terms(), {}
        for key in HEADING:
            if not getattr(self.terms, key):
                gaps.add("manjka " + REQUIRED[key].sl, "missing: " + REQUIRED[key].en)
        return self.terms, terms.frame(self.call, self.terms)


Make = Callable[[], document.Act | Decision]


@dataclass(frozen=True, slots=True)
class Draft:
    """One paper of a call: ``which`` tells those of a kind apart, ``about`` says of what or whom it is.

    ``application`` is the number (of the row) of the application it is about; ``inside``: it tells of content or
    ``later`` says why it cannot be there yet; otherwise ``make`` gives it, or it is issued and read elsewhere.
    """

    kind: Kind
    which: str
    about: str
    make: Make | None
    later: Text | None = None
    application: int | None = None
    people: tuple[int, ...] = ()


def room_of(call: Call, now: datetime.datetime) -> Room:
    """The call with its settings as they stand."""
    rulebook = call_rules.readable(call.rulebook)
    used = None if rulebook is None else terms.of_call(call)
    return Room(call, rulebook, used, parameters.of_call(call), now)


def later(kind: Kind, sl: str, en: str) -> Draft:
    """A paper that cannot be there yet, and why."""
    return Draft(kind, "", "", None, Text(sl, en))


def moment(at: datetime.datetime | None) -> str:
    """``20. 3. 2026 ob 12.00`` by the clocks in Slovenia, or nothing."""
    return "" if at is None else f"{local_time(at):%-d. %-m. %Y ob %H.%M}"


def day_of(at: datetime.datetime | datetime.date | None) -> str:
    """``20. 3. 2026``, or nothing."""
    if at is None:
        return ""
    day = local_time(at).date() if isinstance(at, datetime.datetime) else at
    return f"{day.day}. {day.month}. {day.year}"


def in_days(count: int, unit: Unit) -> str:
    """A period after »v«: ``1 dnevu``, ``8 dneh``, ``5 delovnih dneh``."""
    one = count % 100 == 1
    if unit is Unit.WORKING_DAYS:
        return f"{count} delovnem dnevu" if one else f"{count} delovnih dneh"
    return f"{count} dnevu" if one else f"{count} dneh"


def signer(name: str, function: str, at: datetime.datetime | None) -> Signer:
    """Somebody who confirmed a record in the program, or has not yet."""
    when = f"podpisano v programu {moment(at)}" if at is not None else "še ni podpisano"
    return Signer("", name, f"{function}; {when}" if function else when)


def glyphs(error: MissingGlyphError) -> tuple[Text, ...]:
    """The signs that the documents' font cannot draw, each once."""
    return tuple(_glyph(one) for one in dict.fromkeys(one.character for one in error.missing))


def _glyph(character: str) -> Text:
    return Text(
        f"znaka »{character}« (U+{ord(character):04X}) ni v pisavi dokumentov; zamenjajte ga v besedilu",
        f"the sign '{character}' (U+{ord(character):04X}) is not in the font of documents; replace it in the text",
    )
