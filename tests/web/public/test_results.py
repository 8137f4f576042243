"""Every public address, asked as a browser asks it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from razpis.app import create_app
from tests.web import calls
from tests.web.page import Page


@pytest.fixture
def stored(rank_folder: Path) -> dict[str, Any]:
    """The explanation of every application, as the evaluation wrote it, by id."""
    document = json.loads((rank_folder / "evaluation.json").read_text("utf-8"))
    return {line["id"]: line["explanation"] for line in document["lines"]}


def plain(told: str) -> str:
    return " ".join(told.replace("\u00a0", " ").split())


def get(client: FlaskClient, address: str) -> Page:
    response = client.get(address)
    assert response.status_code == 200
    assert response.content_type == "text/html; charset=utf-8"
    return Page(response.text)


def test_the_call_says_what_it_is_and_that_it_is_an_example(client: FlaskClient) -> None:
    page = get(client, "/izid/")
    assert "Izid javnega razpisa · ZGLED-7/2026 · 2026 Programi za mlade in starejše" in page.text
    assert "Zgled Razpis, prijavitelji in zneski na teh straneh so izmišljeni." in page.text
    assert "Prejeto 11 vlog Razpisana sredstva 13.000,00 EUR Dodeljeno 12.400,00 EUR" in page.text


def test_a_real_call_is_called_neither_example_nor_simulation(proportional_client: FlaskClient) -> None:
    text = get(proportional_client, "/izid/").text
    assert ["izmišljeni" in text, "Simulacija" in text] == [False, False]


def test_a_simulation_is_never_called_a_result(tmp_path: Path) -> None:
    changes = ("lots.old.amount=5000",)
    folder = calls.written(tmp_path, calls.rank(changes), changes=changes)
    client = create_app(folder, TESTING=True, SECRET_KEY="test").test_client()
    notice = "Simulacija To ni izid razpisa: izračunano je s spremenjenimi pravili. lots.old.amount=5000"
    assert [notice in get(client, address).text for address in ("/izid/", "/izid/vloga/S1")] == [True] * 2
    page = get(client, "/izid/")
    assert "Simulacija · ZGLED-7/2026" in page.text
    assert "Izid javnega razpisa" not in page.text
    assert "Sklop: Starejši Razpisana sredstva sklopa: 5.000,00 EUR." in page.text
    assert "--marks marks.csv \\ --set lots.old.amount=5000 \\ --out DIR" in get(client, "/izid/preverjanje").text


def test_each_lot_says_how_its_money_was_divided(client: FlaskClient) -> None:
    page = get(client, "/izid/")
    assert "Sklop: Mladi Razpisana sredstva sklopa: 10.000,00 EUR. Sredstva se dodelijo po prednostnem" in page.text
    assert "Sklop: Starejši Razpisana sredstva sklopa: 3.000,00 EUR." in page.text
    assert page.text.count("Vloge pod prekinjeno črto niso prejele sredstev.") == 1
    assert page.rows(0) == [
        ["1.", "Društvo Žarek", "3.500,00 EUR", "3.500,00 EUR", "6.500,00 EUR"],
        ["2.", calls.HOSTILE, "4.000,00 EUR", "7.500,00 EUR", "2.500,00 EUR"],
        ["3.", "Zavod Čebelica", "2.500,00 EUR", "10.000,00 EUR", "0,00 EUR"],
        ["4.", "Društvo Oreh", "0,00 EUR", "10.000,00 EUR", "0,00 EUR"],
    ]


def test_the_ranked_stand_with_points_money_and_what_bound_it(client: FlaskClient, stored: dict[str, Any]) -> None:
    table = get(client, "/izid/").tables[1]
    assert table[0] == ["Mesto", "Prijavitelj", "Program", "Točke", "Zaprošeno", "Dodeljeno", "Izid", "Zakaj toliko"]
    row = ["1.", "Društvo Žarek V1", "Program 1", "48,5", "3.500,00 EUR", "3.500,00 EUR", "Odobreno"]
    assert table[1][:-1] == row
    assert f"3.500,00 EUR: {table[1][-1]}".lower() == plain(stored["V1"]["sl"]["amount"][-1]).lower()
    assert table[-1] == ["Skupaj (4 vloge)", "13.500,00 EUR", "10.000,00 EUR", ""]


def test_the_others_stand_in_a_second_table_with_the_reason(client: FlaskClient, stored: dict[str, Any]) -> None:
    table = get(client, "/izid/").tables[2]
    assert [(row[0], row[4]) for row in table[1:-1]] == [
        ("Društvo Cvet V5 #1?", "Pod pragom"),
        ("Društvo Dren V6", "Pogoj ni izpolnjen"),
        ("Društvo Šipek V7", "Zavrženo"),
        ("Društvo Lan V8", "Še ni ocenjeno"),
    ]
    assert [row[5] for row in table[1:4]] == [
        plain(" ".join(stored[id_]["sl"]["refusal"])) for id_ in ("V5 #1?", "V6", "V7")
    ]
    assert table[4][5] == stored["V8"]["sl"]["summary"]
    assert table[-1] == ["Skupaj (4 vloge)", "5.000,00 EUR", ""]


def test_a_name_that_is_markup_is_shown_and_not_obeyed(client: FlaskClient) -> None:
    for address in ("/izid/", "/izid/vloga/V2", "/izid/vloga/V1"):
        page = get(client, address)
        assert calls.HOSTILE in page.text
        assert page.tags.count("script") == 1  # the one of every page
    page = get(client, "/izid/?lot=%3Cscript%3E&outcome=%22%3E%3Cscript%3E&sort=%22%3E%3Cscript%3E")
    assert page.tags.count("script") == 1  # the one of every page
    assert "Nobena vloga ne ustreza izbiri." in page.text


def test_the_address_chooses_lot_and_outcome(client: FlaskClient) -> None:
    page = get(client, "/izid/?lot=young&outcome=part")
    assert "Prikazano: 2 vlogi od 11." in page.text
    assert "Sklop: Starejši" not in page.text
    assert [row[:2] for row in page.rows()] == [
        ["2.", calls.HOSTILE + " V2"],
        ["3.", "Zavod Čebelica 430-12/2026"],
        ["Skupaj (2 vlogi)", "8.000,00 EUR"],
    ]
    assert page.links["Prikaži vse"] == "/izid/#seznam"


def test_every_outcome_is_one_link_away(client: FlaskClient) -> None:
    page = get(client, "/izid/")
    shown = [get(client, page.links[words]).text for words in ("Odobreno 2", "Zavrženo 1")]
    assert ["Prikazano: 2 vlogi od 11." in shown[0], "Prikazano: 1 vloga od 11." in shown[1]] == [True, True]


def test_empty_fields_of_the_form_choose_everything(client: FlaskClient) -> None:
    page = get(client, "/izid/?lot=&outcome=&sort=nonsense")
    assert "Prikazane so vse prejete vloge: 11." in page.text
    assert ("aria-sort", "ascending") in page.attributes


def test_heads_of_the_table_sort_and_keep_the_choice(client: FlaskClient) -> None:
    page = get(client, "/izid/?lot=young")
    assert page.links["Prijavitelj"] == "/izid/?lot=young&sort=name"
    page = get(client, page.links["Prijavitelj"])
    assert [row[1].split(" ")[-1] for row in page.rows(1)[:-1]] == ["V2", "V4", "V1", "430-12/2026"]
    assert page.links["Prijavitelj"] == "/izid/?lot=young&sort=-name"
    page = get(client, page.links["Prijavitelj"])
    assert [row[1].split(" ")[-1] for row in page.rows(1)[:-1]] == ["430-12/2026", "V1", "V4", "V2"]
    assert ("aria-sort", "descending") in page.attributes
    assert ("value", "-name") in page.attributes


def test_money_by_points_says_the_value_of_a_point(proportional_client: FlaskClient) -> None:
    page = get(proportional_client, "/izid/")
    assert "Vrednost točke: 11,25 EUR." in page.text
    shares = [
        "50 točk × 11,25 EUR = 562,50 EUR",
        "40 točk × 11,25 EUR = 450,00 EUR",
        "30 točk × 11,25 EUR = 337,50 EUR",
    ]
    assert [row[-1].split(";")[0] for row in page.rows(1)[:-1]] == shares


def test_an_order_without_money_shows_no_money(order_client: FlaskClient) -> None:
    page = get(order_client, "/izid/")
    assert page.tables == [
        [
            ["Mesto", "Prijavitelj", "Točke", "Izid"],
            ["1.", "N2", "≈ 8,3333", "Uvrščeno"],
            ["2.", "N1", "≈ 3,3333", "Uvrščeno"],
            ["2.", "N3", "≈ 3,3333", "Uvrščeno"],
        ]
    ]
    assert "EUR" not in page.text
    assert "EUR" not in get(order_client, "/izid/vloga/N1").text


def test_a_result_is_explained_from_claim_to_cent(client: FlaskClient) -> None:
    page = get(client, "/izid/vloga/V2")
    assert "Zaprošeno 5.000,00 EUR Dodeljeno 4.000,00 EUR Točke 36 Mesto 2." in page.text
    assert page.tables[0][1:] == [["Število članov", "60", "40", "V seznamu članov jih je 40."]]
    assert page.tables[1][1][::2] == ["Sedež je v občini 3. člen", "Da"]
    *others, judged = page.tables[2][1:]
    assert others == [
        ["Organizacija", "10", "20"],
        ["Število članov 7. člen", "40 → razred 11–50", "10", "20"],
        ["Program", "26", "30"],
    ]
    assert (judged[0], *judged[2:]) == ("Kakovost programa 8. člen", "26", "30")
    assert judged[1].endswith("1. ocena : 26 – Cilji so jasni. 2. ocena : 27 – Načrt je izvedljiv. 3. ocena : 25")


@pytest.mark.parametrize("language", ["sl", "en"])
@pytest.mark.parametrize("id_", ["V1", "V2", "V4", "V5 #1?", "V6", "V7", "V8", "S2", "430-12/2026"])
def test_a_page_says_every_stored_reason_in_its_words(
    client: FlaskClient, stored: dict[str, Any], id_: str, language: str
) -> None:
    told = stored[id_][language]
    sentences = [told["summary"], told["place"], told["total"], *told["refusal"], *told["amount"]]
    sentences += [one["sentence"] for part in ("sections", "thresholds") for one in told[part]]
    sentences += [one[key] for one in told["conditions"] for key in ("text", "article", "finding")]
    sentences += [one[key] for one in told["criteria"] for key in ("title", "article", "basis")]
    text = get(client, f"/izid/vloga/{quote(id_)}?jezik={language}").text.lower()
    assert [one for one in sentences if plain(one).lower() not in text] == []


def test_members_stay_unnamed_and_a_recusal_is_told(client: FlaskClient) -> None:
    page = get(client, "/izid/vloga/V1")
    assert "3. ocena : izločitev" in page.text
    for name in ("Ana", "Novak", "Bor", "Kranjc", "Cilka", "Zupan"):
        assert name not in page.text


def test_applications_are_chained(client: FlaskClient) -> None:
    page = get(client, "/izid/vloga/430-12/2026")
    assert page.links[f"← Prejšnja : {calls.HOSTILE}"] == "/izid/vloga/V2"
    assert page.links["Naslednja : Društvo Oreh →"] == "/izid/vloga/V4"
    assert not [words for words in get(client, "/izid/vloga/S1").links if "Prejšnja" in words]
    assert not [words for words in get(client, "/izid/vloga/V8").links if "Naslednja" in words]


def test_the_list_leads_to_every_application_whatever_its_id(client: FlaskClient) -> None:
    addresses = {address for address in get(client, "/izid/").links.values() if address.startswith("/izid/vloga/")}
    assert len(addresses) == 11
    assert {"/izid/vloga/430-12/2026", "/izid/vloga/V5%20%231?"} & addresses == {"/izid/vloga/430-12/2026"}
    assert [client.get(address).status_code for address in addresses] == [200] * 11


@pytest.mark.parametrize("address", ["/izid/vloga/V1", "/izid/vloga/430-12/2026"])
def test_the_decision_opens_in_the_browser(client: FlaskClient, address: str) -> None:
    link = get(client, address).links["Odpri sklep (PDF, 1 kB)"]
    response = client.get(link, buffered=True)
    assert (link, response.status_code, response.content_type) == (f"{address}/sklep.pdf", 200, "application/pdf")
    assert response.headers["Content-Disposition"].startswith("inline; filename=")
    assert response.data == calls.PDF


def test_where_there_is_no_decision_there_is_no_link(client: FlaskClient) -> None:
    assert not [words for words in get(client, "/izid/vloga/V2").links if "PDF" in words]
    assert client.get("/izid/vloga/V2/sklep.pdf").status_code == 404


@pytest.mark.parametrize(
    "id_",
    [
        "V9",
        "v1",
        "..",
        "../evaluation",
        "..%2f..%2fevaluation",
        "%2e%2e/%2e%2e/etc/passwd",
        "/etc/passwd",
        "V1.pdf",
        "%F0%9F%92%A3",
        "%ff",
        "'%20OR%201=1",
        "a" * 5000,
    ],
)
def test_an_id_that_is_not_in_the_call_is_not_found(client: FlaskClient, id_: str) -> None:
    statuses = [client.get(f"/izid/vloga/{id_}{end}", follow_redirects=True).status_code for end in ("", "/sklep.pdf")]
    assert statuses == [404, 404]


def test_the_table_is_downloaded_as_it_was_written(client: FlaskClient, rank_folder: Path) -> None:
    response = client.get(get(client, "/izid/").links["Prenesi CSV"])
    assert response.data == (rank_folder / "results.csv").read_bytes()
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == "attachment; filename=rezultati.csv"
    assert len(list(csv.reader(response.text.splitlines()))) == 12


def test_the_evaluation_is_downloaded_without_names_of_members(client: FlaskClient) -> None:
    response = client.get(get(client, "/izid/").links["Prenesi JSON z obrazložitvami"])
    assert response.content_type == "application/json"
    assert [line["id"] for line in json.loads(response.text)["lines"]][:2] == ["S1", "S2"]
    assert "Novak" not in response.text


def test_verification_gives_fingerprints_command_and_ties(client: FlaskClient, rank_folder: Path) -> None:
    page = get(client, "/izid/preverjanje")
    stored = json.loads((rank_folder / "evaluation.json").read_text("utf-8"))
    assert page.tables[0][1:] == [
        ["Pravila razpisa", stored["rulebook_sha256"]],
        ["Vloge", stored["inputs"]["applications"]],
        ["Ocene članov komisije", stored["inputs"]["marks"]],
    ]
    assert "razpis evaluate rulebook.yaml applications.csv \\ --marks marks.csv \\ --out DIR" in page.text
    assert [row[0] for row in page.tables[1][1:]] == ["results.csv", "evaluation.json"]
    assert page.tables[2][1:] == [["old:2", "S2 , S3", "še ni razrešeno", "–"]]
    assert (page.links["rezultati.csv"], page.links["evaluation.json"]) == (
        "/izid/rezultati.csv",
        "/izid/evaluation.json",
    )


def test_verification_says_when_there_were_no_ties(proportional_client: FlaskClient) -> None:
    assert "Izenačenj ni bilo." in get(proportional_client, "/izid/preverjanje").text


def test_the_statement_of_accessibility_says_what_was_not_tested(client: FlaskClient) -> None:
    page = get(client, get(client, "/izid/").links["Izjava o dostopnosti"])
    assert "Kaj ni preizkušeno Strani in sklepi v obliki PDF še niso bili preizkušeni z bralniki zaslona" in page.text
