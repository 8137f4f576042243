"""PDF/A-3a and PDF/UA-1 as veraPDF sees them, and that it sees a fault when there is one."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from razpis.documents.decision import Outcome
from razpis.documents.decision_pdf import render_decision
from razpis.documents.fonts import register_fonts
from razpis.documents.pdfa import Metadata, xmp_packet
from tests.documents.factories import decision, extreme, varied
from tests.documents.verapdf.runner import validate

# Faults of the same length, so that the cross-reference table stays right: what is broken, in which profile,
# and the rule that must catch it.
FAULTS = {
    "no-output-intent": (b"/OutputIntents", b"/OutputIntentz", "3a", "6.2.4.3-4"),
    "no-language": (b"/Lang ", b"/Lanx ", "ua1", "7.2-34"),
    "not-marked": (b"/Marked true", b"/Marked null", "ua1", "6.2-1"),
    "no-ua-identification": (b"pdfuaid:part>", b"pdfuaid:pxrt>", "ua1", "5-2"),
    "skipped-heading": (b"/S/H2", b"/S/H4", "ua1", "7.4.2-1"),
    "joined-endstream": (b"\nendstream", b" endstream", "3a", "6.1.7.1-2"),
    "wrong-part": (b"<pdfaid:part>3", b"<pdfaid:part>1", "3a", "6.6.4-2"),
}


def test_the_xmp_packet_is_xml_and_escapes_the_title():
    packet = xmp_packet(Metadata("A & B <C>", "Občina", date(2026, 5, 4)))
    tree = ElementTree.fromstring(packet.decode().split("?>", 1)[1].rsplit("<?", 1)[0])
    names = {"dc": "http://purl.org/dc/elements/1.1/", "xmp": "http://ns.adobe.com/xap/1.0/"}
    rdf = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
    assert [item.text for item in tree.findall(f".//dc:title/{rdf}Alt/{rdf}li", names)] == ["A & B <C>"]
    assert [item.text for item in tree.findall(f".//dc:creator/{rdf}Seq/{rdf}li", names)] == ["Občina"]
    assert [item.text for item in tree.findall(".//xmp:CreateDate", names)] == ["2026-05-04T00:00:00Z"]


def test_every_stream_ends_on_a_line_of_its_own(texts):
    pdf = render_decision(decision(seed=3), texts)
    assert pdf.count(b"\nendstream\n") == pdf.count(b"endstream") > 8


@pytest.mark.slow
def test_varied_documents_of_all_outcomes_conform(tmp_path, texts):
    documents = {f"{index:02}-{made.outcome}": made for index, made in enumerate(varied(72))}
    documents["extreme"] = extreme()
    documents["all-glyphs"] = _all_glyphs()
    files = []
    for name, made in documents.items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(render_decision(made, texts))
    verdicts = validate(files)
    assert len(verdicts) == 2 * len(documents)
    assert [verdict for verdict in verdicts if not verdict.passed] == []


@pytest.mark.slow
def test_a_fault_is_caught_by_its_rule(tmp_path, texts):
    whole = render_decision(decision(Outcome.GRANTED, seed=1), texts)
    for name, (right, wrong, _, _) in FAULTS.items():
        assert right in whole
        (tmp_path / f"{name}.pdf").write_bytes(whole.replace(right, wrong))
    verdicts = validate(sorted(tmp_path.glob("*.pdf")))
    found = {(Path(verdict.file).stem, verdict.profile): verdict for verdict in verdicts}
    for name, (_, _, profile, rule) in FAULTS.items():
        verdict = found[name, profile]
        assert not verdict.passed
        assert rule in verdict.rules


def _all_glyphs():
    """A document that uses every character of the font, which needs a second subset of it."""
    letters = sorted(register_fonts() - {"\n"})
    random.Random(1).shuffle(letters)
    made = decision(Outcome.GRANTED, seed=1)
    row = replace(made.criteria[0].rows[0], reason=" ".join(letters), title=" ".join(letters))
    return replace(made, criteria=(replace(made.criteria[0], rows=(row,)), made.criteria[1]))
