"""The applicant's pages: from starting an application on a phone to holding its receipt."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from razpis.models.base import db
from razpis.procedure.roles import Role
from tests import people, published
from tests.databases import Clock
from tests.people import signed_in
from tests.web.page import Page

ONLY_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
pytestmark = ONLY_SQLITE


@pytest.fixture
def call(app: Flask, clock: Clock) -> int:
    """A published call; Ana represents Društvo Žarek."""
    with app.app_context():
        made = published.call(people.user(clock, "urad@zgled.si", "Urad Zgled", Role.OFFICER))
        published.organisation(people.user(clock))
        number: int = made.id
        db.session.remove()
    return number


@pytest.fixture
def client(app: Flask, call: int) -> FlaskClient:
    return signed_in(app, "ana@zgled.si")


@pytest.fixture
def key(client: FlaskClient, call: int) -> str:
    """A started application."""
    response = client.post(f"/razpisi/{call}/prijava", data={"organisation": "1"})
    assert response.status_code == 302, response.text
    return response.location.rpartition("/")[2]


def page(client: FlaskClient, path: str, status: int = 200) -> Page:
    response = client.get(path)
    assert response.status_code == status, response.text
    return Page(response.text)


def filled(client: FlaskClient, path: str) -> dict[str, str]:
    """The hidden inputs of a page, as the browser would send them."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', client.get(path).text)
    return {name: value for name, value in found if name != "csrf_token"}


def save(
    client: FlaskClient, key: str, topic: str, typed: Mapping[str, Any], action: str = "next", **more: Any
) -> TestResponse:
    """Fill in a page and press a button; what is not typed stays as it was only for hidden inputs."""
    path = f"/vloge/{key}/podatki/{topic}"
    data: MultiDict[str, Any] = MultiDict(filled(client, path) | more)
    for name, value in typed.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    data["action"] = action
    return client.post(path, data=data, content_type="multipart/form-data")


US = {
    "a-name": "Društvo Žarek",
    "a-seat": "Glavni trg 1, 2000 Maribor",
    "a-registration": "1234567000",
    "a-head": "Ana Zgled",
    "a-members": "34",
    "a-founded": "4. 5. 2016",
    "a-status": "a",
}
WORK = {"a-programme": "Poletna šola", "a-signed": "true", "a-access": ["rampa", "zvok"]}
MONEY = {
    "rows-costs": "2",
    "a-requested": "1.234,50",
    "a-costs-0-item": "najem",
    "a-costs-0-price": "900",
    "a-costs-1-item": "material",
    "a-costs-1-price": "600,50",
}


def papers(content: bytes = published.PDF, name: str = "nacrt.pdf") -> dict[str, Any]:
    return {"a-plan": (io.BytesIO(content), name)}


def complete(client: FlaskClient, key: str) -> None:
    for topic, typed in (("us", US), ("work", WORK), ("money", MONEY), ("papers", papers())):
        response = save(client, key, topic, typed)
        assert response.status_code == 302, response.text


def submit(client: FlaskClient, key: str, **data: str) -> TestResponse:
    path = f"/vloge/{key}/pregled"
    return client.post(path, data=filled(client, path) | {"stated": "y"} | data)


def test_from_the_call_to_the_receipt(client: FlaskClient, key: str) -> None:
    tasks = page(client, f"/vloge/{key}")
    assert "manjka: Število članov, Datum vpisa v register, Status" in tasks.text
    assert "Društvo Žarek" in tasks.text
    complete(client, key)
    tasks = page(client, f"/vloge/{key}")
    assert tasks.text.count("popolno") == 4
    checked = page(client, f"/vloge/{key}/pregled")
    for said in ("Poletna šola", "rampa; zvok", "1.234,50 EUR", "nacrt.pdf", "1.500,50 EUR", "da"):
        assert said in checked.text
    response = submit(client, key)
    assert response.location == f"/vloge/{key}/oddaje/1", response.text
    receipt = page(client, response.location)
    assert "Vloga je oddana" in receipt.text
    assert "P-41001-1/2026-0001" in receipt.text
    pdf = client.get(f"/vloge/{key}/oddaje/1/potrdilo.pdf")
    assert (pdf.data[:5], pdf.headers["Content-Disposition"]) == (
        b"%PDF-",
        "attachment; filename=potrdilo-P-41001-1-2026-0001.pdf",
    )
    assert client.get(f"/vloge/{key}/oddaje/1/vsebina.json").get_json()["answers"]["members"] == "34"
    assert "P-41001-1/2026-0001" in page(client, "/vloge").text


