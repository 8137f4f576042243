"""A file somebody signed elsewhere: only signatures may have been added, whatever else is changed is noticed."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from razpis.documents.decision_pdf import render_decision
from razpis.documents.extras import Attachment, Extras
from razpis.documents.legal_text import LegalTexts
from razpis.documents.seal import SealError, only_signatures_added
from razpis.documents.seal_trial import make_trial_key
from tests.documents.factories import decision

AT = datetime(2027, 5, 4, 10, 20, 30, tzinfo=UTC)
PASSWORD = "preizkus"
TOLD = b'{"award": "6000.00"}'


@pytest.fixture(scope="module")
def drawn(texts: LegalTexts) -> bytes:
    attached = (Attachment("razlogi.json", "application/json", TOLD, "Razlogi"),)
    address = "https://razpisi.zgled.si/preverjanje/3b0b067113a99f0c20df41c1"
    return render_decision(decision(seed=1), texts, Extras(address=address, attachments=attached))


@pytest.fixture(scope="module")
def signer() -> signers.SimpleSigner:
    made = signers.SimpleSigner.load_pkcs12_data(make_trial_key(PASSWORD, AT).pkcs12, [], PASSWORD.encode())
    assert made is not None
    return made


def signed(content: bytes, signer: signers.SimpleSigner, name: str = "Podpis", box: bool = False) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    if box:
        append_signature_field(writer, SigFieldSpec(name, box=(100, 100, 200, 150)))
    meta = signers.PdfSignatureMetadata(field_name=name)
    return bytes(signers.sign_pdf(writer, meta, signer).getvalue())


def changed(content: bytes, change: Callable[[IncrementalPdfFileWriter], object]) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def page(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    found = writer.root["/Pages"]["/Kids"][0].get_object()
    writer.update_container(found)
    assert isinstance(found, generic.DictionaryObject)
    return found


def annotated(writer: IncrementalPdfFileWriter, **keys: str) -> None:
    on = page(writer)
    box = generic.ArrayObject(map(generic.NumberObject, (0, 0, 300, 300)))
    note = {pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Rect"): box}
    note |= {pdf_name(f"/{key}"): pdf_name(f"/{value}") for key, value in keys.items()}
    before = list(on["/Annots"]) if "/Annots" in on else []
    on["/Annots"] = generic.ArrayObject([*before, writer.add_object(generic.DictionaryObject(note))])


def drawn_over(writer: IncrementalPdfFileWriter) -> None:
    on = page(writer)
    over = writer.add_object(generic.StreamObject(stream_data=b"1 g 0 0 300 300 re f"))
    on["/Contents"] = generic.ArrayObject([on.raw_get("/Contents"), over])


def other_reasons(writer: IncrementalPdfFileWriter) -> None:
    """The attached reasons with another amount, of the same length."""
    place = writer.root["/AF"][0]["/EF"].raw_get("/F")
    old = place.get_object()
    new = generic.StreamObject({key: old.raw_get(key) for key in old}, encoded_data=old.encoded_data[::-1])
    writer.objects[(place.generation, place.idnum)] = new


def links_gone(writer: IncrementalPdfFileWriter) -> None:
    kids = writer.root["/Pages"]["/Kids"]
    last = kids[len(kids) - 1].get_object()
    last["/Annots"] = generic.ArrayObject()
    writer.update_container(last)


def on_opening(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/OpenAction"] = generic.DictionaryObject({pdf_name("/S"): pdf_name("/JavaScript")})
    writer.update_root()


def form(writer: IncrementalPdfFileWriter, **keys: generic.PdfObject) -> None:
    writer.root["/AcroForm"] = generic.DictionaryObject({pdf_name(f"/{key}"): value for key, value in keys.items()})
    writer.update_root()


def text_field(writer: IncrementalPdfFileWriter) -> None:
    field = {pdf_name("/FT"): pdf_name("/Tx"), pdf_name("/T"): generic.TextStringObject("znesek")}
    form(writer, Fields=generic.ArrayObject([writer.add_object(generic.DictionaryObject(field))]))


def pages_of_a_form(writer: IncrementalPdfFileWriter) -> None:
    form(writer, Fields=generic.ArrayObject(), XFA=generic.TextStringObject("<xdp/>"))


def test_signatures_alone(drawn: bytes, signer: signers.SimpleSigner) -> None:
    assert only_signatures_added(drawn, drawn)
    once = signed(drawn, signer)
    assert only_signatures_added(once, drawn)
    assert only_signatures_added(signed(drawn, signer, "Okvir", box=True), drawn)
    assert only_signatures_added(signed(once, signer, "Okvir", box=True), drawn)
    assert not only_signatures_added(once[1:], drawn)


@pytest.mark.parametrize(
    "change",
    [
        drawn_over,
        other_reasons,
        links_gone,
        on_opening,
        text_field,
        pages_of_a_form,
        lambda writer: annotated(writer, Subtype="Square"),
        lambda writer: annotated(writer, Subtype="Widget", FT="Tx"),
    ],
    ids=["page", "attachment", "links", "action", "field", "form pages", "note", "widget"],
)
def test_anything_else_is_noticed_before_and_after_the_signature(
    drawn: bytes, signer: signers.SimpleSigner, change: Callable[[IncrementalPdfFileWriter], object]
) -> None:
    assert not only_signatures_added(signed(changed(drawn, change), signer), drawn)
    if change not in (text_field, pages_of_a_form):  # these would take the signature's own form away
        assert not only_signatures_added(changed(signed(drawn, signer), change), drawn)


def test_what_cannot_be_read_is_told(drawn: bytes) -> None:
    for broken in (
        b"\nstartxref\n999999999\n%%EOF\n",
        b"\nxref\n0 x\ntrailer\n<<>>\nstartxref\n%d\n%%%%EOF" % (len(drawn) + 1),
    ):
        with pytest.raises(SealError, match=r"^Datoteke PDF ali njenega podpisa ni mogoče prebrati"):
            only_signatures_added(drawn + broken, drawn)
