"""The certificate as a few lines of text, with every number agreeing with its word."""

from __future__ import annotations

import pytest

from razpis.engine.certificate import Certificate, Check
from razpis.engine.problems import Text
from razpis.exports.certificate_lines import certificate_lines
from tests.engine.allocation.sharing import Ask, divided, rules


def certificate(holding: int, failing: int = 0) -> Certificate:
    statement = Text("Nihče ne dobi preveč.", "Nobody gets too much.")
    wrong = Text("vloga a: 2,00 EUR > 1,00 EUR", "application a: 2.00 EUR > 1.00 EUR")
    checks = [Check("own", statement)] * holding + [Check("own", statement, wrong)] * failing
    return Certificate(tuple(checks))


@pytest.mark.parametrize(
    ("count", "sl", "en"),
    [
        (1, "Potrdilo: 1 preverba, drži.", "Certificate: 1 check, it holds."),
        (2, "Potrdilo: 2 preverbi, obe držita.", "Certificate: 2 checks, all hold."),
        (4, "Potrdilo: 4 preverbe, vse držijo.", "Certificate: 4 checks, all hold."),
        (8, "Potrdilo: 8 preverb, vse držijo.", "Certificate: 8 checks, all hold."),
    ],
)
def test_where_all_hold_one_line_says_so(count: int, sl: str, en: str) -> None:
    assert certificate_lines(certificate(count), "sl") == [sl]
    assert certificate_lines(certificate(count), "en") == [en]


@pytest.mark.parametrize(
    ("failing", "sl", "en"),
    [
        (1, "Potrdilo: ne drži 1 od 8 preverb:", "Certificate: 1 check fails of 8:"),
        (2, "Potrdilo: ne držita 2 od 8 preverb:", "Certificate: 2 checks fail of 8:"),
        (3, "Potrdilo: ne držijo 3 od 8 preverb:", "Certificate: 3 checks fail of 8:"),
        (5, "Potrdilo: ne drži 5 od 8 preverb:", "Certificate: 5 checks fail of 8:"),
    ],
)
def test_every_check_that_fails_is_told_with_its_counterexample(failing: int, sl: str, en: str) -> None:
    told = certificate_lines(certificate(8 - failing, failing), "sl")
    assert told == [sl, *["  ✗ Nihče ne dobi preveč.", "    vloga a: 2,00 EUR > 1,00 EUR"] * failing]
    told = certificate_lines(certificate(8 - failing, failing), "en")
    assert told == [en, *["  ✗ Nobody gets too much.", "    application a: 2.00 EUR > 1.00 EUR"] * failing]


def test_the_certificate_of_a_result() -> None:
    evaluation = divided(rules("fill: proportional"), a=Ask(3, 900), b=Ask(2, 900))
    assert certificate_lines(evaluation.certificate, "sl") == ["Potrdilo: 9 preverb, vse držijo."]
