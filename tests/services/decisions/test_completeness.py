"""No decision while anything is missing anywhere: the whole set says all of it at once."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from razpis.exports.evaluation_json import evaluation_json
from razpis.models.base import db
from razpis.models.calls import Call
from razpis.models.checking import FormalCheck, ServiceRecord, SupplementItem, SupplementRequest
from razpis.models.evaluations import EvaluationRun, Proposal
from razpis.models.marking import MemberMark
from razpis.models.organisations import Organisation
from razpis.services.decisions import completeness, releases, terms
from razpis.services.decisions.terms import Terms
from razpis.services.errors import Forbidden, Invalid, Refused, Stale
from razpis.services.marking import material
from tests import decisions_made as made
from tests import marking_made
from tests.commission_made import Made
from tests.databases import Clock
from tests.marking_made import person


def gaps(clock: Clock, call: Made) -> list[tuple[str, str, int | None]]:
    found = completeness.examine(marking_made.call(call), clock())
    return [(gap.where.value, gap.text.sl, gap.application) for gap in found.gaps]


def refused(clock: Clock, call: Made, words: str) -> None:
    """The page says it, and the command refuses because of it."""
    assert [text for _, text, _ in gaps(clock, call) if words in text]
    with pytest.raises(Refused) as error:
        made.drafted(clock, call)
    assert words in error.value.text.sl
    db.session.rollback()


def test_nothing_is_missing_and_every_ground_has_its_act(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.deciding(clock, made.NO_MORE, left_out=("late", "ineligible", "incomplete", "condition_failed"))
        found = completeness.examine(marking_made.call(call), clock())
        assert found.gaps == []
        told = {one.application.number: one.facts.content["decision"] for one in found.drafts}
        assert {number: one["outcome"] for number, one in told.items()} == {
            1: "granted",
            2: "no_money",
            3: "below_threshold",
            4: "dismissed",
            5: "dismissed",
            6: "dismissed",
            7: "condition_failed",
        }
        said = {
            number: [text.replace("\u00a0", " ") for text in one["refusal_reasons"]] for number, one in told.items()
        }
        assert said[4] == [
            "Rok za oddajo vlog se je iztekel 2. 3. 2026 ob 12.00, vloga št. 4 pa je bila oddana prek portala 1. 3. "
            "2026 ob 12.00.00. Zato je prepozna (5. člen pravilnika).",
            "Rok za oddajo je za vse prijavitelje enak in ga ni mogoče podaljšati. Prepozna vloga se ne odpre in se "
            "zavrže, ne da bi bila obravnavana po vsebini.",
        ]
        assert [told[number]["programme_title"] for number in (4, 6)] == ["", "Program 5"]
        assert said[6][1] == (
            "Poziv je bil vročen 5. 3. 2026, rok za dopolnitev se je iztekel 13. 3. 2026. Prijavitelj v tem roku "
            "dopolnitve ni vložil. Komisija je ugotovila: ugotovljeno: incomplete."
        )
        assert told[7]["refusal_reasons"] == ["Pogoj »Sedež je v občini« (3. člen) ni izpolnjen. Sedež: drugje."]
        assert told[1]["applicant"]["representative"] == "Zastopnica 0"
        assert {one.kind.value for one in found.drafts} == {"decision", "dismissal"}
        again = completeness.examine(marking_made.call(call), clock())
        assert again.sha256 == found.sha256


MISSING: tuple[tuple[dict[str, Any], str], ...] = (
    ({"authority": ""}, "manjka naziv organa"),
    ({"legal_basis": ()}, "manjka pravna podlaga (členi)"),
    ({"lodged_with": ""}, "manjka kje se vloži pravno sredstvo"),
    ({"addressed_to": ""}, "manjka, komu je naslovljena pritožba"),
    ({"issued_name": ""}, "manjka kdo akt izda (ime)"),
    ({"issued_title": ""}, "manjka kdo akt izda (funkcija)"),
    ({"serve": ()}, "manjka komu se akt vroči"),
    ({"remedy_days": 0}, "manjka rok za pravno sredstvo"),
    ({"remedy_days": 21}, "rok za pravno sredstvo je 21 dni, po pravnih parametrih razpisa pa 15"),
    ({"led_title": ""}, "manjka funkcija tistega, ki vodi postopek"),
    ({"case": ""}, "manjka številka zadeve"),
)


def test_each_missing_setting_stops_the_set(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.deciding(clock)
        whole = {name: getattr(terms.of_call(marking_made.call(call)), name) for name in Terms.__dataclass_fields__}
        for changes, words in MISSING:
            made.set_terms(clock, call, **(whole | changes))
            assert gaps(clock, call) == [("terms", words, None)]
        made.set_terms(clock, call, **(whole | {"authority": "", "case": "", "serve": ()}))
        assert len(gaps(clock, call)) == 3
        refused(clock, call, "manjka komu se akt vroči")
        made.set_terms(clock, call, **whole)
        assert gaps(clock, call) == []


def test_what_the_applications_lack(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.deciding(clock, left_out=("late",))
        db.session.execute(update(FormalCheck).values(ground="", article=""))
        first = db.session.scalars(select(Organisation).order_by(Organisation.id)).first()
        assert first is not None
        first.name, first.address = "Društvo 😀", " "
        db.session.commit()
        assert gaps(clock, call) == [
            ("organisation", "manjka naslov naslovnika", 1),
            ("line", "manjka razlog za zavrženje", 4),
            ("line", "manjka člen za zavrženje", 4),
        ]
        first.address = "Zgledna 1, 2000 Maribor"
        db.session.commit()
        assert gaps(clock, call)[0][:1] == ("line",)
        assert "U+1F600" in gaps(clock, call)[0][1]
        with pytest.raises(Refused, match="vloga 4: manjka razlog"):
            made.drafted(clock, call)


def test_a_dismissal_waits_for_the_service_of_its_request(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.deciding(clock, left_out=("incomplete",))
        assert gaps(clock, call) == []
        db.session.execute(delete(ServiceRecord))
        db.session.commit()
        assert gaps(clock, call) == [
            ("line", "manjka vročitev poziva", 4),
            ("line", "manjka konec roka za dopolnitev", 4),
        ]
        db.session.execute(delete(SupplementItem))
        db.session.execute(delete(SupplementRequest))
        db.session.commit()
        assert gaps(clock, call) == [("line", "prijavitelj ni bil pozvan k dopolnitvi", 4)]


def test_a_criterion_without_a_reason_stops_the_set(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.deciding(clock)
        db.session.execute(update(MemberMark).where(MemberMark.criterion == "quality").values(reason=" "))
        db.session.commit()
        refused(clock, call, "ni enak sprejetemu izidu")
        _compute_anew(call)
        assert gaps(clock, call) == [
            ("line", "merilo »Kakovost programa« nima konkretne obrazložitve", number) for number in (1, 2, 3)
        ]
        refused(clock, call, "merilo »Kakovost programa« nima konkretne obrazložitve")


def test_other_amounts_a_failing_certificate_and_too_much_money(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.deciding(clock)
        proposal = db.session.scalars(select(Proposal)).one()
        lines = [{**one, "cents": one["cents"] + (one["place"] == 1)} for one in proposal.report["lines"]]
        proposal.report = {**proposal.report, "lines": lines}
        db.session.commit()
        assert gaps(clock, call) == [("proposal", "znesek v izreku ni enak predlaganemu", 1)]
        run, found = proposal.run, marking_made.call(call)
        run.certified, found.budget_cents = False, 500_000
        db.session.commit()
        assert [text for _, text, _ in gaps(clock, call)] == [
            "potrdilo o izidu ne drži: ",
            "dodeljena sredstva presegajo razpoložljiva",
            "znesek v izreku ni enak predlaganemu",
        ]
        refused(clock, call, "potrdilo o izidu ne drži")


def test_settings_are_dated_and_somebody_elses_change_is_not_lost(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = made.deciding(clock)
        found = db.session.get_one(Call, call.call)
        assert terms.latest(call.call) is None
        assert (terms.of_call(found).act, terms.of_call(found).issued_title) == ("sklep", "direktor uprave")
        made.set_terms(clock, call, act="odlocba", fee="Taksa je 18,10 EUR.")
        made.set_terms(clock, call, issued_title="županja")
        last = terms.latest(call.call)
        assert last is not None
        assert (last.number, terms.of_call(found).act, terms.of_call(found).issued_title) == (2, "odlocba", "županja")
        with pytest.raises(Stale):
            terms.save(person(clock, call.officer), call.call, 1, terms.of_call(found), clock())
        db.session.rollback()
        with pytest.raises(Forbidden):
            terms.save(person(clock, call.signatory), call.call, 2, terms.of_call(found), clock())
        with pytest.raises(Invalid) as wrong:
            made.set_terms(clock, call, act="pismo", pattern="{serial}{case}", contract_days=91, units=("x" * 2001,))
        assert set(wrong.value.fields) == {"act", "pattern", "contract_days", "units"}
        db.session.rollback()
        made.drafted(clock, call)
        assert made.acts(call)[0].facts["decision"]["act"] == "ODLOČBA"


def test_no_decisions_before_the_proposal_is_accepted(app: Flask, clock: Clock) -> None:
    with app.app_context():
        call = marking_made.scoring(clock, 1, made.RULES)
        with pytest.raises(Refused, match="ko predstojnik sprejme predlog"):
            made.drafted(clock, call)
        assert releases.examined(person(clock, call.officer), call.call, clock()) is None


def _compute_anew(call: Made) -> None:
    """Put a new computation where the accepted one was, as nobody can by the services."""
    gathered = material.gather(marking_made.call(call))
    document = evaluation_json(material.evaluated(gathered), gathered.hashes)
    run = db.session.scalars(select(EvaluationRun)).one()
    run.document, run.sha256 = document.decode(), hashlib.sha256(document).hexdigest()
    db.session.commit()
