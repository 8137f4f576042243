"""The demonstration's commission at work: it declares, opens, checks, marks and proposes, by the services."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import select

from razpis.models.applications import Application
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.sittings import Minutes
from razpis.procedure.deadlines import local_time
from razpis.procedure.serving import Manner
from razpis.procedure.sittings import SittingKind
from razpis.procedure.states import ApplicationState
from razpis.services.actor import Actor
from razpis.services.examination import checks, findings, minutes, opening, serving, supplements
from razpis.services.examination.serving import Papers
from razpis.services.files import Store
from razpis.services.marking import agreeing, draws, mark_locks, marking
from razpis.services.marking.marking import Typed
from razpis.services.proposing import proposals, runs
from razpis.services.sitting import declarations, sittings
from razpis.services.sitting.declarations import Said
from razpis.services.sitting.sittings import Beginning

ARTICLE = "9. člen zgleda pravilnika (izmišljen)"
Acting = Callable[[str, datetime.datetime], Actor]


class Commission:
    """The commission of one call; ``now`` moves on as it works. The first of ``members`` is the president."""

    def __init__(self, call: int, members: Sequence[str], acting: Acting, now: datetime.datetime, site: str) -> None:
        self.call, self.members, self._acting, self.now, self._site = call, members, acting, now, site

    def _link(self, key: str) -> str:
        return f"{self._site}/vloge/{key}/dopolnitev"

    def opens(self) -> None:
        """Everyone declares, the applications are opened in the order received, the minutes are signed."""
        nothing = {one.id: Said() for one in declarations.filed(self.call)}
        for email in self.members:
            declarations.declare(self._as(email), self.call, nothing, True, self._later())
        sitting = self._sits(SittingKind.OPENING)
        opening.open_applications(self._president, self.call, [one.id for one in self._line()], self._later())
        self._rises(sitting)
        opening.finish(self._president, self.call, self._later())

    def checks(self, unsigned: str | None = None) -> None:
        """Every application is by an entitled person, complete, its facts confirmed, its conditions met; the one with
        the key ``unsigned`` lacks a signature and its applicant is asked for it. Late ones are not opened at all."""
        sitting = self._sits(SittingKind.CHECKING)
        for application in self._line():
            if application.state is ApplicationState.LATE:
                continue
            checks.entitled(
                self._president, application.id, True, "Vpisana v register društev.", ARTICLE, self._later()
            )
            if application.key == unsigned:
                asked = {"statement_signed": "Izjave ni podpisal zakoniti zastopnik; vložite jo z njegovim podpisom."}
                supplements.ask(self._president, application.id, asked, self._later(), self._link, list(asked))
                continue
            checks.complete(self._president, application.id, self._later())
            left = findings.unconfirmed(application)
            findings.confirm(self._president, application.id, left, self._later())
            checks.admit(self._president, application.id, self._later())
        self._rises(sitting)
        if unsigned is None:
            self.scores()

    def asks_in_vain(self, registry: str, store: Store) -> None:
        """The request to supplement is served, nothing comes in time, scoring begins."""
        (asked,) = supplements.of_call(self.call, self.now)
        day = local_time(self.now).date() + datetime.timedelta(days=2)
        served = Papers(Manner.POST, "na naslov prijavitelja", local_time(self.now).date(), None, day)
        self.now += datetime.timedelta(days=3)
        serving.record(self._as(registry), asked.request.id, served, self._later(), store)
        self.now += datetime.timedelta(days=10)
        supplements.lapse_due(self._later())
        self.scores()

    def scores(self) -> None:
        """Scoring begins."""
        checks.start_scoring(self._president, self.call, self._later())

    def marks(self, source: Path, named: Sequence[tuple[str, str]], whole: bool = True) -> None:
        """Every member marks as the table says: by the application's programme, the member's name there.

        Not ``whole``: only the first member has begun. The seed of draws is fixed before anyone marks.
        """
        draws.fix(self._president, self.call, "ZGLED-2026-05-04", "zapisnik o odpiranju (zgled)", self._later())
        rows, keys = _rows(source), dict(named)
        names = list(dict.fromkeys(row["member"] for row in rows if row["member"] != "agreed"))
        for email, name in list(zip(self.members, names, strict=False))[: None if whole else 1]:
            entries: dict[str, dict[str, Typed]] = {}
            for row in rows:
                if row["member"] == name and row["application"] in keys:
                    mark = Typed(row["points"].replace(".", ","), row["reason"], 0)
                    entries.setdefault(keys[row["application"]], {})[row["criterion"]] = mark
            marking.save(self._as(email), self.call, entries, self._later())
            if whole:
                mark_locks.lock_own(self._as(email), self.call, list(entries), self._later())

    def proposes(self, source: Path, named: Sequence[tuple[str, str]]) -> None:
        """The round is locked; at one sitting what differs too much is agreed on as the table says, the result is
        computed and the proposal signed; then it is handed over."""
        mark_locks.lock_round(self._president, self.call, self._later())
        sitting = self._sits(SittingKind.PROPOSING)
        said = {(row["application"], row["criterion"]): row for row in _rows(source) if row["member"] == "agreed"}
        ids = {key: id_ for id_, key in named}
        for question in agreeing.questions(self._president, self.call, self._later()):
            key, row = question.application.key, said[ids[question.application.key], question.criterion]
            reason = f"Po razpravi na seji: {row['reason'].partition(': ')[2]}"
            agreeing.agree(self._president, self.call, key, question.criterion, row["points"], reason, self._later())
        run = runs.compute(self._president, self.call, self._later())
        number = proposals.prepare(self._president, self.call, run, self._later())
        for email in self.members:
            proposals.sign(self._as(email), self.call, number, "", self._later())
        self._rises(sitting)
        proposals.submit(self._president, self.call, number, self._later())

    @property
    def _president(self) -> Actor:
        return self._as(self.members[0])

    def _as(self, email: str) -> Actor:
        return self._acting(email, self.now)

    def _later(self) -> datetime.datetime:
        self.now += datetime.timedelta(minutes=1)
        return self.now

    def _line(self) -> Sequence[Application]:
        """Applications in the order received."""
        query = select(Application).where(Application.call_id == self.call, Application.number.is_not(None))
        return db.session.scalars(
            query.where(Application.state != ApplicationState.WITHDRAWN).order_by(Application.number)
        ).all()

    def _sits(self, kind: SittingKind) -> int:
        seats = [seat.user_id for seat in db.session.get_one(Call, self.call).seats]
        return sittings.start(self._president, self.call, Beginning(kind, "Maribor", seats), self._later())

    def _rises(self, sitting: int) -> None:
        sittings.end(self._president, self.call, self._later())
        drafted = minutes.draft(self._president, sitting, "", self._later()).id
        for email in self.members:
            sha256 = db.session.get_one(Minutes, drafted).sha256
            minutes.sign(self._as(email), drafted, sha256, self._later())


def _rows(source: Path) -> list[dict[str, str]]:
    """The lines of a table of marks."""
    with source.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))
