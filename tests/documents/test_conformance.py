"""Hundreds of documents of every kind before veraPDF, the reference validator: PDF/A-3a and PDF/UA-1, sealed or not."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from razpis.documents.act_pdf import render_act
from razpis.documents.act_text import load_act_texts
from razpis.documents.decision import Decision, Outcome
from razpis.documents.decision_pdf import render_decision
from razpis.documents.extras import NO_EXTRAS, Attachment, Extras
from razpis.documents.fonts import register_fonts
from razpis.documents.legal_text import LegalTexts
from razpis.documents.receipt import AttachedFile, load_receipt_texts
from razpis.documents.receipt_pdf import render_receipt
from razpis.documents.seal import Sealer, SealSettings, open_sealer, verify
from tests.documents.acts_made import BODIES, act
from tests.documents.acts_made import FOLDER as ACT_FOLDER
from tests.documents.authority import PASSWORD, Authority, make_authority
from tests.documents.factories import decision, extreme, varied
from tests.documents.test_receipt_pdf import FOLDER as RECEIPT_FOLDER
from tests.documents.test_receipt_pdf import RECEIPT
from tests.documents.verapdf.runner import validate

AT = datetime(2027, 5, 4, 10, 20, 30, tzinfo=UTC)
DECISIONS = 264


@pytest.fixture(scope="module")
def authority() -> Authority:
    return make_authority(AT)


@pytest.fixture(scope="module")
def sealer(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Sealer:
    return open_sealer(SealSettings(str(authority.seal_file(tmp_path_factory.mktemp("key"))), PASSWORD))


def extras(number: int) -> Extras:
    """None, some or all of them, no two alike."""
    chance = random.Random(number)
    data = bytes(chance.randrange(256) for _ in range(chance.randrange(3_000)))
    files = (
        Attachment("razlogi.json", "application/json", b"{}" * number, "Razlogi"),
        Attachment(f"priloga čšž {number}.bin", "application/octet-stream", data, "Še nekaj"),
    )
    whole = Extras(
        address=f"https://razpisi.izmisljeni-log.example/d/{chance.getrandbits(60):x}?" + "a" * chance.randrange(90),
        code=chance.choice(("", "7KQ2-XM4P-9RTD-W1ZS")),
        attachments=files[: chance.randrange(3)],
        seal_field=number % 2 == 0,
        case="4102-1/2027",
        number=f"4102-1/2027-{number} <&>",
        notice=chance.choice(("", "", "Osnutek – ni izdano.")),
    )
    return chance.choice((whole, whole, replace(whole, address=""), replace(NO_EXTRAS, seal_field=whole.seal_field)))


def documents(texts: LegalTexts) -> Iterator[tuple[str, Extras, bytes]]:
    """Name, extras and file of everything that is validated."""
    for number, made in enumerate([*varied(DECISIONS), extreme(), all_glyphs()]):
        one = extras(number)
        yield f"{number:03}-{made.outcome}", one, render_decision(made, texts, one)
    receipts = load_receipt_texts(RECEIPT_FOLDER)
    for count in range(0, 60, 4):
        files = tuple(AttachedFile("Priloga", f"načrt {at}.pdf", "1 kB", "ef" * 32) for at in range(count))
        one = extras(count + 1_000)
        yield f"receipt-{count}", one, render_receipt(replace(RECEIPT, files=files), receipts, one)
    for at, name in enumerate(sorted(BODIES)):
        made_act = act(name)
        for number in (2 * at + 2_000, 2 * at + 2_001):
            one = extras(number)
            yield f"{name}-{number}", one, render_act(made_act, load_act_texts(ACT_FOLDER, type(made_act.body)), one)


def all_glyphs() -> Decision:
    """A document that uses every character of the font, which needs a second subset of it."""
    letters = sorted(register_fonts() - {"\n"})
    random.Random(1).shuffle(letters)
    made = decision(Outcome.GRANTED, seed=1)
    row = replace(made.criteria[0].rows[0], reason=" ".join(letters), title=" ".join(letters))
    return replace(made, criteria=(replace(made.criteria[0], rows=(row,)), made.criteria[1]))


@pytest.mark.slow
def test_documents_of_every_kind_conform_sealed_and_unsealed(
    tmp_path: Path, texts: LegalTexts, sealer: Sealer, authority: Authority
) -> None:
    files: list[Path] = []
    sealed = 0
    for name, one, made in documents(texts):
        pdf = sealer.seal(made, AT) if one.seal_field else made
        if one.seal_field and sealed % 10 == 0:
            assert [found.good for found in verify(pdf, authority.pem, AT)] == [True]
        sealed += one.seal_field
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(pdf)
    assert len(files) >= 300
    assert 140 < sealed < len(files) - 140
    verdicts = validate(files)
    assert len(verdicts) == 2 * len(files)
    assert [verdict for verdict in verdicts if not verdict.passed] == []
