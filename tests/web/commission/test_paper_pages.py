"""Pages of the registry and the office: supplements that came on paper, and the office's calendar."""

from __future__ import annotations

from flask import Flask

from tests import commission_made as made
from tests.databases import Clock
from tests.web.commission.test_check_pages import asked, client
from tests.web.page import Page


def test_the_registry_types_in_a_supplement_that_came_by_post(app: Flask, clock: Clock) -> None:
    call = asked(app, clock)
    clock.forward(days=1)
    registry = client(app, call.registry)
    arrivals = Page(registry.get("/vrocitve/dopolnitve").text)
    address = next(link for link in arrivals.links.values() if link.endswith("/dopolnitev"))
    shown = registry.get(address).text
    assert ("Pismo ni podpisano." in shown, "»Vpiši dopolnitev«" in shown, "»Shrani«" in shown) == (True, True, False)
    day = clock().strftime("%Y-%m-%d")
    sent = {"channel": "registered_post", "arrived_on": day, "arrived_hour": "9.30", "a-members": "44"}
    sent |= {"rows-costs": "1", "a-costs-0-what": "najem", "a-costs-0-amount": "900"}
    without = registry.post(address, data=sent)
    assert (without.status_code, "Vpišite dan s poštnega žiga." in without.text) == (422, True)
    assert 'value="44"' in without.text
    filed = registry.post(address, data=sent | {"posted_on": day})
    assert (filed.status_code, filed.location) == (302, "/vrocitve/dopolnitve")
    president = client(app, call.president)
    told = president.get(f"/komisija/{call.call}/preizkus/kljuc000").text
    assert "Odgovor prejet" in told


def test_the_office_enters_its_calendar_and_others_read_it(app: Flask, clock: Clock) -> None:
    call = asked(app, clock)
    with app.app_context():
        made.let_in(call.officer)
    officer, registry = client(app, call.officer), client(app, call.registry)
    sent = {"day": "16. 3. 2026", "reason": "Sklep župana 2026-4"}
    assert registry.post("/koledar-organa/nov-dan", data=sent).status_code == 403
    assert officer.post("/koledar-organa/nov-dan", data=sent).status_code == 302
    again = officer.post("/koledar-organa/nov-dan", data=sent)
    assert (again.status_code, "Ta dan je že vpisan." in again.text) == (422, True)
    law = {"first": "2026-04-01", "last": "2026-04-10", "article": "Zgled zakona, 3. člen"}
    assert officer.post("/koledar-organa/nov-zastoj", data=law).status_code == 302
    listed = registry.get("/koledar-organa/").text
    assert ["Sklep župana 2026-4" in listed, "Zgled zakona, 3. člen" in listed, "Umakni" in listed] == [
        True,
        True,
        False,
    ]
    assert officer.post("/koledar-organa/dnevi/1/umik").status_code == 302
    assert officer.post("/koledar-organa/zastoji/1/umik").status_code == 302
    assert "Umakni" not in officer.get("/koledar-organa/").text
