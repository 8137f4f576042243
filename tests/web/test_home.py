"""The first page after signing in says to each role what to do now, and leads there."""

from __future__ import annotations

import pytest

from razpis.procedure.states import CallState
from tests import queries
from tests.web.page import Page
from tests.world import Visitors, World

pytestmark = pytest.mark.slow

FIRST = {
    "sektor@zgled.si": "Dokončajte osnutek",
    "podpis@zgled.si": "Preglejte in potrdite ali vrnite",
    "vlozisce@zgled.si": "Vpisujte vloge na papirju",
    "predsednica@zgled.si": "Podajte izjave o nasprotju interesov: ZGLED-41001/2026",
    "clan@zgled.si": "Razpis še sprejema vloge, komisija počaka na rok",
    "revizija@zgled.si": "Dnevnik postopka",
    "skrbnik@zgled.si": "Računi in uradne vloge oseb",
    "zupan@zgled.si": "Zdaj vam ni treba storiti ničesar",
    "drustvo@zgled.si": "Dokončajte vlogo",
    "p-03@zgled.si": "Razpis je odprt",
    "p-02@zgled.si": "Oddano, ni vam treba storiti ničesar",
    "novo@zgled.si": "Vpišite organizacijo",
}


@pytest.mark.parametrize(("email", "words"), FIRST.items())
def test_everyone_is_told_what_to_do_and_every_link_opens(visitors: Visitors, email: str, words: str) -> None:
    client = visitors(email)
    page = Page(client.get("/zacetek").text)
    assert words in page.text
    for text, address in page.links.items():
        if address.startswith("/") and not address.startswith("/static"):
            assert client.get(address, follow_redirects=True).status_code == 200, (text, address)


def test_the_number_of_queries_does_not_grow_with_calls(visitors: Visitors) -> None:
    client = visitors("sektor@zgled.si")
    with visitors.app.app_context(), queries.counted() as sent:
        client.get("/zacetek")
    assert len([one for one in sent if one.startswith("SELECT")]) <= 16


def test_the_page_of_a_call_leads_to_what_comes_next_or_says_with_whom_it_is(visitors: Visitors, world: World) -> None:
    of = world.ids["states"]
    officer, signatory = (visitors(one) for one in ("sektor@zgled.si", "podpis@zgled.si"))
    deciding = Page(officer.get(f"/vodenje/razpisi/{of[CallState.DECIDING]}").text)
    assert deciding.links["Vpišite vročitve odločitev"] == f"/odlocbe/{of[CallState.DECIDING]}/vrocanje"
    proposed = Page(signatory.get(f"/vodenje/razpisi/{of[CallState.PROPOSED]}").text)
    assert proposed.links["Odločite o predlogu komisije"] == "/predlogi/"
    checking = Page(officer.get(f"/vodenje/razpisi/{of[CallState.CHECKING]}").text)
    assert "Preizkus vlog. Pri komisiji: preizkus vlog." in checking.text


def test_what_waits_for_a_deadline_is_not_told_as_ones_own_to_do(visitors: Visitors) -> None:
    told = Page(visitors("clan@zgled.si").get("/zacetek").text).text
    assert told.index("Ocenite vloge") < told.index("Čaka na druge") < told.index("Razpis še sprejema vloge")


def test_where_no_sitting_runs_nothing_is_offered_to_be_decided(visitors: Visitors, world: World) -> None:
    worked = world.ids["worked"][CallState.CHECKING]
    call = world.ids["states"][CallState.CHECKING]
    president = visitors("predsednica@zgled.si")
    page = Page(president.get(f"/komisija/{call}/preizkus/{worked['key']}").text)
    assert page.links["Seje komisije"] == f"/komisija/{call}/seje/"
    assert "Upravičena oseba" not in page.text
    refused = president.post(
        f"/komisija/{call}/preizkus/{worked['key']}", data={"decision": "entitled", "ground": "Vpisano."}
    )
    assert (refused.status_code, "Vpisano." in refused.text) == (409, True)
