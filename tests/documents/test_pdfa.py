"""PDF/A-3a and PDF/UA-1 as veraPDF sees them, and that it sees a fault when there is one."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from razpis.documents.decision import Outcome
from razpis.documents.decision_pdf import render_decision
from razpis.documents.pdfa import Metadata, xmp_packet
from tests.documents.factories import decision
from tests.documents.test_extras import EXTRAS
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
    "silent-figure": (b"/Alt<feff", b"/Alx<feff", "ua1", "7.3-1"),
    "nameless-field": (b"/TU<feff", b"/TX<feff", "ua1", "7.18.1-3"),
    "silent-link": (b"/Contents<feff", b"/Contentz<feff", "ua1", "7.18.5-2"),
    "unprinted-link": (b"/F 4/", b"/F 2/", "3a", "6.3.2-2"),
    "unrelated-file": (b"/AFRelationship", b"/AFRelationshiq", "3a", "6.8-3"),
    "field-out-of-tree": (b"/S/Form", b"/S/Fora", "ua1", "7.18.4-1"),
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
def test_a_fault_is_caught_by_its_rule(tmp_path, texts):
    whole = render_decision(decision(Outcome.GRANTED, seed=1), texts, replace(EXTRAS, seal_field=True))
    for name, (right, wrong, _, _) in FAULTS.items():
        assert right in whole
        (tmp_path / f"{name}.pdf").write_bytes(whole.replace(right, wrong))
    verdicts = validate(sorted(tmp_path.glob("*.pdf")))
    found = {(Path(verdict.file).stem, verdict.profile): verdict for verdict in verdicts}
    for name, (_, _, profile, rule) in FAULTS.items():
        verdict = found[name, profile]
        assert not verdict.passed
        assert rule in verdict.rules
