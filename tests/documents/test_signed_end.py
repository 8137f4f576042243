"""However long an act is, its signatures stand beside the end of what they sign, never on a page of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from razpis.documents.act import Act, Section
from razpis.documents.act_pdf import render_act
from razpis.documents.act_text import load_act_texts
from razpis.documents.decision import Outcome, Signer
from razpis.documents.decision_pdf import render_decision
from razpis.documents.extras import Extras
from razpis.documents.legal_text import LegalTexts
from tests.documents.acts_made import FOLDER, act
from tests.documents.factories import decision
from tests.documents.reading import page_text, structure_words

LENGTHS = range(0, 48, 4)  # lines; a page has 46, the signatures with all that stands below them take 12 and more
EXTRAS = Extras(
    address="https://razpisi.zgled.example/d/0123456789ab", code="0123456789ab", seal_field=True, notice="Osnutek"
)
ALONE = {"Osnutek", "Podpisi", "Podpisi navzočih", "Ocene so potrdili:", "Poročilo in predlog so podpisali:"}
"""What a page of signatures alone would hold above them."""


def lines(count: int) -> str:
    return "\n".join(f"Vrstica {number}." for number in range(1, count + 1))


MADE: dict[str, Callable[[int], Act]] = {
    "correction": lambda count: act("correction", reason=lines(count) or "Ni."),
    "discontinuance": lambda count: act("discontinuance", withdrawn=f"1. 3. 2027\n{lines(count)}"),
    "cancellation": lambda count: act("cancellation", reason=lines(count) or "Ni."),
    "exclusion": lambda count: act("exclusion", reason=lines(count)),
    "score_sheet": lambda count: act("score_sheet", thresholds=tuple(lines(count).split("\n"))),
    "report": lambda count: act("report", dissents=(Section("Marko Nikoli", tuple(lines(count).split("\n")), 2),)),
    "minutes": lambda count: act("minutes", remarks=tuple(lines(count).split("\n"))),
    "call": lambda count: act("call", attachments=tuple(lines(count).split("\n"))),
}


def pdf(made: Act, extras: Extras = EXTRAS) -> bytes:
    return render_act(made, load_act_texts(FOLDER, type(made.body)), extras)


def first_signer(made: Act) -> str:
    signer = made.signers[0] if made.signers else made.led_by
    assert signer is not None
    return signer.name


def above(pages: list[str], name: str) -> list[str]:
    """The lines above the first signature on its page."""
    (signed,) = (page for page in pages if f"{name}\n" in page)
    before, _, _ = signed.partition(f"{name}\n")
    found = [line.strip() for line in before.splitlines()]
    return [line for line in found if line and line not in ALONE and not line.endswith(("vodila:", "Izdal:"))]


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("count", LENGTHS)
def test_no_act_ends_on_a_page_of_signatures(kind: str, count: int) -> None:
    made = MADE[kind](count)
    pages = page_text(pdf(made)).split("\f")[:-1]
    assert len(above(pages, first_signer(made))) >= 2
    assert "Preverjanje dokumenta." in pages[-1]


@pytest.mark.parametrize("count", LENGTHS)
def test_no_decision_ends_on_a_page_of_signatures(texts: LegalTexts, count: int) -> None:
    proposal = ("Odločitev sledi predlogu.", *lines(count).splitlines())
    signer = Signer("Postopek vodila:", "Prva Podpisana", "svetovalka")
    made = replace(decision(Outcome.GRANTED, seed=3), proposal=proposal, led_by=signer)
    pages = page_text(render_decision(made, texts, EXTRAS)).split("\f")[:-1]
    assert len(above(pages, "Prva Podpisana")) >= 2


@pytest.mark.parametrize("count", [13, 30])
def test_many_signatures_go_over_pages_with_words_above_and_below(count: int) -> None:
    signers = tuple(Signer("", f"Oseba številka {at}.", "podpisano v programu") for at in range(count))
    made = replace(MADE["score_sheet"](24), signers=signers)
    pages = page_text(pdf(made)).split("\f")[:-1]
    assert len(above(pages, signers[0].name)) >= 2
    assert signers[-1].name in pages[-1]
    assert "Hraniti" in pages[-1]


@pytest.mark.parametrize("kind", ["correction", "score_sheet"])
@pytest.mark.parametrize("count", [9, 18, 33])
def test_an_end_taken_to_the_next_page_is_read_in_order_and_the_same_every_time(kind: str, count: int) -> None:
    made = MADE[kind](count)
    words = structure_words(pdf(made))
    told = [words.find(f"Vrstica {number}.") for number in range(1, count + 1)]
    assert -1 not in told
    assert [*told, words.find(first_signer(made))] == sorted([*told, words.find(first_signer(made))])
    assert words.count("Vrstica") == count
    assert pdf(made) == pdf(made)
