"""The pages of remedies: which decisions are final, what was lodged, the end, the list that says it is final."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from razpis.services.decisions import publishing_results
from razpis.web import access
from tests import decisions_made, marking_made
from tests.databases import Clock
from tests.marking_made import person
from tests.web.sector.test_releases import Desk

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


ANNULLED = {
    "body": "župan Občine Zgled",
    "reference": "P-1/2026",
    "decided_on": "5. 3. 2026",
    "follows": "renewed",
    "instructions": "Pojasniti je treba točke.",
}


@pytest.fixture
def desk(app: Flask, clock: Clock) -> Desk:
    made = Desk(app, clock)
    with app.app_context():
        decisions_made.issued(clock, made.made, access.store())
        decisions_made.served(clock, made.made, access.store(), date(2026, 3, 5))
    assert made.officer.post("/odlocbe/1/zakljucek").status_code == 302
    return made


def seen(desk: Desk) -> str:
    """The hash of what would be published now."""
    with desk.app.app_context():
        return publishing_results.desk(person(desk.clock, desk.made.officer), desk.made.call).sha256


def test_to_the_end_of_remedies_and_a_final_list(desk: Desk) -> None:
    desk.officer.post("/objava-rezultatov/1/objava", data={"seen": seen(desk)})
    assert "ni dokončno" in desk.said(desk.officer, "/objava-rezultatov/1")
    assert "Zapišite pravna sredstva in jih zaključite" in desk.said(desk.officer, "/zacetek")
    told = desk.said(desk.officer, "/pravna-sredstva/1")
    assert "Število odločitev 3 Dokončnih 0 Zadnji znani dan 20. marec 2026" in told
    assert "Zapiši, da ni bilo vloženo nič" not in told
    assert "Ni odločitve, pri kateri bi rok potekel" in desk.said(desk.officer, "/pravna-sredstva/1/brez")
    assert "Pravnih sredstev še ni mogoče zaključiti" in desk.said(desk.officer, "/pravna-sredstva/1/konec")
    assert desk.officer.post("/pravna-sredstva/1/konec").status_code == 409
    desk.clock.forward(days=16)
    desk.officer = desk.browser(desk.made.officer)
    assert "rok do 20. 3. 2026" in desk.said(desk.officer, "/pravna-sredstva/1/brez")
    assert desk.officer.post("/pravna-sredstva/1/brez").location == "/pravna-sredstva/1"
    told = desk.said(desk.officer, "/pravna-sredstva/1")
    assert "Zapisano za 3 odločitve." in told
    assert "21. marec 2026" in told
    assert "Vse odločitve so dokončne." in desk.said(desk.officer, "/pravna-sredstva/1/konec")
    assert desk.officer.post("/pravna-sredstva/1/konec").location == "/objava-rezultatov/1"
    assert "Objavite dokončne rezultate" in desk.said(desk.officer, "/zacetek")
    assert "Vse odločitve so dokončne.</textarea>" in desk.officer.get("/objava-rezultatov/1/objava").text
    sent = {"seen": seen(desk), "reason": "Vse odločitve so dokončne."}
    assert desk.officer.post("/objava-rezultatov/1/objava", data=sent).status_code == 302
    last = desk.app.test_client().get("/razpisi/1/izid").text
    assert ("Vse odločitve so dokončne." in last, "Ni dokončno" in last) == (True, False)


def test_a_decision_is_annulled_by_the_signatory(desk: Desk) -> None:
    with desk.app.app_context():
        key = desk.acts()[0].key
    address = f"/pravna-sredstva/1/odlocitev/{key}"
    assert "Odprava se zapiše pri odločitvi" in desk.said(desk.signatory, f"{address}/razveljavitev")
    upheld = {"kind": "appeal", "lodged_on": "5. 3. 2026", "outcome": "upheld", "ended_on": "5. 3. 2026"}
    desk.officer.post(address, data=upheld | {"reference": "P-1/2026", "seen": "0"})
    assert "Zapiši odpravo" in desk.said(desk.signatory, "/pravna-sredstva/1")
    assert 'value="P-1/2026"' in desk.signatory.get(f"{address}/razveljavitev").text
    sent = ANNULLED | {"basis": "odločba P-1/2026", "reason": "Pritožbi je ugodeno."}
    wrong = desk.signatory.post(f"{address}/razveljavitev", data=sent | {"basis": "P", "follows": ""})
    assert (wrong.status_code, "Izpolnite to polje." in wrong.text, "Pojasniti je" in wrong.text) == (422, True, True)
    wrong = desk.signatory.post(f"{address}/razveljavitev", data=sent | {"basis": "P"})
    assert (wrong.status_code, "Napišite od 5 do 500 znakov." in wrong.text) == (422, True)
    assert desk.signatory.post(f"{address}/razveljavitev", data=sent).location == "/ponovno-odlocanje/1"
    told = desk.said(desk.signatory, "/pravna-sredstva/1")
    assert "Brez veljavne odločitve Vloge št. 1." in told
    assert "Odpravljene odločitve 41001-7/2026-5 (čaka na novo odločitev)." in told
    told = desk.app.test_client().get(f"/preverjanje/{key}").text
    assert "Pritožbi je ugodeno. Podlaga: odločba P-1/2026." in told


def test_an_appeal_is_recorded_and_what_is_wrong_stays_on_the_page(desk: Desk) -> None:
    with desk.app.app_context():
        key = desk.acts()[0].key
    address = f"/pravna-sredstva/1/odlocitev/{key}"
    wrong = desk.officer.post(address, data={"kind": "appeal", "outcome": "rejected", "seen": "0", "reference": ""})
    assert (wrong.status_code, "Vpišite dan." in wrong.text, "Vpišite številko akta" in wrong.text) == (422, True, True)
    early = desk.officer.post(address, data={"kind": "none", "seen": "0"})
    assert (early.status_code, "Rok še teče, do vključno 20. 3. 2026." in early.text) == (422, True)
    lodged = {"kind": "appeal", "lodged_on": "5. 3. 2026", "outcome": "pending", "seen": "0"}
    assert desk.officer.post(address, data=lodged).location == "/pravna-sredstva/1"
    assert "pritožba, 5. marec 2026 še ni odločeno" in desk.said(desk.officer, "/pravna-sredstva/1")
    again = desk.officer.post(address, data=lodged)
    assert (again.status_code, "Nekdo je medtem nekaj zapisal." in again.text) == (409, True)
    assert "5. marec 2026, še ni odločeno" in desk.said(desk.officer, address)
    assert desk.officer.get("/pravna-sredstva/1/odlocitev/tuj").status_code == 404
    assert desk.signatory.get("/pravna-sredstva/1").status_code == 200
    with desk.app.app_context():
        assert marking_made.call(desk.made).state.value == "remedies"


def test_a_suit_after_an_appeal_has_a_record_of_its_own(desk: Desk) -> None:
    with desk.app.app_context():
        key = desk.acts()[0].key
    address = f"/pravna-sredstva/1/odlocitev/{key}"
    lodged = {"kind": "appeal", "lodged_on": "5. 3. 2026", "outcome": "pending", "seen": "0"}
    assert desk.officer.post(address, data=lodged).status_code == 302
    suit = {"kind": "lawsuit", "lodged_on": "5. 3. 2026", "outcome": "pending", "seen": "1"}
    early = desk.officer.post(address, data=suit)
    assert (early.status_code, "Najprej zapišite, kako se je končala pritožba" in early.text) == (422, True)
    assert "Zapiši tožbo" not in desk.said(desk.officer, "/pravna-sredstva/1")
    rejected = lodged | {"outcome": "rejected", "ended_on": "5. 3. 2026", "reference": "P-1/2026", "seen": "1"}
    assert desk.officer.post(address, data=rejected).status_code == 302
    assert "Zapiši tožbo" in desk.said(desk.officer, "/pravna-sredstva/1")
    blank, known = desk.officer.get(f"{address}?novo=lawsuit").text, desk.officer.get(address).text
    assert ('value="P-1/2026"' in blank, 'value="P-1/2026"' in known) == (False, True)
    assert ('<input checked id="kind-2" name="kind" required type="radio" value="lawsuit">' in blank) is True
    assert desk.officer.post(f"{address}?novo=lawsuit", data=suit | {"seen": "2"}).location == "/pravna-sredstva/1"
    told = desk.said(desk.officer, "/pravna-sredstva/1")
    assert "zavrnjeno, 5. marec 2026 tožba v upravnem sporu, 5. marec 2026 še ni odločeno" in told
    assert "Zapiši tožbo" not in told