def test_points_so_far_and_why(client: FlaskClient, key: str) -> None:
    rows = page(client, f"/vloge/{key}").rows()
    assert rows == [
        ["Število članov", "– / 20", "Manjka: Število članov, vredno do 20 točk."],
        ["Status organizacije", "– / 10", "Manjka: Status, vredno do 10 točk."],
        ["Kakovost", "– / 30", "Oceni komisija."],
    ]
    save(client, key, "us", US)
    rows = page(client, f"/vloge/{key}").rows()
    assert [row[:2] for row in rows] == [
        ["Število članov", "20 / 20"],
        ["Status organizacije", "10 / 10"],
        ["Kakovost", "– / 30"],
    ]
    assert "34" in rows[0][2]


def test_wrong_answers_stay_typed_and_right_ones_are_saved(client: FlaskClient, key: str) -> None:
    response = save(client, key, "us", US | {"a-members": "veliko", "a-founded": "31. 2. 2016"})
    assert response.status_code == 422
    assert 'value="veliko"' in response.text
    assert 'value="31. 2. 2016"' in response.text
    told = Page(response.text)
    assert "»veliko« ni celo število" in told.text
    assert "a-members" in [value for name, value in told.attributes if name == "id"]
    assert "Prvi status" in page(client, f"/vloge/{key}/pregled").text


def test_rows_are_added_and_removed_by_plain_buttons(client: FlaskClient, key: str) -> None:
    response = save(client, key, "money", MONEY, "add:costs")
    assert response.location == f"/vloge/{key}/podatki/money?rows-costs=3#a-costs"
    assert 'name="a-costs-2-item"' in client.get(response.location).text
    response = save(client, key, "money", MONEY, "drop:costs-0")
    assert response.location == f"/vloge/{key}/podatki/money"
    shown = page(client, response.location)
    assert "600,50 EUR" in shown.text
    assert save(client, key, "money", MONEY, "drop:members-0").status_code == 404
    assert save(client, key, "money", MONEY, "drop:costs").status_code == 404
    assert client.get(f"/vloge/{key}/podatki/ni-take").status_code == 404


def test_a_condition_that_fails_is_told_beside_the_money_and_does_not_block(client: FlaskClient, key: str) -> None:
    complete(client, key)
    save(client, key, "money", MONEY | {"a-requested": "9000"})
    for path in ("podatki/money", "pregled"):
        assert "Zaprošeni znesek ni višji od stroškov." in page(client, f"/vloge/{key}/{path}").text
    assert submit(client, key).status_code == 302


def test_two_tabs_without_a_script(client: FlaskClient, key: str) -> None:
    old = filled(client, f"/vloge/{key}/podatki/us")
    save(client, key, "us", US | {"a-members": "10"})
    path = f"/vloge/{key}/podatki/us"
    response = client.post(path, data=old | US | {"a-members": "20", "action": "next"})
    assert response.status_code == 409
    assert "V drugem oknu je medtem shranjeno: 10" in Page(response.text).text
    assert 'value="20"' in response.text
    seen = dict(re.findall(r'name="(seen-members)" value="([^"]*)"', response.text))
    theirs = client.post(path, data=old | US | seen | {"a-members": "20", "action": "theirs:members"})
    assert theirs.status_code == 302
    assert 'value="10"' in client.get(path).text
    mine = client.post(path, data=old | US | seen | {"a-members": "20", "action": "next"})
    assert mine.status_code == 302
    assert 'value="20"' in client.get(path).text


