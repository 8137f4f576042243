"""Hundreds of documents of every kind before veraPDF, the reference validator: PDF/A-3a and PDF/UA-1, sealed or not."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from razpis.documents.act_pdf import render_act
from razpis.documents.act_text import load_act_texts
from razpis.documents.acts_of_application import Ground
from razpis.documents.decision import Decision, Outcome
from razpis.documents.decision_pdf import render_decision
from razpis.documents.extras import NO_EXTRAS, Attachment, Extras
from razpis.documents.fonts import register_fonts
from razpis.documents.legal_text import LegalTexts
from razpis.documents.receipt import AttachedFile, load_receipt_texts
from razpis.documents.receipt_pdf import render_receipt
from razpis.documents.result_list_pdf import render_result_list
from razpis.documents.seal import Sealer, SealSettings, open_sealer, verify
from tests.documents.acts_made import BODIES, act, dismissals, varied_act
from tests.documents.acts_made import FOLDER as ACT_FOLDER
from tests.documents.authority import PASSWORD, Authority, make_authority
from tests.documents.factories import decision, extreme, varied
from tests.documents.test_receipt_pdf import FOLDER as RECEIPT_FOLDER
from tests.documents.test_receipt_pdf import RECEIPT
from tests.documents.test_result_list_pdf import NOTICE
from tests.documents.test_result_list_pdf import texts as result_list_texts
from tests.documents.verapdf.runner import validate

AT = datetime(2027, 5, 4, 10, 20, 30, tzinfo=UTC)
DECISIONS = 180
OF_A_KIND = 9
RESULT_LISTS = 6
SHARES = 2  # one Java process each, which xdist can run side by side


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
        seal_field=number % 3 > 0,
        case="4102-1/2027",
        number=f"4102-1/2027-{number} <&>",
        notice=chance.choice(("", "", "Osnutek – ni izdano.")),
    )
    return chance.choice((whole, whole, replace(whole, address=""), replace(NO_EXTRAS, seal_field=whole.seal_field)))


def documents(texts: LegalTexts) -> list[tuple[str, Extras, Callable[[Extras], bytes]]]:
    """Name, extras and maker of everything that is validated."""
    made: list[tuple[str, Callable[[Extras], bytes]]] = [
        (f"{number:03}-{one.outcome}", partial(render_decision, one, texts))
        for number, one in enumerate([*varied(DECISIONS), extreme(), all_glyphs()])
    ]
    receipts = load_receipt_texts(RECEIPT_FOLDER)
    for count in range(0, 60, 4):
        files = tuple(AttachedFile("Priloga", f"načrt {at}.pdf", "1 kB", "ef" * 32) for at in range(count))
        made.append((f"receipt-{count}", partial(render_receipt, replace(RECEIPT, files=files), receipts)))
    for name in sorted(BODIES):
        for number, one in enumerate([act(name), *(varied_act(name, seed) for seed in range(1, OF_A_KIND))]):
            written = partial(render_act, one, load_act_texts(ACT_FOLDER, type(one.body)))
            made.append((f"{name}-{number}", written))
    made += [(f"dismissal-{ground}", partial(render_decision, one, texts)) for ground, one in dismissals().items()]
    for version in range(1, RESULT_LISTS + 1):
        notice = replace(NOTICE, lots=NOTICE.lots * version, version=version, reason="Popravek.", replaces="P-1")
        made.append((f"result-list-{version}", partial(render_result_list, notice, result_list_texts())))
    return [(name, extras(number), make) for number, (name, make) in enumerate(made)]


def all_glyphs() -> Decision:
    """A document that uses every character of the font, which needs a second subset of it."""
    letters = sorted(register_fonts() - {"\n"})
    random.Random(1).shuffle(letters)
    made = decision(Outcome.GRANTED, seed=1)
    row = replace(made.criteria[0].rows[0], reason=" ".join(letters), title=" ".join(letters))
    return replace(made, criteria=(replace(made.criteria[0], rows=(row,)), made.criteria[1]))


def test_three_hundred_documents_of_every_kind_are_validated(texts: LegalTexts) -> None:
    names = [name for name, _, _ in documents(texts)]
    kinds = Counter(name.rpartition("-")[0] for name in names if not name[0].isdigit())
    assert len(names) >= 300
    assert {kind: kinds[kind] for kind in BODIES} == dict.fromkeys(BODIES, OF_A_KIND)
    assert (kinds["receipt"], kinds["result-list"], kinds["dismissal"]) == (15, RESULT_LISTS, len(Ground))


@pytest.mark.slow
@pytest.mark.parametrize("share", range(SHARES))
def test_documents_of_every_kind_conform_sealed_and_unsealed(
    tmp_path: Path, texts: LegalTexts, sealer: Sealer, authority: Authority, share: int
) -> None:
    files: list[Path] = []
    kinds = set()
    chosen = documents(texts)[share::SHARES]
    for name, one, make in chosen:
        pdf = make(one)
        if one.seal_field:
            pdf = sealer.seal(pdf, AT)
            if len(kinds) < 2:
                assert [found.good for found in verify(pdf, authority.pem, AT)] == [True]
        kinds.add(one.seal_field)
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(pdf)
    assert len(files) >= 300 // SHARES
    assert kinds == {True, False}
    verdicts = validate(files)
    assert len(verdicts) == 2 * len(files)
    assert [verdict for verdict in verdicts if not verdict.passed] == []
