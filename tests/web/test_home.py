"""The first page after signing in says to each role what to do now, and leads there."""

from __future__ import annotations

import pytest

from tests import queries
from tests.web.page import Page
from tests.world import Visitors

pytestmark = pytest.mark.slow

FIRST = {
    "sektor@zgled.si": "Dokončajte osnutek",
    "podpis@zgled.si": "Preglejte in potrdite ali vrnite",
    "vlozisce@zgled.si": "Vpisujte vloge na papirju",
    "predsednica@zgled.si": "Izjavite se o nasprotju interesov: ZGLED-41001/2026",
    "clan@zgled.si": "Razpis še sprejema vloge, komisija počaka na rok",
    "revizija@zgled.si": "Dnevnik postopka",
    "skrbnik@zgled.si": "Računi in vloge ljudi",
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