def test_a_script_saves_field_by_field(client: FlaskClient, key: str) -> None:
    seen = filled(client, f"/vloge/{key}/podatki/us")["seen-members"]
    address = f"/vloge/{key}/shrani"
    first = client.post(address, data={"seen-members": seen, "a-members": "10"})
    assert (first.status_code, first.get_json()["told"]) == (200, "Shranjeno ob 09.00.")
    wrong = client.post(address, data={"seen-members": first.get_json()["seen"]["members"], "a-members": "x"})
    assert (wrong.status_code, list(wrong.get_json()["faults"])) == (200, ["a-members"])
    second = client.post(address, data={"seen-members": seen, "a-members": "20"})
    assert second.status_code == 409
    assert "10" in second.get_json()["conflicts"]["members"]
    money = filled(client, f"/vloge/{key}/podatki/money")
    sums = client.post(address, data={"seen-costs": money["seen-costs"], **MONEY}).get_json()["sums"]
    assert sums == {"costs": {"price": "1.500,50\u00a0EUR"}}


def test_after_the_deadline_the_script_is_told_why(client: FlaskClient, key: str, clock: Clock) -> None:
    seen = filled(client, f"/vloge/{key}/podatki/us")["seen-members"]
    signed = clock.at
    clock.at = published.DEADLINE.replace(second=1)
    renewed = client.post("/prijava", data={"email": "ana@zgled.si", "password": people.PASSWORD})
    assert (renewed.status_code, signed < clock.at) == (302, True)
    late = client.post(f"/vloge/{key}/shrani", data={"seen-members": seen, "a-members": "10"})
    assert late.status_code == 409
    assert late.get_json()["told"].startswith("Rok za prijavo je potekel 20. 3. 2026 ob 12.00.00")
    assert "Rok za prijavo je potekel" in page(client, f"/vloge/{key}").text
    assert "disabled" in client.get(f"/vloge/{key}/podatki/us").text
    assert client.post(f"/vloge/{key}/podatki/us", data={"seen-members": seen, "a-members": "1"}).status_code == 409


def test_files_are_looked_at_kept_and_removed(client: FlaskClient, key: str) -> None:
    assert save(client, key, "papers", papers()).status_code == 302
    address = next(one for one in page(client, f"/vloge/{key}/podatki/papers").links.values() if "/priloge/" in one)
    inside, away = client.get(address), client.get(f"{address}?prenos=1")
    assert (inside.data, inside.headers["Content-Disposition"]) == (published.PDF, "inline; filename=nacrt.pdf")
    assert away.headers["Content-Disposition"] == "attachment; filename=nacrt.pdf"
    assert (inside.headers["X-Content-Type-Options"], inside.headers["Cache-Control"]) == ("nosniff", "no-store")
    file = address.rpartition("/")[2]
    assert save(client, key, "papers", {}, f"remove:{file}").status_code == 302
    assert "nacrt.pdf" not in page(client, f"/vloge/{key}/podatki/papers").text


def test_a_file_that_is_not_taken_is_told_by_its_field(client: FlaskClient, key: str) -> None:
    response = save(client, key, "papers", papers(b"MZ", "nacrt.pdf"))
    assert response.status_code == 422
    assert "Finančni načrt: Datoteka »nacrt.pdf«: Te vrste datotek ne sprejemamo" in Page(response.text).text
    large = upload(client, key, 10 * 1024 * 1024)
    assert (large.status_code, "večja od 10 MB" in large.text) == (422, True)
    assert upload(client, key, 53 * 1024 * 1024).status_code == 413


def upload(client: FlaskClient, key: str, size: int) -> TestResponse:
    """Send a large file as a browser does, without the copy on disk that the test client makes of a form."""
    head = '--x\r\nContent-Disposition: form-data; name="a-plan"; filename="nacrt.pdf"\r\n\r\n%PDF-'
    body = head.encode() + b"0" * size + b"\r\n--x--\r\n"
    return client.post(f"/vloge/{key}/podatki/papers", data=body, content_type="multipart/form-data; boundary=x")


def test_what_people_write_is_never_a_script(client: FlaskClient, key: str) -> None:
    hostile = published.HOSTILE
    save(client, key, "us", US | {"a-head": hostile})
    save(client, key, "work", WORK | {"a-programme": hostile, "a-summary": f"</textarea>{hostile}"})
    save(client, key, "money", MONEY | {"a-costs-0-item": hostile})
    save(client, key, "papers", papers(name=f"{hostile}.pdf"))
    for path in ("", "/podatki/us", "/podatki/work", "/podatki/money", "/podatki/papers", "/pregled"):
        assert "<script>alert" not in client.get(f"/vloge/{key}{path}").text
    assert submit(client, key).status_code == 302
    assert "<script>alert" not in client.get(f"/vloge/{key}/oddaje/1").text


@pytest.mark.parametrize(
    "path", ["", "/podatki/us", "/pregled", "/oddaje/1", "/oddaje/1/potrdilo.pdf", "/oddaje/1/vsebina.json", "/umik"]
)
def test_a_stranger_meets_no_application(app: Flask, clock: Clock, client: FlaskClient, key: str, path: str) -> None:
    with app.app_context():
        published.organisation(people.user(clock, "bor@zgled.si", "Bor Zgled"), "Zavod Čebelica", "7654321000")
        db.session.remove()
    stranger = signed_in(app, "bor@zgled.si")
    assert stranger.get(f"/vloge/{key}{path}").status_code == 404
    assert stranger.post(f"/vloge/{key}/shrani", data={}).status_code == 404
    assert app.test_client().get(f"/vloge/{key}{path}").status_code == 302


def test_filing_names_what_is_missing_and_asks_for_the_statement(client: FlaskClient, key: str) -> None:
    response = client.post(f"/vloge/{key}/pregled", data={"revision": "1", "stated": "y"})
    assert response.status_code == 422
    assert "nekaj manjka" in Page(response.text).text
    complete(client, key)
    assert submit(client, key, stated="").status_code == 422
    assert submit(client, key, revision="1").status_code == 409


def test_replaced_and_withdrawn(client: FlaskClient, key: str) -> None:
    complete(client, key)
    submit(client, key)
    save(client, key, "us", US | {"a-members": "50"})
    assert "Še vedno velja oddana vloga" in page(client, f"/vloge/{key}").text
    assert submit(client, key).location == f"/vloge/{key}/oddaje/2"
    assert "nadomestila" in page(client, f"/vloge/{key}/oddaje/1").text
    assert "ni mogoče preklicati" in page(client, f"/vloge/{key}/umik").text
    assert client.post(f"/vloge/{key}/umik").status_code == 302
    assert "umaknjena" in page(client, f"/vloge/{key}/oddaje/2").text
    assert client.get(f"/vloge/{key}/umik").status_code == 302


def test_starting_says_what_is_wrong(app: Flask, clock: Clock, client: FlaskClient, call: int, key: str) -> None:
    nothing = client.post(f"/razpisi/{call}/prijava", data={"lot": "X"})
    told = Page(nothing.text)
    assert nothing.status_code == 422
    assert (told.links["Izberite organizacijo."], told.links["Izberite sklop razpisa."]) == ("#organisation", "#lot")
    assert ("id", "organisation") in told.attributes
    assert "<title>Napaka: Nova vloga, " in nothing.text
    assert client.post(f"/razpisi/{call}/prijava", data={"organisation": "1"}).status_code == 409
    assert f"/vloge/{key}" in page(client, f"/razpisi/{call}/prijava").links.values()
    assert client.get("/razpisi/999/prijava").status_code == 404
    with app.app_context():
        people.user(clock, "bor@zgled.si", "Bor Zgled")
        db.session.remove()
    nobody = signed_in(app, "bor@zgled.si")
    assert "nimate veljavnega pooblastila" in page(nobody, f"/razpisi/{call}/prijava").text
    assert "Tu bodo vaše vloge" in page(nobody, "/vloge").text


def test_pages_speak_english(client: FlaskClient, key: str) -> None:
    assert client.get(f"/vloge/{key}?jezik=en").status_code == 200
    assert "no answer" not in client.get(f"/vloge/{key}/podatki/us").text
